/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "accounts/td-account.h"
#include "pricing/td-money.h"

G_BEGIN_DECLS

/** More currencies than any service has. */
#define TD_CREDIT_MAX_AMOUNTS 4

/**
 * TdCreditAmount:
 * @currency: three capital letters
 * @amount: how much, in that currency; below 0 if more was used than paid for
 */
typedef struct
{
  char currency[4];
  TdMoney amount;
} TdCreditAmount;

/**
 * TdCredit:
 * @read_at: when it was read, in seconds since 1970
 * @n_amounts: how many currencies it is in, 0 if it was never read
 * @amounts: how much in each
 *
 * What a service said is left to spend. Plain data: copy by value.
 */
typedef struct
{
  gint64 read_at;
  guint n_amounts;
  TdCreditAmount amounts[TD_CREDIT_MAX_AMOUNTS];
} TdCredit;

gboolean  td_credit_read         (TdCredit             *credit,
                                  const TdProvider     *provider,
                                  GBytes               *answer,
                                  GError              **error);
void      td_credit_fetch_async  (TdAccount            *account,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean  td_credit_fetch_finish (TdAccount            *account,
                                  GAsyncResult         *result,
                                  TdCredit             *credit,
                                  GError              **error);

char     *td_credit_to_text      (const TdCredit       *credit,
                                  const char           *provider_id);
gboolean  td_credit_parse        (const char           *text,
                                  char                **provider_id,
                                  TdCredit             *credit);

G_END_DECLS
