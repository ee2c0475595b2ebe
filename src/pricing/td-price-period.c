/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-price-period.h"

/**
 * td_price_period_new:
 *
 * Returns: (transfer full): a period in which nothing is known
 */
TdPricePeriod *
td_price_period_new (void)
{
  TdPricePeriod *period = g_new0 (TdPricePeriod, 1);

  for (guint i = 0; i < TD_N_SERVICES; i++)
    period->services[i] = TD_PRICES_UNKNOWN;
  period->long_context = TD_PRICES_UNKNOWN;
  period->basis[TD_SERVICE_STANDARD] = TD_PRICE_BASIS_LISTED;

  return period;
}

/**
 * td_price_period_copy:
 * @period: a period
 *
 * Returns: (transfer full): a period of its own with the same content
 */
TdPricePeriod *
td_price_period_copy (const TdPricePeriod *period)
{
  TdPricePeriod *copy = g_memdup2 (period, sizeof *period);

  copy->windows = g_memdup2 (period->windows, period->n_windows * sizeof *period->windows);
  copy->sources = g_strdupv (period->sources);
  copy->note = g_strdup (period->note);

  return copy;
}

/**
 * td_price_period_free:
 * @period: (transfer full): a period
 */
void
td_price_period_free (TdPricePeriod *period)
{
  g_free (period->windows);
  g_strfreev (period->sources);
  g_free (period->note);
  g_free (period);
}

/**
 * td_price_period_is_in_force:
 * @period: a period
 * @date: a day
 *
 * Returns: whether these were the prices on @date; the first day belongs to the period, the last does not
 */
gboolean
td_price_period_is_in_force (const TdPricePeriod *period,
                             TdDate               date)
{
  if (td_date_is_set (period->from) && td_date_compare (date, period->from) < 0)
    return FALSE;

  return !td_date_is_set (period->until) || td_date_compare (date, period->until) < 0;
}

/* Half of a price; of an odd number of nano-units the half is kept by rounding up. */
static TdPrice
half_price (TdPrice price)
{
  return price < 0 ? price : price / 2 + price % 2;
}

static void
halve_prices (TdPrices *prices)
{
  prices->input = half_price (prices->input);
  prices->cached_input = half_price (prices->cached_input);
  prices->cache_write = half_price (prices->cache_write);
  prices->cache_write_long = half_price (prices->cache_write_long);
  prices->output = half_price (prices->output);
}

static const TdPriceWindow *
find_window (const TdPricePeriod *period,
             TdDate               date,
             int                  minute)
{
  if (minute < 0 || period->n_windows == 0)
    return NULL;

  for (guint i = 0; i < period->n_windows; i++)
    {
      const TdPriceWindow *window = &period->windows[i];

      if (minute >= window->from_minute && minute < window->until_minute &&
          (window->weekdays & (1u << td_date_weekday (date))) != 0)
        return window;
    }

  return NULL;
}

/**
 * td_price_period_select:
 * @period: a period
 * @service: how the request is served
 * @input_tokens: its length, for the long-context threshold
 * @date: the day, for hours that depend on the day of the week
 * @minute: the minute of the day in UTC, or negative for the standard hours
 * @prices: (out caller-allocates): the prices that apply
 *
 * Finds the prices of one request. Where a service's prices are half the standard ones by rule, the long-context and
 * cache prices are halved with them; where they are listed, only what is listed is known.
 */
void
td_price_period_select (const TdPricePeriod *period,
                        TdService            service,
                        guint64              input_tokens,
                        TdDate               date,
                        int                  minute,
                        TdPrices            *prices)
{
  const TdPriceWindow *window = find_window (period, date, minute);
  gboolean is_long = period->long_context_above != 0 && input_tokens > period->long_context_above;
  TdPriceBasis basis = period->basis[service];

  if (service != TD_SERVICE_STANDARD && basis == TD_PRICE_BASIS_LISTED)
    *prices = is_long || window != NULL ? TD_PRICES_UNKNOWN : period->services[service];
  else if (basis == TD_PRICE_BASIS_NONE)
    *prices = TD_PRICES_UNKNOWN;
  else if (is_long)
    *prices = window != NULL ? TD_PRICES_UNKNOWN : period->long_context;
  else if (window != NULL)
    *prices = window->prices;
  else
    *prices = period->services[TD_SERVICE_STANDARD];

  if (basis == TD_PRICE_BASIS_HALF)
    halve_prices (prices);
}
