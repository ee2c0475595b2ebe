/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-date.h"
#include "pricing/td-format.h"
#include "pricing/td-money.h"

G_BEGIN_DECLS

/**
 * TdCurrency:
 * @code: the ISO 4217 code, upper case
 * @numerator: units of this currency per @denominator US dollars
 * @denominator: a power of ten
 * @rate_date: the day the rate is of, or none
 *
 * A currency to show amounts in, with the rate the user has set: 6.9 yuan to the dollar is 69 / 10. Amounts are kept
 * in US dollars and converted only when shown.
 *
 * Plain data: copy by value.
 */
typedef struct
{
  char code[4];
  gint64 numerator;
  gint64 denominator;
  TdDate rate_date;
} TdCurrency;

#define TD_CURRENCY_USD ((TdCurrency) { "USD", 1, 1, { 0, 0, 0 } })

const char * const *td_currency_get_offered     (void);

gboolean            td_currency_init            (TdCurrency       *currency,
                                                 const char       *code,
                                                 const char       *rate,
                                                 TdDate            rate_date);
gboolean            td_currency_is_usd          (const TdCurrency *currency);
const char         *td_currency_get_symbol      (const TdCurrency *currency);
guint               td_currency_get_decimals    (const TdCurrency *currency);
char               *td_currency_rate_to_decimal (const TdCurrency *currency);
TdMoney             td_currency_convert         (const TdCurrency *currency,
                                                 TdMoney           usd);
char               *td_currency_format          (const TdCurrency *currency,
                                                 TdMoney           usd);
char               *td_currency_format_price    (const TdCurrency *currency,
                                                 TdPrice           price);

G_END_DECLS
