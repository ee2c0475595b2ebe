/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-currency.h"
#include "pricing/td-quote.h"
#include "pricing/td-report-column.h"

G_BEGIN_DECLS

/**
 * TdReport:
 *
 * A comparison of models to be printed, copied or exported. The window and the command line both make theirs with
 * this, so that they say the same.
 *
 * As text and Markdown it is written for people, by the locale; as CSV and JSON for machines, with exact numbers that
 * are the same everywhere.
 */
typedef struct _TdReport TdReport;

TdReport *td_report_new                  (const TdScenario     *scenario,
                                          const TdCurrency     *currency,
                                          TdDate                as_of);
void      td_report_free                 (TdReport             *report);
void      td_report_set_baseline         (TdReport             *report,
                                          TdModel              *model,
                                          guint64               text_tokens);
void      td_report_set_baseline_quote   (TdReport             *report,
                                          TdModel              *model,
                                          const TdQuote        *quote);
void      td_report_set_calls            (TdReport             *report,
                                          guint64               calls);
void      td_report_set_budget           (TdReport             *report,
                                          TdMoney               budget);
void      td_report_set_columns          (TdReport             *report,
                                          const TdReportColumn *columns,
                                          guint                 n_columns);
void      td_report_add_model            (TdReport             *report,
                                          TdModel              *model,
                                          guint64               text_tokens);
void      td_report_add_quote            (TdReport             *report,
                                          TdModel              *model,
                                          const TdQuote        *quote);

char     *td_report_to_text              (TdReport             *report);
char     *td_report_to_markdown          (TdReport             *report);
char     *td_report_to_csv               (TdReport             *report);
char     *td_report_to_json              (TdReport             *report);

char     *td_quote_describe              (const TdQuote        *quote,
                                          TdModel              *model,
                                          const TdScenario     *scenario);
char     *td_model_describe_availability (TdModel              *model,
                                          TdDate                date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdReport, td_report_free)

G_END_DECLS
