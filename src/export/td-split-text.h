/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void td_split_append_visible (GString    *out,
                              const char *bytes,
                              gsize       length);
void td_split_append_hex     (GString    *out,
                              const char *bytes,
                              gsize       length);

G_END_DECLS
