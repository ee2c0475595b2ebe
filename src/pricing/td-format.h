/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-money.h"

G_BEGIN_DECLS

/*
 * Numbers written for people, by the locale. Amounts of money are in td-currency.h, dates in td-date.h.
 */

char *td_number_format    (guint64     number);
char *td_ratio_format     (TdRatio     ratio);
char *td_percent_format   (TdRatio     ratio);

void  td_append_localized (GString    *text,
                           const char *number);

G_END_DECLS
