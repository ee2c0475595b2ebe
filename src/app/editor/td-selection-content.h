/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

#include "app/editor/td-text-buffer.h"

G_BEGIN_DECLS

#define TD_TYPE_SELECTION_CONTENT (td_selection_content_get_type ())

G_DECLARE_FINAL_TYPE (TdSelectionContent, td_selection_content, TD, SELECTION_CONTENT, GdkContentProvider)

GdkContentProvider *td_selection_content_new      (TdTextBuffer *buffer);
char               *td_selection_content_dup_text (TdTextBuffer *buffer);

G_END_DECLS
