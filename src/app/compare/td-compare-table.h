/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-compare-text.h"
#include "app/compare/td-row-filter.h"

G_BEGIN_DECLS

#define TD_TYPE_COMPARE_TABLE (td_compare_table_get_type ())

G_DECLARE_FINAL_TYPE (TdCompareTable, td_compare_table, TD, COMPARE_TABLE, AdwBin)

TdComparison  *td_compare_table_get_comparison    (TdCompareTable  *self);
void           td_compare_table_set_comparison    (TdCompareTable  *self,
                                                   TdComparison    *comparison);
TdRowFilter   *td_compare_table_get_filter        (TdCompareTable  *self);
GListModel    *td_compare_table_get_rows          (TdCompareTable  *self);
GtkColumnView *td_compare_table_get_view          (TdCompareTable  *self);
TdModelRow    *td_compare_table_get_selected      (TdCompareTable  *self);
void           td_compare_table_select            (TdCompareTable  *self,
                                                   TdModelRow      *row);
gboolean       td_compare_table_get_chosen        (TdCompareTable  *self,
                                                   TdCompareColumn  column);
void           td_compare_table_set_chosen        (TdCompareTable  *self,
                                                   TdCompareColumn  column,
                                                   gboolean         chosen);
gboolean       td_compare_table_get_shown         (TdCompareTable  *self,
                                                   TdCompareColumn  column);
guint          td_compare_table_get_spare_columns (TdCompareTable  *self);
void           td_compare_table_set_spare_columns (TdCompareTable  *self,
                                                   guint            spare_columns);
GActionGroup  *td_compare_table_get_actions       (TdCompareTable  *self);
GMenuModel    *td_compare_table_get_columns_menu  (TdCompareTable  *self);

G_END_DECLS
