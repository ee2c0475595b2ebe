/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/editor/td-line-tokens.h"
#include "app/editor/td-line-weights.h"

#define FEWEST_DIGITS 2
#define PADDING 6
#define BAR_GAP 1
#define BAR_ALPHA 0.22f

/**
 * TdLineTokens:
 *
 * Beside each line of the document how many tokens begin in it, with a bar as long as its share of the heaviest line.
 * Heavy lines are bold besides. A line that is shown in pieces has its number at its first row.
 *
 * Accessibility: named and described; the token inspector tells the number of the line of the cursor.
 */
struct _TdLineTokens
{
  GtkSourceGutterRendererText parent_instance;

  TdDocument *document;
  TdLineWeights *weights;
  guint n_digits;
  float share; /* of the line that is drawn next, of the heaviest one */
};

G_DEFINE_FINAL_TYPE (TdLineTokens, td_line_tokens, GTK_SOURCE_TYPE_GUTTER_RENDERER_TEXT)

static void
weights_changed_cb (TdLineTokens *self)
{
  guint n_digits = 1;

  for (gsize n = td_line_weights_get_heaviest (self->weights); n >= 10; n /= 10)
    n_digits++;
  n_digits = MAX (n_digits, FEWEST_DIGITS);

  if (self->n_digits != n_digits)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->n_digits = n_digits;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
td_line_tokens_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  TdLineTokens *self = TD_LINE_TOKENS (widget);
  g_autofree char *digits = g_strnfill (self->n_digits, '8');
  g_autofree char *widest = g_strdup_printf ("<b>%s</b>", digits);
  int width;

  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  gtk_source_gutter_renderer_text_measure_markup (GTK_SOURCE_GUTTER_RENDERER_TEXT (self), widest, &width, NULL);
  *minimum = width + 2 * PADDING;
  *natural = *minimum;
}

static void
td_line_tokens_query_data (GtkSourceGutterRenderer *renderer,
                           GtkSourceGutterLines    *lines,
                           guint                    line)
{
  TdLineTokens *self = TD_LINE_TOKENS (renderer);
  GtkSourceGutterRendererText *text = GTK_SOURCE_GUTTER_RENDERER_TEXT (renderer);
  char number[32];
  GtkTextIter iter;
  gsize n_tokens;
  gsize heavy;

  gtk_source_gutter_renderer_text_set_text (text, "", 0);
  self->share = 0;
  gtk_source_gutter_lines_get_iter_at_line (lines, &iter, line);
  if (!TD_IS_TEXT_BUFFER (gtk_text_iter_get_buffer (&iter)) || gtk_text_iter_is_end (&iter) ||
      !td_text_buffer_starts_line (&iter) || !td_document_count_line (self->document, &iter, &n_tokens))
    return;

  heavy = td_line_weights_get_heavy (self->weights);
  if (heavy > 0 && n_tokens >= heavy)
    {
      g_snprintf (number, sizeof number, "<b>%" G_GSIZE_FORMAT "</b>", n_tokens);
      gtk_source_gutter_renderer_text_set_markup (text, number, -1);
    }
  else
    {
      g_snprintf (number, sizeof number, "%" G_GSIZE_FORMAT, n_tokens);
      gtk_source_gutter_renderer_text_set_text (text, number, -1);
    }

  /* What was typed since the lines were looked through may be heavier than all of them. */
  if (heavy > 0)
    self->share = MIN (1, (float) n_tokens / (float) MAX (1, td_line_weights_get_heaviest (self->weights)));
}

static void
td_line_tokens_snapshot_line (GtkSourceGutterRenderer *renderer,
                              GtkSnapshot             *snapshot,
                              GtkSourceGutterLines    *lines,
                              guint                    line)
{
  TdLineTokens *self = TD_LINE_TOKENS (renderer);
  AdwStyleManager *style_manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GdkRGBA) color = adw_style_manager_get_accent_color_rgba (style_manager);
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float length = roundf (width * self->share);
  double y;
  double height;

  gtk_source_gutter_lines_get_line_extent (lines, line, GTK_SOURCE_GUTTER_RENDERER_ALIGNMENT_MODE_FIRST, &y, &height);
  color->alpha = BAR_ALPHA;
  if (length > 0)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT (width - length, (float) y + BAR_GAP,
                                                    length, (float) height - 2 * BAR_GAP));

  GTK_SOURCE_GUTTER_RENDERER_CLASS (td_line_tokens_parent_class)->snapshot_line (renderer, snapshot, lines, line);
}

static void
td_line_tokens_dispose (GObject *object)
{
  TdLineTokens *self = TD_LINE_TOKENS (object);

  if (self->weights != NULL)
    g_signal_handlers_disconnect_by_data (self->weights, self);
  g_clear_object (&self->weights);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (td_line_tokens_parent_class)->dispose (object);
}

static void
td_line_tokens_class_init (TdLineTokensClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkSourceGutterRendererClass *renderer_class = GTK_SOURCE_GUTTER_RENDERER_CLASS (klass);

  object_class->dispose = td_line_tokens_dispose;

  widget_class->measure = td_line_tokens_measure;

  renderer_class->query_data = td_line_tokens_query_data;
  renderer_class->snapshot_line = td_line_tokens_snapshot_line;
}

static void
td_line_tokens_init (TdLineTokens *self)
{
  self->n_digits = FEWEST_DIGITS;
  gtk_source_gutter_renderer_set_alignment_mode (GTK_SOURCE_GUTTER_RENDERER (self),
                                                 GTK_SOURCE_GUTTER_RENDERER_ALIGNMENT_MODE_FIRST);
  gtk_source_gutter_renderer_set_xalign (GTK_SOURCE_GUTTER_RENDERER (self), 1);
  gtk_source_gutter_renderer_set_xpad (GTK_SOURCE_GUTTER_RENDERER (self), PADDING);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Tokens that begin in each line; the heaviest are bold"));
  gtk_widget_add_css_class (GTK_WIDGET (self), "line-numbers");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tokens per Line"),
                                  -1);
}

/**
 * td_line_tokens_new:
 * @document: the document of the view
 *
 * Returns: (transfer floating): a renderer for the gutter of a view of @document
 */
GtkSourceGutterRenderer *
td_line_tokens_new (TdDocument *document)
{
  TdLineTokens *self;

  g_return_val_if_fail (TD_IS_DOCUMENT (document), NULL);

  self = g_object_new (TD_TYPE_LINE_TOKENS, NULL);
  self->document = g_object_ref (document);
  self->weights = td_line_weights_new (document);
  g_signal_connect_object (self->weights, "changed", G_CALLBACK (weights_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "tokens-changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);

  return GTK_SOURCE_GUTTER_RENDERER (self);
}
