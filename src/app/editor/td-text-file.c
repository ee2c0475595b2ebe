/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-text-file.h"
#include "tokenizer/tk-tokenizer.h"

/* GtkTextBuffer keeps a text several times over while it is loaded and laid out; beyond this the command line, which
 * needs little memory, is the better tool. */
#define LARGEST_FILE (256 * 1024 * 1024)

/* Bytes looked at for a NUL to tell a binary file from a text in another encoding. */
#define BINARY_PROBE 65536

/*
 * Text files, read and written byte for byte: what is counted is what is in the file. Line ends, a byte order mark and
 * a missing last line end stay as they are, which is why GtkSourceFileLoader, which converts them, is not used.
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

      /* Translators: the first %s is a file name, the second a size such as "256 MiB"; keep the command as it is. */
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _("“%s” is larger than %s, too large to edit. Count it with “tokendesk-cli count”."), name, size);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_text (GBytes      *bytes,
            const char  *name,
            GError     **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  gsize valid;

  if (length == 0)
    return TRUE;

  valid = tk_utf8_check (text, length);
  if (valid < length)
    {
      g_autofree char *position = g_strdup_printf ("%" G_GSIZE_FORMAT, valid);

      if (memchr (text, '\0', MIN (length, BINARY_PROBE)) != NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                     _("“%s” is not text in UTF-8 but holds binary data. Open a text file."), name);
      else
        /* Translators: the second %s is a number. */
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                     _("“%s” is not text in UTF-8: the byte at position %s is not valid there. "
                       "Convert the file to UTF-8 and open it again."), name, position);
      return FALSE;
    }

  /* Well-formed as UTF-8, but GtkTextBuffer cannot hold it. */
  if (memchr (text, '\0', length) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("“%s” holds NUL bytes, which the editor cannot show. Count it with “tokendesk-cli count”."), name);
      return FALSE;
    }

  return TRUE;
}

typedef struct
{
  GBytes *text;
  char *etag;
} Contents;

static void
contents_free (gpointer data)
{
  Contents *contents = data;

  g_clear_pointer (&contents->text, g_bytes_unref);
  g_free (contents->etag);
  g_free (contents);
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GFile *file = source_object;
  g_autofree char *name = td_text_file_dup_name (file);
  g_autofree char *etag = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Contents *contents;

  if (!check_info (file, name, cancellable, &error))
    goto out;

  bytes = g_file_load_bytes (file, cancellable, &etag, &error);
  if (bytes == NULL || !check_text (bytes, name, &error))
    goto out;

  contents = g_new0 (Contents, 1);
  contents->text = g_steal_pointer (&bytes);
  contents->etag = g_steal_pointer (&etag);
  g_task_return_pointer (task, contents, contents_free);
  return;

out:
  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * td_text_file_read_async:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file has been read
 * @user_data: data for @callback
 *
 * Reads a text in a worker thread and checks that it is one that the editor can hold.
 */
void
td_text_file_read_async (GFile               *file,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_text_file_read_async);
  g_task_run_in_thread (task, read_thread);
}

/**
 * td_text_file_read_finish:
 * @file: the file
 * @result: the result given to the callback
 * @etag: (out) (nullable): return location for the version of the file that was read
 * @error: return location for an error; its message is a sentence for the user where the text is the trouble
 *
 * Returns: (transfer full): the text, valid UTF-8 without NUL, or %NULL
 */
GBytes *
td_text_file_read_finish (GFile         *file,
                          GAsyncResult  *result,
                          char         **etag,
                          GError       **error)
{
  Contents *contents;
  GBytes *text;

  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  contents = g_task_propagate_pointer (G_TASK (result), error);
  if (contents == NULL)
    return NULL;

  text = g_steal_pointer (&contents->text);
  if (etag != NULL)
    *etag = g_steal_pointer (&contents->etag);
  contents_free (contents);

  return text;
}

typedef struct
{
  GBytes *text;
  char *etag;
} Replacement;

static void
replacement_free (gpointer data)
{
  Replacement *replacement = data;

  g_bytes_unref (replacement->text);
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
  gsize length;
  const char *text = g_bytes_get_data (replacement->text, &length);
  Contents *contents = g_new0 (Contents, 1);
  GError *error = NULL;

  if (g_file_replace_contents (source_object, text != NULL ? text : "", length, replacement->etag, FALSE,
                               G_FILE_CREATE_NONE, &contents->etag, cancellable, &error))
    {
      g_task_return_pointer (task, contents, contents_free);
      return;
    }

  contents_free (contents);
  g_task_return_error (task, error);
}

/**
 * td_text_file_write_async:
 * @file: a file
 * @text: what to write
 * @etag: (nullable): the version of the file that may be replaced; %NULL replaces any
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file has been written
 * @user_data: data for @callback
 *
 * Replaces the contents of @file as one step: should that fail, the old contents stay. If the file is not the version
 * @etag any more the error is %G_IO_ERROR_WRONG_ETAG.
 */
void
td_text_file_write_async (GFile               *file,
                          GBytes              *text,
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
  Contents *contents;

  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);

  contents = g_task_propagate_pointer (G_TASK (result), error);
  if (contents == NULL)
    return FALSE;

  if (etag != NULL)
    *etag = g_steal_pointer (&contents->etag);
  contents_free (contents);

  return TRUE;
}
