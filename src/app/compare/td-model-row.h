/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-quote.h"
#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/**
 * TdRowTokens:
 * @TD_ROW_TOKENS_NONE: no bundled encoding counts for this model
 * @TD_ROW_TOKENS_COUNTING: the text is still being counted
 * @TD_ROW_TOKENS_COUNTED: the number stands in the quote
 *
 * What is known of the number of tokens of a text for one model.
 */
typedef enum
{
  TD_ROW_TOKENS_NONE,
  TD_ROW_TOKENS_COUNTING,
  TD_ROW_TOKENS_COUNTED
} TdRowTokens;

#define TD_TYPE_MODEL_ROW (td_model_row_get_type ())

G_DECLARE_FINAL_TYPE (TdModelRow, td_model_row, TD, MODEL_ROW, GObject)

TdModelRow    *td_model_row_new              (TdModel       *model,
                                              guint          position);
TdModel       *td_model_row_get_model        (TdModelRow    *self);
guint          td_model_row_get_position     (TdModelRow    *self);
gboolean       td_model_row_get_encoding     (TdModelRow    *self,
                                              TkEncodingId  *encoding);
const TdQuote *td_model_row_get_quote        (TdModelRow    *self);
TdRatio        td_model_row_get_ratio        (TdModelRow    *self);
TdRowTokens    td_model_row_get_token_state  (TdModelRow    *self);
guint64        td_model_row_get_tokens       (TdModelRow    *self);
int            td_model_row_get_pin          (TdModelRow    *self);
void           td_model_row_set_pin          (TdModelRow    *self,
                                              int            pin);
gboolean       td_model_row_get_is_pinned    (TdModelRow    *self);
gboolean       td_model_row_get_is_baseline  (TdModelRow    *self);
void           td_model_row_set_is_baseline  (TdModelRow    *self,
                                              gboolean       is_baseline);
gboolean       td_model_row_update           (TdModelRow    *self,
                                              const TdQuote *quote,
                                              TdRowTokens    token_state,
                                              TdRatio        ratio);
void           td_model_row_refresh          (TdModelRow    *self);

G_END_DECLS
