/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-cursor-places.h"
#include "app/editor/td-row-places.h"
#include "app/editor/td-token-info.h"
#include "app/editor/td-token-painter.h"

#define CORNER_RADIUS 3
#define MIN_WIDTH 2

/* How far back the colour of a token that began on an earlier line is followed: such chains are as long as a run of
 * empty lines, and a wrong neighbour colour after this many of them is no harm. */
#define MAX_LINES_BACK 8

/* A band on one row of the screen, growing while units of the same token follow each other. */
typedef struct
{
  gsize token;
  guint color;
  gboolean starts_token;
  gboolean is_special;
  int x;
  int y;
  int width;
  int height;
} Band;

typedef struct
{
  const TdTokenPainter *painter;
  GtkSnapshot *snapshot;
  GArray *ticks;
  int line_y;

  /* the text */
  const char *text;
  gsize n_bytes;
  gsize visible_bytes; /* without the line end */
  gboolean right_to_left;
  gboolean simple;     /* one byte, one character, one place, from left to right */
  GtkTextIter start;

  /* the token at hand; the bytes count from the start of the text */
  TkTokenIter tokens;
  TkToken token;
  gssize token_start;
  gssize token_end;
  gboolean at_end;

  /* colours */
  gsize first_token; /* the first that begins on this line */
  guint first_color;
  guint continued_color;

  Band band;
  gboolean has_band;
  gsize drawn_token;
  gboolean has_drawn;
} Run;

/* Colours ---------------------------------------------------------------------------------------------------------- */

/*
 * A token's colour is its place among the tokens that begin on its line, so that an edit recolours one line and not the
 * rest of the document. Where a line opens with the rest of a token from above, the first of its own tokens takes care
 * to look different from that one.
 */
static void
find_line_colors (TdTextBuffer      *buffer,
                  const TkTokenMap  *map,
                  const GtkTextIter *line,
                  guint              depth,
                  gsize             *first_token,
                  guint             *first_color,
                  guint             *continued_color)
{
  gsize line_first = td_text_buffer_get_character (line);
  TkTokenIter tokens;
  TkToken token;
  GtkTextIter start;
  gsize above_first;
  guint above_color;
  guint above_continued;

  *first_token = 0;
  *first_color = 0;
  *continued_color = 0;

  if (!tk_token_map_seek_character (map, line_first, &tokens) || !tk_token_iter_next (&tokens, &token))
    return;

  *first_token = token.start.tokens;
  if (token.start.characters >= line_first)
    return;

  *first_token = token.start.tokens + 1;
  if (depth < MAX_LINES_BACK)
    {
      td_text_buffer_get_iter_at_character (buffer, &start, token.start.characters);
      gtk_text_iter_set_line_offset (&start, 0);
      find_line_colors (buffer, map, &start, depth + 1, &above_first, &above_color, &above_continued);
      *continued_color = token.start.tokens < above_first
                           ? above_continued
                           : (above_color + token.start.tokens - above_first) % TD_N_TOKEN_COLORS;
    }
  *first_color = *continued_color == 0 ? 1 : 0;
}

static guint
get_color (const Run *run)
{
  if (run->token.start.tokens < run->first_token)
    return run->continued_color;

  return (run->first_color + run->token.start.tokens - run->first_token) % TD_N_TOKEN_COLORS;
}

/* Bands ------------------------------------------------------------------------------------------------------------ */

static void
append_color (Run           *run,
              const GdkRGBA *color,
              float          x,
              float          y,
              float          width,
              float          height)
{
  gtk_snapshot_append_color (run->snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/* Ticks lie above all bands. */
static void
add_tick (Run   *run,
          float  x,
          float  y,
          float  height)
{
  graphene_rect_t tick = GRAPHENE_RECT_INIT (x, y, 1, height);

  g_array_append_val (run->ticks, tick);
}

/* Whether the token at hand is a special one, if all of its text is at hand. */
static gboolean
is_special (const Run *run)
{
  return run->token_start >= 0 && run->token_end <= (gssize) run->n_bytes &&
         td_token_is_special (tk_token_map_get_encoding (run->painter->map), run->text + run->token_start,
                              run->token.bytes);
}

/* An outline: a special token is told by more than its colour. */
static void
outline_band (Run                  *run,
              const GskRoundedRect *outline)
{
  const float widths[4] = { 1.5f, 1.5f, 1.5f, 1.5f };
  const GdkRGBA *color = &run->painter->palette->tick;
  const GdkRGBA colors[4] = { *color, *color, *color, *color };

  gtk_snapshot_append_border (run->snapshot, outline, widths, colors);
}

static void
flush_band (Run *run)
{
  const TdTokenPalette *palette = run->painter->palette;
  Band *band = &run->band;
  GskRoundedRect outline;

  if (!run->has_band)
    return;

  run->has_band = FALSE;

  if (band->width < MIN_WIDTH)
    {
      gboolean goes_on = band->token == run->token.start.tokens && !run->at_end;
      gboolean is_drawn = run->has_drawn && run->drawn_token == band->token;

      /* A space where the line wraps has no width, but its token shows elsewhere. What shows nowhere else (a joiner,
       * a mark for the direction) is a token all the same. */
      if (!goes_on && !is_drawn)
        add_tick (run, band->x, band->y, band->height);
      return;
    }

  run->drawn_token = band->token;
  run->has_drawn = TRUE;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (band->x, band->y, band->width, band->height),
                                   CORNER_RADIUS);
  gtk_snapshot_push_rounded_clip (run->snapshot, &outline);
  append_color (run, &palette->bands[band->color], band->x, band->y, band->width, band->height);
  gtk_snapshot_pop (run->snapshot);
  if (band->is_special)
    outline_band (run, &outline);

  if (run->painter->show_boundaries && band->starts_token)
    append_color (run, &palette->boundary,
                  run->right_to_left ? band->x + band->width - 1 : band->x, band->y, 1, band->height);
}

/* Adds a place on the screen to the token at hand. */
static void
add_place (Run                *run,
           const GdkRectangle *place,
           gboolean            starts_token)
{
  Band *band = &run->band;
  int y = place->y - run->line_y;

  if (run->has_band && band->y == y && band->height == place->height)
    {
      int gap_after = place->x - (band->x + band->width);
      int gap_before = band->x - (place->x + place->width);

      if (band->token == run->token.start.tokens)
        {
          if (ABS (gap_after) <= 1)
            {
              band->width = place->x + place->width - band->x;
              return;
            }
          if (ABS (gap_before) <= 1)
            {
              band->width += band->x - place->x;
              band->x = place->x;
              band->starts_token |= starts_token;
              return;
            }
        }
      /* Places are rounded to pixels; the bands of neighbours meet without a gap. */
      else if (ABS (gap_after) <= 1)
        {
          band->width = place->x - band->x;
        }
      else if (ABS (gap_before) <= 1)
        {
          band->x -= gap_before;
          band->width += gap_before;
        }
    }

  flush_band (run);
  *band = (Band) {
    .token = run->token.start.tokens,
    .color = get_color (run),
    .starts_token = starts_token,
    .is_special = is_special (run),
    .x = place->x,
    .y = y,
    .width = place->width,
    .height = place->height,
  };
  run->has_band = TRUE;
}

/* Tokens ----------------------------------------------------------------------------------------------------------- */

static void
next_token (Run *run)
{
  if (!tk_token_iter_next (&run->tokens, &run->token))
    {
      run->at_end = TRUE;
      return;
    }

  run->token_start = run->token_end;
  run->token_end = run->token_start + run->token.bytes;
}

static void
locate (const Run         *run,
        const GtkTextIter *iter,
        GdkRectangle      *place)
{
  gtk_text_view_get_iter_location (run->painter->view, iter, place);
  if (place->width < 0)
    {
      place->x += place->width;
      place->width = -place->width;
    }
}

/* The tokens that share the bytes from @start to @end, which are one unit on the screen: mostly one token, else the
 * parts of a split character, side by side with ticks where they meet. */
static void
add_unit (Run                *run,
          const GdkRectangle *place,
          gsize               start,
          gsize               end,
          gboolean            right_to_left)
{
  TkTokenIter saved_tokens;
  TkToken saved_token;
  gssize saved_start;
  gssize saved_end;
  int n_parts = 1;

  while (!run->at_end && run->token_end <= (gssize) start)
    next_token (run);
  if (run->at_end)
    return;

  saved_tokens = run->tokens;
  saved_token = run->token;
  saved_start = run->token_start;
  saved_end = run->token_end;
  while (!run->at_end && run->token_end < (gssize) end)
    {
      n_parts++;
      next_token (run);
    }
  run->tokens = saved_tokens;
  run->token = saved_token;
  run->token_start = saved_start;
  run->token_end = saved_end;
  run->at_end = FALSE;

  for (int i = 0; i < n_parts && !run->at_end; i++)
    {
      int from = place->width * i / n_parts;
      int to = place->width * (i + 1) / n_parts;
      GdkRectangle part = *place;

      part.x = right_to_left ? place->x + place->width - to : place->x + from;
      part.width = to - from;
      add_place (run, &part, run->token_start >= (gssize) start);

      if (i > 0)
        add_tick (run,
                  right_to_left ? part.x + part.width : part.x,
                  place->y - run->line_y + place->height * 2 / 3.f,
                  place->height / 3.f);

      if (i < n_parts - 1)
        next_token (run);
    }
}

/* Walks the units on the screen: characters together with what is drawn on them. */
static void
add_units (Run               *run,
           const GtkTextIter *first,
           gsize              start,
           gsize              end)
{
  g_autofree PangoLogAttr *attributes = run->simple ? NULL : td_cursor_places_find (run->text + start, end - start);
  const char *p = run->text + start;
  GtkTextIter iter = *first;
  gsize i = 0;

  while (p < run->text + end)
    {
      const char *q = p;
      gsize unit = i;
      gboolean right_to_left;
      GdkRectangle place;

      do
        {
          q = g_utf8_next_char (q);
          i++;
        }
      while (q < run->text + end && attributes != NULL && !attributes[i].is_cursor_position);

      gtk_text_view_get_iter_location (run->painter->view, &iter, &place);
      right_to_left = place.width < 0;
      if (right_to_left)
        {
          place.x += place.width;
          place.width = -place.width;
        }
      add_unit (run, &place, p - run->text, q - run->text, right_to_left);

      gtk_text_iter_forward_chars (&iter, (int) (i - unit));
      p = q;
    }
}

/* A row whose places are known: a token is one rectangle, but for characters that it shares with others. */
static void
add_regular_row (Run               *run,
                 gsize              start,
                 const TdRowPlaces *row)
{
  const TdRowRun *part = &g_array_index (row->runs, TdRowRun, 0);
  const TdRowRun *last_part = part + row->runs->len - 1;
  const char *p = run->text + start;
  const char *end = p + row->n_bytes;
  gsize i = 0;

  while (p < end)
    {
      gsize at = (gsize) (p - run->text);
      gsize first = i;
      gsize part_end;
      GdkRectangle place;
      const char *next;

      while (!run->at_end && run->token_end <= (gssize) at)
        next_token (run);
      if (run->at_end)
        return;

      while (part < last_part && part[1].first <= i)
        part++;
      part_end = part < last_part ? part[1].first : row->n_characters;
      for (next = g_utf8_next_char (p); i < part_end && next - run->text <= run->token_end; next = g_utf8_next_char (p))
        {
          p = next;
          i++;
        }

      place = (GdkRectangle) { .x = g_array_index (row->x, int, first), .y = part->y, .height = part->height };
      if (i > first)
        {
          place.width = g_array_index (row->x, int, i) - place.x;
          add_place (run, &place, run->token_start >= (gssize) at);
        }
      else
        {
          i++;
          place.width = g_array_index (row->x, int, i) - place.x;
          add_unit (run, &place, at, (gsize) (next - run->text), FALSE);
          p = next;
        }
    }
}

static void
add_rows (Run *run)
{
  g_auto (TdRowPlaces) row = { 0 };
  GtkTextIter iter = run->start;

  td_row_places_init (&row);
  for (gsize at = 0; at < run->visible_bytes; at += row.n_bytes)
    {
      td_row_places_measure (&row, run->painter->view, &iter, run->text + at, run->text + run->visible_bytes,
                             run->painter->advance);
      if (row.is_regular)
        add_regular_row (run, at, &row);
      else
        add_units (run, &iter, at, at + row.n_bytes);
      gtk_text_iter_forward_chars (&iter, (int) row.n_characters);
    }
}

/* Where letters are not as wide as each other: two places per token are enough, unless it is broken over two rows. */
static void
add_simple_tokens (Run *run)
{
  GtkTextIter iter = run->start;
  GdkRectangle place;
  gsize at = 0;

  locate (run, &iter, &place);

  while (!run->at_end && at < run->visible_bytes)
    {
      gsize end = MIN ((gsize) MAX (run->token_end, 0), run->visible_bytes);
      GtkTextIter first = iter;
      GdkRectangle next;

      if (run->token_end <= (gssize) at)
        {
          next_token (run);
          continue;
        }

      gtk_text_iter_forward_chars (&iter, (int) (end - at));
      locate (run, &iter, &next);

      if (next.y == place.y && next.x >= place.x)
        {
          place.width = next.x - place.x;
          add_place (run, &place, run->token_start >= (gssize) at);
        }
      else
        {
          add_units (run, &first, at, end);
        }

      place = next;
      at = end;
    }
}

/* A line end has no glyph; a stub shows which token holds it. */
static void
add_line_end (Run *run)
{
  GtkTextIter iter = run->start;
  GdkRectangle place;

  if (run->visible_bytes >= run->n_bytes)
    return;

  if (!gtk_text_iter_ends_line (&iter))
    gtk_text_iter_forward_to_line_end (&iter);
  locate (run, &iter, &place);
  place.width = run->painter->line_end_width;
  if (run->right_to_left)
    place.x -= place.width;

  add_unit (run, &place, run->visible_bytes, run->n_bytes, run->right_to_left);
}

static gboolean
is_right_to_left_letter (gunichar c)
{
  return (c >= 0x0590 && c <= 0x08FF) ||
         (c >= 0xFB1D && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFC) ||
         (c >= 0x10800 && c <= 0x10FFF) ||
         (c >= 0x1E800 && c <= 0x1EFFF);
}

/* The direction of a paragraph is that of its first letter. */
static gboolean
is_right_to_left (GtkTextView *view,
                  const char  *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        return is_right_to_left_letter (c);
    }

  return gtk_widget_get_direction (GTK_WIDGET (view)) == GTK_TEXT_DIR_RTL;
}

static gboolean
start_run (Run               *run,
           const GtkTextIter *line,
           const GtkTextIter *end)
{
  TdTextBuffer *buffer = run->painter->buffer;
  const TkTokenMap *map = run->painter->map;
  GtkTextIter visible_end = run->start;
  gsize first = td_text_buffer_get_character (&run->start);
  gsize n_characters = (gsize) (gtk_text_iter_get_offset (end) - gtk_text_iter_get_offset (&run->start));
  gsize before;

  run->n_bytes = strlen (run->text);
  run->visible_bytes = run->n_bytes;
  if (!gtk_text_iter_ends_line (&visible_end))
    gtk_text_iter_forward_to_line_end (&visible_end);
  if (gtk_text_iter_compare (&visible_end, end) < 0)
    {
      glong n_visible = gtk_text_iter_get_offset (&visible_end) - gtk_text_iter_get_offset (&run->start);

      run->visible_bytes = g_utf8_offset_to_pointer (run->text, n_visible) - run->text;
    }

  run->simple = n_characters == run->n_bytes;
  run->right_to_left = is_right_to_left (run->painter->view, run->text);
  /* A neutral line in a window from right to left. */
  run->simple &= !run->right_to_left;

  find_line_colors (buffer, map, line, 0, &run->first_token, &run->first_color, &run->continued_color);

  before = td_token_seek (buffer, map, first, &run->tokens);
  if (!tk_token_iter_next (&run->tokens, &run->token))
    return FALSE;

  run->token_start = (gssize) run->token.start.bytes - (gssize) before;
  run->token_end = run->token_start + run->token.bytes;

  return TRUE;
}

/**
 * td_token_painter_paint:
 * @painter: what to paint with
 * @line: the start of a line of the view's buffer
 * @line_y: where that line begins in buffer coordinates
 * @first: the first character of the line to paint, counted in the line
 * @end: the character of the line to stop before; may lie past its end
 *
 * Paints the bands of the tokens of one line, or of a part of it. The line end is part of the line, a soft break is not.
 *
 * Returns: (transfer full) (nullable): the bands, with y counted from @line_y, or %NULL if there are none
 */
GskRenderNode *
td_token_painter_paint (const TdTokenPainter *painter,
                        const GtkTextIter    *line,
                        int                   line_y,
                        guint                 first,
                        guint                 end)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_autofree char *text = NULL;
  Run run = { .painter = painter, .line_y = line_y, .ticks = ticks };
  GtkTextIter stop = *line;
  guint n_characters = (guint) gtk_text_iter_get_chars_in_line (line);

  /* A soft break at the end is no part of the text. */
  if (n_characters > 0)
    {
      gtk_text_iter_forward_chars (&stop, (int) n_characters - 1);
      n_characters -= td_text_buffer_is_soft_break (&stop) ? 1 : 0;
      stop = *line;
    }

  run.start = *line;
  end = MIN (end, n_characters);
  if (first >= end)
    return NULL;

  gtk_text_iter_forward_chars (&run.start, (int) first);
  gtk_text_iter_forward_chars (&stop, (int) end);
  /* The parts of a long line meet between units. */
  if (first > 0)
    td_cursor_places_move_to (&run.start);
  if (end < n_characters)
    td_cursor_places_move_to (&stop);
  if (gtk_text_iter_compare (&run.start, &stop) >= 0)
    return NULL;

  text = gtk_text_iter_get_slice (&run.start, &stop);
  run.text = text;
  if (!start_run (&run, line, &stop))
    return NULL;

  run.snapshot = gtk_snapshot_new ();
  if (run.right_to_left)
    add_units (&run, &run.start, 0, run.visible_bytes);
  else if (run.simple && painter->advance <= 0)
    add_simple_tokens (&run);
  else
    add_rows (&run);
  add_line_end (&run);
  run.at_end = TRUE;
  flush_band (&run);

  for (guint i = 0; i < ticks->len; i++)
    gtk_snapshot_append_color (run.snapshot, &painter->palette->tick, &g_array_index (ticks, graphene_rect_t, i));

  return gtk_snapshot_free_to_node (run.snapshot);
}
