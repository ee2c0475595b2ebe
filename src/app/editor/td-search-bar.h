/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define TD_TYPE_SEARCH_BAR (td_search_bar_get_type ())

G_DECLARE_FINAL_TYPE (TdSearchBar, td_search_bar, TD, SEARCH_BAR, GtkWidget)

GtkWidget     *td_search_bar_new           (GtkSourceView *view);

GtkSourceView *td_search_bar_get_view      (TdSearchBar   *self);
void           td_search_bar_set_view      (TdSearchBar   *self,
                                            GtkSourceView *view);

void           td_search_bar_open          (TdSearchBar   *self,
                                            gboolean       replace);
void           td_search_bar_close         (TdSearchBar   *self);
void           td_search_bar_find_next     (TdSearchBar   *self);
void           td_search_bar_find_previous (TdSearchBar   *self);

G_END_DECLS
