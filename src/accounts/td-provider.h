/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdProvider:
 * @id: what the keyring and the settings know the service by
 * @name: the service's name, which isn't translated
 * @base_url: the service's own address; others that speak the same protocol may be used instead
 *
 * A service that sells tokens.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *base_url;
} TdProvider;

const TdProvider *td_provider_get_openai (void);

G_END_DECLS
