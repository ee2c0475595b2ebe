/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/editor/td-row-places.h"
#include "app/editor/td-token-painter.h"
#include "app/editor/td-token-view-private.h"

/* Lines longer than this many characters are painted, and kept, in parts of this size. */
#define PART_CHARACTERS 512

/* Time for making bands in one frame. What is not done by then is painted in the next frames. */
#define FRAME_MICROSECONDS 6000

/* The bands of a TdTokenView: what is kept of them, and drawing. */

/* What is kept ---------------------------------------------------------------------------------------------------- */

void
_td_token_view_forget_all (TdTokenView *self)
{
  td_token_cache_clear (self->cache);
  self->n_lines = gtk_text_buffer_get_line_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)));
  self->painted = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_td_token_view_forget_lines (TdTokenView *self,
                             int          first,
                             int          last,
                             int          n_added)
{
  td_token_cache_forget_lines (self->cache, first, last, n_added);
  self->painted = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Whether a token from above reaches into the line. */
static gboolean
opens_with_rest_of_token (TdTokenView       *self,
                          const GtkTextIter *line)
{
  gsize known_end;
  const TkTokenMap *map = td_document_get_painted_tokens (self->document, &known_end);
  gsize first = td_text_buffer_get_character (line);
  TkTokenIter tokens;
  TkToken token;

  return map != NULL &&
         tk_token_map_seek_character (map, first, &tokens) &&
         tk_token_iter_next (&tokens, &token) &&
         token.start.characters < first;
}

void
_td_token_view_tokens_changed_cb (TdTokenView *self,
                                  guint        first,
                                  guint        n_characters)
{
  TdTextBuffer *buffer = td_document_get_buffer (self->document);
  int n_lines = gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer));
  GtkTextIter start;
  GtkTextIter end;

  if (n_characters == G_MAXUINT)
    {
      _td_token_view_forget_all (self);
      return;
    }

  td_text_buffer_get_iter_at_character (buffer, &start, first);
  td_text_buffer_get_iter_at_character (buffer, &end, (gsize) first + n_characters);

  /* The colours of a line depend on those above only where a token reaches over the line end. */
  while (gtk_text_iter_forward_line (&end) && opens_with_rest_of_token (self, &end))
    ;
  _td_token_view_forget_lines (self, gtk_text_iter_get_line (&start), gtk_text_iter_get_line (&end),
                               n_lines - self->n_lines);
  self->n_lines = n_lines;
}

/* Drawing --------------------------------------------------------------------------------------------------------- */

static gboolean
repaint_cb (GtkWidget     *widget,
            GdkFrameClock *frame_clock,
            gpointer       user_data)
{
  TdTokenView *self = TD_TOKEN_VIEW (widget);

  self->repaint_tick = 0;
  gtk_widget_queue_draw (widget);

  return G_SOURCE_REMOVE;
}

/* Pango shapes a sample for that, which is too much to do it for every frame. */
static void
measure_font (TdTokenView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics;
  int width;

  if (self->line_end_width >= 0)
    return;

  metrics = pango_context_get_metrics (context, NULL, NULL);
  width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics)) * 2 / 3;
  pango_font_metrics_unref (metrics);

  self->line_end_width = MAX (width, 3);
  self->advance = td_row_places_get_advance (GTK_TEXT_VIEW (self));
}

/* Returns whether there was time for it. */
static gboolean
draw_part (TdTokenView          *self,
           const TdTokenPainter *painter,
           GtkSnapshot          *snapshot,
           const GtkTextIter    *line,
           guint                 index,
           const TdLineLook     *look,
           gint64                deadline)
{
  int number = gtk_text_iter_get_line (line);
  GskRenderNode *node;

  self->n_shown++;
  if (!td_token_cache_lookup (self->cache, number, index, look, &node))
    {
      guint first = 0;
      guint end = G_MAXUINT;

      if (g_get_monotonic_time () > deadline)
        return FALSE;

      if (gtk_text_iter_get_chars_in_line (line) > PART_CHARACTERS)
        {
          first = index * PART_CHARACTERS;
          end = first + PART_CHARACTERS;
        }
      node = td_token_painter_paint (painter, line, look->y, first, end);
      td_token_cache_insert (self->cache, number, index, look, node);
    }

  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);

  return TRUE;
}

/* Returns whether everything of the line that shows was drawn. */
static gboolean
draw_line (TdTokenView          *self,
           const TdTokenPainter *painter,
           GtkSnapshot          *snapshot,
           const GtkTextIter    *line,
           const GdkRectangle   *visible,
           gint64                deadline)
{
  guint n_characters = (guint) gtk_text_iter_get_chars_in_line (line);
  guint first = 0;
  guint last = 0;
  gboolean complete = TRUE;
  GdkRectangle start_place;
  TdLineLook look;

  gtk_text_view_get_line_yrange (painter->view, line, &look.y, &look.height);
  gtk_text_view_get_iter_location (painter->view, line, &start_place);
  look.x = start_place.x;

  if (n_characters > PART_CHARACTERS)
    {
      GtkTextIter start = *line;
      GtkTextIter end = *line;

      if (look.y < visible->y)
        gtk_text_view_get_iter_at_location (painter->view, &start, visible->x, visible->y);
      if (look.y + look.height > visible->y + visible->height)
        gtk_text_view_get_iter_at_location (painter->view, &end,
                                            visible->x + visible->width, visible->y + visible->height);
      else if (!gtk_text_iter_ends_line (&end))
        gtk_text_iter_forward_to_line_end (&end);

      first = (guint) gtk_text_iter_get_line_offset (&start) / PART_CHARACTERS;
      last = MIN ((guint) gtk_text_iter_get_line_offset (&end), n_characters - 1) / PART_CHARACTERS;
    }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, look.y));
  for (guint i = first; i <= last; i++)
    complete &= draw_part (self, painter, snapshot, line, i, &look, deadline);
  gtk_snapshot_restore (snapshot);

  return complete;
}

static void
draw_tokens (TdTokenView *self,
             GtkSnapshot *snapshot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  AdwStyleManager *style_manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  gboolean high_contrast = adw_style_manager_get_high_contrast (style_manager);
  gint64 deadline = g_get_monotonic_time () + FRAME_MICROSECONDS;
  gboolean complete = TRUE;
  gsize known_end;
  GdkRectangle visible;
  GtkTextIter line;
  int first_line;
  int y;
  TdTokenPainter painter = {
    .view = view,
    .buffer = td_document_get_buffer (self->document),
    .map = td_document_get_painted_tokens (self->document, &known_end),
    .palette = td_token_palette_get (adw_style_manager_get_dark (style_manager), high_contrast),
    .show_boundaries = self->show_boundaries || high_contrast,
  };

  if (painter.map == NULL)
    return;

  measure_font (self);
  painter.line_end_width = self->line_end_width;
  painter.advance = self->advance;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &line, visible.y, NULL);
  first_line = gtk_text_iter_get_line (&line);
  self->n_shown = 0;

  do
    {
      gtk_text_view_get_line_yrange (view, &line, &y, NULL);
      if (y >= visible.y + visible.height)
        break;

      complete &= draw_line (self, &painter, snapshot, &line, &visible, deadline);
    }
  while (gtk_text_iter_forward_line (&line));

  td_token_cache_keep_near (self->cache, first_line, gtk_text_iter_get_line (&line), self->n_shown);

  self->painted = complete && td_text_buffer_get_character (&line) <= known_end;
  if (!complete && self->repaint_tick == 0)
    self->repaint_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), repaint_cb, NULL, NULL);
}

static void
draw_placeholder (TdTokenView *self,
                  GtkSnapshot *snapshot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GdkRectangle place;
  GtkTextIter start;
  GdkRGBA color;

  if (self->placeholder_layout == NULL)
    self->placeholder_layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->placeholder_text);

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (view), &start);
  gtk_text_view_get_iter_location (view, &start, &place);
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= 0.55f;

  pango_layout_set_width (self->placeholder_layout,
                          MAX (0, visible.width - 2 * gtk_text_view_get_left_margin (view)) * PANGO_SCALE);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (gtk_text_view_get_left_margin (view), place.y));
  gtk_snapshot_append_layout (snapshot, self->placeholder_layout, &color);
  gtk_snapshot_restore (snapshot);
}

/**
 * _td_token_view_draw:
 * @self: the view
 * @snapshot: what to draw on, in the coordinates of the buffer
 *
 * Draws the bands of the lines that show, or the placeholder of an empty text.
 */
void
_td_token_view_draw (TdTokenView *self,
                     GtkSnapshot *snapshot)
{
  if (td_document_get_n_characters (self->document) > 0)
    draw_tokens (self, snapshot);
  else if (self->placeholder_text != NULL && !self->has_preedit)
    draw_placeholder (self, snapshot);
}
