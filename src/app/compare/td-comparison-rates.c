/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-comparison-private.h"
#include "app/compare/td-exchange-rates.h"

/* The rates that the user has set, one per currency. */

/** Gives the currency @code with its rate; FALSE while the user has set none for it. */
gboolean
td_comparison_get_rate (TdComparison *self,
                        const char   *code,
                        TdCurrency   *currency)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), FALSE);
  g_return_val_if_fail (code != NULL && currency != NULL, FALSE);

  return td_exchange_rates_lookup (self->rates, code, currency);
}

/** Sets the rate of a currency, as td_currency_init() takes it; FALSE, and no change, if it does not. */
gboolean
td_comparison_set_rate (TdComparison *self,
                        const char   *code,
                        const char   *rate,
                        TdDate        date)
{
  g_autoptr (GVariant) rates = NULL;
  TdCurrency currency;

  g_return_val_if_fail (TD_IS_COMPARISON (self), FALSE);

  if (!td_currency_init (&currency, code, rate, date))
    return FALSE;

  rates = td_exchange_rates_with (self->rates, &currency);
  if (self->settings)
    td_settings_set_value (self->settings, TD_COMPARISON_KEY_RATES, rates);
  g_object_set (self, "rates", rates, NULL);

  return TRUE;
}
