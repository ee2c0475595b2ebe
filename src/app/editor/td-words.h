/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How many characters before a character decide whether a word starts with it. */
#define TD_WORDS_CONTEXT 2

/** The classes of the last two characters seen; zero-initialised at the start of a text. */
typedef struct
{
  guint8 last;
  guint8 before_last;
} TdWordsState;

guint64 td_words_count (TdWordsState *state,
                        const char   *text,
                        gsize         length);

G_END_DECLS
