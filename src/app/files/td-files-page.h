/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/td-settings.h"
#include "files/td-folder-scan.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_FILES_PAGE (td_files_page_get_type ())

G_DECLARE_FINAL_TYPE (TdFilesPage, td_files_page, TD, FILES_PAGE, GtkWidget)

GtkWidget    *td_files_page_new      (TdSettings  *settings,
                                      TdCatalogue *catalogue);
void          td_files_page_scan     (TdFilesPage *self,
                                      GListModel  *roots);
TdFolderScan *td_files_page_get_scan (TdFilesPage *self);

G_END_DECLS
