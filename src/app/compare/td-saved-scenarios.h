/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-scenario-options.h"

G_BEGIN_DECLS

#define TD_SAVED_SCENARIOS_KEY "saved-scenarios"

char     **td_saved_scenarios_list   (TdSettings        *settings);
gboolean   td_saved_scenarios_save   (TdSettings        *settings,
                                      const char        *name,
                                      TdScenarioOptions *options);
gboolean   td_saved_scenarios_use    (TdSettings        *settings,
                                      const char        *name,
                                      TdScenarioOptions *options);
gboolean   td_saved_scenarios_rename (TdSettings        *settings,
                                      const char        *name,
                                      const char        *new_name);
void       td_saved_scenarios_remove (TdSettings        *settings,
                                      const char        *name);

G_END_DECLS
