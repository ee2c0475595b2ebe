/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *td_json_scalar_dup (const char *json,
                          const char *path);

G_END_DECLS
