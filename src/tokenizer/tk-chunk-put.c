/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last of the passes over a chunk: from packed tokens to ids, lengths, or their number. */

#include "tk-chunk-private.h"

#include <string.h>

/* A piece of more tokens than three. Returns its tokens, or NULL if it has no record. */
static inline const uint32_t *
record_of (const TkEncoder *encoder,
           TkTokens         tokens,
           size_t          *n)
{
  uint32_t place = tk_tokens_record (tokens);
  const uint32_t *record;

  if (place == TK_TOKENS_NO_RECORD)
    return NULL;
  record = tk_piece_cache_get (&encoder->pieces, place);
  *n = record[TK_RECORD_N_TOKENS];
  return record + TK_RECORD_TOKENS;
}

static bool
merge_piece (TkEncoder     *encoder,
             const TkChunk *chunk,
             size_t         piece,
             TkSink        *sink)
{
  const uint32_t *bounds = chunk->bounds;

  return tk_merge (encoder, (const char *) chunk->base + bounds[piece], bounds[piece + 1] - bounds[piece], sink);
}

size_t
tk_tally_portable (const TkTokens *tokens,
                   size_t          n,
                   bool           *all_known)
{
  size_t sum = 0;

  *all_known = true;
  for (size_t i = 0; i < n; i++)
    {
      unsigned several = tk_tokens_count (tokens[i]);

      sum += several;
      if (__builtin_expect (several == 0, 0))
        {
          sum += tk_tokens_record_count (tokens[i]);
          *all_known &= tk_tokens_record (tokens[i]) != TK_TOKENS_NO_RECORD;
        }
    }
  return sum;
}

TkTallyFunc
tk_tally_func (TkCpu cpu)
{
#ifdef __x86_64__
  if (cpu >= TK_CPU_AVX512)
    return tk_tally_avx512;
#endif
  return tk_tally_portable;
}

static bool
is_unknown (TkTokens tokens)
{
  return tk_tokens_count (tokens) == 0 && tk_tokens_record (tokens) == TK_TOKENS_NO_RECORD;
}

static bool
count (TkEncoder     *encoder,
       const TkChunk *chunk,
       TkSink        *sink)
{
  bool all_known;

  sink->n += encoder->encoding->tally (chunk->tokens, chunk->n, &all_known);
  for (size_t i = 0; !all_known && i < chunk->n; i++)
    if (is_unknown (chunk->tokens[i]) && !merge_piece (encoder, chunk, i, sink))
      return false;
  return true;
}

/* Whether the tokens can be written to the arrays in the quick way, which needs a little room behind them. */
static bool
has_room (const TkEncoder *encoder,
          const TkChunk   *chunk,
          const TkSink    *sink)
{
  size_t left = sink->capacity - sink->n;
  bool all_known;
  size_t n;

  /* Seldom are there as many tokens as bytes, but this costs nothing to find out. */
  if (left >= chunk->bounds[chunk->n] - chunk->bounds[0] + (size_t) TK_PUT_SLACK)
    return true;
  n = encoder->encoding->tally (chunk->tokens, chunk->n, &all_known);
  for (size_t i = 0; !all_known && i < chunk->n; i++)
    if (is_unknown (chunk->tokens[i]))
      n += chunk->bounds[i + 1] - chunk->bounds[i];
  return left >= n + TK_PUT_SLACK;
}

/* The lengths of the tokens of one piece. All but the last are looked up. */
static inline void
put_lengths (const TkTable *table,
             const TkId    *ids,
             size_t         n,
             uint32_t       length,
             uint32_t      *lengths)
{
  for (size_t k = 0; k + 1 < n; k++)
    {
      lengths[k] = tk_table_token_length (table, ids[k]);
      length -= lengths[k];
    }
  lengths[n - 1] = length;
}

size_t
tk_put_portable (const TkTokens *tokens,
                 size_t          first,
                 size_t          n,
                 TkId           *ids,
                 size_t         *n_ids)
{
  size_t at = 0;
  size_t i;

  for (i = first; i < n; i++)
    {
      size_t several = tk_tokens_count (tokens[i]);

      if (__builtin_expect (several == 0, 0))
        break;
      /* All three, and, harmlessly, over what the next piece overwrites. */
      for (unsigned k = 0; k < TK_TOKENS_MAX; k++)
        ids[at + k] = tk_tokens_id (tokens[i], k);
      at += several;
    }
  *n_ids = at;
  return i;
}

TkPutFunc
tk_put_func (TkCpu cpu)
{
#ifdef __x86_64__
  if (cpu >= TK_CPU_AVX512)
    return tk_put_avx512;
#endif
  return tk_put_portable;
}

/* The lengths of the tokens of pieces [first, end), whose ids are there. */
static void
put_all_lengths (const TkTable *table,
                 const TkChunk *chunk,
                 size_t         first,
                 size_t         end,
                 const TkId    *ids,
                 uint32_t      *lengths)
{
  size_t at = 0;

  for (size_t i = first; i < end; i++)
    {
      size_t several = tk_tokens_count (chunk->tokens[i]);

      put_lengths (table, ids + at, several, chunk->bounds[i + 1] - chunk->bounds[i], lengths + at);
      at += several;
    }
}

/* Where there is room for the tokens of the chunk and TK_PUT_SLACK more. */
static bool
put (TkEncoder     *encoder,
     const TkChunk *chunk,
     TkSink        *sink)
{
  const TkTable *table = &encoder->encoding->table;

  for (size_t i = 0; i < chunk->n; i++)
    {
      size_t first = i;
      size_t n;
      const uint32_t *record;

      i = encoder->encoding->put (chunk->tokens, first, chunk->n, sink->ids + sink->n, &n);
      if (sink->lengths != NULL)
        put_all_lengths (table, chunk, first, i, sink->ids + sink->n, sink->lengths + sink->n);
      sink->n += n;
      if (i == chunk->n)
        break;
      record = record_of (encoder, chunk->tokens[i], &n);
      if (record != NULL)
        {
          memcpy (sink->ids + sink->n, record, n * sizeof *record);
          if (sink->lengths != NULL)
            put_lengths (table, record, n, chunk->bounds[i + 1] - chunk->bounds[i], sink->lengths + sink->n);
          sink->n += n;
        }
      else if (!merge_piece (encoder, chunk, i, sink))
        {
          return false;
        }
    }
  return true;
}

/* The same by way of tk_sink_put(), where the array may be too small for stores beyond the end. */
static bool
put_slowly (TkEncoder     *encoder,
            const TkChunk *chunk,
            TkSink        *sink)
{
  const TkTable *table = &encoder->encoding->table;

  for (size_t i = 0; i < chunk->n; i++)
    {
      TkTokens tokens = chunk->tokens[i];
      TkId three[TK_TOKENS_MAX];
      const TkId *ids = three;
      size_t several = tk_tokens_count (tokens);

      for (unsigned k = 0; k < TK_TOKENS_MAX; k++)
        three[k] = tk_tokens_id (tokens, k);
      if (several == 0)
        ids = record_of (encoder, tokens, &several);
      if (ids == NULL && !merge_piece (encoder, chunk, i, sink))
        return false;
      for (size_t k = 0; ids != NULL && k < several; k++)
        if (!tk_sink_put (sink, ids[k], tk_table_token_length (table, ids[k])))
          return false;
    }
  return true;
}

bool
tk_chunk_put (TkEncoder *encoder,
              TkChunk   *chunk,
              TkSink    *sink)
{
  if (sink->ids == NULL)
    return count (encoder, chunk, sink);
  if (sink->func != NULL && !has_room (encoder, chunk, sink) && !tk_sink_flush (sink))
    return false;
  if (!has_room (encoder, chunk, sink))
    return put_slowly (encoder, chunk, sink);
  return put (encoder, chunk, sink);
}
