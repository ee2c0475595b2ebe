/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-document-private.h"
#include "app/editor/td-token-info.h"
#include "app/editor/td-token-spans.h"

/**
 * td_token_spans_free:
 * @spans: (transfer full): what to free
 */
void
td_token_spans_free (TdTokenSpans *spans)
{
  g_free (spans->lengths);
  g_free (spans->bytes);
  g_free (spans);
}

static TdTokenSpans *
read_spans (TdDocument       *document,
            const TkTokenMap *map,
            gsize             first_token,
            gsize             n_tokens)
{
  g_autoptr (TdTokenSpans) spans = g_new0 (TdTokenSpans, 1);
  TkExtent end = tk_token_map_get_total (map);
  TkTokenIter tokens;
  TkToken token;
  const char *text;
  gsize first_character = 0;
  gsize n_read;
  gsize skipped;

  spans->first_token = MIN (first_token, end.tokens);
  spans->n_tokens = MIN (n_tokens, end.tokens - spans->first_token);
  spans->lengths = g_new (guint32, spans->n_tokens + 1);
  if (spans->n_tokens == 0)
    {
      spans->bytes = g_strdup ("");
      spans->first_byte = end.bytes;
      return g_steal_pointer (&spans);
    }

  tk_token_map_seek_token (map, spans->first_token + spans->n_tokens, &tokens);
  if (tk_token_iter_next (&tokens, &token))
    end = token.start;

  tk_token_map_seek_token (map, spans->first_token, &tokens);
  for (gsize i = 0; i < spans->n_tokens && tk_token_iter_next (&tokens, &token); i++)
    {
      if (i == 0)
        {
          spans->first_byte = token.start.bytes;
          /* The character before may reach into the token. */
          first_character = token.start.characters > 0 ? token.start.characters - 1 : 0;
        }
      spans->lengths[i] = token.bytes;
      spans->n_bytes += token.bytes;
    }

  skipped = spans->first_byte - td_token_seek (td_document_get_buffer (document), map, first_character, &tokens);
  text = _td_document_read (first_character, end.characters - first_character, &n_read, document);
  /* Only after a broken promise of the map; then better no bytes than wrong ones. */
  if (skipped + spans->n_bytes > n_read)
    return NULL;

  spans->bytes = g_strndup (text + skipped, spans->n_bytes);

  return g_steal_pointer (&spans);
}

/**
 * td_document_dup_token_spans:
 * @document: a document
 * @encoding: whose tokens
 * @first_token: the index of the first of them
 * @n_tokens: how many, at most
 *
 * Costs O(log n) and what it gives.
 *
 * Returns: (transfer full) (nullable): the tokens, or %NULL while they are counted
 */
TdTokenSpans *
td_document_dup_token_spans (TdDocument   *document,
                             TkEncodingId  encoding,
                             gsize         first_token,
                             gsize         n_tokens)
{
  const TkTokenMap *map = td_document_get_token_map_of (document, encoding);

  return map != NULL ? read_spans (document, map, first_token, n_tokens) : NULL;
}

/**
 * td_document_find_tokens:
 * @document: a document
 * @encoding: whose tokens
 * @first: the first character of a range
 * @end: the character behind the range
 * @first_token: (out): the first token that has bytes of the range
 * @n_tokens: (out): how many have
 *
 * Returns: %FALSE while they are counted
 */
gboolean
td_document_find_tokens (TdDocument   *document,
                         TkEncodingId  encoding,
                         gsize         first,
                         gsize         end,
                         gsize        *first_token,
                         gsize        *n_tokens)
{
  const TkTokenMap *map = td_document_get_token_map_of (document, encoding);
  TkTokenIter tokens;
  TkToken token;
  TkExtent total;
  gsize end_token;

  *first_token = 0;
  *n_tokens = 0;
  if (map == NULL)
    return FALSE;

  total = tk_token_map_get_total (map);
  end = MIN (end, total.characters);
  if (first >= end || !tk_token_map_seek_character (map, first, &tokens) || !tk_token_iter_next (&tokens, &token))
    return TRUE;

  *first_token = token.start.tokens;
  end_token = total.tokens;
  if (end < total.characters)
    {
      gsize end_byte = td_token_seek (td_document_get_buffer (document), map, end, &tokens);

      /* The last is the one before that which holds the next character, or that one too if it begins before it. */
      if (tk_token_iter_next (&tokens, &token))
        end_token = token.start.tokens + (token.start.bytes < end_byte ? 1 : 0);
    }
  *n_tokens = end_token - *first_token;

  return TRUE;
}

/**
 * td_document_dup_character_spans:
 * @document: a document
 * @encoding: whose tokens
 * @first: the first character of a range
 * @end: the character behind the range
 *
 * Gives the tokens that have bytes of the range, cut to it: the bytes are exactly the text of the range.
 *
 * Returns: (transfer full) (nullable): the tokens, or %NULL while they are counted
 */
TdTokenSpans *
td_document_dup_character_spans (TdDocument   *document,
                                 TkEncodingId  encoding,
                                 gsize         first,
                                 gsize         end)
{
  g_autoptr (TdTokenSpans) spans = NULL;
  const TkTokenMap *map;
  TkTokenIter tokens;
  gsize first_token;
  gsize n_tokens;
  gsize before;
  gsize behind;

  if (!td_document_find_tokens (document, encoding, first, end, &first_token, &n_tokens))
    return NULL;

  map = td_document_get_token_map_of (document, encoding);
  spans = read_spans (document, map, first_token, n_tokens);
  if (spans == NULL || n_tokens == 0)
    return g_steal_pointer (&spans);

  before = td_token_seek (td_document_get_buffer (document), map, first, &tokens) - spans->first_byte;
  behind = 0;
  if (end < tk_token_map_get_total (map).characters)
    behind = spans->first_byte + spans->n_bytes - td_token_seek (td_document_get_buffer (document), map, end, &tokens);

  spans->lengths[0] -= (guint32) before;
  spans->lengths[n_tokens - 1] -= (guint32) behind;
  spans->n_bytes -= before + behind;
  spans->first_byte += before;
  memmove (spans->bytes, spans->bytes + before, spans->n_bytes);
  spans->bytes[spans->n_bytes] = '\0';

  return g_steal_pointer (&spans);
}
