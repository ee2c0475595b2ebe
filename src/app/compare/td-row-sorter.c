/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-model-row.h"
#include "app/compare/td-row-sorter.h"

/* Orders the rows of the comparison, see td_model_order_compare(). Pinned rows first and unknown values last in both
 * directions could not be had from a sorter that the column view turns round by itself, so this one is told the
 * direction. */

struct _TdRowSorter
{
  GtkSorter parent_instance;

  TdRowKey key;
  GtkSortType order;
};

G_DEFINE_FINAL_TYPE (TdRowSorter, td_row_sorter, GTK_TYPE_SORTER)

static TdOrderItem
make_item (TdModelRow *row)
{
  return (TdOrderItem) { td_model_row_get_model (row), td_model_row_get_quote (row), td_model_row_get_ratio (row),
                         td_model_row_get_position (row), td_model_row_get_pin (row) };
}

static GtkOrdering
td_row_sorter_compare (GtkSorter *sorter,
                       gpointer   item1,
                       gpointer   item2)
{
  TdRowSorter *self = TD_ROW_SORTER (sorter);
  TdOrderItem a = make_item (item1);
  TdOrderItem b = make_item (item2);

  return gtk_ordering_from_cmpfunc (td_model_order_compare (self->key, self->order == GTK_SORT_DESCENDING, &a, &b));
}

static GtkSorterOrder
td_row_sorter_get_sorter_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_TOTAL;
}

static void
td_row_sorter_class_init (TdRowSorterClass *klass)
{
  GtkSorterClass *sorter_class = GTK_SORTER_CLASS (klass);

  sorter_class->compare = td_row_sorter_compare;
  sorter_class->get_order = td_row_sorter_get_sorter_order;
}

static void
td_row_sorter_init (TdRowSorter *self)
{
  self->order = GTK_SORT_ASCENDING;
}

/** Returns: (transfer full): a sorter in the default order */
TdRowSorter *
td_row_sorter_new (void)
{
  return g_object_new (TD_TYPE_ROW_SORTER, NULL);
}

/** Returns: what the rows are sorted by */
TdRowKey
td_row_sorter_get_key (TdRowSorter *self)
{
  g_return_val_if_fail (TD_IS_ROW_SORTER (self), TD_ROW_KEY_DEFAULT);

  return self->key;
}

/** Returns: in which direction */
GtkSortType
td_row_sorter_get_order (TdRowSorter *self)
{
  g_return_val_if_fail (TD_IS_ROW_SORTER (self), GTK_SORT_ASCENDING);

  return self->order;
}

/** Sorts by something else. */
void
td_row_sorter_set_key (TdRowSorter *self,
                       TdRowKey     key,
                       GtkSortType  order)
{
  g_return_if_fail (TD_IS_ROW_SORTER (self));

  if (self->key == key && self->order == order)
    return;

  self->key = key;
  self->order = order;
  gtk_sorter_changed (GTK_SORTER (self), GTK_SORTER_CHANGE_DIFFERENT);
}
