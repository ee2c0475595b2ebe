/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-document-private.h"

/* A screenful several times over, counted within a millisecond or two. */
#define HEAD_BYTES (48 * 1024)

/*
 * A long text is counted in worker threads, and until that is done nothing of it could be painted. So the tokens of its
 * first screens are counted at once, for painting alone, and forgotten as soon as all are known or the text changes.
 */

/* The last place where every encoding cuts whatever comes behind: between a letter and a blank before another letter. */
static gsize
find_cut (const char *text,
          gsize       length)
{
  for (gsize i = MIN (length - 1, HEAD_BYTES); i > 1; i--)
    {
      if (text[i - 1] == ' ' && g_ascii_isalpha (text[i]) && g_ascii_isalpha (text[i - 2]))
        return i - 1;
    }

  return 0;
}

/**
 * _td_document_forget_head:
 * @self: the document
 */
void
_td_document_forget_head (TdDocument *self)
{
  g_clear_pointer (&self->head, tk_token_map_free);
}

/**
 * _td_document_count_head:
 * @self: the document, whose text is being counted
 * @text: what it is
 *
 * Counts the start of @text in the encoding that the editor paints with, if that can be done by itself.
 */
void
_td_document_count_head (TdDocument *self,
                         GBytes     *text)
{
  const TkEncoding *encoding = td_encodings_get (td_vocabulary_get_encoding (_td_document_get_painted (self)), NULL);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  gsize cut = length > HEAD_BYTES ? find_cut (data, length) : 0;
  TkError error;

  _td_document_forget_head (self);
  if (cut == 0 || encoding == NULL)
    return;

  self->head = tk_token_map_new (encoding, self->special);
  if (!tk_token_map_build (self->head, data, cut, NULL, &error))
    _td_document_forget_head (self);
  else
    _td_document_emit_all_tokens_changed (self);
}

/**
 * td_document_get_painted_tokens:
 * @self: the document
 * @end: (out): the character before which the tokens are known
 *
 * Returns: (transfer none) (nullable): tokens to paint, valid until the text changes: those of the whole text, or while
 *   it is being counted those of its start, or %NULL
 */
const TkTokenMap *
td_document_get_painted_tokens (TdDocument *self,
                                gsize      *end)
{
  const TkTokenMap *map;

  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);

  map = td_document_get_token_map (self);
  *end = td_text_buffer_get_n_characters (self->buffer);
  if (map == NULL && self->head != NULL)
    {
      map = self->head;
      *end = tk_token_map_get_total (map).characters;
    }

  return map;
}
