/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "files/td-file-count.h"

G_BEGIN_DECLS

/**
 * TdFileState:
 * @TD_FILE_COUNTED: its tokens are known
 * @TD_FILE_IGNORED: a .gitignore says so, or it is the folder of git itself
 * @TD_FILE_BINARY: it holds NUL bytes
 * @TD_FILE_NOT_UTF8: a text in another encoding
 * @TD_FILE_LINK: a symbolic link inside a folder; what it points at may be anywhere
 * @TD_FILE_SPECIAL: a device, a pipe or a socket
 * @TD_FILE_UNREADABLE: the system does not let it be read
 * @TD_FILE_CHANGED: somebody wrote to it meanwhile
 * @TD_FILE_NO_PLACE_TO_CUT: a stretch without a word end that is too long to be counted
 *
 * What became of a file. All but the first are left out of the counts.
 */
typedef enum
{
  TD_FILE_COUNTED,
  TD_FILE_IGNORED,
  TD_FILE_BINARY,
  TD_FILE_NOT_UTF8,
  TD_FILE_LINK,
  TD_FILE_SPECIAL,
  TD_FILE_UNREADABLE,
  TD_FILE_CHANGED,
  TD_FILE_NO_PLACE_TO_CUT,
  TD_N_FILE_STATES
} TdFileState;

#define TD_TYPE_FILE_ENTRY (td_file_entry_get_type ())

G_DECLARE_FINAL_TYPE (TdFileEntry, td_file_entry, TD, FILE_ENTRY, GObject)

GFile             *td_file_entry_get_file     (TdFileEntry  *self);
const char        *td_file_entry_get_path     (TdFileEntry  *self);
TdFileState        td_file_entry_get_state    (TdFileEntry  *self);
const TdFileCount *td_file_entry_get_count    (TdFileEntry  *self);

const char        *td_file_state_get_reason   (TdFileState   state);

#define TD_TYPE_FOLDER_SCAN (td_folder_scan_get_type ())

G_DECLARE_FINAL_TYPE (TdFolderScan, td_folder_scan, TD, FOLDER_SCAN, GObject)

TdFolderScan *td_folder_scan_new          (const TkEncoding *encodings[TK_N_ENCODINGS]);
void          td_folder_scan_start        (TdFolderScan     *self,
                                           GListModel       *roots);
void          td_folder_scan_cancel       (TdFolderScan     *self);
gboolean      td_folder_scan_get_running  (TdFolderScan     *self);
guint         td_folder_scan_get_n_found  (TdFolderScan     *self);
guint         td_folder_scan_get_n_done   (TdFolderScan     *self);
GListModel   *td_folder_scan_get_files    (TdFolderScan     *self);
GListModel   *td_folder_scan_get_left_out (TdFolderScan     *self);

G_END_DECLS
