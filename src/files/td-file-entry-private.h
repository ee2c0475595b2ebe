/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "files/td-folder-scan.h"

G_BEGIN_DECLS

TdFileEntry *_td_file_entry_new (GFile             *file,
                                 const char        *path,
                                 TdFileState        state,
                                 const TdFileCount *count);

G_END_DECLS
