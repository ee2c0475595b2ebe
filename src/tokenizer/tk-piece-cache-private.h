/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A bounded memory of pieces and their tokens, for what the table file cannot answer at once: words of several tokens
 * and pieces longer than a word. Merging a piece takes about a microsecond, remembering it a few nanoseconds.
 *
 * Records lie one after the other in one array of 32-bit numbers; a hash table of their places finds them. When the
 * array has reached its limit everything is forgotten at once, which costs next to nothing and needs no bookkeeping of
 * use.
 */

#pragma once

#include "tk-tokenizer.h"

/** Longer pieces are not remembered. */
#define TK_PIECE_MAX_LENGTH 160

typedef struct
{
  void *memory;    /* where both lie */
  size_t size;     /* of it, in bytes */
  uint64_t *slots; /* 32 bits of the hash above, the record's place + 1 below; 0 is empty */
  size_t slots_mask;
  uint32_t *arena;
  size_t n_used;
  size_t n_records;
} TkPieceCache;

/* A record: the 32 bits of the hash, the length of the piece, the number of its tokens, the tokens, the bytes. */
#define TK_RECORD_HASH 0
#define TK_RECORD_LENGTH 1
#define TK_RECORD_N_TOKENS 2
#define TK_RECORD_TOKENS 3

void     tk_piece_cache_clear   (TkPieceCache        *cache);
/** Whether @n_pieces pieces of @n_bytes in all can only be added if everything is forgotten. */
bool     tk_piece_cache_is_full (const TkPieceCache  *cache,
                                 size_t               n_pieces,
                                 size_t               n_bytes);
/** Makes sure that @n_pieces pieces of @n_bytes in all can be added without forgetting. Returns true if everything was
 * forgotten. */
bool     tk_piece_cache_reserve (TkPieceCache        *cache,
                                 size_t               n_pieces,
                                 size_t               n_bytes);
/** The place of the record of these bytes, or UINT32_MAX. */
uint32_t tk_piece_cache_find    (const TkPieceCache  *cache,
                                 uint64_t             hash,
                                 const unsigned char *bytes,
                                 size_t               length);
/** Adds a piece unless it is there: a chunk may have a new one twice. Returns its place. */
uint32_t tk_piece_cache_add     (TkPieceCache        *cache,
                                 uint64_t             hash,
                                 const unsigned char *bytes,
                                 size_t               length,
                                 const TkId          *ids,
                                 size_t               n_ids);

static inline const uint32_t *
tk_piece_cache_get (const TkPieceCache *cache,
                    uint32_t            place)
{
  return cache->arena + place;
}

static inline void
tk_piece_cache_prefetch (const TkPieceCache *cache,
                         uint64_t            hash)
{
  __builtin_prefetch (&cache->slots[(hash >> 16) & cache->slots_mask]);
}

/* When the slot is there. Returns whether the piece is likely to have a record. */
static inline bool
tk_piece_cache_prefetch_record (const TkPieceCache *cache,
                                uint64_t            hash)
{
  uint64_t slot = cache->slots[(hash >> 16) & cache->slots_mask];

  if (slot >> 32 != (uint32_t) (hash >> 16) || slot == 0)
    return false;
  __builtin_prefetch (cache->arena + ((uint32_t) slot - 1));
  return true;
}
