/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_TEXT_FILE_ERROR (td_text_file_error_quark ())

/**
 * TdTextFileError:
 * @TD_TEXT_FILE_ERROR_BINARY: the bytes are no text in any charset
 * @TD_TEXT_FILE_ERROR_CHANGING: somebody is writing to the file
 * @TD_TEXT_FILE_ERROR_CHARSET: the bytes are no text in the charset asked for
 * @TD_TEXT_FILE_ERROR_NUL: a text with NUL bytes, which can be counted but not shown
 * @TD_TEXT_FILE_ERROR_TOO_LARGE: it can be counted but not shown
 */
typedef enum
{
  TD_TEXT_FILE_ERROR_BINARY,
  TD_TEXT_FILE_ERROR_CHANGING,
  TD_TEXT_FILE_ERROR_CHARSET,
  TD_TEXT_FILE_ERROR_NUL,
  TD_TEXT_FILE_ERROR_TOO_LARGE
} TdTextFileError;

GQuark  td_text_file_error_quark  (void);

/**
 * TdTextFileContents:
 * @text: (nullable): the text, valid UTF-8 without NUL; %NULL if the file is not UTF-8 and the user has to choose
 * @etag: (nullable): the version of the file that was read
 * @charset: (nullable): how the file is encoded; %NULL is UTF-8
 * @bytes: what is in the file
 * @position: where the first byte is that is not UTF-8
 * @guesses: (nullable): without a text the charsets it may be in, the likeliest first
 *
 * What was read.
 */
typedef struct
{
  GBytes *text;
  char *etag;
  char *charset;
  GBytes *bytes;
  gsize position;
  GStrv guesses;
} TdTextFileContents;

void    td_text_file_contents_free (TdTextFileContents  *contents);

void    td_text_file_read_async    (GFile               *file,
                                    const char          *charset,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
TdTextFileContents *
        td_text_file_read_finish   (GFile               *file,
                                    GAsyncResult        *result,
                                    GError             **error);

void    td_text_file_write_async   (GFile               *file,
                                    GBytes              *text,
                                    const char          *charset,
                                    const char          *etag,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean
        td_text_file_write_finish  (GFile               *file,
                                    GAsyncResult        *result,
                                    char               **etag,
                                    GError             **error);

char   *td_text_file_dup_name      (GFile               *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdTextFileContents, td_text_file_contents_free)

G_END_DECLS
