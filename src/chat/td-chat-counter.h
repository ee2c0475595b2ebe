/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat/td-chat-rules.h"
#include "chat/td-chat.h"

G_BEGIN_DECLS

/**
 * TdChatCount:
 * @text: tokens of what is said
 * @overhead: tokens of roles and names and of what stands around the messages; with the whole also what begins the answer
 * @calls: tokens of the functions that are called
 * @images: tokens of the pictures whose size is known
 * @tools: tokens of the definitions of functions
 * @total: the sum of these
 * @n_unknown: how many parts are not in the sum because nobody can count them here
 * @exactness: how sure the sum is
 *
 * The tokens of a conversation, or of one message.
 */
typedef struct
{
  guint64 text;
  guint64 overhead;
  guint64 calls;
  guint64 images;
  guint64 tools;
  guint64 total;
  guint n_unknown;
  TdChatExactness exactness;
} TdChatCount;

/**
 * TdChatOpenFunc:
 * @id: an encoding
 * @user_data: the user's
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the encoding, which outlives the counter
 */
typedef const TkEncoding *(*TdChatOpenFunc) (TkEncodingId  id,
                                             gpointer      user_data,
                                             GError      **error);

#define TD_TYPE_CHAT_COUNTER (td_chat_counter_get_type ())

G_DECLARE_FINAL_TYPE (TdChatCounter, td_chat_counter, TD, CHAT_COUNTER, GObject)

TdChatCounter *td_chat_counter_new          (TdChat             *chat,
                                             TdChatOpenFunc      open,
                                             gpointer            user_data);
TdChat        *td_chat_counter_get_chat     (TdChatCounter      *self);
gboolean       td_chat_counter_get_counting (TdChatCounter      *self);
const char    *td_chat_counter_get_error    (TdChatCounter      *self);
void           td_chat_counter_finish       (TdChatCounter      *self);

gboolean       td_chat_counter_get_total    (TdChatCounter      *self,
                                             const TdChatRules  *rules,
                                             TdChatCount        *count);
gboolean       td_chat_counter_get_message  (TdChatCounter      *self,
                                             TdChatMessage      *message,
                                             const TdChatRules  *rules,
                                             TdChatCount        *count);
gboolean       td_chat_counter_get_tools    (TdChatCounter      *self,
                                             const TdChatRules  *rules,
                                             TdChatToolFormula   formula,
                                             guint64            *n_tokens);

G_END_DECLS
