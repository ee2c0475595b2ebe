/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/preferences/td-preferences-dialog.h"
#include "pricing/td-currency.h"
#include "td-test-await.h"
#include "td-test-log.h"
#include "td-test-server.h"
#include "td-test-store.h"

/*
 * The dialog as a person uses it: what is typed goes into the rows, buttons are found by their names and clicked, and
 * what is read is what the rows show. Keys go to libsecret's file; run with TD_TEST_NO_KEYRING set the one test there
 * is then has no keyring at all.
 *
 * With TD_TEST_PICTURES set to a folder the tests leave pictures there.
 */

/* So long animations last. */
#define N_FRAMES 40

typedef struct
{
  TdTestServer *server;
  TdSettings *settings;
  TdCatalogue *catalogue;
  TdKeyStore *store;
  TdHttpClient *client;
  TdAccount *account;
  GListStore *accounts;
  GtkWidget *window;
  GtkWidget *dialog;
} Fixture;

/* Finding ---------------------------------------------------------------------------------------------------------- */

typedef gboolean (*Match) (GtkWidget  *widget,
                           const char *text);

static GtkWidget *
find (GtkWidget  *widget,
      Match       match,
      const char *text)
{
  if (match (widget, text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_row (GtkWidget  *widget,
        const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget)
    && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_button (GtkWidget  *widget,
           const char *label)
{
  return GTK_IS_BUTTON (widget)
    && (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0
        || g_strcmp0 (gtk_widget_get_tooltip_text (widget), label) == 0);
}

static gboolean
is_of_type (GtkWidget  *widget,
            const char *type_name)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), g_type_from_name (type_name));
}

static GtkWidget *
get (Fixture    *fixture,
     Match       match,
     const char *text)
{
  GtkWidget *widget = find (fixture->dialog, match, text);

  if (widget == NULL)
    g_error ("Nothing in the dialog is “%s”.", text);

  return widget;
}

static gboolean
is_shown (Fixture    *fixture,
          Match       match,
          const char *text)
{
  GtkWidget *widget = find (fixture->dialog, match, text);

  return widget != NULL && gtk_widget_is_visible (widget);
}

static void
await_row (Fixture    *fixture,
           const char *title)
{
  while (!is_shown (fixture, is_row, title))
    g_main_context_iteration (NULL, TRUE);
}

static void
click (Fixture    *fixture,
       const char *label)
{
  GtkWidget *button = get (fixture, is_button, label);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Typed and followed by Enter */
static void
enter (Fixture    *fixture,
       const char *row_title,
       const char *text)
{
  GtkWidget *row = get (fixture, is_row, row_title);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
}

static const char *
get_text (Fixture    *fixture,
          const char *row_title)
{
  return gtk_editable_get_text (GTK_EDITABLE (get (fixture, is_row, row_title)));
}

/* Pictures --------------------------------------------------------------------------------------------------------- */

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *frame_clock,
         gpointer       user_data)
{
  guint *n_frames = user_data;

  ++*n_frames;
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

/* Until animations have run out. */
static void
await_frames (Fixture *fixture)
{
  guint n_frames = 0;
  guint tick = gtk_widget_add_tick_callback (fixture->window, tick_cb, &n_frames, NULL);

  while (n_frames < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (fixture->window, tick);
}

/* What a widget looks like is known just after it was drawn. */
static void
after_paint_cb (GdkFrameClock *frame_clock,
                gpointer       user_data)
{
  GdkTexture **texture = user_data;
  GtkWidget *window = g_object_get_data (G_OBJECT (frame_clock), "window");
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node != NULL && *texture == NULL)
    *texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                            &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static void
take_picture (Fixture    *fixture,
              const char *name)
{
  const char *folder = g_getenv ("TD_TEST_PICTURES");
  GdkFrameClock *frame_clock = gtk_widget_get_frame_clock (fixture->window);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = NULL;
  gulong handler;

  if (folder == NULL)
    return;

  await_frames (fixture);
  g_object_set_data (G_OBJECT (frame_clock), "window", fixture->window);
  handler = g_signal_connect (frame_clock, "after-paint", G_CALLBACK (after_paint_cb), &texture);
  gtk_widget_queue_draw (fixture->window);
  while (texture == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (frame_clock, handler);

  file = g_strdup_printf ("%s/preferences-%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, file));
}

/* Set-up ----------------------------------------------------------------------------------------------------------- */

static void
present (Fixture    *fixture,
         int         width,
         const char *page)
{
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 700);
  gtk_widget_set_size_request (fixture->window, 360, 294);
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new ("A window"));
  gtk_window_present (GTK_WINDOW (fixture->window));

  fixture->dialog = GTK_WIDGET (td_preferences_dialog_new (fixture->settings, fixture->catalogue,
                                                           G_LIST_MODEL (fixture->accounts)));
  if (page != NULL)
    adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (fixture->dialog), page);
  adw_dialog_present (ADW_DIALOG (fixture->dialog), fixture->window);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  fixture->server = td_test_server_new (NULL);
  fixture->settings = td_settings_new ();
  fixture->catalogue = td_catalogue_new_bundled (&error);
  g_assert_no_error (error);
  fixture->store = td_key_store_new ();
  fixture->client = td_http_client_new ();
  fixture->account = td_account_new (td_provider_get_openai (), fixture->store, fixture->client);

  url = td_test_server_get_url (fixture->server, "/v1");
  td_account_set_base_url (fixture->account, url);
  fixture->accounts = g_list_store_new (TD_TYPE_ACCOUNT);
  g_list_store_append (fixture->accounts, fixture->account);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->dialog != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
      await_frames (fixture);
      adw_dialog_close (ADW_DIALOG (fixture->dialog));
      while (fixture->dialog != NULL)
        g_main_context_iteration (NULL, TRUE);
      gtk_window_destroy (GTK_WINDOW (fixture->window));
    }

  g_assert_finalize_object (fixture->accounts);
  td_test_await_finalized (G_OBJECT (fixture->account));
  td_test_await_finalized (G_OBJECT (fixture->client));
  td_test_await_finalized (G_OBJECT (fixture->store));
  td_test_await_finalized (G_OBJECT (fixture->catalogue));
  td_test_await_finalized (G_OBJECT (fixture->settings));
  td_test_server_free (fixture->server);
  td_test_log_assert_lacks (TD_TEST_KEY);
}

static void
assert_has_focus (Fixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, fixture->dialog));
}

static void
save_key (Fixture *fixture)
{
  enter (fixture, "API _Key", TD_TEST_KEY);
  await_row (fixture, "Key saved");
}

/* Keys ------------------------------------------------------------------------------------------------------------- */

static void
test_save_and_remove (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *where = g_strdup_printf ("In your keyring, for %s", td_account_get_host (fixture->account));
  GtkWidget *key_row;
  AdwDialog *question;

  present (fixture, 800, "keys");
  await_row (fixture, "No key saved");
  g_assert_false (gtk_widget_is_sensitive (get (fixture, is_button, "_Test Key")));
  g_assert_false (is_shown (fixture, is_row, "_Remove Key…"));
  g_assert_false (adw_banner_get_revealed (ADW_BANNER (get (fixture, is_of_type, "AdwBanner"))));
  take_picture (fixture, "no-key");

  key_row = get (fixture, is_row, "API _Key");
  g_assert_true (ADW_IS_PASSWORD_ENTRY_ROW (key_row));
  g_assert_false (gtk_editable_get_enable_undo (GTK_EDITABLE (key_row)));

  save_key (fixture);
  /* The key is neither shown again nor brought back by undo. */
  g_assert_cmpstr (get_text (fixture, "API _Key"), ==, "");
  gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (key_row))), "text.undo", NULL);
  g_assert_cmpstr (get_text (fixture, "API _Key"), ==, "");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get (fixture, is_row, "Key saved"))), ==, where);
  g_assert_true (is_shown (fixture, is_row, "_Remove Key…"));
  td_test_store_assert_key (fixture->store, td_account_get_host (fixture->account), TD_TEST_KEY);
  take_picture (fixture, "saved");

  g_signal_emit_by_name (get (fixture, is_row, "_Remove Key…"), "activated");
  question = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_assert_true (ADW_IS_ALERT_DIALOG (question));
  take_picture (fixture, "remove");
  g_signal_emit_by_name (question, "response::cancel", "cancel");
  g_assert_true (is_shown (fixture, is_row, "Key saved"));

  g_signal_emit_by_name (question, "response::remove", "remove");
  adw_dialog_force_close (question);
  await_row (fixture, "No key saved");
  td_test_store_assert_key (fixture->store, td_account_get_host (fixture->account), NULL);
}

/* Whatever was just done with a key, the focus is still in the dialog, where the Escape key closes it. */
static void
test_focus (Fixture       *fixture,
            gconstpointer  data)
{
  AdwDialog *question;

  present (fixture, 800, "keys");
  await_row (fixture, "No key saved");
  gtk_widget_grab_focus (get (fixture, is_row, "API _Key"));
  save_key (fixture);
  await_frames (fixture);
  assert_has_focus (fixture);

  gtk_widget_grab_focus (get (fixture, is_row, "_Remove Key…"));
  g_signal_emit_by_name (get (fixture, is_row, "_Remove Key…"), "activated");
  question = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_signal_emit_by_name (question, "response::remove", "remove");
  adw_dialog_force_close (question);
  await_row (fixture, "No key saved");
  await_frames (fixture);
  assert_has_focus (fixture);
}

/* A service that tells of the credit: the test of the key says how much is left. Its address can't be changed. */
static void
test_credit (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *url = td_test_server_get_url (fixture->server, "/v1");
  const TdProvider provider = { "moonshot-cn", "Kimi", url, TRUE, TD_CREDIT_KIND_MOONSHOT, "CNY" };
  g_autoptr (TdAccount) account = td_account_new (&provider, fixture->store, fixture->client);

  g_list_store_remove_all (fixture->accounts);
  g_list_store_append (fixture->accounts, account);
  present (fixture, 800, "keys");
  g_assert_false (is_shown (fixture, is_row, "Base _URL"));
  g_assert_false (is_shown (fixture, is_row, "No key saved"));

  save_key (fixture);
  td_test_server_answer (fixture->server, "/v1/users/me/balance", 200,
                         "{\"data\":{\"available_balance\":49.5}}", NULL);
  click (fixture, "_Test Key");
  await_row (fixture, "The key works, with CN¥49.50 left.");
  take_picture (fixture, "credit");

  td_test_server_answer (fixture->server, "/v1/users/me/balance", 404, "", NULL);
  click (fixture, "_Test Key");
  while (is_shown (fixture, is_row, "The key works, with CN¥49.50 left.") || !is_shown (fixture, is_button, "_Test Key"))
    g_main_context_iteration (NULL, TRUE);
}

/* OpenRouter's answer is about the key's own limit, and the result says so. */
static void
test_key_limit (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *url = td_test_server_get_url (fixture->server, "/v1");
  const TdProvider provider = { "openrouter", "OpenRouter", url, TRUE, TD_CREDIT_KIND_OPENROUTER, "USD" };
  g_autoptr (TdAccount) account = td_account_new (&provider, fixture->store, fixture->client);

  g_list_store_remove_all (fixture->accounts);
  g_list_store_append (fixture->accounts, account);
  present (fixture, 800, "keys");
  save_key (fixture);
  td_test_server_answer (fixture->server, "/v1/key", 200, "{\"data\":{\"limit_remaining\":8.8}}", NULL);
  click (fixture, "_Test Key");
  await_row (fixture, "The key works, with $8.80 left of its own limit; the account may have less.");
  take_picture (fixture, "key-limit");
}

/* All of them, as the application has them. */
static void
test_all_accounts (Fixture       *fixture,
                   gconstpointer  data)
{
  guint n_groups = 0;

  for (guint i = 1; td_provider_get_nth (i) != NULL; i++)
    {
      g_autoptr (TdAccount) account = td_account_new (td_provider_get_nth (i), fixture->store, fixture->client);

      g_list_store_append (fixture->accounts, account);
    }

  present (fixture, 800, "keys");
  await_row (fixture, "No key saved");
  for (GtkWidget *group = get (fixture, is_of_type, "TdAccountGroup"); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    n_groups++;
  g_assert_cmpuint (n_groups, ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->accounts)));
  take_picture (fixture, "all-accounts");
}

static void
test_bad_key (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *row;

  present (fixture, 800, "keys");
  await_row (fixture, "No key saved");
  row = get (fixture, is_row, "API _Key");

  enter (fixture, "API _Key", "my key");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_true (is_shown (fixture, is_row, "This is not an API key: keys have no spaces, accents or line breaks. Copy "
                                            "the key again."));
  take_picture (fixture, "bad-key");
  /* It can be mended. */
  g_assert_cmpstr (get_text (fixture, "API _Key"), ==, "my key");
  gtk_editable_set_text (GTK_EDITABLE (row), "my-key");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
}

static void
test_no_keyring (Fixture       *fixture,
                 gconstpointer  data)
{
  present (fixture, 800, "keys");
  enter (fixture, "API _Key", TD_TEST_KEY);
  await_row (fixture, "Key kept for this run only");
  g_assert_true (adw_banner_get_revealed (ADW_BANNER (get (fixture, is_of_type, "AdwBanner"))));
  take_picture (fixture, "no-keyring");
}

/* The test of a key ------------------------------------------------------------------------------------------------ */

typedef struct
{
  guint status;
  const char *body;
  const char *text; /* %s is the host */
  const char *picture;
} Verdict;

static const Verdict verdicts[] = {
  { 200, "{\"data\":[{\"id\":\"gpt-4\"},{\"id\":\"gpt-5\"}]}", "The key works, with 2 models.", "works" },
  { 200, "{\"data\":[{\"id\":\"gpt-4\"}]}", "The key works, with 1 model.", NULL },
  { 200, "{\"data\":[]}", "The key works, but may not use any model.", NULL },
  { 401, "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Incorrect API key provided: " TD_TEST_KEY "\"}}",
    "%s did not accept the key. It may be incomplete, revoked or made for another service.", "wrong-key" },
  { 403, "{\"error\":{\"code\":\"unsupported_country_region_territory\"}}",
    "%s does not offer its service in the country or region you are connected from.", "region" },
  { 404, "", "%s has no such service at the base URL. Check its end, which often is “/v1”.", NULL },
  { 429, "{\"error\":{\"type\":\"insufficient_quota\"}}",
    "%s knows the key, but there is no credit left or a spending limit is reached. Check the billing page of your "
    "account.",
    NULL },
  { 501, "", "%s has trouble of its own (HTTP 501). Try again later.", NULL },
  { 200, "<html>Welcome & <b>hello</b></html>",
    "%s answered, but not as this kind of service does. Check the base URL.", NULL },
};

static void
test_verdicts (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *text = NULL;

  present (fixture, 800, "keys");
  await_row (fixture, "No key saved");
  save_key (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_auto (GStrv) parts = g_strsplit (verdicts[i].text, "%s", 2);

      g_free (text);
      text = g_strjoinv (td_account_get_host (fixture->account), parts);
      td_test_server_answer (fixture->server, "/v1/models", verdicts[i].status, verdicts[i].body, NULL);
      click (fixture, "_Test Key");
      await_row (fixture, text);
      g_assert_true (is_shown (fixture, is_button, "_Test Key"));
      g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, i + 1);
      if (verdicts[i].picture != NULL)
        take_picture (fixture, verdicts[i].picture);
    }

  /* A verdict on the old key is none on the new one. */
  enter (fixture, "API _Key", TD_TEST_OTHER_KEY);
  g_assert_false (is_shown (fixture, is_row, text));
  while (!gtk_editable_get_editable (GTK_EDITABLE (get (fixture, is_row, "API _Key"))))
    g_main_context_iteration (NULL, TRUE);
  td_test_store_assert_key (fixture->store, td_account_get_host (fixture->account), TD_TEST_OTHER_KEY);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  td_test_server_answer_raw (fixture->server, "/v1/models", "HTTP/1.1 200 OK\r\n", TD_TEST_RAW_HANG);

  present (fixture, 800, "keys");
  await_row (fixture, "No key saved");
  save_key (fixture);

  click (fixture, "_Test Key");
  td_test_server_await_requests (fixture->server, 1);
  g_assert_true (is_shown (fixture, is_of_type, "AdwSpinner"));
  take_picture (fixture, "testing");
  click (fixture, "_Cancel");
  while (!is_shown (fixture, is_button, "_Test Key"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_shown (fixture, is_of_type, "AdwSpinner"));

  /* And a dialog that is closed meanwhile takes its test with it, see the end of tear_down(). */
  click (fixture, "_Test Key");
  td_test_server_await_requests (fixture->server, 2);
}

/* The address ------------------------------------------------------------------------------------------------------ */

static void
test_base_url (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *row;

  present (fixture, 800, "keys");
  await_row (fixture, "No key saved");
  save_key (fixture);
  row = get (fixture, is_row, "Base _URL");
  g_assert_cmpstr (get_text (fixture, "Base _URL"), ==, td_account_get_base_url (fixture->account));

  enter (fixture, "Base _URL", "http://relay.example.com/v1");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_true (is_shown (fixture, is_row,
                           "This address cannot be used: it must begin with https://, or with http:// for a service on "
                           "this computer, and have no password in it."));
  g_assert_true (g_str_has_prefix (td_account_get_base_url (fixture->account), "http://127.0.0.1:"));
  take_picture (fixture, "bad-address");

  /* A key isn't taken along to another host. */
  enter (fixture, "Base _URL", " https://relay.example.com/v1/ ");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_cmpstr (get_text (fixture, "Base _URL"), ==, "https://relay.example.com/v1");
  await_row (fixture, "No key saved");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get (fixture, is_row, "No key saved"))), ==,
                   "For relay.example.com");

  click (fixture, "Back to the Provider’s Own Address");
  g_assert_cmpstr (td_account_get_base_url (fixture->account), ==, "https://api.openai.com/v1");
  g_assert_cmpstr (get_text (fixture, "Base _URL"), ==, "https://api.openai.com/v1");
  g_assert_false (is_shown (fixture, is_button, "Back to the Provider’s Own Address"));
}

/* General ---------------------------------------------------------------------------------------------------------- */

static void
test_general (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *scheme = NULL;
  g_autofree char *currency = NULL;
  g_autofree char *baseline = NULL;
  AdwComboRow *row;
  TdModel *model;

  present (fixture, 800, NULL);
  take_picture (fixture, "general");

  row = ADW_COMBO_ROW (get (fixture, is_row, "_Style"));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  adw_combo_row_set_selected (row, 2);
  scheme = td_settings_get_string (fixture->settings, "color-scheme");
  g_assert_cmpstr (scheme, ==, "dark");
  td_settings_set_string (fixture->settings, "color-scheme", "light");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 1);

  adw_switch_row_set_active (ADW_SWITCH_ROW (get (fixture, is_row, "Token _Boundaries")), TRUE);
  g_assert_true (td_settings_get_boolean (fixture->settings, "show-token-boundaries"));

  row = ADW_COMBO_ROW (get (fixture, is_row, "_Baseline"));
  model = adw_combo_row_get_selected_item (row);
  g_assert_cmpstr (td_model_get_id (model), ==, "gpt-3.5-turbo");
  adw_combo_row_set_selected (row, 0);
  model = adw_combo_row_get_selected_item (row);
  baseline = td_settings_get_string (fixture->settings, "baseline-model");
  g_assert_cmpstr (baseline, ==, td_model_get_id (model));

  adw_spin_row_set_value (ADW_SPIN_ROW (get (fixture, is_row, "_Expected Output")), 1200);
  g_assert_cmpuint (td_settings_get_uint (fixture->settings, "expected-output-tokens"), ==, 1200);

  row = ADW_COMBO_ROW (get (fixture, is_row, "_Currency"));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  adw_combo_row_set_selected (row, 1);
  currency = td_settings_get_string (fixture->settings, "currency");
  g_assert_cmpstr (currency, ==, td_currency_get_offered ()[1]);

  /* A rate is of the day it is set. */
  enter (fixture, "CNY for 1 USD", "6.9");
  {
    g_autoptr (GVariant) rates = td_settings_get_value (fixture->settings, "exchange-rates");
    g_autoptr (GDateTime) now = g_date_time_new_now_local ();
    g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
    const char *rate;
    const char *date;

    g_assert_true (g_variant_lookup (rates, "CNY", "(&s&s)", &rate, &date));
    g_assert_cmpstr (rate, ==, "6.9");
    g_assert_cmpstr (date, ==, today);
  }
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  /* Without a window manager a window is ten pixels smaller than it asks to be. */
  present (fixture, 370, NULL);
  g_assert_cmpint (gtk_widget_get_width (fixture->dialog), <=, 360);
  take_picture (fixture, "general-narrow");
}

static void
test_narrow_keys (Fixture       *fixture,
                  gconstpointer  data)
{
  AdwStyleManager *style_manager = adw_style_manager_get_default ();

  present (fixture, 370, "keys");
  await_row (fixture, "No key saved");
  save_key (fixture);
  td_test_server_answer (fixture->server, "/v1/models", 401, "", NULL);
  click (fixture, "_Test Key");
  while (!is_shown (fixture, is_button, "_Test Key"))
    g_main_context_iteration (NULL, TRUE);
  take_picture (fixture, "keys-narrow");

  adw_style_manager_set_color_scheme (style_manager, ADW_COLOR_SCHEME_FORCE_DARK);
  take_picture (fixture, "keys-narrow-dark");
  adw_style_manager_set_color_scheme (style_manager, ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  gboolean has_keyring = g_getenv ("TD_TEST_NO_KEYRING") == NULL;

  if (!has_keyring)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  td_test_log_capture ();

#define ADD(path, func) g_test_add ("/app/preferences-dialog/" path, Fixture, NULL, set_up, func, tear_down)
  if (!has_keyring)
    {
      ADD ("no-keyring", test_no_keyring);
      return g_test_run ();
    }

  folder = g_dir_make_tmp ("tokendesk-keys-XXXXXX", NULL);
  g_assert_nonnull (folder);
  file = g_build_filename (folder, "keys.keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "a password of the tests", TRUE);

  ADD ("save-and-remove", test_save_and_remove);
  ADD ("focus", test_focus);
  ADD ("credit", test_credit);
  ADD ("key-limit", test_key_limit);
  ADD ("all-accounts", test_all_accounts);
  ADD ("bad-key", test_bad_key);
  ADD ("verdicts", test_verdicts);
  ADD ("cancel", test_cancel);
  ADD ("base-url", test_base_url);
  ADD ("general", test_general);
  ADD ("narrow", test_narrow);
  ADD ("narrow-keys", test_narrow_keys);
#undef ADD

  return g_test_run ();
}
