/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The fronts: small tables of recent pieces and their tokens, which nearly every look-up ends in.
 *
 * They are direct-mapped, and there is one for each range of lengths, so that the pieces of up to 8 bytes, nine of ten,
 * fill only 16 bytes each: twice as many of them in the second-level cache, and half the traffic. A piece of the other
 * ranges is told by its first and its last bytes, which overlap, and its length; so nothing is masked, nor read beyond
 * its end.
 */

#pragma once

#include "tk-scan-private.h"
#include "tk-word-private.h"

#define TK_MIDDLE_MAX 16
#define TK_LONG_MAX 32

typedef struct
{
  uint64_t key;    /* the bytes | tk_short_tag() */
  TkTokens tokens;
} TkShort;

/* Here the tokens say how long the piece is; in an empty place they say 0. */

typedef struct
{
  uint64_t first; /* 8 bytes */
  uint64_t last;
  TkTokens tokens;
  uint64_t reserved;
} TkMiddle;

typedef struct
{
  uint64_t first[2]; /* 16 bytes */
  uint64_t last[2];
  TkTokens tokens;
  uint64_t reserved[3];
} TkLong;

typedef struct _TkChunk TkChunk;

/*
 * The three are one block of memory. A short text has few pieces, for which to clear a large page would take longer than
 * to encode it: the first block is 64 KB. The next is a large page, so that the addresses of all of it fit the
 * processor's table of pages, and the last, where pieces are many, two.
 */
typedef struct
{
  TkShort *shorts;   /* the block */
  TkMiddle *middles;
  TkLong *longs;
  unsigned bits;     /* of the size of the front of short pieces */
  size_t n_looked;   /* since the last look whether they are large enough */
  size_t n_missing;
} TkFronts;

#define TK_FRONT_FIRST_BITS 11
#define TK_FRONT_PAGE_BITS 16
#define TK_FRONT_MAX_BITS 17
/* How much smaller the other two are. */
#define TK_FRONT_MIDDLE_LESS 2
#define TK_FRONT_LONG_LESS 3

void tk_fronts_init   (TkFronts *fronts);
void tk_fronts_clear  (TkFronts *fronts);
/** Forgets all pieces. */
void tk_fronts_forget (TkFronts *fronts);
/** Makes them larger if they miss many pieces. To be called now and then, when nothing points into them. */
void tk_fronts_adapt  (TkFronts *fronts);

#define TK_FRONT_FACTOR_1 UINT64_C (0x9e3779b97f4a7c15)
#define TK_FRONT_FACTOR_2 UINT64_C (0xc2b2ae3d27d4eb4f)
#define TK_FRONT_FACTOR_3 UINT64_C (0xd6e8feb86659fd93)
#define TK_FRONT_FACTOR_4 UINT64_C (0xff51afd7ed558ccd)

static inline TkShort *
tk_front_short (const TkFronts *fronts,
                uint64_t        key)
{
  return fronts->shorts + (key * TK_FRONT_FACTOR_1 >> (64 - fronts->bits));
}

static inline TkMiddle *
tk_front_middle (const TkFronts *fronts,
                 uint64_t        first,
                 uint64_t        last)
{
  uint64_t hash = first * TK_FRONT_FACTOR_1 + last * TK_FRONT_FACTOR_2;

  return fronts->middles + (hash >> (64 + TK_FRONT_MIDDLE_LESS - fronts->bits));
}

static inline uint64_t
tk_long_hash (const TkLong *piece)
{
  return piece->first[0] * TK_FRONT_FACTOR_1 + piece->first[1] * TK_FRONT_FACTOR_2 +
         piece->last[0] * TK_FRONT_FACTOR_3 + piece->last[1] * TK_FRONT_FACTOR_4;
}

static inline TkLong
tk_long (const unsigned char *p,
         size_t               length)
{
  return (TkLong) { .first = { tk_load64 (p), tk_load64 (p + 8) },
                    .last = { tk_load64 (p + length - 16), tk_load64 (p + length - 8) } };
}

static inline TkLong *
tk_front_long (const TkFronts *fronts,
               TkLong          piece)
{
  return fronts->longs + (tk_long_hash (&piece) >> (64 + TK_FRONT_LONG_LESS - fronts->bits));
}

static inline bool
tk_long_is (const TkLong        *place,
            const unsigned char *p,
            size_t               length)
{
  TkLong piece = tk_long (p, length);

  return ((place->first[0] ^ piece.first[0]) | (place->first[1] ^ piece.first[1]) | (place->last[0] ^ piece.last[0]) |
          (place->last[1] ^ piece.last[1]) | ((place->tokens & TK_TOKENS_LENGTH) ^ length)) == 0;
}

/**
 * Takes the tokens of the pieces of @chunk, or of the @n_asked of them that are @asked for, from the fronts. Leaves
 * those that are missing in chunk->missing. Text can be read up to @readable_end.
 */
typedef void TkLookUp (const TkFronts      *fronts,
                       TkChunk             *chunk,
                       const uint32_t      *asked,
                       size_t               n_asked,
                       const unsigned char *readable_end);
typedef TkLookUp *TkLookUpFunc;

TkLookUpFunc tk_look_up_func (TkCpu cpu);

TkLookUp tk_look_up_portable;
#ifdef __x86_64__
TkLookUp tk_look_up_avx2, tk_look_up_avx512;
#endif
