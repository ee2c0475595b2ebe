/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/editor/td-document.h"
#include "app/td-application.h"

G_BEGIN_DECLS

#define TD_TYPE_WINDOW (td_window_get_type ())

G_DECLARE_FINAL_TYPE (TdWindow, td_window, TD, WINDOW, AdwApplicationWindow)

TdWindow   *td_window_new          (TdApplication *application);

TdDocument *td_window_get_document (TdWindow      *self);
GFile      *td_window_get_file     (TdWindow      *self);

void        td_window_offer_drafts (TdWindow      *self,
                                    GPtrArray     *drafts);
void        td_window_open         (TdWindow      *self,
                                    GFile         *file);
void        td_window_open_files   (TdWindow      *self,
                                    GListModel    *files);
void        td_window_count_files  (TdWindow      *self,
                                    GListModel    *roots);
void        td_window_show_example (TdWindow      *self);

/* Whether nothing was typed or opened yet, so that a file can be opened here. */
gboolean    td_window_is_untouched (TdWindow      *self);

/* Whether everything is loaded, counted and on the screen. */
gboolean    td_window_is_settled   (TdWindow      *self);

G_END_DECLS
