/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/** How a split can be written down. */
typedef enum
{
  TD_SPLIT_IDS,      /* one id a line */
  TD_SPLIT_LIST,     /* [1, 2, 3]: a list for Python and JSON */
  TD_SPLIT_JSON,     /* an object for each token: id, byte positions, bytes, text */
  TD_SPLIT_CSV,      /* RFC 4180, with a header line */
  TD_SPLIT_MARKDOWN, /* a table */
  TD_SPLIT_HTML,     /* one page that needs no other file, in light and dark colours */
  TD_N_SPLIT_FORMATS
} TdSplitFormat;

/**
 * TdSplitWriter:
 *
 * Writes the tokens of a text in one of the formats, a batch at a time, so that a text of any size can be written
 * without a second copy of it in memory: the caller may write out and empty the string between two calls.
 *
 * A writer belongs to one thread at a time.
 */
typedef struct _TdSplitWriter TdSplitWriter;

TdSplitWriter *td_split_writer_new          (TdSplitFormat     format,
                                             const TkEncoding *encoding,
                                             GString          *out);
void           td_split_writer_free         (TdSplitWriter    *self);

void           td_split_writer_add          (TdSplitWriter    *self,
                                             const char       *bytes,
                                             const TkId       *ids,
                                             const uint32_t   *lengths,
                                             gsize             n_tokens);
void           td_split_writer_end          (TdSplitWriter    *self);

const char    *td_split_format_get_name      (TdSplitFormat     format);
gboolean       td_split_format_from_name     (const char       *name,
                                             TdSplitFormat    *format);
const char    *td_split_format_get_extension (TdSplitFormat     format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSplitWriter, td_split_writer_free)

G_END_DECLS
