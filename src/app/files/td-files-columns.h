/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "files/td-folder-report.h"

G_BEGIN_DECLS

typedef enum
{
  TD_FILES_COLUMN_PATH,
  TD_FILES_COLUMN_SIZE,
  TD_FILES_COLUMN_TOKENS,
  TD_FILES_COLUMN_COST,
  TD_FILES_COLUMN_SHARE,
  TD_N_FILES_COLUMNS
} TdFilesColumn;

/* The model that a table is about changes: cells and sorters ask for it through this. */
typedef TdModel *(*TdFilesModelFunc) (gpointer user_data);

void        td_files_columns_add       (GtkColumnView    *view,
                                        TdFilesModelFunc  func,
                                        gpointer          user_data);
char       *td_files_column_dup_text   (TdFilesColumn     column,
                                        TdFileEntry      *entry,
                                        TdModel          *model);
char       *td_files_dup_row_text      (TdFileEntry      *entry,
                                        TdModel          *model);
G_END_DECLS
