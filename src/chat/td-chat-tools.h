/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "chat/td-chat-error.h"
#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/**
 * TdChatTools:
 *
 * The functions that a model may call, as a request defines them. Immutable.
 */
typedef struct _TdChatTools TdChatTools;

TdChatTools *td_chat_tools_new            (JsonNode           *node,
                                           GError            **error);
void         td_chat_tools_free           (TdChatTools        *self);

JsonNode    *td_chat_tools_get_node       (const TdChatTools  *self);
guint        td_chat_tools_get_n          (const TdChatTools  *self);
guint        td_chat_tools_get_n_unknown  (const TdChatTools  *self);
gboolean     td_chat_tools_count_fields   (const TdChatTools  *self,
                                           TkEncoder          *encoder,
                                           int                 function_init,
                                           guint64            *n_tokens,
                                           TkError            *error);
char        *td_chat_tools_to_typescript  (const TdChatTools  *self);
char        *td_chat_tools_to_harmony     (const TdChatTools  *self,
                                           gboolean           *is_sure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdChatTools, td_chat_tools_free)

G_END_DECLS
