/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-encodings-page.h"
#include "app/editor/td-encodings.h"

/* Characters of the preview: more than it can show in a wide panel. */
#define PREVIEW_CHARACTERS 240

/**
 * TdEncodingsPage:
 *
 * The text of a document in all encodings, one beside the other: how many tokens it is in each and how its start, or
 * what is selected, is split. The radio button of an encoding makes it the one that the editor paints with.
 *
 * Nothing is counted here: the document keeps the tokens of all encodings. While the page is not on the screen it does
 * nothing at all.
 *
 * Keys: the arrows go from one encoding to the next, as in every group of radio buttons.
 */
struct _TdEncodingsPage
{
  GtkWidget parent_instance;

  /* owned */
  TdDocument *document;
  TdEncodingRow *rows[TK_N_ENCODINGS]; /* borrowed from the list, by encoding */
  guint update_source;

  /* template */
  GtkWidget *scrolled_window;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TdEncodingsPage, td_encodings_page, GTK_TYPE_WIDGET)

/* The newest first, and what is made of one vocabulary together. */
static const TkEncodingId order[] = {
  TK_ENCODING_O200K_BASE, TK_ENCODING_O200K_HARMONY, TK_ENCODING_CL100K_BASE, TK_ENCODING_P50K_BASE,
  TK_ENCODING_P50K_EDIT, TK_ENCODING_R50K_BASE, TK_ENCODING_GPT2,
};

G_STATIC_ASSERT (G_N_ELEMENTS (order) == TK_N_ENCODINGS);

/* Encodings whose counts are always those of another are left out unless the editor uses one of them. With special
 * tokens two more have counts of their own. */
static gboolean
is_shown (TdEncodingsPage *self,
          TkEncodingId     encoding)
{
  TkSpecialMode special = td_document_get_parse_special (self->document) ? TK_SPECIAL_PARSE : TK_SPECIAL_AS_TEXT;

  return td_vocabulary_get_encoding (td_vocabulary_with_special (encoding, special)) == encoding ||
         td_document_get_encoding (self->document) == encoding;
}

static void
get_preview_range (TdEncodingsPage *self,
                   gsize           *first,
                   gsize           *end)
{
  GtkTextIter start;
  GtkTextIter stop;

  *first = 0;
  *end = td_document_get_n_characters (self->document);
  if (gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (td_document_get_buffer (self->document)), &start, &stop))
    {
      *first = td_text_buffer_get_character (&start);
      *end = td_text_buffer_get_character (&stop);
    }
  *end = MIN (*end, *first + PREVIEW_CHARACTERS);
}

static void
update (TdEncodingsPage *self)
{
  TdEncodingFigures figures[TK_N_ENCODINGS] = { 0 };
  guint64 fewest = G_MAXUINT64;
  guint64 most = 0;
  gboolean all_known = TRUE;
  gsize first;
  gsize end;

  for (TkEncodingId i = 0; i < TK_N_ENCODINGS; i++)
    {
      figures[i].is_known = td_document_get_token_count (self->document, i, &figures[i].n_tokens);
      figures[i].has_failed = td_document_get_error (self->document) != NULL;
      figures[i].n_characters = td_document_get_n_characters (self->document);
      figures[i].n_bytes = td_document_get_n_bytes (self->document);
      if (!is_shown (self, i))
        continue;

      all_known &= figures[i].is_known;
      fewest = MIN (fewest, figures[i].n_tokens);
      most = MAX (most, figures[i].n_tokens);
    }

  get_preview_range (self, &first, &end);
  for (TkEncodingId i = 0; i < TK_N_ENCODINGS; i++)
    {
      g_autoptr (TdTokenSpans) spans = NULL;

      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), is_shown (self, i));
      if (!is_shown (self, i))
        continue;

      figures[i].fewest = all_known ? fewest : 0;
      figures[i].most = all_known ? most : 0;
      td_encoding_row_set_figures (self->rows[i], &figures[i]);

      /* What was seen last stays until there is something newer to see. */
      spans = td_document_dup_character_spans (self->document, i, first, end);
      if (spans != NULL)
        td_encoding_row_set_spans (self->rows[i], spans);
    }
}

static gboolean
update_cb (gpointer user_data)
{
  TdEncodingsPage *self = user_data;

  self->update_source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);

  return G_SOURCE_REMOVE;
}

/* Once for all edits and movements of one turn of the main loop. */
static void
queue_update (TdEncodingsPage *self)
{
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update_cb, self, NULL);
}

static void
mark_set_cb (TdEncodingsPage *self,
             GtkTextIter     *place,
             GtkTextMark     *mark)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));

  if (mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer))
    queue_update (self);
}

static void
notify_encoding_cb (TdEncodingsPage *self)
{
  TdEncodingRow *row = self->rows[td_document_get_encoding (self->document)];

  gtk_check_button_set_active (td_encoding_row_get_check (row), TRUE);
  queue_update (self);
}

static void
notify_active_cb (TdEncodingsPage *self,
                  GParamSpec      *pspec,
                  GtkCheckButton  *check)
{
  if (!gtk_check_button_get_active (check))
    return;

  for (TkEncodingId i = 0; i < TK_N_ENCODINGS; i++)
    {
      if (td_encoding_row_get_check (self->rows[i]) == check)
        td_document_set_encoding (self->document, i);
    }
}

static void
row_activated_cb (TdEncodingsPage *self,
                  TdEncodingRow   *row)
{
  gtk_check_button_set_active (td_encoding_row_get_check (row), TRUE);
}

static void
td_encodings_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (td_encodings_page_parent_class)->map (widget);

  update (TD_ENCODINGS_PAGE (widget));
}

static void
td_encodings_page_dispose (GObject *object)
{
  TdEncodingsPage *self = TD_ENCODINGS_PAGE (object);

  if (self->document != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->document, self);
      g_signal_handlers_disconnect_by_data (td_document_get_buffer (self->document), self);
    }
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_ENCODINGS_PAGE);

  G_OBJECT_CLASS (td_encodings_page_parent_class)->dispose (object);
}

static void
td_encodings_page_class_init (TdEncodingsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_encodings_page_dispose;
  widget_class->map = td_encodings_page_map;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-encodings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdEncodingsPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, TdEncodingsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "td-encodings-page");
}

static void
td_encodings_page_init (TdEncodingsPage *self)
{
  GtkCheckButton *group = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      GtkWidget *row = td_encoding_row_new (order[i]);
      GtkCheckButton *check = td_encoding_row_get_check (TD_ENCODING_ROW (row));

      gtk_check_button_set_group (check, group);
      group = check;
      gtk_list_box_append (self->list, row);
      self->rows[order[i]] = TD_ENCODING_ROW (row);
    }
}

/**
 * td_encodings_page_new:
 * @document: the document whose encodings to show and to choose from
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
td_encodings_page_new (TdDocument *document)
{
  TdEncodingsPage *self = g_object_new (TD_TYPE_ENCODINGS_PAGE, NULL);

  g_return_val_if_fail (TD_IS_DOCUMENT (document), NULL);

  self->document = g_object_ref (document);
  notify_encoding_cb (self);
  for (TkEncodingId i = 0; i < TK_N_ENCODINGS; i++)
    g_signal_connect_object (td_encoding_row_get_check (self->rows[i]), "notify::active",
                             G_CALLBACK (notify_active_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "counts-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::encoding", G_CALLBACK (notify_encoding_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_document_get_buffer (document), "mark-set", G_CALLBACK (mark_set_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * td_encodings_page_get_row:
 * @self: the page
 * @encoding: an encoding
 *
 * Returns: (transfer none): its row, which may be hidden
 */
TdEncodingRow *
td_encodings_page_get_row (TdEncodingsPage *self,
                           TkEncodingId     encoding)
{
  g_return_val_if_fail (TD_IS_ENCODINGS_PAGE (self), NULL);
  g_return_val_if_fail (encoding < TK_N_ENCODINGS, NULL);

  return self->rows[encoding];
}
