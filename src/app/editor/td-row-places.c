/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "app/editor/td-row-places.h"

/*
 * Asking GTK where a character is takes longer the farther down its paragraph it is, and a screen has thousands of them.
 * In a font whose letters are all as wide as each other, and among ideographs, the places of a run of them follow from
 * those of its ends. Where they do not agree with the font, or where there are characters that may be anything, the row
 * is not regular, and every place has to be asked for.
 */

typedef enum
{
  KIND_OTHER,
  KIND_LETTER,
  KIND_IDEOGRAPH,
  KIND_WIDE_MARK, /* punctuation may come from another font than the ideographs around it */
  KIND_ALONE      /* as wide as it likes to be: tabs, symbols */
} Kind;

/* Characters of any kind but the first are one glyph each and written from left to right. */
static Kind
get_kind (gunichar c)
{
  if ((c >= 0x20 && c < 0x7F) ||
      (c >= 0xA1 && c <= 0x2AF && c != 0xAD) ||
      (c >= 0x384 && c <= 0x482) ||
      (c >= 0x48A && c <= 0x52F) ||
      (c >= 0x2010 && c <= 0x2027) ||
      (c >= 0x20A0 && c <= 0x20BF) ||
      (c >= 0x2500 && c <= 0x257F))
    return KIND_LETTER;

  if ((c >= 0x3041 && c <= 0x3096) ||
      (c >= 0x30A1 && c <= 0x30FF) ||
      (c >= 0x3400 && c <= 0x4DBF) ||
      (c >= 0x4E00 && c <= 0x9FFF) ||
      (c >= 0xAC00 && c <= 0xD7A3) ||
      (c >= 0xF900 && c <= 0xFAFF))
    return KIND_IDEOGRAPH;

  if ((c >= 0x3001 && c <= 0x3029) || (c >= 0xFF01 && c <= 0xFF60))
    return KIND_WIDE_MARK;

  if (c == '\t' || (c >= 0x2190 && c <= 0x23FF) || (c >= 0x2580 && c <= 0x25FF))
    return KIND_ALONE;

  return KIND_OTHER;
}

/* How many of the characters belong to the row that begins at @start. */
static void
find_end (TdRowPlaces       *self,
          GtkTextView       *view,
          const GtkTextIter *start,
          const char        *text,
          const char        *end)
{
  GtkTextIter next = *start;
  int n_characters = G_MAXINT;
  const char *p = text;

  if (gtk_text_view_forward_display_line (view, &next) &&
      gtk_text_iter_get_line (&next) == gtk_text_iter_get_line (start))
    n_characters = MAX (1, gtk_text_iter_get_offset (&next) - gtk_text_iter_get_offset (start));

  self->n_characters = 0;
  for (; p < end && self->n_characters < (gsize) n_characters; self->n_characters++)
    p = g_utf8_next_char (p);
  self->n_bytes = (gsize) (p - text);
}

/* Up to the last character that shows, which a blank where the view wraps does not; 0 if one may be anything. */
static gsize
count_shown (TdRowPlaces *self,
             const char  *text)
{
  gsize n_shown = 0;
  gsize i = 0;

  for (const char *p = text; i < self->n_characters; p = g_utf8_next_char (p), i++)
    {
      if (get_kind (g_utf8_get_char (p)) == KIND_OTHER)
        return 0;
      if (*p != ' ')
        n_shown = i + 1;
    }

  return n_shown;
}

static void
locate (GtkTextView       *view,
        const GtkTextIter *start,
        gsize              n_characters,
        GdkRectangle      *place)
{
  GtkTextIter iter = *start;

  gtk_text_iter_forward_chars (&iter, (int) n_characters);
  gtk_text_view_get_iter_location (view, &iter, place);
}

/* Fills in the places from @first, which is at @place, to @end, which is at @end_x; returns whether they are regular. */
static gboolean
fill_run (TdRowPlaces        *self,
          GtkTextView        *view,
          const GtkTextIter  *start,
          Kind                kind,
          gsize               first,
          gsize               end,
          const GdkRectangle *place,
          int                 end_x,
          double              advance)
{
  int *x = &g_array_index (self->x, int, 0);
  double width = (double) (end_x - place->x) / (double) (end - first);
  TdRowRun run = { first, place->y, place->height };
  const TdRowRun *last = self->runs->len > 0 ? &g_array_index (self->runs, TdRowRun, self->runs->len - 1) : NULL;
  GdkRectangle middle;

  if (place->width < 0 || end_x < place->x)
    return FALSE;
  if (kind == KIND_LETTER)
    {
      if (advance <= 0 || fabs (end_x - place->x - advance * (double) (end - first)) > 1)
        return FALSE;
      width = advance;
    }

  if (last == NULL || last->y != run.y || last->height != run.height)
    g_array_append_val (self->runs, run);
  x[first] = place->x;
  for (gsize i = first + 1; i < end; i++)
    x[i] = x[first] + (int) floor ((double) (i - first) * width + 0.5);
  x[end] = end_x;

  if (kind == KIND_LETTER || end - first < 4)
    return TRUE;

  locate (view, start, (first + end) / 2, &middle);

  return abs (x[(first + end) / 2] - middle.x) <= 1 && middle.y == place->y && middle.height == place->height;
}

static gboolean
fill_shown (TdRowPlaces       *self,
            GtkTextView       *view,
            const GtkTextIter *start,
            const char        *text,
            gsize              n_shown,
            double             advance)
{
  const char *p = text;
  GdkRectangle place;
  GdkRectangle next;
  gsize i = 0;

  gtk_text_view_get_iter_location (view, start, &place);
  while (i < n_shown)
    {
      Kind kind = get_kind (g_utf8_get_char (p));
      /* Blanks are of the font before them. */
      gboolean is_blank = *p == ' ';
      gsize first = i;
      int end_x;

      do
        {
          p = g_utf8_next_char (p);
          i++;
        }
      while (kind != KIND_ALONE && i < n_shown && get_kind (g_utf8_get_char (p)) == kind && (!is_blank || *p == ' '));

      locate (view, start, i < n_shown ? i : n_shown - 1, &next);
      end_x = i < n_shown ? next.x : next.x + next.width;
      if (next.width < 0 || !fill_run (self, view, start, kind, first, i, &place, end_x, advance))
        return FALSE;
      place = next;
    }

  return TRUE;
}

/* The blanks where the view wraps. */
static void
fill_rest (TdRowPlaces       *self,
           GtkTextView       *view,
           const GtkTextIter *start,
           gsize              n_shown)
{
  for (gsize i = n_shown; i < self->n_characters; i++)
    {
      const TdRowRun *last = &g_array_index (self->runs, TdRowRun, self->runs->len - 1);
      GdkRectangle place;
      TdRowRun run;

      locate (view, start, i, &place);
      run = (TdRowRun) { i, place.y, place.height };
      if (last->y != run.y || last->height != run.height)
        g_array_append_val (self->runs, run);
      g_array_index (self->x, int, i) = place.x;
      g_array_index (self->x, int, i + 1) = place.x + place.width;
    }
}

/**
 * td_row_places_init:
 * @self: a row, to be freed with td_row_places_clear()
 */
void
td_row_places_init (TdRowPlaces *self)
{
  *self = (TdRowPlaces) {
    .runs = g_array_new (FALSE, FALSE, sizeof (TdRowRun)),
    .x = g_array_new (FALSE, FALSE, sizeof (int)),
  };
}

/**
 * td_row_places_clear:
 * @self: a row
 */
void
td_row_places_clear (TdRowPlaces *self)
{
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->x, g_array_unref);
}

/**
 * td_row_places_get_advance:
 * @view: a view
 *
 * Returns: how wide a letter of its font is, in pixels, or 0 if they differ
 */
double
td_row_places_get_advance (GtkTextView *view)
{
  PangoContext *context;
  PangoFontMetrics *metrics;
  double advance;

  if (!gtk_text_view_get_monospace (view))
    return 0;

  context = gtk_widget_get_pango_context (GTK_WIDGET (view));
  metrics = pango_context_get_metrics (context, NULL, NULL);
  advance = (double) pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;
  pango_font_metrics_unref (metrics);

  return advance;
}

/**
 * td_row_places_measure:
 * @self: the row to fill in, which may be used for one row after the other
 * @view: the view
 * @start: a place in its text where a row begins, or in the middle of one
 * @text: the text there
 * @end: where that ends
 * @advance: see td_row_places_get_advance()
 *
 * Finds how much of @text is in the row, and where its characters are, if they are regular.
 */
void
td_row_places_measure (TdRowPlaces       *self,
                       GtkTextView       *view,
                       const GtkTextIter *start,
                       const char        *text,
                       const char        *end,
                       double             advance)
{
  gsize n_shown;

  self->is_regular = FALSE;
  find_end (self, view, start, text, end);
  n_shown = count_shown (self, text);
  if (n_shown < 3)
    return;

  g_array_set_size (self->runs, 0);
  g_array_set_size (self->x, (guint) self->n_characters + 1);
  if (!fill_shown (self, view, start, text, n_shown, advance))
    return;

  fill_rest (self, view, start, n_shown);
  self->is_regular = TRUE;
}
