/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/preferences/td-preferences-dialog.h"
#include "app/td-application-private.h"
#include "app/td-window.h"

/* The sizes of the text, as factors of the font's own. */
static const double text_scales[] = { 0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0 };

/* Every keyboard shortcut is here; gtk/help-overlay.ui and shortcuts-dialog.ui explain them. */
static const struct
{
  const char *action;
  const char *accelerators[4];
} shortcuts[] = {
  { "app.new-window", { "<Control>n" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "app.zoom-normal", { "<Control>0", "<Control>KP_0" } },
  { "app.zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.export", { "<Control>e" } },
  { "win.find", { "<Control>f" } },
  { "win.find-next", { "<Control>g" } },
  { "win.find-previous", { "<Control><Shift>g" } },
  { "win.inspect-token", { "<Control>i" } },
  { "win.next-token", { "<Control>bracketright" } },
  { "win.open", { "<Control>o" } },
  { "win.page::chat", { "<Control>2" } },
  { "win.page::files", { "<Control>3" } },
  { "win.page::text", { "<Control>1" } },
  { "win.previous-token", { "<Control>bracketleft" } },
  { "win.replace", { "<Control>h" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.toggle-panel", { "F9" } },
  { "window.close", { "<Control>w" } },
};

/* Settings that the View menu switches. */
static const char * const settings_actions[] = {
  "parse-special-tokens", "show-line-numbers", "show-line-tokens", "show-token-boundaries", "show-whitespace",
};

static GtkWidget *
get_window (TdApplication *self)
{
  return GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (self)));
}

static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (td_window_new (user_data)));
}

static void
show_preferences (TdApplication *self,
                  const char    *page)
{
  GtkWidget *window = get_window (self);
  AdwDialog *dialog;

  /* The shortcut works over the dialog too. */
  if (ADW_IS_APPLICATION_WINDOW (window)
      && TD_IS_PREFERENCES_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))))
    return;

  dialog = td_preferences_dialog_new (td_application_get_settings (self),
                                      td_application_get_catalogue (self),
                                      td_application_get_accounts (self));
  if (page != NULL)
    adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), page);
  adw_dialog_present (dialog, window);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  show_preferences (user_data, NULL);
}

static void
api_keys_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  show_preferences (user_data, "keys");
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  /* Each asks about its changes; the process ends with the last of them. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (APP_PATH "/shortcuts-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (overlay, GTK_WINDOW (get_window (user_data)));
  gtk_window_set_destroy_with_parent (overlay, TRUE);
  gtk_window_present (overlay);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  AdwAboutDialog *dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());

  adw_about_dialog_set_application_name (dialog, "TokenDesk");
  adw_about_dialog_set_application_icon (dialog, APP_ID);
  adw_about_dialog_set_version (dialog, PACKAGE_VERSION);
  adw_about_dialog_set_developer_name (dialog, _("The TokenDesk Maintainers"));
  adw_about_dialog_set_copyright (dialog, _("© 2026 The TokenDesk Maintainers"));
  adw_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (dialog,
                                 _("See every token of a text, and what it costs on GPT-3.5, GPT-4 and today’s models. "
                                   "Counted on this computer; the text goes nowhere."));
  adw_about_dialog_add_legal_section (dialog, _("Vocabularies"), "© 2022 OpenAI, Shantanu Jain", GTK_LICENSE_MIT_X11,
                                      NULL);
  /* Translators: your name, and your address if you like, one translator a line. */
  adw_about_dialog_set_translator_credits (dialog, _("translator-credits"));

  adw_dialog_present (ADW_DIALOG (dialog), get_window (user_data));
}

static void
set_text_scale (TdApplication *self,
                double         scale)
{
  td_settings_set_double (td_application_get_settings (self), "text-scale", scale);
}

static void
zoom_in_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  double scale = td_settings_get_double (td_application_get_settings (user_data), "text-scale");

  for (guint i = 0; i < G_N_ELEMENTS (text_scales); i++)
    {
      if (text_scales[i] > scale + 0.001)
        {
          set_text_scale (user_data, text_scales[i]);
          break;
        }
    }
}

static void
zoom_out_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  double scale = td_settings_get_double (td_application_get_settings (user_data), "text-scale");

  for (guint i = G_N_ELEMENTS (text_scales); i > 0; i--)
    {
      if (text_scales[i - 1] < scale - 0.001)
        {
          set_text_scale (user_data, text_scales[i - 1]);
          break;
        }
    }
}

static void
zoom_normal_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  set_text_scale (user_data, 1);
}

static const GActionEntry actions[] = {
  { "about", about_cb },
  { "api-keys", api_keys_cb },
  { "new-window", new_window_cb },
  { "preferences", preferences_cb },
  { "quit", quit_cb },
  { "zoom-in", zoom_in_cb },
  { "zoom-normal", zoom_normal_cb },
  { "zoom-out", zoom_out_cb },
};

/**
 * _td_application_add_actions:
 * @self: the application, starting up
 *
 * Adds what the menus and the keyboard can do to the whole application.
 */
void
_td_application_add_actions (TdApplication *self)
{
  static const GActionEntry shortcuts_action[] = { { "shortcuts", shortcuts_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);

  /* libadwaita 1.8 brings its own, with a dialog. */
  if (!g_action_map_lookup_action (G_ACTION_MAP (self), "shortcuts"))
    g_action_map_add_action_entries (G_ACTION_MAP (self), shortcuts_action, G_N_ELEMENTS (shortcuts_action), self);

  for (guint i = 0; i < G_N_ELEMENTS (settings_actions); i++)
    {
      g_autoptr (GAction) action = td_settings_create_action (td_application_get_settings (self), settings_actions[i]);

      g_action_map_add_action (G_ACTION_MAP (self), action);
    }

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action, shortcuts[i].accelerators);
}
