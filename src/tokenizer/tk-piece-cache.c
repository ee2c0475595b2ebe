/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-piece-cache-private.h"

#include "tk-pages-private.h"
#include "tk-word-private.h"

#include <string.h>

/*
 * The pieces of a short text fit a small block, where a large page would take longer to clear than they take to merge:
 *
 *   0             16 KB          120 KB
 *   | first slots | records ...    |
 *
 * Then all memory is reserved at once and used as it is needed, in large pages: up to 2^15 slots lie before the records,
 * in the same page as the first of them, more slots have pages of their own.
 *
 *   0            4 MB        4.25 MB                  18 MB
 *   | many slots | few slots | records ...              |
 */
#define MAX_SLOTS (1u << 19)
#define FEW_SLOTS (1u << 15)
#define FIRST_SLOTS (1u << 11)
#define FIRST_ARENA (26u << 10)
#define FIRST_MEMORY (FIRST_SLOTS * sizeof (uint64_t) + FIRST_ARENA * sizeof (uint32_t))
#define MAX_ARENA ((14u << 18) - 2 * FEW_SLOTS)
#define MEMORY (MAX_SLOTS * sizeof (uint64_t) + FEW_SLOTS * sizeof (uint64_t) + MAX_ARENA * sizeof (uint32_t))

void
tk_piece_cache_clear (TkPieceCache *cache)
{
  tk_pages_free (cache->memory, cache->size);
  memset (cache, 0, sizeof *cache);
}

static inline void
insert_slot (TkPieceCache *cache,
             uint64_t      slot,
             uint64_t      hash)
{
  size_t at = (hash >> 16) & cache->slots_mask;

  while (cache->slots[at] != 0)
    at = (at + 1) & cache->slots_mask;
  cache->slots[at] = slot;
}

/* What was not used yet is zero. */
static void
grow_slots (TkPieceCache *cache,
            size_t        n_slots)
{
  cache->slots = (uint64_t *) cache->memory + (cache->size == MEMORY && n_slots <= FEW_SLOTS ? MAX_SLOTS : 0);
  cache->slots_mask = n_slots - 1;
  /* Index and slot use the same 32 bits of the hash, which the record keeps: nothing need be hashed again. */
  for (size_t place = 0; place < cache->n_used; )
    {
      const uint32_t *record = cache->arena + place;

      insert_slot (cache, (uint64_t) record[TK_RECORD_HASH] << 32 | (place + 1),
                   (uint64_t) record[TK_RECORD_HASH] << 16);
      place += TK_RECORD_TOKENS + record[TK_RECORD_N_TOKENS] + (record[TK_RECORD_LENGTH] + 3) / 4;
    }
}

/* The slots for @n_pieces more. */
static size_t
slots_for (const TkPieceCache *cache,
           size_t              n_pieces)
{
  size_t n_slots = cache->slots != NULL ? cache->slots_mask + 1 : FIRST_SLOTS;

  while (n_slots * 3 / 4 < cache->n_records + n_pieces)
    n_slots *= 2;
  return n_slots;
}

/* The end of the records if @n_pieces more of @n_bytes in all are added, each byte of them a token. */
static size_t
end_of_records (const TkPieceCache *cache,
                size_t              n_pieces,
                size_t              n_bytes)
{
  if (n_bytes > n_pieces * TK_PIECE_MAX_LENGTH)
    n_bytes = n_pieces * TK_PIECE_MAX_LENGTH;
  return cache->n_used + n_pieces * (TK_RECORD_TOKENS + 1) + n_bytes + n_bytes / 4;
}

bool
tk_piece_cache_is_full (const TkPieceCache *cache,
                        size_t              n_pieces,
                        size_t              n_bytes)
{
  return end_of_records (cache, n_pieces, n_bytes) > MAX_ARENA || slots_for (cache, n_pieces) > MAX_SLOTS;
}

static void
allocate (TkPieceCache *cache,
          size_t        size)
{
  const uint32_t *arena = cache->arena;
  void *memory = tk_pages_allocate (size);

  cache->arena = (uint32_t *) ((uint64_t *) memory + (size == MEMORY ? MAX_SLOTS + FEW_SLOTS : FIRST_SLOTS));
  if (cache->n_used > 0)
    memcpy (cache->arena, arena, cache->n_used * sizeof *arena);
  tk_pages_free (cache->memory, cache->size);
  cache->memory = memory;
  cache->size = size;
}

bool
tk_piece_cache_reserve (TkPieceCache *cache,
                        size_t        n_pieces,
                        size_t        n_bytes)
{
  size_t n_slots = slots_for (cache, n_pieces);
  size_t size = n_slots <= FIRST_SLOTS && end_of_records (cache, n_pieces, n_bytes) <= FIRST_ARENA ? FIRST_MEMORY : MEMORY;

  if (tk_piece_cache_is_full (cache, n_pieces, n_bytes))
    {
      cache->n_used = 0;
      cache->n_records = 0;
      memset (cache->slots, 0, (cache->slots_mask + 1) * sizeof *cache->slots);
      return true;
    }
  if (cache->size < size)
    {
      allocate (cache, size);
      grow_slots (cache, n_slots);
    }
  else if (n_slots > cache->slots_mask + 1)
    {
      memset (cache->slots, 0, (cache->slots_mask + 1) * sizeof *cache->slots);
      grow_slots (cache, n_slots);
    }
  return false;
}

static uint32_t
kept_hash (uint64_t hash)
{
  return (uint32_t) (hash >> 16);
}

/* Without a call for what is nearly always less than 32 bytes and nearly always equal. */
static inline bool
is_equal (const unsigned char *a,
          const unsigned char *b,
          size_t               length)
{
  size_t i = 0;

  if (length < 8)
    return memcmp (a, b, length) == 0;
  for (; i + 8 < length; i += 8)
    if (tk_load64 (a + i) != tk_load64 (b + i))
      return false;
  return tk_load64 (a + length - 8) == tk_load64 (b + length - 8);
}

/* The place of the record of these bytes, or UINT32_MAX; then *@at is the slot for it. */
static inline uint32_t
find (const TkPieceCache  *cache,
      uint64_t             hash,
      const unsigned char *bytes,
      size_t               length,
      size_t              *at)
{
  uint64_t slot;

  for (*at = (hash >> 16) & cache->slots_mask; (slot = cache->slots[*at]) != 0; *at = (*at + 1) & cache->slots_mask)
    if (slot >> 32 == kept_hash (hash))
      {
        uint32_t place = (uint32_t) slot - 1;
        const uint32_t *record = cache->arena + place;

        if (record[TK_RECORD_LENGTH] == length &&
            is_equal ((const unsigned char *) (record + TK_RECORD_TOKENS + record[TK_RECORD_N_TOKENS]), bytes, length))
          return place;
      }
  return UINT32_MAX;
}

uint32_t
tk_piece_cache_find (const TkPieceCache  *cache,
                     uint64_t             hash,
                     const unsigned char *bytes,
                     size_t               length)
{
  size_t at;

  return find (cache, hash, bytes, length, &at);
}

uint32_t
tk_piece_cache_add (TkPieceCache        *cache,
                    uint64_t             hash,
                    const unsigned char *bytes,
                    size_t               length,
                    const TkId          *ids,
                    size_t               n_ids)
{
  size_t at;
  uint32_t place = find (cache, hash, bytes, length, &at);
  uint32_t *record;

  if (place != UINT32_MAX)
    return place;
  place = (uint32_t) cache->n_used;
  record = cache->arena + place;
  record[TK_RECORD_HASH] = kept_hash (hash);
  record[TK_RECORD_LENGTH] = (uint32_t) length;
  record[TK_RECORD_N_TOKENS] = (uint32_t) n_ids;
  memcpy (record + TK_RECORD_TOKENS, ids, n_ids * sizeof *ids);
  memcpy (record + TK_RECORD_TOKENS + n_ids, bytes, length);
  cache->n_used += TK_RECORD_TOKENS + n_ids + (length + 3) / 4;
  cache->n_records++;
  cache->slots[at] = (uint64_t) kept_hash (hash) << 32 | (place + 1);
  return place;
}
