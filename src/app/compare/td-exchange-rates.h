/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-currency.h"

G_BEGIN_DECLS

/**
 * How the settings keep the user's exchange rates: the code of a currency -> units of it for one US dollar as a decimal
 * number, and the day that was set, as YYYY-MM-DD.
 */
#define TD_EXCHANGE_RATES_TYPE "a{s(ss)}"

gboolean  td_exchange_rates_lookup (GVariant         *rates,
                                    const char       *code,
                                    TdCurrency       *currency);
GVariant *td_exchange_rates_with   (GVariant         *rates,
                                    const TdCurrency *currency);

G_END_DECLS
