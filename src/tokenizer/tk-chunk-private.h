/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-encoder-private.h"
#include "tk-scan-private.h"

#define TK_CHUNK_PIECES 256
/* The front starts with 16,384 words, 512 KB, and grows to 4 MB. */
#define TK_FRONT_BITS 14
#define TK_FRONT_MAX_BITS 17
/* Bytes between two looks at the wish to cancel. */
#define TK_BYTES_PER_CHECK (256 * 1024)

#define TK_WORD_TOKENS 3

/* A word and its tokens. @meta: how many tokens (2 bits) and the lengths of each (4 bits from bit 4, 8, 12); none means
 * that there are more, and ids[0] is the place of the record in the piece cache. */
struct _TkWord
{
  TkWordKey key;
  TkId ids[TK_WORD_TOKENS];
  uint32_t meta;
};

static inline uint32_t
tk_word_meta (uint32_t count,
              uint32_t length0,
              uint32_t length1,
              uint32_t length2)
{
  return count | length0 << 4 | length1 << 8 | length2 << 12;
}

static inline unsigned
tk_word_count (const TkWord *word)
{
  return word->meta & 3;
}

static inline uint32_t
tk_word_length (const TkWord *word,
                unsigned      token)
{
  return word->meta >> (4 + 4 * token) & 15;
}

/* What a piece is looked up by. One longer than a word has a key that no word has. */
typedef struct
{
  TkWordKey key;
  uint64_t hash;
} TkProbe;

/* The working memory of one chunk. The list of missing pieces is written one element too far. */
struct _TkChunk
{
  uint32_t bounds[TK_CHUNK_PIECES + 1]; /* between which the pieces lie, from the start of the chunk */
  uint32_t ends[TK_CHUNK_PIECES];       /* the same before cutting, without the first */
  TkProbe probes[TK_CHUNK_PIECES];
  const TkWord *words[TK_CHUNK_PIECES];
  uint32_t missing[TK_CHUNK_PIECES + 1]; /* the pieces that are not in the front */
  size_t n_missing;
  TkWord found[TK_CHUNK_PIECES];
};

/** In bytes; 0 if there is none yet. */
static inline size_t
tk_front_size (const TkEncoder *encoder)
{
  return encoder->front != NULL ? sizeof *encoder->front << (64 - encoder->front_shift) : 0;
}

/** Encodes text[start..end) as if the text ended at @end; @length is how far it can be read. */
bool   tk_encode_pieces (TkEncoder           *encoder,
                         const char          *text,
                         size_t               length,
                         size_t               start,
                         size_t               end,
                         TkSink              *sink);
