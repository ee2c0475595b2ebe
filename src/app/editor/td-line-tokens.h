/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_LINE_TOKENS (td_line_tokens_get_type ())

G_DECLARE_FINAL_TYPE (TdLineTokens, td_line_tokens, TD, LINE_TOKENS, GtkSourceGutterRendererText)

GtkSourceGutterRenderer *td_line_tokens_new (TdDocument *document);

G_END_DECLS
