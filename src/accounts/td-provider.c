/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-provider.h"

/* OpenAI first; then those that tell an ordinary key how much credit is left. */
static const TdProvider providers[] = {
  {
    .id = "openai",
    .name = "OpenAI",
    .base_url = "https://api.openai.com/v1",
  },
  {
    .id = "deepseek",
    .name = "DeepSeek",
    .base_url = "https://api.deepseek.com",
    .is_fixed = TRUE,
    .credit_kind = TD_CREDIT_KIND_DEEPSEEK,
  },
  /* Keys and money of the two regions have nothing to do with each other. */
  {
    .id = "moonshot-cn",
    .name = "Kimi (moonshot.cn)",
    .base_url = "https://api.moonshot.cn/v1",
    .is_fixed = TRUE,
    .credit_kind = TD_CREDIT_KIND_MOONSHOT,
    .currency = "CNY",
  },
  {
    .id = "moonshot-ai",
    .name = "Kimi (moonshot.ai)",
    .base_url = "https://api.moonshot.ai/v1",
    .is_fixed = TRUE,
    .credit_kind = TD_CREDIT_KIND_MOONSHOT,
    .currency = "USD",
  },
  {
    .id = "siliconflow",
    .name = "SiliconFlow",
    .base_url = "https://api.siliconflow.cn/v1",
    .is_fixed = TRUE,
    .credit_kind = TD_CREDIT_KIND_SILICONFLOW,
    .currency = "CNY",
  },
  {
    .id = "openrouter",
    .name = "OpenRouter",
    .base_url = "https://openrouter.ai/api/v1",
    .is_fixed = TRUE,
    .credit_kind = TD_CREDIT_KIND_OPENROUTER,
    .currency = "USD",
  },
};

/**
 * td_provider_get_openai:
 *
 * Returns: (transfer none): OpenAI
 */
const TdProvider *
td_provider_get_openai (void)
{
  return &providers[0];
}

/**
 * td_provider_get_nth:
 * @index: a place in the list
 *
 * Returns: (transfer none) (nullable): the service at that place, OpenAI being the first, or %NULL behind the last
 */
const TdProvider *
td_provider_get_nth (guint index)
{
  return index < G_N_ELEMENTS (providers) ? &providers[index] : NULL;
}
