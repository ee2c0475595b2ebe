/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-catalogue.h"
#include "pricing/td-price-change.h"

G_BEGIN_DECLS

char *td_change_text_title  (TdPriceChange *change,
                             TdCatalogue   *catalogue);
char *td_change_text_values (TdPriceChange *change);
char *td_change_text_days   (TdPriceChange *change);
char *td_change_text_doubts (TdPriceChange *change);

G_END_DECLS
