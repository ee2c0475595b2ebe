/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-account.h"
#include "accounts/td-key.h"
#include "app/compare/td-scenario-dialog.h"
#include "compare-test-utils.h"
#include "td-test-await.h"
#include "td-test-log.h"
#include "td-test-server.h"
#include "td-test-store.h"

/* What the credit that is left buys, in the dialog as a person uses it. The service is a server on this computer; keys
 * stay in memory, since no session bus answers. */

typedef struct
{
  TdTestServer *server;
  char *url;
  TdProvider providers[3];
  TdKeyStore *store;
  TdHttpClient *client;
  GListStore *accounts;
  TdAccount *account; /* DeepSeek's */
  TdDocument *document;
  TdCatalogue *catalogue;
  TdComparison *comparison;
  GtkWidget *window;
  AdwDialog *dialog;
} Fixture;

static void
save_key_of (TdAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SecretValue) key = td_key_new (TD_TEST_KEY, NULL);

  td_account_save_key_async (account, key, NULL, td_test_done_cb, &result);
  g_assert_cmpint (td_account_save_key_finish (account, td_test_await (&result), NULL), ==, TD_KEY_STORAGE_MEMORY);
  while (td_account_get_key_storage (account) != TD_KEY_STORAGE_MEMORY)
    g_main_context_iteration (NULL, TRUE);
}

static void
save_key (Fixture *fixture)
{
  save_key_of (fixture->account);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = td_test_server_new (NULL);
  fixture->url = td_test_server_get_url (fixture->server, "/v1");
  fixture->store = td_key_store_new ();
  fixture->client = td_http_client_new ();
  fixture->accounts = g_list_store_new (TD_TYPE_ACCOUNT);
  fixture->providers[0] = *td_provider_get_openai ();
  fixture->providers[1] = (TdProvider) { "deepseek", "DeepSeek", fixture->url, TRUE, TD_CREDIT_KIND_DEEPSEEK, NULL };
  fixture->providers[2] =
    (TdProvider) { "openrouter", "OpenRouter", fixture->url, TRUE, TD_CREDIT_KIND_OPENROUTER, "USD" };
  for (guint i = 0; i < G_N_ELEMENTS (fixture->providers); i++)
    {
      g_autoptr (TdAccount) account = td_account_new (&fixture->providers[i], fixture->store, fixture->client);

      g_list_store_append (fixture->accounts, account);
      if (i == 1)
        fixture->account = account;
    }

  fixture->document = td_document_new ();
  fixture->catalogue = test_catalogue_new_small ();
  fixture->comparison = td_comparison_new (fixture->document, NULL, fixture->catalogue);
  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2026-11-24", "output-percent", 50, NULL);
  test_set_text (fixture->comparison, "我是刘志军");

  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 480, 720);
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->dialog = td_scenario_dialog_new (fixture->comparison, G_LIST_MODEL (fixture->accounts));
  adw_dialog_present (fixture->dialog, fixture->window);
  test_flush ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  test_close_dialog (fixture->dialog);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  td_test_await_finalized (G_OBJECT (fixture->comparison));
  g_clear_object (&fixture->catalogue);
  g_clear_object (&fixture->document);
  g_object_ref (fixture->account);
  td_test_await_finalized (G_OBJECT (fixture->accounts));
  td_test_await_finalized (G_OBJECT (fixture->account));
  td_test_await_finalized (G_OBJECT (fixture->client));
  td_test_await_finalized (G_OBJECT (fixture->store));
  td_test_server_free (fixture->server);
  g_free (fixture->url);
  td_test_log_assert_lacks (TD_TEST_KEY);
}

/* Finding ---------------------------------------------------------------------------------------------------------- */

/* The shown row of that title, or the shown button of that label. */
static GtkWidget *
find_below (GtkWidget  *widget,
            const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text) == 0)
    return widget;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find (Fixture    *fixture,
      const char *text)
{
  return find_below (GTK_WIDGET (fixture->dialog), text);
}

static void
await (Fixture    *fixture,
       const char *text)
{
  while (find (fixture, text) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
choose (Fixture *fixture,
        guint    position)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (fixture, "Bud_get")), position);
  test_flush ();
}

static void
click (Fixture    *fixture,
       const char *label)
{
  g_signal_emit_by_name (find (fixture, label), "clicked");
}

/* How many calls with “one”, of $0.000054 each, see test-scenario.c. */
static gboolean
get_calls (Fixture *fixture,
           guint64 *calls)
{
  const TdQuote *quote = td_model_row_get_quote (td_comparison_find_row (fixture->comparison, "one"));

  td_comparison_update (fixture->comparison);

  return td_quote_calls_for_budget (quote, td_comparison_get_budget (fixture->comparison), calls);
}

static void
save_picture (Fixture    *fixture,
              const char *name)
{
  const char *folder = g_getenv ("TD_TEST_PICTURES");
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  if (folder != NULL)
    {
      gtk_widget_grab_focus (find (fixture, "_Read Now"));
      for (guint i = 0; i < 40; i++)
        {
          gtk_widget_queue_draw (fixture->window);
          gtk_test_widget_wait_for_draw (fixture->window);
        }
      test_save_picture (fixture->window, path);
    }
}

/* Tests ------------------------------------------------------------------------------------------------------------ */

static void
test_sources (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *row = find (fixture, "Bud_get");
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (row));

  /* OpenAI tells nobody. */
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 3);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (model), 0), ==, "An amount");
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (model), 1), ==, "Remaining credit at DeepSeek");
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (model), 2), ==,
                   "Rest of the key’s limit at OpenRouter");
  g_assert_nonnull (find (fixture, "_Amount (empty: none)"));

  choose (fixture, 1);
  g_assert_null (find (fixture, "_Amount (empty: none)"));
  g_assert_nonnull (find (fixture, "No key saved"));
  g_assert_nonnull (find (fixture, "API _Keys…"));
  g_assert_null (find (fixture, "_Read Now"));

  /* Saved meanwhile, in the preferences. */
  save_key (fixture);
  g_assert_nonnull (find (fixture, "Not read yet"));
  g_assert_null (find (fixture, "API _Keys…"));
  g_assert_nonnull (find (fixture, "_Read Now"));

  /* Looking at it asks nobody. */
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 0);
  choose (fixture, 0);
  g_assert_nonnull (find (fixture, "_Amount (empty: none)"));
}

/* $1 and CNY 6.9 at 6.9 make $2: 2 / 0.000054 = 37,037.03…, so 37,037 whole calls. */
static void
test_credit (Fixture       *fixture,
             gconstpointer  data)
{
  const TdDate day = { 2026, 11, 24 };
  g_autofree char *kept = NULL;
  GtkWidget *row;
  guint64 calls;

  td_test_server_answer (fixture->server, "/v1/user/balance", 200,
                         "{\"is_available\":true,\"balance_infos\":[{\"currency\":\"USD\",\"total_balance\":\"1.00\"},"
                         "{\"currency\":\"CNY\",\"total_balance\":\"6.90\"}]}", NULL);
  save_key (fixture);
  choose (fixture, 1);
  g_assert_false (get_calls (fixture, &calls));

  click (fixture, "_Read Now");
  g_assert_nonnull (find (fixture, "_Cancel"));
  await (fixture, "$1.00 · CN¥6.90");
  g_assert_nonnull (find (fixture, "_Read Now"));

  /* Without a rate nothing is guessed, and it is said. */
  row = find (fixture, "$1.00 · CN¥6.90");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Read on "));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Set a rate for CNY below"));
  g_assert_false (get_calls (fixture, &calls));
  save_picture (fixture, "credit-no-rate");

  td_comparison_set_rate (fixture->comparison, "CNY", "6.9", day);
  g_assert_null (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Set a rate"));
  g_assert_true (get_calls (fixture, &calls));
  g_assert_cmpuint (calls, ==, 37037);
  save_picture (fixture, "credit");

  /* It is kept as it was read, and an amount takes its place. */
  g_object_get (td_comparison_get_options (fixture->comparison), "credit", &kept, NULL);
  g_assert_true (g_str_has_prefix (kept, "deepseek "));
  g_assert_true (g_str_has_suffix (kept, " USD 1 CNY 6.9"));
  choose (fixture, 0);
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, "_Amount (empty: none)")), "1");
  g_assert_true (get_calls (fixture, &calls));
  g_assert_cmpuint (calls, ==, 18518);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_problems (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *host = g_strdup (td_account_get_host (fixture->account));
  g_autofree char *refused = g_strdup_printf ("%s did not accept the key. It may be incomplete, revoked or made for "
                                              "another service.", host);
  g_autofree char *nonsense = g_strdup_printf ("%s answered, but not with the credit that is left. Look at the website "
                                               "of the service.", host);
  guint64 calls;

  td_test_server_answer (fixture->server, "/v1/user/balance", 401,
                         "{\"error\":{\"message\":\"" TD_TEST_KEY "\"}}", NULL);
  save_key (fixture);
  choose (fixture, 1);
  click (fixture, "_Read Now");
  await (fixture, refused);
  g_assert_nonnull (find (fixture, "Not read yet"));
  g_assert_nonnull (find (fixture, "_Read Now"));
  save_picture (fixture, "credit-refused");

  td_test_server_answer (fixture->server, "/v1/user/balance", 200, "{\"balance_infos\":[]}", NULL);
  click (fixture, "_Read Now");
  g_assert_null (find (fixture, refused));
  await (fixture, nonsense);

  /* More used than paid for buys no call, and not an unknown number. */
  td_test_server_answer (fixture->server, "/v1/user/balance", 200,
                         "{\"balance_infos\":[{\"currency\":\"USD\",\"total_balance\":\"-0.10\"}]}", NULL);
  click (fixture, "_Read Now");
  await (fixture, "-$0.10");
  g_assert_null (find (fixture, nonsense));
  g_assert_true (get_calls (fixture, &calls));
  g_assert_cmpuint (calls, ==, 0);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  td_test_server_answer_raw (fixture->server, "/v1/user/balance", "HTTP/1.1 200 OK\r\n", TD_TEST_RAW_HANG);
  save_key (fixture);
  choose (fixture, 1);

  click (fixture, "_Read Now");
  td_test_server_await_requests (fixture->server, 1);
  click (fixture, "_Cancel");
  test_flush ();
  g_assert_nonnull (find (fixture, "Not read yet"));
  g_assert_nonnull (find (fixture, "_Read Now"));

  /* And the dialog can go while somebody is being asked. */
  click (fixture, "_Read Now");
  td_test_server_await_requests (fixture->server, 2);
}

/* A saved scenario with another budget is chosen while somebody is being asked: the answer takes nothing away. */
static void
test_late_answer (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *chosen[] = { "", "openrouter" };
  TdScenarioOptions *options = td_comparison_get_options (fixture->comparison);

  save_key (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    {
      g_autofree char *credit = NULL;

      td_test_server_answer_raw (fixture->server, "/v1/user/balance", "HTTP/1.1 200 OK\r\n", TD_TEST_RAW_HANG);
      choose (fixture, 1);
      click (fixture, "_Read Now");
      td_test_server_await_requests (fixture->server, 2 * i + 1);
      g_object_set (options, "credit", chosen[i], NULL);
      test_flush ();
      g_assert_null (find (fixture, "_Cancel"));
      g_object_get (options, "credit", &credit, NULL);
      g_assert_cmpstr (credit, ==, chosen[i]);

      /* Whoever is asked next is not hindered by it. */
      td_test_server_answer (fixture->server, "/v1/user/balance", 200,
                             "{\"balance_infos\":[{\"currency\":\"USD\",\"total_balance\":\"1.00\"}]}", NULL);
      choose (fixture, 1);
      click (fixture, "_Read Now");
      await (fixture, "$1.00");
    }
}

/* An answer that has come, but of which nobody was told yet. */
static void
test_answer_on_the_way (Fixture       *fixture,
                        gconstpointer  data)
{
  TdScenarioOptions *options = td_comparison_get_options (fixture->comparison);
  g_autofree char *credit = NULL;

  td_test_server_answer (fixture->server, "/v1/user/balance", 200,
                         "{\"balance_infos\":[{\"currency\":\"USD\",\"total_balance\":\"1.00\"}]}", NULL);
  save_key (fixture);
  choose (fixture, 1);
  click (fixture, "_Read Now");
  td_test_server_await_requests (fixture->server, 1);
  g_object_set (options, "credit", "", NULL);
  for (guint i = 0; i < 50; i++)
    {
      g_usleep (2000);
      test_flush ();
    }

  g_object_get (options, "credit", &credit, NULL);
  g_assert_cmpstr (credit, ==, "");
  g_assert_nonnull (find (fixture, "_Amount (empty: none)"));
}

/* OpenRouter tells what is left of the key's limit, which is not what is left on the account. */
static void
test_key_limit (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (TdAccount) account = g_list_model_get_item (G_LIST_MODEL (fixture->accounts), 2);
  const char *subtitle;

  td_test_server_answer (fixture->server, "/v1/key", 200, "{\"data\":{\"limit_remaining\":8.8}}", NULL);
  save_key_of (account);
  choose (fixture, 2);
  click (fixture, "_Read Now");
  await (fixture, "$8.80");
  subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (find (fixture, "$8.80")));
  g_assert_nonnull (strstr (subtitle, "\nLeft of this key’s own limit; the account may have less"));
  save_picture (fixture, "credit-key-limit");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  td_test_log_capture ();

#define ADD(path, func) g_test_add ("/app/budget-group/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("sources", test_sources);
  ADD ("credit", test_credit);
  ADD ("problems", test_problems);
  ADD ("cancel", test_cancel);
  ADD ("late-answer", test_late_answer);
  ADD ("answer-on-the-way", test_answer_on_the_way);
  ADD ("key-limit", test_key_limit);
#undef ADD

  return g_test_run ();
}
