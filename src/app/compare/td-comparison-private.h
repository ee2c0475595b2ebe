/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-comparison.h"
#include "app/compare/td-token-counts.h"

G_BEGIN_DECLS

#define TD_COMPARISON_KEY_RATES "exchange-rates"

struct _TdComparison
{
  GObject parent_instance;

  /* owned */
  TdDocument *document;
  TdSettings *settings;
  TdCatalogue *catalogue;
  GListStore *rows;
  TdModelRow *baseline_row;
  char **pinned;
  char *baseline;
  char *currency_code;
  GVariant *rates;
  TdScenarioOptions *options;

  TdScenario scenario;
  TdCurrency currency;
  TdTokenCounts counts;
  gulong document_handler;
  guint update_id;
  gboolean refresh_all;
};

G_END_DECLS
