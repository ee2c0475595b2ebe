/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/chat/td-chat-text.h"
#include "app/editor/td-token-palette.h"

/**
 * TdChatText:
 *
 * A short text with its tokens as bands, to be looked at. A list of messages has hundreds of these, so it is one layout
 * and nothing else: an editor takes its place when one is to be changed. A character that several tokens share is
 * divided among their bands, with ticks between them. Special tokens are outlined besides.
 *
 * Its name for assistive technology is its text.
 */

#define CORNER_RADIUS 3
#define LINE_SPACING 3
#define MIN_WIDTH 80
#define NATURAL_WIDTH 480
#define FILL_ALPHA 0.3f

struct _TdChatText
{
  GtkWidget parent_instance;

  /* owned */
  PangoLayout *layout;
  GArray *spans; /* of TdChatSpan */

  guint n_bands; /* that the last frame showed */
};

G_DEFINE_FINAL_TYPE (TdChatText, td_chat_text, GTK_TYPE_WIDGET)

/* What one frame is painted with. */
typedef struct
{
  GtkSnapshot *snapshot;
  PangoLayoutLine *line;
  const char *text;
  GdkRGBA fill;
  GdkRGBA tick;
  GdkRGBA outline;
  gboolean has_outline;
  float y;
  float height;
} Paint;

static void
paint_rectangle (TdChatText *self,
                 Paint      *paint,
                 float       x,
                 float       width)
{
  const float border[4] = { 1, 1, 1, 1 };
  GskRoundedRect shape;

  if (width <= 0)
    return;

  self->n_bands++;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, paint->y, width, paint->height), CORNER_RADIUS);
  gtk_snapshot_push_rounded_clip (paint->snapshot, &shape);
  gtk_snapshot_append_color (paint->snapshot, &paint->fill, &shape.bounds);
  gtk_snapshot_pop (paint->snapshot);
  if (paint->has_outline)
    {
      const GdkRGBA colors[4] = { paint->outline, paint->outline, paint->outline, paint->outline };

      gtk_snapshot_append_border (paint->snapshot, &shape, border, colors);
    }
}

/* Whole characters, which may lie in several places where directions mix. */
static void
paint_characters (TdChatText *self,
                  Paint      *paint,
                  int         start,
                  int         end)
{
  g_autofree int *ranges = NULL;
  int n_ranges;

  pango_layout_line_get_x_ranges (paint->line, start, end, &ranges, &n_ranges);
  for (int i = 0; i < n_ranges; i++)
    {
      float x = (float) ranges[2 * i] / PANGO_SCALE;

      paint_rectangle (self, paint, x, (float) ranges[2 * i + 1] / PANGO_SCALE - x);
    }
}

/* The bytes from @start to @end, which lie within the character from @first to @last. */
static void
paint_part (TdChatText *self,
            Paint      *paint,
            int         first,
            int         last,
            int         start,
            int         end)
{
  g_autofree int *ranges = NULL;
  int n_ranges;
  float x;
  float step;

  pango_layout_line_get_x_ranges (paint->line, first, last, &ranges, &n_ranges);
  if (n_ranges == 0)
    return;

  x = (float) ranges[0] / PANGO_SCALE;
  step = ((float) ranges[1] / PANGO_SCALE - x) / (float) (last - first);
  paint_rectangle (self, paint, x + step * (float) (start - first), step * (float) (end - start));
  if (start > first)
    gtk_snapshot_append_color (paint->snapshot, &paint->tick,
                               &GRAPHENE_RECT_INIT (x + step * (float) (start - first), paint->y + paint->height * 0.5f,
                                                    1, paint->height * 0.5f));
}

static gboolean
is_boundary (const char *text,
             int         at)
{
  return ((guchar) text[at] & 0xc0) != 0x80;
}

/* One token's part of one line, from byte @start to @end. */
static void
paint_token (TdChatText *self,
             Paint      *paint,
             int         start,
             int         end)
{
  int at = start;

  while (at < end)
    {
      int first = at;
      int last = at + 1;

      while (!is_boundary (paint->text, first))
        first--;
      while (!is_boundary (paint->text, last))
        last++;

      if (first < at || last > end)
        {
          paint_part (self, paint, first, last, at, MIN (last, end));
          at = MIN (last, end);
          continue;
        }

      /* As many whole characters as there are. */
      for (last = end; !is_boundary (paint->text, last);)
        last--;
      paint_characters (self, paint, at, last);
      at = last;
    }
}

/* All tokens of one line. */
static void
paint_line (TdChatText           *self,
            Paint                *paint,
            const TdTokenPalette *palette)
{
  int line_start = paint->line->start_index;
  int line_end = line_start + paint->line->length;
  int at = 0;

  for (guint i = 0; i < self->spans->len && at < line_end; i++)
    {
      const TdChatSpan *span = &g_array_index (self->spans, TdChatSpan, i);
      int end = at + (int) span->n_bytes;

      if (end > line_start)
        {
          paint->fill = palette->bands[i % TD_N_TOKEN_COLORS];
          paint->has_outline = span->is_special;
          if (span->is_special)
            {
              paint->fill = paint->outline;
              paint->fill.alpha = FILL_ALPHA;
            }
          paint_token (self, paint, MAX (at, line_start), MIN (end, line_end));
        }
      at = end;
    }
}

static void
td_chat_text_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdChatText *self = TD_CHAT_TEXT (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const TdTokenPalette *palette = td_token_palette_get (adw_style_manager_get_dark (style),
                                                        adw_style_manager_get_high_contrast (style));
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (style);
  Paint paint = { .snapshot = snapshot, .tick = palette->tick, .outline = *accent };
  PangoLayoutIter *iter = pango_layout_get_iter (self->layout);
  GdkRGBA color;

  self->n_bands = 0;
  paint.text = pango_layout_get_text (self->layout);
  do
    {
      PangoRectangle extents;

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      paint.line = pango_layout_iter_get_line_readonly (iter);
      paint.y = (float) extents.y / PANGO_SCALE;
      paint.height = (float) extents.height / PANGO_SCALE;
      paint_line (self, &paint, palette);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  gtk_widget_get_color (widget, &color);
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
}

static GtkSizeRequestMode
td_chat_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
td_chat_text_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  TdChatText *self = TD_CHAT_TEXT (widget);
  int old_width = pango_layout_get_width (self->layout);
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }

  pango_layout_set_width (self->layout, (for_size < 0 ? NATURAL_WIDTH : for_size) * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  pango_layout_set_width (self->layout, old_width);
  *minimum = *natural = height;
}

static void
td_chat_text_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  pango_layout_set_width (TD_CHAT_TEXT (widget)->layout, width * PANGO_SCALE);
}

static void
td_chat_text_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (td_chat_text_parent_class)->css_changed (widget, change);

  pango_layout_context_changed (TD_CHAT_TEXT (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
td_chat_text_finalize (GObject *object)
{
  TdChatText *self = TD_CHAT_TEXT (object);

  g_clear_object (&self->layout);
  g_array_unref (self->spans);

  G_OBJECT_CLASS (td_chat_text_parent_class)->finalize (object);
}

static void
td_chat_text_class_init (TdChatTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = td_chat_text_finalize;

  widget_class->snapshot = td_chat_text_snapshot;
  widget_class->get_request_mode = td_chat_text_get_request_mode;
  widget_class->measure = td_chat_text_measure;
  widget_class->size_allocate = td_chat_text_size_allocate;
  widget_class->css_changed = td_chat_text_css_changed;

  gtk_widget_class_set_css_name (widget_class, "td-chat-text");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
td_chat_text_init (TdChatText *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->spans = g_array_new (FALSE, FALSE, sizeof (TdChatSpan));
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (self->layout, LINE_SPACING * PANGO_SCALE);

  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/** Returns: (transfer none): a widget without a text */
GtkWidget *
td_chat_text_new (void)
{
  return g_object_new (TD_TYPE_CHAT_TEXT, NULL);
}

/**
 * td_chat_text_set_content:
 * @self: the widget
 * @text: UTF-8
 * @spans: (transfer none): #TdChatSpan of its tokens, from its start on; without any there are no bands
 *
 * Sets what is shown.
 */
void
td_chat_text_set_content (TdChatText *self,
                          const char *text,
                          GArray     *spans)
{
  g_return_if_fail (TD_IS_CHAT_TEXT (self) && text != NULL && spans != NULL);

  g_array_set_size (self->spans, 0);
  g_array_append_vals (self->spans, spans->data, spans->len);
  pango_layout_set_text (self->layout, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** Returns: how many pieces of bands the last frame showed, for tests */
guint
td_chat_text_get_n_bands (TdChatText *self)
{
  g_return_val_if_fail (TD_IS_CHAT_TEXT (self), 0);

  return self->n_bands;
}
