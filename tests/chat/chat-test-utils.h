/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat/td-chat-counter.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

/* The conversation of OpenAI's cookbook, for which the service counted 127 (gpt-3.5-turbo-0301), 129 (cl100k_base) and
 * 124 (o200k_base). */
extern const char * const COOKBOOK_CHAT;

/* The cookbook's function and question: 105 (gpt-3.5-turbo, gpt-4) and 101 (gpt-4o). */
extern const char * const COOKBOOK_TOOLS;

const TkEncoding *test_open_encoding (TkEncodingId   id,
                                      gpointer       user_data,
                                      GError       **error);
TdChat           *test_load          (const char    *json);
TdChatRules       test_rules         (const char    *model);
TdChatCount       test_count         (TdChat        *chat,
                                      const char    *model);
TdChat           *test_random_chat   (guint          n_messages);

G_END_DECLS
