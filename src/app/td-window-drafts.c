/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/drafts/td-drafts-dialog.h"
#include "app/td-window-private.h"

/*
 * The drafts of a window: its own, which is kept up while it has unsaved changes, and those of an earlier run, which one
 * window offers.
 */

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  TdDocument *document = TD_DOCUMENT (source);

  g_clear_object (&self->opening);
  if (td_document_load_finish (document, result, NULL))
    gtk_text_buffer_set_modified (GTK_TEXT_BUFFER (td_document_get_buffer (document)), TRUE);
  /* The window may have gone meanwhile. */
  if (self->draft_keeper != NULL)
    td_draft_keeper_release (self->draft_keeper);
}

/* This window if it is free for what is to be restored, else a new one. */
static TdWindow *
get_target (TdWindow *self,
            gboolean  is_free)
{
  TdWindow *target = self;

  if (!is_free)
    {
      target = td_window_new (TD_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
      gtk_window_present (GTK_WINDOW (target));
    }

  return target;
}

static void
restore_chat (TdWindow *self,
              TdDraft  *draft)
{
  TdChat *chat = td_chat_state_get_chat (td_chat_page_get_state (self->chat_page));
  TdWindow *target = get_target (self, td_chat_get_n_messages (chat) == 0 && td_chat_get_tools (chat) == NULL);
  gsize length;
  const char *json = g_bytes_get_data (td_draft_get_text (draft), &length);
  g_autoptr (GError) error = NULL;

  /* What cannot be read stays where it is: it may be all there is. */
  if (td_chat_page_load (target->chat_page, json, length, &error))
    td_draft_keeper_take_over (target->chat_keeper, draft);
  else
    _td_window_show_error (target, _("Conversation Not Restored"), error->message);
  adw_view_stack_set_visible_child_name (target->pages, "chat");
}

static void
restore_text (TdWindow *self,
              TdDraft  *draft)
{
  TdWindow *target = get_target (self, self->opening == NULL && td_window_is_untouched (self));
  GFile *file = td_draft_get_file (draft);

  if (file != NULL)
    {
      target->opening = g_object_ref (file);
      _td_window_set_file (target, file, g_strdup (td_draft_get_etag (draft)), td_draft_get_charset (draft));
    }
  /* Until the text is in the buffer and marked as unsaved, what was taken over is all there is. */
  td_draft_keeper_take_over (target->draft_keeper, draft);
  td_draft_keeper_hold (target->draft_keeper);
  td_document_load_async (target->document, td_draft_get_text (draft), target->cancellable, restored_cb,
                          g_object_ref (target));
}

static void
restore_cb (TdWindow *self,
            TdDraft  *draft)
{
  if (td_draft_get_is_chat (draft))
    restore_chat (self, draft);
  else
    restore_text (self, draft);
}

static void
discard_cb (TdWindow *self,
            TdDraft  *draft)
{
  td_draft_store_remove (self->draft_store, td_draft_get_id (draft));
}

static void
banner_cb (TdWindow *self)
{
  g_autoptr (GPtrArray) drafts = g_steal_pointer (&self->drafts);
  AdwDialog *dialog;

  adw_banner_set_revealed (self->drafts_banner, FALSE);
  if (drafts == NULL)
    return;

  dialog = td_drafts_dialog_new (drafts);
  g_signal_connect_object (dialog, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "discard", G_CALLBACK (discard_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* A draft that cannot be written is a thing to know before the crash. */
static void
notify_error_cb (TdWindow *self)
{
  const char *error = td_draft_store_get_error (self->draft_store);
  g_autofree char *title = NULL;

  if (self->drafts != NULL)
    return;

  if (error != NULL)
    {
      /* Translators: %s is what the system says, for example "No space left on device". */
      title = g_strdup_printf (_("Unsaved text would be lost in a crash: %s"), error);
      adw_banner_set_title (self->drafts_banner, title);
      adw_banner_set_button_label (self->drafts_banner, NULL);
    }
  adw_banner_set_revealed (self->drafts_banner, error != NULL);
}

/**
 * _td_window_start_drafts:
 * @self: the window, under construction
 *
 * Keeps a draft of the document from now on.
 */
void
_td_window_start_drafts (TdWindow *self)
{
  self->draft_keeper = td_draft_keeper_new (self->draft_store, self->document);
  td_settings_bind (self->settings, "keep-drafts", self->draft_keeper, "enabled", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->draft_store, "notify::error", G_CALLBACK (notify_error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drafts_banner, "button-clicked", G_CALLBACK (banner_cb), self, G_CONNECT_SWAPPED);
}

static void
exported_cb (TdWindow *self,
             gboolean  done,
             guint     serial)
{
  gboolean close = self->close_when_exported;

  self->close_when_exported = FALSE;
  if (!done)
    {
      /* The window goes on, and so its text is asked about again. */
      if (close)
        self->closing = FALSE;
      return;
    }

  td_draft_keeper_set_saved (self->chat_keeper, serial);
  if (close)
    gtk_window_close (GTK_WINDOW (self));
}

/**
 * _td_window_start_chat_drafts:
 * @self: the window, under construction
 *
 * Keeps a draft of the conversation from now on.
 */
void
_td_window_start_chat_drafts (TdWindow *self)
{
  TdChat *chat = td_chat_state_get_chat (td_chat_page_get_state (self->chat_page));

  self->chat_keeper = td_draft_keeper_new_for_chat (self->draft_store, chat);
  td_settings_bind (self->settings, "keep-drafts", self->chat_keeper, "enabled", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->chat_page, "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
}

static void
close_chat_chosen_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (TdWindow) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_strcmp0 (response, "export") == 0)
    {
      self->close_when_exported = TRUE;
      gtk_widget_activate_action (GTK_WIDGET (self->chat_page), "chat.export", NULL);
    }
  else if (g_strcmp0 (response, "discard") == 0)
    {
      self->closing_chat = TRUE;
      gtk_window_close (GTK_WINDOW (self));
    }
  else
    {
      /* The text stays too, and will be asked about again. */
      self->closing = FALSE;
    }
}

/**
 * _td_window_confirm_close_chat:
 * @self: a window with a conversation that is in no file
 *
 * Asks what to do about it, and closes the window when it is exported or given up.
 */
void
_td_window_confirm_close_chat (TdWindow *self)
{
  AdwAlertDialog *dialog;

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Export the Conversation?"),
                                                   _("The conversation of this window will be lost if you don’t "
                                                     "export it.")));
  adw_alert_dialog_add_responses (dialog,
                                  "cancel", _("_Cancel"),
                                  "discard", _("_Discard"),
                                  "export", _("_Export…"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_appearance (dialog, "export", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "export");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  gtk_window_present (GTK_WINDOW (self));
  adw_view_stack_set_visible_child_name (self->pages, "chat");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), self->cancellable, close_chat_chosen_cb, g_object_ref (self));
}

/**
 * td_window_offer_drafts:
 * @self: the window
 * @drafts: (element-type TdDraft): what an earlier run of the program left behind
 *
 * Offers, in a banner that is in nobody's way, to restore @drafts.
 */
void
td_window_offer_drafts (TdWindow  *self,
                        GPtrArray *drafts)
{
  g_autofree char *words = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (drafts != NULL);

  if (drafts->len == 0)
    return;

  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  self->drafts = g_ptr_array_ref (drafts);
  title = g_strdup_printf (ngettext ("A text was not saved when TokenDesk ended.",
                                     "%u texts were not saved when TokenDesk ended.", drafts->len), drafts->len);
  adw_banner_set_title (self->drafts_banner, title);
  adw_banner_set_button_label (self->drafts_banner, _("_Restore…"));
  adw_banner_set_revealed (self->drafts_banner, TRUE);
}
