/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/td-settings.h"
#include "pricing/td-currency.h"
#include "pricing/td-quote.h"

G_BEGIN_DECLS

/** How options are kept under a name: property → value. Days are left out: a scenario is the same tomorrow. */
#define TD_SCENARIO_OPTIONS_TYPE "a{sv}"

#define TD_TYPE_SCENARIO_OPTIONS (td_scenario_options_get_type ())

G_DECLARE_FINAL_TYPE (TdScenarioOptions, td_scenario_options, TD, SCENARIO_OPTIONS, GObject)

TdScenarioOptions *td_scenario_options_new          (TdSettings        *settings);
void               td_scenario_options_get_scenario (TdScenarioOptions *self,
                                                     TdScenario        *scenario);
gboolean           td_scenario_options_is_today     (TdScenarioOptions *self);
guint              td_scenario_options_get_calls    (TdScenarioOptions *self);
TdMoney            td_scenario_options_get_budget   (TdScenarioOptions *self,
                                                     const TdCurrency  *currency,
                                                     GVariant          *rates);
void               td_scenario_options_reset        (TdScenarioOptions *self);
GVariant          *td_scenario_options_to_variant   (TdScenarioOptions *self);
void               td_scenario_options_take_variant (TdScenarioOptions *self,
                                                     GVariant          *variant);

G_END_DECLS
