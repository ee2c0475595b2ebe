/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsecret/secret.h>

G_BEGIN_DECLS

SecretValue *td_key_new (const char  *text,
                         GError     **error);

G_END_DECLS
