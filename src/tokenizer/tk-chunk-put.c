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
merge_piece (TkEncoder           *encoder,
             const unsigned char *base,
             const uint32_t      *bounds,
             size_t               piece,
             TkSink              *sink)
{
  return tk_merge (encoder, (const char *) base + bounds[piece], bounds[piece + 1] - bounds[piece], sink);
}

static bool
count (TkEncoder           *encoder,
       const unsigned char *base,
       const uint32_t      *bounds,
       size_t               n,
       TkSink              *sink)
{
  const TkTokens *tokens = encoder->chunk->tokens;
  size_t sum = 0;

  for (size_t i = 0; i < n; i++)
    {
      unsigned several = tk_tokens_count (tokens[i]);

      sum += several;
      if (__builtin_expect (several == 0, 0))
        {
          if (tk_tokens_record (tokens[i]) != TK_TOKENS_NO_RECORD)
            sum += tk_tokens_record_count (tokens[i]);
          else if (!merge_piece (encoder, base, bounds, i, sink))
            return false;
        }
    }
  sink->n += sum;
  return true;
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

/* Where there is room for as many tokens as bytes and three more. */
static inline __attribute__ ((always_inline)) bool
put (TkEncoder           *encoder,
     const unsigned char *base,
     const uint32_t      *bounds,
     size_t               n,
     TkSink              *sink,
     bool                 with_lengths)
{
  const TkTokens *tokens = encoder->chunk->tokens;
  TkId *ids = sink->ids;
  size_t at = sink->n;

  for (size_t i = 0; i < n; i++)
    {
      size_t several = tk_tokens_count (tokens[i]);

      if (__builtin_expect (several != 0, 1))
        {
          /* All three, and, harmlessly, over what the next piece overwrites. */
          for (unsigned k = 0; k < TK_TOKENS_MAX; k++)
            ids[at + k] = tk_tokens_id (tokens[i], k);
        }
      else
        {
          const uint32_t *record = record_of (encoder, tokens[i], &several);

          if (record == NULL)
            {
              sink->n = at;
              if (!merge_piece (encoder, base, bounds, i, sink))
                return false;
              at = sink->n;
              continue;
            }
          memcpy (ids + at, record, several * sizeof *ids);
        }
      if (with_lengths)
        put_lengths (&encoder->encoding->table, ids + at, several, bounds[i + 1] - bounds[i], sink->lengths + at);
      at += several;
    }
  sink->n = at;
  return true;
}

/* The same by way of tk_sink_put(), where the array may be too small for stores beyond the end. */
static bool
put_slowly (TkEncoder           *encoder,
            const unsigned char *base,
            const uint32_t      *bounds,
            size_t               n,
            TkSink              *sink)
{
  const TkTable *table = &encoder->encoding->table;

  for (size_t i = 0; i < n; i++)
    {
      TkTokens tokens = encoder->chunk->tokens[i];
      TkId three[TK_TOKENS_MAX];
      const TkId *ids = three;
      size_t several = tk_tokens_count (tokens);

      for (unsigned k = 0; k < TK_TOKENS_MAX; k++)
        three[k] = tk_tokens_id (tokens, k);
      if (several == 0)
        ids = record_of (encoder, tokens, &several);
      if (ids == NULL && !merge_piece (encoder, base, bounds, i, sink))
        return false;
      for (size_t k = 0; ids != NULL && k < several; k++)
        if (!tk_sink_put (sink, ids[k], tk_table_token_length (table, ids[k])))
          return false;
    }
  return true;
}

bool
tk_chunk_put (TkEncoder           *encoder,
              const unsigned char *base,
              const uint32_t      *bounds,
              size_t               n,
              TkSink              *sink)
{
  const size_t room = bounds[n] - bounds[0] + (size_t) TK_TOKENS_MAX;

  if (sink->ids == NULL)
    return count (encoder, base, bounds, n, sink);
  if (sink->func != NULL && sink->capacity - sink->n < room && !tk_sink_flush (sink))
    return false;
  if (sink->capacity - sink->n < room)
    return put_slowly (encoder, base, bounds, n, sink);
  if (sink->lengths != NULL)
    return put (encoder, base, bounds, n, sink, true);
  return put (encoder, base, bounds, n, sink, false);
}
