/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-chunk-private.h"

#include "tk-error-private.h"
#include "tk-pages-private.h"

#include <stdlib.h>
#include <string.h>

/* Tokens handed to a TkTokensFunc at a time. */
#define TOKENS_PER_CALL 4096

static const TkOptions default_options = { .special = TK_SPECIAL_AS_TEXT };

bool
tk_is_cancelled (const TkEncoder *encoder)
{
  return encoder->cancelled != NULL && atomic_load_explicit (encoder->cancelled, memory_order_relaxed);
}

/* The sink --------------------------------------------------------------------------------------------------------- */

bool
tk_sink_flush (TkSink *sink)
{
  if (sink->n > 0 && !sink->func (sink->ids, sink->lengths, sink->n, sink->user_data))
    {
      sink->code = TK_ERROR_CANCELLED;
      return false;
    }
  sink->n = 0;
  return true;
}

bool
tk_sink_put (TkSink   *sink,
             TkId      id,
             uint32_t  length)
{
  if (sink->ids != NULL)
    {
      if (sink->n == sink->capacity)
        {
          if (sink->func == NULL)
            {
              sink->code = TK_ERROR_NO_SPACE;
              return false;
            }
          if (!tk_sink_flush (sink))
            return false;
        }
      sink->ids[sink->n] = id;
      if (sink->lengths != NULL)
        sink->lengths[sink->n] = length;
    }
  sink->n++;
  return true;
}

bool
tk_sink_put_all (TkSink        *sink,
                 const TkTable *table,
                 const TkId    *ids,
                 size_t         n)
{
  if (sink->ids != NULL && (sink->lengths != NULL || sink->capacity - sink->n < n))
    {
      for (size_t i = 0; i < n; i++)
        if (!tk_sink_put (sink, ids[i], tk_table_token_length (table, ids[i])))
          return false;
      return true;
    }
  if (sink->ids != NULL)
    memcpy (sink->ids + sink->n, ids, n * sizeof *ids);
  sink->n += n;
  return true;
}

/* Before @n_bytes of text: a large array fresh from malloc() has no memory behind it yet. */
static void
prepare_sink (TkSink *sink,
              size_t  n_bytes)
{
  size_t n = sink->capacity < n_bytes ? sink->capacity : n_bytes;

  if (sink->ids == NULL || sink->func != NULL)
    return;
  /* Four bytes a token is what most texts have. */
  tk_pages_prepare (sink->ids, n * sizeof *sink->ids, n / 4 * sizeof *sink->ids);
  if (sink->lengths != NULL)
    tk_pages_prepare (sink->lengths, n * sizeof *sink->lengths, n / 4 * sizeof *sink->lengths);
}

/* The encoder ------------------------------------------------------------------------------------------------------ */

TkEncoder *
tk_encoder_new (const TkEncoding *encoding)
{
  TkEncoder *encoder = tk_realloc (NULL, 1, sizeof *encoder);

  memset (encoder, 0, sizeof *encoder);
  encoder->encoding = encoding;
  return encoder;
}

void
tk_encoder_free (TkEncoder *encoder)
{
  if (encoder == NULL)
    return;
  free (encoder->shorts);
  tk_pages_free (encoder->stack, encoder->stack_size * sizeof *encoder->stack);
  free (encoder->dead);
  free (encoder->neighbours);
  if (encoder->chunks != NULL)
    tk_fronts_clear (&encoder->fronts);
  free (encoder->chunks);
  tk_piece_cache_clear (&encoder->pieces);
  free (encoder);
}

static bool
check_text (TkEncoder  *encoder,
            const char *text,
            size_t      length,
            TkError    *error)
{
  size_t pos = 0;

  while (pos < length)
    {
      size_t n = length - pos < TK_BYTES_PER_CHECK ? length - pos : TK_BYTES_PER_CHECK;
      size_t good = tk_utf8_check (text + pos, n);

      if (tk_is_cancelled (encoder))
        return tk_fail (error, TK_ERROR_CANCELLED, pos, "Cancelled");
      /* The cut may have gone through a character; then the check goes on from its start. */
      if (good < n && (good + 3 < n || n == length - pos))
        return tk_fail (error, TK_ERROR_INVALID_UTF8, pos + good, "The text is not UTF-8 at byte %zu", pos + good);
      pos += good;
    }
  return true;
}

static bool
is_parsed (const TkOptions *options,
           TkId             id)
{
  for (size_t i = 0; i < options->n_parsed; i++)
    if (options->parsed[i] == id)
      return true;
  return false;
}

/* The first special token from @start on that is to be parsed (or, @parsed false, the first that is not). */
static const TkSpecial *
find_special (const TkEncoder *encoder,
              const char      *text,
              size_t           length,
              size_t           start,
              const TkOptions *options,
              bool             parsed,
              size_t          *position)
{
  const TkSpecial *special;

  while ((special = tk_specials_find (&encoder->encoding->specials, text, length, start, position)) != NULL)
    {
      if ((options->special == TK_SPECIAL_PARSE || is_parsed (options, special->id)) == parsed)
        return special;
      /* They do not overlap each other. */
      start = *position + special->length;
    }
  *position = length;
  return NULL;
}

static bool
encode_with_special (TkEncoder       *encoder,
                     const char      *text,
                     size_t           length,
                     const TkOptions *options,
                     TkSink          *sink)
{
  size_t start = 0;

  while (start < length)
    {
      size_t position;
      const TkSpecial *special = find_special (encoder, text, length, start, options, true, &position);

      if (!tk_encode_pieces (encoder, text, length, start, position, sink))
        return false;
      if (special == NULL)
        break;
      if (!tk_sink_put (sink, special->id, special->length))
        return false;
      start = position + special->length;
    }
  return true;
}

static bool
encode (TkEncoder       *encoder,
        const char      *text,
        size_t           length,
        const TkOptions *options,
        TkSink          *sink,
        TkError         *error)
{
  const TkOptions *use = options != NULL ? options : &default_options;
  bool ok;

  encoder->cancelled = use->cancelled;
  encoder->since_check = 0;
  if (!check_text (encoder, text, length, error))
    return false;
  if (use->special == TK_SPECIAL_REFUSE)
    {
      size_t position;
      const TkSpecial *special = find_special (encoder, text, length, 0, use, false, &position);

      if (special != NULL)
        return tk_fail (error, TK_ERROR_SPECIAL_TOKEN, position, "The text holds the special token %s at byte %zu",
                        special->spelling, position);
    }

  prepare_sink (sink, length);
  if (use->special == TK_SPECIAL_PARSE || use->n_parsed > 0)
    ok = encode_with_special (encoder, text, length, use, sink);
  else
    ok = tk_encode_pieces (encoder, text, length, 0, length, sink);
  if (ok && sink->func != NULL)
    ok = tk_sink_flush (sink);
  if (ok)
    return true;
  if (sink->code == TK_ERROR_NO_SPACE)
    return tk_fail (error, TK_ERROR_NO_SPACE, 0, "There is room for %zu tokens, but the text has more", sink->capacity);
  return tk_fail (error, TK_ERROR_CANCELLED, 0, "Cancelled");
}

bool
tk_encode (TkEncoder       *encoder,
           const char      *text,
           size_t           length,
           const TkOptions *options,
           TkId            *ids,
           uint32_t        *lengths,
           size_t           capacity,
           size_t          *n_tokens,
           TkError         *error)
{
  TkId nowhere;
  TkSink sink = { .ids = ids != NULL ? ids : &nowhere, .lengths = lengths, .capacity = ids != NULL ? capacity : 0 };

  if (!encode (encoder, text, length, options, &sink, error))
    return false;
  *n_tokens = sink.n;
  return true;
}

bool
tk_encode_each (TkEncoder       *encoder,
                const char      *text,
                size_t           length,
                const TkOptions *options,
                TkTokensFunc     func,
                void            *user_data,
                TkError         *error)
{
  TkId ids[TOKENS_PER_CALL];
  uint32_t lengths[TOKENS_PER_CALL];
  TkSink sink = { .ids = ids, .lengths = lengths, .capacity = TOKENS_PER_CALL, .func = func, .user_data = user_data };

  return encode (encoder, text, length, options, &sink, error);
}

bool
tk_count (TkEncoder       *encoder,
          const char      *text,
          size_t           length,
          const TkOptions *options,
          size_t          *n_tokens,
          TkError         *error)
{
  TkSink sink = { .ids = NULL };

  if (!encode (encoder, text, length, options, &sink, error))
    return false;
  *n_tokens = sink.n;
  return true;
}

bool
tk_decode (const TkEncoding *encoding,
           const TkId       *ids,
           size_t            n_tokens,
           char             *bytes,
           size_t            capacity,
           size_t           *length,
           TkError          *error)
{
  size_t used = 0;

  for (size_t i = 0; i < n_tokens; i++)
    {
      size_t size;
      const char *token = tk_encoding_get_token (encoding, ids[i], &size);

      if (token == NULL)
        return tk_fail (error, TK_ERROR_INVALID_TOKEN, i, "%s has no token %u", tk_encoding_id_to_name (encoding->id),
                        (unsigned) ids[i]);
      if (bytes != NULL)
        {
          if (size > capacity - used)
            return tk_fail (error, TK_ERROR_NO_SPACE, i, "There is room for %zu bytes, but the tokens have more",
                            capacity);
          memcpy (bytes + used, token, size);
        }
      used += size;
    }
  *length = used;
  return true;
}
