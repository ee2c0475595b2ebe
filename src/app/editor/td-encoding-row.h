/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-token-spans.h"

G_BEGIN_DECLS

#define TD_TYPE_ENCODING_ROW (td_encoding_row_get_type ())

G_DECLARE_FINAL_TYPE (TdEncodingRow, td_encoding_row, TD, ENCODING_ROW, GtkListBoxRow)

/** The tokens of one text in one encoding, set beside the other encodings. */
typedef struct
{
  gboolean is_known;
  gboolean has_failed;  /* and will not become known */
  guint64 n_tokens;
  guint64 n_characters;
  guint64 n_bytes;
  guint64 fewest;       /* tokens in any encoding; 0 until all are known */
  guint64 most;
} TdEncodingFigures;

GtkWidget      *td_encoding_row_new          (TkEncodingId             encoding);

TkEncodingId    td_encoding_row_get_encoding (TdEncodingRow           *self);
GtkCheckButton *td_encoding_row_get_check    (TdEncodingRow           *self);
const char     *td_encoding_row_get_tokens   (TdEncodingRow           *self);
const char     *td_encoding_row_get_ratios   (TdEncodingRow           *self);
void            td_encoding_row_set_figures  (TdEncodingRow           *self,
                                              const TdEncodingFigures *figures);
void            td_encoding_row_set_spans    (TdEncodingRow           *self,
                                              const TdTokenSpans      *spans);

G_END_DECLS
