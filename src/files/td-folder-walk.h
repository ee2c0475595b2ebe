/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "files/td-folder-scan.h"

G_BEGIN_DECLS

/* Called for each file: @state is TD_FILE_COUNTED for one that is to be counted. FALSE ends the walk. */
typedef gboolean (*TdFolderWalkFunc) (GFile       *file,
                                      const char  *path,
                                      TdFileState  state,
                                      gpointer     user_data);

void td_folder_walk (GFile            *root,
                     TdFolderWalkFunc  func,
                     gpointer          user_data);

G_END_DECLS
