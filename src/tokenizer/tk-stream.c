/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-stream.h"

#include "tk-error-private.h"
#include "tk-seam-private.h"

#include <stdlib.h>
#include <string.h>

struct _TkStream
{
  TkEncoder *encoder;
  const TkEncoding *encoding;
  char *text;        /* what has not been counted yet */
  size_t length;
  size_t capacity;
  size_t checked;    /* how much of it is well-formed and has no seam behind its last character's start */
  uint64_t position; /* of its first byte in the whole text */
  uint64_t n_tokens;
};

TkStream *
tk_stream_new (const TkEncoding *encoding)
{
  TkStream *stream = tk_realloc (NULL, 1, sizeof *stream);

  memset (stream, 0, sizeof *stream);
  stream->encoder = tk_encoder_new (encoding);
  stream->encoding = encoding;
  return stream;
}

void
tk_stream_free (TkStream *stream)
{
  if (stream == NULL)
    return;
  tk_encoder_free (stream->encoder);
  free (stream->text);
  free (stream);
}

static bool
append (TkStream   *stream,
        const char *text,
        size_t      length,
        TkError    *error)
{
  if (length > TK_STREAM_LONGEST || stream->length > TK_STREAM_LONGEST - length)
    return tk_fail (error, TK_ERROR_NO_SPACE, (size_t) stream->position,
                    "From byte %zu on the text has no place to be cut at", (size_t) stream->position);

  if (stream->length + length > stream->capacity)
    {
      stream->capacity = stream->capacity * 2 > stream->length + length ? stream->capacity * 2 : stream->length + length;
      stream->text = tk_realloc (stream->text, stream->capacity, 1);
    }
  memcpy (stream->text + stream->length, text, length);
  stream->length += length;
  return true;
}

static bool
count (TkStream         *stream,
       size_t            length,
       const TkOptions  *options,
       TkError          *error)
{
  TkOptions as_text = { TK_SPECIAL_AS_TEXT, options != NULL ? options->cancelled : NULL };
  size_t n;

  if (!tk_count (stream->encoder, stream->text, length, &as_text, &n, error))
    {
      if (error != NULL)
        error->position += (size_t) stream->position;
      return false;
    }
  stream->n_tokens += n;
  stream->position += length;
  stream->length -= length;
  memmove (stream->text, stream->text + length, stream->length);
  return true;
}

static bool
invalid (TkStream *stream,
         size_t    position,
         TkError  *error)
{
  size_t whole = (size_t) stream->position + position;

  return tk_fail (error, TK_ERROR_INVALID_UTF8, whole, "The text is not UTF-8 at byte %zu", whole);
}

/* Whether the @length bytes could become a character with more of them. */
static bool
is_beginning (const char *text,
              size_t      length)
{
  static const char * const ends[] = { "", "\x80", "\x80\x80", "\x80\x80\x80" };
  char whole[8];

  if (length == 0 || length > 3)
    return false;

  /* The second byte decides about overlong forms, surrogates and what is beyond Unicode; when it is still to come, one
   * that suits the first is tried. */
  for (unsigned second = 0x80; second <= 0xb0; second += 0x10)
    {
      for (size_t more = 1; more + length <= 4; more++)
        {
          memcpy (whole, text, length);
          memcpy (whole + length, ends[more], more);
          if (length == 1)
            whole[1] = (char) second;
          if (tk_utf8_check (whole, length + more) == length + more)
            return true;
        }
    }
  return false;
}

/* The start of the last character of the first @end bytes, which are well-formed. */
static size_t
last_character (const char *text,
                size_t      end)
{
  while (end > 0 && ((unsigned char) text[--end] & 0xc0) == 0x80)
    ;
  return end;
}

static bool
feed_some (TkStream        *stream,
           const char      *text,
           size_t           length,
           const TkOptions *options,
           TkError         *error)
{
  size_t start = stream->checked;
  size_t good, seam;

  if (!append (stream, text, length, error))
    return false;

  good = start + tk_utf8_check (stream->text + start, stream->length - start);
  if (good < stream->length && !is_beginning (stream->text + good, stream->length - good))
    return invalid (stream, good, error);

  /* A seam has a character on either side: the last one of what was looked at before is the first now. */
  seam = tk_seam_find_last (stream->encoding, stream->text, last_character (stream->text, start), good);
  if (seam != TK_SEAM_NONE)
    {
      if (!count (stream, seam, options, error))
        return false;
      good -= seam;
    }
  stream->checked = good;
  return true;
}

bool
tk_stream_feed (TkStream        *stream,
                const char      *text,
                size_t           length,
                const TkOptions *options,
                TkError         *error)
{
  while (length > 0)
    {
      size_t part = length < 256 * 1024 ? length : 256 * 1024;

      if (options != NULL && options->cancelled != NULL &&
          atomic_load_explicit (options->cancelled, memory_order_relaxed))
        return tk_fail (error, TK_ERROR_CANCELLED, (size_t) stream->position, "Cancelled");
      if (!feed_some (stream, text, part, options, error))
        return false;
      text += part;
      length -= part;
    }
  return true;
}

bool
tk_stream_finish (TkStream        *stream,
                  const TkOptions *options,
                  uint64_t        *n_tokens,
                  TkError         *error)
{
  if (stream->checked < stream->length)
    return invalid (stream, stream->checked, error);
  if (!count (stream, stream->length, options, error))
    return false;
  *n_tokens = stream->n_tokens;
  tk_stream_reset (stream);
  return true;
}

void
tk_stream_reset (TkStream *stream)
{
  stream->length = 0;
  stream->checked = 0;
  stream->position = 0;
  stream->n_tokens = 0;
}
