/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

PangoLogAttr *td_cursor_places_find    (const char  *text,
                                        gsize        n_bytes);
void          td_cursor_places_move_to (GtkTextIter *iter);

G_END_DECLS
