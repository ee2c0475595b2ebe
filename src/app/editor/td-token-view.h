/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_TOKEN_VIEW (td_token_view_get_type ())

G_DECLARE_FINAL_TYPE (TdTokenView, td_token_view, TD, TOKEN_VIEW, GtkSourceView)

GtkWidget  *td_token_view_new                  (TdDocument  *document);

TdDocument *td_token_view_get_document         (TdTokenView *self);
void        td_token_view_set_document         (TdTokenView *self,
                                                TdDocument  *document);

const char *td_token_view_get_placeholder_text (TdTokenView *self);
void        td_token_view_set_placeholder_text (TdTokenView *self,
                                                const char  *placeholder_text);

gboolean    td_token_view_get_line_numbers     (TdTokenView *self);
void        td_token_view_set_line_numbers     (TdTokenView *self,
                                                gboolean     line_numbers);

gboolean    td_token_view_get_show_line_tokens (TdTokenView *self);
void        td_token_view_set_show_line_tokens (TdTokenView *self,
                                                gboolean     show_line_tokens);

gboolean    td_token_view_get_show_boundaries  (TdTokenView *self);
void        td_token_view_set_show_boundaries  (TdTokenView *self,
                                                gboolean     show_boundaries);

/* Whether the last frame showed the tokens of everything on the screen. */
gboolean    td_token_view_is_painted           (TdTokenView *self);

G_END_DECLS
