/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/chat/td-chat-row.h"
#include "app/chat/td-chat-text.h"
#include "app/editor/td-token-view.h"

/**
 * TdChatRow:
 *
 * One message in the list: who speaks, what it counts, and what is said, painted token by token. A click or Enter puts a
 * token editor in the text's place until the focus leaves it; the message follows every key. Rows are reused by the
 * list for one message after another.
 *
 * Its CSS name is td-chat-row. Role and menu are actions of the group "message".
 */

#define EDITOR_MAX_HEIGHT 420

struct _TdChatRow
{
  GtkWidget parent_instance;

  /* owned */
  TdChatState *state;
  TdChatMessage *message;  /* nullable */
  TdDocument *document;    /* nullable: while it is edited */
  GtkWidget *text;

  /* template */
  GtkWidget *header;
  GtkWidget *handle;
  GtkMenuButton *role_button;
  GtkLabel *name_label;
  GtkLabel *count_label;
  GtkMenuButton *menu_button;
  AdwBin *content;
  GtkLabel *remarks_label;

  /* borrowed */
  GtkWidget *editor;       /* nullable: the view in the content */

  guint focus_source;      /* looks whether the editor has lost the focus */
};

G_DEFINE_FINAL_TYPE (TdChatRow, td_chat_row, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ROLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Roles as people read them; what is sent is td_chat_role_to_name(). */
static const char *
get_role_label (TdChatRole role)
{
  static const char * const labels[TD_CHAT_N_ROLES] = {
    [TD_CHAT_ROLE_SYSTEM] = N_("System"),
    [TD_CHAT_ROLE_DEVELOPER] = N_("Developer"),
    [TD_CHAT_ROLE_USER] = N_("User"),
    [TD_CHAT_ROLE_ASSISTANT] = N_("Assistant"),
    [TD_CHAT_ROLE_TOOL] = N_("Tool"),
    [TD_CHAT_ROLE_FUNCTION] = N_("Function"),
  };

  return _(labels[role]);
}

/* Showing ---------------------------------------------------------------------------------------------------------- */

static gboolean
shows_special (TdChatRow *self)
{
  return td_chat_state_get_show_special (self->state) && td_chat_state_get_rules (self->state)->is_harmony;
}

static void
update_counts (TdChatRow *self)
{
  g_autofree char *short_text = NULL;
  g_autofree char *words = NULL;

  if (self->message == NULL)
    return;

  short_text = td_chat_state_describe (self->state, self->message, FALSE);
  words = td_chat_state_describe (self->state, self->message, TRUE);
  gtk_label_set_text (self->count_label, short_text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count_label), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count_label), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
append_remark (GString    *out,
               const char *remark)
{
  g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", remark);
}

/* What a message has beside its text. */
static void
update_remarks (TdChatRow *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n_images = td_chat_message_get_n_images (self->message);
  guint n_unknown = td_chat_message_get_n_unknown (self->message);

  for (guint i = 0; !shows_special (self) && i < td_chat_message_get_n_calls (self->message); i++)
    {
      const TdChatCall *call = td_chat_message_get_call (self->message, i);
      g_autofree char *remark = g_strdup_printf ("%s (%s)", call->name, call->arguments);

      append_remark (out, remark);
    }

  for (guint i = 0; i < n_images; i++)
    {
      const TdChatImage *image = td_chat_message_get_image (self->message, i);
      g_autofree char *size = g_strdup_printf (_("Image of %u × %u pixels"), image->width, image->height);

      append_remark (out, image->width > 0 ? size : _("Image of unknown size, not counted"));
    }

  if (n_unknown > 0)
    {
      g_autofree char *remark = g_strdup_printf (ngettext ("%u part that cannot be counted",
                                                           "%u parts that cannot be counted", n_unknown), n_unknown);

      append_remark (out, remark);
    }

  gtk_label_set_text (self->remarks_label, out->str);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks_label), out->len > 0);
}

static void
update_text (TdChatRow *self)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (TdChatSpan));
  g_autofree char *text = NULL;

  if (self->message == NULL)
    return;

  text = td_chat_state_render (self->state, self->message, spans);
  gtk_widget_set_visible (GTK_WIDGET (self->content),
                          *text != '\0' || td_chat_message_get_n_calls (self->message) == 0 || self->editor != NULL);
  if (*text == '\0')
    td_chat_text_set_content (TD_CHAT_TEXT (self->text), _("Empty: click to write"), spans);
  else
    td_chat_text_set_content (TD_CHAT_TEXT (self->text), text, spans);

  if (*text == '\0')
    gtk_widget_add_css_class (self->text, "dim-label");
  else
    gtk_widget_remove_css_class (self->text, "dim-label");
  update_remarks (self);
}

static void
update_author (TdChatRow *self)
{
  TdChatRole role = td_chat_message_get_role (self->message);
  const char *name = td_chat_message_get_function (self->message);

  gtk_menu_button_set_label (self->role_button, get_role_label (role));
  gtk_widget_set_sensitive (GTK_WIDGET (self->role_button), td_chat_message_can_set_role (self->message));
  gtk_label_set_text (self->name_label, name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->name_label), name != NULL);
}

static void
message_changed_cb (TdChatRow  *self,
                    GParamSpec *pspec)
{
  update_author (self);
  /* The editor shows its text itself. */
  if (self->editor == NULL)
    update_text (self);
  if (g_str_equal (pspec->name, "role"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
}

static void
look_changed_cb (TdChatRow *self)
{
  update_text (self);
  if (self->document != NULL)
    td_document_set_encoding (self->document,
                              td_chat_vocabulary_get_encoding (td_chat_state_get_rules (self->state)->vocabulary));
}

/* Editing ---------------------------------------------------------------------------------------------------------- */

static void
buffer_changed_cb (TdChatRow     *self,
                   GtkTextBuffer *buffer)
{
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  td_chat_message_set_text (self->message, text);
}

static void
end_editing (TdChatRow *self)
{
  g_clear_handle_id (&self->focus_source, g_source_remove);
  if (self->editor == NULL)
    return;

  self->editor = NULL;
  g_signal_handlers_disconnect_by_func (td_document_get_buffer (self->document), buffer_changed_cb, self);
  adw_bin_set_child (self->content, self->text);
  g_clear_object (&self->document);
  update_text (self);
}

static gboolean
focus_source_cb (gpointer user_data)
{
  TdChatRow *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->focus_source = 0;
  /* Another window may have the focus for a moment. */
  if (self->editor != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->content))))
    end_editing (self);

  return G_SOURCE_REMOVE;
}

/* The editor cannot go while GTK is telling it that the focus goes. */
static void
focus_left_cb (TdChatRow *self)
{
  if (self->focus_source == 0)
    self->focus_source = g_idle_add (focus_source_cb, self);
}

static gboolean
editor_key_cb (TdChatRow       *self,
               guint            keyval,
               guint            keycode,
               GdkModifierType  state)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  /* To the list's item, where the arrow keys go on to other messages; the editor goes when it has lost the focus. */
  gtk_widget_grab_focus (item);

  return GDK_EVENT_STOP;
}

static GtkWidget *
make_editor (TdChatRow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->editor = td_token_view_new (self->document);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->editor), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->editor), TRUE);
  gtk_text_view_set_pixels_inside_wrap (GTK_TEXT_VIEW (self->editor), 3);
  gtk_text_view_set_pixels_below_lines (GTK_TEXT_VIEW (self->editor), 3);
  td_token_view_set_placeholder_text (TD_TOKEN_VIEW (self->editor), _("Write a message"));
  gtk_widget_add_css_class (self->editor, "td-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message"), -1);

  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->editor, focus);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (editor_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->editor, keys);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), EDITOR_MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->editor);

  return scroller;
}

/**
 * td_chat_row_edit:
 * @self: the row
 *
 * Puts an editor in the place of the text, and the focus into it.
 */
void
td_chat_row_edit (TdChatRow *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter end;

  g_return_if_fail (TD_IS_CHAT_ROW (self));

  if (self->message == NULL || self->editor != NULL)
    return;

  self->document = td_document_new ();
  td_document_set_encoding (self->document,
                            td_chat_vocabulary_get_encoding (td_chat_state_get_rules (self->state)->vocabulary));
  buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, td_chat_message_get_text (self->message), -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (buffer_changed_cb), self);

  adw_bin_set_child (self->content, make_editor (self));
  gtk_widget_set_visible (GTK_WIDGET (self->content), TRUE);
  gtk_widget_grab_focus (self->editor);
}

/* Actions ---------------------------------------------------------------------------------------------------------- */

static void
edit_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  td_chat_row_edit (TD_CHAT_ROW (widget));
}

static void
move_up_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  TdChatRow *self = TD_CHAT_ROW (widget);

  td_chat_state_move (self->state, self->message, -1);
}

static void
move_down_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  TdChatRow *self = TD_CHAT_ROW (widget);

  td_chat_state_move (self->state, self->message, 1);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  TdChatRow *self = TD_CHAT_ROW (widget);

  td_chat_state_remove (self->state, self->message);
}

static void
add_below_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  TdChatRow *self = TD_CHAT_ROW (widget);
  gboolean is_user = td_chat_message_get_role (self->message) == TD_CHAT_ROLE_USER;

  td_chat_state_add (self->state, self->message, is_user ? TD_CHAT_ROLE_ASSISTANT : TD_CHAT_ROLE_USER, "");
}

static void
name_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (TdChatMessage) message = user_data;
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (source);
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));

  if (g_str_equal (adw_alert_dialog_choose_finish (dialog, result), "set"))
    td_chat_message_set_name (message, gtk_editable_get_text (entry));
}

static void
set_name_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  TdChatRow *self = TD_CHAT_ROW (widget);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Name"), NULL));
  GtkWidget *entry = gtk_entry_new ();
  const char *name = td_chat_message_get_name (self->message);

  adw_alert_dialog_set_body (dialog, _("Tells several speakers of one role apart. Leave it empty for none."));
  gtk_editable_set_text (GTK_EDITABLE (entry), name != NULL ? name : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  adw_alert_dialog_set_extra_child (dialog, entry);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "set", _("_Set"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "set", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "set");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, widget, NULL, name_chosen_cb, g_object_ref (self->message));
}

/* Dragging --------------------------------------------------------------------------------------------------------- */

static GdkContentProvider *
drag_prepare_cb (TdChatRow *self)
{
  return gdk_content_provider_new_typed (TD_TYPE_CHAT_MESSAGE, self->message);
}

static void
drag_begin_cb (TdChatRow *self,
               GdkDrag   *drag)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));
  GtkWidget *picture = gtk_picture_new_for_paintable (paintable);

  gtk_widget_set_size_request (picture, gtk_widget_get_width (GTK_WIDGET (self)), -1);
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), picture);
}

static gboolean
drop_cb (TdChatRow    *self,
         const GValue *value)
{
  TdChatMessage *message = g_value_get_object (value);

  if (message == NULL || message == self->message)
    return FALSE;

  td_chat_state_move_to (self->state, message, self->message);

  return TRUE;
}

static void
add_controllers (TdChatRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (TD_TYPE_CHAT_MESSAGE, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_chat_row_dispose (GObject *object)
{
  TdChatRow *self = TD_CHAT_ROW (object);

  td_chat_row_set_message (self, NULL);
  if (self->content != NULL)
    adw_bin_set_child (self->content, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CHAT_ROW);
  g_clear_object (&self->text);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (td_chat_row_parent_class)->dispose (object);
}

static void
td_chat_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TdChatRow *self = TD_CHAT_ROW (object);

  switch (prop_id)
    {
    case PROP_ROLE:
      g_value_set_string (value, self->message != NULL ? td_chat_role_to_name (td_chat_message_get_role (self->message))
                                                       : "user");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_chat_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TdChatRow *self = TD_CHAT_ROW (object);
  TdChatRole role;

  switch (prop_id)
    {
    case PROP_ROLE:
      if (self->message != NULL && td_chat_role_from_name (g_value_get_string (value), &role))
        td_chat_message_set_role (self->message, role);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_chat_row_class_init (TdChatRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_chat_row_dispose;
  object_class->get_property = td_chat_row_get_property;
  object_class->set_property = td_chat_row_set_property;

  properties[PROP_ROLE] = g_param_spec_string ("role", NULL, NULL, "user",
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/chat/td-chat-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdChatRow, header);
  gtk_widget_class_bind_template_child (widget_class, TdChatRow, handle);
  gtk_widget_class_bind_template_child (widget_class, TdChatRow, role_button);
  gtk_widget_class_bind_template_child (widget_class, TdChatRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, TdChatRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, TdChatRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TdChatRow, content);
  gtk_widget_class_bind_template_child (widget_class, TdChatRow, remarks_label);

  gtk_widget_class_install_action (widget_class, "message.add-below", NULL, add_below_cb);
  gtk_widget_class_install_action (widget_class, "message.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "message.move-down", NULL, move_down_cb);
  gtk_widget_class_install_action (widget_class, "message.move-up", NULL, move_up_cb);
  gtk_widget_class_install_action (widget_class, "message.remove", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, "message.set-name", NULL, set_name_cb);
  gtk_widget_class_install_property_action (widget_class, "message.role", "role");

  gtk_widget_class_set_css_name (widget_class, "td-chat-row");
}

static void
td_chat_row_init (TdChatRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->text = g_object_ref_sink (td_chat_text_new ());
  gtk_widget_add_css_class (self->text, "monospace");
  adw_bin_set_child (self->content, self->text);
  add_controllers (self);
}

/**
 * td_chat_row_new:
 * @state: what all rows share
 *
 * Returns: (transfer none): a row without a message
 */
GtkWidget *
td_chat_row_new (TdChatState *state)
{
  TdChatRow *self = g_object_new (TD_TYPE_CHAT_ROW, NULL);

  self->state = g_object_ref (state);
  g_signal_connect_object (state, "counts-changed", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "look-changed", G_CALLBACK (look_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/** Returns: (transfer none) (nullable): the message that is shown */
TdChatMessage *
td_chat_row_get_message (TdChatRow *self)
{
  g_return_val_if_fail (TD_IS_CHAT_ROW (self), NULL);

  return self->message;
}

/** Shows a message, or none. */
void
td_chat_row_set_message (TdChatRow     *self,
                         TdChatMessage *message)
{
  g_return_if_fail (TD_IS_CHAT_ROW (self));

  if (self->message == message)
    return;

  if (self->message != NULL)
    {
      end_editing (self);
      g_signal_handlers_disconnect_by_func (self->message, message_changed_cb, self);
    }

  g_set_object (&self->message, message);
  if (message == NULL)
    return;

  g_signal_connect_swapped (message, "notify", G_CALLBACK (message_changed_cb), self);
  update_author (self);
  update_text (self);
  update_counts (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
}

/** Returns: whether the text is being edited */
gboolean
td_chat_row_get_editing (TdChatRow *self)
{
  g_return_val_if_fail (TD_IS_CHAT_ROW (self), FALSE);

  return self->editor != NULL;
}
