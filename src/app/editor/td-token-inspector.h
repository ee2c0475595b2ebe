/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_TOKEN_INSPECTOR (td_token_inspector_get_type ())

G_DECLARE_FINAL_TYPE (TdTokenInspector, td_token_inspector, TD, TOKEN_INSPECTOR, GtkWidget)

GtkWidget  *td_token_inspector_new          (TdDocument       *document);

TdDocument *td_token_inspector_get_document (TdTokenInspector *self);
void        td_token_inspector_set_document (TdTokenInspector *self,
                                             TdDocument       *document);

void        td_token_inspector_popup        (TdTokenInspector *self);

G_END_DECLS
