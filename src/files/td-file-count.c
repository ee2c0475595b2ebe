/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "files/td-file-count.h"
#include "tokenizer/tk-stream.h"

/* Read at a time. */
#define PART (256 * 1024)
/* A NUL up to here makes a file a binary one. */
#define BINARY_PROBE 65536

G_DEFINE_QUARK (td-file-count-error-quark, td_file_count_error)

/*
 * Files are read, not mapped: a mapped file that somebody cuts short meanwhile ends the process. What is kept in memory
 * is one part, and for each encoding what TkStream keeps.
 */

struct _TdFileCounter
{
  TkStream *streams[TK_N_ENCODINGS]; /* NULL for what is not asked for */
  TkOptions options;
  char *part;
};

/**
 * td_file_counter_new:
 * @encodings: for each encoding that is to be counted the encoding, else %NULL; borrowed
 *
 * Returns: (transfer full): a counter
 */
TdFileCounter *
td_file_counter_new (const TkEncoding *encodings[TK_N_ENCODINGS])
{
  TdFileCounter *counter = g_new0 (TdFileCounter, 1);

  counter->part = g_malloc (PART);
  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    {
      if (encodings[i] != NULL)
        counter->streams[i] = tk_stream_new (encodings[i]);
    }

  return counter;
}

/**
 * td_file_counter_free:
 * @counter: a counter
 */
void
td_file_counter_free (TdFileCounter *counter)
{
  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    g_clear_pointer (&counter->streams[i], tk_stream_free);
  g_free (counter->part);
  g_free (counter);
}

static gboolean
set_error (const TkError  *table_error,
           GError        **error)
{
  switch (table_error->code)
    {
    case TK_ERROR_CANCELLED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, table_error->message);
      break;

    case TK_ERROR_NO_SPACE:
      g_set_error_literal (error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_NO_PLACE_TO_CUT, table_error->message);
      break;

    default:
      g_set_error_literal (error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_NOT_UTF8, table_error->message);
    }

  return FALSE;
}

static gboolean
feed (TdFileCounter  *counter,
      const char     *data,
      gsize           length,
      TdFileCount    *count,
      GError        **error)
{
  TkError table_error;

  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    {
      if (counter->streams[i] != NULL &&
          !tk_stream_feed (counter->streams[i], data, length, &counter->options, &table_error))
        return set_error (&table_error, error);
    }

  for (gsize i = 0; i < length; i++)
    {
      count->n_characters += ((guchar) data[i] & 0xC0) != 0x80;
      count->n_lines += data[i] == '\n';
    }

  return TRUE;
}

static gboolean
finish (TdFileCounter  *counter,
        TdFileCount    *count,
        GError        **error)
{
  TkError table_error;

  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    {
      uint64_t n_tokens;

      if (counter->streams[i] == NULL)
        continue;
      if (!tk_stream_finish (counter->streams[i], &counter->options, &n_tokens, &table_error))
        return set_error (&table_error, error);
      count->n_tokens[i] = n_tokens;
    }

  return TRUE;
}

/* The bytes of the file, as UTF-8 if @charset says that they are something else. */
static GInputStream *
open_file (GFile         *file,
           const char    *charset,
           GInputStream **raw,
           GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GCharsetConverter) converter = NULL;
  g_autofree char *name = NULL;
  gboolean marked;

  if (stream == NULL)
    return NULL;

  *raw = G_INPUT_STREAM (stream);
  if (charset == NULL)
    return G_INPUT_STREAM (g_steal_pointer (&stream));

  marked = g_str_has_suffix (charset, "+BOM");
  name = g_strndup (charset, strlen (charset) - (marked ? 4 : 0));
  if (marked && g_input_stream_skip (*raw, g_str_has_prefix (name, "UTF-32") ? 4 : 2, NULL, error) < 0)
    return NULL;

  converter = g_charset_converter_new ("UTF-8", name, error);

  return converter != NULL ? g_converter_input_stream_new (*raw, G_CONVERTER (converter)) : NULL;
}

static char *
dup_etag (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? g_strdup (g_file_info_get_etag (info)) : NULL;
}

static gboolean
count_stream (GInputStream      *stream,
              GInputStream      *raw,
              TdFileCountFlags   flags,
              TdFileCounter     *counter,
              TdFileProgress    *progress,
              TdFileCount       *count,
              GError           **error)
{
  char *part = counter->part;
  guint64 n_text_bytes = 0;
  gsize n_read;

  do
    {
      if (atomic_load (&progress->cancelled))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
          return FALSE;
        }
      if (!g_input_stream_read_all (stream, part, PART, &n_read, NULL, error))
        return FALSE;
      if ((flags & TD_FILE_COUNT_ALLOW_NUL) == 0 && n_text_bytes < BINARY_PROBE &&
          memchr (part, '\0', MIN (n_read, BINARY_PROBE - n_text_bytes)) != NULL)
        {
          g_set_error_literal (error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_BINARY, "Binary data");
          return FALSE;
        }
      if (!feed (counter, part, n_read, count, error))
        return FALSE;

      n_text_bytes += n_read;
      count->n_bytes = raw != stream && G_IS_SEEKABLE (raw) ? (guint64) g_seekable_tell (G_SEEKABLE (raw)) : n_text_bytes;
      atomic_store (&progress->n_bytes, count->n_bytes);
    }
  while (n_read == PART);

  return finish (counter, count, error);
}

/**
 * td_file_counter_count:
 * @counter: the counter
 * @file: a file
 * @charset: (nullable): how it is encoded, see td-charset.h; %NULL is UTF-8
 * @flags: what else is to be counted
 * @progress: zero-initialised; for other threads to watch and to cancel
 * @count: (out): what was counted
 * @error: return location for an error: of GIO, or a #TdFileCountError
 *
 * Counts a file of any size exactly, without having it in memory. Blocks: not for the main thread.
 *
 * Returns: whether that worked
 */
gboolean
td_file_counter_count (TdFileCounter     *counter,
                       GFile             *file,
                       const char        *charset,
                       TdFileCountFlags   flags,
                       TdFileProgress    *progress,
                       TdFileCount       *count,
                       GError           **error)
{
  g_autofree char *before = dup_etag (file);
  g_autofree char *after = NULL;
  g_autoptr (GInputStream) stream = NULL;
  GInputStream *raw = NULL;
  gboolean ok;

  memset (count, 0, sizeof *count);
  stream = open_file (file, charset, &raw, error);
  if (stream == NULL)
    return FALSE;

  counter->options.cancelled = &progress->cancelled;
  ok = count_stream (stream, raw, flags, counter, progress, count, error);
  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    {
      if (counter->streams[i] != NULL)
        tk_stream_reset (counter->streams[i]);
    }
  if (!ok)
    return FALSE;

  after = dup_etag (file);
  if (g_strcmp0 (before, after) != 0)
    {
      g_set_error_literal (error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_CHANGED, "Changed while being read");
      return FALSE;
    }

  return TRUE;
}
