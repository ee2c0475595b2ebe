/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-history-chart.h"
#include "app/compare/td-price-text.h"
#include "pricing/td-format.h"

/* The price history of a model in words and as the steps of a chart. */

/** Returns: (transfer full): from when to when, and how well that is known */
char *
td_price_text_period (const TdPricePeriod *period)
{
  g_autofree char *from = td_date_format (period->from);
  g_autofree char *until = td_date_format (period->until);

  if (!td_date_is_set (period->from) && !td_date_is_set (period->until))
    return g_strdup (_("Always"));
  if (!td_date_is_set (period->from))
    /* Translators: %s is a date */
    return g_strdup_printf (_("Until %s"), until);
  if (!td_date_is_set (period->until))
    /* Translators: %s is a date */
    return g_strdup_printf (_("Since %s"), from);

  /* Translators: two dates */
  return g_strdup_printf (_("%s to %s"), from, until);
}

/* "cached $0.50", if it is known. */
static void
append_price (GString          *text,
              const char       *kind,
              TdPrice           price,
              const TdCurrency *currency)
{
  g_autofree char *amount = NULL;
  g_autofree char *part = NULL;

  if (price == TD_PRICE_UNKNOWN)
    return;

  amount = td_currency_format_price (currency, price);
  /* Translators: the kind of a price and its amount, as in "input $0.50" */
  part = g_strdup_printf (_("%s %s"), kind, amount);
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static const char *
get_confidence (const TdPricePeriod *period)
{
  switch (period->confidence)
    {
    case TD_CONFIDENCE_OFFICIAL:
      return _("From the vendor’s own page");
    case TD_CONFIDENCE_MIRROR:
      return _("From copies of the vendor’s page");
    case TD_CONFIDENCE_REFRESH:
      return _("From a refresh of the prices that you accepted");
    case TD_CONFIDENCE_USER:
      return _("Entered by you");
    case TD_CONFIDENCE_SECONDARY:
    default:
      return _("From second-hand reports");
    }
}

static void
append_line (GString    *text,
             const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
append_long_context (GString             *text,
                     const TdPricePeriod *period,
                     const TdCurrency    *currency)
{
  g_autofree char *above = td_number_format (period->long_context_above);
  g_autofree char *input = td_currency_format_price (currency, period->long_context.input);
  g_autofree char *output = td_currency_format_price (currency, period->long_context.output);
  /* Translators: a number of tokens, then two prices */
  g_autofree char *line = g_strdup_printf (_("Above %s input tokens: input %s, output %s for the whole request"),
                                           above, input, output);

  append_line (text, line);
}

/**
 * td_price_text_prices:
 * @period: a period
 * @currency: the currency to write amounts in
 *
 * Returns: (transfer full): all its prices, and how well they are attested
 */
char *
td_price_text_prices (const TdPricePeriod *period,
                      const TdCurrency    *currency)
{
  const TdPrices *prices = &period->services[TD_SERVICE_STANDARD];
  const TdPrices *batch = &period->services[TD_SERVICE_BATCH];
  GString *text = g_string_new (NULL);

  /* Translators: kinds of prices, each followed by an amount */
  append_price (text, C_("price", "Input"), prices->input, currency);
  append_price (text, C_("price", "cached"), prices->cached_input, currency);
  append_price (text, C_("price", "cache write"), prices->cache_write, currency);
  append_price (text, C_("price", "output"), prices->output, currency);
  if (text->len == 0)
    g_string_append (text, _("No price is known"));

  if (period->basis[TD_SERVICE_BATCH] != TD_PRICE_BASIS_NONE)
    {
      g_autofree char *input = td_currency_format_price (currency, batch->input);
      g_autofree char *output = td_currency_format_price (currency, batch->output);
      g_autofree char *line = NULL;

      if (batch->output != TD_PRICE_UNKNOWN)
        /* Translators: two prices */
        line = g_strdup_printf (_("Batch: input %s, output %s"), input, output);
      else
        /* Translators: a price */
        line = g_strdup_printf (_("Batch: input %s"), input);
      append_line (text, line);
    }

  if (period->long_context_above != 0)
    append_long_context (text, period, currency);
  if (period->n_windows > 0)
    append_line (text, _("At other hours of the day other prices apply"));

  append_line (text, get_confidence (period));
  if (period->note && *period->note)
    append_line (text, period->note);
  else if (period->precision == TD_DATE_PRECISION_ANNOUNCEMENT)
    append_line (text, _("The first day is that of the announcement"));

  return g_string_free_and_steal (text);
}

/**
 * td_price_text_describe:
 * @model: a model
 * @currency: the currency to write amounts in
 *
 * Returns: (transfer full): what the chart of its prices shows, for those who cannot see it
 */
char *
td_price_text_describe (TdModel          *model,
                        const TdCurrency *currency)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < td_model_get_n_prices (model); i++)
    {
      const TdPricePeriod *period = td_model_get_price (model, i);
      const TdPrices *prices = &period->services[TD_SERVICE_STANDARD];
      g_autofree char *dates = td_price_text_period (period);
      g_autofree char *input = td_currency_format_price (currency, prices->input);
      g_autofree char *output = td_currency_format_price (currency, prices->output);
      /* Translators: a period of time, then two prices, as in "1 Mar 2023 to 13 Jun 2023: input $2.00, output $2.00" */
      g_autofree char *line = g_strdup_printf (_("%s: input %s, output %s"), dates, input, output);

      append_line (text, line);
    }

  return g_string_free_and_steal (text);
}

/* A month or year counts as its first day. */
static guint32
get_julian (TdDate date)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, MAX (date.day, 1), MAX (date.month, 1), date.year);

  return g_date_get_julian (&day);
}

/**
 * td_price_text_get_steps:
 * @model: a model
 * @today: where a price in force ends in the chart
 *
 * Returns: (transfer full) (element-type TdHistoryStep): its standard prices over time
 */
GArray *
td_price_text_get_steps (TdModel *model,
                         TdDate   today)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (TdHistoryStep));

  for (guint i = 0; i < td_model_get_n_prices (model); i++)
    {
      const TdPricePeriod *period = td_model_get_price (model, i);
      const TdPrices *prices = &period->services[TD_SERVICE_STANDARD];
      TdDate from = td_date_is_set (period->from) ? period->from : td_model_get_released (model);
      TdHistoryStep step = { .input = prices->input, .output = prices->output };

      step.until = get_julian (td_date_is_set (period->until) ? period->until : today);
      /* An open start is drawn as a year. */
      step.from = td_date_is_set (from) ? get_julian (from) : step.until - 365;
      if (step.until > step.from)
        g_array_append_val (steps, step);
    }

  return steps;
}
