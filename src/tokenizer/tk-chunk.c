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
 *   3. copy the tokens of each piece out, always three at once (AVX-512: those of four pieces), and advance by how many
 *      it has.
 *
 * Between the passes lies one number for each piece, its packed tokens: nothing is looked at twice. The second and
 * third pass wait until the next chunk has had its first, so that what they need is there by then.
 */

#include "tk-chunk-private.h"

#include "tk-error-private.h"
#include "tk-pages-private.h"

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

/* The tokens of a piece that has a record. */
static TkTokens
tokens_of_record (const TkEncoder *encoder,
                  uint32_t         place)
{
  const uint32_t *record = tk_piece_cache_get (&encoder->pieces, place);
  const uint32_t n = record[TK_RECORD_N_TOKENS];
  TkTokens tokens = (TkTokens) n << TK_TOKENS_COUNT_SHIFT;

  if (n > TK_TOKENS_MAX)
    return tk_tokens_of_record (place, n);
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

/* Has the slots of the piece cache fetched that the missing pieces of @chunk are looked up in. */
static void
prefetch_missing (TkEncoder *encoder,
                  TkChunk   *chunk)
{
  const uint32_t *bounds = chunk->bounds;

  for (size_t k = 0; k < chunk->n_missing; k++)
    {
      const unsigned char *p = chunk->base + bounds[chunk->missing[k]];
      size_t length = bounds[chunk->missing[k] + 1] - bounds[chunk->missing[k]];
      TkProbe *probe = &chunk->probes[k];

      if (__builtin_expect (length <= TK_WORD_MAX_LENGTH, 1))
        {
          probe->key = word_key (p, length, encoder->readable_end);
          probe->hash = tk_word_hash (probe->key);
        }
      else
        {
          probe->hash = hash_piece (p, length);
        }
      tk_piece_cache_prefetch (&encoder->pieces, probe->hash);
    }
}

/* Once the slots are there: has the records fetched, or where there is none, the words. Most missing pieces have a
 * record, so that is asked first: two visits to memory instead of three. */
static void
prefetch_records (const TkEncoder *encoder,
                  const TkChunk   *chunk)
{
  const TkTable *table = &encoder->encoding->table;

  for (size_t k = 0; k < chunk->n_missing; k++)
    {
      const uint64_t hash = chunk->probes[k].hash;

      if (!tk_piece_cache_prefetch_record (&encoder->pieces, hash))
        __builtin_prefetch (&table->words[tk_word_bucket (hash, table->n_buckets)]);
    }
}

/* Takes note of the tokens of piece number @i of the chunk. */
static inline void
take_tokens (TkEncoder           *encoder,
             TkChunk             *chunk,
             size_t               i,
             const unsigned char *p,
             size_t               length,
             TkTokens             tokens)
{
  tokens |= length & TK_TOKENS_LENGTH;
  chunk->tokens[i] = tokens;
  remember (encoder, p, length, tokens);
}

/* Finds the tokens of the pieces that are missing. */
static void
find_missing (TkEncoder *encoder,
              TkChunk   *chunk)
{
  const TkTable *table = &encoder->encoding->table;
  const uint32_t *bounds = chunk->bounds;
  TkNewPiece *new_pieces = chunk->new_pieces;
  size_t n_new = 0;

  for (size_t k = 0; k < chunk->n_missing; k++)
    {
      uint32_t i = chunk->missing[k];
      const unsigned char *p = chunk->base + bounds[i];
      uint32_t length = bounds[i + 1] - bounds[i];
      const TkProbe *probe = &chunk->probes[k];
      uint32_t place = tk_piece_cache_find (&encoder->pieces, probe->hash, p, length);
      TkId id;

      if (place != UINT32_MAX)
        {
          take_tokens (encoder, chunk, i, p, length, tokens_of_record (encoder, place));
          continue;
        }
      id = length <= TK_WORD_MAX_LENGTH ? find_word (table, probe->key, probe->hash) : TK_ID_NONE;
      if (id != TK_ID_NONE)
        {
          take_tokens (encoder, chunk, i, p, length,
                       UINT64_C (1) << TK_TOKENS_COUNT_SHIFT | (TkTokens) id << TK_TOKENS_ID_SHIFT);
          continue;
        }
      chunk->new_numbers[n_new] = i;
      new_pieces[n_new++] = (TkNewPiece) { .bytes = p, .hash = probe->hash, .length = length };
    }

  tk_merge_pieces (encoder, new_pieces, n_new);
  for (size_t k = 0; k < n_new; k++)
    take_tokens (encoder, chunk, chunk->new_numbers[k], new_pieces[k].bytes, new_pieces[k].length,
                 tokens_of_record (encoder, new_pieces[k].place));
}

/* All three passes --------------------------------------------------------------------------------------------------*/

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

static size_t
chunk_length (const TkChunk *chunk)
{
  return chunk->bounds[chunk->n] - chunk->bounds[0];
}

/* The second and third pass over the chunk that waits for them, if there is one. */
static bool
finish (TkEncoder *encoder,
        TkSink    *sink)
{
  TkChunk *chunk = encoder->pending;

  encoder->pending = NULL;
  if (chunk == NULL)
    return true;
  find_missing (encoder, chunk);
  return tk_chunk_put (encoder, chunk, sink) &&
         check_progress (encoder, chunk_length (chunk), sink);
}

/* The first pass over @chunk, after which it is the one that waits. The other two follow when the next chunk has had
 * its first: until then what they need from memory is on its way. */
static bool
start_chunk (TkEncoder      *encoder,
             TkChunk        *chunk,
             const uint32_t *asked,
             size_t          n_asked,
             TkSink         *sink)
{
  const TkChunk *pending = encoder->pending;
  size_t n_pieces = chunk->n + (pending != NULL ? pending->n : 0);
  size_t n_bytes = chunk_length (chunk) + (pending != NULL ? chunk_length (pending) : 0);

  /* Places in the cache are remembered in the fronts and in the chunk that waits. */
  if (tk_piece_cache_is_full (&encoder->pieces, n_pieces, n_bytes) && !finish (encoder, sink))
    return false;
  if (tk_piece_cache_reserve (&encoder->pieces, n_pieces, n_bytes))
    tk_fronts_forget (&encoder->fronts);
  tk_fronts_adapt (&encoder->fronts);

  encoder->encoding->look_up (&encoder->fronts, chunk, asked, n_asked, encoder->readable_end);
  encoder->fronts.n_looked += asked != NULL ? n_asked : chunk->n;
  encoder->fronts.n_missing += chunk->n_missing;
  prefetch_missing (encoder, chunk);
  if (!finish (encoder, sink))
    return false;
  prefetch_records (encoder, chunk);
  encoder->pending = chunk;
  return true;
}

static TkChunk *
next_chunk (TkEncoder *encoder)
{
  return &encoder->chunks[encoder->pending == encoder->chunks];
}

/* Starts all chunks that the @n pieces between @pieces make when they are cut where that is better. */
static bool
start_cut (TkEncoder           *encoder,
           const unsigned char *base,
           const uint32_t      *pieces,
           size_t               n,
           TkSink              *sink)
{
  TkCut cut = { .n_pieces = n };

  while (cut.piece < n)
    {
      TkChunk *chunk = next_chunk (encoder);

      chunk->base = base;
      tk_chunk_cut (encoder, chunk, pieces, &cut);
      if (!start_chunk (encoder, chunk, chunk->asked, cut.n_asked, sink))
        return false;
    }
  return true;
}

static bool
encode_pieces (TkEncoder           *encoder,
               const unsigned char *text,
               size_t               start,
               size_t               end,
               TkSink              *sink)
{
  while (start < end)
    {
      TkChunk *chunk = next_chunk (encoder);
      bool wide;

      chunk->base = text + start;
      chunk->bounds = chunk->pieces;
      chunk->pieces[0] = 0;
      chunk->n = encoder->encoding->scan (text, end, start, chunk->pieces + 1, TK_CHUNK_PIECES, &wide,
                                           encoder->cancelled);
      if (chunk->n == 0)
        {
          size_t piece_end = encoder->encoding->piece_end (text, end, start, encoder->cancelled);

          if (piece_end == TK_PIECE_CANCELLED)
            {
              sink->code = TK_ERROR_CANCELLED;
              return false;
            }
          if (!finish (encoder, sink) ||
              !tk_merge (encoder, (const char *) text + start, piece_end - start, sink))
            return false;
          start = piece_end;
          continue;
        }
      start += chunk->pieces[chunk->n];
      if (wide ? !start_cut (encoder, chunk->base, chunk->pieces, chunk->n, sink)
               : !start_chunk (encoder, chunk, NULL, 0, sink))
        return false;
    }
  return finish (encoder, sink);
}

bool
tk_encode_pieces (TkEncoder  *encoder,
                  const char *text,
                  size_t      length,
                  size_t      start,
                  size_t      end,
                  TkSink     *sink)
{
  if (encoder->chunks == NULL)
    {
      encoder->chunks = tk_realloc (NULL, 2, sizeof *encoder->chunks);
      tk_pages_prepare (encoder->chunks, 2 * sizeof *encoder->chunks, 2 * sizeof *encoder->chunks);
      tk_fronts_init (&encoder->fronts);
    }
  encoder->readable_end = (const unsigned char *) text + length;
  encoder->pending = NULL;
  return encode_pieces (encoder, (const unsigned char *) text, start, end, sink);
}
