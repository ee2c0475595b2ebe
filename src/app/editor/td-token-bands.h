/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/editor/td-token-palette.h"
#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/** The bands of the tokens of a text that Pango has laid out: for previews and pictures, where there is no text view. */
typedef struct _TdTokenBands TdTokenBands;

TdTokenBands *td_token_bands_new      (PangoLayout          *layout,
                                       const TkEncoding     *encoding,
                                       const guint32        *lengths,
                                       gsize                 n_tokens,
                                       guint                 first_color,
                                       double                line_end_width);
void          td_token_bands_free     (TdTokenBands         *self);

gsize         td_token_bands_get_n    (TdTokenBands         *self);
gsize         td_token_bands_get_n_ticks
                                      (TdTokenBands         *self);
void          td_token_bands_get      (TdTokenBands         *self,
                                       gsize                 index,
                                       graphene_rect_t      *place,
                                       gsize                *token,
                                       gboolean             *is_special);

void          td_token_bands_snapshot (TdTokenBands         *self,
                                       GtkSnapshot          *snapshot,
                                       const TdTokenPalette *palette,
                                       gboolean              show_boundaries);
void          td_token_bands_draw     (TdTokenBands         *self,
                                       cairo_t              *cr,
                                       const TdTokenPalette *palette,
                                       gboolean              show_boundaries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdTokenBands, td_token_bands_free)

G_END_DECLS
