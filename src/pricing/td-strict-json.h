/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *td_strict_json_parse (GBytes  *bytes,
                                size_t   max_bytes,
                                GError **error);

G_END_DECLS
