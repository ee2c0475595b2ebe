/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/compare/td-history-chart.h"

/* The prices of one model over time as two step lines: input solid in the accent colour over a faint area, output
 * dashed in the text colour, so that the two differ without their colours. A gap in the line is a time without a
 * known price.
 *
 * The chart is one image to assistive technology; whoever shows it describes it (GTK_ACCESSIBLE_PROPERTY_DESCRIPTION)
 * and shows the same numbers as text nearby. Pointing at a period tells its dates and prices in a tooltip. Time runs
 * with the reading direction. CSS node: `historychart`. */

#define NATURAL_WIDTH 320
#define NATURAL_HEIGHT 160
#define MAX_LINES 4
#define GAP 6

struct _TdHistoryChart
{
  GtkWidget parent_instance;

  /* owned */
  GArray *steps;
  TdHistoryFormat format;
  gpointer format_data;
  GDestroyNotify format_destroy;
};

G_DEFINE_FINAL_TYPE (TdHistoryChart, td_history_chart, GTK_TYPE_WIDGET)

typedef struct
{
  graphene_rect_t area;
  guint32 first;
  guint32 last;
  gint64 top;
  gint64 line_step;
  gboolean rtl;
} Plot;

static const TdHistoryStep *
get_step (TdHistoryChart *self,
          guint           index)
{
  return &g_array_index (self->steps, TdHistoryStep, index);
}

static char *
format_day (guint32 julian)
{
  char text[16];
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);

  return g_strdup (text);
}

static char *
format_price (TdHistoryChart *self,
              gint64          value)
{
  if (value == TD_HISTORY_UNKNOWN)
    return g_strdup ("—");

  return self->format (value, self->format_data);
}

static void
measure_text (TdHistoryChart *self,
              const char     *text,
              int            *width,
              int            *height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_get_pixel_size (layout, width, height);
}

static void
snapshot_text (TdHistoryChart *self,
               GtkSnapshot    *snapshot,
               const char     *text,
               double          x,
               double          y,
               const GdkRGBA  *colour)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  graphene_point_t origin = GRAPHENE_POINT_INIT (x, y);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &origin);
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static float
day_to_x (const Plot *plot,
          double      day)
{
  double share = (day - plot->first) / (plot->last - plot->first);

  if (plot->rtl)
    share = 1.0 - share;

  return plot->area.origin.x + share * plot->area.size.width;
}

static float
value_to_y (const Plot *plot,
            gint64      value)
{
  return plot->area.origin.y + plot->area.size.height * (1.0 - (double) value / plot->top);
}

static gboolean
get_plot (TdHistoryChart *self,
          Plot           *plot)
{
  gint64 maximum = 0;
  int label_width = 0;
  int line_height = 0;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->steps->len == 0)
    return FALSE;

  for (guint i = 0; i < self->steps->len; i++)
    maximum = MAX (maximum, MAX (get_step (self, i)->input, get_step (self, i)->output));

  plot->line_step = td_history_chart_nice_step (maximum, MAX_LINES);
  plot->top = MAX (plot->line_step, (maximum + plot->line_step - 1) / plot->line_step * plot->line_step);
  plot->first = get_step (self, 0)->from;
  plot->last = get_step (self, self->steps->len - 1)->until;
  plot->rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (gint64 value = 0; value <= plot->top; value += plot->line_step)
    {
      g_autofree char *text = format_price (self, value);
      int text_width;

      measure_text (self, text, &text_width, &line_height);
      label_width = MAX (label_width, text_width);
    }

  graphene_rect_init (&plot->area,
                      plot->rtl ? GAP : label_width + GAP,
                      line_height / 2.0f,
                      width - label_width - 2 * GAP,
                      height - line_height * 1.5f - GAP);

  return plot->area.size.width > 0 && plot->area.size.height > 0;
}

static void
snapshot_lines (TdHistoryChart *self,
                GtkSnapshot    *snapshot,
                const Plot     *plot,
                const GdkRGBA  *colour,
                const GdkRGBA  *text_colour)
{
  for (gint64 value = 0; value <= plot->top; value += plot->line_step)
    {
      g_autofree char *text = format_price (self, value);
      float y = roundf (value_to_y (plot, value));
      double x;
      int text_width;
      int text_height;

      gtk_snapshot_append_color (snapshot, colour,
                                 &GRAPHENE_RECT_INIT (plot->area.origin.x, y, plot->area.size.width, 1));
      measure_text (self, text, &text_width, &text_height);
      x = plot->rtl ? plot->area.origin.x + plot->area.size.width + GAP : plot->area.origin.x - GAP - text_width;
      snapshot_text (self, snapshot, text, x, y - text_height / 2.0, text_colour);
    }
}

/* Months between two labels: as few as leave each label its room. */
static guint
get_month_step (const Plot *plot,
                int         label_width)
{
  static const guint choices[] = { 1, 3, 6, 12, 24, 60, 120 };
  double width_per_month = plot->area.size.width / ((plot->last - plot->first) / 30.44);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      if (choices[i] * width_per_month >= label_width + 2 * GAP)
        return choices[i];
    }

  return choices[G_N_ELEMENTS (choices) - 1];
}

static void
snapshot_times (TdHistoryChart *self,
                GtkSnapshot    *snapshot,
                const Plot     *plot,
                const GdkRGBA  *colour,
                const GdkRGBA  *text_colour)
{
  float bottom = plot->area.origin.y + plot->area.size.height;
  int text_width;
  int text_height;
  guint month_step;
  GDate date;

  measure_text (self, "2028-08", &text_width, &text_height);
  month_step = get_month_step (plot, text_width);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, plot->first);
  g_date_set_month (&date, G_DATE_JANUARY);
  g_date_set_day (&date, 1);

  for (; g_date_get_julian (&date) <= plot->last; g_date_add_months (&date, month_step))
    {
      char text[16];
      float x;

      if (g_date_get_julian (&date) < plot->first)
        continue;

      x = day_to_x (plot, g_date_get_julian (&date));
      g_date_strftime (text, sizeof text, month_step < 12 ? "%Y-%m" : "%Y", &date);
      measure_text (self, text, &text_width, &text_height);
      gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (roundf (x), bottom, 1, GAP));
      x = CLAMP (x - text_width / 2.0f, 0, MAX (0, gtk_widget_get_width (GTK_WIDGET (self)) - text_width));
      snapshot_text (self, snapshot, text, x, bottom + GAP, text_colour);
    }
}

static gint64
get_value (const TdHistoryStep *step,
           gboolean             output)
{
  return output ? step->output : step->input;
}

/* One open contour per run of known prices; with @closed the area down to zero instead. */
static GskPath *
make_path (TdHistoryChart *self,
           const Plot     *plot,
           gboolean        output,
           gboolean        closed)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  float zero = value_to_y (plot, 0);
  gboolean is_open = FALSE;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const TdHistoryStep *step = get_step (self, i);
      const TdHistoryStep *next = i + 1 < self->steps->len ? get_step (self, i + 1) : NULL;
      gint64 value = get_value (step, output);
      float left = day_to_x (plot, step->from);
      float right = day_to_x (plot, step->until);
      float y;

      if (value == TD_HISTORY_UNKNOWN)
        continue;

      y = value_to_y (plot, value);
      if (!is_open && closed)
        {
          gsk_path_builder_move_to (builder, left, zero);
          gsk_path_builder_line_to (builder, left, y);
        }
      else if (!is_open)
        gsk_path_builder_move_to (builder, left, y);
      else
        gsk_path_builder_line_to (builder, left, y);

      gsk_path_builder_line_to (builder, right, y);
      is_open = next && next->from == step->until && get_value (next, output) != TD_HISTORY_UNKNOWN;
      if (!is_open && closed)
        {
          gsk_path_builder_line_to (builder, right, zero);
          gsk_path_builder_close (builder);
        }
    }

  return gsk_path_builder_free_to_path (builder);
}

static void
snapshot_series (TdHistoryChart *self,
                 GtkSnapshot    *snapshot,
                 const Plot     *plot,
                 gboolean        output,
                 const GdkRGBA  *colour)
{
  g_autoptr (GskPath) path = make_path (self, plot, output, FALSE);
  GskStroke *stroke = gsk_stroke_new (2.0f);

  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  if (output)
    gsk_stroke_set_dash (stroke, (const float[]) { 5.0f, 4.0f }, 2);
  gtk_snapshot_append_stroke (snapshot, path, stroke, colour);
  gsk_stroke_free (stroke);
}

static void
td_history_chart_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  TdHistoryChart *self = TD_HISTORY_CHART (widget);
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  gboolean high_contrast = adw_style_manager_get_high_contrast (style);
  g_autoptr (GskPath) area = NULL;
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA line;
  GdkRGBA accent;
  GdkRGBA shade;
  Plot plot;

  if (!get_plot (self, &plot))
    return;

  gtk_widget_get_color (widget, &text);
  dim = line = text;
  dim.alpha *= high_contrast ? 1.0f : 0.75f;
  line.alpha *= high_contrast ? 0.5f : 0.15f;
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style),
                                       adw_style_manager_get_dark (style),
                                       &accent);
  shade = accent;
  shade.alpha *= 0.15f;

  snapshot_lines (self, snapshot, &plot, &line, &dim);
  snapshot_times (self, snapshot, &plot, &line, &dim);
  area = make_path (self, &plot, FALSE, TRUE);
  gtk_snapshot_append_fill (snapshot, area, GSK_FILL_RULE_WINDING, &shade);
  snapshot_series (self, snapshot, &plot, TRUE, &text);
  snapshot_series (self, snapshot, &plot, FALSE, &accent);
}

static void
td_history_chart_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH / 2 : NATURAL_HEIGHT / 2;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static gboolean
td_history_chart_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard_tooltip,
                                GtkTooltip *tooltip)
{
  TdHistoryChart *self = TD_HISTORY_CHART (widget);
  Plot plot;

  if (keyboard_tooltip || !get_plot (self, &plot))
    return FALSE;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const TdHistoryStep *step = get_step (self, i);
      float start = day_to_x (&plot, step->from);
      float end = day_to_x (&plot, step->until);

      if (x >= MIN (start, end) && x < MAX (start, end))
        {
          g_autofree char *from = format_day (step->from);
          g_autofree char *until = format_day (step->until);
          g_autofree char *input = format_price (self, step->input);
          g_autofree char *output = format_price (self, step->output);
          /* Translators: two dates, then two prices, shown when pointing at a price history */
          g_autofree char *text = g_strdup_printf (_("%s to %s\nInput %s, output %s"), from, until, input, output);

          gtk_tooltip_set_text (tooltip, text);
          return TRUE;
        }
    }

  return FALSE;
}

static void
clear_format (TdHistoryChart *self)
{
  if (self->format_destroy)
    self->format_destroy (self->format_data);
  self->format = NULL;
  self->format_data = NULL;
  self->format_destroy = NULL;
}

static void
td_history_chart_finalize (GObject *object)
{
  TdHistoryChart *self = TD_HISTORY_CHART (object);

  clear_format (self);
  g_clear_pointer (&self->steps, g_array_unref);

  G_OBJECT_CLASS (td_history_chart_parent_class)->finalize (object);
}

static void
td_history_chart_class_init (TdHistoryChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = td_history_chart_finalize;

  widget_class->snapshot = td_history_chart_snapshot;
  widget_class->measure = td_history_chart_measure;
  widget_class->query_tooltip = td_history_chart_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "historychart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_history_chart_init (TdHistoryChart *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->steps = g_array_new (FALSE, FALSE, sizeof (TdHistoryStep));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");

  g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/**
 * td_history_chart_new:
 *
 * Returns: (transfer full): an empty chart
 */
GtkWidget *
td_history_chart_new (void)
{
  return g_object_new (TD_TYPE_HISTORY_CHART, NULL);
}

/**
 * td_history_chart_set_steps:
 * @self: the chart
 * @steps: (array length=n_steps): the periods in order of time, not overlapping; copied
 * @n_steps: their number; 0 leaves the chart empty
 * @format: (scope notified): writes the amounts
 * @user_data: for @format
 * @destroy: (nullable): frees @user_data
 *
 * Shows other prices.
 */
void
td_history_chart_set_steps (TdHistoryChart      *self,
                            const TdHistoryStep *steps,
                            guint                n_steps,
                            TdHistoryFormat      format,
                            gpointer             user_data,
                            GDestroyNotify       destroy)
{
  g_return_if_fail (TD_IS_HISTORY_CHART (self));
  g_return_if_fail (n_steps == 0 || steps != NULL);
  g_return_if_fail (format != NULL);

  clear_format (self);
  self->format = format;
  self->format_data = user_data;
  self->format_destroy = destroy;
  g_array_set_size (self->steps, 0);
  for (guint i = 0; i < n_steps; i++)
    {
      if (steps[i].until > steps[i].from)
        g_array_append_val (self->steps, steps[i]);
    }

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_history_chart_get_n_steps:
 * @self: the chart
 *
 * Returns: how many periods it draws
 */
guint
td_history_chart_get_n_steps (TdHistoryChart *self)
{
  g_return_val_if_fail (TD_IS_HISTORY_CHART (self), 0);

  return self->steps->len;
}

/**
 * td_history_chart_nice_step:
 * @maximum: the highest value shown
 * @max_lines: how many lines above zero there may be at most
 *
 * Returns: the distance of two lines, at least 1
 */
gint64
td_history_chart_nice_step (gint64 maximum,
                            int    max_lines)
{
  static const gint64 factors[] = { 1, 2, 5 };

  g_return_val_if_fail (max_lines > 0, 1);

  for (gint64 power = 1; power <= G_MAXINT64 / 100; power *= 10)
    {
      for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
        {
          if (maximum <= factors[i] * power * max_lines)
            return factors[i] * power;
        }
    }

  return G_MAXINT64 / 2;
}
