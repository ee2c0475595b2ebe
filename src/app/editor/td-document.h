/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-text-buffer.h"
#include "tokenizer/tk-token-map.h"

G_BEGIN_DECLS

#define TD_TYPE_DOCUMENT (td_document_get_type ())

G_DECLARE_FINAL_TYPE (TdDocument, td_document, TD, DOCUMENT, GObject)

TdDocument       *td_document_new               (void);

TdTextBuffer     *td_document_get_buffer        (TdDocument     *self);

/* The encoding the editor paints with ("encoding" property, a TkEncodingId). */
TkEncodingId      td_document_get_encoding      (TdDocument     *self);
void              td_document_set_encoding      (TdDocument     *self,
                                                 TkEncodingId    encoding);

/* Whether text that spells a special token counts as that token ("parse-special" property). */
gboolean          td_document_get_parse_special (TdDocument     *self);
void              td_document_set_parse_special (TdDocument     *self,
                                                 gboolean        parse_special);

/* The number of tokens of the whole text in @encoding; FALSE while it is still being counted. The
 * "counts-changed" signal says that any of these numbers changed. */
gboolean          td_document_get_token_count   (TdDocument     *self,
                                                 TkEncodingId    encoding,
                                                 guint64        *n_tokens);
guint64           td_document_get_n_characters  (TdDocument     *self);
guint64           td_document_get_n_bytes       (TdDocument     *self);
guint64           td_document_get_n_words       (TdDocument     *self);

/* FALSE while the words are being counted. */
gboolean          td_document_get_words_known   (TdDocument     *self);

/* Whether any of the numbers above is not final yet ("counting" property). */
gboolean          td_document_get_counting      (TdDocument     *self);

/* The map of the encoding the editor paints with, or NULL while it is being built (borrowed). */
const TkTokenMap *td_document_get_token_map     (TdDocument     *self);
/* The same for any encoding. */
const TkTokenMap *td_document_get_token_map_of  (TdDocument     *self,
                                                 TkEncodingId    encoding);

/* The same for painting, where the start of the text is known earlier than the rest. */
const TkTokenMap *td_document_get_painted_tokens (TdDocument    *self,
                                                 gsize         *end);

/* Why nothing can be counted ("error" property), or NULL. */
const char       *td_document_get_error         (TdDocument     *self);

/* Replaces the text, or the selection, in slices between frames if it is long; "loading" property meanwhile. */
void              td_document_load_async        (TdDocument          *self,
                                                 GBytes              *text,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
void              td_document_paste_async       (TdDocument          *self,
                                                 GBytes              *text,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gboolean          td_document_load_finish       (TdDocument          *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
gboolean          td_document_get_loading       (TdDocument          *self);
gboolean          td_document_get_pasting       (TdDocument          *self);
double            td_document_get_progress      (TdDocument          *self);

/* The whole text as it is now. */
GBytes           *td_document_dup_text          (TdDocument          *self);

G_END_DECLS
