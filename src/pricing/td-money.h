/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

__extension__ typedef __int128 TdInt128;

/**
 * A price, in nano-units of a currency per million tokens: $0.075 per million tokens is 75,000,000.
 *
 * Never negative; %TD_PRICE_UNKNOWN is a price nobody has published, which is not the same as 0.
 */
typedef gint64 TdPrice;

#define TD_PRICE_UNKNOWN ((TdPrice) -1)
#define TD_PRICE_DECIMALS 9

/**
 * TdMoney:
 * @femto: 10⁻¹⁵ of a currency unit
 *
 * An exact amount. A #TdPrice times a number of tokens is a #TdMoney with nothing lost: 10⁻⁹ per 10⁶ tokens is 10⁻¹⁵
 * per token. The range is ±1.7 × 10²³ units, so no realistic bill overflows; what does overflow becomes unknown.
 *
 * Unknown is contagious: a sum with an unknown part is unknown. It sorts after every amount and is shown as "—".
 */
typedef struct
{
  TdInt128 femto;
} TdMoney;

#define TD_MONEY_DECIMALS 15
#define TD_MONEY_ZERO ((TdMoney) { 0 })
#define TD_MONEY_UNKNOWN ((TdMoney) { ((TdInt128) 1) << 126 })

/**
 * TdRatio:
 * @numerator: the dividend
 * @denominator: the divisor, above 0, or 0 when the ratio is unknown
 *
 * An exact quotient of two amounts, for "15×".
 */
typedef struct
{
  TdInt128 numerator;
  TdInt128 denominator;
} TdRatio;

#define TD_RATIO_UNKNOWN ((TdRatio) { 0, 0 })

/** What stands for an unknown amount everywhere. */
#define TD_UNKNOWN_TEXT "—"

gboolean td_price_parse      (const char *text,
                              TdPrice    *price);
char    *td_price_to_decimal (TdPrice     price);
TdMoney  td_price_as_money   (TdPrice     price);

TdMoney  td_money_new_cost   (TdPrice     price,
                              guint64     tokens);
gboolean td_money_parse      (const char *text,
                              TdMoney    *money);
gboolean td_money_is_known   (TdMoney     money);
TdMoney  td_money_add        (TdMoney     a,
                              TdMoney     b);
TdMoney  td_money_multiply   (TdMoney     money,
                              guint64     factor);
TdMoney  td_money_scale      (TdMoney     money,
                              gint64      numerator,
                              gint64      denominator);
int      td_money_compare    (TdMoney     a,
                              TdMoney     b);
char    *td_money_to_decimal (TdMoney     money);
char    *td_money_to_rounded (TdMoney     money,
                              guint       min_decimals,
                              guint       significant);

TdRatio  td_money_ratio      (TdMoney     money,
                              TdMoney     baseline);
int      td_ratio_compare    (TdRatio     a,
                              TdRatio     b);
char    *td_ratio_to_rounded (TdRatio     ratio,
                              guint       significant);

G_END_DECLS
