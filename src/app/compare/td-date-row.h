/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "pricing/td-date.h"

G_BEGIN_DECLS

#define TD_TYPE_DATE_ROW (td_date_row_get_type ())

G_DECLARE_FINAL_TYPE (TdDateRow, td_date_row, TD, DATE_ROW, AdwEntryRow)

GtkWidget  *td_date_row_new      (void);
const char *td_date_row_get_date (TdDateRow  *self);
void        td_date_row_set_date (TdDateRow  *self,
                                  const char *date);

G_END_DECLS
