/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-cursor-places.h"

/* What pango sees of the text: enough for any cluster that people write. */
#define CLUSTER_BACK 64
#define CLUSTER_AHEAD 16

/*
 * Where a cursor may stand: between what people see as characters, which may be several code points each.
 *
 * GtkTextIter has functions for that, but they take the paragraph apart as a whole for every question: in one of 4,000
 * characters that is most of a millisecond, and a screen full of emoji or Hindi asks thousands of times.
 */

/**
 * td_cursor_places_find:
 * @text: a text that begins at a cursor place
 * @n_bytes: its length
 *
 * O(n).
 *
 * Returns: (transfer full): for each code point, and for the end, whether a cursor may stand before it, and more
 */
PangoLogAttr *
td_cursor_places_find (const char *text,
                       gsize       n_bytes)
{
  gsize n = (gsize) g_utf8_strlen (text, (gssize) n_bytes) + 1;
  PangoLogAttr *attributes = g_new0 (PangoLogAttr, n);

  pango_get_log_attrs (text, (int) n_bytes, -1, pango_language_get_default (), attributes, (int) n);

  return attributes;
}

/* Latin, Greek and Cyrillic letters, general punctuation, ideographs, kana: none joins the character before it. */
static gboolean
stands_alone (gunichar c)
{
  return (c >= 0x20 && c < 0x7F) ||
         (c >= 0xA1 && c <= 0x2AF && c != 0xAD) ||
         (c >= 0x384 && c <= 0x482) ||
         (c >= 0x48A && c <= 0x52F) ||
         (c >= 0x2010 && c <= 0x2027) ||
         (c >= 0x3041 && c <= 0x3096) ||
         (c >= 0x30A1 && c <= 0x30FF) ||
         (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0x9FFF);
}

/**
 * td_cursor_places_move_to:
 * @iter: a place in a text
 *
 * Moves @iter forward to the next cursor place of its line, unless it is at one. O(1).
 */
void
td_cursor_places_move_to (GtkTextIter *iter)
{
  g_autofree PangoLogAttr *attributes = NULL;
  g_autofree char *text = NULL;
  GtkTextIter start = *iter;
  GtkTextIter end = *iter;
  int n_before;
  int n_behind;

  if (gtk_text_iter_starts_line (iter) || gtk_text_iter_ends_line (iter))
    return;

  gtk_text_iter_backward_char (&start);
  if (stands_alone (gtk_text_iter_get_char (&start)) && stands_alone (gtk_text_iter_get_char (iter)))
    return;

  n_before = MIN (gtk_text_iter_get_line_offset (iter), CLUSTER_BACK);
  start = *iter;
  gtk_text_iter_backward_chars (&start, n_before);
  for (n_behind = 0; n_behind < CLUSTER_AHEAD && !gtk_text_iter_ends_line (&end); n_behind++)
    gtk_text_iter_forward_char (&end);

  text = gtk_text_iter_get_slice (&start, &end);
  attributes = td_cursor_places_find (text, strlen (text));
  for (int i = 0; i < n_behind && !attributes[n_before + i].is_cursor_position; i++)
    gtk_text_iter_forward_char (iter);
}
