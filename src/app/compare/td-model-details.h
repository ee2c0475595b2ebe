/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-comparison.h"

G_BEGIN_DECLS

#define TD_TYPE_MODEL_DETAILS (td_model_details_get_type ())

G_DECLARE_FINAL_TYPE (TdModelDetails, td_model_details, TD, MODEL_DETAILS, AdwDialog)

AdwDialog *td_model_details_new (TdComparison *comparison,
                                 TdModelRow   *row);

G_END_DECLS
