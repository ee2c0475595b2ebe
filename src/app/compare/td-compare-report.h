/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-compare-table.h"

G_BEGIN_DECLS

char     *td_compare_report_write         (TdCompareTable       *table,
                                           const char           *format);
void      td_compare_report_export_async  (TdCompareTable       *table,
                                           const char           *format,
                                           GtkWindow            *window,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean  td_compare_report_export_finish (TdCompareTable       *table,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
