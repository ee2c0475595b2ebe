/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-token-counts.h"

/**
 * td_token_counts_read:
 * @self: the counts
 * @document: (nullable): the text
 * @rows: #TdModelRow objects
 *
 * Asks the document for the encodings of @rows, each once, whatever number of models share it.
 */
void
td_token_counts_read (TdTokenCounts *self,
                      TdDocument    *document,
                      GListModel    *rows)
{
  gboolean asked[TK_N_ENCODINGS] = { FALSE };
  guint n_rows = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (rows, i);
      TkEncodingId encoding;
      guint64 n_tokens;

      if (!td_model_row_get_encoding (row, &encoding))
        continue;

      if (asked[encoding])
        continue;

      asked[encoding] = TRUE;
      /* Where nothing can be counted, nothing is being counted either. */
      self->encodings[encoding].is_counting = document == NULL || td_document_get_error (document) == NULL;
      if (document && td_document_get_token_count (document, encoding, &n_tokens))
        {
          self->encodings[encoding].n_tokens = n_tokens;
          self->encodings[encoding].is_known = TRUE;
          self->encodings[encoding].is_counting = FALSE;
        }
    }
}

/**
 * td_token_counts_get:
 * @self: the counts
 * @row: a row
 * @n_tokens: (out): the tokens for its model, or %TD_TOKENS_UNKNOWN
 *
 * Returns: what is known
 */
TdRowTokens
td_token_counts_get (const TdTokenCounts *self,
                     TdModelRow          *row,
                     guint64             *n_tokens)
{
  TkEncodingId encoding;

  *n_tokens = TD_TOKENS_UNKNOWN;
  if (!td_model_row_get_encoding (row, &encoding))
    return TD_ROW_TOKENS_NONE;

  if (self->encodings[encoding].is_counting)
    return TD_ROW_TOKENS_COUNTING;
  if (!self->encodings[encoding].is_known)
    return TD_ROW_TOKENS_NONE;

  *n_tokens = self->encodings[encoding].n_tokens;

  return TD_ROW_TOKENS_COUNTED;
}

/** Returns: whether any encoding is being counted */
gboolean
td_token_counts_is_counting (const TdTokenCounts *self)
{
  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    {
      if (self->encodings[i].is_counting)
        return TRUE;
    }

  return FALSE;
}
