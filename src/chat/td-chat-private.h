/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat/td-chat-message-private.h"
#include "chat/td-chat.h"

G_BEGIN_DECLS

/* Where the messages are in JSON. */
typedef enum
{
  TD_CHAT_CONTAINER_LIST,
  TD_CHAT_CONTAINER_MESSAGES,
  TD_CHAT_CONTAINER_INPUT
} TdChatContainer;

/* What has been read and is not in use yet. */
typedef struct
{
  GPtrArray *messages;
  TdChatTools *tools;
  const char *tools_member;
  JsonObject *body;
  TdChatContainer container;
} TdChatContents;

/* td-chat-reader.c */
void     _td_chat_contents_clear (TdChatContents  *contents);
gboolean _td_chat_contents_read  (TdChatContents  *contents,
                                  const char      *json,
                                  gsize            length,
                                  GError         **error);
/* Gives the answers of functions the names of those that were called. */
void     _td_chat_resolve_calls  (GPtrArray       *messages);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdChatContents, _td_chat_contents_clear)

G_END_DECLS
