/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-piece-cache-private.h"

#include "tk-pages-private.h"
#include "tk-word-private.h"

#include <string.h>

/*
 * All memory is reserved at once and used as it is needed, in large pages: up to 2^15 slots lie before the records, in
 * the same page as the first of them, more slots have pages of their own.
 *
 *   0            4 MB        4.25 MB                  18 MB
 *   | many slots | few slots | records ...              |
 */
#define MAX_SLOTS (1u << 19)
#define FEW_SLOTS (1u << 15)
#define FIRST_SLOTS (1u << 10)
#define MAX_ARENA ((14u << 18) - 2 * FEW_SLOTS)
#define MEMORY (MAX_SLOTS * sizeof (uint64_t) + FEW_SLOTS * sizeof (uint64_t) + MAX_ARENA * sizeof (uint32_t))
#define MAX_RECORD (TK_RECORD_TOKENS + TK_PIECE_MAX_LENGTH + TK_PIECE_MAX_LENGTH / 4 + 1)

void
tk_piece_cache_clear (TkPieceCache *cache)
{
  tk_pages_free (cache->memory, MEMORY);
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

static void
grow_slots (TkPieceCache *cache,
            size_t        n_slots)
{
  /* What was not used yet is zero. */
  if (cache->slots != NULL)
    memset (cache->slots, 0, (cache->slots_mask + 1) * sizeof *cache->slots);
  cache->slots = (uint64_t *) cache->memory + (n_slots <= FEW_SLOTS ? MAX_SLOTS : 0);
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

bool
tk_piece_cache_is_full (const TkPieceCache *cache,
                        size_t              n_pieces)
{
  return cache->n_used + n_pieces * MAX_RECORD > MAX_ARENA || slots_for (cache, n_pieces) > MAX_SLOTS;
}

bool
tk_piece_cache_reserve (TkPieceCache *cache,
                        size_t        n_pieces)
{
  size_t n_slots = slots_for (cache, n_pieces);

  if (tk_piece_cache_is_full (cache, n_pieces))
    {
      cache->n_used = 0;
      cache->n_records = 0;
      memset (cache->slots, 0, (cache->slots_mask + 1) * sizeof *cache->slots);
      return true;
    }
  if (cache->memory == NULL)
    {
      cache->memory = tk_pages_allocate (MEMORY);
      cache->arena = (uint32_t *) ((uint64_t *) cache->memory + MAX_SLOTS + FEW_SLOTS);
    }
  if (cache->slots == NULL || n_slots > cache->slots_mask + 1)
    grow_slots (cache, n_slots);
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
