/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/td-application-private.h"
#include "app/td-screenshot.h"
#include "app/td-window.h"

/**
 * TdApplication:
 *
 * The process: one for all windows, with the settings and the prices they share.
 *
 * Besides files the command line takes a few hidden options for scripts: --example shows the example text, --screenshot
 * saves a picture of the window and quits, with --width, --height and --dark for how it looks and --activate for the
 * actions to be done before, such as win.page::chat.
 */
struct _TdApplication
{
  AdwApplication parent_instance;

  /* owned */
  TdSettings *settings;
  TdCatalogue *catalogue;
  GListStore *accounts; /* of TdAccount, once they are asked for */
  TdDraftStore *draft_store;
  gboolean drafts_offered;
  GtkCssProvider *text_style; /* the size of the text */

  /* command line */
  char *screenshot;
  int status;
};

G_DEFINE_FINAL_TYPE (TdApplication, td_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "new-window", 'n', 0, G_OPTION_ARG_NONE, NULL, N_("Open a new window"), NULL },
  { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and quit"), NULL },
  { "example", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  { "screenshot", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL, NULL, NULL },
  { "width", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL, NULL, NULL },
  { "height", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL, NULL, NULL },
  { "dark", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  { "activate", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
  { NULL }
};

/* Settings --------------------------------------------------------------------------------------------------------- */

static void
update_color_scheme (TdApplication *self)
{
  g_autofree char *scheme = td_settings_get_string (self->settings, "color-scheme");
  AdwColorScheme color_scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    color_scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    color_scheme = ADW_COLOR_SCHEME_FORCE_DARK;

  adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)), color_scheme);
}

static void
update_text_scale (TdApplication *self)
{
  int percent = (int) (td_settings_get_double (self->settings, "text-scale") * 100 + 0.5);
  g_autofree char *css = g_strdup_printf (".td-text { font-size: %d%%; }", percent);

  gtk_css_provider_load_from_string (self->text_style, css);
}

/* Windows --------------------------------------------------------------------------------------------------------- */

static TdWindow *
open_window (TdApplication *self)
{
  TdWindow *window = td_window_new (self);

  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static TdWindow *
ensure_window (TdApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (TD_IS_WINDOW (l->data))
        {
          gtk_window_present (l->data);
          return l->data;
        }
    }

  return open_window (self);
}

static void
drafts_found_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (TdWindow) window = user_data;
  g_autoptr (GPtrArray) drafts = td_draft_store_find_finish (TD_DRAFT_STORE (source), result, NULL);

  if (drafts != NULL && gtk_widget_get_visible (GTK_WIDGET (window)))
    td_window_offer_drafts (window, drafts);
}

/* Once, in the first window. */
static void
offer_drafts (TdApplication *self,
              TdWindow      *window)
{
  if (self->drafts_offered || self->screenshot != NULL)
    return;

  self->drafts_offered = TRUE;
  td_draft_store_find_async (self->draft_store, NULL, drafts_found_cb, g_object_ref (window));
}

static void
td_application_activate (GApplication *application)
{
  TdApplication *self = TD_APPLICATION (application);

  offer_drafts (self, ensure_window (self));
}

static void
td_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);

  for (int i = 0; i < n_files; i++)
    g_list_store_append (store, files[i]);
  td_window_open_files (ensure_window (TD_APPLICATION (application)), G_LIST_MODEL (store));
}

/* Command line ----------------------------------------------------------------------------------------------------- */

static int
td_application_handle_local_options (GApplication *application,
                                     GVariantDict *arguments)
{
  TdApplication *self = TD_APPLICATION (application);

  if (g_variant_dict_contains (arguments, "version"))
    {
      g_print ("TokenDesk %s\n", PACKAGE_VERSION);
      return 0;
    }

  /* A picture is made by a process of its own: it must not end one that somebody works with. */
  if (g_variant_dict_lookup (arguments, "screenshot", "^ay", &self->screenshot))
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return G_APPLICATION_CLASS (td_application_parent_class)->handle_local_options (application, arguments);
}

static void
screenshot_taken_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  TdApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!td_screenshot_take_finish (TD_WINDOW (source), result, &error))
    {
      g_printerr ("tokendesk: %s\n", error->message);
      self->status = 1;
    }

  g_application_quit (G_APPLICATION (self));
}

static void
start_screenshot (TdApplication *self,
                  TdWindow      *window,
                  GVariantDict  *arguments)
{
  g_autofree const char **actions = NULL;
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_variant_dict_lookup (arguments, "width", "i", &width);
  g_variant_dict_lookup (arguments, "height", "i", &height);
  gtk_window_unmaximize (GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);

  g_variant_dict_lookup (arguments, "activate", "^a&s", &actions);
  td_screenshot_take_async (window, self->screenshot, actions, screenshot_taken_cb, self);
}

static int
td_application_command_line (GApplication            *application,
                             GApplicationCommandLine *command_line)
{
  TdApplication *self = TD_APPLICATION (application);
  GVariantDict *arguments = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autofree const char **paths = NULL;
  TdWindow *window;

  if (g_variant_dict_contains (arguments, "dark"))
    adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)),
                                        ADW_COLOR_SCHEME_FORCE_DARK);

  if (g_variant_dict_contains (arguments, "new-window"))
    window = open_window (self);
  else
    window = ensure_window (self);

  if (g_variant_dict_contains (arguments, "example"))
    td_window_show_example (window);

  g_variant_dict_lookup (arguments, G_OPTION_REMAINING, "^a&ay", &paths);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, paths[i]);

      g_list_store_append (files, file);
    }
  td_window_open_files (window, G_LIST_MODEL (files));

  offer_drafts (self, window);
  if (self->screenshot != NULL)
    start_screenshot (self, window, arguments);

  return 0;
}

/* Object ---------------------------------------------------------------------------------------------------------- */

/* What the user has changed of the catalogue. A file that cannot be read is left where it is, and said. */
static void
lay_overlay (TdApplication *self)
{
  g_autofree char *path = td_overlay_dup_user_path ();
  g_autoptr (TdOverlay) overlay = td_overlay_new (path);
  g_autoptr (GError) error = NULL;

  if (!td_overlay_load (overlay, &error))
    g_message ("%s: %s", path, error->message);

  td_catalogue_set_overlay (self->catalogue, overlay);
}

static void
td_application_startup (GApplication *application)
{
  TdApplication *self = TD_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  G_APPLICATION_CLASS (td_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);

  self->settings = td_settings_new ();
  self->draft_store = td_draft_store_new (NULL);
  self->catalogue = td_catalogue_new ();
  if (!td_catalogue_load_bundled (self->catalogue, &error))
    g_critical ("The catalogue compiled in cannot be read: %s", error->message);
  lay_overlay (self);

  self->text_style = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (self->text_style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);

  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (update_color_scheme), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::text-scale", G_CALLBACK (update_text_scale), self,
                           G_CONNECT_SWAPPED);
  update_color_scheme (self);
  update_text_scale (self);

  _td_application_add_actions (self);
}

/* The windows have gone, and what they wanted removed has to be gone before the process is. */
static void
td_application_shutdown (GApplication *application)
{
  TdApplication *self = TD_APPLICATION (application);

  G_APPLICATION_CLASS (td_application_parent_class)->shutdown (application);

  if (self->draft_store != NULL)
    td_draft_store_flush (self->draft_store);
}

static void
td_application_dispose (GObject *object)
{
  TdApplication *self = TD_APPLICATION (object);

  if (self->text_style != NULL && gdk_display_get_default () != NULL)
    gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (self->text_style));
  g_clear_object (&self->text_style);
  g_clear_object (&self->accounts);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->draft_store);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_application_parent_class)->dispose (object);
}

static void
td_application_finalize (GObject *object)
{
  TdApplication *self = TD_APPLICATION (object);

  g_free (self->screenshot);

  G_OBJECT_CLASS (td_application_parent_class)->finalize (object);
}

static void
td_application_class_init (TdApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = td_application_dispose;
  object_class->finalize = td_application_finalize;

  application_class->activate = td_application_activate;
  application_class->command_line = td_application_command_line;
  application_class->handle_local_options = td_application_handle_local_options;
  application_class->open = td_application_open;
  application_class->shutdown = td_application_shutdown;
  application_class->startup = td_application_startup;
}

static void
td_application_init (TdApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * td_application_new:
 *
 * Returns: (transfer full): the application
 */
TdApplication *
td_application_new (void)
{
  return g_object_new (TD_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", APP_PATH,
                       NULL);
}

/**
 * td_application_get_settings:
 * @self: the application, after its start-up
 *
 * Returns: (transfer none): the settings that all windows share
 */
TdSettings *
td_application_get_settings (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), NULL);

  return self->settings;
}

/**
 * td_application_get_catalogue:
 * @self: the application, after its start-up
 *
 * Returns: (transfer none): the models and prices that all windows share
 */
TdCatalogue *
td_application_get_catalogue (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), NULL);

  return self->catalogue;
}

/**
 * td_application_get_draft_store:
 * @self: the application, after its start-up
 *
 * Returns: (transfer none): where the drafts of all windows are kept
 */
TdDraftStore *
td_application_get_draft_store (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), NULL);

  return self->draft_store;
}

/**
 * td_application_get_accounts:
 * @self: the application, after its start-up
 *
 * The accounts are made when they are first asked for: they look for their keys, and a start shouldn't wait for a
 * keyring that may not be needed.
 *
 * Returns: (transfer none) (element-type TdAccount): the accounts that all windows share, OpenAI's first
 */
GListModel *
td_application_get_accounts (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), NULL);

  if (self->accounts == NULL)
    {
      g_autoptr (TdKeyStore) key_store = td_key_store_new ();
      g_autoptr (TdHttpClient) http_client = td_http_client_new ();

      self->accounts = g_list_store_new (TD_TYPE_ACCOUNT);
      for (guint i = 0; td_provider_get_nth (i) != NULL; i++)
        {
          g_autoptr (TdAccount) account = td_account_new (td_provider_get_nth (i), key_store, http_client);

          if (td_provider_get_nth (i) == td_provider_get_openai ())
            td_settings_bind (self->settings, "openai-base-url", account, "base-url", G_SETTINGS_BIND_DEFAULT);
          g_list_store_append (self->accounts, account);
        }
    }

  return G_LIST_MODEL (self->accounts);
}

/**
 * td_application_get_status:
 * @self: the application
 *
 * Returns: what the process ends with, unless g_application_run() says worse
 */
int
td_application_get_status (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), 1);

  return self->status;
}
