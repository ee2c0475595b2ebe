/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-provider.h"

static const TdProvider openai = {
  .id = "openai",
  .name = "OpenAI",
  .base_url = "https://api.openai.com/v1",
};

/**
 * td_provider_get_openai:
 *
 * Returns: (transfer none): OpenAI
 */
const TdProvider *
td_provider_get_openai (void)
{
  return &openai;
}
