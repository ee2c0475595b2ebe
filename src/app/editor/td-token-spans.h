/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document.h"

G_BEGIN_DECLS

/**
 * TdTokenSpans:
 * @first_token: the index of the first of the tokens
 * @n_tokens: how many there are
 * @lengths: (array length=n_tokens): the bytes of each that lie in @bytes
 * @bytes: all of them, then a NUL; not UTF-8 where the range begins or ends inside a character
 * @n_bytes: the sum of @lengths
 * @first_byte: where @bytes begin in the document
 *
 * Some neighbouring tokens of a document and their bytes.
 */
typedef struct
{
  gsize first_token;
  gsize n_tokens;
  guint32 *lengths;
  char *bytes;
  gsize n_bytes;
  gsize first_byte;
} TdTokenSpans;

TdTokenSpans *td_document_dup_token_spans     (TdDocument   *document,
                                               TkEncodingId  encoding,
                                               gsize         first_token,
                                               gsize         n_tokens);
TdTokenSpans *td_document_dup_character_spans (TdDocument   *document,
                                               TkEncodingId  encoding,
                                               gsize         first,
                                               gsize         end);
void          td_token_spans_free             (TdTokenSpans *spans);

gboolean      td_document_find_tokens         (TdDocument   *document,
                                               TkEncodingId  encoding,
                                               gsize         first,
                                               gsize         end,
                                               gsize        *first_token,
                                               gsize        *n_tokens);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdTokenSpans, td_token_spans_free)

G_END_DECLS
