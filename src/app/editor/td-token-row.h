/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-token-spans.h"

G_BEGIN_DECLS

#define TD_TYPE_TOKEN_ROW (td_token_row_get_type ())

G_DECLARE_FINAL_TYPE (TdTokenRow, td_token_row, TD, TOKEN_ROW, GtkWidget)

GtkWidget *td_token_row_new         (void);

void       td_token_row_set_spans   (TdTokenRow         *self,
                                     const TdTokenSpans *spans,
                                     const TkEncoding   *encoding,
                                     gboolean            show_text);
/* Which tokens of the document are selected, of which the row may have some. */
void       td_token_row_set_selected
                                    (TdTokenRow         *self,
                                     gsize               first,
                                     gsize               n_tokens);
gboolean   td_token_row_is_selected (TdTokenRow         *self,
                                     gsize               token);
/* The index, in the document, of the token at a place of the row; FALSE where there is none. */
gboolean   td_token_row_pick        (TdTokenRow         *self,
                                     double              x,
                                     double              y,
                                     gsize              *token);
/* What a screen reader says of the row. */
const char *td_token_row_get_spoken (TdTokenRow         *self);

G_END_DECLS
