/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-compare-text.h"

G_BEGIN_DECLS

char *td_compare_copy_text (GListModel            *rows,
                            TdComparison          *comparison,
                            const TdCompareColumn *columns,
                            guint                  n_columns,
                            const char            *format);

G_END_DECLS
