/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat/td-chat-counter.h"
#include "chat/td-chat-message-private.h"

G_BEGIN_DECLS

/**
 * TdChatSums:
 *
 * What all messages have together in one vocabulary, so that the total of any model follows without looking at them
 * again.
 */
typedef struct
{
  guint64 text;
  guint64 name;
  guint64 calls;
  guint64 harmony;
  guint64 harmony_calls;
  guint n_roles[TD_CHAT_N_ROLES]; /* messages that have a frame, by role */
  guint n_names;
  guint n_calls;
  guint n_images;
  guint n_unknown;
  guint n_unsure;         /* not plain */
  guint n_unsure_harmony; /* of those the ones that harmony does not settle */
} TdChatSums;

/* td-chat-tokens.c: counting one message. */
gboolean _td_chat_message_count    (TdChatMessage       *self,
                                    TdChatVocabulary     vocabulary,
                                    TkEncoder           *encoder,
                                    TdChatTokens        *tokens,
                                    TkError             *error);
TdChatMessage *
         _td_chat_message_snapshot (TdChatMessage       *self);
gboolean _td_chat_message_has_frame (TdChatMessage      *self);
void     _td_chat_sums_add         (TdChatSums          *sums,
                                    TdChatMessage       *message,
                                    const TdChatTokens  *tokens);
/* Everything but the images, the definitions and what begins the answer. */
void     _td_chat_sums_apply       (const TdChatSums    *sums,
                                    const TdChatRules   *rules,
                                    const guint64       *role_tokens,
                                    TdChatCount         *count);
void     _td_chat_count_images     (TdChatMessage       *message,
                                    const TdChatRules   *rules,
                                    TdChatCount         *count);
void     _td_chat_count_finish     (TdChatCount         *count,
                                    gboolean             is_sure);

G_END_DECLS
