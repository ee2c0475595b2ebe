/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-quote.h"

G_BEGIN_DECLS

/**
 * TdRowKey:
 *
 * What models can be sorted by. %TD_ROW_KEY_DEFAULT: what can be called first, newest first.
 */
typedef enum
{
  TD_ROW_KEY_DEFAULT,
  TD_ROW_KEY_NAME,
  TD_ROW_KEY_TOKENS,
  TD_ROW_KEY_INPUT_COST,
  TD_ROW_KEY_OUTPUT_COST,
  TD_ROW_KEY_TOTAL_COST,
  TD_ROW_KEY_RATIO,
  TD_ROW_KEY_CONTEXT_SHARE,
  TD_ROW_KEY_CONTEXT_WINDOW,
  TD_ROW_KEY_INPUT_PRICE,
  TD_ROW_KEY_OUTPUT_PRICE,
  TD_ROW_KEY_VENDOR,
  TD_ROW_KEY_RELEASED
} TdRowKey;

/**
 * TdOrderItem:
 * @model: a model
 * @quote: what it costs
 * @ratio: that as a multiple of the baseline's
 * @position: its place in the catalogue
 * @pin: its place among the models that come first, or -1
 *
 * What a model is sorted by. All is borrowed. Plain data.
 */
typedef struct
{
  TdModel *model;
  const TdQuote *quote;
  TdRatio ratio;
  guint position;
  int pin;
} TdOrderItem;

const char * const *td_row_key_get_names   (void);
gboolean            td_row_key_from_name   (const char        *name,
                                            TdRowKey          *key);
int                 td_model_order_compare (TdRowKey           key,
                                            gboolean           descending,
                                            const TdOrderItem *a,
                                            const TdOrderItem *b);

G_END_DECLS
