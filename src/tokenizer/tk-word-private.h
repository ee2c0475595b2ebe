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

#define TK_SHORT_MAX 8

/*
 * A piece of up to 8 bytes as one number: its bytes, and where there are fewer than 8, the length in the place of the
 * last one, as a byte that is not in any UTF-8. Tells nothing of longer pieces but that they are longer.
 */
extern const uint64_t tk_short_tags[TK_SHORT_MAX + 2];

static inline uint64_t
tk_short_tag (size_t length)
{
  return tk_short_tags[length <= TK_SHORT_MAX ? length : TK_SHORT_MAX + 1];
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

/*
 * The tokens of a piece in one number, so that finding a word brings its tokens along and copying them out needs no
 * second visit to memory. From the low bit: 6 bits the length of the piece, 2 bits the number of its tokens, and up to
 * three ids of 18 bits. No tokens means more than three of them: then there are 32 bits for the place of a record in
 * the piece cache, and 8 for the number of tokens.
 *
 * A TkCharacter has its count and ids at the same places.
 */
typedef uint64_t TkTokens;

#define TK_TOKENS_MAX 3
#define TK_TOKENS_LENGTH UINT64_C (0x3f)
#define TK_TOKENS_COUNT_SHIFT 6
#define TK_TOKENS_ID_SHIFT 8
#define TK_TOKENS_ID_BITS 18
#define TK_TOKENS_ID ((UINT32_C (1) << TK_TOKENS_ID_BITS) - 1)
#define TK_TOKENS_RECORD_COUNT_SHIFT 40
/* Not a record, but a piece that is to be merged without remembering it. */
#define TK_TOKENS_NO_RECORD UINT32_MAX

static inline unsigned
tk_tokens_count (TkTokens tokens)
{
  return tokens >> TK_TOKENS_COUNT_SHIFT & 3;
}

static inline uint32_t
tk_tokens_id (TkTokens tokens,
              unsigned index)
{
  return (uint32_t) (tokens >> (TK_TOKENS_ID_SHIFT + TK_TOKENS_ID_BITS * index)) & TK_TOKENS_ID;
}

static inline uint32_t
tk_tokens_record (TkTokens tokens)
{
  return (uint32_t) (tokens >> TK_TOKENS_ID_SHIFT);
}

static inline unsigned
tk_tokens_record_count (TkTokens tokens)
{
  return tokens >> TK_TOKENS_RECORD_COUNT_SHIFT & 0xff;
}

static inline TkTokens
tk_tokens_of_record (uint32_t place,
                     size_t   count)
{
  return (TkTokens) place << TK_TOKENS_ID_SHIFT | (TkTokens) count << TK_TOKENS_RECORD_COUNT_SHIFT;
}
