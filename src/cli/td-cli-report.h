/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-report.h"

G_BEGIN_DECLS

/** The option that chooses columns; to be read with td_cli_columns_parse(). */
#define TD_CLI_COLUMNS_ENTRY(names) \
  { "columns", 0, 0, G_OPTION_ARG_STRING, (names), N_("Show the columns A, B and so on, in this order"), N_("A,B,…") }

char     *td_cli_columns_describe (const char      *summary,
                                   gboolean         has_text);
gboolean  td_cli_columns_parse    (const char      *names,
                                   gboolean         has_text,
                                   GArray         **columns);
gboolean  td_cli_columns_contain  (GArray          *columns,
                                   TdReportColumn   column);
void      td_cli_report_print     (TdReport        *report,
                                   GArray          *columns,
                                   const char      *format);

G_END_DECLS
