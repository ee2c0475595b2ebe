/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-encoding-row.h"

G_BEGIN_DECLS

#define TD_TYPE_ENCODINGS_PAGE (td_encodings_page_get_type ())

G_DECLARE_FINAL_TYPE (TdEncodingsPage, td_encodings_page, TD, ENCODINGS_PAGE, GtkWidget)

GtkWidget     *td_encodings_page_new     (TdDocument      *document);

TdEncodingRow *td_encodings_page_get_row (TdEncodingsPage *self,
                                          TkEncodingId     encoding);

G_END_DECLS
