/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "files/td-folder-scan.h"
#include "pricing/td-quote.h"

G_BEGIN_DECLS

/** How a table of files is written: as text and Markdown for people, as CSV and JSON for machines. */
typedef enum
{
  TD_FOLDER_REPORT_TEXT,
  TD_FOLDER_REPORT_MARKDOWN,
  TD_FOLDER_REPORT_CSV,
  TD_FOLDER_REPORT_JSON
} TdFolderReportFormat;

/**
 * TdFolderTotal:
 * @n_files: how many files
 * @n_bytes: their bytes
 * @n_tokens: their tokens, or %TD_TOKENS_UNKNOWN if the model's encoding is not at hand
 * @quote: what all of them cost as one input
 *
 * Plain data.
 */
typedef struct
{
  guint n_files;
  guint64 n_bytes;
  guint64 n_tokens;
  TdQuote quote;
} TdFolderTotal;

guint64  td_folder_report_get_tokens (const TdFileCount    *count,
                                      TdModel              *model);
void     td_folder_report_quote      (TdQuote              *quote,
                                      TdModel              *model,
                                      guint64               n_tokens);
void     td_folder_report_sum        (TdFolderTotal        *total,
                                      GListModel           *files,
                                      TdModel              *model);
char    *td_folder_report_write      (TdFolderReportFormat  format,
                                      GListModel           *files,
                                      TdModel              *model,
                                      TdDate                as_of);

G_END_DECLS
