/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_LINE_WEIGHTS (td_line_weights_get_type ())

G_DECLARE_FINAL_TYPE (TdLineWeights, td_line_weights, TD, LINE_WEIGHTS, GObject)

TdLineWeights *td_line_weights_new          (TdDocument        *document);

gsize          td_line_weights_get_heaviest (TdLineWeights     *self);
gsize          td_line_weights_get_heavy    (TdLineWeights     *self);

gboolean       td_document_count_line       (TdDocument        *document,
                                             const GtkTextIter *line,
                                             gsize             *n_tokens);

G_END_DECLS
