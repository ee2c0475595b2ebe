/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-comparison.h"

G_BEGIN_DECLS

#define TD_TYPE_RATE_ROW (td_rate_row_get_type ())

G_DECLARE_FINAL_TYPE (TdRateRow, td_rate_row, TD, RATE_ROW, AdwExpanderRow)

GtkWidget  *td_rate_row_new      (TdComparison *comparison,
                                  const char   *code);
const char *td_rate_row_get_code (TdRateRow    *self);
void        td_rate_row_edit     (TdRateRow    *self);

G_END_DECLS
