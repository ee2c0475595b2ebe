/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-break-place.h"
#include "app/editor/td-text-buffer-private.h"

/* What the view's text has for a soft break: the one character that ends a paragraph for GTK and is no line end for
 * anything else here. That a document may have it too is no harm, since where the soft ones are stands in TdSoftBreaks. */
#define BREAK "\xE2\x80\xA9"

/* Text that comes in ----------------------------------------------------------------------------------------------- */

static const char *
find_line_end (const char *text,
               const char *end)
{
  for (const char *p = text; p < end; p++)
    {
      if (*p == '\n' || *p == '\r' || (*p == BREAK[0] && end - p >= 3 && p[1] == BREAK[1] && p[2] == BREAK[2]))
        return p;
    }

  return end;
}

/* Copies a part of a line that has @n_before characters of its piece before it. */
static void
append_in_pieces (TdTextBuffer *self,
                  GString      *broken,
                  gsize        *n_view,
                  const char   *text,
                  const char   *end,
                  gsize         n_before)
{
  gsize n_left = (gsize) g_utf8_strlen (text, end - text);

  while (n_before + n_left > TD_LONGEST_PIECE)
    {
      gsize wanted = n_before < TD_USUAL_PIECE ? TD_USUAL_PIECE - n_before : TD_USUAL_PIECE / 2;
      gsize n_piece;
      const char *place;

      if (wanted >= n_left)
        break;

      n_piece = td_break_place_find (text, (gsize) (end - text), wanted);
      place = g_utf8_offset_to_pointer (text, (glong) n_piece);
      g_string_append_len (broken, text, place - text);
      *n_view += n_piece;
      g_array_append_val (self->coming, *n_view);
      g_string_append (broken, BREAK);
      *n_view += 1;
      n_left -= n_piece;
      text = place;
      n_before = 0;
    }

  g_string_append_len (broken, text, end - text);
  *n_view += n_left;
}

/**
 * _td_text_buffer_add_breaks:
 * @self: the buffer
 * @iter: where the text goes
 * @text: what is inserted
 * @n_bytes: its length
 *
 * So that no paragraph is ever too long, not even for a moment, breaks are inserted together with the text. Where they
 * are in it is put into self->coming.
 *
 * Returns: (nullable): the text with breaks, or %NULL if it needs none
 */
GString *
_td_text_buffer_add_breaks (TdTextBuffer      *self,
                            const GtkTextIter *iter,
                            const char        *text,
                            gsize              n_bytes)
{
  const char *end = text + n_bytes;
  gsize n_before = (gsize) gtk_text_iter_get_line_offset (iter);
  GString *broken = NULL;
  const char *copied = text;
  const char *newline = text - 1;
  gsize n_view = 0;

  for (const char *p = text; p < end;)
    {
      const char *stop;
      const char *line_end;

      if (newline != NULL && newline < p)
        newline = memchr (p, '\n', (gsize) (end - p));
      stop = newline != NULL ? newline : end;

      /* Characters are at most as many as bytes, and most lines are short. */
      if (n_before + (gsize) (stop - p) <= TD_LONGEST_PIECE)
        {
          p = newline != NULL ? newline + 1 : end;
          n_before = 0;
          continue;
        }

      line_end = find_line_end (p, stop);
      if (n_before + (gsize) g_utf8_strlen (p, line_end - p) > TD_LONGEST_PIECE)
        {
          if (broken == NULL)
            broken = g_string_sized_new (n_bytes + n_bytes / TD_USUAL_PIECE * 3 + 3);
          g_string_append_len (broken, copied, p - copied);
          n_view += (gsize) g_utf8_strlen (copied, p - copied);
          append_in_pieces (self, broken, &n_view, p, line_end, n_before);
          copied = line_end;
        }
      p = line_end < end ? g_utf8_next_char (line_end) : end;
      n_before = 0;
    }

  if (broken != NULL)
    g_string_append_len (broken, copied, end - copied);

  return broken;
}

/**
 * _td_text_buffer_hide_break:
 * @self: the buffer
 * @view: where a break is in the view
 *
 * When the view shows blanks and line ends, it shall not show this one.
 */
void
_td_text_buffer_hide_break (TdTextBuffer *self,
                            gsize         view)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) view);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) view + 1);
  gtk_text_buffer_apply_tag (buffer, self->hidden, &start, &end);
}

/* After an edit ---------------------------------------------------------------------------------------------------- */

/* A change of the breaks alone changes no text that anybody could save. */
static void
change_break (TdTextBuffer *self,
              gsize         view,
              gboolean      add)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  gboolean modified = gtk_text_buffer_get_modified (buffer);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, (int) view);
  self->arranging = TRUE;
  if (add)
    {
      gtk_text_buffer_insert (buffer, &iter, BREAK, -1);
      _td_text_buffer_hide_break (self, view);
    }
  else
    {
      GtkTextIter end = iter;

      gtk_text_iter_forward_char (&end);
      gtk_text_buffer_delete (buffer, &iter, &end);
    }
  self->arranging = FALSE;
  if (!modified)
    gtk_text_buffer_set_modified (buffer, FALSE);
}

/* The piece that a place lies in: from behind the line end or break before it up to the one behind it. */
typedef struct
{
  GtkTextIter start;
  gsize first;
  gsize length;
  gboolean starts_soft;
  gboolean ends_soft;
} Piece;

static void
get_piece (TdTextBuffer *self,
           gsize         view,
           Piece        *piece)
{
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), &piece->start, (int) view);
  gtk_text_iter_set_line_offset (&piece->start, 0);
  end = piece->start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);

  piece->first = (gsize) gtk_text_iter_get_offset (&piece->start);
  piece->length = (gsize) gtk_text_iter_get_offset (&end) - piece->first;
  piece->starts_soft = piece->first > 0 && td_soft_breaks_is_break (self->breaks, piece->first - 1);
  piece->ends_soft = td_soft_breaks_is_break (self->breaks, piece->first + piece->length);
}

/* Moves the break before the piece if an edit has made it separate what belongs together. */
static gboolean
move_break (TdTextBuffer *self,
            const Piece  *piece)
{
  GtkTextIter before = piece->start;
  GtkTextIter stop = piece->start;
  g_autoptr (GString) text = NULL;
  g_autofree char *rest = NULL;
  Piece last;
  gsize place;

  /* The break itself lies between. */
  if (!gtk_text_iter_backward_chars (&before, 2) ||
      !td_break_place_is_inside (gtk_text_iter_get_char (&before), gtk_text_iter_get_char (&piece->start)))
    return FALSE;

  get_piece (self, piece->first - 1, &last);
  gtk_text_iter_forward_char (&before);
  text = g_string_new_take (gtk_text_iter_get_slice (&last.start, &before));
  gtk_text_iter_forward_chars (&stop, (int) piece->length);
  rest = gtk_text_iter_get_slice (&piece->start, &stop);
  g_string_append (text, rest);
  place = td_break_place_find (text->str, text->len, last.length);
  if (place == last.length)
    return FALSE;

  change_break (self, piece->first - 1, FALSE);
  change_break (self, last.first + place, TRUE);

  return TRUE;
}

static void
split_piece (TdTextBuffer *self,
             const Piece  *piece)
{
  GtkTextIter stop = piece->start;
  g_autofree char *text = NULL;

  gtk_text_iter_forward_chars (&stop, (int) piece->length);
  text = gtk_text_iter_get_slice (&piece->start, &stop);
  change_break (self, piece->first + td_break_place_find (text, strlen (text), piece->length / 2), TRUE);
}

/* Mends one thing about the piece; returns whether there was one. */
static gboolean
mend_piece (TdTextBuffer *self,
            const Piece  *piece)
{
  Piece next;

  if (piece->starts_soft && piece->length == 0)
    {
      change_break (self, piece->first - 1, FALSE);
      return TRUE;
    }

  if (piece->starts_soft && move_break (self, piece))
    return TRUE;

  if (piece->ends_soft && piece->length == 0)
    {
      change_break (self, piece->first, FALSE);
      return TRUE;
    }

  if (piece->length > TD_LONGEST_PIECE)
    {
      split_piece (self, piece);
      return TRUE;
    }

  if (piece->ends_soft)
    {
      get_piece (self, piece->first + piece->length + 1, &next);
      if (piece->length + next.length <= TD_USUAL_PIECE)
        {
          change_break (self, piece->first + piece->length, FALSE);
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * _td_text_buffer_arrange:
 * @self: the buffer
 * @first: the first character of the document that has changed
 * @end: the character behind the last
 *
 * Makes the breaks fit what an edit has left: no piece too long, none empty, no two that could be one, no break beside
 * a line end or inside of what is one character for people.
 */
void
_td_text_buffer_arrange (TdTextBuffer *self,
                         gsize         first,
                         gsize         end)
{
  gsize place = first;

  /* The piece before may be joined with the first that changed. */
  if (place > 0)
    place--;

  for (;;)
    {
      gsize view = td_soft_breaks_to_view (self->breaks, place);
      Piece piece;
      gsize next;

      get_piece (self, view, &piece);
      if (mend_piece (self, &piece))
        continue;

      next = td_soft_breaks_to_document (self->breaks, piece.first + piece.length) + (piece.ends_soft ? 0 : 1);
      /* Between CR and LF is still the same piece. */
      place = MAX (next, place + 1);
      if (place > end || place > td_text_buffer_get_n_characters (self))
        return;
    }
}

/* Whether the break at @document divides a match of @regex, none of which is longer than @n_characters; and where that
 * match begins. */
static gboolean
find_divided (TdTextBuffer *self,
              const GRegex *regex,
              gsize         n_characters,
              gsize         document,
              gsize        *start)
{
  gsize first = document > n_characters ? document - n_characters : 0;
  g_autofree char *text = td_text_buffer_dup_text (self, first, document + n_characters);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int start_byte;
      int end_byte;

      g_match_info_fetch_pos (match, 0, &start_byte, &end_byte);
      *start = first + (gsize) g_utf8_strlen (text, start_byte);
      if (*start < document && first + (gsize) g_utf8_strlen (text, end_byte) > document)
        return TRUE;
    }

  return FALSE;
}

/**
 * td_text_buffer_keep_together:
 * @self: the buffer
 * @text: what is searched for
 * @case_sensitive: whether its case matters
 *
 * Searches in the buffer do not find what a soft break divides. This moves every such break to where the match begins.
 * O(n) in the number of breaks.
 */
void
td_text_buffer_keep_together (TdTextBuffer *self,
                              const char   *text,
                              gboolean      case_sensitive)
{
  gsize n_characters = (gsize) g_utf8_strlen (text, -1);
  g_autofree char *escaped = NULL;
  g_autoptr (GRegex) regex = NULL;
  gsize found;

  g_return_if_fail (TD_IS_TEXT_BUFFER (self));

  if (n_characters < 2 || n_characters > TD_USUAL_PIECE / 2 || td_soft_breaks_get_n (self->breaks) == 0)
    return;

  escaped = g_regex_escape_string (text, -1);
  regex = g_regex_new (escaped, case_sensitive ? 0 : G_REGEX_CASELESS, 0, NULL);
  if (regex == NULL)
    return;

  for (gsize view = 0; td_soft_breaks_find_next (self->breaks, view, &found); view = found + 1)
    {
      gsize start;

      if (!find_divided (self, regex, n_characters, td_soft_breaks_to_document (self->breaks, found), &start))
        continue;

      change_break (self, found, FALSE);
      change_break (self, td_soft_breaks_to_view (self->breaks, start), TRUE);
    }
}
