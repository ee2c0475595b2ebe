/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "export/td-split-writer.h"

G_BEGIN_DECLS

struct _TdSplitWriter
{
  TdSplitFormat format;
  const TkEncoding *encoding;
  GString *out;

  gsize n_tokens;   /* so far */
  gsize position;   /* in bytes */
  GString *scratch;

  /* HTML: tokens that end inside a character wait for those that end it */
  const char *pending;
  gsize pending_bytes;
  GArray *pending_ids;     /* of TkId */
  GArray *pending_lengths; /* of guint32 */
};

/* td-split-html.c */
void _td_split_html_begin (TdSplitWriter *self);
void _td_split_html_add   (TdSplitWriter *self,
                           const char    *bytes,
                           TkId           id,
                           guint32        length);
void _td_split_html_end   (TdSplitWriter *self);

G_END_DECLS
