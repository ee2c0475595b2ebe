/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "pricing/td-model-order.h"

G_BEGIN_DECLS

#define TD_TYPE_ROW_SORTER (td_row_sorter_get_type ())

G_DECLARE_FINAL_TYPE (TdRowSorter, td_row_sorter, TD, ROW_SORTER, GtkSorter)

TdRowSorter *td_row_sorter_new      (void);
TdRowKey     td_row_sorter_get_key  (TdRowSorter *self);
GtkSortType  td_row_sorter_get_order (TdRowSorter *self);
void         td_row_sorter_set_key  (TdRowSorter *self,
                                     TdRowKey     key,
                                     GtkSortType  order);

G_END_DECLS
