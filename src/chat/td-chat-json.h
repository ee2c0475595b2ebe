/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "chat/td-chat-error.h"

G_BEGIN_DECLS

JsonNode   *td_chat_json_parse      (const char  *text,
                                     gsize        length,
                                     GError     **error);
JsonNode   *td_chat_json_find       (JsonObject  *object,
                                     const char  *name);
const char *td_chat_json_string     (JsonObject  *object,
                                     const char  *name);
JsonArray  *td_chat_json_array      (JsonObject  *object,
                                     const char  *name);
JsonObject *td_chat_json_object     (JsonObject  *object,
                                     const char  *name);
gboolean    td_chat_json_is_string  (JsonNode    *node);
char       *td_chat_json_print      (JsonNode    *node);

G_END_DECLS
