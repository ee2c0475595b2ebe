/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-exchange-rates.h"

/**
 * td_exchange_rates_lookup:
 * @rates: (nullable): rates of the type %TD_EXCHANGE_RATES_TYPE
 * @code: a currency's code
 * @currency: (out caller-allocates): the currency with its rate
 *
 * Returns: FALSE if there is no rate for it, or one that is not a number above 0; US dollars need none
 */
gboolean
td_exchange_rates_lookup (GVariant   *rates,
                          const char *code,
                          TdCurrency *currency)
{
  const char *rate;
  const char *date_text;
  TdDate date;

  g_return_val_if_fail (code != NULL && currency != NULL, FALSE);

  if (g_str_equal (code, "USD"))
    {
      *currency = TD_CURRENCY_USD;
      return TRUE;
    }

  if (!rates || !g_variant_lookup (rates, code, "(&s&s)", &rate, &date_text))
    return FALSE;

  if (!td_date_parse (date_text, &date))
    date = TD_DATE_NONE;

  return td_currency_init (currency, code, rate, date);
}

/**
 * td_exchange_rates_with:
 * @rates: (nullable): rates of the type %TD_EXCHANGE_RATES_TYPE
 * @currency: a currency with its rate
 *
 * Returns: (transfer full): the same rates but for this one
 */
GVariant *
td_exchange_rates_with (GVariant         *rates,
                        const TdCurrency *currency)
{
  g_autofree char *decimal = td_currency_rate_to_decimal (currency);
  char date[TD_DATE_ISO_SIZE];
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (TD_EXCHANGE_RATES_TYPE));
  if (rates)
    {
      GVariantIter iter;
      const char *key;
      const char *old_rate;
      const char *old_date;

      g_variant_iter_init (&iter, rates);
      while (g_variant_iter_next (&iter, "{&s(&s&s)}", &key, &old_rate, &old_date))
        {
          if (!g_str_equal (key, currency->code))
            g_variant_builder_add (&builder, "{s(ss)}", key, old_rate, old_date);
        }
    }
  g_variant_builder_add (&builder, "{s(ss)}", currency->code, decimal, td_date_to_iso (currency->rate_date, date));

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}
