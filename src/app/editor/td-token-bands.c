/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-token-bands.h"
#include "app/editor/td-token-info.h"

#define CORNER_RADIUS 3.0
#define OUTLINE_WIDTH 1.5

/* A band on one row, growing while units of the same token follow each other. */
typedef struct
{
  gsize token;
  gboolean starts_token;
  gboolean is_special;
  double x;
  double y;
  double width;
  double height;
} Band;

struct _TdTokenBands
{
  GArray *bands; /* of Band, in the order of the tokens */
  GArray *ticks; /* of Band, inside characters that tokens share */
  guint first_color;
};

/* Where the walk over the text stands. */
typedef struct
{
  TdTokenBands *bands;
  const TkEncoding *encoding; /* nullable */
  const char *text;
  const guint32 *lengths;
  gsize n_tokens;
  gsize token;
  gsize token_start; /* in bytes of the text */
} Walk;

static gsize
get_token_end (const Walk *walk)
{
  return walk->token_start + walk->lengths[walk->token];
}

static void
next_token (Walk *walk)
{
  walk->token_start = get_token_end (walk);
  walk->token++;
}

static gboolean
is_special (const Walk *walk)
{
  return walk->encoding != NULL &&
         td_token_is_special (walk->encoding, walk->text + walk->token_start, walk->lengths[walk->token]);
}

static void
add_place (Walk   *walk,
           double  x,
           double  y,
           double  width,
           double  height,
           gsize   start)
{
  GArray *array = walk->bands->bands;
  Band *last = array->len > 0 ? &g_array_index (array, Band, array->len - 1) : NULL;
  Band band = { walk->token, start <= walk->token_start, FALSE, x, y, width, height };

  if (width <= 0)
    return;

  if (last != NULL && last->token == walk->token && last->y == y && last->height == height)
    {
      if (ABS (last->x + last->width - x) < 1)
        {
          last->width = x + width - last->x;
          return;
        }
      if (ABS (x + width - last->x) < 1)
        {
          last->width += last->x - x;
          last->x = x;
          return;
        }
    }

  band.is_special = is_special (walk);
  g_array_append_val (array, band);
}

/* The tokens that share the bytes from @start to @end, which are one unit on the screen. */
static void
add_unit (Walk   *walk,
          gsize   start,
          gsize   end,
          double  x,
          double  y,
          double  width,
          double  height,
          gboolean right_to_left)
{
  gsize n_parts = 0;
  gsize part_end = 0;

  while (walk->token < walk->n_tokens && get_token_end (walk) <= start)
    next_token (walk);

  part_end = walk->token_start;
  for (gsize i = walk->token; i < walk->n_tokens && part_end < end; i++)
    {
      part_end += walk->lengths[i];
      n_parts++;
    }

  for (gsize i = 0; i < n_parts; i++)
    {
      double from = width * i / n_parts;
      double to = width * (i + 1) / n_parts;
      double left = right_to_left ? x + width - to : x + from;

      add_place (walk, left, y, to - from, height, start);
      if (i > 0)
        {
          double edge = right_to_left ? left + to - from : left;
          Band tick = { walk->token, FALSE, FALSE, edge, y + height * 2 / 3, 1, height / 3 };

          g_array_append_val (walk->bands->ticks, tick);
        }
      if (i + 1 < n_parts)
        next_token (walk);
    }
}

/**
 * td_token_bands_new:
 * @layout: a text that is laid out
 * @encoding: (nullable): whose tokens they are, to tell special ones, which get an outline; %NULL if there are none
 * @lengths: (array length=n_tokens): the bytes of its tokens one after the other, together its whole text
 * @n_tokens: how many there are
 * @first_color: the colour of the first of them
 * @line_end_width: the width, in pixels, of the stub that stands for a line end; 0 for none
 *
 * A character that several tokens share is divided between them, with ticks where they meet; no boundary is lost.
 * Places are in pixels, from the layout's origin. Costs O(n × rows).
 *
 * Returns: (transfer full): the bands
 */
TdTokenBands *
td_token_bands_new (PangoLayout      *layout,
                    const TkEncoding *encoding,
                    const guint32    *lengths,
                    gsize             n_tokens,
                    guint             first_color,
                    double            line_end_width)
{
  TdTokenBands *self = g_new0 (TdTokenBands, 1);
  const char *text = pango_layout_get_text (layout);
  Walk walk = { .bands = self, .encoding = encoding, .text = text, .lengths = lengths, .n_tokens = n_tokens };
  const PangoLogAttr *attrs;
  const char *p = text;
  int n_attrs;

  self->bands = g_array_new (FALSE, FALSE, sizeof (Band));
  self->ticks = g_array_new (FALSE, FALSE, sizeof (Band));
  self->first_color = first_color;
  attrs = pango_layout_get_log_attrs_readonly (layout, &n_attrs);

  for (int i = 0; *p != '\0';)
    {
      const char *q = p;
      PangoRectangle place;
      double width;

      do
        {
          q = g_utf8_next_char (q);
          i++;
        }
      while (*q != '\0' && i < n_attrs && !attrs[i].is_cursor_position);

      pango_layout_index_to_pos (layout, (int) (p - text), &place);
      width = ABS (place.width) / (double) PANGO_SCALE;
      if (*p == '\n' || *p == '\r')
        width = line_end_width;
      add_unit (&walk, p - text, q - text,
                MIN (place.x, place.x + place.width) / (double) PANGO_SCALE, place.y / (double) PANGO_SCALE,
                width, place.height / (double) PANGO_SCALE, place.width < 0);
      p = q;
    }

  return self;
}

/**
 * td_token_bands_free:
 * @self: (transfer full): the bands
 */
void
td_token_bands_free (TdTokenBands *self)
{
  g_array_unref (self->bands);
  g_array_unref (self->ticks);
  g_free (self);
}

/** Returns: how many bands there are; a token that wraps has several */
gsize
td_token_bands_get_n (TdTokenBands *self)
{
  return self->bands->len;
}

/** Returns: how many boundaries lie inside characters */
gsize
td_token_bands_get_n_ticks (TdTokenBands *self)
{
  return self->ticks->len;
}

/**
 * td_token_bands_get:
 * @self: the bands
 * @index: which
 * @place: (out): where it lies, in pixels
 * @token: (out): the index of its token among those given
 * @is_special: (out): whether that is a special token
 */
void
td_token_bands_get (TdTokenBands    *self,
                    gsize            index,
                    graphene_rect_t *place,
                    gsize           *token,
                    gboolean        *is_special)
{
  const Band *band = &g_array_index (self->bands, Band, index);

  graphene_rect_init (place, band->x, band->y, band->width, band->height);
  *token = band->token;
  *is_special = band->is_special;
}

static const GdkRGBA *
get_color (TdTokenBands         *self,
           const TdTokenPalette *palette,
           const Band           *band)
{
  return &palette->bands[(self->first_color + band->token) % TD_N_TOKEN_COLORS];
}

/**
 * td_token_bands_snapshot:
 * @self: the bands
 * @snapshot: what to draw into
 * @palette: the colours
 * @show_boundaries: whether to draw a line where each token begins
 */
void
td_token_bands_snapshot (TdTokenBands         *self,
                         GtkSnapshot          *snapshot,
                         const TdTokenPalette *palette,
                         gboolean              show_boundaries)
{
  for (guint i = 0; i < self->bands->len; i++)
    {
      const Band *band = &g_array_index (self->bands, Band, i);
      graphene_rect_t place = GRAPHENE_RECT_INIT (band->x, band->y, band->width, band->height);
      GskRoundedRect outline;

      gsk_rounded_rect_init_from_rect (&outline, &place, CORNER_RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, get_color (self, palette, band), &place);
      gtk_snapshot_pop (snapshot);
      if (band->is_special)
        gtk_snapshot_append_border (snapshot, &outline,
                                    (float[4]) { OUTLINE_WIDTH, OUTLINE_WIDTH, OUTLINE_WIDTH, OUTLINE_WIDTH },
                                    (GdkRGBA[4]) { palette->tick, palette->tick, palette->tick, palette->tick });
      if (show_boundaries && band->starts_token)
        gtk_snapshot_append_color (snapshot, &palette->boundary,
                                   &GRAPHENE_RECT_INIT (band->x, band->y, 1, band->height));
    }

  for (guint i = 0; i < self->ticks->len; i++)
    {
      const Band *tick = &g_array_index (self->ticks, Band, i);

      gtk_snapshot_append_color (snapshot, &palette->tick,
                                 &GRAPHENE_RECT_INIT (tick->x, tick->y, tick->width, tick->height));
    }
}

static void
fill (cairo_t       *cr,
      const GdkRGBA *color,
      const Band    *band,
      double         width)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_rectangle (cr, band->x, band->y, width, band->height);
  cairo_fill (cr);
}

/* The path of a band, or of one that is smaller by @inset on each side. */
static void
trace_rounded (cairo_t    *cr,
               const Band *band,
               double      inset)
{
  double left = band->x + inset;
  double top = band->y + inset;
  double right = band->x + band->width - inset;
  double bottom = band->y + band->height - inset;
  double r = MAX (MIN (CORNER_RADIUS, MIN (band->width, band->height) / 2) - inset, 0);

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - r, top + r, r, -G_PI_2, 0);
  cairo_arc (cr, right - r, bottom - r, r, 0, G_PI_2);
  cairo_arc (cr, left + r, bottom - r, r, G_PI_2, G_PI);
  cairo_arc (cr, left + r, top + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/**
 * td_token_bands_draw:
 * @self: the bands
 * @cr: what to draw into
 * @palette: the colours
 * @show_boundaries: whether to draw a line where each token begins
 *
 * Like td_token_bands_snapshot(), for files. Any thread may call it.
 */
void
td_token_bands_draw (TdTokenBands         *self,
                     cairo_t              *cr,
                     const TdTokenPalette *palette,
                     gboolean              show_boundaries)
{
  for (guint i = 0; i < self->bands->len; i++)
    {
      const Band *band = &g_array_index (self->bands, Band, i);

      trace_rounded (cr, band, 0);
      gdk_cairo_set_source_rgba (cr, get_color (self, palette, band));
      cairo_fill (cr);
      if (band->is_special)
        {
          trace_rounded (cr, band, OUTLINE_WIDTH / 2);
          gdk_cairo_set_source_rgba (cr, &palette->tick);
          cairo_set_line_width (cr, OUTLINE_WIDTH);
          cairo_stroke (cr);
        }
      if (show_boundaries && band->starts_token)
        fill (cr, &palette->boundary, band, 1);
    }

  for (guint i = 0; i < self->ticks->len; i++)
    {
      const Band *tick = &g_array_index (self->ticks, Band, i);

      fill (cr, &palette->tick, tick, tick->width);
    }
}
