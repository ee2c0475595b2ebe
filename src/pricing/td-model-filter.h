/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-quote.h"

G_BEGIN_DECLS

/**
 * TdModelFilter:
 * @vendor: (nullable): the key of a vendor, or "" or %NULL for all
 * @min_price: the lowest price of input, per million tokens
 * @max_price: the price of input it must be below
 * @has_price_range: whether the prices matter; what is not known is in no range
 * @min_context: the smallest context window in tokens, 0 for any
 * @available_only: whether models that cannot be called on the day are left out
 * @exact_only: whether models whose tokens are not counted exactly are left out
 *
 * Which models are wanted, for the window and the command line alike. Zero-initialised it is all of them. Plain data.
 */
typedef struct
{
  const char *vendor;
  TdPrice min_price;
  TdPrice max_price;
  gboolean has_price_range;
  guint64 min_context;
  gboolean available_only;
  gboolean exact_only;
} TdModelFilter;

gboolean  td_model_filter_matches       (const TdModelFilter *filter,
                                         TdModel             *model,
                                         const TdQuote       *quote);
gboolean  td_model_filter_set_range     (TdModelFilter       *filter,
                                         const char          *range);

char    **td_model_filter_split_words   (const char          *search);
gboolean  td_model_filter_matches_words (char               **words,
                                         TdModel             *model);

G_END_DECLS
