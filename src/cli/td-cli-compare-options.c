/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cli/td-cli-compare-options.h"
#include "cli/td-cli-options.h"
#include "cli/td-cli-report.h"

/**
 * td_cli_compare_options_clear:
 * @options: a command line
 *
 * Frees what it holds.
 */
void
td_cli_compare_options_clear (TdCliCompareOptions *options)
{
  g_free (options->models);
  g_free (options->baseline);
  g_free (options->output_tokens);
  g_free (options->output_ratio);
  g_free (options->reasoning_tokens);
  g_free (options->images);
  g_free (options->image_size);
  g_free (options->cached_share);
  g_free (options->cache_write_share);
  g_free (options->calls);
  g_free (options->budget);
  g_free (options->currency);
  g_free (options->rate);
  g_free (options->rate_date);
  g_free (options->on);
  g_free (options->time);
  g_free (options->format);
  g_free (options->columns);
  g_strfreev (options->files);
  td_cli_filter_clear (&options->filter);
}

/**
 * td_cli_compare_options_parse:
 * @options: (out caller-allocates): what is asked for
 * @argc: number of arguments
 * @argv: "compare" and its arguments
 *
 * Reads the command line, and complains about options there are not.
 *
 * Returns: whether all are known
 */
gboolean
td_cli_compare_options_parse (TdCliCompareOptions  *options,
                              int                   argc,
                              char                **argv)
{
  const GOptionEntry entries[] = {
    { "models", 'm', 0, G_OPTION_ARG_STRING, &options->models,
      N_("Compare the models A, B and so on, or all; without it GPT-3.5 Turbo, GPT-4 and those of the day"),
      N_("A,B,…") },
    { "baseline", 'b', 0, G_OPTION_ARG_STRING, &options->baseline, N_("Compare costs with those of model M"), N_("M") },
    { "output-tokens", 'o', 0, G_OPTION_ARG_STRING, &options->output_tokens, N_("Expect an answer of N tokens"),
      N_("N") },
    { "output-ratio", 0, 0, G_OPTION_ARG_STRING, &options->output_ratio,
      N_("Expect an answer R times as long as the input"), N_("R") },
    { "reasoning-tokens", 0, 0, G_OPTION_ARG_STRING, &options->reasoning_tokens,
      N_("Expect N more tokens from models that reason"), N_("N") },
    { "images", 0, 0, G_OPTION_ARG_STRING, &options->images, N_("Send N images along, by an estimate"), N_("N") },
    { "image-size", 0, 0, G_OPTION_ARG_STRING, &options->image_size, N_("The size of each image in pixels"),
      N_("WIDTHxHEIGHT") },
    { "image-low-detail", 0, 0, G_OPTION_ARG_NONE, &options->image_low, N_("Look at the images only roughly"), NULL },
    { "cached-share", 0, 0, G_OPTION_ARG_STRING, &options->cached_share,
      N_("Read the share S of the input from the cache, as 0.25 or 25%"), N_("S") },
    { "cache-write-share", 0, 0, G_OPTION_ARG_STRING, &options->cache_write_share,
      N_("Write the share S of the rest to the cache"), N_("S") },
    { "cache-write-long", 0, 0, G_OPTION_ARG_NONE, &options->cache_write_long,
      N_("Keep what is written to the cache for the longer of two times"), NULL },
    { "batch", 0, 0, G_OPTION_ARG_NONE, &options->batch, N_("Use the prices for batches"), NULL },
    { "flex", 0, 0, G_OPTION_ARG_NONE, &options->flex, N_("Use the prices for flexible times"), NULL },
    { "priority", 0, 0, G_OPTION_ARG_NONE, &options->priority, N_("Use the prices for fast answers"), NULL },
    { "calls", 'n', 0, G_OPTION_ARG_STRING, &options->calls, N_("Show what N such calls cost"), N_("N") },
    { "budget", 0, 0, G_OPTION_ARG_STRING, &options->budget,
      N_("Show how many calls an amount pays for; the credit left with a service can be read in the window only"),
      N_("AMOUNT") },
    TD_CLI_FILTER_ENTRIES (&options->filter),
    { "currency", 'c', 0, G_OPTION_ARG_STRING, &options->currency, N_("Show costs in another currency"), "USD|CNY|…" },
    { "rate", 'r', 0, G_OPTION_ARG_STRING, &options->rate, N_("Units of that currency for one US dollar"), N_("R") },
    { "rate-date", 0, 0, G_OPTION_ARG_STRING, &options->rate_date, N_("The day that rate is of"), N_("DATE") },
    { "on", 'd', 0, G_OPTION_ARG_STRING, &options->on, N_("Use the prices of a day, as 2023-04-19"), N_("DATE") },
    { "time", 0, 0, G_OPTION_ARG_STRING, &options->time,
      N_("Use the prices of a time of day in UTC, where they differ"), N_("HH:MM") },
    TD_CLI_COLUMNS_ENTRY (&options->columns),
    { "no-overlay", 0, 0, G_OPTION_ARG_NONE, &options->no_overlay,
      N_("Leave out your own models and the price changes you accepted"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format,
      N_("table and markdown are for people; csv and json for machines, with exact numbers"),
      "table|csv|json|markdown" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    { NULL }
  };
  g_autofree char *summary =
    td_cli_columns_describe (_("Shows what one call with the text of a file as its input costs on different models. "
                               "Without a file, or for -, it reads standard input."), TRUE);

  return td_cli_parse (&argc, &argv, entries, _("[FILE | -]"), summary);
}

static gboolean
parse_share (const char *option,
             const char *text,
             guint32    *share)
{
  if (text == NULL || td_share_parse (text, share))
    return TRUE;

  td_cli_complain_usage (_("%s takes a share like 0.25 or 25%%, not “%s”."), option, text);

  return FALSE;
}

static gboolean
parse_time (const char *text,
            int        *minute)
{
  if (text == NULL || td_minute_parse (text, minute))
    return TRUE;

  td_cli_complain_usage (_("--time takes a time of day in UTC like 06:00, not “%s”."), text);

  return FALSE;
}

/* "WIDTHxHEIGHT" in pixels. */
static gboolean
parse_image_size (const char *text,
                  TdScenario *scenario)
{
  g_auto (GStrv) sides = g_strsplit (text, "x", -1);
  guint64 width, height;

  if (g_strv_length (sides) == 2 && g_ascii_string_to_unsigned (sides[0], 10, 1, TD_IMAGE_MAX_SIDE, &width, NULL) &&
      g_ascii_string_to_unsigned (sides[1], 10, 1, TD_IMAGE_MAX_SIDE, &height, NULL))
    {
      scenario->image_width = width;
      scenario->image_height = height;
      return TRUE;
    }

  td_cli_complain_usage (_("--image-size takes pixels like 1024x768, not “%s”."), text);

  return FALSE;
}

static gboolean
parse_images (const TdCliCompareOptions *options,
              TdScenario                *scenario)
{
  guint64 n_images = options->image_size != NULL ? 1 : 0;

  if (!td_cli_parse_number ("--images", options->images, &n_images))
    return FALSE;

  if (options->image_size == NULL && (n_images > 0 || options->image_low))
    {
      td_cli_complain_usage (_("Images need --image-size."));
      return FALSE;
    }

  scenario->n_images = MIN (n_images, G_MAXUINT);
  scenario->image_low_detail = options->image_low;

  return options->image_size == NULL || parse_image_size (options->image_size, scenario);
}

/**
 * td_cli_compare_options_get_scenario:
 * @options: a command line
 * @scenario: (out caller-allocates): what is done with the text
 *
 * Finds out what is asked for, today if no day is given, and complains about what makes no sense.
 *
 * Returns: whether it does
 */
gboolean
td_cli_compare_options_get_scenario (const TdCliCompareOptions *options,
                                     TdScenario                *scenario)
{
  *scenario = (TdScenario) TD_SCENARIO_INIT;

  if (options->batch + options->flex + options->priority > 1)
    {
      td_cli_complain_usage (_("--batch, --flex and --priority exclude each other."));
      return FALSE;
    }

  if (options->batch)
    scenario->service = TD_SERVICE_BATCH;
  else if (options->flex)
    scenario->service = TD_SERVICE_FLEX;
  else if (options->priority)
    scenario->service = TD_SERVICE_PRIORITY;

  if (options->output_tokens != NULL && options->output_ratio != NULL)
    {
      td_cli_complain_usage (_("--output-tokens and --output-ratio exclude each other."));
      return FALSE;
    }

  if (options->output_ratio != NULL && !td_factor_parse (options->output_ratio, &scenario->output_ratio))
    {
      td_cli_complain_usage (_("--output-ratio takes a factor like 1.5 or 150%%, not “%s”."), options->output_ratio);
      return FALSE;
    }

  scenario->date = td_date_today ();
  scenario->cache_write_long = options->cache_write_long;

  return td_cli_parse_day ("--on", options->on, &scenario->date) &&
         parse_time (options->time, &scenario->minute) &&
         td_cli_parse_number ("--output-tokens", options->output_tokens, &scenario->output_tokens) &&
         td_cli_parse_number ("--reasoning-tokens", options->reasoning_tokens, &scenario->reasoning_tokens) &&
         parse_share ("--cached-share", options->cached_share, &scenario->cached_share) &&
         parse_share ("--cache-write-share", options->cache_write_share, &scenario->cache_write_share) &&
         parse_images (options, scenario);
}

/**
 * td_cli_compare_options_get_currency:
 * @options: a command line
 * @currency: (out caller-allocates): what amounts are shown in
 *
 * Finds out what is asked for, US dollars if nothing is, and complains about what makes no sense.
 *
 * Returns: whether it does
 */
gboolean
td_cli_compare_options_get_currency (const TdCliCompareOptions *options,
                                     TdCurrency                *currency)
{
  const char *code = options->currency != NULL ? options->currency : "USD";
  TdDate rate_date = TD_DATE_NONE;

  if (!td_cli_parse_day ("--rate-date", options->rate_date, &rate_date))
    return FALSE;

  if (g_ascii_strcasecmp (code, "USD") == 0 && (options->rate != NULL || options->rate_date != NULL))
    {
      td_cli_complain_usage (_("--rate needs --currency with another currency than USD."));
      return FALSE;
    }

  if (td_currency_init (currency, code, options->rate, rate_date))
    return TRUE;

  if (options->rate == NULL && strlen (code) == 3)
    td_cli_complain_usage (_("%s needs --rate with the units for one US dollar, like 6.9."), code);
  else if (strlen (code) == 3)
    td_cli_complain_usage (_("--rate takes a number above 0 like 6.9, not “%s”."), options->rate);
  else
    td_cli_complain_usage (_("--currency takes a code of three letters like CNY, not “%s”."), code);

  return FALSE;
}

/**
 * td_cli_compare_options_get_budget:
 * @options: a command line
 * @currency: what amounts are shown in, and the budget given in
 * @budget: (out): the budget in US dollars, or %TD_MONEY_UNKNOWN if there is none
 *
 * Finds out what can be spent, and complains about what is no amount.
 *
 * Returns: whether it is one, or there is none
 */
gboolean
td_cli_compare_options_get_budget (const TdCliCompareOptions *options,
                                   const TdCurrency          *currency,
                                   TdMoney                   *budget)
{
  TdMoney amount;

  *budget = TD_MONEY_UNKNOWN;
  if (options->budget == NULL)
    return TRUE;

  if (!td_money_parse (options->budget, &amount))
    {
      td_cli_complain_usage (_("--budget takes an amount like 12.50, not “%s”."), options->budget);
      return FALSE;
    }

  *budget = td_money_scale (amount, currency->denominator, currency->numerator);

  return TRUE;
}

/**
 * td_cli_compare_options_get_columns:
 * @options: a command line
 * @columns: (out) (transfer full) (nullable) (element-type TdReportColumn): the columns to show, %NULL for the usual ones
 *
 * Finds out what is asked for, and complains about what there is not, or what nothing is known for.
 *
 * Returns: whether all is right
 */
gboolean
td_cli_compare_options_get_columns (const TdCliCompareOptions  *options,
                                    GArray                    **columns)
{
  if (!td_cli_columns_parse (options->columns, TRUE, columns))
    return FALSE;

  if (options->calls == NULL && td_cli_columns_contain (*columns, TD_REPORT_COLUMN_CALLS_COST))
    {
      td_cli_complain_usage (_("The column “%s” needs %s."), "calls-cost", "--calls");
      return FALSE;
    }

  if (options->budget == NULL && td_cli_columns_contain (*columns, TD_REPORT_COLUMN_BUDGET_CALLS))
    {
      td_cli_complain_usage (_("The column “%s” needs %s."), "budget-calls", "--budget");
      return FALSE;
    }

  return TRUE;
}
