/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/compare/td-model-row.h"

G_BEGIN_DECLS

GtkWidget  *td_row_menu_new   (void);
void        td_row_menu_popup (GtkPopoverMenu *menu,
                               TdModelRow     *row,
                               double          x,
                               double          y);
TdModelRow *td_row_menu_pick  (GtkWidget      *view,
                               double          x,
                               double          y);

G_END_DECLS
