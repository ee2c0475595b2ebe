/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TD_TYPE_HISTORY_CHART (td_history_chart_get_type ())

G_DECLARE_FINAL_TYPE (TdHistoryChart, td_history_chart, TD, HISTORY_CHART, GtkWidget)

/** The value of a step whose price nobody knows. */
#define TD_HISTORY_UNKNOWN (-1)

/**
 * TdHistoryStep:
 * @from: the first Julian day of the period
 * @until: the first Julian day after the period, greater than @from
 * @input: the price of input in any integer unit, or %TD_HISTORY_UNKNOWN
 * @output: the price of output in the same unit, or %TD_HISTORY_UNKNOWN
 *
 * One period in which the prices of a model stood still.
 */
typedef struct
{
  guint32 from;
  guint32 until;
  gint64 input;
  gint64 output;
} TdHistoryStep;

/**
 * TdHistoryFormat:
 * @value: an amount in the unit of the steps
 * @user_data: what td_history_chart_set_steps() was given
 *
 * Returns: (transfer full): the amount as the axis shows it
 */
typedef char *(*TdHistoryFormat) (gint64   value,
                                  gpointer user_data);

GtkWidget *td_history_chart_new       (void);

void       td_history_chart_set_steps (TdHistoryChart      *self,
                                       const TdHistoryStep *steps,
                                       guint                n_steps,
                                       TdHistoryFormat      format,
                                       gpointer             user_data,
                                       GDestroyNotify       destroy);
guint      td_history_chart_get_n_steps (TdHistoryChart    *self);

/* The spacing of the horizontal lines: 1, 2 or 5 times a power of ten, so that at most @max_lines reach @maximum. */
gint64     td_history_chart_nice_step (gint64               maximum,
                                       int                  max_lines);

G_END_DECLS
