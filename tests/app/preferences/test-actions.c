/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/preferences/td-preferences-dialog.h"
#include "app/td-application.h"
#include "app/td-window.h"

/* Whatever a menu or a shortcut names can be done. */

static TdApplication *application;

static gboolean
has_class_action (GtkWidget  *widget,
                  const char *name)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_GET_CLASS (widget);
  const GVariantType *parameter_type;
  const char *class_action;
  const char *property;
  GType owner;

  for (guint i = 0;
       gtk_widget_class_query_action (widget_class, i, &owner, &class_action, &parameter_type, &property);
       i++)
    {
      if (g_str_equal (class_action, name))
        return TRUE;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_class_action (child, name))
        return TRUE;
    }

  return FALSE;
}

static void
assert_action (TdWindow   *window,
               const char *detailed_name)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  g_action_parse_detailed_name (detailed_name, &name, &target, &error);
  g_assert_no_error (error);

  if (g_str_has_prefix (name, "app.")
      && g_action_group_has_action (G_ACTION_GROUP (application), name + strlen ("app.")))
    return;

  if (g_str_has_prefix (name, "win.")
      && g_action_group_has_action (G_ACTION_GROUP (window), name + strlen ("win.")))
    return;

  if (!has_class_action (GTK_WIDGET (window), name))
    g_error ("Nothing answers to “%s”.", name);
}

static TdWindow *
present_window (void)
{
  TdWindow *window = td_window_new (application);

  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static void
test_shortcuts (void)
{
  TdWindow *window = present_window ();
  g_auto (GStrv) names = gtk_application_list_action_descriptions (GTK_APPLICATION (application));

  g_assert_cmpuint (g_strv_length (names), >, 10);
  for (guint i = 0; names[i] != NULL; i++)
    assert_action (window, names[i]);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_menus (void)
{
  TdWindow *window = present_window ();
  g_autoptr (GBytes) bytes = g_resources_lookup_data (APP_PATH "/td-window.ui", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GRegex) regex = g_regex_new ("name=\"action(?:-name)?\">([^<]+)<", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n_actions = 0;

  g_assert_nonnull (bytes);
  g_regex_match_full (regex, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, 0, &match, NULL);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      assert_action (window, name);
      n_actions++;
    }
  g_assert_cmpuint (n_actions, >, 10);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_preferences (void)
{
  TdWindow *window = present_window ();
  g_autoptr (TdAccount) account = g_list_model_get_item (td_application_get_accounts (application), 0);
  AdwDialog *dialog;

  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (TD_IS_PREFERENCES_DIALOG (dialog));

  /* Not a second one over the first */
  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  g_assert_true (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == dialog);

  /* The account's address is the one in the settings, both ways. */
  td_account_set_base_url (account, "https://relay.example.com/v1");
  {
    g_autofree char *url = td_settings_get_string (td_application_get_settings (application), "openai-base-url");

    g_assert_cmpstr (url, ==, "https://relay.example.com/v1");
  }
  td_settings_set_string (td_application_get_settings (application), "openai-base-url", "https://other.example.com/");
  g_assert_cmpstr (td_account_get_base_url (account), ==, "https://other.example.com");

  adw_dialog_force_close (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
activate_cb (GApplication *app,
             gpointer      user_data)
{
  int *status = user_data;

  g_signal_stop_emission_by_name (app, "activate");
  g_application_hold (app);
  *status = g_test_run ();
  g_application_release (app);
  g_application_quit (app);
}

int
main (int   argc,
      char *argv[])
{
  char *own_arguments[] = { argv[0], NULL };
  int status = 1;

  gtk_test_init (&argc, &argv, NULL);
  gtk_source_init ();

  g_test_add_func ("/app/actions/shortcuts", test_shortcuts);
  g_test_add_func ("/app/actions/menus", test_menus);
  g_test_add_func ("/app/actions/preferences", test_preferences);

  application = td_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &status);
  g_application_run (G_APPLICATION (application), G_N_ELEMENTS (own_arguments) - 1, own_arguments);
  g_object_unref (application);

  return status;
}
