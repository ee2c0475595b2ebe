/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_OVERLAY_DIALOG (td_overlay_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdOverlayDialog, td_overlay_dialog, TD, OVERLAY_DIALOG, AdwDialog)

AdwDialog *td_overlay_dialog_new (TdCatalogue *catalogue);

G_END_DECLS
