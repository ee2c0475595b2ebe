/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-line-numbers.h"
#include "app/editor/td-text-buffer.h"

/* So that the text does not move when a tenth line comes. */
#define FEWEST_DIGITS 2

#define PADDING 6

/**
 * TdLineNumbers:
 *
 * The numbers of the document's lines beside the text. GtkSourceView's own would number every piece that a very long
 * line is shown in.
 *
 * Accessibility: none; the text itself says where its lines end.
 */
struct _TdLineNumbers
{
  GtkSourceGutterRendererText parent_instance;

  guint n_digits;
};

G_DEFINE_FINAL_TYPE (TdLineNumbers, td_line_numbers, GTK_SOURCE_TYPE_GUTTER_RENDERER_TEXT)

static guint
count_digits (GtkSourceBuffer *buffer)
{
  GtkTextIter end;
  guint n_digits = 1;

  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (buffer), &end);
  for (int n = td_text_buffer_get_line (&end) + 1; n >= 10; n /= 10)
    n_digits++;

  return MAX (n_digits, FEWEST_DIGITS);
}

static void
update_width (TdLineNumbers *self)
{
  GtkSourceBuffer *buffer = gtk_source_gutter_renderer_get_buffer (GTK_SOURCE_GUTTER_RENDERER (self));
  guint n_digits = TD_IS_TEXT_BUFFER (buffer) ? count_digits (buffer) : FEWEST_DIGITS;

  if (self->n_digits == n_digits)
    return;

  self->n_digits = n_digits;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
td_line_numbers_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  TdLineNumbers *self = TD_LINE_NUMBERS (widget);
  g_autofree char *widest = g_strnfill (MAX (self->n_digits, FEWEST_DIGITS), '8');
  int width;

  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  gtk_source_gutter_renderer_text_measure (GTK_SOURCE_GUTTER_RENDERER_TEXT (self), widest, &width, NULL);
  *minimum = width + 2 * PADDING;
  *natural = *minimum;
}

static void
td_line_numbers_query_data (GtkSourceGutterRenderer *renderer,
                            GtkSourceGutterLines    *lines,
                            guint                    line)
{
  GtkSourceGutterRendererText *text = GTK_SOURCE_GUTTER_RENDERER_TEXT (renderer);
  char number[16];
  int length = 0;
  GtkTextIter iter;

  gtk_source_gutter_lines_get_iter_at_line (lines, &iter, line);
  if (!TD_IS_TEXT_BUFFER (gtk_text_iter_get_buffer (&iter)))
    return;

  number[0] = '\0';
  if (td_text_buffer_starts_line (&iter))
    length = g_snprintf (number, sizeof number, "%d", td_text_buffer_get_line (&iter) + 1);
  gtk_source_gutter_renderer_text_set_text (text, number, length);
}

static void
td_line_numbers_change_buffer (GtkSourceGutterRenderer *renderer,
                               GtkSourceBuffer         *old_buffer)
{
  TdLineNumbers *self = TD_LINE_NUMBERS (renderer);
  GtkSourceBuffer *buffer = gtk_source_gutter_renderer_get_buffer (renderer);

  GTK_SOURCE_GUTTER_RENDERER_CLASS (td_line_numbers_parent_class)->change_buffer (renderer, old_buffer);

  if (old_buffer != NULL)
    g_signal_handlers_disconnect_by_func (old_buffer, update_width, self);
  if (buffer != NULL)
    g_signal_connect_object (buffer, "changed", G_CALLBACK (update_width), self, G_CONNECT_SWAPPED);
  update_width (self);
}

static void
td_line_numbers_class_init (TdLineNumbersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkSourceGutterRendererClass *renderer_class = GTK_SOURCE_GUTTER_RENDERER_CLASS (klass);

  widget_class->measure = td_line_numbers_measure;

  renderer_class->change_buffer = td_line_numbers_change_buffer;
  renderer_class->query_data = td_line_numbers_query_data;
}

static void
td_line_numbers_init (TdLineNumbers *self)
{
  gtk_source_gutter_renderer_set_xalign (GTK_SOURCE_GUTTER_RENDERER (self), 1);
  gtk_source_gutter_renderer_set_xpad (GTK_SOURCE_GUTTER_RENDERER (self), PADDING);
  gtk_widget_add_css_class (GTK_WIDGET (self), "line-numbers");
}

/**
 * td_line_numbers_new:
 *
 * Returns: (transfer floating): a renderer for the gutter of a view of a TdTextBuffer
 */
GtkSourceGutterRenderer *
td_line_numbers_new (void)
{
  return g_object_new (TD_TYPE_LINE_NUMBERS, NULL);
}
