/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the user lays over the catalogue: how it changes prices, is kept, undone, exported and imported. */

#include "config.h"

#include <glib/gstdio.h>

#include "pricing/td-catalogue.h"
#include "pricing/td-model-private.h"
#include "pricing/td-overlay.h"
#include "pricing/td-quote.h"

static const TdDate today = { 2026, 11, 24 };

typedef struct
{
  char *folder;
  char *path;
  TdOverlay *overlay;
  TdCatalogue *catalogue;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("tokendesk-overlay-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "below", "overlay.json", NULL);
  fixture->overlay = td_overlay_new (fixture->path);
  fixture->catalogue = td_catalogue_new_bundled (NULL);
  td_catalogue_set_overlay (fixture->catalogue, fixture->overlay);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->catalogue);
  g_assert_finalize_object (fixture->overlay);
  remove_all (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static TdPrice
price (const char *text)
{
  TdPrice value;

  g_assert_true (td_price_parse (text, &value));

  return value;
}

static TdPriceChange *
make_change (const char    *model,
             TdChangeField  field,
             gint64         old_value,
             gint64         new_value,
             TdDate         from)
{
  TdPriceChange *change = td_price_change_new (model, field, old_value, new_value, from);

  td_price_change_set_origin (change, TD_MODEL_ORIGIN_REFRESH, today, "https://example.com/prices.json");

  return change;
}

static void
accept (Fixture       *fixture,
        TdPriceChange *change)
{
  g_autoptr (TdPriceChange) owned = change;
  g_autoptr (GError) error = NULL;

  td_overlay_add (fixture->overlay, &change, 1, &error);
  g_assert_no_error (error);
}

/* What a million tokens in and a million out cost on a day. */
static char *
cost (Fixture    *fixture,
      const char *model,
      TdDate      date,
      TdService   service)
{
  TdScenario scenario = { .date = date, .minute = TD_MINUTE_ANY, .service = service, .output_tokens = 1000000 };
  TdQuote quote;
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;

  /* Short enough for no long-context price: a tenth, shown tenfold. */
  scenario.output_tokens = 100000;
  td_quote_compute (&quote, td_catalogue_find (fixture->catalogue, model), &scenario, 100000);
  input = td_money_is_known (quote.input_cost) ? td_money_to_decimal (td_money_multiply (quote.input_cost, 10))
                                               : g_strdup ("—");
  output = td_money_is_known (quote.output_cost) ? td_money_to_decimal (td_money_multiply (quote.output_cost, 10))
                                                 : g_strdup ("—");

  return g_strdup_printf ("%s/%s", input, output);
}

#define assert_cost(fixture, model, date, service, expected)                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *found = cost (fixture, model, date, service);                                                     \
    g_assert_cmpstr (found, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

/* gpt-5.6-sol: 5 / 30 since 2026-07-09, 4 / 20 since 2026-08-21; batch is half of it by rule. */
static void
test_change (Fixture       *fixture,
             gconstpointer  data)
{
  const TdDate day = { 2026, 11, 20 };

  accept (fixture, make_change ("gpt-5.6-sol", TD_CHANGE_FIELD_INPUT, price ("4"), price ("3.5"), day));

  /* The day before, the day itself, and long before: what it cost stays. */
  assert_cost (fixture, "gpt-5.6-sol", td_date_add_days (day, -1), TD_SERVICE_STANDARD, "4/20");
  assert_cost (fixture, "gpt-5.6-sol", day, TD_SERVICE_STANDARD, "3.5/20");
  assert_cost (fixture, "gpt-5.6-sol", today, TD_SERVICE_STANDARD, "3.5/20");
  assert_cost (fixture, "gpt-5.6-sol", ((TdDate) { 2026, 8, 1 }), TD_SERVICE_STANDARD, "5/30");
  /* 3.5 / 2 = 1.75 */
  assert_cost (fixture, "gpt-5.6-sol", today, TD_SERVICE_BATCH, "1.75/10");
  assert_cost (fixture, "gpt-6-sol", today, TD_SERVICE_STANDARD, "2/10");
}

/* The history has a period more, which says where it is from. */
static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  TdModel *model = td_catalogue_find (fixture->catalogue, "gpt-5.6-sol");
  guint n_before = td_model_get_n_prices (model);
  const TdPricePeriod *period;
  g_autofree char *text = NULL;

  accept (fixture, make_change ("gpt-5.6-sol", TD_CHANGE_FIELD_INPUT, price ("4"), price ("3.5"), today));
  model = td_catalogue_find (fixture->catalogue, "gpt-5.6-sol");
  g_assert_cmpuint (td_model_get_n_prices (model), ==, n_before + 1);

  period = td_model_get_price (model, n_before - 1);
  g_assert_cmpint (td_date_compare (period->until, today), ==, 0);
  g_assert_cmpint (period->confidence, ==, TD_CONFIDENCE_MIRROR);

  period = td_model_get_price (model, n_before);
  g_assert_cmpint (td_date_compare (period->from, today), ==, 0);
  g_assert_false (td_date_is_set (period->until));
  g_assert_cmpint (period->confidence, ==, TD_CONFIDENCE_REFRESH);
  text = td_catalogue_dup_source_text (fixture->catalogue, period->sources[0]);
  g_assert_nonnull (strstr (text, "refreshed on"));
  g_assert_cmpstr (td_catalogue_get_source_url (fixture->catalogue, period->sources[0]), ==,
                   "https://example.com/prices.json");

  /* Another field of the same day is part of the same period. */
  accept (fixture, make_change ("gpt-5.6-sol", TD_CHANGE_FIELD_OUTPUT, price ("20"), price ("18"), today));
  model = td_catalogue_find (fixture->catalogue, "gpt-5.6-sol");
  g_assert_cmpuint (td_model_get_n_prices (model), ==, n_before + 1);
  assert_cost (fixture, "gpt-5.6-sol", today, TD_SERVICE_STANDARD, "3.5/18");
}

/* gpt-4.1's batch prices are listed, 1 / 4; after a change nobody knows them. */
static void
test_listed_service (Fixture       *fixture,
                     gconstpointer  data)
{
  assert_cost (fixture, "gpt-4.1", today, TD_SERVICE_BATCH, "1/4");
  accept (fixture, make_change ("gpt-4.1", TD_CHANGE_FIELD_INPUT, price ("2"), price ("3"), today));
  assert_cost (fixture, "gpt-4.1", today, TD_SERVICE_STANDARD, "3/8");
  assert_cost (fixture, "gpt-4.1", today, TD_SERVICE_BATCH, "—/—");
}

static void
test_context_window (Fixture       *fixture,
                     gconstpointer  data)
{
  accept (fixture, make_change ("gpt-5.6-sol", TD_CHANGE_FIELD_CONTEXT_WINDOW, 1050000, 2000000, today));
  g_assert_cmpuint (td_model_get_context_window (td_catalogue_find (fixture->catalogue, "gpt-5.6-sol")), ==, 2000000);
}

static TdPriceChange *
make_model (const char *id,
            const char *input)
{
  g_autoptr (TdModel) model = td_model_new_own (id, "My Model", "My Company", TD_MODEL_ORIGIN_USER);
  TdPricePeriod *period = td_price_period_new ();
  TdPriceChange *change;

  model->encoding = g_strdup ("cl100k_base");
  model->exactness = TD_EXACTNESS_ASSUMED;
  model->status = TD_MODEL_STATUS_ACTIVE;
  model->context_window = 32000;
  period->from = (TdDate) { 2026, 1, 1 };
  period->confidence = TD_CONFIDENCE_USER;
  period->services[TD_SERVICE_STANDARD].input = price (input);
  period->services[TD_SERVICE_STANDARD].output = price ("6");
  g_ptr_array_add (model->prices, period);

  change = td_price_change_new_model (model, period->from);
  td_price_change_set_origin (change, TD_MODEL_ORIGIN_USER, today, NULL);

  return change;
}

static void
test_own_model (Fixture       *fixture,
                gconstpointer  data)
{
  guint n_models = g_list_model_get_n_items (G_LIST_MODEL (fixture->catalogue));
  g_autofree char *text = NULL;
  TdModel *model;

  accept (fixture, make_model ("my-model", "1.5"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->catalogue)), ==, n_models + 1);
  model = td_catalogue_find (fixture->catalogue, "MY-MODEL");
  g_assert_cmpint (td_model_get_origin (model), ==, TD_MODEL_ORIGIN_USER);
  g_assert_cmpstr (td_model_get_vendor_name (model), ==, "My Company");
  text = td_catalogue_dup_source_text (fixture->catalogue, td_model_get_sources (model)[0]);
  g_assert_nonnull (strstr (text, "Entered by you"));
  assert_cost (fixture, "my-model", today, TD_SERVICE_STANDARD, "1.5/6");
  assert_cost (fixture, "my-model", ((TdDate) { 2025, 12, 31 }), TD_SERVICE_STANDARD, "—/—");

  /* The same name again takes its place. */
  accept (fixture, make_model ("my-model", "2.5"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->catalogue)), ==, n_models + 1);
  assert_cost (fixture, "my-model", today, TD_SERVICE_STANDARD, "2.5/6");

  /* One whose name the catalogue has by now is left to the catalogue. */
  accept (fixture, make_model ("GPT-4", "0.01"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->catalogue)), ==, n_models + 1);
  assert_cost (fixture, "gpt-4", ((TdDate) { 2023, 4, 19 }), TD_SERVICE_STANDARD, "30/60");
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (TdPriceChange) first = NULL;
  g_autoptr (GError) error = NULL;

  accept (fixture, make_change ("gpt-5.6-sol", TD_CHANGE_FIELD_INPUT, price ("4"), price ("3.5"), today));
  accept (fixture, make_change ("gpt-5.6-sol", TD_CHANGE_FIELD_OUTPUT, price ("20"), price ("18"), today));
  accept (fixture, make_model ("my-model", "1"));

  first = g_list_model_get_item (G_LIST_MODEL (fixture->overlay), 0);
  td_overlay_remove (fixture->overlay, first, &error);
  g_assert_no_error (error);
  assert_cost (fixture, "gpt-5.6-sol", today, TD_SERVICE_STANDARD, "4/18");

  td_overlay_clear (fixture->overlay, &error);
  g_assert_no_error (error);
  assert_cost (fixture, "gpt-5.6-sol", today, TD_SERVICE_STANDARD, "4/20");
  g_assert_null (td_catalogue_find (fixture->catalogue, "my-model"));
}

/* What one program has saved another one finds, and exporting again gives the same bytes. */
static void
test_keep (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (TdOverlay) other = td_overlay_new (fixture->path);
  g_autoptr (TdOverlay) third = td_overlay_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *imported = NULL;

  accept (fixture, make_change ("gpt-5.6-sol", TD_CHANGE_FIELD_INPUT, TD_CHANGE_UNKNOWN, price ("3.5"), today));
  accept (fixture, make_change ("gpt-5.6-sol", TD_CHANGE_FIELD_CONTEXT_WINDOW, 1050000, 2000000, today));
  accept (fixture, make_model ("my-model", "0.075"));
  before = td_overlay_to_json (fixture->overlay);

  td_overlay_load (other, &error);
  g_assert_no_error (error);
  after = td_overlay_to_json (other);
  g_assert_cmpstr (before, ==, after);
  td_catalogue_set_overlay (fixture->catalogue, other);
  assert_cost (fixture, "my-model", today, TD_SERVICE_STANDARD, "0.075/6");
  td_catalogue_set_overlay (fixture->catalogue, NULL);
  g_assert_null (td_catalogue_find (fixture->catalogue, "my-model"));

  bytes = g_bytes_new_static (before, strlen (before));
  g_assert_cmpint (td_overlay_import (third, bytes, &error), ==, 3);
  g_assert_no_error (error);
  imported = td_overlay_to_json (third);
  g_assert_cmpstr (imported, ==, before);
}

/* A window and the command line change one file: what either has saved stays. */
static void
test_two_writers (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (TdOverlay) other = td_overlay_new (fixture->path);
  g_autoptr (TdOverlay) reader = td_overlay_new (fixture->path);
  g_autoptr (TdPriceChange) first = NULL;
  g_autoptr (TdPriceChange) still_first = NULL;
  g_autoptr (TdPriceChange) theirs = make_model ("their-model", "2");
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_strconcat (fixture->path, ".damaged", NULL);
  g_autofree char *ours = NULL;
  g_autofree char *found = NULL;

  g_assert_true (td_overlay_load (other, &error));
  accept (fixture, make_model ("my-model", "1"));
  g_assert_true (td_overlay_add (other, &theirs, 1, &error));
  accept (fixture, make_model ("third-model", "3"));
  g_assert_nonnull (td_catalogue_find (fixture->catalogue, "their-model"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, 3);

  /* By an object from before the file was read again; what was added meanwhile stays. */
  first = g_list_model_get_item (G_LIST_MODEL (fixture->overlay), 0);
  g_assert_cmpstr (td_price_change_get_model_id (first), ==, "my-model");
  g_assert_true (td_overlay_remove (other, theirs, &error));
  g_assert_true (td_overlay_remove (fixture->overlay, first, &error));
  g_assert_true (td_overlay_load (reader, &error));
  g_assert_no_error (error);
  ours = td_overlay_to_json (fixture->overlay);
  found = td_overlay_to_json (reader);
  g_assert_cmpstr (found, ==, ours);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reader)), ==, 1);
  g_clear_object (&first);

  /* A file that nobody has changed is not read again. */
  first = g_list_model_get_item (G_LIST_MODEL (fixture->overlay), 0);
  accept (fixture, make_model ("my-model", "1"));
  still_first = g_list_model_get_item (G_LIST_MODEL (fixture->overlay), 0);
  g_assert_true (first == still_first);

  /* One that was damaged meanwhile is set aside, and nothing of ours is lost. */
  g_assert_true (g_file_set_contents (fixture->path, "{", -1, NULL));
  accept (fixture, make_model ("fourth-model", "4"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, 3);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
}

/* No file is no mistake; a file that cannot be read is kept beside the new one. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *aside = g_strconcat (fixture->path, ".damaged", NULL);
  g_autofree char *kept = NULL;

  g_assert_true (td_overlay_load (fixture->overlay, &error));
  g_assert_no_error (error);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (fixture->path, "{\"format\": \"tokendesk.overlay/9\", \"changes\": []}", -1,
                                      NULL));
  g_assert_false (td_overlay_load (fixture->overlay, &error));
  g_assert_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT);

  accept (fixture, make_model ("my-model", "1"));
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_nonnull (strstr (kept, "overlay/9"));
}

/* Where nothing can be written nothing changes, and it is said. */
static void
test_unwritable (void)
{
  g_autoptr (TdOverlay) overlay = td_overlay_new ("/dev/null/tokendesk/overlay.json");
  g_autoptr (TdPriceChange) change = make_model ("my-model", "1");
  g_autoptr (GError) error = NULL;

  g_assert_false (td_overlay_add (overlay, &change, 1, &error));
  g_assert_cmpint (error->domain, ==, G_FILE_ERROR);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (overlay)), ==, 0);
}

#define FILE(change) "{\"format\": \"tokendesk.overlay/1\", \"currency\": \"USD\", \"changes\": [" change "]}"
#define START "{\"model\": \"m\", \"origin\": \"refresh\", \"accepted\": \"2026-11-24\", \"from\": \"2026-11-24\","

static const struct
{
  const char *text;
  const char *reason;
} mistakes[] = {
  { "{\"format\": \"tokendesk.overlay/1\"", "not complete" },
  { "[]", "tokendesk.overlay/1" },
  { "{\"format\": \"tokendesk.models/1\", \"changes\": []}", "tokendesk.overlay/1" },
  { FILE ("7"), "not an object" },
  { FILE (START "\"field\": \"input\"}"), "“new”" },
  { FILE (START "\"field\": \"input\", \"new\": 2}"), "“new”" },
  { FILE (START "\"field\": \"input\", \"new\": \"-2\"}"), "“-2”" },
  { FILE (START "\"field\": \"input\", \"new\": \"0\"}"), "“0”" },
  { FILE (START "\"field\": \"colour\", \"new\": \"2\"}"), "“colour”" },
  { FILE (START "\"field\": \"input\", \"new\": \"2\", \"why\": \"x\"}"), "“why”" },
  { FILE (START "\"field\": \"input\", \"new\": \"2\", \"new\": \"3\"}"), "twice" },
  { FILE (START "\"field\": \"input\", \"new\": \"2\", \"source\": \"javascript:alert(1)\"}"), "“source”" },
  { FILE (START "\"field\": \"context-window\", \"new\": \"0.5\"}"), "“0.5”" },
  { FILE (START "\"field\": \"model\"}"), "“entry”" },
  { FILE (START "\"field\": \"model\", \"entry\": {\"id\": \"m\"}}"), "“name”" },
  { FILE ("{\"model\": \"m\\u0007\", \"origin\": \"user\"}"), "“model”" },
  { FILE ("{\"model\": \"m\", \"origin\": \"bundled\", \"accepted\": \"2026-11-24\", \"from\": \"2026-11-24\","
          " \"field\": \"input\", \"new\": \"2\"}"), "“origin”" },
  { FILE ("{\"model\": \"m\", \"origin\": \"refresh\", \"accepted\": \"2026-11-24\", \"from\": \"2026-11\","
          " \"field\": \"input\", \"new\": \"2\"}"), "“from”" },
};

#define N_WRITERS 4
#define N_EACH 12

/* One of several programs, each with an overlay of its own over the same file. */
static gpointer
write_models (gpointer data)
{
  g_autoptr (TdOverlay) overlay = td_overlay_new (data);

  for (guint i = 0; i < N_EACH; i++)
    {
      g_autofree char *id = g_strdup_printf ("%p-%u", overlay, i);
      g_autoptr (TdPriceChange) change = make_model (id, "1");
      g_autoptr (GError) error = NULL;

      td_overlay_add (overlay, &change, 1, &error);
      g_assert_no_error (error);
    }

  return NULL;
}

/* Between one writer's look at the file and its writing no other writes. */
static void
test_many_writers (Fixture       *fixture,
                   gconstpointer  data)
{
  GThread *threads[N_WRITERS];

  for (guint i = 0; i < N_WRITERS; i++)
    threads[i] = g_thread_new ("writer", write_models, fixture->path);
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);

  g_assert_true (td_overlay_load (fixture->overlay, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, N_WRITERS * N_EACH);
}

static void
test_mistakes (Fixture       *fixture,
               gconstpointer  data)
{
  accept (fixture, make_model ("my-model", "1"));

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (mistakes[i].text, strlen (mistakes[i].text));
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", mistakes[i].text);
      g_assert_cmpint (td_overlay_import (fixture->overlay, bytes, &error), ==, -1);
      g_assert_cmpint (error->domain, ==, TD_CATALOGUE_ERROR);
      if (strstr (error->message, mistakes[i].reason) == NULL)
        g_error ("“%s” does not say “%s”", error->message, mistakes[i].reason);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/overlay/change", test_change);
  ADD ("/overlay/history", test_history);
  ADD ("/overlay/listed-service", test_listed_service);
  ADD ("/overlay/context-window", test_context_window);
  ADD ("/overlay/own-model", test_own_model);
  ADD ("/overlay/undo", test_undo);
  ADD ("/overlay/keep", test_keep);
  ADD ("/overlay/two-writers", test_two_writers);
  ADD ("/overlay/many-writers", test_many_writers);
  ADD ("/overlay/damaged", test_damaged);
  ADD ("/overlay/mistakes", test_mistakes);
#undef ADD
  g_test_add_func ("/overlay/unwritable", test_unwritable);

  return g_test_run ();
}
