/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat/td-chat-error.h"
#include "chat/td-chat-message.h"
#include "chat/td-chat-tools.h"

G_BEGIN_DECLS

#define TD_TYPE_CHAT (td_chat_get_type ())

G_DECLARE_FINAL_TYPE (TdChat, td_chat, TD, CHAT, GObject)

TdChat        *td_chat_new              (void);

gboolean       td_chat_load             (TdChat         *self,
                                         const char     *json,
                                         gsize           length,
                                         GError        **error);
gboolean       td_chat_append_json      (TdChat         *self,
                                         const char     *json,
                                         gsize           length,
                                         GError        **error);
char          *td_chat_to_json          (TdChat         *self);
char          *td_chat_messages_to_json (TdChat         *self);

guint          td_chat_get_n_messages   (TdChat         *self);
TdChatMessage *td_chat_get_message      (TdChat         *self,
                                         guint           index);
gboolean       td_chat_find             (TdChat         *self,
                                         TdChatMessage  *message,
                                         guint          *index);
void           td_chat_insert           (TdChat         *self,
                                         guint           index,
                                         TdChatMessage  *message);
void           td_chat_remove           (TdChat         *self,
                                         guint           index);
void           td_chat_move             (TdChat         *self,
                                         guint           from,
                                         guint           to);
void           td_chat_clear            (TdChat         *self);

TdChatTools   *td_chat_get_tools        (TdChat         *self);
char          *td_chat_dup_tools_text   (TdChat         *self);
gboolean       td_chat_set_tools_text   (TdChat         *self,
                                         const char     *text,
                                         GError        **error);
const char    *td_chat_get_tool_choice  (TdChat         *self,
                                         gboolean       *is_none);
guint          td_chat_get_serial       (TdChat         *self);

G_END_DECLS
