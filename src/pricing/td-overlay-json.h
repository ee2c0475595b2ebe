/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-overlay.h"

G_BEGIN_DECLS

char      *td_overlay_json_write (GPtrArray  *changes);
GPtrArray *td_overlay_json_read  (GBytes     *bytes,
                                  GError    **error);

G_END_DECLS
