/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define TD_TYPE_LINE_NUMBERS (td_line_numbers_get_type ())

G_DECLARE_FINAL_TYPE (TdLineNumbers, td_line_numbers, TD, LINE_NUMBERS, GtkSourceGutterRendererText)

GtkSourceGutterRenderer *td_line_numbers_new (void);

G_END_DECLS
