/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-model.h"

G_BEGIN_DECLS

/** A number of tokens nobody has counted. */
#define TD_TOKENS_UNKNOWN G_MAXUINT64
/** Shares and ratios are kept in millionths. */
#define TD_SHARE_ONE 1000000u
/** The time of day does not matter, or is not known. */
#define TD_MINUTE_ANY (-1)

/**
 * TdScenario:
 * @date: the day of the call; td_date_today() for now
 * @minute: the minute of that day in UTC, or %TD_MINUTE_ANY for the standard hours
 * @service: how the request is served
 * @output_tokens: tokens expected in the answer
 * @output_ratio: if not 0, expected answer as a share of the input in millionths, instead of @output_tokens
 * @reasoning_tokens: hidden reasoning expected on top, for models that reason
 * @n_images: images sent along, all of one size
 * @image_width: their width in pixels
 * @image_height: their height in pixels
 * @image_low_detail: whether the model is to look at them only roughly
 * @cached_share: how much of the input is read from the cache, in millionths
 * @cache_write_share: how much of the rest is written to the cache, in millionths
 * @cache_write_long: whether what is written is kept for the longer of two lifetimes
 *
 * What is done with a text. Zero-initialise it, set the date and the rest as needed. Plain data.
 */
typedef struct
{
  TdDate date;
  int minute;
  TdService service;
  guint64 output_tokens;
  guint32 output_ratio;
  guint64 reasoning_tokens;
  guint n_images;
  guint image_width;
  guint image_height;
  gboolean image_low_detail;
  guint32 cached_share;
  guint32 cache_write_share;
  gboolean cache_write_long;
} TdScenario;

#define TD_SCENARIO_INIT { .minute = TD_MINUTE_ANY }

/**
 * TdQuoteFlags:
 * @TD_QUOTE_LAST_PRICE: the model is shut down on that day; its last price is shown
 * @TD_QUOTE_LONG_CONTEXT: the long-context prices apply
 * @TD_QUOTE_DERIVED: the prices are half the standard ones by rule, not listed
 * @TD_QUOTE_TIME_OF_DAY: at other hours other prices apply
 * @TD_QUOTE_NO_CACHING: the cached share is billed in full, as the model has no cache discount
 * @TD_QUOTE_NO_OUTPUT: the model writes nothing, so no output is billed
 * @TD_QUOTE_OVER_CONTEXT: input and output do not fit the context window
 * @TD_QUOTE_OVER_MAX_INPUT: the input is longer than the model takes
 * @TD_QUOTE_OVER_MAX_OUTPUT: the expected output is longer than the model writes
 * @TD_QUOTE_IMAGES: images are part of the input, by an estimate
 * @TD_QUOTE_ESTIMATE: the input itself was estimated; set by those who counted it
 *
 * What one should know besides the amounts.
 */
typedef enum
{
  TD_QUOTE_LAST_PRICE      = 1 << 0,
  TD_QUOTE_LONG_CONTEXT    = 1 << 1,
  TD_QUOTE_DERIVED         = 1 << 2,
  TD_QUOTE_TIME_OF_DAY     = 1 << 3,
  TD_QUOTE_NO_CACHING      = 1 << 4,
  TD_QUOTE_NO_OUTPUT       = 1 << 5,
  TD_QUOTE_OVER_CONTEXT    = 1 << 6,
  TD_QUOTE_OVER_MAX_INPUT  = 1 << 7,
  TD_QUOTE_OVER_MAX_OUTPUT = 1 << 8,
  TD_QUOTE_IMAGES          = 1 << 9,
  TD_QUOTE_ESTIMATE        = 1 << 10
} TdQuoteFlags;

/**
 * TdQuote:
 * @period: (nullable): the price period that applies, borrowed from the model
 * @prices: the prices that apply, after service, long context and hour
 * @input_tokens: all input tokens, of text and images, or %TD_TOKENS_UNKNOWN
 * @image_tokens: those of them for images, or %TD_TOKENS_UNKNOWN
 * @cached_tokens: those of them read from the cache
 * @cache_write_tokens: those of them written to the cache
 * @output_tokens: visible and reasoning output
 * @context_used: input and output together, or %TD_TOKENS_UNKNOWN
 * @context_window: the model's window, or 0 if unknown
 * @input_cost: all input of one call in US dollars
 * @output_cost: all output of one call
 * @total_cost: both
 *
 * The cost of one call. Computed without allocating, so hundreds of rows follow every keystroke. Plain data; @period
 * lives as long as the model.
 */
typedef struct
{
  const TdPricePeriod *period;
  TdPrices prices;
  TdAvailability availability;
  TdQuoteFlags flags;
  guint64 input_tokens;
  guint64 image_tokens;
  guint64 cached_tokens;
  guint64 cache_write_tokens;
  guint64 output_tokens;
  guint64 context_used;
  guint64 context_window;
  TdMoney input_cost;
  TdMoney output_cost;
  TdMoney total_cost;
} TdQuote;

void     td_quote_compute          (TdQuote          *quote,
                                    TdModel          *model,
                                    const TdScenario *scenario,
                                    guint64           input_tokens);
TdRatio  td_quote_ratio            (const TdQuote    *quote,
                                    const TdQuote    *baseline);
TdRatio  td_quote_context_share    (const TdQuote    *quote);
TdMoney  td_quote_cost_of_calls    (const TdQuote    *quote,
                                    guint64           calls);
gboolean td_quote_calls_for_budget (const TdQuote    *quote,
                                    TdMoney           budget,
                                    guint64          *calls);
gboolean td_minute_parse           (const char       *text,
                                    int              *minute);
gboolean td_share_parse            (const char       *text,
                                    guint32          *share);
gboolean td_factor_parse           (const char       *text,
                                    guint32          *factor);

G_END_DECLS
