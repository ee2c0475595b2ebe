/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document.h"

G_BEGIN_DECLS

/* For the loader: between the two nothing is counted, and afterwards everything is, from @text if it is what the buffer
 * holds now (else NULL). */
void _td_document_begin_load   (TdDocument *self);
void _td_document_set_progress (TdDocument *self,
                                double      progress);
void _td_document_end_load     (TdDocument *self,
                                GBytes     *text);

G_END_DECLS
