/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/compare/td-compare-text.h"

G_BEGIN_DECLS

#define TD_TYPE_COMPARE_CELL (td_compare_cell_get_type ())

G_DECLARE_FINAL_TYPE (TdCompareCell, td_compare_cell, TD, COMPARE_CELL, GtkWidget)

GtkWidget  *td_compare_cell_new     (TdComparison    *comparison,
                                     TdCompareColumn  column);
TdModelRow *td_compare_cell_get_row (TdCompareCell   *self);
void        td_compare_cell_set_row (TdCompareCell   *self,
                                     TdModelRow      *row);
void        td_compare_cell_set_shows_ratio (TdCompareCell *self,
                                             gboolean       shows_ratio);

G_END_DECLS
