/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_STATUS_BAR (td_status_bar_get_type ())

G_DECLARE_FINAL_TYPE (TdStatusBar, td_status_bar, TD, STATUS_BAR, GtkWidget)

GtkWidget  *td_status_bar_new          (TdDocument  *document);

TdDocument *td_status_bar_get_document (TdStatusBar *self);
void        td_status_bar_set_document (TdStatusBar *self,
                                        TdDocument  *document);

/* Opens what there is to say about the token at the cursor. */
void        td_status_bar_inspect      (TdStatusBar *self);

G_END_DECLS
