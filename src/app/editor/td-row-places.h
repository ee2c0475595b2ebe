/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** One row of the screen: a line of the text, or a part of it where the view wraps it. */
typedef struct
{
  gsize n_characters;
  gsize n_bytes;
  gboolean is_regular; /* whether the rest is known */
  int y;
  int height;
  GArray *x;           /* of int: where each character begins, and where the last ends */
} TdRowPlaces;

double td_row_places_get_advance (GtkTextView       *view);
void   td_row_places_measure     (TdRowPlaces       *self,
                                  GtkTextView       *view,
                                  const GtkTextIter *start,
                                  const char        *text,
                                  const char        *end,
                                  double             advance);

G_END_DECLS
