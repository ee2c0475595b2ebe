/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The merging of tk-merge-short.c, to be included where TARGET, Keys and three functions are defined for one kind of
 * processor:
 *
 *   keys_load  takes TK_MERGE_SHORT_MAX keys,
 *   keys_set   replaces the one of a number,
 *   keys_least gives the least of the first so many, all others being TK_NO_KEY.
 */

#pragma once

#include "tk-shorts-private.h"

/* A key is a rank and a position. As a signed number, because that is what the processor's instructions for minima
 * compare. */
#define POSITION_BITS 5

/* What stands for merging [start, end) of the text at @position: by rank, then from the left. */
static inline int32_t
merge_key (const TkShorts *shorts,
           unsigned        position,
           unsigned        start,
           unsigned        end)
{
  TkId rank;

  if (end - start > shorts->longest[position + start])
    return TK_NO_KEY;
  rank = shorts->ranks[shorts->rows[position + start] + end - start];
  return rank == TK_TRIE_NO_ID ? TK_NO_KEY : (int32_t) (rank << POSITION_BITS | start);
}

static inline unsigned
lowest_bit (uint64_t bits)
{
  return (unsigned) __builtin_ctzll (bits);
}

/* For each kind of processor; see tk_shorts_merge_func(). */
TARGET static inline __attribute__ ((always_inline)) size_t
merge_with (const TkShorts *shorts,
            unsigned        position,
            size_t          length,
            TkId           *ids,
            uint64_t       *bounds)
{
  /* Bit i: a part starts at byte i; and one more for the end. */
  uint64_t starts = (UINT64_C (2) << length) - 1;
  int32_t first[TK_MERGE_SHORT_MAX];
  Keys keys; /* of merging the part that starts at a byte with the next one */
  size_t n = 0;
  unsigned start = 0;
  int32_t best;

  for (unsigned i = 0; i < TK_MERGE_SHORT_MAX; i++)
    first[i] = i + 1 < length ? merge_key (shorts, position, i, i + 2) : TK_NO_KEY;
  keys = keys_load (first);
  while ((best = keys_least (&keys, (unsigned) length)) != TK_NO_KEY)
    {
      const unsigned at = (unsigned) best & ((1u << POSITION_BITS) - 1);
      const uint64_t before = starts & ((UINT64_C (1) << at) - 1);
      uint64_t after = starts >> at >> 1 << at << 1;
      unsigned end;

      /* The part at the lowest bit joins the one at @at. */
      starts &= ~(after & -after);
      keys_set (&keys, lowest_bit (after), TK_NO_KEY);
      after &= after - 1;
      end = lowest_bit (after);
      after &= after - 1;
      keys_set (&keys, at, after != 0 ? merge_key (shorts, position, at, lowest_bit (after)) : TK_NO_KEY);
      if (before != 0)
        {
          const unsigned last = 63 - (unsigned) __builtin_clzll (before);

          keys_set (&keys, last, merge_key (shorts, position, last, end));
        }
    }
  for (uint64_t ends = starts & ~UINT64_C (1); ends != 0; ends &= ends - 1)
    {
      const unsigned end = lowest_bit (ends);

      ids[n++] = shorts->ranks[shorts->rows[position + start] + end - start];
      start = end;
    }
  *bounds = starts;
  return n;
}
