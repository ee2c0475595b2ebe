/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/chat/td-chat-state.h"

G_BEGIN_DECLS

#define TD_TYPE_CHAT_FOOTER (td_chat_footer_get_type ())

G_DECLARE_FINAL_TYPE (TdChatFooter, td_chat_footer, TD, CHAT_FOOTER, GtkWidget)

void td_chat_footer_set_state (TdChatFooter *self,
                               TdChatState  *state);

G_END_DECLS
