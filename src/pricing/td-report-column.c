/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-report-column.h"

/* name: in settings and on the command line. field: in CSV and JSON, where names have no hyphens. */
static const struct
{
  const char *name;
  const char *field;
  const char *title;
  gboolean is_number;
  gboolean depends_on_text;
} columns[TD_N_REPORT_COLUMNS] = {
  [TD_REPORT_COLUMN_MODEL] = { "model", "model", N_("Model"), FALSE, FALSE },
  [TD_REPORT_COLUMN_VENDOR] = { "vendor", "vendor", N_("Vendor"), FALSE, FALSE },
  [TD_REPORT_COLUMN_TOKENS] = { "tokens", "input_tokens", N_("Tokens"), TRUE, TRUE },
  [TD_REPORT_COLUMN_INPUT_COST] = { "input-cost", "input_cost", N_("Input"), TRUE, TRUE },
  [TD_REPORT_COLUMN_OUTPUT_COST] = { "output-cost", "output_cost", N_("Output"), TRUE, TRUE },
  [TD_REPORT_COLUMN_TOTAL_COST] = { "total-cost", "total_cost", N_("Total"), TRUE, TRUE },
  /* Translators: column header, the cost of a thousand calls */
  [TD_REPORT_COLUMN_THOUSAND_COST] = { "thousand-cost", "thousand_cost", N_("Per 1,000"), TRUE, TRUE },
  /* Translators: column header, the cost of all calls of a month */
  [TD_REPORT_COLUMN_CALLS_COST] = { "calls-cost", "calls_cost", N_("Per Month"), TRUE, TRUE },
  /* Translators: column header, how many calls the budget pays for */
  [TD_REPORT_COLUMN_BUDGET_CALLS] = { "budget-calls", "budget_calls", N_("Calls"), TRUE, TRUE },
  /* Translators: column header, how many times the cost of the baseline model */
  [TD_REPORT_COLUMN_RATIO] = { "ratio", "ratio", N_("× Base"), TRUE, TRUE },
  /* Translators: column header, the share of the context window that is used */
  [TD_REPORT_COLUMN_CONTEXT_SHARE] = { "context-share", "context_share", N_("Context"), TRUE, TRUE },
  /* Translators: column header, the size of the context window */
  [TD_REPORT_COLUMN_CONTEXT_WINDOW] = { "context-window", "context_window", N_("Window"), TRUE, FALSE },
  /* Translators: column headers, prices per million tokens */
  [TD_REPORT_COLUMN_INPUT_PRICE] = { "input-price", "input_price", N_("Input/M"), TRUE, FALSE },
  [TD_REPORT_COLUMN_OUTPUT_PRICE] = { "output-price", "output_price", N_("Output/M"), TRUE, FALSE },
  [TD_REPORT_COLUMN_RELEASED] = { "released", "released", N_("Released"), TRUE, FALSE },
  /* Translators: column header, price per million tokens of input that is read from the cache */
  [TD_REPORT_COLUMN_CACHED_INPUT_PRICE] = { "cached-input-price", "cached_input_price", N_("Cached/M"), TRUE, FALSE },
  [TD_REPORT_COLUMN_ENCODING] = { "encoding", "encoding", N_("Encoding"), FALSE, FALSE },
  /* Translators: column header, how sure the number of tokens is */
  [TD_REPORT_COLUMN_EXACTNESS] = { "exactness", "exactness", N_("Exactness"), FALSE, FALSE },
  [TD_REPORT_COLUMN_REMARKS] = { "remarks", "remarks", N_("Remarks"), FALSE, FALSE },
};

/** Returns: (transfer none): the name by which it is chosen, as "total-cost" */
const char *
td_report_column_get_name (TdReportColumn column)
{
  g_return_val_if_fail (column < TD_N_REPORT_COLUMNS, NULL);

  return columns[column].name;
}

/** Returns: (transfer none): its name in CSV and JSON, as "total_cost" */
const char *
td_report_column_get_field (TdReportColumn column)
{
  g_return_val_if_fail (column < TD_N_REPORT_COLUMNS, NULL);

  return columns[column].field;
}

/** Returns: (transfer none): what stands above it, in the language of the user */
const char *
td_report_column_get_title (TdReportColumn column)
{
  g_return_val_if_fail (column < TD_N_REPORT_COLUMNS, NULL);

  return _(columns[column].title);
}

/** Returns: whether it is aligned as numbers are */
gboolean
td_report_column_is_number (TdReportColumn column)
{
  g_return_val_if_fail (column < TD_N_REPORT_COLUMNS, FALSE);

  return columns[column].is_number;
}

/** Returns: whether what it shows is of the text, not of the model alone */
gboolean
td_report_column_depends_on_text (TdReportColumn column)
{
  g_return_val_if_fail (column < TD_N_REPORT_COLUMNS, FALSE);

  return columns[column].depends_on_text;
}

/**
 * td_report_column_from_name:
 * @name: (nullable): a name
 * @column: (out): the column
 *
 * Returns: whether there is one of that name
 */
gboolean
td_report_column_from_name (const char     *name,
                            TdReportColumn *column)
{
  for (guint i = 0; i < TD_N_REPORT_COLUMNS; i++)
    {
      if (g_strcmp0 (columns[i].name, name) == 0)
        {
          *column = i;
          return TRUE;
        }
    }

  return FALSE;
}
