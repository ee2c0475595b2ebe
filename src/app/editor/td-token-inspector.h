/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document-widget.h"

G_BEGIN_DECLS

#define TD_TYPE_TOKEN_INSPECTOR (td_token_inspector_get_type ())

G_DECLARE_FINAL_TYPE (TdTokenInspector, td_token_inspector, TD, TOKEN_INSPECTOR, TdDocumentWidget)

void td_token_inspector_popup (TdTokenInspector *self);

G_END_DECLS
