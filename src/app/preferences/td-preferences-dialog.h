/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "accounts/td-account.h"
#include "app/td-settings.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_PREFERENCES_DIALOG (td_preferences_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdPreferencesDialog, td_preferences_dialog, TD, PREFERENCES_DIALOG, AdwPreferencesDialog)

AdwDialog *td_preferences_dialog_new (TdSettings  *settings,
                                      TdCatalogue *catalogue,
                                      GListModel  *accounts);

G_END_DECLS
