/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-currency.h"
#include "pricing/td-model.h"

G_BEGIN_DECLS

char   *td_price_text_period    (const TdPricePeriod *period);
char   *td_price_text_prices    (const TdPricePeriod *period,
                                 const TdCurrency    *currency);
char   *td_price_text_describe  (TdModel             *model,
                                 const TdCurrency    *currency);
GArray *td_price_text_get_steps (TdModel             *model,
                                 TdDate               today);

G_END_DECLS
