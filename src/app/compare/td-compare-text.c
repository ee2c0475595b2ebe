/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "accounts/td-credit.h"
#include "app/accounts/td-credit-text.h"
#include "app/compare/td-compare-text.h"
#include "pricing/td-format.h"
#include "pricing/td-report-column.h"

/* What the comparison says, as pure functions of its numbers: the same words in cells, tooltips, row labels for screen
 * readers and copied tables. */

/* Name, title and alignment are those of a written report. */
G_STATIC_ASSERT ((int) TD_COMPARE_COLUMN_RELEASED == (int) TD_REPORT_COLUMN_RELEASED);

/* name: in full, for menus and screen readers. rank: which of the optional columns are kept as the panel gets
 * narrower, the lowest longest; 0 is always shown. */
static const struct
{
  const char *name;
  TdRowKey key;
  guint rank;
  gboolean is_default;
} columns[TD_N_COMPARE_COLUMNS] = {
  [TD_COMPARE_COLUMN_MODEL] = { N_("Model"), TD_ROW_KEY_NAME, 0, TRUE },
  [TD_COMPARE_COLUMN_VENDOR] = { N_("Vendor"), TD_ROW_KEY_VENDOR, 10, FALSE },
  [TD_COMPARE_COLUMN_TOKENS] = { N_("Tokens of this text"), TD_ROW_KEY_TOKENS, 0, TRUE },
  [TD_COMPARE_COLUMN_INPUT_COST] = { N_("Cost of the input"), TD_ROW_KEY_INPUT_COST, 4, TRUE },
  [TD_COMPARE_COLUMN_OUTPUT_COST] = { N_("Cost of the output"), TD_ROW_KEY_OUTPUT_COST, 5, TRUE },
  [TD_COMPARE_COLUMN_TOTAL_COST] = { N_("Total cost"), TD_ROW_KEY_TOTAL_COST, 0, TRUE },
  [TD_COMPARE_COLUMN_THOUSAND_COST] = { N_("Cost of 1,000 calls"), TD_ROW_KEY_TOTAL_COST, 11, FALSE },
  [TD_COMPARE_COLUMN_CALLS_COST] = { N_("Cost of a month"), TD_ROW_KEY_TOTAL_COST, 1, FALSE },
  [TD_COMPARE_COLUMN_BUDGET_CALLS] = { N_("Calls for the budget"), TD_ROW_KEY_TOTAL_COST, 1, FALSE },
  [TD_COMPARE_COLUMN_RATIO] = { N_("Multiple of the baseline"), TD_ROW_KEY_RATIO, 2, TRUE },
  [TD_COMPARE_COLUMN_CONTEXT_SHARE] = { N_("Share of the context window"), TD_ROW_KEY_CONTEXT_SHARE, 3, TRUE },
  [TD_COMPARE_COLUMN_CONTEXT_WINDOW] = { N_("Context window"), TD_ROW_KEY_CONTEXT_WINDOW, 8, FALSE },
  [TD_COMPARE_COLUMN_INPUT_PRICE] = { N_("Input price per million tokens"), TD_ROW_KEY_INPUT_PRICE, 6, FALSE },
  [TD_COMPARE_COLUMN_OUTPUT_PRICE] = { N_("Output price per million tokens"), TD_ROW_KEY_OUTPUT_PRICE, 7, FALSE },
  [TD_COMPARE_COLUMN_RELEASED] = { N_("Day of release"), TD_ROW_KEY_RELEASED, 9, FALSE },
};

/** Returns: (transfer none): the name under which the column is remembered; that of the command line */
const char *
td_compare_column_get_id (TdCompareColumn column)
{
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, NULL);

  return td_report_column_get_name ((TdReportColumn) column);
}

/** Finds a column by its name; FALSE if there is none, as after an update that took one away. */
gboolean
td_compare_column_from_id (const char      *id,
                           TdCompareColumn *column)
{
  TdReportColumn found;

  if (!td_report_column_from_name (id, &found) || (int) found >= TD_N_COMPARE_COLUMNS)
    return FALSE;

  *column = (TdCompareColumn) found;

  return TRUE;
}

/** Returns: (transfer none): the header */
const char *
td_compare_column_get_title (TdCompareColumn column)
{
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, NULL);

  return td_report_column_get_title ((TdReportColumn) column);
}

/** Returns: (transfer none): what the column shows, in full */
const char *
td_compare_column_get_name (TdCompareColumn column)
{
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, NULL);

  return _(columns[column].name);
}

/** Returns: what the rows are sorted by when its header is pressed */
TdRowKey
td_compare_column_get_key (TdCompareColumn column)
{
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, TD_ROW_KEY_DEFAULT);

  return columns[column].key;
}

/** Returns: whether it is aligned as numbers are */
gboolean
td_compare_column_is_numeric (TdCompareColumn column)
{
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, FALSE);

  return td_report_column_is_number ((TdReportColumn) column);
}

/** Returns: 0 for a column that is always there, else its turn when there is room for more */
guint
td_compare_column_get_rank (TdCompareColumn column)
{
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, 0);

  return columns[column].rank;
}

/** Returns: whether it is shown until the user chooses otherwise */
gboolean
td_compare_column_is_default (TdCompareColumn column)
{
  g_return_val_if_fail (column < TD_N_COMPARE_COLUMNS, FALSE);

  return columns[column].is_default;
}

/* What stands for a number of a text that is being counted: the last number would be of another text. */
#define COUNTING_TEXT "…"

/** Returns: (transfer full): the number of tokens, "≈ 9" when the encoding is assumed, "…" while counting */
char *
td_compare_text_tokens (TdModelRow *row)
{
  guint64 tokens = td_model_row_get_tokens (row);
  g_autofree char *number = NULL;

  if (td_model_row_get_token_state (row) == TD_ROW_TOKENS_COUNTING)
    return g_strdup (COUNTING_TEXT);
  if (tokens == TD_TOKENS_UNKNOWN)
    return g_strdup (TD_UNKNOWN_TEXT);

  number = td_number_format (tokens);
  if (td_model_get_exactness (td_model_row_get_model (row)) == TD_EXACTNESS_EXACT &&
      (td_model_row_get_quote (row)->flags & (TD_QUOTE_IMAGES | TD_QUOTE_ESTIMATE)) == 0)
    return g_steal_pointer (&number);

  return g_strdup_printf ("≈\302\240%s", number);
}

/** Returns: (transfer full): how sure the number of tokens is, and why */
char *
td_compare_text_exactness (TdModelRow *row)
{
  TdModel *model = td_model_row_get_model (row);
  const char *encoding = td_model_get_encoding (model);

  if (td_model_row_get_quote (row)->flags & TD_QUOTE_ESTIMATE)
    return g_strdup (_("Estimate: some of what is added to the texts of this conversation is not published"));

  if (td_model_row_get_token_state (row) == TD_ROW_TOKENS_COUNTING)
    return g_strdup (_("Being counted"));
  if (td_model_row_get_token_state (row) == TD_ROW_TOKENS_NONE && encoding)
    return g_strdup (_("Unknown: this model takes no conversations"));

  switch (td_model_get_exactness (model))
    {
    case TD_EXACTNESS_EXACT:
      /* Translators: %s is the name of an encoding, as in "o200k_base" */
      return encoding ? g_strdup_printf (_("Exact: counted with %s, this model’s encoding"), encoding)
                      : g_strdup (_("Unknown: no encoding is known for this model"));
    case TD_EXACTNESS_ASSUMED:
      if (encoding && td_model_get_origin (model) == TD_MODEL_ORIGIN_USER)
        /* Translators: %s is the name of an encoding, as in "o200k_base" */
        return g_strdup_printf (_("Approximate: counted with %s, as you chose for this model"), encoding);
      return encoding ? g_strdup_printf (_("Approximate: the vendor has not published the encoding; counted with %s, "
                                           "which its predecessors use"), encoding)
                      : g_strdup (_("Unknown: no encoding is known for this model"));
    case TD_EXACTNESS_REMOTE_ONLY:
      return g_strdup (_("Unknown: the tokenizer is not public; only the vendor’s own service can count"));
    case TD_EXACTNESS_NOT_BUNDLED:
    default:
      return g_strdup (_("Unknown: this model has a tokenizer of its own, which TokenDesk does not carry"));
    }
}

/** Returns: (transfer none) (nullable): the icon that goes with how sure the number is; none where there is one */
const char *
td_compare_exactness_icon (TdModelRow *row)
{
  if (td_model_row_get_token_state (row) == TD_ROW_TOKENS_NONE)
    return "td-unknown-symbolic";

  switch (td_model_get_exactness (td_model_row_get_model (row)))
    {
    case TD_EXACTNESS_EXACT:
      return NULL;
    case TD_EXACTNESS_ASSUMED:
      /* "≈" before the number says it. */
      return NULL;
    case TD_EXACTNESS_REMOTE_ONLY:
    case TD_EXACTNESS_NOT_BUNDLED:
    default:
      return "td-unknown-symbolic";
    }
}

/**
 * td_compare_text_status:
 * @row: a row
 * @scenario: for which day
 *
 * Returns: (transfer full) (nullable): why the model cannot be called on that day, or not much longer; NULL if all is
 *   well
 */
char *
td_compare_text_status (TdModelRow       *row,
                        const TdScenario *scenario)
{
  TdModel *model = td_model_row_get_model (row);
  TdDate shutdown = td_model_get_shutdown (model);
  g_autofree char *date = NULL;

  switch (td_model_get_availability (model, scenario->date))
    {
    case TD_AVAILABILITY_NOT_YET_RELEASED:
      date = td_date_format (td_model_get_released (model));
      /* Translators: a model not yet released on the chosen day; %s is the date of its release. Keep it short. */
      return g_strdup_printf (_("Not until %s"), date);

    case TD_AVAILABILITY_SHUT_DOWN:
      if (!td_date_is_set (shutdown))
        return g_strdup (_("Shut down"));
      date = td_date_format (shutdown);
      /* Translators: %s is a date */
      return g_strdup_printf (_("Shut down on %s"), date);

    case TD_AVAILABILITY_AVAILABLE:
    default:
      break;
    }

  /* The catalogue says what is known now; on a day in the past nobody knew of the end. */
  if (td_date_compare (scenario->date, td_date_today ()) < 0)
    return NULL;

  if (td_date_is_set (shutdown))
    {
      date = td_date_format (shutdown);
      /* Translators: a deprecated model; %s is a date. Keep it short. */
      return g_strdup_printf (_("Shuts down on %s"), date);
    }

  return td_model_get_status (model) == TD_MODEL_STATUS_DEPRECATED ? g_strdup (_("Deprecated")) : NULL;
}

/** Returns: (transfer full): the vendor, and whose the model is if the catalogue did not come with it */
char *
td_compare_text_origin (TdModelRow *row)
{
  TdModel *model = td_model_row_get_model (row);
  const char *vendor = td_model_get_vendor_name (model);

  switch (td_model_get_origin (model))
    {
    case TD_MODEL_ORIGIN_USER:
      /* Translators: a model that the user has added; %s is its vendor */
      return g_strdup_printf (_("%s · yours"), vendor);
    case TD_MODEL_ORIGIN_REFRESH:
      /* Translators: a model that was added when prices were refreshed; %s is its vendor */
      return g_strdup_printf (_("%s · from a refresh"), vendor);
    case TD_MODEL_ORIGIN_BUNDLED:
    case TD_MODEL_ORIGIN_UNLISTED:
    default:
      return g_strdup (vendor);
    }
}

/* What one should know about the amounts; one sentence per line, NULL if nothing. */
char *
td_compare_text_notes (TdModelRow *row)
{
  static const struct
  {
    TdQuoteFlags flag;
    const char *text;
  } notes[] = {
    { TD_QUOTE_LAST_PRICE, N_("Last price before the shutdown") },
    { TD_QUOTE_LONG_CONTEXT, N_("Long-context prices apply to the whole request") },
    { TD_QUOTE_DERIVED, N_("Taken as half the standard price, by the vendor’s rule") },
    { TD_QUOTE_TIME_OF_DAY, N_("At other hours of the day other prices apply") },
    { TD_QUOTE_NO_CACHING, N_("No discount for cached input") },
    { TD_QUOTE_NO_OUTPUT, N_("Writes no output") },
    { TD_QUOTE_IMAGES, N_("Images are part of the input, by an estimate where the vendor’s formula is known") },
    { TD_QUOTE_OVER_CONTEXT, N_("Input and output do not fit the context window") },
    { TD_QUOTE_OVER_MAX_INPUT, N_("The input is longer than the model takes") },
    { TD_QUOTE_OVER_MAX_OUTPUT, N_("The expected output is longer than the model writes") },
  };
  TdQuoteFlags flags = td_model_row_get_quote (row)->flags;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      if ((flags & notes[i].flag) == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, _(notes[i].text));
    }

  if (text->len == 0)
    {
      g_string_free (text, TRUE);
      return NULL;
    }

  return g_string_free_and_steal (text);
}

/**
 * td_compare_text_column:
 * @column: a column
 * @row: a row
 * @comparison: the comparison the row is part of
 *
 * Returns: (transfer full): the content of the cell
 */
char *
td_compare_text_column (TdCompareColumn  column,
                        TdModelRow      *row,
                        TdComparison    *comparison)
{
  const TdCurrency *currency = td_comparison_get_currency (comparison);
  const TdQuote *quote = td_model_row_get_quote (row);
  TdModel *model = td_model_row_get_model (row);
  guint64 window;
  guint64 calls;

  if (td_model_row_get_token_state (row) == TD_ROW_TOKENS_COUNTING &&
      td_report_column_depends_on_text ((TdReportColumn) column))
    return g_strdup (COUNTING_TEXT);

  switch (column)
    {
    case TD_COMPARE_COLUMN_MODEL:
      return g_strdup (td_model_get_name (model));
    case TD_COMPARE_COLUMN_VENDOR:
      return g_strdup (td_model_get_vendor_name (model));
    case TD_COMPARE_COLUMN_TOKENS:
      return td_compare_text_tokens (row);
    case TD_COMPARE_COLUMN_INPUT_COST:
      return td_currency_format (currency, quote->input_cost);
    case TD_COMPARE_COLUMN_OUTPUT_COST:
      return td_currency_format (currency, quote->output_cost);
    case TD_COMPARE_COLUMN_TOTAL_COST:
      return td_currency_format (currency, quote->total_cost);
    case TD_COMPARE_COLUMN_THOUSAND_COST:
      return td_currency_format (currency, td_quote_cost_of_calls (quote, 1000));
    case TD_COMPARE_COLUMN_CALLS_COST:
      calls = MAX (1, td_comparison_get_calls (comparison));
      return td_currency_format (currency, td_quote_cost_of_calls (quote, calls));
    case TD_COMPARE_COLUMN_BUDGET_CALLS:
      return td_quote_calls_for_budget (quote, td_comparison_get_budget (comparison), &calls)
               ? td_number_format (calls) : g_strdup (TD_UNKNOWN_TEXT);
    case TD_COMPARE_COLUMN_RATIO:
      return td_ratio_format (td_model_row_get_ratio (row));
    case TD_COMPARE_COLUMN_CONTEXT_SHARE:
      return td_percent_format (td_quote_context_share (quote));
    case TD_COMPARE_COLUMN_CONTEXT_WINDOW:
      window = td_model_get_context_window (model);
      return window ? td_number_format (window) : g_strdup (TD_UNKNOWN_TEXT);
    case TD_COMPARE_COLUMN_INPUT_PRICE:
      return td_currency_format_price (currency, quote->prices.input);
    case TD_COMPARE_COLUMN_OUTPUT_PRICE:
      return td_currency_format_price (currency, quote->prices.output);
    case TD_COMPARE_COLUMN_RELEASED:
      return td_date_format (td_model_get_released (model));
    case TD_N_COMPARE_COLUMNS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* "7 tokens, $0.000014, 15× the baseline" */
static void
add_numbers (GStrvBuilder *parts,
             TdModelRow   *row,
             TdComparison *comparison)
{
  g_autofree char *tokens = td_compare_text_tokens (row);
  g_autofree char *cost = td_compare_text_column (TD_COMPARE_COLUMN_TOTAL_COST, row, comparison);
  g_autofree char *ratio = td_compare_text_column (TD_COMPARE_COLUMN_RATIO, row, comparison);
  guint64 n_tokens = td_model_row_get_tokens (row);

  if (td_model_row_get_token_state (row) == TD_ROW_TOKENS_COUNTING)
    {
      g_strv_builder_add (parts, _("being counted"));
      return;
    }

  if (n_tokens == TD_TOKENS_UNKNOWN)
    g_strv_builder_add (parts, _("tokens unknown"));
  else
    /* Translators: %s is a number, as in "9" or "≈ 9" */
    g_strv_builder_take (parts, g_strdup_printf (ngettext ("%s token", "%s tokens", MIN (n_tokens, G_MAXULONG)),
                                                 tokens));

  g_strv_builder_add (parts, td_money_is_known (td_model_row_get_quote (row)->total_cost) ? cost : _("cost unknown"));

  if (!td_model_row_get_is_baseline (row) && td_model_row_get_ratio (row).denominator != 0)
    /* Translators: %s is a multiple, as in "15×" */
    g_strv_builder_take (parts, g_strdup_printf (_("%s the baseline"), ratio));
}

/**
 * td_compare_text_row:
 * @row: a row
 * @comparison: the comparison the row is part of
 *
 * Returns: (transfer full): the row in one line for screen readers: "GPT-4, 9 tokens, $0.03, 15× the baseline, pinned"
 */
char *
td_compare_text_row (TdModelRow   *row,
                     TdComparison *comparison)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *status = td_compare_text_status (row, td_comparison_get_scenario (comparison));
  g_auto (GStrv) list = NULL;

  g_strv_builder_add (parts, td_model_get_name (td_model_row_get_model (row)));
  add_numbers (parts, row, comparison);
  if (td_model_row_get_is_baseline (row))
    g_strv_builder_add (parts, _("baseline"));
  if (status)
    g_strv_builder_add (parts, status);
  if (td_model_row_get_is_pinned (row))
    g_strv_builder_add (parts, _("pinned"));
  list = g_strv_builder_end (parts);

  /* Translators: stands between the parts of a row as screen readers say it, as in "GPT-4, 9 tokens, $0.03" */
  return g_strjoinv (_(", "), list);
}

/** Returns: (transfer full): the rate and its day: "1 USD = 6.90 CNY, set on 19 Apr 2023" */
char *
td_compare_text_rate (const TdCurrency *currency)
{
  g_autofree char *rate = td_currency_rate_to_decimal (currency);
  g_autofree char *date = NULL;

  if (!td_date_is_set (currency->rate_date))
    /* Translators: an exchange rate, as in "1 USD = 6.9 CNY" */
    return g_strdup_printf (_("1 USD = %s %s"), rate, currency->code);

  date = td_date_format (currency->rate_date);
  /* Translators: an exchange rate and a date, as in "1 USD = 6.9 CNY, set on 19 Apr 2023" */
  return g_strdup_printf (_("1 USD = %s %s, set on %s"), rate, currency->code, date);
}

/**
 * td_compare_text_budget:
 * @comparison: a comparison
 *
 * Returns: (transfer full) (nullable): what may be spent, and of a credit, which changes without us, when it was read;
 *   %NULL if there is no budget
 */
char *
td_compare_text_budget (TdComparison *comparison)
{
  TdMoney budget = td_comparison_get_budget (comparison);
  g_autofree char *text = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *read_at = NULL;
  TdCredit credit;

  g_object_get (td_comparison_get_options (comparison), "credit", &text, NULL);
  if (td_credit_parse (text, NULL, &credit) && credit.n_amounts > 0)
    {
      amount = td_credit_text_amounts (&credit);
      read_at = td_credit_text_read_at (&credit);
      /* Translators: %1$s is what is left with a service, %2$s when that was read, as in "Read on 24 Nov 2026 at 13:00" */
      return g_strdup_printf (_("Budget: %1$s. %2$s"), amount, read_at);
    }

  if (!td_money_is_known (budget))
    return NULL;

  amount = td_currency_format (td_comparison_get_currency (comparison), budget);

  /* Translators: %s is an amount of money */
  return g_strdup_printf (_("Budget: %s"), amount);
}
