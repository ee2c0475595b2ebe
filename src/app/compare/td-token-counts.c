/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-token-counts.h"

/** Forgets all, the conversation too. */
void
td_token_counts_clear (TdTokenCounts *self)
{
  td_token_counts_set_chat (self, NULL, NULL, NULL);
  td_token_counts_forget (self);
}

/** Forgets the numbers of a text that is no longer the one. */
void
td_token_counts_forget (TdTokenCounts *self)
{
  memset (self->encodings, 0, sizeof self->encodings);
}

/**
 * td_token_counts_set_chat:
 * @self: the counts
 * @chat: (nullable): a conversation; %NULL for the text
 * @changed: called with @user_data alone when numbers of @chat change
 * @user_data: for @changed
 *
 * Chooses what is counted.
 */
void
td_token_counts_set_chat (TdTokenCounts *self,
                          TdChatCounter *chat,
                          GCallback      changed,
                          gpointer       user_data)
{
  if (self->chat)
    g_clear_signal_handler (&self->chat_handler, self->chat);
  g_set_object (&self->chat, chat);
  if (chat)
    self->chat_handler = g_signal_connect_swapped (chat, "changed", changed, user_data);
}

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

static TdRowTokens
get_chat (TdChatCounter *chat,
          TdModelRow    *row,
          guint64       *n_tokens,
          gboolean      *is_estimate)
{
  TdChatRules rules;
  TdChatCount count;

  if (!td_chat_rules_for_model (&rules, td_model_row_get_model (row)))
    return TD_ROW_TOKENS_NONE;
  if (!td_chat_counter_get_total (chat, &rules, &count))
    return td_chat_counter_get_error (chat) ? TD_ROW_TOKENS_NONE : TD_ROW_TOKENS_COUNTING;

  *n_tokens = count.total;
  *is_estimate = count.exactness != TD_CHAT_EXACT;

  return TD_ROW_TOKENS_COUNTED;
}

/**
 * td_token_counts_get:
 * @self: the counts
 * @row: a row
 * @n_tokens: (out): the tokens for its model, or %TD_TOKENS_UNKNOWN
 * @is_estimate: (out): whether that is less than certain although the encoding is known
 *
 * Returns: what is known
 */
TdRowTokens
td_token_counts_get (const TdTokenCounts *self,
                     TdModelRow          *row,
                     guint64             *n_tokens,
                     gboolean            *is_estimate)
{
  TkEncodingId encoding;

  *n_tokens = TD_TOKENS_UNKNOWN;
  *is_estimate = FALSE;
  if (self->chat)
    return get_chat (self->chat, row, n_tokens, is_estimate);

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
  if (self->chat)
    return td_chat_counter_get_counting (self->chat);

  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    {
      if (self->encodings[i].is_counting)
        return TRUE;
    }

  return FALSE;
}
