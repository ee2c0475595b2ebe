/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-charset-dialog.h"
#include "app/editor/td-text-file.h"
#include "app/files/td-count-dialog.h"
#include "app/td-window-private.h"

/*
 * Opening files. A file replaces the text only once it has been read and checked: whatever fails leaves the window as it
 * was.
 */

static void read_file (TdWindow   *self,
                       GFile      *file,
                       const char *charset);

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;

  g_clear_object (&self->opening);
  td_document_load_finish (TD_DOCUMENT (source), result, NULL);
}

/* Puts the text into @self if it is untouched, else into a new window: somebody may have typed while the file was being
 * read, and their text stays. */
static void
show_contents (TdWindow           *self,
               GFile              *file,
               TdTextFileContents *contents)
{
  TdWindow *target = self;

  if (!td_window_is_untouched (self))
    {
      target = td_window_new (TD_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
      g_set_object (&target->opening, file);
      g_clear_object (&self->opening);
      gtk_window_present (GTK_WINDOW (target));
    }

  _td_window_set_file (target, file, g_strdup (contents->etag), contents->charset);
  td_document_load_async (target->document, contents->text, target->cancellable, loaded_cb, g_object_ref (target));
}

static void
charset_chosen_cb (TdWindow        *self,
                   const char      *charset,
                   TdCharsetDialog *dialog)
{
  read_file (self, td_charset_dialog_get_file (dialog), charset);
}

static void
ask_for_charset (TdWindow           *self,
                 GFile              *file,
                 TdTextFileContents *contents)
{
  AdwDialog *dialog = td_charset_dialog_new (file, contents->bytes, contents->position,
                                             (const char * const *) contents->guesses);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (charset_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
offer_to_count_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  GFile *file = g_object_get_data (source, "td-file");

  if (g_strcmp0 (response, "count") == 0)
    adw_dialog_present (td_count_dialog_new (file, self->settings, self->catalogue), GTK_WIDGET (self));
}

/* What the editor cannot hold can still be counted. */
static void
offer_to_count (TdWindow     *self,
                GFile        *file,
                const GError *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("The File Could Not Be Opened"), error->message);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "close", _("_Close"),
                                  "count", _("Co_unt Tokens"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "count", ADW_RESPONSE_SUGGESTED);
  g_object_set_data_full (G_OBJECT (dialog), "td-file", g_object_ref (file), g_object_unref);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), self->cancellable, offer_to_count_cb,
                           g_object_ref (self));
}

static void
count_folder (TdWindow *self,
              GFile    *folder)
{
  g_autoptr (GListStore) roots = g_list_store_new (G_TYPE_FILE);

  g_list_store_append (roots, folder);
  td_window_count_files (self, G_LIST_MODEL (roots));
}

/**
 * _td_window_show_read_error:
 * @self: the window
 * @file: a file
 * @error: why it could not be read
 *
 * Says it in one sentence.
 */
void
_td_window_show_read_error (TdWindow     *self,
                            GFile        *file,
                            const GError *error)
{
  g_autofree char *name = td_text_file_dup_name (file);
  g_autofree char *body = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      body = g_strdup_printf (_("“%s” is not there. It may have been moved, renamed or deleted."), name);
      _td_window_forget_recent (self, file);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    {
      body = g_strdup_printf (_("You do not have the permission to read “%s”."), name);
    }
  else if (error->domain == G_IO_ERROR)
    {
      /* Translators: the first %s is a file name, the second what the system says. */
      body = g_strdup_printf (_("“%s” could not be read: %s"), name, error->message);
    }

  _td_window_show_error (self, _("The File Could Not Be Opened"), body != NULL ? body : error->message);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdTextFileContents) contents = NULL;
  GFile *file = G_FILE (source);

  contents = td_text_file_read_finish (file, result, &error);
  if (contents != NULL && contents->text != NULL)
    {
      show_contents (self, file, contents);
      return;
    }

  g_clear_object (&self->opening);
  if (contents != NULL)
    ask_for_charset (self, file, contents);
  else if (g_error_matches (error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_TOO_LARGE) ||
           g_error_matches (error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_NUL))
    offer_to_count (self, file, error);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    count_folder (self, file);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _td_window_show_read_error (self, file, error);
}

/* Reads @file into @self, or into a new window if @self has something already. */
static void
read_file (TdWindow   *self,
           GFile      *file,
           const char *charset)
{
  TdWindow *target = self;

  if (self->opening != NULL || !td_window_is_untouched (self))
    {
      target = td_window_new (TD_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
      gtk_window_present (GTK_WINDOW (target));
    }

  target->opening = g_object_ref (file);
  td_text_file_read_async (file, charset, target->cancellable, read_cb, g_object_ref (target));
}

/**
 * _td_window_find:
 * @self: any window
 * @file: a file
 *
 * Returns: (transfer none) (nullable): the window that shows @file, or will as soon as it is read
 */
TdWindow *
_td_window_find (TdWindow *self,
                 GFile    *file)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL; l != NULL; l = l->next)
    {
      TdWindow *window = TD_IS_WINDOW (l->data) ? l->data : NULL;

      if (window != NULL &&
          ((window->file != NULL && g_file_equal (window->file, file)) ||
           (window->opening != NULL && g_file_equal (window->opening, file))))
        return window;
    }

  return NULL;
}

/**
 * td_window_open:
 * @self: the window
 * @file: a file
 *
 * Opens @file in this window if it is untouched, else in a new one. A file that is already open in some window is shown
 * there.
 */
void
td_window_open (TdWindow *self,
                GFile    *file)
{
  TdWindow *other;

  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  other = _td_window_find (self, file);
  if (other != NULL)
    {
      gtk_window_present (GTK_WINDOW (other));
      return;
    }

  read_file (self, file, NULL);
}

/**
 * td_window_open_files:
 * @self: the window
 * @files: (element-type GFile): what was chosen, dropped or named at once
 *
 * Opens one file, or shows several as a table.
 */
void
td_window_open_files (TdWindow   *self,
                      GListModel *files)
{
  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  if (g_list_model_get_n_items (files) == 1)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, 0);

      td_window_open (self, file);
    }
  else if (g_list_model_get_n_items (files) > 1)
    {
      td_window_count_files (self, files);
    }
}

static void
open_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (files != NULL)
    td_window_open_files (self, files);
}

/**
 * _td_window_new_file_dialog:
 * @self: the window
 *
 * Returns: (transfer full): a dialog that begins in the folder of the window's file
 */
GtkFileDialog *
_td_window_new_file_dialog (TdWindow *self)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();
  g_autoptr (GFile) folder = self->file != NULL ? g_file_get_parent (self->file) : NULL;

  if (folder != NULL)
    gtk_file_dialog_set_initial_folder (dialog, folder);

  return dialog;
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  TdWindow *self = TD_WINDOW (widget);
  g_autoptr (GtkFileDialog) dialog = _td_window_new_file_dialog (self);
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) text = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (text, _("Text Files"));
  gtk_file_filter_add_mime_type (text, "text/plain");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, text);
  g_list_store_append (filters, all);

  gtk_file_dialog_set_title (dialog, _("Open Text"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (self), self->cancellable, open_chosen_cb, g_object_ref (self));
}

/**
 * _td_window_class_install_open_actions:
 * @widget_class: the class of TdWindow
 */
void
_td_window_class_install_open_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_cb);
}
