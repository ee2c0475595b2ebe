/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat/td-chat-counter.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_CHAT_STATE (td_chat_state_get_type ())

G_DECLARE_FINAL_TYPE (TdChatState, td_chat_state, TD, CHAT_STATE, GObject)

TdChatState       *td_chat_state_new              (TdCatalogue   *catalogue);
TdChat            *td_chat_state_get_chat         (TdChatState   *self);
TdChatCounter     *td_chat_state_get_counter      (TdChatState   *self);
GListModel        *td_chat_state_get_models       (TdChatState   *self);
TdModel           *td_chat_state_get_model        (TdChatState   *self);
void               td_chat_state_set_model        (TdChatState   *self,
                                                   TdModel       *model);
const TdChatRules *td_chat_state_get_rules        (TdChatState   *self);
gboolean           td_chat_state_get_show_special (TdChatState   *self);
void               td_chat_state_set_show_special (TdChatState   *self,
                                                   gboolean       show_special);

void               td_chat_state_add              (TdChatState   *self,
                                                   TdChatMessage *after,
                                                   TdChatRole     role,
                                                   const char    *text);
void               td_chat_state_move             (TdChatState   *self,
                                                   TdChatMessage *message,
                                                   int            places);
void               td_chat_state_move_to          (TdChatState   *self,
                                                   TdChatMessage *message,
                                                   TdChatMessage *target);
void               td_chat_state_remove           (TdChatState   *self,
                                                   TdChatMessage *message);
char              *td_chat_state_render           (TdChatState   *self,
                                                   TdChatMessage *message,
                                                   GArray        *spans);
char              *td_chat_state_describe         (TdChatState   *self,
                                                   TdChatMessage *message,
                                                   gboolean       in_words);

const char        *td_chat_exactness_mark         (TdChatExactness exactness);

G_END_DECLS
