/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document.h"

G_BEGIN_DECLS

#define TD_TYPE_LINE_WEIGHTS (td_line_weights_get_type ())

G_DECLARE_FINAL_TYPE (TdLineWeights, td_line_weights, TD, LINE_WEIGHTS, GObject)

TdLineWeights *td_line_weights_new          (TdDocument        *document);

gboolean       td_line_weights_count        (TdLineWeights     *self,
                                             const GtkTextIter *line,
                                             gsize             *n_tokens);
gsize          td_line_weights_get_heaviest (TdLineWeights     *self);
gsize          td_line_weights_get_heavy    (TdLineWeights     *self);

G_END_DECLS
