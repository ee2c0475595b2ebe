/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/chat/td-chat-state.h"
#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_CHAT_PAGE (td_chat_page_get_type ())

G_DECLARE_FINAL_TYPE (TdChatPage, td_chat_page, TD, CHAT_PAGE, AdwBin)

void         td_chat_page_set_up    (TdChatPage   *self,
                                     TdCatalogue  *catalogue,
                                     TdDocument   *document);
TdChatState *td_chat_page_get_state (TdChatPage   *self);
gboolean     td_chat_page_load      (TdChatPage   *self,
                                     const char   *json,
                                     gsize         length,
                                     GError      **error);

G_END_DECLS
