/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-comparison.h"
#include "app/compare/td-row-sorter.h"

G_BEGIN_DECLS

/**
 * TdCompareColumn:
 *
 * The columns of the comparison, in their order on screen: the first of #TdReportColumn.
 */
typedef enum
{
  TD_COMPARE_COLUMN_MODEL,
  TD_COMPARE_COLUMN_VENDOR,
  TD_COMPARE_COLUMN_TOKENS,
  TD_COMPARE_COLUMN_INPUT_COST,
  TD_COMPARE_COLUMN_OUTPUT_COST,
  TD_COMPARE_COLUMN_TOTAL_COST,
  TD_COMPARE_COLUMN_THOUSAND_COST,
  TD_COMPARE_COLUMN_CALLS_COST,
  TD_COMPARE_COLUMN_BUDGET_CALLS,
  TD_COMPARE_COLUMN_RATIO,
  TD_COMPARE_COLUMN_CONTEXT_SHARE,
  TD_COMPARE_COLUMN_CONTEXT_WINDOW,
  TD_COMPARE_COLUMN_INPUT_PRICE,
  TD_COMPARE_COLUMN_OUTPUT_PRICE,
  TD_COMPARE_COLUMN_RELEASED,
  TD_N_COMPARE_COLUMNS
} TdCompareColumn;

const char *td_compare_column_get_id      (TdCompareColumn   column);
gboolean    td_compare_column_from_id     (const char       *id,
                                           TdCompareColumn  *column);
const char *td_compare_column_get_title   (TdCompareColumn   column);
const char *td_compare_column_get_name    (TdCompareColumn   column);
TdRowKey    td_compare_column_get_key     (TdCompareColumn   column);
gboolean    td_compare_column_is_numeric  (TdCompareColumn   column);
guint       td_compare_column_get_rank    (TdCompareColumn   column);
gboolean    td_compare_column_is_default  (TdCompareColumn   column);

char       *td_compare_text_column        (TdCompareColumn   column,
                                           TdModelRow       *row,
                                           TdComparison     *comparison);
char       *td_compare_text_tokens        (TdModelRow       *row);
char       *td_compare_text_exactness     (TdModelRow       *row);
const char *td_compare_exactness_icon     (TdModelRow       *row);
char       *td_compare_text_status        (TdModelRow       *row,
                                           const TdScenario *scenario);
char       *td_compare_text_origin        (TdModelRow       *row);
char       *td_compare_text_notes         (TdModelRow       *row);
char       *td_compare_text_row           (TdModelRow       *row,
                                           TdComparison     *comparison);
char       *td_compare_text_rate          (const TdCurrency *currency);
char       *td_compare_text_budget        (TdComparison     *comparison);

G_END_DECLS
