/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-model-row.h"
#include "app/editor/td-document.h"
#include "chat/td-chat-counter.h"

G_BEGIN_DECLS

/**
 * TdTokenCounts:
 * @chat: (nullable): a conversation to count instead of the text, by the rules of each model; owned
 *
 * The tokens of one text in every encoding that its comparison needs. While an encoding is being counted anew its last
 * number stays, marked as being counted: rows keep their order by it, but it is not shown.
 */
typedef struct
{
  TdChatCounter *chat;
  gulong chat_handler;
  struct
  {
    guint64 n_tokens;
    gboolean is_known;
    gboolean is_counting;
  } encodings[TK_N_ENCODINGS];
} TdTokenCounts;

void        td_token_counts_clear       (TdTokenCounts       *self);
void        td_token_counts_forget      (TdTokenCounts       *self);
void        td_token_counts_set_chat    (TdTokenCounts       *self,
                                         TdChatCounter       *chat,
                                         GCallback            changed,
                                         gpointer             user_data);
void        td_token_counts_read        (TdTokenCounts       *self,
                                         TdDocument          *document,
                                         GListModel          *rows);
TdRowTokens td_token_counts_get         (const TdTokenCounts *self,
                                         TdModelRow          *row,
                                         guint64             *n_tokens,
                                         gboolean            *is_estimate);
gboolean    td_token_counts_is_counting (const TdTokenCounts *self);

G_END_DECLS
