/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-catalogue.h"
#include "pricing/td-price-change.h"
#include "pricing/td-price-feed.h"

G_BEGIN_DECLS

GListStore *td_price_difference_list (TdCatalogue *catalogue,
                                      TdPriceFeed *feed,
                                      TdDate       today,
                                      const char  *source);

G_END_DECLS
