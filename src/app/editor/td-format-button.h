/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_FORMAT_BUTTON (td_format_button_get_type ())

G_DECLARE_FINAL_TYPE (TdFormatButton, td_format_button, TD, FORMAT_BUTTON, GtkWidget)

GtkWidget  *td_format_button_new          (void);
void        td_format_button_set_document (TdFormatButton *self,
                                           TdDocument     *document);

/* How the text is to be encoded when it is saved; NULL is UTF-8. */
const char *td_format_button_get_charset  (TdFormatButton *self);
void        td_format_button_set_charset  (TdFormatButton *self,
                                           const char     *charset);

G_END_DECLS
