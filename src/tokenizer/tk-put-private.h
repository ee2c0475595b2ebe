/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From the packed tokens of many pieces to ids, or to their number.
 */

#pragma once

#include "tk-scan-private.h"
#include "tk-word-private.h"

/* More ids than there are may be written, up to so many. */
#define TK_PUT_SLACK 16

/**
 * Copies the ids of the pieces from @first on to @ids, up to one that has more tokens than three, or to the end.
 * Returns where it came to, and in @n_ids how many they were.
 */
typedef size_t TkPut (const TkTokens *tokens,
                      size_t          first,
                      size_t          n,
                      TkId           *ids,
                      size_t         *n_ids);

/** The number of tokens of @n pieces but those that have no record; *@all_known is set if there are none of these. */
typedef size_t TkTally (const TkTokens *tokens,
                        size_t          n,
                        bool           *all_known);

typedef TkPut *TkPutFunc;
typedef TkTally *TkTallyFunc;

TkPutFunc tk_put_func (TkCpu cpu);
TkTallyFunc tk_tally_func (TkCpu cpu);

TkPut tk_put_portable;
TkTally tk_tally_portable;
#ifdef __x86_64__
TkPut tk_put_avx512;
TkTally tk_tally_avx512;
#endif
