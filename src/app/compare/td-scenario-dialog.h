/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-comparison.h"

G_BEGIN_DECLS

#define TD_TYPE_SCENARIO_DIALOG (td_scenario_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdScenarioDialog, td_scenario_dialog, TD, SCENARIO_DIALOG, AdwDialog)

AdwDialog *td_scenario_dialog_new       (TdComparison     *comparison,
                                         GListModel       *accounts);
void       td_scenario_dialog_edit_rate (TdScenarioDialog *self,
                                         const char       *code);

G_END_DECLS
