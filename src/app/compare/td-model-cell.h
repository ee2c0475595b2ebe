/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-comparison.h"

G_BEGIN_DECLS

#define TD_TYPE_MODEL_CELL (td_model_cell_get_type  ())

G_DECLARE_FINAL_TYPE (TdModelCell, td_model_cell, TD, MODEL_CELL, AdwBin)

GtkWidget  *td_model_cell_new       (TdComparison *comparison);
TdModelRow *td_model_cell_get_row   (TdModelCell  *self);
void        td_model_cell_set_row   (TdModelCell  *self,
                                           TdModelRow   *row);

G_END_DECLS
