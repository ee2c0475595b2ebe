/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/editor/td-document.h"
#include "app/export/td-export-job.h"

G_BEGIN_DECLS

#define TD_TYPE_EXPORT_DIALOG (td_export_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdExportDialog, td_export_dialog, TD, EXPORT_DIALOG, AdwDialog)

AdwDialog *td_export_dialog_new  (TdDocument     *document);

void       td_export_dialog_show_note
                                 (TdExportDialog *self,
                                  const char     *note);

/* What the buttons do, once a file has been chosen; for tests too. */
void       td_export_dialog_copy (TdExportDialog *self);
void       td_export_dialog_save (TdExportDialog *self,
                                  GFile          *file);
gboolean   td_export_dialog_is_busy (TdExportDialog *self);

G_END_DECLS
