/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-comparison.h"

G_BEGIN_DECLS

char *td_compare_report_write (TdComparison *comparison,
                               GListModel   *rows,
                               const char   *format);

G_END_DECLS
