/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Windows: parts of a long text that are merged together, all of them in step (tk-merge-short.c), before anybody knows
 * where the text is cut into tokens.
 *
 *    text        x k q j v b z h w d f a o t …      each window begins TK_WINDOW_STRIDE bytes behind the one before
 *    first       xk|q|j|vb|zh|wd                    and overlaps it
 *    second              v|b|zh|wd|fao|t …          "zh" is a token of both: from there on the second is right
 *
 * Tokens are the result of merging a text exactly if each two neighbours are good (tk-merge.c). Within a window they
 * are. Where two windows share a token, those of the first up to it and those of the second from it on are so as well.
 * Only where nothing is shared, and where a batch of windows ends, must neighbours be looked at, and now and then tokens
 * be searched for one by one.
 */

#include "tk-merge-private.h"

#include <string.h>

/* So much of a window is used if no other one follows on it: its last tokens may be different in the whole text. */
#define USED_ALONE 24
#define NO_PLACE 64

static inline uint64_t
below (unsigned n)
{
  return (UINT64_C (1) << n) - 1;
}

static inline unsigned
lowest_bit (uint64_t bits)
{
  return (unsigned) __builtin_ctzll (bits);
}

/* Without the processor's own instruction, which not every one has. */
static inline unsigned
count_bits (uint64_t bits)
{
  bits -= bits >> 1 & UINT64_C (0x5555555555555555);
  bits = (bits & UINT64_C (0x3333333333333333)) + (bits >> 2 & UINT64_C (0x3333333333333333));
  bits = (bits + (bits >> 4)) & UINT64_C (0x0f0f0f0f0f0f0f0f);
  return (unsigned) (bits * UINT64_C (0x0101010101010101) >> 56);
}

static void
fill (TkEncoder           *encoder,
      TkMergeWindows      *windows,
      const unsigned char *bytes,
      size_t               length,
      size_t               start)
{
  const TkTable *table = &encoder->encoding->table;
  TkShorts *shorts = tk_encoder_get_shorts (encoder);
  unsigned positions[TK_WINDOWS_MAX];
  size_t n = 0;

  tk_shorts_begin (shorts);
  while (n < TK_WINDOWS_MAX && length - start >= n * TK_WINDOW_STRIDE + TK_MERGE_SHORT_MAX)
    {
      positions[n] = tk_shorts_add (shorts, table, bytes + start + n * TK_WINDOW_STRIDE, TK_MERGE_SHORT_MAX);
      n++;
    }
  tk_shorts_walk (shorts, table);
  for (size_t i = 0; i < n; i++)
    encoder->encoding->merge_short (shorts, positions[i], TK_MERGE_SHORT_MAX, windows->windows[i].ids,
                                    &windows->windows[i].bounds);
  windows->start = start;
  windows->end = start + (n - 1) * TK_WINDOW_STRIDE + USED_ALONE;
  windows->n = n;
}

/* The first place in the second of two windows, from @from on, where a token begins that both have, or NO_PLACE. */
static inline unsigned
find_shared_token (const TkMergeWindow *first,
                   const TkMergeWindow *second,
                   unsigned             from)
{
  const uint64_t a = first->bounds >> TK_WINDOW_STRIDE;
  const uint64_t b = second->bounds;

  for (uint64_t both = a & b & ~below (from); both != 0; both &= both - 1)
    {
      const unsigned at = lowest_bit (both);
      const uint64_t end_a = a >> at >> 1;
      const uint64_t end_b = b >> at >> 1;

      if (end_a != 0 && (end_a & -end_a) == (end_b & -end_b))
        return at;
    }
  return NO_PLACE;
}

/* Where to stop in a window that was begun at @at when no other follows. */
static inline unsigned
last_bound (const TkMergeWindow *window,
            unsigned             at)
{
  const uint64_t behind = window->bounds & ~below (at + 1);
  const uint64_t good = behind & below (USED_ALONE + 1);

  return good != 0 ? 63 - (unsigned) __builtin_clzll (good) : lowest_bit (behind);
}

size_t
tk_windows_take (TkEncoder           *encoder,
                 TkMergeWindows      *windows,
                 const unsigned char *bytes,
                 size_t               length,
                 size_t              *pos,
                 TkId                *ids)
{
  size_t n_ids = 0;
  unsigned at, place;
  size_t i;

  if (*pos < windows->start)
    return 0;
  if (*pos >= windows->end)
    {
      if (length - *pos < 2 * TK_MERGE_SHORT_MAX)
        return 0;
      fill (encoder, windows, bytes, length, *pos);
    }
  i = (*pos - windows->start) / TK_WINDOW_STRIDE;
  if (i >= windows->n)
    i = windows->n - 1;
  at = (unsigned) (*pos - windows->start - i * TK_WINDOW_STRIDE);
  if (!(windows->windows[i].bounds >> at & 1))
    return 0;
  do
    {
      const TkMergeWindow *window = &windows->windows[i];
      unsigned stop, first;

      place = i + 1 < windows->n ? find_shared_token (window, window + 1, at > TK_WINDOW_STRIDE ? at - TK_WINDOW_STRIDE : 0)
                                 : NO_PLACE;
      stop = place != NO_PLACE ? TK_WINDOW_STRIDE + place : last_bound (window, at);
      first = count_bits (window->bounds & below (at));
      /* All that there may be: the end is what counts. */
      memcpy (ids + n_ids, window->ids + first, (TK_MERGE_SHORT_MAX - first) * sizeof *ids);
      n_ids += count_bits (window->bounds & below (stop)) - first;
      *pos = windows->start + i * TK_WINDOW_STRIDE + stop;
      at = place;
      i++;
    }
  while (place != NO_PLACE);
  return n_ids;
}
