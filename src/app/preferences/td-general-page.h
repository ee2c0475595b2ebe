/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/td-settings.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_GENERAL_PAGE (td_general_page_get_type ())

G_DECLARE_FINAL_TYPE (TdGeneralPage, td_general_page, TD, GENERAL_PAGE, AdwPreferencesPage)

AdwPreferencesPage *td_general_page_new (TdSettings  *settings,
                                         TdCatalogue *catalogue);

G_END_DECLS
