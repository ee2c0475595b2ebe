/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-report.h"

G_BEGIN_DECLS

typedef struct
{
  TdModel *model;
  TdQuote quote;
} TdReportRow;

struct _TdReport
{
  TdScenario scenario;
  TdCurrency currency;
  TdDate as_of;
  guint64 calls;   /* 0 if nobody asked */
  TdMoney budget;  /* unknown if nobody asked */
  TdReportRow baseline; /* no model if there is none */
  GArray *rows;
  GArray *columns; /* (nullable): of TdReportColumn; NULL if nobody asked */
};

TdRatio  td_report_get_ratio (TdReport          *report,
                              const TdReportRow *row);
gboolean td_report_get_cost  (TdReport          *report,
                              const TdReportRow *row,
                              TdReportColumn     column,
                              TdMoney           *cost);
gboolean td_report_get_price (const TdReportRow *row,
                              TdReportColumn     column,
                              TdPrice           *price);

G_END_DECLS
