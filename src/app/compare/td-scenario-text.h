/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-scenario-options.h"

G_BEGIN_DECLS

char *td_scenario_text_summary (TdScenarioOptions *options);

G_END_DECLS
