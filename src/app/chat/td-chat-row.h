/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/chat/td-chat-state.h"

G_BEGIN_DECLS

#define TD_TYPE_CHAT_ROW (td_chat_row_get_type ())

G_DECLARE_FINAL_TYPE (TdChatRow, td_chat_row, TD, CHAT_ROW, GtkWidget)

GtkWidget     *td_chat_row_new         (TdChatState   *state);
TdChatMessage *td_chat_row_get_message (TdChatRow     *self);
void           td_chat_row_set_message (TdChatRow     *self,
                                        TdChatMessage *message);
gboolean       td_chat_row_get_editing (TdChatRow     *self);
void           td_chat_row_edit        (TdChatRow     *self);

G_END_DECLS
