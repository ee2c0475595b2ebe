/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_OWN_MODEL_DIALOG (td_own_model_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdOwnModelDialog, td_own_model_dialog, TD, OWN_MODEL_DIALOG, AdwDialog)

AdwDialog *td_own_model_dialog_new (TdCatalogue   *catalogue,
                                    TdPriceChange *change);

G_END_DECLS
