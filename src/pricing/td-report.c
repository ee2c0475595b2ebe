/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-json-writer.h"
#include "pricing/td-pricing-enums.h"
#include "pricing/td-report-private.h"
#include "pricing/td-text-table.h"

/* Digits of a ratio for machines, which have no use for more either. */
#define RATIO_DIGITS 6

/* One value of a row for machines. */
typedef struct
{
  const char *name;
  char *value; /* NULL if unknown */
  gboolean is_text;
} Field;

static void
clear_row (TdReportRow *row)
{
  g_clear_object (&row->model);
}

static void
clear_field (Field *field)
{
  g_free (field->value);
}

/**
 * td_report_new:
 * @scenario: what is done with the text
 * @currency: what amounts are written in
 * @as_of: the day of the catalogue
 *
 * Returns: (transfer full): a report without models
 */
TdReport *
td_report_new (const TdScenario *scenario,
               const TdCurrency *currency,
               TdDate            as_of)
{
  TdReport *report = g_new0 (TdReport, 1);

  report->scenario = *scenario;
  report->currency = *currency;
  report->as_of = as_of;
  report->budget = TD_MONEY_UNKNOWN;
  report->rows = g_array_new (FALSE, FALSE, sizeof (TdReportRow));
  g_array_set_clear_func (report->rows, (GDestroyNotify) clear_row);

  return report;
}

/**
 * td_report_free:
 * @report: (transfer full): a report
 */
void
td_report_free (TdReport *report)
{
  clear_row (&report->baseline);
  g_array_unref (report->rows);
  g_clear_pointer (&report->columns, g_array_unref);
  g_free (report);
}

/**
 * td_report_set_baseline:
 * @report: a report
 * @model: the model the others are compared with
 * @text_tokens: how long the text is for it, or %TD_TOKENS_UNKNOWN
 *
 * Adds a column of ratios.
 */
void
td_report_set_baseline (TdReport *report,
                        TdModel  *model,
                        guint64   text_tokens)
{
  TdQuote quote;

  td_quote_compute (&quote, model, &report->scenario, text_tokens);
  td_report_set_baseline_quote (report, model, &quote);
}

/**
 * td_report_set_baseline_quote:
 * @report: a report
 * @model: the model the others are compared with
 * @quote: what the scenario costs on it; copied
 *
 * Adds a column of ratios, with numbers that are known already.
 */
void
td_report_set_baseline_quote (TdReport      *report,
                              TdModel       *model,
                              const TdQuote *quote)
{
  g_set_object (&report->baseline.model, model);
  report->baseline.quote = *quote;
}

/**
 * td_report_set_calls:
 * @report: a report
 * @calls: how many calls, or 0
 *
 * Adds a column of what so many calls cost.
 */
void
td_report_set_calls (TdReport *report,
                     guint64   calls)
{
  report->calls = calls;
}

/**
 * td_report_set_budget:
 * @report: a report
 * @budget: US dollars, or %TD_MONEY_UNKNOWN
 *
 * Adds a column of how many calls that pays for.
 */
void
td_report_set_budget (TdReport *report,
                      TdMoney   budget)
{
  report->budget = budget;
}

/**
 * td_report_set_columns:
 * @report: a report
 * @columns: (array length=n_columns): what is to be written, in this order
 * @n_columns: how many
 *
 * Chooses the columns. Without it people get the usual ones, and CSV and JSON have all there is.
 */
void
td_report_set_columns (TdReport             *report,
                       const TdReportColumn *columns,
                       guint                 n_columns)
{
  g_clear_pointer (&report->columns, g_array_unref);
  report->columns = g_array_sized_new (FALSE, FALSE, sizeof (TdReportColumn), n_columns);
  g_array_append_vals (report->columns, columns, n_columns);
}

/**
 * td_report_add_model:
 * @report: a report
 * @model: a model
 * @text_tokens: how long the text is for it, or %TD_TOKENS_UNKNOWN
 *
 * Adds a row.
 */
void
td_report_add_model (TdReport *report,
                     TdModel  *model,
                     guint64   text_tokens)
{
  TdQuote quote;

  td_quote_compute (&quote, model, &report->scenario, text_tokens);
  td_report_add_quote (report, model, &quote);
}

/**
 * td_report_add_quote:
 * @report: a report
 * @model: a model
 * @quote: what the scenario costs on it; copied
 *
 * Adds a row with numbers that are known already.
 */
void
td_report_add_quote (TdReport      *report,
                     TdModel       *model,
                     const TdQuote *quote)
{
  TdReportRow row = { g_object_ref (model), *quote };

  g_array_append_val (report->rows, row);
}

/* How many times the baseline a row costs. */
TdRatio
td_report_get_ratio (TdReport          *report,
                     const TdReportRow *row)
{
  if (report->baseline.model == NULL)
    return TD_RATIO_UNKNOWN;

  return td_quote_ratio (&row->quote, &report->baseline.quote);
}

/* The amount in US dollars that a column shows; FALSE if it is none of costs. */
gboolean
td_report_get_cost (TdReport          *report,
                    const TdReportRow *row,
                    TdReportColumn     column,
                    TdMoney           *cost)
{
  switch ((int) column)
    {
    case TD_REPORT_COLUMN_INPUT_COST:
      *cost = row->quote.input_cost;
      return TRUE;
    case TD_REPORT_COLUMN_OUTPUT_COST:
      *cost = row->quote.output_cost;
      return TRUE;
    case TD_REPORT_COLUMN_TOTAL_COST:
      *cost = row->quote.total_cost;
      return TRUE;
    case TD_REPORT_COLUMN_THOUSAND_COST:
      *cost = td_quote_cost_of_calls (&row->quote, 1000);
      return TRUE;
    case TD_REPORT_COLUMN_CALLS_COST:
      *cost = report->calls > 0 ? td_quote_cost_of_calls (&row->quote, report->calls) : TD_MONEY_UNKNOWN;
      return TRUE;
    default:
      return FALSE;
    }
}

/* The price that a column shows; FALSE if it is none of prices. */
gboolean
td_report_get_price (const TdReportRow *row,
                     TdReportColumn     column,
                     TdPrice           *price)
{
  switch ((int) column)
    {
    case TD_REPORT_COLUMN_INPUT_PRICE:
      *price = row->quote.prices.input;
      return TRUE;
    case TD_REPORT_COLUMN_CACHED_INPUT_PRICE:
      *price = row->quote.prices.cached_input;
      return TRUE;
    case TD_REPORT_COLUMN_OUTPUT_PRICE:
      *price = row->quote.prices.output;
      return TRUE;
    default:
      return FALSE;
    }
}

static const char *
nick_of (GType type,
         int   value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static char *
nicks_of_flags (TdQuoteFlags flags)
{
  g_autoptr (GFlagsClass) klass = g_type_class_ref (TD_TYPE_QUOTE_FLAGS);
  g_autoptr (GString) nicks = g_string_new (NULL);

  for (guint i = 0; i < klass->n_values; i++)
    {
      if ((flags & klass->values[i].value) != 0)
        g_string_append_printf (nicks, "%s%s", nicks->len > 0 ? " " : "", klass->values[i].value_nick);
    }

  return g_string_free_and_steal (g_steal_pointer (&nicks));
}

static void
add_text (GArray     *fields,
          const char *name,
          const char *value)
{
  Field field = { name, g_strdup (value), TRUE };

  g_array_append_val (fields, field);
}

static void
take_number (GArray     *fields,
             const char *name,
             char       *value)
{
  Field field = { name, value, FALSE };

  g_array_append_val (fields, field);
}

static void
add_tokens (GArray     *fields,
            const char *name,
            guint64     value,
            guint64     unknown)
{
  take_number (fields, name, value == unknown ? NULL : g_strdup_printf ("%" G_GUINT64_FORMAT, value));
}

static void
add_date (GArray     *fields,
          const char *name,
          TdDate      value)
{
  char buffer[TD_DATE_ISO_SIZE];

  add_text (fields, name, td_date_is_set (value) ? td_date_to_iso (value, buffer) : NULL);
}

static void
add_money (GArray           *fields,
           const char       *name,
           const TdCurrency *currency,
           TdMoney           usd)
{
  TdMoney money = td_currency_convert (currency, usd);

  take_number (fields, name, td_money_is_known (money) ? td_money_to_decimal (money) : NULL);
}

/* In words for programs what the column of remarks says to people: "shut-down last-price". */
static void
add_remarks (GArray        *fields,
             const char    *name,
             const TdQuote *quote)
{
  g_autofree char *flags = nicks_of_flags (quote->flags);
  const char *availability = nick_of (TD_TYPE_AVAILABILITY, quote->availability);
  g_autofree char *both = g_strjoin (" ", availability, *flags != '\0' ? flags : NULL, NULL);

  add_text (fields, name, quote->availability == TD_AVAILABILITY_AVAILABLE ? flags : both);
}

static void
add_column (GArray            *fields,
            TdReport          *report,
            const TdReportRow *row,
            TdReportColumn     column)
{
  const char *name = td_report_column_get_field (column);
  const TdQuote *quote = &row->quote;
  guint64 calls;
  TdMoney cost;
  TdPrice price;

  if (td_report_get_cost (report, row, column, &cost))
    {
      add_money (fields, name, &report->currency, cost);
      return;
    }
  if (td_report_get_price (row, column, &price))
    {
      add_money (fields, name, &report->currency, td_price_as_money (price));
      return;
    }

  switch ((int) column)
    {
    case TD_REPORT_COLUMN_MODEL:
      add_text (fields, name, td_model_get_id (row->model));
      break;
    case TD_REPORT_COLUMN_VENDOR:
      add_text (fields, name, td_model_get_vendor (row->model));
      break;
    case TD_REPORT_COLUMN_TOKENS:
      add_tokens (fields, name, quote->input_tokens, TD_TOKENS_UNKNOWN);
      break;
    case TD_REPORT_COLUMN_BUDGET_CALLS:
      if (!td_quote_calls_for_budget (quote, report->budget, &calls))
        calls = TD_TOKENS_UNKNOWN;
      add_tokens (fields, name, calls, TD_TOKENS_UNKNOWN);
      break;
    case TD_REPORT_COLUMN_RATIO:
      take_number (fields, name, td_ratio_to_rounded (td_report_get_ratio (report, row), RATIO_DIGITS));
      break;
    case TD_REPORT_COLUMN_CONTEXT_SHARE:
      take_number (fields, name, td_ratio_to_rounded (td_quote_context_share (quote), RATIO_DIGITS));
      break;
    case TD_REPORT_COLUMN_CONTEXT_WINDOW:
      add_tokens (fields, name, quote->context_window, 0);
      break;
    case TD_REPORT_COLUMN_RELEASED:
      add_date (fields, name, td_model_get_released (row->model));
      break;
    case TD_REPORT_COLUMN_ENCODING:
      add_text (fields, name, td_model_get_encoding (row->model));
      break;
    case TD_REPORT_COLUMN_EXACTNESS:
      add_text (fields, name, nick_of (TD_TYPE_EXACTNESS, td_model_get_exactness (row->model)));
      break;
    case TD_REPORT_COLUMN_REMARKS:
      add_remarks (fields, name, quote);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Everything there is. */
static void
add_all (GArray            *fields,
         TdReport          *report,
         const TdReportRow *row)
{
  const TdQuote *quote = &row->quote;
  TdModel *model = row->model;
  g_autofree char *flags = nicks_of_flags (quote->flags);

  add_column (fields, report, row, TD_REPORT_COLUMN_MODEL);
  add_text (fields, "name", td_model_get_name (model));
  add_column (fields, report, row, TD_REPORT_COLUMN_VENDOR);
  add_column (fields, report, row, TD_REPORT_COLUMN_ENCODING);
  add_column (fields, report, row, TD_REPORT_COLUMN_EXACTNESS);
  add_column (fields, report, row, TD_REPORT_COLUMN_TOKENS);
  add_tokens (fields, "image_tokens", quote->image_tokens, TD_TOKENS_UNKNOWN);
  add_tokens (fields, "cached_tokens", quote->cached_tokens, TD_TOKENS_UNKNOWN);
  add_tokens (fields, "cache_write_tokens", quote->cache_write_tokens, TD_TOKENS_UNKNOWN);
  add_tokens (fields, "output_tokens", quote->output_tokens, TD_TOKENS_UNKNOWN);
  add_text (fields, "currency", report->currency.code);
  for (TdReportColumn i = TD_REPORT_COLUMN_INPUT_COST; i <= TD_REPORT_COLUMN_TOTAL_COST; i++)
    add_column (fields, report, row, i);
  add_column (fields, report, row, TD_REPORT_COLUMN_RATIO);
  add_column (fields, report, row, TD_REPORT_COLUMN_THOUSAND_COST);
  add_column (fields, report, row, TD_REPORT_COLUMN_INPUT_PRICE);
  add_column (fields, report, row, TD_REPORT_COLUMN_CACHED_INPUT_PRICE);
  add_column (fields, report, row, TD_REPORT_COLUMN_OUTPUT_PRICE);

  if (report->calls > 0)
    {
      add_tokens (fields, "calls", report->calls, 0);
      add_column (fields, report, row, TD_REPORT_COLUMN_CALLS_COST);
    }

  if (td_money_is_known (report->budget))
    {
      add_money (fields, "budget", &report->currency, report->budget);
      add_column (fields, report, row, TD_REPORT_COLUMN_BUDGET_CALLS);
    }

  add_tokens (fields, "context_used", quote->context_used, TD_TOKENS_UNKNOWN);
  add_column (fields, report, row, TD_REPORT_COLUMN_CONTEXT_WINDOW);
  add_column (fields, report, row, TD_REPORT_COLUMN_CONTEXT_SHARE);
  add_date (fields, "price_from", quote->period != NULL ? quote->period->from : TD_DATE_NONE);
  add_date (fields, "price_until", quote->period != NULL ? quote->period->until : TD_DATE_NONE);
  add_text (fields, "availability", nick_of (TD_TYPE_AVAILABILITY, quote->availability));
  add_column (fields, report, row, TD_REPORT_COLUMN_RELEASED);
  add_date (fields, "shutdown", td_model_get_shutdown (model));
  add_text (fields, "flags", flags);
}

static GArray *
list_fields (TdReport          *report,
             const TdReportRow *row)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (Field));

  g_array_set_clear_func (fields, (GDestroyNotify) clear_field);
  if (report->columns == NULL)
    add_all (fields, report, row);
  else
    for (guint i = 0; i < report->columns->len; i++)
      add_column (fields, report, row, g_array_index (report->columns, TdReportColumn, i));

  return fields;
}

/**
 * td_report_to_csv:
 * @report: a report
 *
 * Writes a line of names and one for each model. Unknown values are empty; amounts are exact.
 *
 * Returns: (transfer full): the report as comma-separated values
 */
char *
td_report_to_csv (TdReport *report)
{
  g_autoptr (TdTextTable) table = td_text_table_new ();
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < report->rows->len; i++)
    {
      g_autoptr (GArray) fields = list_fields (report, &g_array_index (report->rows, TdReportRow, i));

      for (guint j = 0; i == 0 && j < fields->len; j++)
        td_text_table_add_column (table, g_array_index (fields, Field, j).name, FALSE);

      td_text_table_begin_row (table);
      for (guint j = 0; j < fields->len; j++)
        td_text_table_add_cell (table, g_array_index (fields, Field, j).value);
    }

  td_text_table_append_csv (table, out);

  return g_string_free_and_steal (out);
}

static void
write_scenario (TdReport     *report,
                TdJsonWriter *json)
{
  const TdScenario *scenario = &report->scenario;
  g_autofree char *rate = td_currency_rate_to_decimal (&report->currency);

  td_json_writer_date (json, "date", scenario->date);
  td_json_writer_date (json, "as_of", report->as_of);
  td_json_writer_string (json, "currency", report->currency.code);
  td_json_writer_raw (json, "rate", rate);
  td_json_writer_date (json, "rate_date", report->currency.rate_date);
  td_json_writer_string (json, "baseline",
                         report->baseline.model != NULL ? td_model_get_id (report->baseline.model) : NULL);
  td_json_writer_string (json, "service", nick_of (TD_TYPE_SERVICE, scenario->service));
}

/**
 * td_report_to_json:
 * @report: a report
 *
 * Writes an object with the day, the currency and the list of models. Unknown values are null; amounts are exact.
 *
 * Returns: (transfer full): the report as JSON
 */
char *
td_report_to_json (TdReport *report)
{
  GString *out = g_string_new (NULL);
  TdJsonWriter json = TD_JSON_WRITER_INIT (out);

  td_json_writer_begin (&json, NULL, '{');
  write_scenario (report, &json);
  td_json_writer_begin (&json, "models", '[');

  for (guint i = 0; i < report->rows->len; i++)
    {
      g_autoptr (GArray) fields = list_fields (report, &g_array_index (report->rows, TdReportRow, i));

      td_json_writer_begin (&json, NULL, '{');
      for (guint j = 0; j < fields->len; j++)
        {
          const Field *field = &g_array_index (fields, Field, j);

          if (field->is_text)
            td_json_writer_string (&json, field->name, field->value);
          else
            td_json_writer_raw (&json, field->name, field->value);
        }
      td_json_writer_end (&json, '}');
    }

  td_json_writer_end (&json, ']');
  td_json_writer_end (&json, '}');

  return g_string_free_and_steal (out);
}
