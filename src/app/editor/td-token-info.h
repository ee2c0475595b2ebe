/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document.h"

G_BEGIN_DECLS

/** One token of a document, with all there is to say about it. */
typedef struct
{
  gsize index;
  TkId id;
  gsize first_byte;
  gsize n_bytes;
  gsize first_character; /* the first it has bytes of */
  gsize n_characters;    /* those it has bytes of, wholly or in part */
  gboolean is_special;   /* what it spells stands for something else than text */
  gboolean is_partial;   /* it begins or ends inside a character */
  char *bytes;           /* n_bytes of them, then a NUL */
} TdTokenInfo;

void       td_token_info_free         (TdTokenInfo      *info);

GPtrArray *td_document_dup_tokens_at  (TdDocument       *document,
                                       gsize             character);
gsize      td_document_count_touched  (TdDocument       *document,
                                       gsize             first,
                                       gsize             end);

char      *td_document_dup_spoken     (TdDocument        *document,
                                       GPtrArray         *tokens);

char      *td_token_info_dup_id       (const TdTokenInfo *info);
char      *td_token_info_dup_text     (const TdTokenInfo *info);
char      *td_token_info_dup_hex      (const TdTokenInfo *info);
char      *td_token_info_dup_in       (const TdTokenInfo *info,
                                       TkEncodingId       encoding);

gboolean   td_token_is_special        (const TkEncoding  *encoding,
                                       const char        *bytes,
                                       gsize              n_bytes);
char      *td_token_isolate_text      (GtkWidget         *widget,
                                       const char        *text);
gsize      td_token_count_before      (const TkTokenMap *map,
                                       gsize             character);
gsize      td_token_seek              (TdTextBuffer     *buffer,
                                       const TkTokenMap *map,
                                       gsize             first,
                                       TkTokenIter      *tokens);

G_END_DECLS
