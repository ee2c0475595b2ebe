/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The slow way, to compare with: the published split patterns run by PCRE2, and merging done by the rule, two
 * neighbours at a time, over the rank file read as text.
 *
 * The patterns are tiktoken 0.14's, with two differences that make PCRE2 mean what Rust's regex means: \s is written
 * out as White_Space, because PCRE2 counts U+180E too, and the end of the text is \z, because PCRE2's $ also matches
 * before a last line end.
 */

#pragma once

#include "tokenizer/tk-tokenizer.h"

#include <glib.h>

typedef struct _TkTestOracle TkTestOracle;

/** Whether PCRE2 follows the tokenizer's version of Unicode; @version receives its own. */
bool          tk_test_oracle_is_usable (char          version[64]);
/** One of r50k_base, p50k_base, cl100k_base and o200k_base. */
TkTestOracle *tk_test_oracle_new       (TkEncodingId  id);
void          tk_test_oracle_free      (TkTestOracle *oracle);
/** Where the piece that begins at @start ends. */
gsize         tk_test_oracle_piece_end (TkTestOracle *oracle,
                                        const char   *text,
                                        gsize         length,
                                        gsize         start);
/** Appends the ids of one piece. Quadratic. */
void          tk_test_oracle_merge     (TkTestOracle *oracle,
                                        const char   *piece,
                                        gsize         length,
                                        GArray       *ids);
