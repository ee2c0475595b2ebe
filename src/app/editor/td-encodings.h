/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/** The encodings that differ in their ordinary tokens; one count for each serves all the others. Where special tokens
 * are parsed two more of them differ. */
typedef enum
{
  TD_VOCABULARY_R50K,
  TD_VOCABULARY_P50K,
  TD_VOCABULARY_CL100K,
  TD_VOCABULARY_O200K,
  TD_N_VOCABULARIES,
  TD_VOCABULARY_P50K_EDIT = TD_N_VOCABULARIES,
  TD_VOCABULARY_HARMONY,
  TD_N_SPECIAL_VOCABULARIES
} TdVocabulary;

TdVocabulary      td_vocabulary_from_encoding (TkEncodingId   encoding);
TdVocabulary      td_vocabulary_with_special  (TkEncodingId   encoding,
                                               TkSpecialMode  special);
guint             td_vocabularies_get_n       (TkSpecialMode  special);
TkEncodingId      td_vocabulary_get_encoding  (TdVocabulary   vocabulary);

const char       *td_encoding_get_models      (TkEncodingId   encoding);

const TkEncoding *td_encodings_get            (TkEncodingId   encoding,
                                               GError       **error);

G_END_DECLS
