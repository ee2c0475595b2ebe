/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdCreditKind:
 * @TD_CREDIT_KIND_NONE: the service tells an ordinary key nothing of the credit
 * @TD_CREDIT_KIND_DEEPSEEK: DeepSeek's `GET /user/balance`: amounts as text, in one currency or two
 * @TD_CREDIT_KIND_MOONSHOT: Moonshot's `GET /users/me/balance`: a number, in the currency of the region
 * @TD_CREDIT_KIND_SILICONFLOW: SiliconFlow's `GET /user/info`: an amount as text
 * @TD_CREDIT_KIND_OPENROUTER: OpenRouter's `GET /key`: what is left of the key's own limit, if it has one
 *
 * How a service is asked for the credit that is left.
 */
typedef enum
{
  TD_CREDIT_KIND_NONE,
  TD_CREDIT_KIND_DEEPSEEK,
  TD_CREDIT_KIND_MOONSHOT,
  TD_CREDIT_KIND_SILICONFLOW,
  TD_CREDIT_KIND_OPENROUTER,
} TdCreditKind;

/**
 * TdProvider:
 * @id: what the keyring and the settings know the service by
 * @name: the service's name, which isn't translated
 * @base_url: the service's own address
 * @is_fixed: whether requests go to no other address; otherwise one that speaks the same protocol may be used instead
 * @credit_kind: how the service is asked for the credit that is left
 * @currency: what that credit is in, where the answer doesn't say; %NULL where it does
 *
 * A service that sells tokens. Constant data, to be read from any thread.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *base_url;
  gboolean is_fixed;
  TdCreditKind credit_kind;
  const char *currency;
} TdProvider;

const TdProvider *td_provider_get_openai (void);
const TdProvider *td_provider_get_nth    (guint index);

G_END_DECLS
