/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From pieces to tokens, some hundred pieces at a time.
 *
 * Nearly every piece is a word that came up before. What such a word costs is what decides the speed, and most of that
 * is waiting for memory and for branches that were guessed wrong. So a chunk of pieces goes through three passes that
 * have neither:
 *
 *   1. make the key of each piece and have its place in a small table of recent words (the front) fetched; then compare
 *      all with their places and note those that are not there, without a branch;
 *   2. look the noted ones up in the table file's words or the piece cache, for which they were prefetched, or merge
 *   them;
 *   3. copy each word's tokens out, always three at once, and advance by how many it has.
 *
 * The front is direct-mapped and small enough for a second-level cache, which the table file's words are not.
 */

#include "tk-chunk-private.h"

#include "tk-characters-private.h"
#include "tk-error-private.h"
#include "tk-pages-private.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK TK_CHUNK_PIECES

/* The key of a word whose 16 bytes may reach beyond what can be read. */
static TkWordKey
key_near_end (const unsigned char *p,
              size_t               length)
{
  unsigned char bytes[TK_WORD_BYTES] = { 0 };

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

/* The record of a piece that is no single-token word. */
static uint32_t
find_or_merge (TkEncoder           *encoder,
               uint64_t             hash,
               const unsigned char *p,
               size_t               length)
{
  uint32_t place = tk_piece_cache_find (&encoder->pieces, hash, p, length);
  TkId ids[TK_PIECE_MAX_LENGTH];

  if (place != UINT32_MAX)
    return place;
  return tk_piece_cache_add (&encoder->pieces, hash, p, length, ids, tk_merge_piece (encoder, p, length, ids));
}

static void
resolve_word (TkEncoder           *encoder,
              TkWordKey            key,
              uint64_t             hash,
              const unsigned char *p,
              size_t               length,
              TkWord              *word)
{
  const TkTable *table = &encoder->encoding->table;
  TkId id = find_word (table, key, hash);
  const uint32_t *record;
  uint32_t place, n;

  word->key = key;
  if (id != TK_ID_NONE)
    {
      word->ids[0] = id;
      word->meta = tk_word_meta (1, (uint32_t) length, 0, 0);
      return;
    }

  place = find_or_merge (encoder, hash, p, length);
  record = tk_piece_cache_get (&encoder->pieces, place);
  n = record[TK_RECORD_N_TOKENS];
  if (n <= TK_WORD_TOKENS)
    {
      uint32_t lengths[TK_WORD_TOKENS] = { 0 };

      for (uint32_t i = 0; i < n; i++)
        {
          word->ids[i] = record[TK_RECORD_TOKENS + i];
          lengths[i] = tk_table_token_length (table, word->ids[i]);
        }
      word->meta = tk_word_meta (n, lengths[0], lengths[1], lengths[2]);
    }
  else
    {
      word->ids[0] = place;
      word->meta = 0;
    }
}

/* The first half of pass 1 for pieces [first, n): fills chunk->probes and asks for the places in the front that they
 * will be compared with. Returns where it came to: a piece too long to be remembered, or @n. Everything is in local
 * variables, because the compiler must take every store for one to the encoder. */
static inline size_t
make_probes (const TkEncoder     *encoder,
             const unsigned char *base,
             size_t               first,
             size_t               n)
{
  const TkWord *front = encoder->front;
  const unsigned shift = encoder->front_shift;
  const unsigned char *readable_end = encoder->readable_end;
  const uint32_t *bounds = encoder->chunk->bounds;
  TkProbe *probes = encoder->chunk->probes;
  size_t start = bounds[first];
  size_t i;

  for (i = first; i < n; i++)
    {
      const unsigned char *p = base + start;
      size_t length = bounds[i + 1] - start;

      start = bounds[i + 1];
      if (__builtin_expect (length <= TK_WORD_MAX_LENGTH, 1))
        {
          TkWordKey key = __builtin_expect (readable_end - p >= TK_WORD_BYTES, 1) ? tk_word_key (p, length)
                                                                                  : key_near_end (p, length);

          probes[i].key = key;
          probes[i].hash = tk_word_hash (key);
          __builtin_prefetch (&front[probes[i].hash >> shift]);
        }
      else if (length <= TK_PIECE_MAX_LENGTH)
        {
          probes[i].key = (TkWordKey) { 1, 0 };
          probes[i].hash = hash_piece (p, length);
          tk_piece_cache_prefetch (&encoder->pieces, probes[i].hash);
        }
      else
        {
          break;
        }
    }
  return i;
}

/* The second half of pass 1: fills chunk->words and notes the missing ones. */
static inline void
look_into_front (const TkEncoder *encoder,
                 size_t           first,
                 size_t           n)
{
  TkChunk *chunk = encoder->chunk;
  const TkWord *front = encoder->front;
  const unsigned shift = encoder->front_shift;
  const TkProbe *probes = chunk->probes;
  const TkWord **words = chunk->words;
  uint32_t *missing = chunk->missing;

  for (size_t i = first; i < n; i++)
    {
      const TkWord *word = &front[probes[i].hash >> shift];

      words[i] = word;
      *missing = (uint32_t) i;
      missing += ((word->key.low ^ probes[i].key.low) | (word->key.high ^ probes[i].key.high)) != 0;
    }
  chunk->n_missing = (size_t) (missing - chunk->missing);
}

/* Pass 2: finds the words of the pieces that pass 1 noted. */
static inline void
find_missing (TkEncoder           *encoder,
              const unsigned char *base)
{
  TkChunk *chunk = encoder->chunk;
  const TkTable *table = &encoder->encoding->table;

  for (size_t i = 0; i < chunk->n_missing; i++)
    {
      uint64_t hash = chunk->probes[chunk->missing[i]].hash;

      __builtin_prefetch (&table->words[tk_word_bucket (hash, table->n_buckets)]);
      tk_piece_cache_prefetch (&encoder->pieces, hash);
    }
  for (size_t i = 0; i < chunk->n_missing; i++)
    tk_piece_cache_prefetch_record (&encoder->pieces, chunk->probes[chunk->missing[i]].hash);
  for (size_t i = 0; i < chunk->n_missing; i++)
    {
      uint32_t piece = chunk->missing[i];
      const TkProbe *probe = &chunk->probes[piece];
      size_t start = chunk->bounds[piece];
      size_t length = chunk->bounds[piece + 1] - start;
      TkWord *word = &chunk->found[i];

      if (length <= TK_WORD_MAX_LENGTH)
        {
          resolve_word (encoder, probe->key, probe->hash, base + start, length, word);
        }
      else
        {
          word->ids[0] = find_or_merge (encoder, probe->hash, base + start, length);
          word->meta = 0;
          word->key.high = 0;
        }
      chunk->words[piece] = word;
    }
}

/* After pass 3, since until then words of the same chunk point into the front. */
static void
remember_found (TkEncoder *encoder)
{
  const TkChunk *chunk = encoder->chunk;

  for (size_t i = 0; i < chunk->n_missing; i++)
    if (chunk->found[i].key.high != 0)
      encoder->front[chunk->probes[chunk->missing[i]].hash >> encoder->front_shift] = chunk->found[i];
}

/* Pass 3 ----------------------------------------------------------------------------------------------------------- */

static size_t
count_words (const TkEncoder *encoder,
             size_t           first,
             size_t           n)
{
  const TkChunk *chunk = encoder->chunk;
  size_t sum = 0;

  for (size_t i = first; i < n; i++)
    {
      const TkWord *word = chunk->words[i];
      unsigned count = tk_word_count (word);

      if (__builtin_expect (count == 0, 0))
        count = tk_piece_cache_get (&encoder->pieces, word->ids[0])[TK_RECORD_N_TOKENS];
      sum += count;
    }
  return sum;
}

static inline size_t
put_words (const TkEncoder *encoder,
           size_t           first,
           size_t           n,
           TkId            *ids,
           uint32_t        *lengths)
{
  const TkChunk *chunk = encoder->chunk;
  const TkTable *table = &encoder->encoding->table;
  size_t at = 0;

  for (size_t i = first; i < n; i++)
    {
      const TkWord *word = chunk->words[i];
      unsigned count = tk_word_count (word);

      if (__builtin_expect (count != 0, 1))
        {
          /* One store for all three and, harmlessly, for what the next word overwrites. */
          memcpy (ids + at, word->ids, 4 * sizeof *ids);
          if (lengths != NULL)
            for (unsigned k = 0; k < TK_WORD_TOKENS; k++)
              lengths[at + k] = tk_word_length (word, k);
        }
      else
        {
          const uint32_t *record = tk_piece_cache_get (&encoder->pieces, word->ids[0]);

          count = record[TK_RECORD_N_TOKENS];
          memcpy (ids + at, record + TK_RECORD_TOKENS, count * sizeof *ids);
          if (lengths != NULL)
            for (unsigned k = 0; k < count; k++)
              lengths[at + k] = tk_table_token_length (table, ids[at + k]);
        }
      at += count;
    }
  return at;
}

/* The same by way of tk_sink_put(), where the array may be too small for stores beyond the end. */
static bool
put_words_slowly (const TkEncoder *encoder,
                  size_t           first,
                  size_t           n,
                  TkSink          *sink)
{
  const TkChunk *chunk = encoder->chunk;
  const TkTable *table = &encoder->encoding->table;

  for (size_t i = first; i < n; i++)
    {
      const TkWord *word = chunk->words[i];
      const TkId *ids = word->ids;
      unsigned count = tk_word_count (word);

      if (count == 0)
        {
          const uint32_t *record = tk_piece_cache_get (&encoder->pieces, word->ids[0]);

          ids = record + TK_RECORD_TOKENS;
          count = record[TK_RECORD_N_TOKENS];
        }
      for (unsigned k = 0; k < count; k++)
        if (!tk_sink_put (sink, ids[k], tk_table_token_length (table, ids[k])))
          return false;
    }
  return true;
}

static bool
put (const TkEncoder *encoder,
     size_t           first,
     size_t           n,
     size_t           n_bytes,
     TkSink          *sink)
{
  if (sink->ids == NULL)
    {
      sink->n += count_words (encoder, first, n);
      return true;
    }
  if (sink->func != NULL && sink->capacity - sink->n < n_bytes + 4 && !tk_sink_flush (sink))
    return false;
  if (sink->capacity - sink->n < n_bytes + 4)
    return put_words_slowly (encoder, first, n, sink);
  if (sink->lengths != NULL)
    sink->n += put_words (encoder, first, n, sink->ids + sink->n, sink->lengths + sink->n);
  else
    sink->n += put_words (encoder, first, n, sink->ids + sink->n, NULL);
  return true;
}

/* Encodes the @n pieces between chunk->bounds, which count from @base. */
static bool
encode_chunk (TkEncoder           *encoder,
              const unsigned char *base,
              size_t               n,
              TkSink              *sink)
{
  const uint32_t *bounds = encoder->chunk->bounds;

  for (size_t first = 0; first < n; )
    {
      size_t end = make_probes (encoder, base, first, n);

      look_into_front (encoder, first, end);
      find_missing (encoder, base);
      if (end > first && !put (encoder, first, end, bounds[end] - bounds[first], sink))
        return false;
      remember_found (encoder);
      if (end < n)
        {
          if (!tk_merge (encoder, (const char *) base + bounds[end], bounds[end + 1] - bounds[end], sink))
            return false;
          end++;
        }
      first = end;
    }
  return true;
}

/* Cutting ---------------------------------------------------------------------------------------------------------- */

/* Whether a piece is better cut where no token can cross than looked up: clauses of Chinese and Japanese, which seldom
 * come twice, and long words of the other scripts whose characters take three bytes. */
static inline bool
is_to_be_cut (const unsigned char *p,
              size_t               length)
{
  unsigned char lead = p[0];

  if (__builtin_expect (length <= 6, 1))
    return false;
  if (lead < 0x80)
    lead = p[1];
  return lead >= 0xe0 && lead < 0xf0 && (length > TK_WORD_MAX_LENGTH || (lead >= 0xe3 && lead <= 0xe9));
}

/* Adds the bounds of the parts of base[start..end) to the chunk until it is full. Returns where it came to. */
static uint32_t
cut_piece (TkEncoder           *encoder,
           const unsigned char *base,
           uint32_t             start,
           uint32_t             end,
           size_t              *n)
{
  const TkTable *table = &encoder->encoding->table;
  uint32_t *bounds = encoder->chunk->bounds;
  uint32_t pos = start;
  uint32_t last_code = 0;
  TkCharacter last = 0;

  while (pos < end)
    {
      unsigned size = tk_character_length (base[pos]);
      uint32_t code = tk_character_decode (base + pos, size);
      TkCharacter entry = code < TK_N_CHARACTERS ? table->characters[code] : TK_CHARACTER_UNKNOWN;

      if (pos > bounds[*n] && !tk_boundary_is_open (table->boundaries, last_code, last, code, entry))
        {
          bounds[++*n] = pos;
          if (*n == CHUNK)
            return pos;
        }
      last_code = code;
      last = entry;
      pos += size;
    }
  bounds[++*n] = end;
  return end;
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

/* A large array fresh from malloc() has no memory behind it yet. */
static void
prepare_sink (TkSink *sink,
              size_t  n_bytes)
{
  size_t left = sink->capacity - sink->n;

  if (sink->ids == NULL || sink->func != NULL || sink->is_prepared)
    return;
  sink->is_prepared = true;
  if (left > n_bytes)
    left = n_bytes;
  /* Four bytes a token is what most texts have. */
  tk_pages_prepare (sink->ids + sink->n, left * sizeof *sink->ids, left / 4 * sizeof *sink->ids);
  if (sink->lengths != NULL)
    tk_pages_prepare (sink->lengths + sink->n, left * sizeof *sink->lengths, left / 4 * sizeof *sink->lengths);
}

static void
new_front (TkEncoder *encoder,
           unsigned   bits)
{
  tk_pages_free (encoder->front, tk_front_size (encoder));
  encoder->front = tk_pages_allocate (sizeof *encoder->front << bits);
  encoder->front_shift = 64 - bits;
  encoder->n_pieces = 0;
  encoder->n_missing = 0;
}

/* Called between chunks, when nothing points into the front. A text of many languages has more words than a small front
 * can hold; then a larger one serves it better, though it does not fit the second-level cache. */
static void
prepare (TkEncoder *encoder)
{
  const unsigned bits = 64 - encoder->front_shift;

  encoder->n_pieces += CHUNK;
  encoder->n_missing += encoder->chunk->n_missing;
  if (encoder->n_pieces >> bits >= 4)
    {
      if (bits < TK_FRONT_MAX_BITS && encoder->n_missing > encoder->n_pieces / 8)
        {
          new_front (encoder, bits + 1);
        }
      else
        {
          encoder->n_pieces = 0;
          encoder->n_missing = 0;
        }
    }
  /* Places in the cache are remembered in the front, too. */
  if (tk_piece_cache_reserve (&encoder->pieces, CHUNK))
    memset (encoder->front, 0, (sizeof *encoder->front) << (64 - encoder->front_shift));
}

/* Encodes the @n pieces between chunk->bounds, cut where that is better. */
static bool
encode_cut (TkEncoder           *encoder,
                const unsigned char *base,
                size_t               n,
                TkSink              *sink)
{
  TkChunk *chunk = encoder->chunk;
  uint32_t pos = 0;

  memcpy (chunk->ends, chunk->bounds + 1, n * sizeof *chunk->ends);
  for (size_t i = 0; i < n; )
    {
      size_t n_bounds = 0;

      chunk->bounds[0] = pos;
      while (i < n && n_bounds < CHUNK)
        {
          if (__builtin_expect (is_to_be_cut (base + pos, chunk->ends[i] - pos), 0))
            pos = cut_piece (encoder, base, pos, chunk->ends[i], &n_bounds);
          else
            chunk->bounds[++n_bounds] = pos = chunk->ends[i];
          i += pos == chunk->ends[i];
        }
      prepare (encoder);
      if (!encode_chunk (encoder, base, n_bounds, sink) || !check_progress (encoder, pos - chunk->bounds[0], sink))
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
      encoder->chunk->n_missing = 0;
      new_front (encoder, TK_FRONT_BITS);
    }
  encoder->readable_end = bytes + length;
  bounds = encoder->chunk->bounds;
  prepare_sink (sink, end - start);
  while (start < end)
    {
      size_t n;
      bool ascii;
      uint32_t distance;

      bounds[0] = 0;
      n = encoder->encoding->scan (bytes, end, start, bounds + 1, CHUNK - TK_SCAN_SLACK, &ascii);
      if (n == 0)
        {
          size_t piece_end = tk_piece_end (encoder->encoding, text, end, start);

          if (!tk_merge (encoder, text + start, piece_end - start, sink))
            return false;
          start = piece_end;
          continue;
        }
      distance = bounds[n];
      prepare (encoder);
      if (ascii ? !encode_chunk (encoder, bytes + start, n, sink) || !check_progress (encoder, distance, sink)
                : !encode_cut (encoder, bytes + start, n, sink))
        return false;
      start += distance;
    }
  return true;
}
