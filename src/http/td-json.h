/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode   *td_json_parse             (GBytes      *bytes,
                                       GError     **error);

JsonObject *td_json_object_get_object (JsonObject  *object,
                                       const char  *name);
JsonArray  *td_json_object_get_array  (JsonObject  *object,
                                       const char  *name);
const char *td_json_object_get_string (JsonObject  *object,
                                       const char  *name);

G_END_DECLS
