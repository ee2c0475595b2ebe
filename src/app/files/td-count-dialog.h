/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/td-settings.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_COUNT_DIALOG (td_count_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdCountDialog, td_count_dialog, TD, COUNT_DIALOG, AdwDialog)

AdwDialog *td_count_dialog_new (GFile       *file,
                                TdSettings  *settings,
                                TdCatalogue *catalogue);

G_END_DECLS
