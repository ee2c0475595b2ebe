/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-text-file.h"
#include "app/td-window-private.h"

/* Programs write a file in several steps; in milliseconds. */
#define PAUSE 300

/*
 * What to do when another program changes or removes the file of a window.
 *
 * An event of the monitor is only a reason to look: what counts is whether the version of the file is still the one that
 * was read or written here. So the window's own saves raise no alarm.
 */

static void
reload_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;

  g_clear_object (&self->opening);
  td_document_load_finish (TD_DOCUMENT (source), result, NULL);
}

static void
reload_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdTextFileContents) contents = td_text_file_read_finish (G_FILE (source), result, &error);

  if (contents != NULL && contents->text != NULL && !td_document_get_loading (self->document))
    {
      _td_window_set_file (self, G_FILE (source), g_strdup (contents->etag), contents->charset);
      td_document_load_async (self->document, contents->text, self->cancellable, reload_loaded_cb, g_object_ref (self));
      return;
    }

  g_clear_object (&self->opening);
  if (contents != NULL && contents->text != NULL)
    _td_window_show_error (self, _("The File Could Not Be Opened"),
                           _("Another text is on its way into this window. Try again when it is there."));
  else if (error == NULL)
    _td_window_show_error (self, _("The File Could Not Be Opened"),
                           _("The file is not text in its encoding any more. Your text is still here."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _td_window_show_error (self, _("The File Could Not Be Opened"), error->message);
}

static void
reload (TdWindow *self)
{
  if (self->file == NULL || self->opening != NULL || self->saving)
    return;

  self->opening = g_object_ref (self->file);
  td_text_file_read_async (self->file, td_format_button_get_charset (self->format_button), self->cancellable,
                           reload_read_cb, g_object_ref (self));
}

static void
reload_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_strcmp0 (response, "reload") == 0)
    reload (self);
}

/* Whoever keeps their text is asked again only when the file changes again, and when they save. */
static void
banner_cb (TdWindow *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
  AdwAlertDialog *dialog;

  adw_banner_set_revealed (self->changed_banner, FALSE);
  if (self->file_gone)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.save", NULL);
      return;
    }

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Reload the File?"), NULL));
  adw_alert_dialog_set_body (dialog, gtk_text_buffer_get_modified (buffer)
                             ? _("Another program has changed the file. Reloading it loses your own changes.")
                             : _("Another program has changed the file. Reloading shows what it holds now."));
  adw_alert_dialog_add_responses (dialog,
                                  "keep", _("_Keep Mine"),
                                  "reload", _("_Reload"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "reload", gtk_text_buffer_get_modified (buffer)
                                            ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (dialog, "keep");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), self->cancellable, reload_chosen_cb, g_object_ref (self));
}

static void
show_change (TdWindow *self,
             gboolean  gone)
{
  self->file_gone = gone;
  if (gone)
    {
      /* What is here is nowhere else now. */
      gtk_text_buffer_set_modified (GTK_TEXT_BUFFER (td_document_get_buffer (self->document)), TRUE);
      adw_banner_set_title (self->changed_banner, _("The file was deleted or moved. Your text is still here."));
      adw_banner_set_button_label (self->changed_banner, _("_Save"));
    }
  else
    {
      adw_banner_set_title (self->changed_banner, _("The file was changed by another program."));
      adw_banner_set_button_label (self->changed_banner, _("_Reload…"));
    }
  adw_banner_set_revealed (self->changed_banner, TRUE);
}

static void look_later (TdWindow *self);

static void
info_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  const char *etag = info != NULL ? g_file_info_get_etag (info) : NULL;

  if (self->file == NULL || !g_file_equal (self->file, G_FILE (source)) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (self->saving || self->opening != NULL)
    look_later (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    show_change (self, TRUE);
  else if (etag == NULL || self->etag == NULL || g_str_equal (etag, self->etag))
    adw_banner_set_revealed (self->changed_banner, FALSE);
  else if (g_strcmp0 (etag, self->seen_etag) != 0)
    show_change (self, FALSE);
  g_set_str (&self->seen_etag, etag);
}

static void
look_cb (gpointer user_data)
{
  TdWindow *self = user_data;

  self->look_source = 0;
  if (self->file != NULL)
    g_file_query_info_async (self->file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                             self->cancellable, info_cb, g_object_ref (self));
}

static void
look_later (TdWindow *self)
{
  g_clear_handle_id (&self->look_source, g_source_remove);
  self->look_source = g_timeout_add_once (PAUSE, look_cb, self);
}

/**
 * _td_window_watch_file:
 * @self: the window
 *
 * The file of the window, or its version, is another one now: watches that. Looks once by itself, as somebody may have
 * written to it since it was read.
 */
void
_td_window_watch_file (TdWindow *self)
{
  adw_banner_set_revealed (self->changed_banner, FALSE);
  self->file_gone = FALSE;
  g_clear_pointer (&self->seen_etag, g_free);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  if (self->file == NULL)
    return;

  /* Where files cannot be watched, saving still asks. */
  self->monitor = g_file_monitor_file (self->file, G_FILE_MONITOR_WATCH_MOVES, self->cancellable, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (look_later), self, G_CONNECT_SWAPPED);
  look_later (self);
}

/**
 * _td_window_set_up_monitor:
 * @self: the window, under construction
 */
void
_td_window_set_up_monitor (TdWindow *self)
{
  g_signal_connect_object (self->changed_banner, "button-clicked", G_CALLBACK (banner_cb), self, G_CONNECT_SWAPPED);
}

/**
 * _td_window_stop_monitor:
 * @self: the window, being disposed of
 */
void
_td_window_stop_monitor (TdWindow *self)
{
  g_clear_handle_id (&self->look_source, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->seen_etag, g_free);
}
