/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TdChatSpan:
 * @n_bytes: how long a token is; it may end inside a character
 * @is_special: whether it is a special token
 *
 * A token of a text that is shown.
 */
typedef struct
{
  guint32 n_bytes;
  gboolean is_special;
} TdChatSpan;

#define TD_TYPE_CHAT_TEXT (td_chat_text_get_type ())

G_DECLARE_FINAL_TYPE (TdChatText, td_chat_text, TD, CHAT_TEXT, GtkWidget)

GtkWidget *td_chat_text_new         (void);
void       td_chat_text_set_content (TdChatText *self,
                                     const char *text,
                                     GArray     *spans);
guint      td_chat_text_get_n_bands (TdChatText *self);

G_END_DECLS
