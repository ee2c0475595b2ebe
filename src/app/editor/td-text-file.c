/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-text-file.h"
#include "files/td-charset.h"
#include "tokenizer/tk-tokenizer.h"

/* GtkTextBuffer keeps a text several times over while it is loaded and laid out; beyond this the command line, which
 * needs little memory, is the better tool. */
#define LARGEST_FILE (256 * 1024 * 1024)

G_DEFINE_QUARK (td-text-file-error-quark, td_text_file_error)

/*
 * Text files, read and written byte for byte: what is counted is what is in the file. Line ends, a byte order mark and
 * a missing last line end stay as they are, which is why GtkSourceFileLoader, which converts them, is not used. A file
 * in another charset than UTF-8 is converted as a whole, and only if that gives its bytes back.
 */

/**
 * td_text_file_dup_name:
 * @file: a file
 *
 * Returns: (transfer full): the name of @file to show to people, valid UTF-8
 */
char *
td_text_file_dup_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL ? g_filename_display_name (name) : g_file_get_parse_name (file);
}

static gboolean
check_info (GFile         *file,
            const char    *name,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL)
    return FALSE;

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _("“%s” is a folder. Open a text file."), name);
      return FALSE;
    }

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _("“%s” is not an ordinary file. Open a text file."), name);
      return FALSE;
    }

  if (g_file_info_get_size (info) > LARGEST_FILE)
    {
      g_autofree char *size = g_format_size_full ((guint64) LARGEST_FILE, G_FORMAT_SIZE_IEC_UNITS);

      /* Translators: the first %s is a file name, the second a size such as "256 MiB". */
      g_set_error (error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_TOO_LARGE,
                   _("“%s” is larger than %s, too large to edit. It can be counted without opening it."), name, size);
      return FALSE;
    }

  return TRUE;
}

/**
 * td_text_file_contents_free:
 * @contents: what was read
 */
void
td_text_file_contents_free (TdTextFileContents *contents)
{
  g_clear_pointer (&contents->text, g_bytes_unref);
  g_clear_pointer (&contents->bytes, g_bytes_unref);
  g_strfreev (contents->guesses);
  g_free (contents->charset);
  g_free (contents->etag);
  g_free (contents);
}

static gboolean
has_nul (GBytes *text)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  return data != NULL && memchr (data, '\0', length) != NULL;
}

static gboolean
refuse_nul (const char  *name,
            GError     **error)
{
  /* GtkTextBuffer cannot hold it. */
  g_set_error (error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_NUL,
               _("“%s” holds NUL bytes, which the editor cannot show. It can be counted without opening it."), name);

  return FALSE;
}

/* Fills in the text, or what charsets the user may choose from. */
static gboolean
decode (TdTextFileContents  *contents,
        const char          *name,
        const char          *charset,
        GError             **error)
{
  gsize length;
  const char *data = g_bytes_get_data (contents->bytes, &length);

  contents->charset = charset != NULL ? g_strdup (charset) : td_charset_from_mark (contents->bytes);
  if (contents->charset != NULL)
    {
      contents->text = td_charset_decode (contents->charset, contents->bytes, NULL);
      if (contents->text != NULL && !has_nul (contents->text))
        return TRUE;

      g_clear_pointer (&contents->text, g_bytes_unref);
      g_clear_pointer (&contents->charset, g_free);
      if (charset != NULL)
        {
          /* Translators: the first %s is a file name, the second a character encoding such as "GB18030". */
          g_set_error (error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_CHARSET,
                       _("“%s” is not text in %s. Open it again and choose another character encoding."), name, charset);
          return FALSE;
        }
    }

  contents->position = length > 0 ? tk_utf8_check (data, length) : 0;
  if (contents->position == length)
    {
      if (has_nul (contents->bytes))
        return refuse_nul (name, error);
      contents->text = g_bytes_ref (contents->bytes);
      return TRUE;
    }

  contents->guesses = td_charset_guess (contents->bytes);
  if (contents->guesses[0] != NULL)
    return TRUE;

  g_set_error (error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_BINARY,
               _("“%s” holds binary data, not text. Open a text file."), name);

  return FALSE;
}

typedef struct
{
  char *charset;
} ReadRequest;

static void
read_request_free (gpointer data)
{
  ReadRequest *request = data;

  g_free (request->charset);
  g_free (request);
}

static GBytes *
load (GFile         *file,
      const char    *name,
      GCancellable  *cancellable,
      char         **etag,
      GError       **error)
{
  /* Somebody who is still writing may be done at the second look. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GFileInfo) info = NULL;

      info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, cancellable, error);
      if (info == NULL)
        return NULL;

      /* The version it gives is that of after the reading. */
      g_clear_pointer (etag, g_free);
      bytes = g_file_load_bytes (file, cancellable, etag, error);
      if (bytes == NULL || g_strcmp0 (g_file_info_get_etag (info), *etag) == 0)
        return g_steal_pointer (&bytes);
    }

  g_set_error (error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_CHANGING,
               _("“%s” was changed while it was being read. Open it again when it is complete."), name);

  return NULL;
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GFile *file = source_object;
  ReadRequest *request = task_data;
  g_autofree char *name = td_text_file_dup_name (file);
  g_autoptr (TdTextFileContents) contents = g_new0 (TdTextFileContents, 1);
  g_autoptr (GError) error = NULL;

  if (check_info (file, name, cancellable, &error))
    contents->bytes = load (file, name, cancellable, &contents->etag, &error);
  if (contents->bytes != NULL && decode (contents, name, request->charset, &error))
    g_task_return_pointer (task, g_steal_pointer (&contents), (GDestroyNotify) td_text_file_contents_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * td_text_file_read_async:
 * @file: a file
 * @charset: (nullable): how it is encoded, see td-charset.h; %NULL is UTF-8, or what a byte order mark says
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file has been read
 * @user_data: data for @callback
 *
 * Reads a text in a worker thread and checks that it is one that the editor can hold.
 */
void
td_text_file_read_async (GFile               *file,
                         const char          *charset,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ReadRequest *request;

  g_return_if_fail (G_IS_FILE (file));

  request = g_new0 (ReadRequest, 1);
  request->charset = g_strdup (charset);
  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_text_file_read_async);
  g_task_set_task_data (task, request, read_request_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * td_text_file_read_finish:
 * @file: the file
 * @result: the result given to the callback
 * @error: return location for an error; its message is a sentence for the user where the text is the trouble
 *
 * Returns: (transfer full): what was read, or %NULL
 */
TdTextFileContents *
td_text_file_read_finish (GFile         *file,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GBytes *text;
  char *charset;
  char *etag;
} Replacement;

static void
replacement_free (gpointer data)
{
  Replacement *replacement = data;

  g_bytes_unref (replacement->text);
  g_free (replacement->charset);
  g_free (replacement->etag);
  g_free (replacement);
}

/* In a thread of our own: g_file_replace_contents_bytes_async() cannot write an empty text. */
static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Replacement *replacement = task_data;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const char *data;
  char *etag = NULL;
  GError *error = NULL;

  bytes = replacement->charset != NULL
    ? td_charset_encode (replacement->charset, replacement->text, &error)
    : g_bytes_ref (replacement->text);
  if (bytes != NULL)
    {
      data = g_bytes_get_data (bytes, &length);
      if (g_file_replace_contents (source_object, data != NULL ? data : "", length, replacement->etag, FALSE,
                                   G_FILE_CREATE_NONE, &etag, cancellable, &error))
        {
          g_task_return_pointer (task, etag, g_free);
          return;
        }
    }

  g_task_return_error (task, error);
}

/**
 * td_text_file_write_async:
 * @file: a file
 * @text: what to write, valid UTF-8
 * @charset: (nullable): how to encode it, see td-charset.h; %NULL is UTF-8
 * @etag: (nullable): the version of the file that may be replaced; %NULL replaces any
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file has been written
 * @user_data: data for @callback
 *
 * Replaces the contents of @file as one step: should that fail, the old contents stay. If the file is not the version
 * @etag any more the error is %G_IO_ERROR_WRONG_ETAG. If @charset lacks a character nothing is written and the error is
 * %TD_CHARSET_ERROR_CANNOT_ENCODE.
 */
void
td_text_file_write_async (GFile               *file,
                          GBytes              *text,
                          const char          *charset,
                          const char          *etag,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Replacement *replacement;

  g_return_if_fail (G_IS_FILE (file));

  replacement = g_new0 (Replacement, 1);
  replacement->text = g_bytes_ref (text);
  replacement->charset = g_strdup (charset);
  replacement->etag = g_strdup (etag);
  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_text_file_write_async);
  g_task_set_task_data (task, replacement, replacement_free);
  g_task_run_in_thread (task, write_thread);
}

/**
 * td_text_file_write_finish:
 * @file: the file
 * @result: the result given to the callback
 * @etag: (out) (nullable): return location for the version of the file that was written
 * @error: return location for an error
 *
 * Returns: whether the file was written
 */
gboolean
td_text_file_write_finish (GFile         *file,
                           GAsyncResult  *result,
                           char         **etag,
                           GError       **error)
{
  g_autofree char *written = NULL;

  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);

  /* A file system without versions gives none. */
  if (g_task_had_error (G_TASK (result)))
    {
      g_task_propagate_pointer (G_TASK (result), error);
      return FALSE;
    }

  written = g_task_propagate_pointer (G_TASK (result), NULL);
  if (etag != NULL)
    *etag = g_steal_pointer (&written);

  return TRUE;
}
