/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat/td-chat.h"

G_BEGIN_DECLS

/**
 * TdChatSegment:
 * @text: a special token's spelling, or a text that is tokenized by itself
 * @is_special: whether it is a special token
 *
 * A piece of what gpt-oss reads. That a text spells a special token does not make it one.
 */
typedef struct
{
  char *text;
  gboolean is_special;
} TdChatSegment;

GArray   *td_chat_segments_new          (void);
char     *td_chat_segments_to_text      (GArray        *segments);
gboolean  td_chat_segments_count        (GArray        *segments,
                                         TkEncoder     *encoder,
                                         guint64       *n_tokens,
                                         TkError       *error);

void      td_chat_harmony_append        (GArray        *segments,
                                         TdChatMessage *message,
                                         const char    *tools);
void      td_chat_harmony_append_calls  (GArray        *segments,
                                         TdChatMessage *message);
void      td_chat_harmony_append_tools  (GArray        *segments,
                                         const char    *tools);
void      td_chat_harmony_append_prompt (GArray        *segments);
guint     td_chat_harmony_find_tools    (TdChat        *chat,
                                         gboolean      *is_own);
GArray   *td_chat_harmony_render        (TdChat        *chat);

G_END_DECLS
