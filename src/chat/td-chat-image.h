/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat/td-chat-message.h"

G_BEGIN_DECLS

TdChatImage td_chat_image_from_url (const char *url,
                                    const char *detail);

G_END_DECLS
