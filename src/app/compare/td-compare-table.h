/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-column-choice.h"
#include "app/compare/td-row-filter.h"

G_BEGIN_DECLS

#define TD_TYPE_COMPARE_TABLE (td_compare_table_get_type ())

G_DECLARE_FINAL_TYPE (TdCompareTable, td_compare_table, TD, COMPARE_TABLE, AdwBin)

TdComparison   *td_compare_table_get_comparison    (TdCompareTable  *self);
void            td_compare_table_set_comparison    (TdCompareTable  *self,
                                                    TdComparison    *comparison);
TdColumnChoice *td_compare_table_get_choice        (TdCompareTable  *self);
TdRowFilter    *td_compare_table_get_filter        (TdCompareTable  *self);
GListModel     *td_compare_table_get_rows          (TdCompareTable  *self);
GtkColumnView  *td_compare_table_get_view          (TdCompareTable  *self);
TdModelRow     *td_compare_table_get_selected      (TdCompareTable  *self);
void            td_compare_table_select            (TdCompareTable  *self,
                                                    TdModelRow      *row);
gboolean        td_compare_table_is_wanted         (TdCompareTable  *self,
                                                    TdCompareColumn  column);
gboolean        td_compare_table_get_shown         (TdCompareTable  *self,
                                                    TdCompareColumn  column);
guint           td_compare_table_get_spare_columns (TdCompareTable  *self);
void            td_compare_table_set_spare_columns (TdCompareTable  *self,
                                                    guint            spare_columns);

G_END_DECLS
