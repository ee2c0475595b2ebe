/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document.h"

G_BEGIN_DECLS

/* What is selected, in characters of the document; FALSE, and the place of the cursor twice, if nothing is. */
gboolean td_document_get_selection (TdDocument *self,
                                    gsize      *first,
                                    gsize      *end);
void     td_document_select        (TdDocument *self,
                                    gsize       first,
                                    gsize       end);
GBytes  *td_document_dup_range     (TdDocument *self,
                                    gsize       first,
                                    gsize       end);

G_END_DECLS
