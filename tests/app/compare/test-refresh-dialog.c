/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "app/compare/td-compare-panel.h"
#include "app/compare/td-overlay-dialog.h"
#include "app/compare/td-own-model-dialog.h"
#include "app/compare/td-proposal.h"
#include "app/compare/td-refresh-dialog.h"
#include "compare-test-utils.h"
#include "pricing/td-own-model.h"
#include "pricing/td-quote.h"
#include "td-test-await.h"
#include "td-test-server.h"

/* Refreshing prices from a server on this computer, and what becomes of what it says. */

static const TdDate today = { 2026, 11, 24 };

#define MODEL(id, prices) "{\"id\": \"" id "\", \"match\": {\"equals\": \"" id "\"}, \"prices\": " prices "}"
#define LIST(models) "[{\"id\": \"openai\", \"name\": \"OpenAI\", \"models\": [" models "]}]"
#define GOOD LIST (MODEL ("gpt-5.6-sol", "{\"input_mtok\": 3.5, \"output_mtok\": 200}") ","                            \
                   MODEL ("gpt-9-nova", "{\"input_mtok\": 1, \"output_mtok\": 2}"))

typedef struct
{
  TdTestServer *server;
  char *folder;
  char *cache_path;
  char *url;
  TdPriceRefresh *refresh;
  TdCatalogue *catalogue;
  TdOverlay *overlay;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (TdHttpClient) client = td_http_client_new ();

  fixture->server = td_test_server_new (NULL);
  fixture->folder = g_dir_make_tmp ("tokendesk-refresh-XXXXXX", NULL);
  fixture->cache_path = g_build_filename (fixture->folder, "price-list", NULL);
  fixture->url = td_test_server_get_url (fixture->server, "/prices.json");
  fixture->refresh = td_price_refresh_new (client, fixture->cache_path);
  fixture->overlay = td_overlay_new (NULL);
  fixture->catalogue = td_catalogue_new_bundled (NULL);
  td_catalogue_set_overlay (fixture->catalogue, fixture->overlay);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 720);
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  test_flush ();
  g_assert_finalize_object (fixture->catalogue);
  g_assert_finalize_object (fixture->overlay);
  td_test_await_finalized (G_OBJECT (fixture->refresh));
  td_test_server_free (fixture->server);
  g_remove (fixture->cache_path);
  g_remove (fixture->folder);
  g_free (fixture->cache_path);
  g_free (fixture->folder);
  g_free (fixture->url);
}

/* Lets the program run, so long that what moves has come to rest, and leaves a picture if they are wanted. */
static void
draw (GtkWidget  *window,
      const char *name)
{
  const char *folder = g_getenv ("TD_TEST_PICTURES");

  for (guint i = 0; i < 40; i++)
    {
      gtk_widget_queue_draw (window);
      gtk_test_widget_wait_for_draw (window);
      test_flush ();
    }

  if (folder != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

      test_save_picture (window, path);
    }
}

/* Fetching --------------------------------------------------------------------------------------------------------- */

static TdPriceFeed *
fetch (Fixture  *fixture,
       GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_price_refresh_fetch_async (fixture->refresh, fixture->url, today, NULL, td_test_done_cb, &result);

  return td_price_refresh_fetch_finish (fixture->refresh, td_test_await (&result), error);
}

/* Sent once; the second time the server only says that it is still the same. */
static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPriceFeed) first = NULL;
  g_autoptr (TdPriceFeed) second = NULL;
  g_autofree char *none = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *key = NULL;

  td_test_server_answer (fixture->server, "/prices.json", 200, GOOD, "ETag", "\"v1\"", NULL);
  td_test_server_answer (fixture->server, "/prices.json", 304, "", NULL);

  first = fetch (fixture, &error);
  g_assert_no_error (error);
  second = fetch (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (td_price_feed_get_n_models (second), ==, td_price_feed_get_n_models (first));

  none = td_test_server_get_request_header (fixture->server, 0, "If-None-Match");
  mark = td_test_server_get_request_header (fixture->server, 1, "If-None-Match");
  key = td_test_server_get_request_header (fixture->server, 0, "Authorization");
  g_assert_null (none);
  g_assert_cmpstr (mark, ==, "\"v1\"");
  g_assert_null (key);
}

/* A copy that is of another address, or no copy at all, is not used. */
static void
test_other_copy (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char * const copies[] = { "https://example.com\n\"v1\"\n[]", "nonsense", "", "\n\n" };

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdPriceFeed) feed = NULL;
      g_autofree char *mark = NULL;

      g_assert_true (g_file_set_contents (fixture->cache_path, copies[i], -1, NULL));
      td_test_server_answer (fixture->server, "/prices.json", 200, GOOD, NULL);
      feed = fetch (fixture, &error);
      g_assert_no_error (error);
      mark = td_test_server_get_request_header (fixture->server, i, "If-None-Match");
      g_assert_null (mark);
    }
}

static void
assert_fails (Fixture    *fixture,
              GQuark      domain,
              int         code,
              const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPriceFeed) feed = fetch (fixture, &error);
  g_autofree char *message = NULL;

  g_assert_null (feed);
  g_assert_error (error, domain, code);
  message = td_price_refresh_error_text (error, fixture->url);
  if (strstr (message, text) == NULL)
    g_error ("“%s” does not say “%s”", message, text);
  g_assert_false (g_file_test (fixture->cache_path, G_FILE_TEST_EXISTS));
}

static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  td_test_server_answer (fixture->server, "/prices.json", 404, "no", NULL);
  assert_fails (fixture, TD_HTTP_ERROR, TD_HTTP_ERROR_NOT_FOUND, "no price list");

  td_test_server_answer (fixture->server, "/prices.json", 200, "<html></html>", "ETag", "\"v1\"", NULL);
  assert_fails (fixture, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_SYNTAX, "not valid JSON");

  td_test_server_answer (fixture->server, "/prices.json", 200, LIST (MODEL ("m", "{\"input_mtok\": -1}")), NULL);
  assert_fails (fixture, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_VALUE, "below 0");

  td_test_server_answer_raw (fixture->server, "/prices.json",
                             "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n[{\"id\": \"openai\"", TD_TEST_RAW_CUT);
  assert_fails (fixture, TD_HTTP_ERROR, TD_HTTP_ERROR_CONNECTION, "broke off");
}

/* An answer without end is given up at the limit. */
static void
test_endless (Fixture       *fixture,
              gconstpointer  data)
{
  td_test_server_answer_raw (fixture->server, "/prices.json",
                             "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                             TD_TEST_RAW_ENDLESS);
  assert_fails (fixture, TD_HTTP_ERROR, TD_HTTP_ERROR_TOO_LARGE, "too large");
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_test_server_answer_raw (fixture->server, "/prices.json", "HTTP/1.1 200 OK\r\n", TD_TEST_RAW_HANG);
  td_price_refresh_fetch_async (fixture->refresh, fixture->url, today, cancellable, td_test_done_cb, &result);
  td_test_server_await_requests (fixture->server, 1);
  g_cancellable_cancel (cancellable);
  g_assert_null (td_price_refresh_fetch_finish (fixture->refresh, td_test_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The dialogs ------------------------------------------------------------------------------------------------------ */

static AdwDialog *
open_refresh (Fixture *fixture)
{
  AdwDialog *dialog = td_refresh_dialog_new (fixture->catalogue, fixture->refresh, fixture->url);

  adw_dialog_present (dialog, fixture->window);
  draw (fixture->window, "refresh-ask");

  return dialog;
}

static void
fetch_in_dialog (Fixture   *fixture,
                 AdwDialog *dialog)
{
  GListModel *proposals = td_refresh_dialog_get_proposals (TD_REFRESH_DIALOG (dialog));

  gtk_widget_activate_action (GTK_WIDGET (dialog), "refresh.fetch", NULL);
  while (g_list_model_get_n_items (proposals) == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Nothing is asked before the user says so, and nothing changes before something is accepted. */
static void
test_dialog (Fixture       *fixture,
             gconstpointer  data)
{
  AdwDialog *dialog = open_refresh (fixture);
  GListModel *proposals = td_refresh_dialog_get_proposals (TD_REFRESH_DIALOG (dialog));
  TdScenario scenario = { .date = td_date_today (), .minute = TD_MINUTE_ANY };
  static const gboolean expected[] = { TRUE, FALSE, FALSE };
  g_autofree char *cost = NULL;
  TdQuote quote;

  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 0);
  td_test_server_answer (fixture->server, "/prices.json", 200, GOOD, NULL);
  fetch_in_dialog (fixture, dialog);
  draw (fixture->window, "refresh-list");

  /* The input, the output with its doubt (20 → 200), and the new model. */
  g_assert_cmpuint (g_list_model_get_n_items (proposals), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TdProposal) proposal = g_list_model_get_item (proposals, i);

      g_assert_cmpint (td_proposal_get_accepted (proposal), ==, expected[i]);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, 0);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "refresh.accept", NULL);
  draw (fixture->window, "refresh-closed");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, 1);
  g_assert_null (td_catalogue_find (fixture->catalogue, "gpt-9-nova"));

  /* 1,000 × 3.5 / 10⁶ = 0.0035 */
  td_quote_compute (&quote, td_catalogue_find (fixture->catalogue, "gpt-5.6-sol"), &scenario, 1000);
  cost = td_money_to_decimal (quote.input_cost);
  g_assert_cmpstr (cost, ==, "0.0035");
}

static void
test_mark_all (Fixture       *fixture,
               gconstpointer  data)
{
  AdwDialog *dialog = open_refresh (fixture);

  td_test_server_answer (fixture->server, "/prices.json", 200, GOOD, NULL);
  fetch_in_dialog (fixture, dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "refresh.mark-none", NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "refresh.accept", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, 0);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "refresh.mark-all", NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "refresh.accept", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, 3);
  g_assert_nonnull (td_catalogue_find (fixture->catalogue, "gpt-9-nova"));
}

/* Closed while the server is silent. */
static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  AdwDialog *dialog = open_refresh (fixture);

  td_test_server_answer_raw (fixture->server, "/prices.json", "HTTP/1.1 200 OK\r\n", TD_TEST_RAW_HANG);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "refresh.fetch", NULL);
  td_test_server_await_requests (fixture->server, 1);
  draw (fixture->window, "refresh-busy");
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  test_close_dialog (dialog);
  while (dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_overlay_dialog (Fixture       *fixture,
                     gconstpointer  data)
{
  TdOwnModel form = { "My Llama", "At home", "cl100k_base", "32000", "0.5", "", "1,25", "2026-01-01" };
  g_autoptr (TdPriceChange) own = td_own_model_check (&form, fixture->catalogue, NULL, NULL);
  g_autoptr (TdPriceChange) change = NULL;
  AdwDialog *dialog;

  change = td_price_change_new ("gpt-5.6-sol", TD_CHANGE_FIELD_INPUT, 4000000000, 3500000000, today);
  td_price_change_set_origin (change, TD_MODEL_ORIGIN_REFRESH, today, "https://example.com");
  g_assert_true (td_overlay_add (fixture->overlay, &own, 1, NULL));
  g_assert_true (td_overlay_add (fixture->overlay, &change, 1, NULL));
  g_assert_nonnull (td_catalogue_find (fixture->catalogue, "my llama"));

  dialog = td_overlay_dialog_new (fixture->catalogue);
  adw_dialog_present (dialog, fixture->window);
  draw (fixture->window, "overlay");
  /* Rows follow. */
  g_assert_true (td_overlay_remove (fixture->overlay, change, NULL));
  draw (fixture->window, "overlay-undone");
  test_close_dialog (dialog);

  dialog = td_own_model_dialog_new (fixture->catalogue, own);
  adw_dialog_present (dialog, fixture->window);
  draw (fixture->window, "own-model");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "model.save", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->overlay)), ==, 1);
}

/* A file that cannot be read is said to be, and left alone until there is something new to write. */
static void
test_damaged_overlay (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "overlay.json", NULL);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (TdOverlay) overlay = td_overlay_new (path);
  g_autoptr (GError) error = NULL;
  GtkWidget *panel;
  AdwBanner *banner;

  g_assert_true (g_file_set_contents (path, "{\"format\": ", -1, NULL));
  g_assert_false (td_overlay_load (overlay, &error));
  td_catalogue_set_overlay (catalogue, overlay);
  panel = td_compare_panel_new (document, NULL, catalogue);
  adw_window_set_content (ADW_WINDOW (fixture->window), panel);
  banner = ADW_BANNER (gtk_widget_get_template_child (panel, TD_TYPE_COMPARE_PANEL, "overlay_banner"));
  g_assert_true (adw_banner_get_revealed (banner));
  draw (fixture->window, "panel-damaged-overlay");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_true (td_overlay_clear (overlay, NULL));
  td_comparison_update (td_compare_panel_get_comparison (TD_COMPARE_PANEL (panel)));
  g_assert_false (adw_banner_get_revealed (banner));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
  test_flush ();
  g_unlink (aside);
  g_unlink (lock);
  g_unlink (path);
}

/* What a form is refused for, and what it is taken for. */
static void
test_own_model (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct
  {
    TdOwnModel form;
    int code;
  } cases[] = {
    { { "", "", NULL, "", "", "", "", "" }, TD_OWN_MODEL_ERROR_NAME },
    { { "  ", "", NULL, "", "", "", "", "" }, TD_OWN_MODEL_ERROR_NAME },
    { { "GPT-4", "", NULL, "", "", "", "", "" }, TD_OWN_MODEL_ERROR_NAME },
    { { "m", "a\nb", NULL, "", "", "", "", "" }, TD_OWN_MODEL_ERROR_VENDOR },
    { { "m", "", NULL, "many", "", "", "", "" }, TD_OWN_MODEL_ERROR_CONTEXT_WINDOW },
    { { "m", "", NULL, "0", "", "", "", "" }, TD_OWN_MODEL_ERROR_CONTEXT_WINDOW },
    { { "m", "", NULL, "", "0", "", "", "" }, TD_OWN_MODEL_ERROR_INPUT },
    { { "m", "", NULL, "", "-1", "", "", "" }, TD_OWN_MODEL_ERROR_INPUT },
    { { "m", "", NULL, "", "1e3", "", "", "" }, TD_OWN_MODEL_ERROR_INPUT },
    { { "m", "", NULL, "", "1", "x", "", "" }, TD_OWN_MODEL_ERROR_CACHED_INPUT },
    { { "m", "", NULL, "", "1", "", "1.2.3", "" }, TD_OWN_MODEL_ERROR_OUTPUT },
    { { "m", "", NULL, "", "1", "", "", "2026-02" }, TD_OWN_MODEL_ERROR_FROM },
    { { "m", "", NULL, "", "", "", "", "" }, -1 },
    { { " m ", "v", "o200k_base", "1000", "0,075", "0.01", "1", "2026-02-01" }, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdPriceChange) change = td_own_model_check (&cases[i].form, fixture->catalogue, NULL, &error);

      g_test_message ("form %u", i);
      if (cases[i].code >= 0)
        g_assert_error (error, TD_OWN_MODEL_ERROR, cases[i].code);
      else
        g_assert_no_error (error);
      g_assert_cmpint (change == NULL, ==, cases[i].code >= 0);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/refresh/copy", test_copy);
  ADD ("/refresh/other-copy", test_other_copy);
  ADD ("/refresh/failures", test_failures);
  ADD ("/refresh/endless", test_endless);
  ADD ("/refresh/cancel", test_cancel);
  ADD ("/refresh/dialog", test_dialog);
  ADD ("/refresh/mark-all", test_mark_all);
  ADD ("/refresh/close", test_close);
  ADD ("/refresh/overlay-dialog", test_overlay_dialog);
  ADD ("/refresh/damaged-overlay", test_damaged_overlay);
  ADD ("/refresh/own-model", test_own_model);
#undef ADD

  return g_test_run ();
}
