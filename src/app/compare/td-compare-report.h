/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/compare/td-comparison.h"

G_BEGIN_DECLS

char     *td_compare_report_write         (TdComparison         *comparison,
                                           GListModel           *rows,
                                           const char           *format);
void      td_compare_report_export_async  (TdComparison         *comparison,
                                           GListModel           *rows,
                                           const char           *format,
                                           GtkWindow            *window,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean  td_compare_report_export_finish (TdComparison         *comparison,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
