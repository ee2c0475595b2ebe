/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_DECODE_DIALOG (td_decode_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdDecodeDialog, td_decode_dialog, TD, DECODE_DIALOG, AdwDialog)

AdwDialog  *td_decode_dialog_new        (TdDocument     *document);

/* What is typed and what is said about it. */
void        td_decode_dialog_set_ids    (TdDecodeDialog *self,
                                         const char     *ids);
const char *td_decode_dialog_get_status (TdDecodeDialog *self);
gboolean    td_decode_dialog_can_use    (TdDecodeDialog *self);
void        td_decode_dialog_use        (TdDecodeDialog *self);

G_END_DECLS
