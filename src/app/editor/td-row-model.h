/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_TYPE_ROW_MODEL (td_row_model_get_type ())

G_DECLARE_FINAL_TYPE (TdRowModel, td_row_model, TD, ROW_MODEL, GObject)

TdRowModel *td_row_model_new        (void);

void        td_row_model_set_n_rows (TdRowModel *self,
                                     guint       n_rows);

G_END_DECLS
