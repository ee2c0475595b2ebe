/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/chat/td-chat-page-private.h"

/* What comes into a conversation from files and the clipboard, and what goes there. */

/** Says in passing what has been done. */
void
_td_chat_page_tell (TdChatPage *self,
                    const char *title)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/** Says why something could not be done. Nothing has been changed. */
void
_td_chat_page_complain (TdChatPage   *self,
                        const char   *heading,
                        const GError *error)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, error->message));

  adw_alert_dialog_add_response (dialog, "close", _("_Close"));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  TdChatPage *self = user_data;
  const char *json = g_object_get_data (G_OBJECT (toast), "json");

  td_chat_load (td_chat_state_get_chat (self->state), json, strlen (json), NULL);
}

/** Says what has been done, and offers to go back to @json, which is taken. */
void
_td_chat_page_offer_undo (TdChatPage *self,
                          const char *title,
                          char       *json)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "json", json, g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
         || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED);
}

/* The clipboard ---------------------------------------------------------------------------------------------------- */

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdChatPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (is_cancelled (error) || self->state == NULL)
    return;

  if (text == NULL)
    _td_chat_page_tell (self, _("There is no text in the clipboard"));
  else if (!td_chat_append_json (td_chat_state_get_chat (self->state), text, strlen (text), &error))
    _td_chat_page_complain (self, _("Not a Conversation"), error);
}

static void
paste_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  TdChatPage *self = TD_CHAT_PAGE (widget);

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), self->cancellable, pasted_cb, g_object_ref (self));
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  TdChatPage *self = TD_CHAT_PAGE (widget);
  g_autofree char *json = td_chat_to_json (td_chat_state_get_chat (self->state));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), json);
  _td_chat_page_tell (self, _("Conversation copied"));
}

/* Files ------------------------------------------------------------------------------------------------------------ */

static GtkFileDialog *
make_dialog (const char *title)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) json = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (json, _("JSON"));
  gtk_file_filter_add_suffix (json, "json");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, json);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_modal (dialog, TRUE);

  return dialog;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdChatPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (source), result, &json, &length, NULL, &error) && self->state != NULL &&
      td_chat_page_load (self, json, length, &error))
    {
      self->exported_serial = td_chat_get_serial (td_chat_state_get_chat (self->state));
      _td_chat_page_emit_exported (self, TRUE);
    }

  if (error != NULL && !is_cancelled (error))
    _td_chat_page_complain (self, _("Could Not Import"), error);
}

static void
import_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdChatPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    g_file_load_contents_async (file, self->cancellable, loaded_cb, g_object_ref (self));
  else if (!is_cancelled (error))
    _td_chat_page_complain (self, _("Could Not Import"), error);
}

static void
import_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  TdChatPage *self = TD_CHAT_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = make_dialog (_("Import a Conversation"));

  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable, import_chosen_cb,
                        g_object_ref (self));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TdChatPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  _td_chat_page_emit_exported (self, done);
  if (done)
    _td_chat_page_tell (self, _("Conversation exported"));
  else if (!is_cancelled (error))
    _td_chat_page_complain (self, _("Could Not Export"), error);
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdChatPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL && self->state != NULL)
    {
      char *json = td_chat_to_json (td_chat_state_get_chat (self->state));
      g_autoptr (GBytes) bytes = g_bytes_new_take (json, strlen (json));

      self->exported_serial = td_chat_get_serial (td_chat_state_get_chat (self->state));
      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, self->cancellable, saved_cb,
                                           g_object_ref (self));
    }
  else
    {
      _td_chat_page_emit_exported (self, FALSE);
      if (error != NULL && !is_cancelled (error))
        _td_chat_page_complain (self, _("Could Not Export"), error);
    }
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  TdChatPage *self = TD_CHAT_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = make_dialog (_("Export the Conversation"));

  gtk_file_dialog_set_initial_name (dialog, "messages.json");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable, export_chosen_cb,
                        g_object_ref (self));
}

/** Installs the page's actions for files and the clipboard. */
void
_td_chat_page_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "chat.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "chat.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "chat.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "chat.paste", NULL, paste_cb);
}
