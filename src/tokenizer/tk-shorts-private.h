/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-scan-private.h"
#include "tk-table-private.h"

/* Up to this many bytes the way of tk-merge-short.c is the fastest; beyond, its table of all tokens in the text grows
 * too large. */
#define TK_MERGE_SHORT_MAX 32

/*
 * Short texts to be merged together. Their bytes lie one after the other, each text followed by a byte that is in no
 * UTF-8; the number of a byte there is its position.
 */
#define TK_SHORTS_POSITIONS 768
#define TK_SHORTS_RANKS 6144

typedef struct
{
  unsigned n_positions;
  unsigned n_ranks;
  unsigned n_walks;
  unsigned char text[TK_SHORTS_POSITIONS + 1];
  uint8_t longest[TK_SHORTS_POSITIONS]; /* no token at the position is longer */
  uint16_t rows[TK_SHORTS_POSITIONS];   /* ranks[rows[start] + n] is that of the token of n bytes at start */
  TkId ranks[TK_SHORTS_RANKS];
  /* The walks that go on, each to the slot of the trie that it looks at next. Written one element too far. */
  uint16_t walks[TK_SHORTS_POSITIONS + 1];
  uint32_t slots[TK_SHORTS_POSITIONS + 1];
} TkShorts;

/** Empties them. */
static inline void
tk_shorts_begin (TkShorts *shorts)
{
  shorts->n_positions = 0;
  shorts->n_ranks = 0;
  shorts->n_walks = 0;
}

/** Whether there is room for texts of @length bytes in all. */
static inline bool
tk_shorts_has_room (const TkShorts *shorts,
                    size_t          length)
{
  const size_t widest = length < TK_MERGE_SHORT_MAX ? length : TK_MERGE_SHORT_MAX;

  return shorts->n_positions + 2 * length <= TK_SHORTS_POSITIONS &&
         shorts->n_ranks + 1 + length * (widest + 1) / 2 <= TK_SHORTS_RANKS;
}

/** Adds a text of 1 to TK_MERGE_SHORT_MAX bytes of UTF-8, for which there is room, and takes the first step of its
 * walks. Returns its position. */
unsigned tk_shorts_add  (TkShorts            *shorts,
                         const TkTable       *table,
                         const unsigned char *bytes,
                         size_t               length);
/** Finds all tokens in all texts. */
void     tk_shorts_walk (TkShorts            *shorts,
                         const TkTable       *table);

/** Then merges the text of @length bytes at @position. Returns the number of its tokens. Bit i of *@bounds tells that one
 * begins at byte i, or that the text ends there. */
typedef size_t TkShortsMerge (const TkShorts *shorts,
                              unsigned        position,
                              size_t          length,
                              TkId           *ids,
                              uint64_t       *bounds);
typedef TkShortsMerge *TkShortsMergeFunc;

/* Of two parts that do not merge. */
#define TK_NO_KEY INT32_MAX

TkShortsMergeFunc tk_shorts_merge_func (TkCpu cpu);

TkShortsMerge tk_shorts_merge_portable;
#ifdef __x86_64__
TkShortsMerge tk_shorts_merge_avx2, tk_shorts_merge_avx512;
#endif
