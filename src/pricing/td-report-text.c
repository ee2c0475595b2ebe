/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-format.h"
#include "pricing/td-report-private.h"
#include "pricing/td-text-table.h"

static void
take_remark (GPtrArray *remarks,
             char      *text)
{
  g_ptr_array_add (remarks, text);
}

/**
 * td_model_describe_availability:
 * @model: a model
 * @date: a day
 *
 * Says in a few words whether the model could be called on @date, if there is anything to say.
 *
 * Returns: (transfer full) (nullable): as "shut down 23 Oct 2026", or %NULL for a model that is simply there
 */
char *
td_model_describe_availability (TdModel *model,
                                TdDate   date)
{
  TdDate end = td_model_get_shutdown (model);
  g_autofree char *end_text = td_date_format (end);
  g_autofree char *start_text = td_date_format (td_model_get_released (model));

  switch (td_model_get_availability (model, date))
    {
    case TD_AVAILABILITY_NOT_YET_RELEASED:
      /* Translators: of a model that did not exist yet on the day in question; %s is a date */
      return g_strdup_printf (_("not released before %s"), start_text);
    case TD_AVAILABILITY_SHUT_DOWN:
      /* Translators: of a model; %s is a date */
      return td_date_is_set (end) ? g_strdup_printf (_("shut down %s"), end_text) : g_strdup (_("shut down"));
    case TD_AVAILABILITY_AVAILABLE:
    default:
      /* Translators: the day a model that still works will be shut down; %s is a date */
      return td_date_is_set (end) ? g_strdup_printf (_("ends %s"), end_text) : NULL;
    }
}

/**
 * td_quote_describe:
 * @quote: a quote
 * @model: the model it is of
 * @scenario: what it was made for
 *
 * Says in a few words what one should know besides the amounts: the model's end, special prices, limits passed.
 *
 * Returns: (transfer full): the remarks, separated by semicolons, or the empty string
 */
char *
td_quote_describe (const TdQuote    *quote,
                   TdModel          *model,
                   const TdScenario *scenario)
{
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_autofree char *availability = td_model_describe_availability (model, scenario->date);

  if (availability != NULL)
    take_remark (remarks, g_steal_pointer (&availability));

  if ((quote->flags & TD_QUOTE_OVER_CONTEXT) != 0)
    take_remark (remarks, g_strdup (_("does not fit the context window")));
  if ((quote->flags & TD_QUOTE_OVER_MAX_INPUT) != 0)
    take_remark (remarks, g_strdup (_("input too long")));
  if ((quote->flags & TD_QUOTE_OVER_MAX_OUTPUT) != 0)
    take_remark (remarks, g_strdup (_("output too long")));
  if ((quote->flags & TD_QUOTE_IMAGES) != 0)
    take_remark (remarks, g_strdup (quote->image_tokens != TD_TOKENS_UNKNOWN ? _("images estimated")
                                                                             : _("tokens of images not known")));
  if ((quote->flags & TD_QUOTE_LONG_CONTEXT) != 0)
    take_remark (remarks, g_strdup (_("long-context price")));
  if ((quote->flags & TD_QUOTE_DERIVED) != 0)
    take_remark (remarks, g_strdup (_("half the standard price by rule")));
  if ((quote->flags & TD_QUOTE_NO_CACHING) != 0)
    take_remark (remarks, g_strdup (_("no discount for cached input")));
  if ((quote->flags & TD_QUOTE_TIME_OF_DAY) != 0 && scenario->minute < 0)
    take_remark (remarks, g_strdup (_("price depends on the hour")));

  /* Translators: stands between remarks such as "shut down 23 Oct 2026" and "long-context price" */
  return g_strjoinv (_("; "), (char **) remarks->pdata);
}

static char *
format_tokens (const TdReportRow *row)
{
  gboolean is_exact = td_model_get_exactness (row->model) == TD_EXACTNESS_EXACT && row->quote.image_tokens == 0;
  g_autofree char *number = NULL;

  if (row->quote.input_tokens == TD_TOKENS_UNKNOWN)
    return g_strdup (TD_UNKNOWN_TEXT);

  number = td_number_format (row->quote.input_tokens);

  return g_strdup_printf (is_exact ? "%s" : "≈ %s", number);
}

static void
add_columns (TdReport    *report,
             TdTextTable *table)
{
  td_text_table_add_column (table, _("Model"), FALSE);
  td_text_table_add_column (table, _("Tokens"), TRUE);
  td_text_table_add_column (table, _("Input"), TRUE);
  td_text_table_add_column (table, _("Output"), TRUE);
  td_text_table_add_column (table, _("Total"), TRUE);

  if (report->baseline.model != NULL)
    {
      g_autofree char *title = g_strdup_printf ("× %s", td_model_get_id (report->baseline.model));

      td_text_table_add_column (table, title, TRUE);
    }

  if (report->calls > 0)
    {
      g_autofree char *number = td_number_format (report->calls);
      g_autofree char *title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s call", "%s calls", report->calls),
                                                number);

      td_text_table_add_column (table, title, TRUE);
    }

  if (td_money_is_known (report->budget))
    {
      g_autofree char *amount = td_currency_format (&report->currency, report->budget);
      /* Translators: above numbers of calls; %s is an amount of money */
      g_autofree char *title = g_strdup_printf (_("Calls for %s"), amount);

      td_text_table_add_column (table, title, TRUE);
    }

  /* Translators: above the share of the context window that is used */
  td_text_table_add_column (table, _("Context"), TRUE);
  td_text_table_add_column (table, _("Remarks"), FALSE);
}

static void
add_row (TdReport          *report,
         TdTextTable       *table,
         const TdReportRow *row)
{
  const TdQuote *quote = &row->quote;
  const TdCurrency *currency = &report->currency;

  td_text_table_begin_row (table);
  td_text_table_add_cell (table, td_model_get_id (row->model));
  td_text_table_take_cell (table, format_tokens (row));
  td_text_table_take_cell (table, td_currency_format (currency, quote->input_cost));
  td_text_table_take_cell (table, td_currency_format (currency, quote->output_cost));
  td_text_table_take_cell (table, td_currency_format (currency, quote->total_cost));

  if (report->baseline.model != NULL)
    td_text_table_take_cell (table, td_ratio_format (td_report_get_ratio (report, row)));

  if (report->calls > 0)
    td_text_table_take_cell (table, td_currency_format (currency, td_quote_cost_of_calls (quote, report->calls)));

  if (td_money_is_known (report->budget))
    {
      guint64 calls;
      gboolean known = td_quote_calls_for_budget (quote, report->budget, &calls);

      td_text_table_take_cell (table, known ? td_number_format (calls) : g_strdup (TD_UNKNOWN_TEXT));
    }

  td_text_table_take_cell (table, td_percent_format (td_quote_context_share (quote)));
  td_text_table_take_cell (table, td_quote_describe (quote, row->model, &report->scenario));
}

static TdTextTable *
make_table (TdReport *report)
{
  TdTextTable *table = td_text_table_new ();

  add_columns (report, table);
  for (guint i = 0; i < report->rows->len; i++)
    add_row (report, table, &g_array_index (report->rows, TdReportRow, i));

  return table;
}

/* What the prices are and how sure. */
static void
append_basis (TdReport *report,
              GString  *out)
{
  g_autofree char *date = td_date_format (report->scenario.date);
  g_autofree char *as_of = td_date_format (report->as_of);

  /* Translators: a currency's code, the day the prices are of, and the day they were gathered */
  g_string_append_printf (out, _("Prices in %s on %s, by the list of %s."), report->currency.code, date, as_of);
  g_string_append_c (out, '\n');

  if (!td_currency_is_usd (&report->currency))
    {
      g_autofree char *rate = td_currency_rate_to_decimal (&report->currency);
      g_autoptr (GString) localized = g_string_new (NULL);

      td_append_localized (localized, rate);
      if (td_date_is_set (report->currency.rate_date))
        {
          g_autofree char *rate_date = td_date_format (report->currency.rate_date);

          /* Translators: an exchange rate, a currency's code, and the day of the rate */
          g_string_append_printf (out, _("1 USD = %s %s on %s."), localized->str, report->currency.code, rate_date);
        }
      else
        {
          /* Translators: an exchange rate and a currency's code */
          g_string_append_printf (out, _("1 USD = %s %s."), localized->str, report->currency.code);
        }
      g_string_append_c (out, '\n');
    }
}

static void
append_legend (TdReport *report,
               GString  *out)
{
  gboolean any_assumed = FALSE;
  gboolean any_unknown = FALSE;
  gboolean any_last = FALSE;

  for (guint i = 0; i < report->rows->len; i++)
    {
      const TdReportRow *row = &g_array_index (report->rows, TdReportRow, i);

      any_assumed |= td_model_get_exactness (row->model) == TD_EXACTNESS_ASSUMED;
      any_unknown |= !td_money_is_known (row->quote.total_cost);
      any_last |= (row->quote.flags & TD_QUOTE_LAST_PRICE) != 0;
    }

  if (any_last)
    g_string_append_printf (out, "%s\n", _("Models that are shut down show their last prices."));
  if (any_assumed)
    g_string_append_printf (out, "%s\n", _("≈ The encoding is not published; the most likely one was used."));
  if (any_unknown)
    g_string_append_printf (out, "%s\n", _("— Not known."));
}

static char *
write_report (TdReport *report,
              void (*append_table) (TdTextTable *table,
                                    GString     *out))
{
  g_autoptr (TdTextTable) table = make_table (report);
  GString *out = g_string_new (NULL);

  append_table (table, out);
  g_string_append_c (out, '\n');
  append_basis (report, out);
  append_legend (report, out);

  return g_string_free_and_steal (out);
}

/**
 * td_report_to_text:
 * @report: a report
 *
 * Returns: (transfer full): the report as aligned columns, for a terminal
 */
char *
td_report_to_text (TdReport *report)
{
  return write_report (report, td_text_table_append_text);
}

/**
 * td_report_to_markdown:
 * @report: a report
 *
 * Returns: (transfer full): the report as a table in Markdown, with the basis of the prices as a paragraph
 */
char *
td_report_to_markdown (TdReport *report)
{
  return write_report (report, td_text_table_append_markdown);
}
