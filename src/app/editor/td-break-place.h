/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize    td_break_place_find (const char *text,
                              gsize       n_bytes,
                              gsize       wanted);
gboolean td_break_place_is_inside (gunichar before,
                                   gunichar after);

G_END_DECLS
