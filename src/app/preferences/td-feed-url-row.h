/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/td-settings.h"

G_BEGIN_DECLS

#define TD_TYPE_FEED_URL_ROW (td_feed_url_row_get_type ())

G_DECLARE_FINAL_TYPE (TdFeedUrlRow, td_feed_url_row, TD, FEED_URL_ROW, AdwEntryRow)

GtkWidget *td_feed_url_row_new (TdSettings *settings);

G_END_DECLS
