/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-charset-dialog.h"
#include "app/editor/td-text-file.h"
#include "app/td-window-private.h"
#include "files/td-charset.h"

/*
 * Saving, dropping files on the window, and what to do about changes when it closes.
 */

static GtkTextBuffer *
get_buffer (TdWindow *self)
{
  return GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
}

/**
 * _td_window_show_error:
 * @self: the window
 * @heading: what did not work
 * @body: why, and what to do
 */
void
_td_window_show_error (TdWindow   *self,
                       const char *heading,
                       const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* The folder of @file as people write it, with ~ for their home. */
static char *
dup_folder_name (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autofree char *relative = NULL;

  if (folder == NULL)
    return NULL;
  if (g_file_equal (folder, home))
    return g_strdup ("~");

  relative = g_file_get_relative_path (home, folder);
  if (relative != NULL && g_utf8_validate (relative, -1, NULL))
    return g_strconcat ("~/", relative, NULL);

  return g_file_get_parse_name (folder);
}

/**
 * _td_window_update_title:
 * @self: the window
 *
 * Shows the name of the file, and whether it has changes that are not saved.
 */
void
_td_window_update_title (TdWindow *self)
{
  gboolean modified = gtk_text_buffer_get_modified (get_buffer (self));
  g_autofree char *name = self->file != NULL ? td_text_file_dup_name (self->file) : NULL;
  g_autofree char *marked = NULL;
  g_autofree char *title = NULL;
  g_autofree char *folder_name = self->file != NULL ? dup_folder_name (self->file) : NULL;

  if (name == NULL && modified)
    name = g_strdup (_("Unsaved Text"));

  marked = name != NULL ? g_strconcat (modified ? "• " : "", name, NULL) : g_strdup ("TokenDesk");
  /* Translators: the title of a window, as the desktop lists it: the name of a file, then that of the program. */
  title = name != NULL ? g_strdup_printf (_("%s – TokenDesk"), marked) : g_strdup (marked);

  adw_window_title_set_title (self->window_title, marked);
  adw_window_title_set_subtitle (self->window_title, folder_name != NULL ? folder_name : "");
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/**
 * _td_window_set_file:
 * @self: the window
 * @file: the file that the text belongs to from now on
 * @etag: (transfer full) (nullable): its version
 * @charset: (nullable): how it is encoded; %NULL is UTF-8
 */
void
_td_window_set_file (TdWindow   *self,
                     GFile      *file,
                     char       *etag,
                     const char *charset)
{
  g_autofree char *uri = g_file_get_uri (file);

  g_free (self->etag);
  self->etag = etag;
  if (g_set_object (&self->file, file))
    g_object_notify (G_OBJECT (self), "file");

  td_format_button_set_charset (self->format_button, charset);
  td_draft_keeper_set_file (self->draft_keeper, file, etag, charset);
  _td_window_watch_file (self);
  _td_window_update_title (self);
  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
}

/* Save ------------------------------------------------------------------------------------------------------------ */

/* Where to save, and what then. Only one file is written at a time; the newest other wish waits for its turn. */
struct _TdSave
{
  TdWindow *window;
  GFile *file;        /* nullable: the user is still to choose it */
  char *charset;      /* nullable: UTF-8 */
  gboolean overwrite; /* even if another program has changed the file */
  gboolean then_close;
};

static TdSave *
td_save_new (TdWindow *self,
             GFile    *file,
             gboolean  then_close)
{
  TdSave *save = g_new0 (TdSave, 1);

  save->window = g_object_ref (self);
  g_set_object (&save->file, file);
  save->charset = g_strdup (td_format_button_get_charset (self->format_button));
  save->then_close = then_close;

  return save;
}

static void
td_save_free (TdSave *save)
{
  g_clear_object (&save->file);
  g_free (save->charset);
  g_object_unref (save->window);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSave, td_save_free)

static void write_text (TdSave *save);

static void
overwrite_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TdSave) save = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_strcmp0 (response, "overwrite") == 0)
    {
      save->overwrite = TRUE;
      write_text (g_steal_pointer (&save));
    }
}

static void
ask_to_overwrite (TdSave *save)
{
  TdWindow *self = save->window;
  g_autofree char *name = td_text_file_dup_name (save->file);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Replace the Changed File?"), NULL));

  adw_alert_dialog_format_body (dialog,
                                _("Another program has changed “%s” since it was opened here. "
                                  "Saving replaces what that program wrote."), name);
  adw_alert_dialog_add_responses (dialog,
                                  "cancel", _("_Cancel"),
                                  "overwrite", _("_Replace"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "overwrite", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), self->cancellable, overwrite_cb, save);
}

static void
save_as_utf8_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (TdSave) save = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_strcmp0 (response, "utf-8") == 0)
    {
      g_clear_pointer (&save->charset, g_free);
      write_text (g_steal_pointer (&save));
    }
}

/* The charset of the file lacks a character of the text. Nothing was written. */
static void
ask_for_utf8 (TdSave *save)
{
  TdWindow *self = save->window;
  g_autoptr (GBytes) text = td_document_dup_text (self->document);
  g_autofree char *missing = td_charset_find_missing (save->charset, text);
  g_autofree char *charset_name = td_charset_dup_name (save->charset);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Save as UTF-8?"), NULL));

  adw_alert_dialog_format_body (dialog,
                                /* Translators: a character, and a character encoding such as "WINDOWS-1252 (Western)" */
                                _("The character “%s” cannot be written in the file’s encoding, %s. UTF-8 has every "
                                  "character, but other programs may have to be told."),
                                missing != NULL ? missing : "?", charset_name);
  adw_alert_dialog_add_responses (dialog,
                                  "cancel", _("_Cancel"),
                                  "utf-8", _("Save as _UTF-8"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "utf-8", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), self->cancellable, save_as_utf8_cb, save);
}

/* What follows a save that has ended, well or not. */
static void
go_on_after_save (TdWindow *self,
                  gboolean  close)
{
  if (self->next_save != NULL)
    {
      self->next_save->then_close |= close;
      write_text (g_steal_pointer (&self->next_save));
    }
  else if (close)
    {
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdSave) save = user_data;
  g_autoptr (GError) error = NULL;
  TdWindow *self = save->window;
  gboolean close = save->then_close || self->close_when_saved;
  char *etag = NULL;

  self->saving = FALSE;
  self->close_when_saved = FALSE;
  if (td_text_file_write_finish (save->file, result, &etag, &error))
    {
      _td_window_set_file (self, save->file, etag, save->charset);
      td_draft_keeper_release (self->draft_keeper);
      go_on_after_save (self, close);
      return;
    }

  /* The window stays, whatever was planned: its text is nowhere else. */
  self->closing = FALSE;
  gtk_text_buffer_set_modified (get_buffer (self), TRUE);
  td_draft_keeper_release (self->draft_keeper);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    {
      /* A later wish to save the same file waits for the same answer. */
      if (self->next_save != NULL && g_file_equal (self->next_save->file, save->file))
        g_clear_pointer (&self->next_save, td_save_free);
      save->then_close = close;
      ask_to_overwrite (g_steal_pointer (&save));
    }
  else if (g_error_matches (error, TD_CHARSET_ERROR, TD_CHARSET_ERROR_CANNOT_ENCODE))
    {
      save->then_close = close;
      ask_for_utf8 (g_steal_pointer (&save));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *name = td_text_file_dup_name (save->file);
      /* Translators: the first %s is a file name, the second what the system says. */
      g_autofree char *body = g_strdup_printf (_("“%s” was not saved: %s. Your text is still here; try another place."),
                                               name, error->message);

      _td_window_show_error (self, _("The File Could Not Be Saved"), body);
    }
  go_on_after_save (self, FALSE);
}

/* Takes @save. */
static void
write_text (TdSave *save)
{
  TdWindow *self = save->window;
  g_autoptr (GBytes) text = NULL;
  const char *etag = NULL;

  /* Half of a paste is nothing to save. */
  if (self->saving || td_document_get_loading (self->document))
    {
      if (self->next_save != NULL)
        {
          save->then_close |= self->next_save->then_close;
          td_save_free (self->next_save);
        }
      self->next_save = save;
      return;
    }

  if (!save->overwrite && self->file != NULL && g_file_equal (self->file, save->file))
    etag = self->etag;

  /* From here on a change is one that this file will not have. */
  self->saving = TRUE;
  td_draft_keeper_hold (self->draft_keeper);
  text = td_document_dup_text (self->document);
  gtk_text_buffer_set_modified (get_buffer (self), FALSE);
  td_text_file_write_async (save->file, text, save->charset, etag, self->cancellable, written_cb, save);
}

static void
save_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (TdSave) save = user_data;
  TdWindow *self = save->window;
  TdWindow *other;

  save->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (save->file == NULL)
    return;

  other = _td_window_find (self, save->file);
  if (other != NULL && other != self)
    {
      g_autofree char *name = td_text_file_dup_name (save->file);
      g_autofree char *body = g_strdup_printf (_("“%s” is open in another window. Choose another name, or close that "
                                                 "window first."), name);

      _td_window_show_error (self, _("The File Could Not Be Saved"), body);
      return;
    }

  write_text (g_steal_pointer (&save));
}

static void
choose_and_save (TdWindow *self,
                 gboolean  then_close)
{
  g_autoptr (GtkFileDialog) dialog = _td_window_new_file_dialog (self);
  g_autofree char *name = self->file != NULL ? td_text_file_dup_name (self->file) : NULL;

  gtk_file_dialog_set_title (dialog, _("Save Text"));
  /* Translators: the file name offered for a new text. */
  gtk_file_dialog_set_initial_name (dialog, name != NULL ? name : _("Text.txt"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), self->cancellable, save_chosen_cb,
                        td_save_new (self, NULL, then_close));
}

static void
save (TdWindow *self,
      gboolean  then_close)
{
  /* What is being opened is not here yet; a paste is waited for. */
  if (td_document_get_loading (self->document) && !td_document_get_pasting (self->document))
    return;

  if (self->file != NULL)
    write_text (td_save_new (self, self->file, then_close));
  else
    choose_and_save (self, then_close);
}

static void
save_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  save (TD_WINDOW (widget), FALSE);
}

static void
save_as_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  TdWindow *self = TD_WINDOW (widget);

  if (!td_document_get_loading (self->document) || td_document_get_pasting (self->document))
    choose_and_save (self, FALSE);
}

/**
 * _td_window_save_what_waited:
 * @self: a window whose document has been loaded
 *
 * Writes what was to be saved while it was not whole. When the window closes without saving, that is given up.
 */
void
_td_window_save_what_waited (TdWindow *self)
{
  if (self->saving || self->next_save == NULL)
    return;

  if (self->closing)
    g_clear_pointer (&self->next_save, td_save_free);
  else
    write_text (g_steal_pointer (&self->next_save));
}

/* Close ----------------------------------------------------------------------------------------------------------- */

static void
close_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_strcmp0 (response, "save") == 0)
    {
      save (self, TRUE);
    }
  else if (g_strcmp0 (response, "discard") == 0)
    {
      self->closing = TRUE;
      gtk_window_close (GTK_WINDOW (self));
    }
}

/**
 * _td_window_confirm_close:
 * @self: a window with changes
 *
 * Asks what to do about the changes, and closes the window when they are saved or given up.
 */
void
_td_window_confirm_close (TdWindow *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Save Changes?"), NULL));

  if (self->file != NULL)
    {
      g_autofree char *name = td_text_file_dup_name (self->file);

      adw_alert_dialog_format_body (dialog, _("The changes to “%s” will be lost if you don’t save them."), name);
    }
  else
    {
      adw_alert_dialog_set_body (dialog, _("The text of this window will be lost if you don’t save it."));
    }

  adw_alert_dialog_add_responses (dialog,
                                  "cancel", _("_Cancel"),
                                  "discard", _("_Discard"),
                                  "save", _("_Save"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "save");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  gtk_window_present (GTK_WINDOW (self));
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), self->cancellable, close_chosen_cb, g_object_ref (self));
}

/* Paste ----------------------------------------------------------------------------------------------------------- */

/* GtkTextView passes over what it cannot paste without a word. */
static void
paste_clipboard_cb (TdWindow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) ||
      gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") ||
      gdk_content_formats_contain_mime_type (formats, "text/plain"))
    return;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    _td_window_show_error (self, _("Nothing to Paste"),
                           _("The clipboard holds a picture, and only text can be counted here. Copy a text and paste "
                             "again."));
  else
    _td_window_show_error (self, _("Nothing to Paste"), _("The clipboard holds no text. Copy a text and paste again."));
}

/* Drop ------------------------------------------------------------------------------------------------------------ */

static gboolean
drop_cb (TdWindow     *self,
         const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GListStore) roots = g_list_store_new (G_TYPE_FILE);

  if (files == NULL)
    return FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    g_list_store_append (roots, l->data);
  td_window_open_files (self, G_LIST_MODEL (roots));

  return TRUE;
}

/**
 * _td_window_add_drop_target:
 * @self: the window
 *
 * Lets files be dropped anywhere on the window, and says what cannot be pasted. Before the text view is asked, which would take their names as text.
 */
void
_td_window_add_drop_target (TdWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->toolbar_view), GTK_EVENT_CONTROLLER (target));

  g_signal_connect_object (self->view, "paste-clipboard", G_CALLBACK (paste_clipboard_cb), self, G_CONNECT_SWAPPED);
}

/**
 * _td_window_class_install_file_actions:
 * @widget_class: the class of TdWindow
 */
void
_td_window_class_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "win.save-as", NULL, save_as_cb);
}
