/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

#define TD_FILE_COUNT_ERROR (td_file_count_error_quark ())

/**
 * TdFileCountError:
 * @TD_FILE_COUNT_ERROR_BINARY: a NUL where texts have none
 * @TD_FILE_COUNT_ERROR_NOT_UTF8: not UTF-8; how far it is, is in the progress
 * @TD_FILE_COUNT_ERROR_NO_PLACE_TO_CUT: too long a stretch without any word end
 * @TD_FILE_COUNT_ERROR_CHANGED: somebody wrote to the file while it was being read
 */
typedef enum
{
  TD_FILE_COUNT_ERROR_BINARY,
  TD_FILE_COUNT_ERROR_NOT_UTF8,
  TD_FILE_COUNT_ERROR_NO_PLACE_TO_CUT,
  TD_FILE_COUNT_ERROR_CHANGED
} TdFileCountError;

GQuark td_file_count_error_quark (void);

/**
 * TdFileCountFlags:
 * @TD_FILE_COUNT_ALLOW_NUL: NUL bytes are characters like any other
 */
typedef enum
{
  TD_FILE_COUNT_DEFAULT   = 0,
  TD_FILE_COUNT_ALLOW_NUL = 1 << 0
} TdFileCountFlags;

/**
 * TdFileCount:
 * @n_bytes: bytes of the file
 * @n_characters: code points
 * @n_lines: line feeds
 * @n_tokens: ordinary tokens, for each encoding that was asked for
 *
 * What was counted. Plain data.
 */
typedef struct
{
  guint64 n_bytes;
  guint64 n_characters;
  guint64 n_lines;
  guint64 n_tokens[TK_N_ENCODINGS];
} TdFileCount;

/**
 * TdFileProgress:
 * @n_bytes: how many bytes have been read, for another thread to look at
 * @cancelled: set by another thread to end the counting soon
 */
typedef struct
{
  _Atomic guint64 n_bytes;
  atomic_bool cancelled;
} TdFileProgress;

/**
 * TdFileCounter:
 *
 * Counts one file after another. For one thread at a time.
 */
typedef struct _TdFileCounter TdFileCounter;

TdFileCounter *td_file_counter_new   (const TkEncoding *encodings[TK_N_ENCODINGS]);
void           td_file_counter_free  (TdFileCounter    *counter);
gboolean       td_file_counter_count (TdFileCounter    *counter,
                                      GFile            *file,
                                      const char       *charset,
                                      TdFileCountFlags  flags,
                                      TdFileProgress   *progress,
                                      TdFileCount      *count,
                                      GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdFileCounter, td_file_counter_free)

G_END_DECLS
