/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "export/td-split-writer.h"

G_BEGIN_DECLS

/** What can be exported: what can be written, and pictures. */
typedef enum
{
  TD_EXPORT_LIST,
  TD_EXPORT_JSON,
  TD_EXPORT_CSV,
  TD_EXPORT_MARKDOWN,
  TD_EXPORT_HTML,
  TD_EXPORT_PNG,
  TD_EXPORT_SVG,
  TD_N_EXPORT_KINDS
} TdExportKind;

/** More than this many bytes do not go to the clipboard. */
#define TD_EXPORT_CLIPBOARD_BYTES (32 * 1024 * 1024)

#define TD_TYPE_EXPORT_JOB (td_export_job_get_type ())

G_DECLARE_FINAL_TYPE (TdExportJob, td_export_job, TD, EXPORT_JOB, GObject)

TdExportJob *td_export_job_new          (TdExportKind          kind,
                                         GBytes               *text,
                                         TkEncodingId          encoding,
                                         TkSpecialMode         special,
                                         gboolean              dark);
/* From 0 to 1; any thread may ask. */
double       td_export_job_get_progress (TdExportJob          *self);
void         td_export_job_run_async    (TdExportJob          *self,
                                         GFile                *file,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GBytes      *td_export_job_run_finish   (TdExportJob          *self,
                                         GAsyncResult         *result,
                                         GError              **error);

const char  *td_export_kind_get_title     (TdExportKind kind);
const char  *td_export_kind_get_extension (TdExportKind kind);

G_END_DECLS
