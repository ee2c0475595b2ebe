/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A part of a row whose characters are as high as each other, because they come from one font. */
typedef struct
{
  gsize first; /* its first character, counted in the row */
  int y;
  int height;
} TdRowRun;

/** One row of the screen: a line of the text, or a part of it where the view wraps it. */
typedef struct
{
  gsize n_characters;
  gsize n_bytes;
  gboolean is_regular; /* whether the rest is known */
  GArray *runs;        /* of TdRowRun */
  GArray *x;           /* of int: where each character begins, and where the last ends */
} TdRowPlaces;

void   td_row_places_init        (TdRowPlaces       *self);
void   td_row_places_clear       (TdRowPlaces       *self);
double td_row_places_get_advance (GtkTextView       *view);
void   td_row_places_measure     (TdRowPlaces       *self,
                                  GtkTextView       *view,
                                  const GtkTextIter *start,
                                  const char        *text,
                                  const char        *end,
                                  double             advance);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdRowPlaces, td_row_places_clear)

G_END_DECLS
