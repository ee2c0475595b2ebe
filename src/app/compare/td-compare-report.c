/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-compare-report.h"
#include "pricing/td-report.h"

/**
 * td_compare_report_write:
 * @comparison: a comparison
 * @rows: (element-type TdModelRow): its rows as they are shown
 * @format: "markdown", "csv" or "json"
 *
 * Returns: (transfer full): the rows, written by the same module as the command line's
 */
char *
td_compare_report_write (TdComparison *comparison,
                         GListModel   *rows,
                         const char   *format)
{
  TdModelRow *baseline = td_comparison_get_baseline_row (comparison);
  guint n_rows = g_list_model_get_n_items (rows);
  g_autoptr (TdReport) report = td_report_new (td_comparison_get_scenario (comparison),
                                               td_comparison_get_currency (comparison),
                                               td_catalogue_get_as_of (td_comparison_get_catalogue (comparison)));

  if (baseline)
    td_report_set_baseline (report, td_model_row_get_model (baseline), td_model_row_get_tokens (baseline));
  if (td_comparison_get_calls (comparison) > 0)
    td_report_set_calls (report, td_comparison_get_calls (comparison));
  td_report_set_budget (report, td_comparison_get_budget (comparison));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (rows, i);

      td_report_add_model (report, td_model_row_get_model (row), td_model_row_get_tokens (row));
    }

  if (g_str_equal (format, "csv"))
    return td_report_to_csv (report);
  if (g_str_equal (format, "json"))
    return td_report_to_json (report);

  return td_report_to_markdown (report);
}
