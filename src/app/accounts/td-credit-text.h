/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "accounts/td-credit.h"

G_BEGIN_DECLS

char *td_credit_text_amounts (const TdCredit *credit);
char *td_credit_text_read_at (const TdCredit *credit);

G_END_DECLS
