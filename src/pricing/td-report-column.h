/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdReportColumn:
 *
 * What a comparison can show of a model. Those up to %TD_REPORT_COLUMN_RELEASED are the columns of the window, in their
 * order there; the others are in written reports only.
 */
typedef enum
{
  TD_REPORT_COLUMN_MODEL,
  TD_REPORT_COLUMN_VENDOR,
  TD_REPORT_COLUMN_TOKENS,
  TD_REPORT_COLUMN_INPUT_COST,
  TD_REPORT_COLUMN_OUTPUT_COST,
  TD_REPORT_COLUMN_TOTAL_COST,
  TD_REPORT_COLUMN_THOUSAND_COST,
  TD_REPORT_COLUMN_CALLS_COST,
  TD_REPORT_COLUMN_BUDGET_CALLS,
  TD_REPORT_COLUMN_RATIO,
  TD_REPORT_COLUMN_CONTEXT_SHARE,
  TD_REPORT_COLUMN_CONTEXT_WINDOW,
  TD_REPORT_COLUMN_INPUT_PRICE,
  TD_REPORT_COLUMN_OUTPUT_PRICE,
  TD_REPORT_COLUMN_RELEASED,
  TD_REPORT_COLUMN_CACHED_INPUT_PRICE,
  TD_REPORT_COLUMN_ENCODING,
  TD_REPORT_COLUMN_EXACTNESS,
  TD_REPORT_COLUMN_REMARKS,
  TD_N_REPORT_COLUMNS
} TdReportColumn;

const char *td_report_column_get_name        (TdReportColumn   column);
const char *td_report_column_get_field       (TdReportColumn   column);
const char *td_report_column_get_title       (TdReportColumn   column);
gboolean    td_report_column_is_number       (TdReportColumn   column);
gboolean    td_report_column_depends_on_text (TdReportColumn   column);
gboolean    td_report_column_from_name       (const char      *name,
                                              TdReportColumn  *column);

G_END_DECLS
