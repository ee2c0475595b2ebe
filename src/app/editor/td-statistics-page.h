/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_STATISTICS_PAGE (td_statistics_page_get_type ())

G_DECLARE_FINAL_TYPE (TdStatisticsPage, td_statistics_page, TD, STATISTICS_PAGE, GtkWidget)

GtkWidget *td_statistics_page_new        (TdDocument       *document);

/* Whether what is shown is of the text as it is now. */
gboolean   td_statistics_page_is_current (TdStatisticsPage *self);

G_END_DECLS
