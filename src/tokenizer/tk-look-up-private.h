/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The first pass over a chunk: looking its pieces up in the fronts.
 *
 * This file holds the loops; tk-look-up.c compiles them for any processor, tk-look-up-avx2.c for those that can cut a
 * number to its lower bits in one instruction, and tk-look-up-avx512.c has a way of its own to make the keys.
 */

#pragma once

#include "tk-chunk-private.h"

#include <string.h>

#define LOOK_UP_INLINE static inline __attribute__ ((always_inline))

/* The first @length bytes at @p, if they are no more than 8; near the end of the text fewer than 8 may be there. */
LOOK_UP_INLINE uint64_t
load_short (const unsigned char *p,
            const unsigned char *readable_end,
            bool                 near_end,
            uint32_t             length,
            uint64_t           (*keep) (uint64_t bytes, uint32_t length))
{
  unsigned char bytes[8] = { 0 };

  if (!near_end || readable_end - p >= 8)
    return keep (tk_load64 (p), length);
  memcpy (bytes, p, (size_t) (readable_end - p));
  return keep (tk_load64 (bytes), length);
}

/* Finds the places of the pieces among the short ones, from the @first of them or of those @asked for, and has them
 * fetched. Longer pieces take the same way, for nothing. @fronts is a copy, because the compiler must take every store
 * for one to what a pointer leads to. */
LOOK_UP_INLINE void
find_places (TkFronts             fronts,
             TkChunk             *chunk,
             const uint32_t      *asked,
             size_t               first,
             size_t               end,
             const unsigned char *readable_end,
             bool                 near_end,
             uint64_t           (*keep) (uint64_t bytes, uint32_t length))
{
  const unsigned char *base = chunk->base;
  const uint32_t *bounds = chunk->bounds;
  uint64_t *keys = chunk->keys;
  const TkShort **places = chunk->places;

  for (size_t k = first; k < end; k++)
    {
      size_t i = asked != NULL ? asked[k] : k;
      uint32_t start = bounds[i];
      uint32_t length = bounds[i + 1] - start;
      uint64_t key = load_short (base + start, readable_end, near_end, length, keep) | tk_short_tag (length);
      const TkShort *place = tk_front_short (&fronts, key);

      __builtin_prefetch (place);
      keys[k] = key;
      places[k] = place;
    }
}

/* Takes the tokens from there, right or wrong, and lists the pieces that are not there, all longer ones among them.
 * Returns their number. */
LOOK_UP_INLINE size_t
compare_places (TkChunk        *chunk,
                const uint32_t *asked,
                size_t          n)
{
  const uint64_t *keys = chunk->keys;
  const TkShort *const *places = chunk->places;
  TkTokens *tokens = chunk->tokens;
  uint32_t *others = chunk->others;
  size_t n_others = 0;

#pragma GCC unroll 4
  for (size_t k = 0; k < n; k++)
    {
      size_t i = asked != NULL ? asked[k] : k;
      const TkShort *place = places[k];

      tokens[i] = place->tokens;
      others[n_others] = (uint32_t) i;
      n_others += place->key != keys[k];
    }
  return n_others;
}

/* Finds the places of the longer ones among the pieces listed. */
LOOK_UP_INLINE void
find_longer (TkFronts  fronts,
             TkChunk  *chunk,
             size_t    n_others)
{
  const unsigned char *base = chunk->base;
  const uint32_t *bounds = chunk->bounds;
  TkLongerPlace *places = chunk->longer;
  const uint32_t *others = chunk->others;

  for (size_t k = 0; k < n_others; k++)
    {
      const unsigned char *p = base + bounds[others[k]];
      uint32_t length = bounds[others[k] + 1] - bounds[others[k]];

      places[k].length = length;
      if (__builtin_expect (length > TK_SHORT_MAX && length <= TK_MIDDLE_MAX, 1))
        {
          places[k].first = tk_load64 (p);
          places[k].last = tk_load64 (p + length - 8);
          places[k].place = tk_front_middle (&fronts, places[k].first, places[k].last);
          __builtin_prefetch (places[k].place);
        }
      else if (length > TK_MIDDLE_MAX && length <= TK_LONG_MAX)
        {
          places[k].place = tk_front_long (&fronts, tk_long (p, length));
          __builtin_prefetch (places[k].place);
        }
    }
}

/* Takes the tokens of the pieces from there, and lists those in chunk->missing that are in no front. Returns how
 * many. */
LOOK_UP_INLINE size_t
compare_longer (TkChunk *chunk,
                size_t   n_others)
{
  TkTokens *tokens = chunk->tokens;
  const TkLongerPlace *places = chunk->longer;
  const uint32_t *others = chunk->others;
  uint32_t *missing = chunk->missing;
  size_t n_missing = 0;

  for (size_t k = 0; k < n_others; k++)
    {
      uint32_t i = others[k];
      uint32_t length = places[k].length;
      bool is_missing = true;

      if (__builtin_expect (length > TK_SHORT_MAX && length <= TK_MIDDLE_MAX, 1))
        {
          const TkMiddle *place = places[k].place;

          tokens[i] = place->tokens;
          is_missing = ((place->first ^ places[k].first) | (place->last ^ places[k].last) |
                        ((place->tokens & TK_TOKENS_LENGTH) ^ length)) != 0;
        }
      else if (length > TK_PIECE_MAX_LENGTH)
        {
          tokens[i] = tk_tokens_of_record (TK_TOKENS_NO_RECORD, 0);
          is_missing = false;
        }
      else if (length > TK_MIDDLE_MAX && length <= TK_LONG_MAX)
        {
          const TkLong *place = places[k].place;

          tokens[i] = place->tokens;
          is_missing = !tk_long_is (place, chunk->base + chunk->bounds[i], length);
        }
      missing[n_missing] = i;
      n_missing += is_missing;
    }
  return n_missing;
}

/* What follows find_places(). */
LOOK_UP_INLINE void
compare (const TkFronts *fronts,
         TkChunk        *chunk,
         const uint32_t *asked,
         size_t          n_asked)
{
  size_t n_others;

  if (asked != NULL)
    n_others = compare_places (chunk, asked, n_asked);
  else
    n_others = compare_places (chunk, NULL, chunk->n);
  find_longer (*fronts, chunk, n_others);
  chunk->n_missing = compare_longer (chunk, n_others);
}

LOOK_UP_INLINE bool
is_near_end (const TkChunk       *chunk,
             const unsigned char *readable_end)
{
  return readable_end - chunk->base < (ptrdiff_t) chunk->bounds[chunk->n] + 8;
}

LOOK_UP_INLINE void
look_up (const TkFronts      *fronts,
         TkChunk             *chunk,
         const uint32_t      *asked,
         size_t               n_asked,
         const unsigned char *readable_end,
         uint64_t           (*keep) (uint64_t bytes, uint32_t length))
{
  if (__builtin_expect (is_near_end (chunk, readable_end), 0))
    find_places (*fronts, chunk, asked, 0, asked != NULL ? n_asked : chunk->n, readable_end, true, keep);
  else if (asked != NULL)
    find_places (*fronts, chunk, asked, 0, n_asked, readable_end, false, keep);
  else
    find_places (*fronts, chunk, NULL, 0, chunk->n, readable_end, false, keep);
  compare (fronts, chunk, asked, n_asked);
}
