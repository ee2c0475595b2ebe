/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-compare-table.h"

G_BEGIN_DECLS

#define TD_TYPE_COMPARE_PANEL (td_compare_panel_get_type ())

G_DECLARE_FINAL_TYPE (TdComparePanel, td_compare_panel, TD, COMPARE_PANEL, AdwBin)

GtkWidget      *td_compare_panel_new            (TdDocument     *document,
                                                 TdSettings     *settings,
                                                 TdCatalogue    *catalogue);
TdComparison   *td_compare_panel_get_comparison (TdComparePanel *self);
TdCompareTable *td_compare_panel_get_table      (TdComparePanel *self);

G_END_DECLS
