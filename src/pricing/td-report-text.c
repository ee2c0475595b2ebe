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

  if (td_model_get_origin (model) == TD_MODEL_ORIGIN_USER)
    /* Translators: of a model that the user has added */
    take_remark (remarks, g_strdup (_("yours")));
  else if (td_model_get_origin (model) == TD_MODEL_ORIGIN_REFRESH)
    /* Translators: of a model that the user has accepted when prices were refreshed */
    take_remark (remarks, g_strdup (_("from a refresh")));
  if (availability != NULL)
    take_remark (remarks, g_steal_pointer (&availability));

  if ((quote->flags & TD_QUOTE_OVER_CONTEXT) != 0)
    take_remark (remarks, g_strdup (_("does not fit the context window")));
  if ((quote->flags & TD_QUOTE_OVER_MAX_INPUT) != 0)
    take_remark (remarks, g_strdup (_("input too long")));
  if ((quote->flags & TD_QUOTE_OVER_MAX_OUTPUT) != 0)
    take_remark (remarks, g_strdup (_("output too long")));
  if ((quote->flags & TD_QUOTE_ESTIMATE) != 0)
    take_remark (remarks, g_strdup (_("tokens of the conversation estimated")));
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
  gboolean is_exact = td_model_get_exactness (row->model) == TD_EXACTNESS_EXACT && row->quote.image_tokens == 0 &&
                      (row->quote.flags & TD_QUOTE_ESTIMATE) == 0;
  g_autofree char *number = NULL;

  if (row->quote.input_tokens == TD_TOKENS_UNKNOWN)
    return g_strdup (TD_UNKNOWN_TEXT);

  number = td_number_format (row->quote.input_tokens);

  return g_strdup_printf (is_exact ? "%s" : "≈ %s", number);
}

static char *
format_encoding (TdModel *model)
{
  const char *encoding = td_model_get_encoding (model);

  if (encoding == NULL)
    return g_strdup (TD_UNKNOWN_TEXT);

  return g_strdup_printf (td_model_get_exactness (model) == TD_EXACTNESS_EXACT ? "%s" : "≈ %s", encoding);
}

static const char *
describe_exactness (TdModel *model)
{
  switch (td_model_get_exactness (model))
    {
    case TD_EXACTNESS_EXACT:
      /* Translators: how sure a number of tokens is: counted with the model's own encoding */
      return _("exact");
    case TD_EXACTNESS_ASSUMED:
      /* Translators: how sure a number of tokens is: counted with an encoding that the model is taken to have */
      return _("assumed");
    case TD_EXACTNESS_REMOTE_ONLY:
      /* Translators: how sure a number of tokens is: only the vendor's service can count */
      return _("remote only");
    case TD_EXACTNESS_NOT_BUNDLED:
    default:
      /* Translators: how sure a number of tokens is: the model's tokenizer is not part of TokenDesk */
      return _("not bundled");
    }
}

/* Above the columns whose meaning depends on what was asked, and else what is above them in the window. */
static char *
make_title (TdReport       *report,
            TdReportColumn  column)
{
  g_autofree char *number = NULL;

  switch ((int) column)
    {
    case TD_REPORT_COLUMN_RATIO:
      if (report->baseline.model != NULL)
        return g_strdup_printf ("× %s", td_model_get_id (report->baseline.model));
      break;
    case TD_REPORT_COLUMN_CALLS_COST:
      number = td_number_format (report->calls);
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s call", "%s calls", report->calls), number);
    case TD_REPORT_COLUMN_BUDGET_CALLS:
      number = td_currency_format (&report->currency, report->budget);
      /* Translators: above numbers of calls; %s is an amount of money */
      return g_strdup_printf (_("Calls for %s"), number);
    default:
      break;
    }

  return g_strdup (td_report_column_get_title (column));
}

static char *
make_cell (TdReport          *report,
           const TdReportRow *row,
           TdReportColumn     column)
{
  const TdQuote *quote = &row->quote;
  guint64 calls;
  TdMoney cost;
  TdPrice price;

  if (td_report_get_cost (report, row, column, &cost))
    return td_currency_format (&report->currency, cost);
  if (td_report_get_price (row, column, &price))
    return td_currency_format_price (&report->currency, price);

  switch ((int) column)
    {
    case TD_REPORT_COLUMN_MODEL:
      return g_strdup (td_model_get_id (row->model));
    case TD_REPORT_COLUMN_VENDOR:
      return g_strdup (td_model_get_vendor_name (row->model));
    case TD_REPORT_COLUMN_TOKENS:
      return format_tokens (row);
    case TD_REPORT_COLUMN_BUDGET_CALLS:
      return td_quote_calls_for_budget (quote, report->budget, &calls) ? td_number_format (calls)
                                                                        : g_strdup (TD_UNKNOWN_TEXT);
    case TD_REPORT_COLUMN_RATIO:
      return td_ratio_format (td_report_get_ratio (report, row));
    case TD_REPORT_COLUMN_CONTEXT_SHARE:
      return td_percent_format (td_quote_context_share (quote));
    case TD_REPORT_COLUMN_CONTEXT_WINDOW:
      return quote->context_window > 0 ? td_number_format (quote->context_window) : g_strdup (TD_UNKNOWN_TEXT);
    case TD_REPORT_COLUMN_RELEASED:
      return td_date_format (td_model_get_released (row->model));
    case TD_REPORT_COLUMN_ENCODING:
      return format_encoding (row->model);
    case TD_REPORT_COLUMN_EXACTNESS:
      return g_strdup (describe_exactness (row->model));
    case TD_REPORT_COLUMN_REMARKS:
      return td_quote_describe (quote, row->model, &report->scenario);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* What is written if nobody has chosen columns: the usual ones, and those that were asked for by something else. */
static GArray *
list_usual_columns (TdReport *report)
{
  static const TdReportColumn usual[] = {
    TD_REPORT_COLUMN_MODEL, TD_REPORT_COLUMN_TOKENS, TD_REPORT_COLUMN_INPUT_COST, TD_REPORT_COLUMN_OUTPUT_COST,
    TD_REPORT_COLUMN_TOTAL_COST, TD_REPORT_COLUMN_RATIO, TD_REPORT_COLUMN_CALLS_COST, TD_REPORT_COLUMN_BUDGET_CALLS,
    TD_REPORT_COLUMN_CONTEXT_SHARE, TD_REPORT_COLUMN_REMARKS,
  };
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (TdReportColumn));

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      if ((usual[i] == TD_REPORT_COLUMN_RATIO && report->baseline.model == NULL) ||
          (usual[i] == TD_REPORT_COLUMN_CALLS_COST && report->calls == 0) ||
          (usual[i] == TD_REPORT_COLUMN_BUDGET_CALLS && !td_money_is_known (report->budget)))
        continue;

      g_array_append_val (columns, usual[i]);
    }

  return columns;
}

static gboolean
has_column (GArray         *columns,
            TdReportColumn  first,
            TdReportColumn  second)
{
  for (guint i = 0; i < columns->len; i++)
    {
      TdReportColumn column = g_array_index (columns, TdReportColumn, i);

      if (column == first || column == second)
        return TRUE;
    }

  return FALSE;
}

static TdTextTable *
make_table (TdReport *report,
            GArray   *columns,
            gboolean *any_unknown)
{
  TdTextTable *table = td_text_table_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      TdReportColumn column = g_array_index (columns, TdReportColumn, i);
      g_autofree char *title = make_title (report, column);

      td_text_table_add_column (table, title, td_report_column_is_number (column));
    }

  for (guint i = 0; i < report->rows->len; i++)
    {
      td_text_table_begin_row (table);
      for (guint j = 0; j < columns->len; j++)
        {
          char *cell = make_cell (report, &g_array_index (report->rows, TdReportRow, i),
                                  g_array_index (columns, TdReportColumn, j));

          *any_unknown |= g_str_equal (cell, TD_UNKNOWN_TEXT);
          td_text_table_take_cell (table, cell);
        }
    }

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

static gboolean
has_price (GArray *columns)
{
  return has_column (columns, TD_REPORT_COLUMN_INPUT_PRICE, TD_REPORT_COLUMN_OUTPUT_PRICE) ||
         has_column (columns, TD_REPORT_COLUMN_CACHED_INPUT_PRICE, TD_REPORT_COLUMN_CACHED_INPUT_PRICE);
}

static void
append_legend (TdReport *report,
               GArray   *columns,
               gboolean  any_unknown,
               GString  *out)
{
  gboolean any_assumed = FALSE;
  gboolean any_last = FALSE;

  for (guint i = 0; i < report->rows->len; i++)
    {
      const TdReportRow *row = &g_array_index (report->rows, TdReportRow, i);

      any_assumed |= td_model_get_exactness (row->model) == TD_EXACTNESS_ASSUMED;
      any_last |= (row->quote.flags & TD_QUOTE_LAST_PRICE) != 0;
    }

  if (any_last)
    g_string_append_printf (out, "%s\n", _("Models that are shut down show their last prices."));
  if (has_price (columns))
    /* Translators: explains the titles of columns such as "Input/M" */
    g_string_append_printf (out, "%s\n", _("/M Price per million tokens."));
  if (any_assumed && has_column (columns, TD_REPORT_COLUMN_TOKENS, TD_REPORT_COLUMN_ENCODING))
    g_string_append_printf (out, "%s\n", _("≈ The encoding is not published; the most likely one was used."));
  if (any_unknown)
    g_string_append_printf (out, "%s\n", _("— Not known."));
}

static char *
write_report (TdReport *report,
              void (*append_table) (TdTextTable *table,
                                    GString     *out))
{
  g_autoptr (GArray) columns = report->columns != NULL ? g_array_ref (report->columns) : list_usual_columns (report);
  gboolean any_unknown = FALSE;
  g_autoptr (TdTextTable) table = make_table (report, columns, &any_unknown);
  GString *out = g_string_new (NULL);

  append_table (table, out);
  g_string_append_c (out, '\n');
  append_basis (report, out);
  append_legend (report, columns, any_unknown, out);

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
