/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-comparison.h"

G_BEGIN_DECLS

#define TD_TYPE_BUDGET_GROUP (td_budget_group_get_type ())

G_DECLARE_FINAL_TYPE (TdBudgetGroup, td_budget_group, TD, BUDGET_GROUP, AdwPreferencesGroup)

void td_budget_group_set_up (TdBudgetGroup *self,
                             TdComparison  *comparison,
                             GListModel    *accounts);

G_END_DECLS
