/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TD_TYPE_CHARSET_DIALOG (td_charset_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdCharsetDialog, td_charset_dialog, TD, CHARSET_DIALOG, AdwDialog)

AdwDialog  *td_charset_dialog_new      (GFile              *file,
                                        GBytes             *bytes,
                                        gsize               position,
                                        const char * const *guesses);
GFile      *td_charset_dialog_get_file (TdCharsetDialog    *self);

char       *td_charset_dup_name        (const char         *charset);
GStrv       td_charset_list            (const char * const *first);

G_END_DECLS
