/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-document-selection.h"
#include "app/editor/td-row-model.h"
#include "app/editor/td-token-info.h"
#include "app/editor/td-token-list.h"
#include "app/editor/td-token-row.h"
#include "app/editor/td-token-spans.h"

/* So many tokens are read from the text at a time. */
#define COPIED_AT_ONCE 4096

/**
 * TdTokenList:
 *
 * The tokens of a document one after the other, as ids or as texts with their ids, to be looked at; the text itself is
 * edited elsewhere. Only the rows on the screen exist, so it does not matter how many tokens there are. While it is not
 * on the screen it does nothing.
 *
 * What is selected here is what is selected in the text: a click, a drag or the Left and Right keys select tokens, with
 * Shift more of them; a double click, or Enter, shows the selected text ("place-chosen" signal). Ctrl+C copies the ids of
 * the selected tokens, or of all; if they are too many for that, it says so ("too-many" signal).
 *
 * Accessibility: each row says its tokens; the keys say those that they select.
 */
struct _TdTokenList
{
  GtkWidget parent_instance;

  /* owned */
  TdDocument *document;
  TdRowModel *rows;
  GPtrArray *items; /* (element-type GtkListItem): those that show a row, borrowed */
  guint update_source;
  gboolean show_text;
  gsize anchor; /* the token where the selection was begun */

  GtkWidget *scrolled_window;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (TdTokenList, td_token_list, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SHOW_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_PLACE_CHOSEN,
  SIGNAL_TOO_MANY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Rows ------------------------------------------------------------------------------------------------------------- */

/* The selected tokens; if no text is selected, none, and the one at the cursor. FALSE while they are counted. */
static gboolean
get_selection (TdTokenList *self,
               gsize       *first,
               gsize       *n_tokens)
{
  TkEncodingId encoding = td_document_get_encoding (self->document);
  gsize n_touched;
  gsize start;
  gsize end;
  gboolean has_selection = td_document_get_selection (self->document, &start, &end);

  if (!td_document_find_tokens (self->document, encoding, start, MAX (end, start + 1), first, &n_touched))
    return FALSE;

  *n_tokens = has_selection ? n_touched : 0;

  return TRUE;
}

static void
show_selection (TdTokenList *self,
                TdTokenRow  *row)
{
  gsize first;
  gsize n_tokens;

  if (get_selection (self, &first, &n_tokens))
    td_token_row_set_selected (row, first, n_tokens);
}

static void
show_row (TdTokenList *self,
          GtkListItem *item)
{
  TkEncodingId encoding = td_document_get_encoding (self->document);
  const TkTokenMap *map = td_document_get_token_map (self->document);
  TdTokenRow *row = TD_TOKEN_ROW (gtk_list_item_get_child (item));
  gsize first = (gsize) gtk_list_item_get_position (item) * TD_TOKENS_PER_ROW;
  g_autoptr (TdTokenSpans) spans = NULL;

  /* While tokens are counted what was seen last stays. */
  if (map == NULL)
    return;

  spans = td_document_dup_token_spans (self->document, encoding, first, TD_TOKENS_PER_ROW);
  td_token_row_set_spans (row, spans, tk_token_map_get_encoding (map), self->show_text);
  show_selection (self, row);
  gtk_list_item_set_accessible_label (item, td_token_row_get_spoken (row));
}

/* The text of some tokens. A part of a character stands for the whole of it. */
static gboolean
get_text (TdTokenList *self,
          gsize        first,
          gsize        last,
          gsize       *start,
          gsize       *end)
{
  const TkTokenMap *map = td_document_get_token_map (self->document);
  TkTokenIter tokens;
  TkToken token;

  if (map == NULL || !tk_token_map_seek_token (map, first, &tokens) || !tk_token_iter_next (&tokens, &token))
    return FALSE;

  *start = token.start.characters;
  if (token.characters == 0 && *start > 0)
    (*start)--;
  if (!tk_token_map_seek_token (map, last, &tokens) || !tk_token_iter_next (&tokens, &token))
    return FALSE;

  *end = MAX (token.start.characters + token.characters, *start + 1);

  return TRUE;
}

/* Selecting -------------------------------------------------------------------------------------------------------- */

static void
select_tokens (TdTokenList *self,
               gsize        first,
               gsize        last)
{
  gsize start;
  gsize end;

  if (get_text (self, first, last, &start, &end))
    td_document_select (self->document, start, end);
}

/* Where the selection was begun, unless something else has been selected meanwhile. */
static gsize
get_anchor (TdTokenList *self,
            gsize        first,
            gsize        n_tokens)
{
  if (self->anchor < first || self->anchor >= first + MAX (n_tokens, 1))
    self->anchor = first;

  return self->anchor;
}

/* The tokens of the character that @token is of: itself, or all parts. */
static void
get_parts (TdTokenList *self,
           gsize        token,
           gsize       *first,
           gsize       *last)
{
  gsize start;
  gsize end;
  gsize n_tokens;

  *first = token;
  *last = token;
  if (get_text (self, token, token, &start, &end) &&
      td_document_find_tokens (self->document, td_document_get_encoding (self->document), start, end, first, &n_tokens))
    *last = *first + n_tokens - 1;
}

/* The token at the end of the selection that the keys move, which is the one away from where it was begun. */
static gsize
get_moving_end (TdTokenList *self,
                gsize        first,
                gsize        n_tokens,
                gboolean     forward)
{
  gsize anchor = get_anchor (self, first, n_tokens);
  gsize anchor_first;
  gsize anchor_last;

  get_parts (self, anchor, &anchor_first, &anchor_last);
  if (anchor > first || (!forward && first + n_tokens - 1 <= anchor_last))
    return first;

  return first + n_tokens - 1;
}

/* From where the selection was begun, or with @extend FALSE that token alone. */
static void
select_to (TdTokenList *self,
           gsize        token,
           gboolean     extend)
{
  gsize first;
  gsize n_tokens;

  if (!get_selection (self, &first, &n_tokens))
    return;

  if (extend)
    {
      gsize anchor = get_anchor (self, first, n_tokens);

      select_tokens (self, MIN (anchor, token), MAX (anchor, token));
      return;
    }

  /* Of a character that is split, all of it is selected. */
  select_tokens (self, token, token);
  if (get_selection (self, &first, &n_tokens))
    self->anchor = first;
}

static void
say_selection (TdTokenList *self)
{
  g_autoptr (GPtrArray) tokens = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *number = NULL;
  gsize start;
  gsize end;
  gsize first;
  gsize n_tokens;

  td_document_get_selection (self->document, &start, &end);
  tokens = td_document_dup_tokens_at (self->document, start);
  if (!get_selection (self, &first, &n_tokens) || tokens->len == 0)
    return;

  number = g_strdup_printf ("%'" G_GSIZE_FORMAT, n_tokens);
  if (n_tokens <= tokens->len)
    spoken = td_document_dup_spoken (self->document, tokens);
  else
    /* Translators: said by a screen reader. */
    spoken = g_strdup_printf (ngettext ("%s token selected", "%s tokens selected", n_tokens), number);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), spoken, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Selects the token that is so many further on, or up to there. */
static void
move_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  TdTokenList *self = TD_TOKEN_LIST (widget);
  const TkTokenMap *map = td_document_get_token_map (self->document);
  gint64 total;
  gint64 token;
  gboolean extend;
  gsize first;
  gsize n_tokens;
  int delta;

  g_variant_get (parameter, "(ib)", &delta, &extend);
  if (map == NULL || !get_selection (self, &first, &n_tokens))
    return;

  total = (gint64) tk_token_map_get_total (map).tokens;
  if (total == 0)
    return;

  token = (gint64) first;
  if (n_tokens > 0)
    {
      gsize edge = delta > 0 ? first + n_tokens - 1 : first;
      gsize last;

      if (extend)
        edge = get_moving_end (self, first, n_tokens, delta > 0);
      /* Past all parts of a character. */
      get_parts (self, edge, &first, &last);
      token = (gint64) (delta > 0 ? last : first) + delta;
    }
  token = CLAMP (token, 0, total - 1);

  select_to (self, (gsize) token, extend && n_tokens > 0);
  gtk_list_view_scroll_to (self->view, (guint) token / TD_TOKENS_PER_ROW, GTK_LIST_SCROLL_FOCUS, NULL);
  say_selection (self);
}

static void
select_all_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  TdTokenList *self = TD_TOKEN_LIST (widget);

  td_document_select (self->document, 0, td_document_get_n_characters (self->document));
  self->anchor = 0;
  say_selection (self);
}

/* The token at a place of the list, whichever row it is in. */
static gboolean
pick_token (TdTokenList *self,
            double       x,
            double       y,
            gsize       *token)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  graphene_point_t place;

  if (widget == NULL || !TD_IS_TOKEN_ROW (widget) ||
      !gtk_widget_compute_point (GTK_WIDGET (self), widget, &GRAPHENE_POINT_INIT (x, y), &place))
    return FALSE;

  return td_token_row_pick (TD_TOKEN_ROW (widget), place.x, place.y, token);
}

static void
drag_update_cb (TdTokenList    *self,
                double          offset_x,
                double          offset_y,
                GtkGestureDrag *gesture)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));
  double x;
  double y;
  gsize token;

  /* A finger scrolls. */
  if (device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN)
    return;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (gtk_drag_check_threshold (GTK_WIDGET (self), (int) x, (int) y, (int) (x + offset_x), (int) (y + offset_y)))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (pick_token (self, x + offset_x, y + offset_y, &token))
    select_to (self, token, TRUE);
}

/* Shows the text of the selected tokens. */
static void
choose_selection (TdTokenList *self)
{
  gsize start;
  gsize end;

  if (td_document_get_selection (self->document, &start, &end))
    g_signal_emit (self, signals[SIGNAL_PLACE_CHOSEN], 0, (guint64) start, (guint64) end);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  TdTokenList *self = user_data;
  TdTokenRow *row = TD_TOKEN_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gsize token;

  if (!td_token_row_pick (row, x, y, &token))
    return;

  if (n_press == 1)
    {
      select_to (self, token, (state & GDK_SHIFT_MASK) != 0);
    }
  else
    {
      /* Otherwise the list takes it for the whole row. */
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      choose_selection (self);
    }
}

static void
setup_cb (TdTokenList *self,
          GtkListItem *item)
{
  GtkWidget *row = td_token_row_new ();
  GtkGesture *gesture = gtk_gesture_click_new ();

  g_signal_connect_object (gesture, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (gesture));
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (TdTokenList *self,
         GtkListItem *item)
{
  g_ptr_array_add (self->items, item);
  show_row (self, item);
}

static void
unbind_cb (TdTokenList *self,
           GtkListItem *item)
{
  g_ptr_array_remove_fast (self->items, item);
}

/* What is selected in the row, or all of it. */
static void
activate_cb (TdTokenList *self,
             guint        position)
{
  const TkTokenMap *map = td_document_get_token_map (self->document);
  gsize row = (gsize) position * TD_TOKENS_PER_ROW;
  gsize first;
  gsize n_tokens;
  gsize start;
  gsize end;

  if (map == NULL || !get_selection (self, &first, &n_tokens))
    return;

  if (n_tokens > 0 && first < row + TD_TOKENS_PER_ROW && first + n_tokens > row)
    choose_selection (self);
  else if (get_text (self, row, MIN (row + TD_TOKENS_PER_ROW, tk_token_map_get_total (map).tokens) - 1, &start, &end))
    g_signal_emit (self, signals[SIGNAL_PLACE_CHOSEN], 0, (guint64) start, (guint64) end);
}

/* Following the document ------------------------------------------------------------------------------------------- */

static void
update (TdTokenList *self)
{
  guint64 n_tokens;

  if (td_document_get_token_count (self->document, td_document_get_encoding (self->document), &n_tokens))
    td_row_model_set_n_rows (self->rows, (guint) ((n_tokens + TD_TOKENS_PER_ROW - 1) / TD_TOKENS_PER_ROW));

  for (guint i = 0; i < self->items->len; i++)
    show_row (self, g_ptr_array_index (self->items, i));
}

static gboolean
update_cb (gpointer user_data)
{
  TdTokenList *self = user_data;

  self->update_source = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (TdTokenList *self)
{
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update_cb, self, NULL);
}

static void
mark_set_cb (TdTokenList *self,
             GtkTextIter *place,
             GtkTextMark *mark)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));

  if (mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer))
    queue_update (self);
}

static void
td_token_list_map (GtkWidget *widget)
{
  TdTokenList *self = TD_TOKEN_LIST (widget);

  GTK_WIDGET_CLASS (td_token_list_parent_class)->map (widget);

  td_token_list_show_cursor (self);
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_token_list_dispose (GObject *object)
{
  TdTokenList *self = TD_TOKEN_LIST (object);

  if (self->document != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->document, self);
      g_signal_handlers_disconnect_by_data (td_document_get_buffer (self->document), self);
    }
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->scrolled_window, gtk_widget_unparent);
  g_clear_object (&self->rows);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (td_token_list_parent_class)->dispose (object);
}

static void
td_token_list_finalize (GObject *object)
{
  g_ptr_array_unref (TD_TOKEN_LIST (object)->items);

  G_OBJECT_CLASS (td_token_list_parent_class)->finalize (object);
}

static void
td_token_list_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_TEXT:
      g_value_set_boolean (value, td_token_list_get_show_text (TD_TOKEN_LIST (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_token_list_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_TEXT:
      td_token_list_set_show_text (TD_TOKEN_LIST (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* The ids of the selected text, or of all of it, as "decode" reads them. */
static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  TdTokenList *self = TD_TOKEN_LIST (widget);
  TkEncodingId encoding = td_document_get_encoding (self->document);
  const TkTokenMap *map = td_document_get_token_map (self->document);
  g_autoptr (GString) ids = g_string_new (NULL);
  gsize token;
  gsize n_tokens;

  if (map == NULL || !get_selection (self, &token, &n_tokens))
    return;

  if (n_tokens == 0)
    {
      token = 0;
      n_tokens = tk_token_map_get_total (map).tokens;
    }

  /* What takes long is the business of the export, which does it beside the window. */
  if (n_tokens > TD_MOST_COPIED)
    {
      g_signal_emit (self, signals[SIGNAL_TOO_MANY], 0);
      return;
    }

  for (gsize last = token + n_tokens; token < last; token += COPIED_AT_ONCE)
    {
      g_autoptr (TdTokenSpans) spans = td_document_dup_token_spans (self->document, encoding, token,
                                                                    MIN (COPIED_AT_ONCE, last - token));
      const char *p = spans != NULL ? spans->bytes : NULL;

      if (spans == NULL)
        return;

      for (gsize i = 0; i < spans->n_tokens; p += spans->lengths[i++])
        g_string_append_printf (ids, "%s%" G_GUINT32_FORMAT, ids->len > 0 ? " " : "",
                                tk_encoding_find_token (tk_token_map_get_encoding (map), p, spans->lengths[i]));
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), ids->str);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Ids copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
td_token_list_class_init (TdTokenListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_token_list_dispose;
  object_class->finalize = td_token_list_finalize;
  object_class->get_property = td_token_list_get_property;
  object_class->set_property = td_token_list_set_property;
  widget_class->map = td_token_list_map;

  properties[PROP_SHOW_TEXT] =
    g_param_spec_boolean ("show-text", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TdTokenList::place-chosen:
   * @first: the first character of the document that was chosen
   * @end: the character behind
   *
   * The user wants to see the text of some tokens.
   */
  signals[SIGNAL_PLACE_CHOSEN] =
    g_signal_new ("place-chosen",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);

  /**
   * TdTokenList::too-many:
   *
   * More than %TD_MOST_COPIED ids were to be copied, which the export does better.
   */
  signals[SIGNAL_TOO_MANY] =
    g_signal_new ("too-many",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "token-list.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "token-list.move", "(ib)", move_cb);
  gtk_widget_class_install_action (widget_class, "token-list.select-all", NULL, select_all_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "token-list.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, "token-list.copy", NULL);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "token-list.select-all", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "td-token-list");
}

/* Before GtkListView, which takes these keys although there is nothing beside its rows. */
static void
add_keys (TdTokenList *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    int delta;
  } keys[] = {
    { GDK_KEY_Left, 0, -1 },
    { GDK_KEY_Right, 0, 1 },
    { GDK_KEY_Left, GDK_SHIFT_MASK, -1 },
    { GDK_KEY_Right, GDK_SHIFT_MASK, 1 },
    { GDK_KEY_Up, GDK_SHIFT_MASK, -TD_TOKENS_PER_ROW },
    { GDK_KEY_Down, GDK_SHIFT_MASK, TD_TOKENS_PER_ROW },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                gtk_named_action_new ("token-list.move"));

      gtk_shortcut_set_arguments (shortcut, g_variant_new ("(ib)", keys[i].delta, keys[i].modifiers != 0));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
td_token_list_init (TdTokenList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection;
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->show_text = TRUE;
  self->items = g_ptr_array_new ();
  self->rows = td_row_model_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);

  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  self->view = GTK_LIST_VIEW (gtk_list_view_new (selection, factory));
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  self->scrolled_window = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled_window),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled_window), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled_window, GTK_WIDGET (self));

  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  add_keys (self);
}

/**
 * td_token_list_new:
 * @document: the document whose tokens to show
 *
 * Returns: (transfer floating): a list
 */
GtkWidget *
td_token_list_new (TdDocument *document)
{
  TdTokenList *self = g_object_new (TD_TYPE_TOKEN_LIST, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "counts-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_document_get_buffer (document), "mark-set", G_CALLBACK (mark_set_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/** Returns: whether the texts of the tokens are shown, and not only their ids */
gboolean
td_token_list_get_show_text (TdTokenList *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_LIST (self), FALSE);

  return self->show_text;
}

/**
 * td_token_list_set_show_text:
 * @self: the list
 * @show_text: whether to show the texts of the tokens, and not only their ids
 */
void
td_token_list_set_show_text (TdTokenList *self,
                             gboolean     show_text)
{
  g_return_if_fail (TD_IS_TOKEN_LIST (self));

  show_text = !!show_text;
  if (self->show_text == show_text)
    return;

  self->show_text = show_text;
  queue_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_TEXT]);
}

/** Returns: how many rows there are */
guint
td_token_list_get_n_rows (TdTokenList *self)
{
  g_return_val_if_fail (TD_IS_TOKEN_LIST (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

/**
 * td_token_list_show_cursor:
 * @self: the list
 *
 * Brings the token at the cursor of the document to the screen.
 */
void
td_token_list_show_cursor (TdTokenList *self)
{
  gsize token;
  gsize n_tokens;

  g_return_if_fail (TD_IS_TOKEN_LIST (self));

  update (self);
  if (get_selection (self, &token, &n_tokens) && token / TD_TOKENS_PER_ROW < td_token_list_get_n_rows (self))
    gtk_list_view_scroll_to (self->view, (guint) (token / TD_TOKENS_PER_ROW), GTK_LIST_SCROLL_NONE, NULL);
}
