/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-token-spans.h"

G_BEGIN_DECLS

#define TD_TYPE_TOKEN_PREVIEW (td_token_preview_get_type ())

G_DECLARE_FINAL_TYPE (TdTokenPreview, td_token_preview, TD, TOKEN_PREVIEW, GtkWidget)

GtkWidget *td_token_preview_new          (void);

void       td_token_preview_set_spans    (TdTokenPreview     *self,
                                          const TdTokenSpans *spans,
                                          const TkEncoding   *encoding);
/* Where the tokens meet, for people who cannot see it. */
char      *td_token_preview_dup_spelling (const TdTokenSpans *spans);

G_END_DECLS
