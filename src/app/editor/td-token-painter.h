/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/editor/td-text-buffer.h"
#include "app/editor/td-token-palette.h"
#include "tokenizer/tk-token-map.h"

G_BEGIN_DECLS

/** What painting needs to know; everything is borrowed for one call. */
typedef struct
{
  GtkTextView *view;
  TdTextBuffer *buffer;
  const TkTokenMap *map;
  const TdTokenPalette *palette;
  gboolean show_boundaries;
  int line_end_width; /* of the stub that stands for a line end */
  double advance;     /* of a letter, see td_row_places_get_advance() */
} TdTokenPainter;

GskRenderNode *td_token_painter_paint (const TdTokenPainter *painter,
                                       const GtkTextIter    *line,
                                       int                   line_y,
                                       guint                 first,
                                       guint                 end);

G_END_DECLS
