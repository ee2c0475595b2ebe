/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "app/chat/td-chat-tools-dialog.h"
#include "pricing/td-format.h"

/**
 * TdChatToolsDialog:
 *
 * The functions that the model may call, as JSON to be written or pasted. What can be read is in use at once, and its
 * tokens are shown by both published formulas; what cannot be read is told about, and the functions stay as they were.
 */

struct _TdChatToolsDialog
{
  AdwDialog parent_instance;

  /* owned */
  TdChatState *state;

  /* template */
  AdwBanner *error_banner;
  GtkSourceView *view;
  GtkLabel *count_label;
};

G_DEFINE_FINAL_TYPE (TdChatToolsDialog, td_chat_tools_dialog, ADW_TYPE_DIALOG)

static void
update_counts (TdChatToolsDialog *self)
{
  TdChatCounter *counter = td_chat_state_get_counter (self->state);
  const TdChatRules *rules = td_chat_state_get_rules (self->state);
  TdChatTools *tools = td_chat_get_tools (td_chat_state_get_chat (self->state));
  guint n = tools != NULL ? td_chat_tools_get_n (tools) : 0;
  guint64 by_fields;
  guint64 as_typescript;
  g_autofree char *fields_text = NULL;
  g_autofree char *typescript_text = NULL;
  g_autofree char *text = NULL;

  if (n == 0)
    {
      gtk_label_set_text (self->count_label, _("No functions. Paste the list “tools” or “functions” of a request."));
      return;
    }

  if (!td_chat_counter_get_tools (counter, rules, TD_CHAT_TOOLS_BY_FIELDS, &by_fields)
      || !td_chat_counter_get_tools (counter, rules, TD_CHAT_TOOLS_AS_TYPESCRIPT, &as_typescript))
    {
      gtk_label_set_text (self->count_label, _("Counting"));
      return;
    }

  fields_text = td_number_format (by_fields);
  typescript_text = td_number_format (as_typescript);
  text = g_strdup_printf (ngettext ("%u function: ≈ %s tokens by the cookbook’s formula, ≈ %s written as TypeScript",
                                    "%u functions: ≈ %s tokens by the cookbook’s formula, ≈ %s written as TypeScript", n),
                          n, fields_text, typescript_text);
  gtk_label_set_text (self->count_label, text);
}

static void
changed_cb (TdChatToolsDialog *self,
            GtkTextBuffer     *buffer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);

  if (!td_chat_set_tools_text (td_chat_state_get_chat (self->state), text, &error))
    adw_banner_set_title (self->error_banner, error->message);
  adw_banner_set_revealed (self->error_banner, error != NULL);
}

static void
set_up_buffer (TdChatToolsDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkSourceLanguage *language = gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (),
                                                                          "json");
  const char *scheme = adw_style_manager_get_dark (adw_style_manager_get_default ()) ? "Adwaita-dark" : "Adwaita";
  g_autofree char *text = td_chat_dup_tools_text (td_chat_state_get_chat (self->state));
  GtkTextIter start;

  gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (buffer), language);
  gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (buffer),
                                      gtk_source_style_scheme_manager_get_scheme (
                                        gtk_source_style_scheme_manager_get_default (), scheme));
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
td_chat_tools_dialog_dispose (GObject *object)
{
  TdChatToolsDialog *self = TD_CHAT_TOOLS_DIALOG (object);

  /* First: disposing of the template would unparent the child behind the back of the dialog, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CHAT_TOOLS_DIALOG);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (td_chat_tools_dialog_parent_class)->dispose (object);
}

static void
td_chat_tools_dialog_class_init (TdChatToolsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_chat_tools_dialog_dispose;

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/chat/td-chat-tools-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdChatToolsDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, TdChatToolsDialog, view);
  gtk_widget_class_bind_template_child (widget_class, TdChatToolsDialog, count_label);
}

static void
td_chat_tools_dialog_init (TdChatToolsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_chat_tools_dialog_new:
 * @state: the conversation whose functions are shown
 *
 * Returns: (transfer none): a dialog to present
 */
AdwDialog *
td_chat_tools_dialog_new (TdChatState *state)
{
  TdChatToolsDialog *self = g_object_new (TD_TYPE_CHAT_TOOLS_DIALOG, NULL);

  self->state = g_object_ref (state);
  g_signal_connect_object (state, "counts-changed", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  set_up_buffer (self);
  update_counts (self);

  return ADW_DIALOG (self);
}
