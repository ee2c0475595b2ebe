/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-encodings.h"

G_BEGIN_DECLS

/** How many of the most frequent tokens and of the heaviest lines are told. */
#define TD_N_RANKED 8

/** The tokens of one encoding, parted by what they hold. */
typedef struct
{
  guint64 n_tokens;
  guint64 n_chinese_tokens; /* those with bytes of Chinese characters or East Asian punctuation */
} TdEncodingStatistics;

typedef struct
{
  TkId id;
  guint64 n_times;
} TdFrequentToken;

typedef struct
{
  guint64 line;            /* counted from 0 */
  guint64 n_tokens;        /* that begin in it */
  guint64 first_character; /* of the line */
  guint64 n_characters;    /* with its line end */
} TdHeavyLine;

/**
 * TdTextStatistics:
 * @n_bytes: the length in UTF-8
 * @n_characters: Unicode code points
 * @n_graphemes: what people see as characters; a letter and its marks are one
 * @n_words: see td-words.c
 * @n_lines: line ends, and one
 * @n_chinese: characters of the Han script
 * @encodings: by vocabulary
 * @ranked: the encoding of the ranked tokens and lines
 * @frequent: the most frequent tokens, the most frequent first, the smaller id first among equals
 * @heavy: the lines with the most tokens, in that order, the upper first among equals
 */
typedef struct
{
  guint64 n_bytes;
  guint64 n_characters;
  guint64 n_graphemes;
  guint64 n_words;
  guint64 n_lines;
  guint64 n_chinese;
  TdEncodingStatistics encodings[TD_N_VOCABULARIES];
  TkEncodingId ranked;
  TdFrequentToken frequent[TD_N_RANKED];
  guint n_frequent;
  TdHeavyLine heavy[TD_N_RANKED];
  guint n_heavy;
} TdTextStatistics;

TdTextStatistics *td_text_statistics_new        (GBytes                  *text,
                                                 TkEncodingId             ranked,
                                                 TkSpecialMode            special,
                                                 GCancellable            *cancellable,
                                                 GError                 **error);
void              td_text_statistics_new_async  (GBytes                  *text,
                                                 TkEncodingId             ranked,
                                                 TkSpecialMode            special,
                                                 GCancellable            *cancellable,
                                                 GAsyncReadyCallback      callback,
                                                 gpointer                 user_data);
TdTextStatistics *td_text_statistics_new_finish (GAsyncResult            *result,
                                                 GError                 **error);

/* Words that are not single Chinese characters, and the tokens that are not Chinese. */
guint64           td_text_statistics_get_other_words  (const TdTextStatistics *self);
guint64           td_text_statistics_get_other_tokens (const TdTextStatistics *self,
                                                       TdVocabulary            vocabulary);

G_END_DECLS
