/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-cell.h"

/* One cell of the comparison, of any column but the model's: text, before it an icon or a small level bar where the
 * column has one. In a narrow panel the total has the multiple of the baseline below it, which has no column there. A
 * cell follows its row by itself, so that a new number costs one label and not a new cell.
 *
 * CSS node: `comparecell`, with the class .over when the request does not fit the context window. The row carries the
 * label that screen readers say; a cell adds its own text. */

#define TOKENS_CHARS 5
#define MONEY_CHARS 7
#define OTHER_CHARS 5

struct _TdCompareCell
{
  GtkWidget parent_instance;

  /* owned */
  TdComparison *comparison;
  GSignalGroup *row_signals;

  /* children */
  GtkWidget *icon;
  GtkWidget *bar;
  GtkWidget *label;
  GtkWidget *caption;

  TdCompareColumn column;
  gboolean shows_ratio;
};

G_DEFINE_FINAL_TYPE (TdCompareCell, td_compare_cell, GTK_TYPE_WIDGET)

static void
update_tokens (TdCompareCell *self,
               TdModelRow    *row)
{
  g_autofree char *explanation = td_compare_text_exactness (row);
  const char *icon = td_compare_exactness_icon (row);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), explanation);
  if (td_model_row_get_token_state (row) == TD_ROW_TOKENS_COUNTING)
    gtk_widget_add_css_class (self->label, "dimmed");
  else
    gtk_widget_remove_css_class (self->label, "dimmed");
}

static void
update_share (TdCompareCell *self,
              TdModelRow    *row)
{
  const TdQuote *quote = td_model_row_get_quote (row);
  TdRatio share = td_quote_context_share (quote);
  gboolean is_known = share.denominator != 0 && td_model_row_get_token_state (row) == TD_ROW_TOKENS_COUNTED;
  gboolean is_over = is_known && (quote->flags & (TD_QUOTE_OVER_CONTEXT | TD_QUOTE_OVER_MAX_INPUT)) != 0;
  g_autofree char *notes = is_over ? td_compare_text_notes (row) : NULL;

  gtk_widget_set_visible (self->bar, is_known && !is_over);
  gtk_widget_set_visible (self->icon, is_over);
  if (is_known)
    gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bar),
                             MIN (1.0, (double) share.numerator / (double) share.denominator));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), notes);
  if (is_over)
    gtk_widget_add_css_class (GTK_WIDGET (self), "over");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "over");
}

static void
update_money (TdCompareCell *self,
              TdModelRow    *row)
{
  g_autofree char *notes = td_compare_text_notes (row);
  g_autofree char *budget = NULL;
  g_autofree char *ratio = NULL;

  if (self->column == TD_COMPARE_COLUMN_BUDGET_CALLS && (budget = td_compare_text_budget (self->comparison)))
    {
      g_autofree char *both = g_strjoin ("\n", budget, notes, NULL);

      gtk_widget_set_tooltip_text (GTK_WIDGET (self), both);
    }
  else
    {
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), notes);
    }

  if (!self->caption)
    return;

  gtk_widget_set_visible (self->caption, self->shows_ratio);
  if (self->shows_ratio)
    {
      ratio = td_compare_text_column (TD_COMPARE_COLUMN_RATIO, row, self->comparison);
      gtk_label_set_text (GTK_LABEL (self->caption), ratio);
    }
}

static void
update_cb (TdCompareCell *self)
{
  TdModelRow *row = td_compare_cell_get_row (self);
  g_autofree char *text = NULL;

  if (!row)
    return;

  text = td_compare_text_column (self->column, row, self->comparison);
  gtk_label_set_text (GTK_LABEL (self->label), text);

  switch (self->column)
    {
    case TD_COMPARE_COLUMN_TOKENS:
      update_tokens (self, row);
      break;
    case TD_COMPARE_COLUMN_CONTEXT_SHARE:
      update_share (self, row);
      break;
    case TD_COMPARE_COLUMN_INPUT_COST:
    case TD_COMPARE_COLUMN_OUTPUT_COST:
    case TD_COMPARE_COLUMN_TOTAL_COST:
    case TD_COMPARE_COLUMN_THOUSAND_COST:
    case TD_COMPARE_COLUMN_CALLS_COST:
    case TD_COMPARE_COLUMN_BUDGET_CALLS:
      update_money (self, row);
      break;
    case TD_COMPARE_COLUMN_MODEL:
    case TD_COMPARE_COLUMN_VENDOR:
    case TD_COMPARE_COLUMN_RATIO:
    case TD_COMPARE_COLUMN_CONTEXT_WINDOW:
    case TD_COMPARE_COLUMN_INPUT_PRICE:
    case TD_COMPARE_COLUMN_OUTPUT_PRICE:
    case TD_COMPARE_COLUMN_RELEASED:
    case TD_N_COMPARE_COLUMNS:
    default:
      break;
    }
}

static void
td_compare_cell_dispose (GObject *object)
{
  TdCompareCell *self = TD_COMPARE_CELL (object);
  GtkWidget *child;

  g_clear_object (&self->row_signals);
  g_clear_object (&self->comparison);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (td_compare_cell_parent_class)->dispose (object);
}

static void
td_compare_cell_class_init (TdCompareCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_compare_cell_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "comparecell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_NONE);
}

static void
td_compare_cell_init (TdCompareCell *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 3);

  self->row_signals = g_signal_group_new (TD_TYPE_MODEL_ROW);
  g_signal_group_connect_swapped (self->row_signals, "changed", G_CALLBACK (update_cb), self);
}

static GtkWidget *
add_child (TdCompareCell *self,
           GtkWidget     *child)
{
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (child, GTK_WIDGET (self));

  return child;
}

static void
add_children (TdCompareCell *self)
{
  gboolean is_numeric = td_compare_column_is_numeric (self->column);
  gboolean is_money = td_compare_column_get_key (self->column) >= TD_ROW_KEY_INPUT_COST &&
                      td_compare_column_get_key (self->column) <= TD_ROW_KEY_TOTAL_COST;

  if (self->column == TD_COMPARE_COLUMN_TOKENS || self->column == TD_COMPARE_COLUMN_CONTEXT_SHARE)
    {
      self->icon = add_child (self, gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      gtk_widget_add_css_class (self->icon, "dimmed");
      gtk_widget_add_css_class (self->icon, "td-status-icon");
      gtk_widget_set_visible (self->icon, FALSE);
    }

  if (self->column == TD_COMPARE_COLUMN_CONTEXT_SHARE)
    {
      /* The number beside it says the same; hidden alone it would still be part of the cell's name. */
      self->bar = add_child (self, g_object_new (GTK_TYPE_LEVEL_BAR, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE, NULL));
      gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_LOW, 0.0);
      gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_HIGH, 1.0);
      gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_FULL, 1.0);
    }

  self->label = add_child (self, gtk_label_new (NULL));
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), is_numeric ? 1.0f : 0.0f);
  if (is_numeric)
    {
      /* A floor under the width keeps columns from jumping while other rows are scrolled in. */
      gtk_label_set_width_chars (GTK_LABEL (self->label),
                                 is_money ? MONEY_CHARS
                                          : self->column == TD_COMPARE_COLUMN_TOKENS ? TOKENS_CHARS : OTHER_CHARS);
      gtk_widget_add_css_class (self->label, "numeric");
    }
  if (self->column == TD_COMPARE_COLUMN_TOTAL_COST)
    {
      GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

      gtk_widget_add_css_class (self->label, "td-total");
      gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
      gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 0);
      gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
      self->caption = add_child (self, gtk_label_new (NULL));
      gtk_label_set_xalign (GTK_LABEL (self->caption), 1.0f);
      gtk_widget_add_css_class (self->caption, "caption");
      gtk_widget_add_css_class (self->caption, "dimmed");
      gtk_widget_add_css_class (self->caption, "numeric");
    }
}

/**
 * td_compare_cell_new:
 * @comparison: the comparison
 * @column: which of a row's values to show
 *
 * Returns: (transfer full): a cell without a row
 */
GtkWidget *
td_compare_cell_new (TdComparison    *comparison,
                     TdCompareColumn  column)
{
  TdCompareCell *self;

  g_return_val_if_fail (TD_IS_COMPARISON (comparison), NULL);

  self = g_object_new (TD_TYPE_COMPARE_CELL, NULL);
  self->comparison = g_object_ref (comparison);
  self->column = column;
  add_children (self);

  return GTK_WIDGET (self);
}

/** Returns: (transfer none) (nullable): the row that is shown */
TdModelRow *
td_compare_cell_get_row (TdCompareCell *self)
{
  g_autoptr (TdModelRow) row = NULL;

  g_return_val_if_fail (TD_IS_COMPARE_CELL (self), NULL);

  /* The comparison keeps it alive. */
  row = self->row_signals ? g_signal_group_dup_target (self->row_signals) : NULL;

  return row;
}

/** Shows another row, or none. */
void
td_compare_cell_set_row (TdCompareCell *self,
                         TdModelRow    *row)
{
  g_return_if_fail (TD_IS_COMPARE_CELL (self));
  g_return_if_fail (row == NULL || TD_IS_MODEL_ROW (row));

  g_signal_group_set_target (self->row_signals, row);
  update_cb (self);
}

/** Says whether a total has the multiple of the baseline below it. */
void
td_compare_cell_set_shows_ratio (TdCompareCell *self,
                                 gboolean       shows_ratio)
{
  g_return_if_fail (TD_IS_COMPARE_CELL (self));

  if (self->shows_ratio == !!shows_ratio)
    return;

  self->shows_ratio = !!shows_ratio;
  update_cb (self);
}
