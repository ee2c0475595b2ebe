/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-model-row.h"
#include "app/compare/td-scenario-options.h"
#include "app/editor/td-document.h"
#include "app/td-settings.h"
#include "chat/td-chat-counter.h"
#include "pricing/td-catalogue.h"
#include "pricing/td-currency.h"

G_BEGIN_DECLS

#define TD_TYPE_COMPARISON (td_comparison_get_type ())

G_DECLARE_FINAL_TYPE (TdComparison, td_comparison, TD, COMPARISON, GObject)

TdComparison      *td_comparison_new              (TdDocument   *document,
                                                   TdSettings   *settings,
                                                   TdCatalogue  *catalogue);
TdCatalogue       *td_comparison_get_catalogue    (TdComparison *self);
TdSettings        *td_comparison_get_settings     (TdComparison *self);
TdScenarioOptions *td_comparison_get_options      (TdComparison *self);
TdDocument        *td_comparison_get_document     (TdComparison *self);
void               td_comparison_set_document     (TdComparison *self,
                                                   TdDocument   *document);
void               td_comparison_set_chat         (TdComparison *self,
                                                   TdChatCounter *chat);
GListModel        *td_comparison_get_rows         (TdComparison *self);
TdModelRow        *td_comparison_find_row         (TdComparison *self,
                                                   const char   *model);
TdModelRow        *td_comparison_get_baseline_row (TdComparison *self);
void               td_comparison_set_baseline     (TdComparison *self,
                                                   const char   *model);
void               td_comparison_set_pinned       (TdComparison *self,
                                                   const char   *model,
                                                   gboolean      pinned);
const TdScenario  *td_comparison_get_scenario     (TdComparison *self);
gboolean           td_comparison_is_today         (TdComparison *self);
guint64            td_comparison_get_calls        (TdComparison *self);
TdMoney            td_comparison_get_budget       (TdComparison *self);
gboolean           td_comparison_is_counting      (TdComparison *self);
const TdCurrency  *td_comparison_get_currency     (TdComparison *self);
gboolean           td_comparison_lacks_rate       (TdComparison *self);
gboolean           td_comparison_get_rate         (TdComparison *self,
                                                   const char   *code,
                                                   TdCurrency   *currency);
gboolean           td_comparison_set_rate         (TdComparison *self,
                                                   const char   *code,
                                                   const char   *rate,
                                                   TdDate        date);
void               td_comparison_update           (TdComparison *self);

G_END_DECLS
