/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document.h"

G_BEGIN_DECLS

/** Tokens in one row of the list. */
#define TD_TOKENS_PER_ROW 16

/** More ids than this are not copied but left to the export. */
#define TD_MOST_COPIED 200000

#define TD_TYPE_TOKEN_LIST (td_token_list_get_type ())

G_DECLARE_FINAL_TYPE (TdTokenList, td_token_list, TD, TOKEN_LIST, GtkWidget)

GtkWidget *td_token_list_new           (TdDocument  *document);

gboolean   td_token_list_get_show_text (TdTokenList *self);
void       td_token_list_set_show_text (TdTokenList *self,
                                        gboolean     show_text);
guint      td_token_list_get_n_rows    (TdTokenList *self);
/* Brings the tokens of the cursor to the screen. */
void       td_token_list_show_cursor   (TdTokenList *self);

G_END_DECLS
