/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Words: pieces of at most 15 bytes, which nearly all pieces of most texts are. Their bytes and their length fill two
 * 64-bit numbers exactly, so that looking one up needs no loop over bytes and no second look to be sure.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TK_WORD_MAX_LENGTH 15
/* What must be readable from the start of a word. */
#define TK_WORD_BYTES 16

typedef struct
{
  uint64_t low;  /* bytes 0 to 7, the first the lowest */
  uint64_t high; /* bytes 8 to 14, and the length as the highest */
} TkWordKey;

static inline uint64_t
tk_load64 (const unsigned char *p)
{
  uint64_t word;

  memcpy (&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64 (word);
#endif
  return word;
}

extern const uint64_t tk_word_masks[TK_WORD_BYTES][2];

static inline TkWordKey
tk_word_key (const unsigned char *p,
             size_t               length)
{
  TkWordKey key;

  key.low = tk_load64 (p) & tk_word_masks[length][0];
  key.high = (tk_load64 (p + 8) & tk_word_masks[length][1]) | (uint64_t) length << 56;
  return key;
}

/* The upper bits are the good ones. */
static inline uint64_t
tk_word_hash (TkWordKey key)
{
  return key.low * UINT64_C (0x9e3779b97f4a7c15) + key.high * UINT64_C (0xc2b2ae3d27d4eb4f);
}

/*
 * All words that are one token, in the table file: open addressing by buckets of one cache line. A bucket that is not
 * full ends the search; a key of length 0 is an empty place.
 */
#define TK_BUCKET_WORDS 3

typedef struct
{
  TkWordKey keys[TK_BUCKET_WORDS];
  uint32_t ids[TK_BUCKET_WORDS];
  uint32_t reserved;
} TkWordBucket;

/* Maps the hash to 0 ... n - 1 without a division. */
static inline size_t
tk_word_bucket (uint64_t hash,
                size_t   n_buckets)
{
  return (size_t) (((hash >> 32) * (uint64_t) n_buckets) >> 32);
}
