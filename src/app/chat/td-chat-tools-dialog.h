/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/chat/td-chat-state.h"

G_BEGIN_DECLS

#define TD_TYPE_CHAT_TOOLS_DIALOG (td_chat_tools_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdChatToolsDialog, td_chat_tools_dialog, TD, CHAT_TOOLS_DIALOG, AdwDialog)

AdwDialog *td_chat_tools_dialog_new (TdChatState *state);

G_END_DECLS
