/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-cell.h"
#include "app/compare/td-compare-table-private.h"
#include "app/compare/td-model-cell.h"

/* The table of the comparison: rows -> filter -> sort -> selection -> column view.
 *
 * The panel says how many columns fit besides model, tokens and total (spare-columns). Columns the user has added are
 * shown in any case, and where there is no room for them the table scrolls sideways; the places that are left go to those
 * that are there by default, by their rank. Choice and sorting are kept in the settings.
 *
 * Keys, besides those of every list: Return opens a row's details, Ctrl+D keeps it on top, Ctrl+B measures the others
 * by it, Menu or Shift+F10 opens its menu. */

#define KEY_SORT "compare-sort"

G_DEFINE_FINAL_TYPE (TdCompareTable, td_compare_table, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_COMPARISON,
  PROP_SPARE_COLUMNS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
/* Also emitted by the actions. */
static guint row_activated_signal;

/* Cells ------------------------------------------------------------------------------------------------------------ */

static TdCompareColumn
get_column_of_factory (GtkListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "td-column"));
}

static void
cell_setup_cb (GtkListItemFactory *factory,
               GtkColumnViewCell  *cell,
               TdCompareTable     *self)
{
  TdCompareColumn column = get_column_of_factory (factory);

  if (column == TD_COMPARE_COLUMN_MODEL)
    gtk_column_view_cell_set_child (cell, td_model_cell_new (self->comparison));
  else
    gtk_column_view_cell_set_child (cell, td_compare_cell_new (self->comparison, column));
}

static void
cell_bind_cb (GtkListItemFactory *factory,
              GtkColumnViewCell  *cell,
              TdCompareTable     *self)
{
  GtkWidget *child = gtk_column_view_cell_get_child (cell);
  TdModelRow *row = gtk_column_view_cell_get_item (cell);

  if (TD_IS_MODEL_CELL (child))
    td_model_cell_set_row (TD_MODEL_CELL (child), row);
  else
    {
      td_compare_cell_set_shows_ratio (TD_COMPARE_CELL (child),
                                       !td_compare_table_get_shown (self, TD_COMPARE_COLUMN_RATIO));
      td_compare_cell_set_row (TD_COMPARE_CELL (child), row);
    }
}

static void
cell_unbind_cb (GtkListItemFactory *factory,
                GtkColumnViewCell  *cell,
                TdCompareTable     *self)
{
  GtkWidget *child = gtk_column_view_cell_get_child (cell);

  if (TD_IS_MODEL_CELL (child))
    td_model_cell_set_row (TD_MODEL_CELL (child), NULL);
  else if (TD_IS_COMPARE_CELL (child))
    td_compare_cell_set_row (TD_COMPARE_CELL (child), NULL);
}

static void
row_changed_cb (GtkColumnViewRow *view_row,
                TdModelRow       *row)
{
  TdComparison *comparison = g_object_get_data (G_OBJECT (view_row), "td-comparison");
  g_autofree char *label = td_compare_text_row (row, comparison);

  gtk_column_view_row_set_accessible_label (view_row, label);
}

static void
row_bind_cb (TdCompareTable   *self,
             GtkColumnViewRow *view_row)
{
  TdModelRow *row = gtk_column_view_row_get_item (view_row);

  g_object_set_data (G_OBJECT (view_row), "td-comparison", self->comparison);
  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), view_row, G_CONNECT_SWAPPED);
  row_changed_cb (view_row, row);
}

static void
row_unbind_cb (TdCompareTable   *self,
               GtkColumnViewRow *view_row)
{
  TdModelRow *row = gtk_column_view_row_get_item (view_row);

  g_signal_handlers_disconnect_by_func (row, row_changed_cb, view_row);
}

/* Columns ---------------------------------------------------------------------------------------------------------- */

/* Whether the user has asked for a column that would not be there otherwise. */
static gboolean
is_added (TdCompareTable  *self,
          TdCompareColumn  column)
{
  return !td_compare_column_is_default (column) && td_column_choice_get (self->choice, column);
}

/* Shows the columns that are always there or were added, and of the others those that there is room for. */
static void
update_visible (TdCompareTable *self)
{
  gboolean had_ratio = td_compare_table_get_shown (self, TD_COMPARE_COLUMN_RATIO);
  guint left = self->spare_columns;
  gboolean shown[TD_N_COMPARE_COLUMNS] = { FALSE };

  for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
    {
      shown[i] = td_compare_column_get_rank (i) == 0 || is_added (self, i);
      if (is_added (self, i) && left > 0)
        left--;
    }

  for (guint rank = 1; rank <= TD_N_COMPARE_COLUMNS; rank++)
    {
      for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
        {
          if (td_compare_column_get_rank (i) != rank || shown[i] || left == 0 || !td_compare_table_is_wanted (self, i))
            continue;

          shown[i] = TRUE;
          left--;
        }
    }

  for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
    gtk_column_view_column_set_visible (self->columns[i], shown[i]);

  if (had_ratio != shown[TD_COMPARE_COLUMN_RATIO])
    {
      GtkColumnViewColumn *column = self->columns[TD_COMPARE_COLUMN_TOTAL_COST];
      g_autoptr (GtkListItemFactory) factory = g_object_ref (gtk_column_view_column_get_factory (column));

      /* The total's cells take the multiple in or give it up. */
      gtk_column_view_column_set_factory (column, NULL);
      gtk_column_view_column_set_factory (column, factory);
    }
}

static GtkColumnViewColumn *
find_column (TdCompareTable  *self,
             const char      *id)
{
  TdCompareColumn column;

  return td_compare_column_from_id (id, &column) ? self->columns[column] : NULL;
}

static void
restore_sort (TdCompareTable *self)
{
  g_autoptr (GVariant) sort = td_settings_get_value (td_comparison_get_settings (self->comparison), KEY_SORT);
  const char *id;
  gboolean is_descending;

  g_variant_get (sort, "(&sb)", &id, &is_descending);
  self->is_restoring = TRUE;
  gtk_column_view_sort_by_column (self->view, find_column (self, id),
                                  is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->is_restoring = FALSE;
}

/* The view's own sorter only knows which header was pressed; the order itself is TdRowSorter's. */
static void
view_sorter_changed_cb (TdCompareTable *self)
{
  GtkColumnViewSorter *view_sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (self->view));
  GtkColumnViewColumn *primary = gtk_column_view_sorter_get_primary_sort_column (view_sorter);
  GtkSortType order = gtk_column_view_sorter_get_primary_sort_order (view_sorter);
  TdSettings *settings = self->comparison ? td_comparison_get_settings (self->comparison) : NULL;
  TdRowKey key = TD_ROW_KEY_DEFAULT;
  TdCompareColumn column;
  const char *id = primary ? gtk_column_view_column_get_id (primary) : "";

  if (td_compare_column_from_id (id, &column))
    key = td_compare_column_get_key (column);
  td_row_sorter_set_key (self->sorter, key, order);

  if (settings && !self->is_restoring)
    td_settings_set_value (settings, KEY_SORT, g_variant_new ("(sb)", id, order == GTK_SORT_DESCENDING));
}

static void
add_columns (TdCompareTable *self)
{
  for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      g_autoptr (GtkSorter) sorter = NULL;

      g_object_set_data (G_OBJECT (factory), "td-column", GUINT_TO_POINTER (i));
      g_signal_connect_object (factory, "setup", G_CALLBACK (cell_setup_cb), self, 0);
      g_signal_connect_object (factory, "bind", G_CALLBACK (cell_bind_cb), self, 0);
      g_signal_connect_object (factory, "unbind", G_CALLBACK (cell_unbind_cb), self, 0);

      column = gtk_column_view_column_new (td_compare_column_get_title (i), factory);
      gtk_column_view_column_set_id (column, td_compare_column_get_id (i));
      gtk_column_view_column_set_expand (column, i == TD_COMPARE_COLUMN_MODEL);
      gtk_column_view_column_set_header_menu (column, td_column_choice_get_menu (self->choice));
      sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_append_column (self->view, column);

      self->columns[i] = column;
    }
}

/* Puts the titles of numbers over the right edge of the numbers, the arrow before them. A column has no property for
 * that, so the header is looked into: one child per column, holding a box with title and arrow. Were it made
 * otherwise, titles would start at the left. */
static void
align_titles (TdCompareTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title && i < TD_N_COMPARE_COLUMNS; i++, title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (!GTK_IS_BOX (box) || !td_compare_column_is_numeric (i))
        continue;

      gtk_widget_set_halign (box, GTK_ALIGN_END);
      gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_last_child (box), NULL);
    }
}

/* Rows ------------------------------------------------------------------------------------------------------------- */

/* Sorting again recycles the cells on screen, so only when a changed number really put rows out of order. */
static gboolean
is_sorted (TdCompareTable *self)
{
  GListModel *model = G_LIST_MODEL (self->sort_model);
  guint n_rows = g_list_model_get_n_items (model);
  g_autoptr (GObject) previous = NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (model, i);

      if (previous && gtk_sorter_compare (GTK_SORTER (self->sorter), previous, row) > 0)
        return FALSE;
      g_set_object (&previous, row);
    }

  return TRUE;
}

/* Pinned rows and the baseline pass the filter. */
static void
membership_changed_cb (TdCompareTable *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
updated_cb (TdCompareTable *self)
{
  TdDate date = td_comparison_get_scenario (self->comparison)->date;

  /* Other days have other models. */
  if (td_date_compare (self->date, date) != 0)
    {
      self->date = date;
      membership_changed_cb (self);
    }

  if (!is_sorted (self))
    gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
}

static void
n_items_changed_cb (TdCompareTable *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->sort_model)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "table");
}

static void
selected_changed_cb (TdCompareTable *self)
{
  gboolean has_row = gtk_single_selection_get_selected_item (self->selection) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.pin", has_row);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.baseline", has_row);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.details", has_row);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.menu", has_row);
}

/* Declared in the private header. */
void
td_compare_table_activate_row (TdCompareTable *self,
                               TdModelRow     *row)
{
  g_signal_emit (self, row_activated_signal, 0, row);
}

static void
activate_cb (TdCompareTable *self,
             guint           position)
{
  g_autoptr (TdModelRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row)
    td_compare_table_activate_row (self, row);
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_compare_table_dispose (GObject *object)
{
  TdCompareTable *self = TD_COMPARE_TABLE (object);

  /* The view forgets its sorting when it goes, which is nothing to remember. */
  if (self->view)
    g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->view), view_sorter_changed_cb, self);
  g_clear_pointer (&self->row_menu, gtk_widget_unparent);
  /* First: disposing of the template would unparent a named child behind the bin's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_COMPARE_TABLE);
  g_clear_object (&self->choice);
  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (td_compare_table_parent_class)->dispose (object);
}

static void
td_compare_table_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TdCompareTable *self = TD_COMPARE_TABLE (object);

  switch (prop_id)
    {
    case PROP_COMPARISON:
      g_value_set_object (value, self->comparison);
      break;
    case PROP_SPARE_COLUMNS:
      g_value_set_uint (value, self->spare_columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_compare_table_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TdCompareTable *self = TD_COMPARE_TABLE (object);

  switch (prop_id)
    {
    case PROP_COMPARISON:
      td_compare_table_set_comparison (self, g_value_get_object (value));
      break;
    case PROP_SPARE_COLUMNS:
      td_compare_table_set_spare_columns (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_compare_table_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  TdCompareTable *self = TD_COMPARE_TABLE (widget);

  GTK_WIDGET_CLASS (td_compare_table_parent_class)->size_allocate (widget, width, height, baseline);

  if (self->row_menu)
    gtk_popover_present (GTK_POPOVER (self->row_menu));
}

static void
td_compare_table_class_init (TdCompareTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_compare_table_dispose;
  object_class->get_property = td_compare_table_get_property;
  object_class->set_property = td_compare_table_set_property;

  widget_class->size_allocate = td_compare_table_size_allocate;

  properties[PROP_COMPARISON] =
    g_param_spec_object ("comparison", NULL, NULL, TD_TYPE_COMPARISON,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /* How many columns there is room for besides model, tokens and total. */
  properties[PROP_SPARE_COLUMNS] =
    g_param_spec_uint ("spare-columns", NULL, NULL, 0, G_MAXUINT, G_MAXUINT,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TdCompareTable::row-activated:
   * @row: the row
   *
   * The user wants to know more about a model.
   */
  row_activated_signal = g_signal_new ("row-activated", TD_TYPE_COMPARE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, TD_TYPE_MODEL_ROW);

  g_type_ensure (TD_TYPE_ROW_FILTER);
  g_type_ensure (TD_TYPE_ROW_SORTER);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-compare-table.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCompareTable, stack);
  gtk_widget_class_bind_template_child (widget_class, TdCompareTable, view);
  gtk_widget_class_bind_template_child (widget_class, TdCompareTable, selection);
  gtk_widget_class_bind_template_child (widget_class, TdCompareTable, sort_model);
  gtk_widget_class_bind_template_child (widget_class, TdCompareTable, filter_model);
  gtk_widget_class_bind_template_child (widget_class, TdCompareTable, filter);
  gtk_widget_class_bind_template_child (widget_class, TdCompareTable, sorter);
  gtk_widget_class_bind_template_callback (widget_class, row_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  td_compare_table_bind_menu (widget_class);

  td_compare_table_install_actions (widget_class);
}

static void
td_compare_table_init (TdCompareTable *self)
{
  self->spare_columns = G_MAXUINT;
  self->choice = td_column_choice_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  add_columns (self);
  align_titles (self);
  update_visible (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare-columns", td_column_choice_get_actions (self->choice));
  g_signal_connect_object (self->choice, "changed", G_CALLBACK (update_visible), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (view_sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sort_model, "items-changed", G_CALLBACK (n_items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selected_changed_cb), self, G_CONNECT_SWAPPED);
  selected_changed_cb (self);
}

/** Returns: (transfer none) (nullable): what the table shows */
TdComparison *
td_compare_table_get_comparison (TdCompareTable *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), NULL);

  return self->comparison;
}

/** Shows a comparison. Can be done once. */
void
td_compare_table_set_comparison (TdCompareTable *self,
                                 TdComparison   *comparison)
{
  g_return_if_fail (TD_IS_COMPARE_TABLE (self));
  g_return_if_fail (TD_IS_COMPARISON (comparison));
  g_return_if_fail (self->comparison == NULL || self->comparison == comparison);

  if (!g_set_object (&self->comparison, comparison))
    return;

  if (td_comparison_get_settings (comparison))
    {
      td_column_choice_restore (self->choice, td_comparison_get_settings (comparison));
      restore_sort (self);
    }

  gtk_filter_list_model_set_model (self->filter_model, td_comparison_get_rows (comparison));
  g_signal_connect_object (comparison, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (comparison, "notify::pinned", G_CALLBACK (membership_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (comparison, "notify::baseline", G_CALLBACK (membership_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_comparison_get_options (comparison), "notify::calls", G_CALLBACK (update_visible), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (td_comparison_get_options (comparison), "notify::budget", G_CALLBACK (update_visible), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (td_comparison_get_options (comparison), "notify::credit", G_CALLBACK (update_visible), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (comparison, "notify::rates", G_CALLBACK (update_visible), self, G_CONNECT_SWAPPED);
  update_visible (self);
  n_items_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPARISON]);
}

/** Returns: (transfer none): which columns the user wants to see */
TdColumnChoice *
td_compare_table_get_choice (TdCompareTable *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), NULL);

  return self->choice;
}

/** Returns: (transfer none): which rows pass */
TdRowFilter *
td_compare_table_get_filter (TdCompareTable *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), NULL);

  return self->filter;
}

/** Returns: (transfer none): the rows as shown, filtered and sorted */
GListModel *
td_compare_table_get_rows (TdCompareTable *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), NULL);

  return G_LIST_MODEL (self->sort_model);
}

/** Returns: (transfer none): the column view */
GtkColumnView *
td_compare_table_get_view (TdCompareTable *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), NULL);

  return self->view;
}

/** Returns: (transfer none) (nullable): the row that actions apply to */
TdModelRow *
td_compare_table_get_selected (TdCompareTable *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}

/** Selects a row, or none; a row that is filtered out cannot be selected. */
void
td_compare_table_select (TdCompareTable *self,
                         TdModelRow     *row)
{
  guint n_rows;

  g_return_if_fail (TD_IS_COMPARE_TABLE (self));

  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (guint i = 0; row && i < n_rows; i++)
    {
      g_autoptr (TdModelRow) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item == row)
        {
          gtk_single_selection_set_selected (self->selection, i);
          return;
        }
    }

  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

/**
 * td_compare_table_is_wanted:
 * @self: the table
 * @column: a column
 *
 * Returns: whether a column is to be shown if there is room: it is chosen; the cost of a month and the calls of a
 *   budget are there once the user has said how many calls, or how much, that is
 */
gboolean
td_compare_table_is_wanted (TdCompareTable  *self,
                            TdCompareColumn  column)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), FALSE);
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, FALSE);

  if (column == TD_COMPARE_COLUMN_CALLS_COST)
    return self->comparison && td_comparison_get_calls (self->comparison) > 0;
  if (column == TD_COMPARE_COLUMN_BUDGET_CALLS)
    return self->comparison && td_money_is_known (td_comparison_get_budget (self->comparison));

  return td_compare_column_get_rank (column) == 0 || td_column_choice_get (self->choice, column);
}

/** Returns: whether a column is on screen: chosen, and there is room */
gboolean
td_compare_table_get_shown (TdCompareTable  *self,
                            TdCompareColumn  column)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), FALSE);
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, FALSE);

  return gtk_column_view_column_get_visible (self->columns[column]);
}

/** Returns: how many columns there is room for besides model, tokens and total */
guint
td_compare_table_get_spare_columns (TdCompareTable *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_TABLE (self), 0);

  return self->spare_columns;
}

/** Says how many columns there is room for besides model, tokens and total. */
void
td_compare_table_set_spare_columns (TdCompareTable *self,
                                    guint           spare_columns)
{
  g_return_if_fail (TD_IS_COMPARE_TABLE (self));

  if (self->spare_columns == spare_columns)
    return;

  self->spare_columns = spare_columns;
  update_visible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPARE_COLUMNS]);
}
