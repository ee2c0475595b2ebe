/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "pricing/td-catalogue.h"
#include "refresh/td-price-refresh.h"

G_BEGIN_DECLS

#define TD_TYPE_REFRESH_DIALOG (td_refresh_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdRefreshDialog, td_refresh_dialog, TD, REFRESH_DIALOG, AdwDialog)

AdwDialog  *td_refresh_dialog_new         (TdCatalogue     *catalogue,
                                           TdPriceRefresh  *refresh,
                                           const char      *url);
GListModel *td_refresh_dialog_get_proposals (TdRefreshDialog *self);

G_END_DECLS
