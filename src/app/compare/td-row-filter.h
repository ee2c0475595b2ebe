/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/compare/td-model-row.h"

G_BEGIN_DECLS

#define TD_TYPE_ROW_FILTER (td_row_filter_get_type ())

G_DECLARE_FINAL_TYPE (TdRowFilter, td_row_filter, TD, ROW_FILTER, GtkFilter)

TdRowFilter *td_row_filter_new                  (void);
const char  *td_row_filter_get_search           (TdRowFilter *self);
void         td_row_filter_set_search           (TdRowFilter *self,
                                                 const char  *search);
const char  *td_row_filter_get_vendor           (TdRowFilter *self);
void         td_row_filter_set_vendor           (TdRowFilter *self,
                                                 const char  *vendor);
gboolean     td_row_filter_get_hide_unavailable (TdRowFilter *self);
void         td_row_filter_set_hide_unavailable (TdRowFilter *self,
                                                 gboolean     hide_unavailable);
gboolean     td_row_filter_get_exact_only       (TdRowFilter *self);
void         td_row_filter_set_exact_only       (TdRowFilter *self,
                                                 gboolean     exact_only);
void         td_row_filter_set_price_range      (TdRowFilter *self,
                                                 const char  *price_range);
void         td_row_filter_set_min_context      (TdRowFilter *self,
                                                 guint        min_context);

G_END_DECLS
