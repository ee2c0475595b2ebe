/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-document-selection.h"

/* The one place where the side panel and the other views go from characters of the document to places in its buffer. */

/**
 * td_document_get_selection:
 * @self: the document
 * @first: (out): the first selected character
 * @end: (out): the character behind the selection
 *
 * Returns: whether anything is selected; if not, both are the place of the cursor
 */
gboolean
td_document_get_selection (TdDocument *self,
                           gsize      *first,
                           gsize      *end)
{
  GtkTextIter start;
  GtkTextIter stop;

  g_return_val_if_fail (TD_IS_DOCUMENT (self), FALSE);

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (td_document_get_buffer (self)), &start, &stop);
  *first = td_text_buffer_get_character (&start);
  *end = td_text_buffer_get_character (&stop);

  return *first < *end;
}

/**
 * td_document_select:
 * @self: the document
 * @first: the first character to select
 * @end: the character behind the selection; @first for none
 *
 * Selects a part of the text and puts the cursor at its end.
 */
void
td_document_select (TdDocument *self,
                    gsize       first,
                    gsize       end)
{
  TdTextBuffer *buffer;
  gsize n_characters;
  GtkTextIter start;
  GtkTextIter stop;

  g_return_if_fail (TD_IS_DOCUMENT (self));

  buffer = td_document_get_buffer (self);
  n_characters = td_text_buffer_get_n_characters (buffer);
  td_text_buffer_get_iter_at_character (buffer, &start, MIN (first, n_characters));
  td_text_buffer_get_iter_at_character (buffer, &stop, MIN (end, n_characters));
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (buffer), &stop, &start);
}

/**
 * td_document_dup_range:
 * @self: the document
 * @first: the first character of a range
 * @end: the character behind the range
 *
 * Returns: (transfer full): a copy of the text of the range
 */
GBytes *
td_document_dup_range (TdDocument *self,
                       gsize       first,
                       gsize       end)
{
  char *text;

  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);

  text = td_text_buffer_dup_text (td_document_get_buffer (self), first, end);

  return g_bytes_new_take (text, strlen (text));
}
