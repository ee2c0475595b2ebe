/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From pieces to tokens, some hundred pieces at a time.
 *
 * Nearly every piece is a word that came up before. What such a word costs is what decides the speed, and most of that
 * is waiting for memory and for branches that were guessed wrong. So a chunk of pieces goes through three passes that
 * have neither:
 *
 *   1. look each piece up in a front, the small table of recent ones of its length, take its tokens from there, right
 *      or wrong, and note those that are not there, without a branch;
 *   2. look the noted ones up in the table file's words or the piece cache, for which they were prefetched, or merge
 *      them;
 *   3. copy the tokens of each piece out, always three at once, and advance by how many it has.
 *
 * Between the passes lies one number for each piece, its packed tokens: nothing is looked at twice.
 */

#include "tk-chunk-private.h"

#include "tk-error-private.h"

#include <stdlib.h>
#include <string.h>

static TkWordKey
word_key (const unsigned char *p,
          size_t               length,
          const unsigned char *readable_end)
{
  unsigned char bytes[TK_WORD_BYTES] = { 0 };

  if (readable_end - p >= TK_WORD_BYTES)
    return tk_word_key (p, length);
  memcpy (bytes, p, length);
  return tk_word_key (bytes, length);
}

static uint64_t
hash_piece (const unsigned char *p,
            size_t               length)
{
  uint64_t hash = length * UINT64_C (0x9e3779b97f4a7c15);

  for (; length > 8; length -= 8, p += 8)
    {
      hash = (hash ^ tk_load64 (p)) * UINT64_C (0xd6e8feb86659fd93);
      hash ^= hash >> 32;
    }
  /* The last eight bytes overlap those before: longer pieces than words have that many. */
  hash = (hash ^ tk_load64 (p + length - 8)) * UINT64_C (0xd6e8feb86659fd93);
  return hash ^ hash >> 32;
}

static TkId
find_word (const TkTable *table,
           TkWordKey      key,
           uint64_t       hash)
{
  for (size_t at = tk_word_bucket (hash, table->n_buckets); ; at = at + 1 < table->n_buckets ? at + 1 : 0)
    {
      const TkWordBucket *bucket = &table->words[at];
      TkId id = TK_ID_NONE;

      /* All three are compared: which one it is cannot be guessed. */
      for (unsigned i = 0; i < TK_BUCKET_WORDS; i++)
        if (((bucket->keys[i].low ^ key.low) | (bucket->keys[i].high ^ key.high)) == 0)
          id = bucket->ids[i];
      if (id != TK_ID_NONE || bucket->keys[TK_BUCKET_WORDS - 1].high == 0)
        return id;
    }
}

/* Pass 2 ----------------------------------------------------------------------------------------------------------- */

/* The tokens of a piece that has a record in the piece cache, or gets one now. */
static TkTokens
find_or_merge (TkEncoder           *encoder,
               uint64_t             hash,
               const unsigned char *p,
               size_t               length)
{
  uint32_t place = tk_piece_cache_find (&encoder->pieces, hash, p, length);
  const uint32_t *record;
  TkTokens tokens;
  uint32_t n;

  if (place == UINT32_MAX)
    {
      TkId ids[TK_PIECE_MAX_LENGTH];
      size_t n_ids = tk_merge_piece (encoder, p, length, ids);

      place = tk_piece_cache_add (&encoder->pieces, hash, p, length, ids, n_ids);
    }
  record = tk_piece_cache_get (&encoder->pieces, place);
  n = record[TK_RECORD_N_TOKENS];
  if (n > TK_TOKENS_MAX)
    return tk_tokens_of_record (place, n);
  tokens = (TkTokens) n << TK_TOKENS_COUNT_SHIFT;
  for (uint32_t i = 0; i < n; i++)
    tokens |= (TkTokens) record[TK_RECORD_TOKENS + i] << (TK_TOKENS_ID_SHIFT + TK_TOKENS_ID_BITS * i);
  return tokens;
}

/* Puts a piece into the front for its length, if there is one. */
static inline void
remember (TkEncoder           *encoder,
          const unsigned char *p,
          size_t               length,
          TkTokens             tokens)
{
  const TkFronts *fronts = &encoder->fronts;

  if (length <= TK_SHORT_MAX)
    {
      uint64_t key = word_key (p, length, encoder->readable_end).low | tk_short_tag (length);

      *tk_front_short (fronts, key) = (TkShort) { key, tokens };
    }
  else if (length <= TK_MIDDLE_MAX)
    {
      TkMiddle place = { tk_load64 (p), tk_load64 (p + length - 8), tokens, 0 };

      *tk_front_middle (fronts, place.first, place.last) = place;
    }
  else if (length <= TK_LONG_MAX)
    {
      TkLong place = tk_long (p, length);

      place.tokens = tokens;
      *tk_front_long (fronts, place) = place;
    }
}

/* Finds the tokens of the pieces that pass 1 noted. */
static inline void
find_missing (TkEncoder           *encoder,
              const unsigned char *base,
              const uint32_t      *bounds,
              size_t               n_missing)
{
  TkChunk *chunk = encoder->chunk;
  const TkTable *table = &encoder->encoding->table;

  encoder->fronts.n_missing += n_missing;
  for (size_t k = 0; k < n_missing; k++)
    {
      const unsigned char *p = base + bounds[chunk->missing[k]];
      size_t length = bounds[chunk->missing[k] + 1] - bounds[chunk->missing[k]];
      TkProbe *probe = &chunk->probes[k];

      if (__builtin_expect (length <= TK_WORD_MAX_LENGTH, 1))
        {
          probe->key = word_key (p, length, encoder->readable_end);
          probe->hash = tk_word_hash (probe->key);
          __builtin_prefetch (&table->words[tk_word_bucket (probe->hash, table->n_buckets)]);
        }
      else
        {
          probe->hash = hash_piece (p, length);
        }
      tk_piece_cache_prefetch (&encoder->pieces, probe->hash);
    }
  for (size_t k = 0; k < n_missing; k++)
    tk_piece_cache_prefetch_record (&encoder->pieces, chunk->probes[k].hash);
  for (size_t k = 0; k < n_missing; k++)
    {
      size_t i = chunk->missing[k];
      const unsigned char *p = base + bounds[i];
      size_t length = bounds[i + 1] - bounds[i];
      const TkProbe *probe = &chunk->probes[k];
      TkId id = length <= TK_WORD_MAX_LENGTH ? find_word (table, probe->key, probe->hash) : TK_ID_NONE;
      TkTokens tokens;

      if (id != TK_ID_NONE)
        tokens = UINT64_C (1) << TK_TOKENS_COUNT_SHIFT | (TkTokens) id << TK_TOKENS_ID_SHIFT;
      else
        tokens = find_or_merge (encoder, probe->hash, p, length);
      tokens |= length & TK_TOKENS_LENGTH;
      chunk->tokens[i] = tokens;
      remember (encoder, p, length, tokens);
    }
}

/* All three passes --------------------------------------------------------------------------------------------------*/

/* Called between chunks, when nothing is noted of the piece cache. */
static void
prepare (TkEncoder *encoder)
{
  encoder->fronts.n_looked += TK_CHUNK_PIECES;
  tk_fronts_adapt (&encoder->fronts);
  /* Places in the cache are remembered in the fronts, too. */
  if (tk_piece_cache_reserve (&encoder->pieces, TK_CHUNK_MAX))
    tk_fronts_forget (&encoder->fronts);
}

static bool
check_progress (TkEncoder *encoder,
                size_t     n_bytes,
                TkSink    *sink)
{
  encoder->since_check += n_bytes;
  if (encoder->since_check < TK_BYTES_PER_CHECK)
    return true;
  encoder->since_check = 0;
  if (!tk_is_cancelled (encoder))
    return true;
  sink->code = TK_ERROR_CANCELLED;
  return false;
}

/* Encodes the @n pieces between chunk->pieces, which count from @base. */
static bool
encode_chunk (TkEncoder           *encoder,
              const unsigned char *base,
              size_t               n,
              TkSink              *sink)
{
  const uint32_t *bounds = encoder->chunk->pieces;

  prepare (encoder);
  find_missing (encoder, base, bounds, encoder->encoding->look_up (encoder, base, bounds, n, NULL, n));
  return tk_chunk_put (encoder, base, bounds, n, sink) && check_progress (encoder, bounds[n], sink);
}

/* The same, but cuts them where that is better. */
static bool
encode_cut (TkEncoder           *encoder,
            const unsigned char *base,
            size_t               n,
            TkSink              *sink)
{
  TkChunk *chunk = encoder->chunk;
  TkCut cut = { .n_pieces = n };

  while (cut.piece < n)
    {
      size_t n_missing;

      prepare (encoder);
      tk_chunk_cut (encoder, base, &cut);
      n_missing = encoder->encoding->look_up (encoder, base, chunk->parts, cut.n_parts, chunk->asked, cut.n_asked);
      find_missing (encoder, base, chunk->parts, n_missing);
      if (!tk_chunk_put (encoder, base, chunk->parts, cut.n_parts, sink) ||
          !check_progress (encoder, chunk->parts[cut.n_parts] - chunk->parts[0], sink))
        return false;
    }
  return true;
}

bool
tk_encode_pieces (TkEncoder  *encoder,
                  const char *text,
                  size_t      length,
                  size_t      start,
                  size_t      end,
                  TkSink     *sink)
{
  const unsigned char *bytes = (const unsigned char *) text;
  uint32_t *bounds;

  if (encoder->chunk == NULL)
    {
      encoder->chunk = tk_realloc (NULL, 1, sizeof *encoder->chunk);
      tk_fronts_init (&encoder->fronts);
    }
  encoder->readable_end = bytes + length;
  bounds = encoder->chunk->pieces;
  tk_sink_prepare (sink, end - start);
  while (start < end)
    {
      bool wide;
      size_t n;

      bounds[0] = 0;
      n = encoder->encoding->scan (bytes, end, start, bounds + 1, TK_CHUNK_PIECES, &wide);
      if (n == 0)
        {
          size_t piece_end = tk_piece_end (encoder->encoding, text, end, start);

          if (!tk_merge (encoder, text + start, piece_end - start, sink))
            return false;
          start = piece_end;
          continue;
        }
      if (wide ? !encode_cut (encoder, bytes + start, n, sink) : !encode_chunk (encoder, bytes + start, n, sink))
        return false;
      start += bounds[n];
    }
  return true;
}
