/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "pricing/td-catalogue-json.h"
#include "pricing/td-catalogue.h"
#include "pricing/td-pricing-enums.h"
#include "tokenizer/tk-tokenizer.h"

/* A whole catalogue; the parts that tests change are parameters. */
#define CATALOGUE(source, model) "{\"format\": \"tokendesk.models/1\", \"as_of\": \"2026-11-23\"," \
                                 " \"currency\": \"USD\", \"sources\": {\"S\": " source "}, \"models\": [" model "]}"
#define SOURCE "{\"text\": \"A source\", \"url\": \"https://example.com\"}"
#define START "{\"id\": \"m\", \"name\": \"M\", \"vendor\": \"v\", \"kind\": \"chat\", \"exactness\": \"exact\","
#define MODEL(extra, prices) START " \"encoding\": \"cl100k_base\", \"status\": \"active\", \"sources\": [\"S\"]" \
                             extra ", \"prices\": [" prices "]}"
#define PERIOD(extra) "{\"precision\": \"day\", \"confidence\": \"mirror\", \"sources\": [\"S\"]" extra "}"
#define WITH(extra) CATALOGUE (SOURCE, MODEL ("", PERIOD (extra)))

static gboolean
load (TdCatalogue  *catalogue,
      const char   *text,
      GError      **error)
{
  /* Without the NUL, so that reading past the end is found. */
  g_autofree char *copy = g_memdup2 (text, strlen (text));
  g_autoptr (GBytes) bytes = g_bytes_new_static (copy, strlen (text));

  return td_catalogue_load_bytes (catalogue, bytes, error);
}

static void
test_bundled (void)
{
  g_autoptr (GError) error = NULL;
  TdCatalogue *catalogue = td_catalogue_new_bundled (&error);
  char as_of[TD_DATE_ISO_SIZE];
  guint n_models;

  g_assert_no_error (error);
  /* One more is no fault. */
  n_models = g_list_model_get_n_items (G_LIST_MODEL (catalogue));
  g_assert_cmpuint (n_models, >=, 52);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (catalogue)) == TD_TYPE_MODEL);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (catalogue), n_models));
  g_assert_cmpstr (td_date_to_iso (td_catalogue_get_as_of (catalogue), as_of), ==, "2026-11-23");
  g_assert_finalize_object (catalogue);
}

static void
test_find (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  static const struct
  {
    const char *name;
    const char *id;
  } cases[] = {
    { "gpt-4", "gpt-4" },
    { "GPT-4", "gpt-4" },
    { "gpt-4-0613", "gpt-4" },
    { "gpt-35-turbo", "gpt-3.5-turbo" },
    { "gpt-4o-2024-11-20", "gpt-4o" },
    { "gpt-4o-2024-05-13", "gpt-4o-2024-05-13" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdModel *model = td_catalogue_find (catalogue, cases[i].name);

      g_assert_nonnull (model);
      g_assert_cmpstr (td_model_get_id (model), ==, cases[i].id);
      g_assert_true (td_model_has_name (model, cases[i].name));
    }

  g_assert_null (td_catalogue_find (catalogue, "gpt-4-"));
  g_assert_null (td_catalogue_find (catalogue, ""));
  g_assert_false (td_model_has_name (td_catalogue_find (catalogue, "gpt-4"), "gpt-4o"));
}

/* The catalogue and the tokenizer each know which model uses which encoding; they must not disagree. */
static void
test_encodings_agree_with_the_tokenizer (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  GListModel *list = G_LIST_MODEL (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (list, i);
      TkEncodingId id = TK_N_ENCODINGS;
      TkModelMatch match = tk_encoding_id_for_model (td_model_get_id (model), &id);

      g_test_message ("%s", td_model_get_id (model));
      switch (td_model_get_exactness (model))
        {
        case TD_EXACTNESS_EXACT:
          g_assert_cmpint (match, ==, TK_MODEL_EXACT);
          g_assert_cmpstr (tk_encoding_id_to_name (id), ==, td_model_get_encoding (model));
          break;
        case TD_EXACTNESS_ASSUMED:
          g_assert_cmpint (match, ==, TK_MODEL_ASSUMED);
          g_assert_cmpstr (tk_encoding_id_to_name (id), ==, td_model_get_encoding (model));
          break;
        case TD_EXACTNESS_REMOTE_ONLY:
        case TD_EXACTNESS_NOT_BUNDLED:
          g_assert_cmpint (match, ==, TK_MODEL_UNKNOWN);
          g_assert_null (td_model_get_encoding (model));
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static void
test_fields (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  TdModel *model = td_catalogue_find (catalogue, "gpt-3.5-turbo");
  g_autofree char *name = NULL;
  g_autofree char *vendor_name = NULL;
  TdExactness exactness;
  TdModelKind kind;
  guint64 window;
  char shutdown[TD_DATE_ISO_SIZE];

  g_object_get (model, "name", &name, "vendor-name", &vendor_name, "exactness", &exactness, "kind", &kind,
                "context-window", &window, NULL);
  g_assert_cmpstr (name, ==, "GPT-3.5 Turbo");
  g_assert_cmpstr (vendor_name, ==, "OpenAI");
  g_assert_cmpint (exactness, ==, TD_EXACTNESS_EXACT);
  g_assert_cmpint (kind, ==, TD_MODEL_KIND_CHAT);
  g_assert_cmpuint (window, ==, 16385);
  g_assert_cmpstr (td_date_to_iso (td_model_get_shutdown (model), shutdown), ==, "2026-10-23");
  g_assert_cmpstr (td_model_get_replacement (model), ==, "gpt-5.6-terra");
  g_assert_cmpint (td_model_get_chat_overhead (model).per_message, ==, 3);
  g_assert_cmpint (td_model_get_status (model), ==, TD_MODEL_STATUS_SHUTDOWN);
  g_assert_cmpint (td_model_get_origin (model), ==, TD_MODEL_ORIGIN_BUNDLED);
  g_assert_true (td_model_is_verified (model, "shutdown"));
  g_assert_false (td_model_is_verified (td_catalogue_find (catalogue, "gpt-4-32k"), "shutdown"));
  g_assert_false (td_model_get_chat_overhead (td_catalogue_find (catalogue, "gpt-5")).known);
}

static void
test_sources (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  g_auto (GStrv) keys = td_catalogue_list_sources (catalogue);

  g_assert_cmpuint (g_strv_length (keys), >, 20);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *text = td_catalogue_dup_source_text (catalogue, keys[i]);

      g_assert_nonnull (text);
      g_assert_true (i == 0 || strcmp (keys[i - 1], keys[i]) < 0);
    }

  g_assert_cmpstr (td_catalogue_get_source_url (catalogue, "GP"), ==, "https://github.com/pydantic/genai-prices");
  g_assert_null (td_catalogue_get_source_url (catalogue, "ART-2023-04"));
  g_assert_null (td_catalogue_dup_source_text (catalogue, "?"));
}

/* The smallest catalogue there can be; everything left out is unknown. */
static void
test_minimal (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new ();
  g_autoptr (GError) error = NULL;
  TdModel *model;
  const TdPricePeriod *period;

  g_assert_false (td_date_is_set (td_catalogue_get_as_of (catalogue)));
  g_assert_null (td_catalogue_find (catalogue, "m"));

  load (catalogue, WITH (", \"from\": \"2026-01-01\", \"input\": \"0.075\""), &error);
  g_assert_no_error (error);

  model = td_catalogue_find (catalogue, "m");
  g_assert_cmpuint (td_model_get_context_window (model), ==, 0);
  g_assert_false (td_date_is_set (td_model_get_released (model)));
  g_assert_null (td_model_get_note (model));
  g_assert_null (td_model_get_aliases (model)[0]);
  g_assert_cmpstr (td_model_get_vendor_name (model), ==, "v");

  g_assert_cmpuint (td_model_get_n_prices (model), ==, 1);
  period = td_model_get_price (model, 0);
  g_assert_cmpint (period->services[TD_SERVICE_STANDARD].input, ==, 75000000);
  g_assert_cmpint (period->services[TD_SERVICE_STANDARD].output, ==, TD_PRICE_UNKNOWN);
  g_assert_cmpint (period->basis[TD_SERVICE_BATCH], ==, TD_PRICE_BASIS_NONE);
}

static const struct
{
  const char *text;
  TdCatalogueError code;
  const char *reason;
} mistakes[] = {
  { "", TD_CATALOGUE_ERROR_FORMAT, "not a list of models" },
  { "{", TD_CATALOGUE_ERROR_SYNTAX, "not valid JSON" },
  { "{\"models\": [1, 2", TD_CATALOGUE_ERROR_SYNTAX, "not valid JSON" },
  { "<html></html>", TD_CATALOGUE_ERROR_SYNTAX, "not valid JSON" },
  { "[]", TD_CATALOGUE_ERROR_FORMAT, "not a list of models" },
  { "null", TD_CATALOGUE_ERROR_FORMAT, "not a list of models" },
  { "{}", TD_CATALOGUE_ERROR_FORMAT, "not a list of models" },
  { "{\"format\": \"tokendesk.models/2\", \"currency\": \"USD\", \"models\": []}", TD_CATALOGUE_ERROR_FORMAT,
    "tokendesk.models/1" },
  { "{\"format\": \"tokendesk.models/1\", \"currency\": \"CNY\", \"models\": []}", TD_CATALOGUE_ERROR_FORMAT,
    "US dollars" },
  { "{\"format\": \"tokendesk.models/1\", \"currency\": \"USD\", \"models\": {}}", TD_CATALOGUE_ERROR_FORMAT,
    "not a list of models" },
  { "{\"format\": \"tokendesk.models/1\", \"currency\": \"USD\", \"models\": []}", TD_CATALOGUE_ERROR_FORMAT,
    "of which day" },
  { "{\"format\": \"tokendesk.models/1\", \"currency\": \"USD\", \"as_of\": \"2026-11-23\", \"models\": []}",
    TD_CATALOGUE_ERROR_FORMAT, "sources" },
  { CATALOGUE ("\"text\"", ""), TD_CATALOGUE_ERROR_VALUE, "“S”, “sources”: this must be an object" },
  { CATALOGUE ("{\"url\": \"https://example.com\"}", ""), TD_CATALOGUE_ERROR_VALUE,
    "“S”, “text”: this field is missing" },
  { CATALOGUE (SOURCE, "5"), TD_CATALOGUE_ERROR_FORMAT, "Entry 1" },
  { CATALOGUE (SOURCE, "{}"), TD_CATALOGUE_ERROR_VALUE, "“id”" },
  { CATALOGUE (SOURCE, "{\"id\": 5}"), TD_CATALOGUE_ERROR_VALUE, "“id”: this must be a text" },
  { CATALOGUE (SOURCE, "{\"id\": \"m\"}"), TD_CATALOGUE_ERROR_VALUE, "“m”, “name”: this field is missing" },
  { CATALOGUE (SOURCE, MODEL (", \"colour\": \"red\"", "")), TD_CATALOGUE_ERROR_VALUE, "“m”, “colour”" },
  { CATALOGUE (SOURCE, MODEL (", \"released\": \"soon\"", "")), TD_CATALOGUE_ERROR_VALUE, "“soon” is not a date" },
  { CATALOGUE (SOURCE, MODEL (", \"context_window\": 0", "")), TD_CATALOGUE_ERROR_VALUE, "“context_window”" },
  { CATALOGUE (SOURCE, MODEL (", \"context_window\": -1", "")), TD_CATALOGUE_ERROR_VALUE, "“context_window”" },
  { CATALOGUE (SOURCE, MODEL (", \"context_window\": 1.5", "")), TD_CATALOGUE_ERROR_VALUE, "“context_window”" },
  { CATALOGUE (SOURCE, MODEL (", \"aliases\": \"x\"", "")), TD_CATALOGUE_ERROR_VALUE, "“aliases”" },
  { CATALOGUE (SOURCE, MODEL (", \"aliases\": [1]", "")), TD_CATALOGUE_ERROR_VALUE, "“aliases”" },
  { CATALOGUE (SOURCE, MODEL (", \"aliases\": [\"M\"]", "")), TD_CATALOGUE_ERROR_VALUE, "Two models" },
  { CATALOGUE (SOURCE, MODEL ("", "") ", " MODEL ("", "")), TD_CATALOGUE_ERROR_VALUE, "Two models" },
  { CATALOGUE (SOURCE, MODEL (", \"chat_overhead\": 3", "")), TD_CATALOGUE_ERROR_VALUE, "“chat_overhead”" },
  { CATALOGUE (SOURCE, MODEL (", \"images\": {\"method\": \"tile\", \"base\": 85}", "")), TD_CATALOGUE_ERROR_VALUE,
    "“images”: a field of the formula is missing" },
  { CATALOGUE (SOURCE, MODEL (", \"images\": {\"method\": \"patch\", \"patches\": 9, \"factor\": \"x\"}", "")),
    TD_CATALOGUE_ERROR_VALUE, "“factor”" },
  { CATALOGUE (SOURCE, MODEL ("", "7")), TD_CATALOGUE_ERROR_VALUE, "“prices”: this must be a list of objects" },
  { CATALOGUE (SOURCE, "{\"id\": \"m\", \"name\": \"M\", \"vendor\": \"v\", \"kind\": \"robot\"}"),
    TD_CATALOGUE_ERROR_VALUE, "“robot”" },
  { CATALOGUE (SOURCE, START " \"status\": \"active\", \"sources\": [\"S\"], \"prices\": []}"),
    TD_CATALOGUE_ERROR_VALUE, "“encoding”" },
  { CATALOGUE (SOURCE, START " \"encoding\": \"e\", \"status\": \"active\", \"sources\": [\"S\"], \"prices\": []}"),
    TD_CATALOGUE_ERROR_VALUE, "no encoding “e”" },
  { CATALOGUE (SOURCE, START " \"encoding\": \"gpt2\", \"status\": \"active\", \"sources\": [\"T\"],"
               " \"prices\": []}"),
    TD_CATALOGUE_ERROR_VALUE, "no source “T”" },
  { CATALOGUE (SOURCE, START " \"encoding\": \"gpt2\", \"status\": \"active\", \"sources\": [\"S\"]}"),
    TD_CATALOGUE_ERROR_VALUE, "“prices”: this field is missing" },
  { WITH (""), TD_CATALOGUE_ERROR_VALUE, "“from”: this field is missing" },
  { WITH (", \"from\": \"2026-01-01\", \"input\": 0.075"), TD_CATALOGUE_ERROR_VALUE, "“input”: a price is a text" },
  { WITH (", \"from\": \"2026-01-01\", \"input\": \"-1\""), TD_CATALOGUE_ERROR_VALUE, "“input”: a price is a text" },
  { WITH (", \"from\": \"2026-01-01\", \"input\": \"1e2\""), TD_CATALOGUE_ERROR_VALUE, "“input”: a price is a text" },
  { WITH (", \"from\": \"2026-01-01\", \"output\": {}"), TD_CATALOGUE_ERROR_VALUE, "“output”: a price is a text" },
  { WITH (", \"from\": \"2026-01-01\", \"inptu\": \"1\""), TD_CATALOGUE_ERROR_VALUE,
    "“inptu”: there is no such field" },
  { WITH (", \"from\": \"2026-01-01\", \"until\": \"2026-01-01\""), TD_CATALOGUE_ERROR_VALUE, "“until”" },
  { WITH (", \"from\": \"2026-01-01\", \"no_caching\": \"yes\""), TD_CATALOGUE_ERROR_VALUE, "“no_caching”" },
  { WITH (", \"from\": \"2026-01-01\", \"batch\": {\"basis\": \"half\", \"input\": \"1\"}"), TD_CATALOGUE_ERROR_VALUE,
    "“batch”" },
  { WITH (", \"from\": \"2026-01-01\", \"batch\": {}"), TD_CATALOGUE_ERROR_VALUE, "“basis”" },
  { WITH (", \"from\": \"2026-01-01\", \"batch\": \"half\""), TD_CATALOGUE_ERROR_VALUE, "“batch”" },
  { WITH (", \"from\": \"2026-01-01\", \"long_context\": {\"input\": \"1\"}"), TD_CATALOGUE_ERROR_VALUE, "“above”" },
  { WITH (", \"from\": \"2026-01-01\", \"hours\": [{\"from\": \"6:00\", \"until\": \"10:00\"}]"),
    TD_CATALOGUE_ERROR_VALUE, "“6:00” is not a time of day" },
  { WITH (", \"from\": \"2026-01-01\", \"hours\": [{\"from\": \"06:00\", \"until\": \"24:01\"}]"),
    TD_CATALOGUE_ERROR_VALUE, "“24:01”" },
  { WITH (", \"from\": \"2026-01-01\", \"hours\": [{\"from\": \"06:00\", \"until\": \"06:00\"}]"),
    TD_CATALOGUE_ERROR_VALUE, "the end must come after the start" },
  { WITH (", \"from\": \"2026-01-01\", \"hours\": [{\"from\": \"06:00\", \"until\": \"07:00\", \"days\": [\"Mo\"]}]"),
    TD_CATALOGUE_ERROR_VALUE, "“Mo” is not a day" },
  { WITH (", \"from\": \"2026-01-01\", \"hours\": [7]"), TD_CATALOGUE_ERROR_VALUE, "“hours”" },
  { CATALOGUE (SOURCE, MODEL ("", PERIOD (", \"from\": \"2026-01-01\"") "," PERIOD (", \"from\": \"2026-02-01\""))),
    TD_CATALOGUE_ERROR_VALUE, "without overlapping" },
  { CATALOGUE (SOURCE, MODEL ("", PERIOD (", \"from\": \"2026-01-01\", \"until\": \"2026-02-02\"") ","
                              PERIOD (", \"from\": \"2026-02-01\""))),
    TD_CATALOGUE_ERROR_VALUE, "without overlapping" },
};

/* Each mistake is refused with its reason, and the catalogue stays as it was. */
static void
test_errors (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new ();

  g_assert_true (load (catalogue, WITH (", \"from\": \"2026-01-01\""), NULL));

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", mistakes[i].text);
      g_assert_false (load (catalogue, mistakes[i].text, &error));
      g_assert_error (error, TD_CATALOGUE_ERROR, (int) mistakes[i].code);
      if (strstr (error->message, mistakes[i].reason) == NULL)
        g_error ("“%s” does not say “%s”", error->message, mistakes[i].reason);

      g_assert_nonnull (td_catalogue_find (catalogue, "m"));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 1);
    }
}

/* Cutting the catalogue anywhere must not be taken for a shorter one. */
static void
test_truncated (void)
{
  static const char whole[] = WITH (", \"from\": \"2026-01-01\", \"input\": \"0.075\"");
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new ();

  for (size_t length = 0; length + 1 < sizeof whole; length++)
    {
      g_autofree char *part = g_strndup (whole, length);

      g_assert_false (load (catalogue, part, NULL));
    }

  g_assert_true (load (catalogue, whole, NULL));
}

static void
count_cb (GListModel *list,
          guint       position,
          guint       removed,
          guint       added,
          guint      *calls)
{
  (*calls)++;
  g_assert_cmpuint (position, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, added);
}

static void
test_items_changed (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new ();
  guint calls = 0;

  g_signal_connect (catalogue, "items-changed", G_CALLBACK (count_cb), &calls);

  g_assert_true (td_catalogue_load_bundled (catalogue, NULL));
  g_assert_cmpuint (calls, ==, 1);
  g_assert_false (load (catalogue, "{}", NULL));
  g_assert_cmpuint (calls, ==, 1);
  g_assert_true (load (catalogue, WITH (", \"from\": \"2026-01-01\""), NULL));
  g_assert_cmpuint (calls, ==, 2);
}

static void
test_file (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tokendesk-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "models.json", NULL);

  g_assert_false (td_catalogue_load_file (catalogue, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, WITH (", \"from\": \"2026-01-01\""), -1, NULL));
  g_assert_true (td_catalogue_load_file (catalogue, path, &error));
  g_assert_nonnull (td_catalogue_find (catalogue, "m"));

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_false (td_catalogue_load_file (catalogue, path, &error));
  g_assert_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT);
  g_clear_error (&error);

  /* Far too large, without being read: a file with a hole. */
  g_assert_cmpint (truncate (path, 1024 * 1024 * 1024), ==, 0);
  g_assert_false (td_catalogue_load_file (catalogue, path, &error));
  g_assert_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT);

  g_remove (path);
  g_rmdir (folder);
}

static void
test_unlisted (void)
{
  TdModel *model = td_model_new_unlisted ("gpt-7", "o200k_base", TD_EXACTNESS_ASSUMED);
  TdDate today = td_date_today ();

  g_assert_cmpstr (td_model_get_id (model), ==, "gpt-7");
  g_assert_cmpint (td_model_get_origin (model), ==, TD_MODEL_ORIGIN_UNLISTED);
  g_assert_cmpint (td_model_get_availability (model, today), ==, TD_AVAILABILITY_AVAILABLE);
  g_assert_null (td_model_get_price_on (model, today));
  g_assert_null (td_model_get_last_price (model, today));
  g_assert_finalize_object (model);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/bundled", test_bundled);
  g_test_add_func ("/catalogue/find", test_find);
  g_test_add_func ("/catalogue/encodings-agree-with-the-tokenizer", test_encodings_agree_with_the_tokenizer);
  g_test_add_func ("/catalogue/fields", test_fields);
  g_test_add_func ("/catalogue/sources", test_sources);
  g_test_add_func ("/catalogue/minimal", test_minimal);
  g_test_add_func ("/catalogue/errors", test_errors);
  g_test_add_func ("/catalogue/truncated", test_truncated);
  g_test_add_func ("/catalogue/items-changed", test_items_changed);
  g_test_add_func ("/catalogue/file", test_file);
  g_test_add_func ("/catalogue/unlisted", test_unlisted);

  return g_test_run ();
}
