/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/chat/td-chat-page-private.h"
#include "app/chat/td-chat-row.h"
#include "app/chat/td-chat-tools-dialog.h"

/**
 * TdChatPage:
 *
 * A conversation as a list of messages, with what each of them counts and all of them together. The list makes widgets
 * only for the messages near the ones on the screen.
 *
 * Keys in the list: Enter edits a message, Escape ends that, Alt+Up and Alt+Down move it, Delete removes it, and
 * Ctrl+Enter adds one below it.
 */
G_DEFINE_FINAL_TYPE (TdChatPage, td_chat_page, ADW_TYPE_BIN)

enum
{
  EXPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
_td_chat_page_emit_exported (TdChatPage *self,
                             gboolean    done)
{
  g_signal_emit (self, signals[EXPORTED], 0, done, self->exported_serial);
}

/* Rows ------------------------------------------------------------------------------------------------------------- */

static void
setup_row_cb (TdChatPage  *self,
              GtkListItem *item)
{
  gtk_list_item_set_child (item, td_chat_row_new (self->state));
}

static void
update_item_label (TdChatPage    *self,
                   GtkListItem   *item,
                   TdChatMessage *message)
{
  g_autofree char *counts = td_chat_state_describe (self->state, message, TRUE);
  g_autofree char *start = g_utf8_substring (td_chat_message_get_text (message), 0,
                                             MIN (g_utf8_strlen (td_chat_message_get_text (message), -1), 80));
  /* Translators: a message for screen readers: its role, its tokens, and how its text begins */
  g_autofree char *label = g_strdup_printf (_("%s, %s: %s"), td_chat_role_to_name (td_chat_message_get_role (message)),
                                            counts, start);

  gtk_list_item_set_accessible_label (item, label);
}

static void
bind_row_cb (TdChatPage  *self,
             GtkListItem *item)
{
  TdChatMessage *message = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);

  /* The row lives no longer than its item. */
  g_object_set_data (G_OBJECT (row), "item", item);
  td_chat_row_set_message (TD_CHAT_ROW (row), message);
  update_item_label (self, item, message);
}

/* What is said of the rows there are. */
static void
update_item_labels (TdChatPage *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (TD_IS_CHAT_ROW (row) && td_chat_row_get_message (TD_CHAT_ROW (row)) != NULL)
        update_item_label (self, g_object_get_data (G_OBJECT (row), "item"),
                           td_chat_row_get_message (TD_CHAT_ROW (row)));
    }
}

static void
unbind_row_cb (TdChatPage  *self,
               GtkListItem *item)
{
  td_chat_row_set_message (TD_CHAT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
set_up_list (TdChatPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListModel *chat = G_LIST_MODEL (g_object_ref (td_chat_state_get_chat (self->state)));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (gtk_no_selection_new (chat)));
}

/* The row that has the focus, or the list's item around it. */
static TdChatRow *
find_focused_row (TdChatPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    return NULL;

  row = gtk_widget_get_ancestor (focus, TD_TYPE_CHAT_ROW);
  if (row == NULL)
    row = gtk_widget_get_first_child (focus);

  return TD_IS_CHAT_ROW (row) ? TD_CHAT_ROW (row) : NULL;
}

/* The row of a message, if it has one. */
static TdChatRow *
find_row (TdChatPage    *self,
          TdChatMessage *message)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list)); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (TD_IS_CHAT_ROW (row) && td_chat_row_get_message (TD_CHAT_ROW (row)) == message)
        return TD_CHAT_ROW (row);
    }

  return NULL;
}

static void
activate_cb (TdChatPage *self,
             guint       position)
{
  TdChatMessage *message = td_chat_get_message (td_chat_state_get_chat (self->state), position);
  TdChatRow *row = find_row (self, message);

  if (row != NULL)
    td_chat_row_edit (row);
}

/* Following the conversation --------------------------------------------------------------------------------------- */

static void
update_stack (TdChatPage *self)
{
  TdChat *chat = td_chat_state_get_chat (self->state);
  gboolean empty = td_chat_get_n_messages (chat) == 0 && td_chat_get_tools (chat) == NULL;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chat.copy", !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chat.export", !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chat.clear", !empty);
}

static void
placed_cb (TdChatPage *self,
           guint       index,
           gboolean    edit)
{
  update_stack (self);
  gtk_list_view_scroll_to (self->list, index, GTK_LIST_SCROLL_FOCUS, NULL);
  if (edit)
    activate_cb (self, index);
}

typedef struct
{
  TdChatPage *page;
  TdChatMessage *message;
  guint index;
} Removed;

static void
removed_free (gpointer  data,
              GClosure *closure)
{
  Removed *removed = data;

  g_object_unref (removed->message);
  g_free (removed);
}

static void
undo_removal_cb (AdwToast *toast,
                 gpointer  user_data)
{
  Removed *removed = user_data;
  TdChat *chat = td_chat_state_get_chat (removed->page->state);
  guint index = MIN (removed->index, td_chat_get_n_messages (chat));

  td_chat_insert (chat, index, removed->message);
  placed_cb (removed->page, index, FALSE);
}

static void
removed_cb (TdChatPage    *self,
            TdChatMessage *message,
            guint          index)
{
  AdwToast *toast = adw_toast_new (_("Message removed"));
  Removed *removed = g_new0 (Removed, 1);
  guint n = td_chat_get_n_messages (td_chat_state_get_chat (self->state));

  /* The toast is the page's child, so that the page outlives it. */
  removed->page = self;
  removed->message = g_object_ref (message);
  removed->index = index;
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_removal_cb), removed, removed_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);

  if (n > 0)
    gtk_list_view_scroll_to (self->list, MIN (index, n - 1), GTK_LIST_SCROLL_FOCUS, NULL);
}

static void
update_special_button (TdChatPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->special_button), td_chat_state_get_rules (self->state)->is_harmony);
}

static void
model_chosen_cb (TdChatPage *self)
{
  td_chat_state_set_model (self->state, gtk_drop_down_get_selected_item (self->model_choice));
}

static void
update_model_choice (TdChatPage *self)
{
  GListModel *models = td_chat_state_get_models (self->state);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (models, i);

      if (model == td_chat_state_get_model (self->state))
        gtk_drop_down_set_selected (self->model_choice, i);
    }

  update_special_button (self);
}

static void
set_up_model_choice (TdChatPage *self)
{
  GtkExpression *name = gtk_property_expression_new (TD_TYPE_MODEL, NULL, "name");

  gtk_drop_down_set_expression (self->model_choice, name);
  gtk_expression_unref (name);
  gtk_drop_down_set_model (self->model_choice, td_chat_state_get_models (self->state));
  update_model_choice (self);
  g_signal_connect_object (self->model_choice, "notify::selected-item", G_CALLBACK (model_chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Actions ---------------------------------------------------------------------------------------------------------- */

static void
add_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  TdChatPage *self = TD_CHAT_PAGE (widget);
  TdChat *chat = td_chat_state_get_chat (self->state);
  TdChatRow *row = find_focused_row (self);
  guint n = td_chat_get_n_messages (chat);
  TdChatMessage *after = row != NULL ? td_chat_row_get_message (row)
                                     : n > 0 ? td_chat_get_message (chat, n - 1) : NULL;
  gboolean answers = after != NULL && td_chat_message_get_role (after) == TD_CHAT_ROLE_USER;

  td_chat_state_add (self->state, after, answers ? TD_CHAT_ROLE_ASSISTANT : TD_CHAT_ROLE_USER, "");
}

static void
use_text_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  TdChatPage *self = TD_CHAT_PAGE (widget);
  g_autoptr (GBytes) bytes = td_document_dup_text (self->document);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (length > 0 ? data : "", length);

  td_chat_state_add (self->state, NULL, TD_CHAT_ROLE_USER, text);
}

static void
functions_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  adw_dialog_present (td_chat_tools_dialog_new (TD_CHAT_PAGE (widget)->state), widget);
}

static void
clear_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  TdChatPage *self = TD_CHAT_PAGE (widget);
  TdChat *chat = td_chat_state_get_chat (self->state);
  char *json = td_chat_to_json (chat);

  td_chat_clear (chat);
  _td_chat_page_offer_undo (self, _("Conversation cleared"), json);
}

static gboolean
row_key_cb (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data)
{
  TdChatRow *row = find_focused_row (user_data);
  const char *action = g_variant_get_string (arguments, NULL);

  /* While a text is edited its keys are its own, but for those that move the message. */
  if (row == NULL || (td_chat_row_get_editing (row) && g_str_equal (action, "message.remove")))
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_activate_action (GTK_WIDGET (row), action, NULL);
}

static void
add_keys (TdChatPage *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_Up, GDK_ALT_MASK, "message.move-up" },
    { GDK_KEY_Down, GDK_ALT_MASK, "message.move-down" },
    { GDK_KEY_Delete, 0, "message.remove" },
    { GDK_KEY_Return, GDK_CONTROL_MASK, "chat.add" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                               gtk_callback_action_new (row_key_cb, self, NULL),
                                                               "s", keys[i].action);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  /* In an editor Alt+Up and Alt+Down would move lines, and Ctrl+Return would write one. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->list), controller);
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_chat_page_dispose (GObject *object)
{
  TdChatPage *self = TD_CHAT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CHAT_PAGE);
  g_clear_object (&self->state);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (td_chat_page_parent_class)->dispose (object);
}

static void
td_chat_page_class_init (TdChatPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_chat_page_dispose;

  /**
   * TdChatPage::exported:
   * @done: whether the conversation is in a file now; %FALSE if that failed or was given up
   * @serial: the number of its last change that is in the file
   *
   * Also after an import: what comes from a file is in one.
   */
  signals[EXPORTED] = g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_UINT);

  g_type_ensure (TD_TYPE_CHAT_FOOTER);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/chat/td-chat-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdChatPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdChatPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TdChatPage, model_choice);
  gtk_widget_class_bind_template_child (widget_class, TdChatPage, special_button);
  gtk_widget_class_bind_template_child (widget_class, TdChatPage, list);
  gtk_widget_class_bind_template_child (widget_class, TdChatPage, footer);

  gtk_widget_class_install_action (widget_class, "chat.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "chat.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "chat.functions", NULL, functions_cb);
  gtk_widget_class_install_action (widget_class, "chat.use-text", NULL, use_text_cb);
  _td_chat_page_install_file_actions (widget_class);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "chat.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "chat.add", NULL);
}

static void
td_chat_page_init (TdChatPage *self)
{
  self->cancellable = g_cancellable_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_chat_page_set_up:
 * @self: the page
 * @catalogue: where the models are
 * @document: the text that can be made a message
 *
 * Makes the page work. Once.
 */
void
td_chat_page_set_up (TdChatPage  *self,
                     TdCatalogue *catalogue,
                     TdDocument  *document)
{
  g_return_if_fail (TD_IS_CHAT_PAGE (self) && self->state == NULL);

  self->document = g_object_ref (document);
  self->state = td_chat_state_new (catalogue);
  set_up_model_choice (self);
  set_up_list (self);
  add_keys (self);
  td_chat_footer_set_state (self->footer, self->state);
  g_object_bind_property (self->state, "show-special", self->special_button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state, "counts-changed", G_CALLBACK (update_item_labels), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state, "look-changed", G_CALLBACK (update_model_choice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state, "placed", G_CALLBACK (placed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_chat_state_get_chat (self->state), "changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  update_stack (self);
}

/** Returns: (transfer none): the conversation and the model it is counted for */
TdChatState *
td_chat_page_get_state (TdChatPage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_PAGE (self), NULL);

  return self->state;
}

/**
 * td_chat_page_load:
 * @self: the page
 * @json: a list of messages, or a request
 * @length: its length in bytes
 * @error: return location for a #TdChatError
 *
 * Replaces the conversation. If there was one, that can be undone.
 *
 * Returns: whether it could be read
 */
gboolean
td_chat_page_load (TdChatPage  *self,
                   const char  *json,
                   gsize        length,
                   GError     **error)
{
  TdChat *chat;
  g_autofree char *old = NULL;
  gboolean was_empty;

  g_return_val_if_fail (TD_IS_CHAT_PAGE (self), FALSE);

  chat = td_chat_state_get_chat (self->state);
  was_empty = td_chat_get_n_messages (chat) == 0 && td_chat_get_tools (chat) == NULL;
  old = td_chat_to_json (chat);
  if (!td_chat_load (chat, json, length, error))
    return FALSE;

  if (!was_empty)
    _td_chat_page_offer_undo (self, _("Conversation replaced"), g_steal_pointer (&old));

  return TRUE;
}
