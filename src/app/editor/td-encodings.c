/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-encodings.h"

static const TkEncodingId vocabulary_encodings[TD_N_SPECIAL_VOCABULARIES] = {
  [TD_VOCABULARY_R50K] = TK_ENCODING_R50K_BASE,
  [TD_VOCABULARY_P50K] = TK_ENCODING_P50K_BASE,
  [TD_VOCABULARY_CL100K] = TK_ENCODING_CL100K_BASE,
  [TD_VOCABULARY_O200K] = TK_ENCODING_O200K_BASE,
  [TD_VOCABULARY_P50K_EDIT] = TK_ENCODING_P50K_EDIT,
  [TD_VOCABULARY_HARMONY] = TK_ENCODING_O200K_HARMONY,
};

/* Opened once and kept until the process ends: every document, worker and dialog shares them. */
static TkEncoding *opened[TK_N_ENCODINGS];
static GMutex opened_mutex;

/**
 * td_vocabulary_from_encoding:
 * @encoding: an encoding
 *
 * Returns: the vocabulary whose ordinary tokens @encoding has
 */
TdVocabulary
td_vocabulary_from_encoding (TkEncodingId encoding)
{
  TkEncodingId ordinary = tk_encoding_id_ordinary (encoding);

  for (TdVocabulary i = 0; i < TD_N_VOCABULARIES; i++)
    {
      if (vocabulary_encodings[i] == ordinary)
        return i;
    }

  g_return_val_if_reached (TD_VOCABULARY_O200K);
}

/**
 * td_vocabulary_with_special:
 * @encoding: an encoding
 * @special: what is done with the spelling of special tokens
 *
 * Returns: the vocabulary whose counts @encoding shares
 */
TdVocabulary
td_vocabulary_with_special (TkEncodingId  encoding,
                            TkSpecialMode special)
{
  if (special == TK_SPECIAL_PARSE && encoding == TK_ENCODING_P50K_EDIT)
    return TD_VOCABULARY_P50K_EDIT;
  if (special == TK_SPECIAL_PARSE && encoding == TK_ENCODING_O200K_HARMONY)
    return TD_VOCABULARY_HARMONY;

  return td_vocabulary_from_encoding (encoding);
}

/**
 * td_vocabularies_get_n:
 * @special: what is done with the spelling of special tokens
 *
 * Returns: how many vocabularies count differently, from the first on
 */
guint
td_vocabularies_get_n (TkSpecialMode special)
{
  return special == TK_SPECIAL_PARSE ? TD_N_SPECIAL_VOCABULARIES : TD_N_VOCABULARIES;
}

/**
 * td_vocabulary_get_encoding:
 * @vocabulary: a vocabulary
 *
 * Returns: the encoding that has the fewest special tokens beside the ordinary ones of @vocabulary
 */
TkEncodingId
td_vocabulary_get_encoding (TdVocabulary vocabulary)
{
  g_return_val_if_fail (vocabulary < TD_N_SPECIAL_VOCABULARIES, TK_ENCODING_O200K_BASE);

  return vocabulary_encodings[vocabulary];
}

/**
 * td_encoding_get_models:
 * @encoding: an encoding
 *
 * Returns: the models that use it, in words for the user
 */
const char *
td_encoding_get_models (TkEncodingId encoding)
{
  switch (encoding)
    {
    case TK_ENCODING_R50K_BASE:
      return _("The first GPT-3 models");

    case TK_ENCODING_GPT2:
      return _("GPT-2");

    case TK_ENCODING_P50K_BASE:
      return _("Codex, text-davinci-002 and text-davinci-003");

    case TK_ENCODING_P50K_EDIT:
      return _("text-davinci-edit-001 and code-davinci-edit-001");

    case TK_ENCODING_CL100K_BASE:
      return _("GPT-3.5 Turbo, GPT-4, GPT-4 Turbo");

    case TK_ENCODING_O200K_BASE:
      return _("GPT-4o, GPT-4.1, GPT-5 and newer, the o series");

    case TK_ENCODING_O200K_HARMONY:
      return _("gpt-oss");

    case TK_N_ENCODINGS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * td_encodings_get:
 * @encoding: an encoding
 * @error: return location for an error
 *
 * Gives the one encoding of this kind that the process shares, opening it at the first call. Any thread may call this.
 *
 * Returns: (transfer none): the encoding, or %NULL if its table cannot be opened
 */
const TkEncoding *
td_encodings_get (TkEncodingId   encoding,
                  GError       **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&opened_mutex);
  TkError table_error = { 0 };

  g_return_val_if_fail (encoding < TK_N_ENCODINGS, NULL);

  if (opened[encoding] == NULL)
    opened[encoding] = tk_encoding_open (encoding, NULL, &table_error);

  if (opened[encoding] == NULL)
    {
      g_debug ("Cannot open %s: %s", tk_encoding_id_to_name (encoding), table_error.message);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _("The vocabulary %s could not be opened. Install TokenDesk again."),
                   tk_encoding_id_to_name (encoding));
    }

  return opened[encoding];
}
