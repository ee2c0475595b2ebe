/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-document-selection.h"
#include "app/editor/td-row-model.h"
#include "app/editor/td-token-list.h"
#include "app/editor/td-token-row.h"
#include "app/editor/td-token-spans.h"

/* More ids are left to the export. */
#define MOST_COPIED 200000

/* So many tokens are read from the text at a time. */
#define COPIED_AT_ONCE 4096

/**
 * TdTokenList:
 *
 * The tokens of a document one after the other, as ids or as texts with their ids, to be looked at; the text itself is
 * edited elsewhere. Only the rows on the screen exist, so it does not matter how many tokens there are. While it is not
 * on the screen it does nothing.
 *
 * A click on a token, or Enter on a row, chooses its text ("place-chosen" signal). Ctrl+C copies the ids of the selected
 * text, or of all of it.
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
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Rows ------------------------------------------------------------------------------------------------------------- */

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
  gtk_list_item_set_accessible_label (item, td_token_row_get_spoken (row));
}

static void
choose_tokens (TdTokenList *self,
               gsize        first,
               gsize        n_tokens)
{
  const TkTokenMap *map = td_document_get_token_map (self->document);
  TkTokenIter tokens;
  TkToken token;
  guint64 start;
  guint64 end;

  if (map == NULL || !tk_token_map_seek_token (map, first, &tokens) || !tk_token_iter_next (&tokens, &token))
    return;

  /* A part of a character stands for the whole of it. */
  start = token.start.characters;
  if (token.characters == 0 && start > 0)
    start--;
  end = token.start.characters + token.characters;
  while (--n_tokens > 0 && tk_token_iter_next (&tokens, &token))
    end = token.start.characters + token.characters;
  g_signal_emit (self, signals[SIGNAL_PLACE_CHOSEN], 0, start, MAX (end, start + 1));
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             gpointer         user_data)
{
  TdTokenList *self = user_data;
  TdTokenRow *row = TD_TOKEN_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
  gsize token;

  if (td_token_row_pick (row, x, y, &token))
    choose_tokens (self, token, 1);
}

static void
setup_cb (TdTokenList *self,
          GtkListItem *item)
{
  GtkWidget *row = td_token_row_new ();
  GtkGesture *gesture = gtk_gesture_click_new ();

  g_signal_connect_object (gesture, "released", G_CALLBACK (released_cb), self, 0);
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

static void
activate_cb (TdTokenList *self,
             guint        position)
{
  choose_tokens (self, (gsize) position * TD_TOKENS_PER_ROW, TD_TOKENS_PER_ROW);
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
td_token_list_map (GtkWidget *widget)
{
  TdTokenList *self = TD_TOKEN_LIST (widget);

  GTK_WIDGET_CLASS (td_token_list_parent_class)->map (widget);

  queue_update (self);
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_token_list_dispose (GObject *object)
{
  TdTokenList *self = TD_TOKEN_LIST (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
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
  gsize token = 0;
  gsize n_tokens;
  gsize first;
  gsize end;

  if (map == NULL)
    return;

  n_tokens = tk_token_map_get_total (map).tokens;
  if (td_document_get_selection (self->document, &first, &end))
    td_document_find_tokens (self->document, encoding, first, end, &token, &n_tokens);

  /* What takes long is the business of the export, which does it beside the window. */
  if (n_tokens > MOST_COPIED)
    {
      gtk_widget_activate_action (widget, "win.export", NULL);
      return;
    }

  for (gsize last = token + n_tokens; token < last; token += COPIED_AT_ONCE)
    {
      g_autoptr (TdTokenSpans) spans = td_document_dup_token_spans (self->document, encoding, token,
                                                                    MIN (COPIED_AT_ONCE, last - token));
      const char *p = spans->bytes;

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

  gtk_widget_class_install_action (widget_class, "token-list.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "token-list.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, "token-list.copy", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "td-token-list");
}

static void
td_token_list_init (TdTokenList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection;

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
  gsize first;
  gsize end;
  gsize token;
  gsize n_tokens;

  g_return_if_fail (TD_IS_TOKEN_LIST (self));

  update (self);
  td_document_get_selection (self->document, &first, &end);
  if (td_document_find_tokens (self->document, td_document_get_encoding (self->document), first, first + 1,
                               &token, &n_tokens) && n_tokens > 0)
    gtk_list_view_scroll_to (self->view, (guint) (token / TD_TOKENS_PER_ROW), GTK_LIST_SCROLL_NONE, NULL);
}
