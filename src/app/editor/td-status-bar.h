/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document-widget.h"
#include "app/editor/td-format-button.h"

G_BEGIN_DECLS

#define TD_TYPE_STATUS_BAR (td_status_bar_get_type ())

G_DECLARE_FINAL_TYPE (TdStatusBar, td_status_bar, TD, STATUS_BAR, TdDocumentWidget)

TdFormatButton *td_status_bar_get_format_button (TdStatusBar *self);

/* Whether the token stands below the numbers, for narrow windows ("narrow" property). */
gboolean        td_status_bar_get_narrow        (TdStatusBar *self);
void            td_status_bar_set_narrow        (TdStatusBar *self,
                                                 gboolean     narrow);

/* Opens what there is to say about the token at the cursor. */
void            td_status_bar_inspect           (TdStatusBar *self);

G_END_DECLS
