/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/td-cli-tokens.h"
#include "cli/td-cli.h"

/**
 * td_cli_tokens_clear:
 * @tokens: encodings
 *
 * Closes them.
 */
void
td_cli_tokens_clear (TdCliTokens *tokens)
{
  for (int i = 0; i < TK_N_ENCODINGS; i++)
    {
      g_clear_pointer (&tokens->encoders[i], tk_encoder_free);
      g_clear_pointer (&tokens->encodings[i], tk_encoding_free);
    }
}

/* The tokenizer's own words are English; they are for whoever looks for the cause. */
static void
complain_of_table (TkEncodingId   id,
                   const TkError *error)
{
  const char *name = tk_encoding_id_to_name (id);

  g_debug ("%s", error->message);
  switch (error->code)
    {
    case TK_ERROR_TABLE_FOREIGN:
      td_cli_complain (_("The table of the encoding %s does not belong to this version of TokenDesk. "
                         "Install TokenDesk again."), name);
      break;
    case TK_ERROR_TABLE_DAMAGED:
      td_cli_complain (_("The table of the encoding %s is damaged. Install TokenDesk again."), name);
      break;
    default:
      td_cli_complain (_("The table of the encoding %s is missing or cannot be read. Install TokenDesk again."), name);
      break;
    }
}

/**
 * td_cli_tokens_get_encoding:
 * @tokens: encodings
 * @id: which
 *
 * Returns: (nullable): the encoding, or %NULL after a complaint
 */
TkEncoding *
td_cli_tokens_get_encoding (TdCliTokens  *tokens,
                            TkEncodingId  id)
{
  TkError error;

  if (tokens->encodings[id] == NULL)
    {
      tokens->encodings[id] = tk_encoding_open (id, NULL, &error);
      if (tokens->encodings[id] == NULL)
        complain_of_table (id, &error);
    }

  return tokens->encodings[id];
}

static TkEncoder *
get_encoder (TdCliTokens  *tokens,
             TkEncodingId  id)
{
  TkEncoding *encoding = td_cli_tokens_get_encoding (tokens, id);

  if (encoding == NULL)
    return NULL;

  if (tokens->encoders[id] == NULL)
    tokens->encoders[id] = tk_encoder_new (encoding);

  return tokens->encoders[id];
}

static void
complain_of_text (const TdCliInput *input,
                  const TkError    *error)
{
  /* Whoever ended it early knows why. */
  if (error->code == TK_ERROR_CANCELLED)
    return;

  /* Special tokens are never refused here, and no array can be too small. */
  g_assert (error->code == TK_ERROR_INVALID_UTF8);
  td_cli_complain (_("%s is not UTF-8 text: no character can start with the byte at position %zu, counted from 0."),
                   input->label, error->position);
}

/**
 * td_cli_tokens_count:
 * @tokens: encodings
 * @id: which to count with
 * @input: a text
 * @special: what to do with the spelling of special tokens
 * @n_tokens: (out): their number
 *
 * Counts, and complains if it cannot.
 *
 * Returns: whether that worked
 */
gboolean
td_cli_tokens_count (TdCliTokens      *tokens,
                     TkEncodingId      id,
                     const TdCliInput *input,
                     TkSpecialMode     special,
                     guint64          *n_tokens)
{
  TkEncoder *encoder = get_encoder (tokens, id);
  TkOptions options = { .special = special };
  TkError error;
  size_t n;

  if (encoder == NULL)
    return FALSE;

  if (!tk_count (encoder, input->text, input->length, &options, &n, &error))
    {
      complain_of_text (input, &error);
      return FALSE;
    }

  *n_tokens = n;

  return TRUE;
}

/**
 * td_cli_tokens_encode:
 * @tokens: encodings
 * @id: which to encode with
 * @input: a text
 * @special: what to do with the spelling of special tokens
 * @func: (scope call): receives the tokens
 * @user_data: for @func
 *
 * Encodes, and complains if it cannot; @func is not called for a text that is bad anywhere.
 *
 * Returns: whether that worked
 */
gboolean
td_cli_tokens_encode (TdCliTokens      *tokens,
                      TkEncodingId      id,
                      const TdCliInput *input,
                      TkSpecialMode     special,
                      TkTokensFunc      func,
                      gpointer          user_data)
{
  TkEncoder *encoder = get_encoder (tokens, id);
  TkOptions options = { .special = special };
  TkError error = { .code = TK_ERROR_INVALID_UTF8 };

  if (encoder == NULL)
    return FALSE;

  /* Looked at before, as the encoder would hand out the tokens before the bad byte. */
  error.position = tk_utf8_check (input->text, input->length);

  if (error.position < input->length ||
      !tk_encode_each (encoder, input->text, input->length, &options, func, user_data, &error))
    {
      complain_of_text (input, &error);
      return FALSE;
    }

  return TRUE;
}
