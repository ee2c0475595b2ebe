/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-text.h"
#include "app/compare/td-model-cell.h"

/* The first cell of a row: the model's name, with a flag if it is the baseline; below it that it is or will be shut
 * down, else whose it is; before both the pin, which shows by itself only while it is set or the row is pointed at or
 * focused. */

struct _TdModelCell
{
  AdwBin parent_instance;

  /* owned */
  TdComparison *comparison;
  GSignalGroup *row_signals;

  /* template */
  GtkToggleButton *pin_button;
  GtkLabel *name_label;
  GtkImage *status_icon;
  GtkImage *baseline_icon;
  GtkLabel *caption_label;
};

G_DEFINE_FINAL_TYPE (TdModelCell, td_model_cell, ADW_TYPE_BIN)

static void
update_cb (TdModelCell *self)
{
  TdModelRow *row = td_model_cell_get_row (self);
  g_autofree char *status = NULL;
  g_autofree char *origin = NULL;
  const char *caption;
  const char *name;
  gboolean is_pinned;

  if (!row)
    return;

  name = td_model_get_name (td_model_row_get_model (row));
  status = td_compare_text_status (row, td_comparison_get_scenario (self->comparison));
  origin = td_compare_text_origin (row);
  caption = status ? status : origin;
  is_pinned = td_model_row_get_is_pinned (row);

  gtk_label_set_text (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  gtk_label_set_text (self->caption_label, caption ? caption : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption_label), status);
  gtk_widget_set_visible (GTK_WIDGET (self->baseline_icon), td_model_row_get_is_baseline (row));
  gtk_widget_set_visible (GTK_WIDGET (self->status_icon), status != NULL);
  gtk_toggle_button_set_active (self->pin_button, is_pinned);
}

static void
pin_clicked_cb (TdModelCell *self)
{
  TdModelRow *row = td_model_cell_get_row (self);

  if (row)
    td_comparison_set_pinned (self->comparison,
                              td_model_get_id (td_model_row_get_model (row)),
                              gtk_toggle_button_get_active (self->pin_button));
}

static void
td_model_cell_dispose (GObject *object)
{
  TdModelCell *self = TD_MODEL_CELL (object);

  g_clear_object (&self->row_signals);
  g_clear_object (&self->comparison);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_MODEL_CELL);

  G_OBJECT_CLASS (td_model_cell_parent_class)->dispose (object);
}

static void
td_model_cell_class_init (TdModelCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_model_cell_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-model-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, TdModelCell, pin_button);
  gtk_widget_class_bind_template_child (widget_class, TdModelCell, name_label);
  gtk_widget_class_bind_template_child (widget_class, TdModelCell, baseline_icon);
  gtk_widget_class_bind_template_child (widget_class, TdModelCell, status_icon);
  gtk_widget_class_bind_template_child (widget_class, TdModelCell, caption_label);
  gtk_widget_class_bind_template_callback (widget_class, pin_clicked_cb);
}

static void
td_model_cell_init (TdModelCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->row_signals = g_signal_group_new (TD_TYPE_MODEL_ROW);
  g_signal_group_connect_swapped (self->row_signals, "changed", G_CALLBACK (update_cb), self);
}

/**
 * td_model_cell_new:
 * @comparison: the comparison
 *
 * Returns: (transfer full): a cell without a row
 */
GtkWidget *
td_model_cell_new (TdComparison *comparison)
{
  TdModelCell *self;

  g_return_val_if_fail (TD_IS_COMPARISON (comparison), NULL);

  self = g_object_new (TD_TYPE_MODEL_CELL, NULL);
  self->comparison = g_object_ref (comparison);

  return GTK_WIDGET (self);
}

/** Returns: (transfer none) (nullable): the row that is shown */
TdModelRow *
td_model_cell_get_row (TdModelCell *self)
{
  g_autoptr (TdModelRow) row = NULL;

  g_return_val_if_fail (TD_IS_MODEL_CELL (self), NULL);

  /* The comparison keeps it alive. */
  row = self->row_signals ? g_signal_group_dup_target (self->row_signals) : NULL;

  return row;
}

/** Shows another row, or none. */
void
td_model_cell_set_row (TdModelCell *self,
                       TdModelRow  *row)
{
  g_return_if_fail (TD_IS_MODEL_CELL (self));
  g_return_if_fail (row == NULL || TD_IS_MODEL_ROW (row));

  g_signal_group_set_target (self->row_signals, row);
  update_cb (self);
}
