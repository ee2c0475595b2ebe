/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define TD_N_TOKEN_COLORS 6

typedef struct
{
  GdkRGBA bands[TD_N_TOKEN_COLORS];
  GdkRGBA tick;        /* inside a character that several tokens share */
  GdkRGBA boundary;    /* where a token begins, if asked for */
} TdTokenPalette;

const TdTokenPalette *td_token_palette_get (gboolean dark,
                                            gboolean high_contrast);

G_END_DECLS
