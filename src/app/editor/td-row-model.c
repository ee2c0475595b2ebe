/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-row-model.h"

/**
 * TdRowModel:
 *
 * A list of rows that are told apart by their position alone: its items are made when asked for and hold nothing, so a
 * million of them cost no memory.
 */
struct _TdRowModel
{
  GObject parent_instance;

  guint n_rows;
};

static GType
td_row_model_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
td_row_model_get_n_items (GListModel *model)
{
  return TD_ROW_MODEL (model)->n_rows;
}

static gpointer
td_row_model_get_item (GListModel *model,
                       guint       position)
{
  return position < TD_ROW_MODEL (model)->n_rows ? g_object_new (G_TYPE_OBJECT, NULL) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = td_row_model_get_item;
  iface->get_item_type = td_row_model_get_item_type;
  iface->get_n_items = td_row_model_get_n_items;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TdRowModel, td_row_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
td_row_model_class_init (TdRowModelClass *klass)
{
}

static void
td_row_model_init (TdRowModel *self)
{
}

/**
 * td_row_model_new:
 *
 * Returns: (transfer full): a list without rows
 */
TdRowModel *
td_row_model_new (void)
{
  return g_object_new (TD_TYPE_ROW_MODEL, NULL);
}

/**
 * td_row_model_set_n_rows:
 * @self: the list
 * @n_rows: how many rows there are now
 *
 * Rows come or go at the end; the others stay as they are.
 */
void
td_row_model_set_n_rows (TdRowModel *self,
                         guint       n_rows)
{
  guint old = self->n_rows;

  g_return_if_fail (TD_IS_ROW_MODEL (self));

  self->n_rows = n_rows;
  if (n_rows > old)
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, n_rows - old);
  else if (n_rows < old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_rows, old - n_rows, 0);
}
