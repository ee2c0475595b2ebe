/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pricing/td-quote.h"

/* @tokens × @share, rounded down: a token counts as cached only if it is whole. */
static guint64
share_of (guint64 tokens,
          guint32 share)
{
  return (guint64) ((TdInt128) tokens * share / TD_SHARE_ONE);
}

static guint64
add_saturated (guint64 a,
               guint64 b)
{
  guint64 sum;

  if (__builtin_add_overflow (a, b, &sum))
    return TD_TOKENS_UNKNOWN;

  return sum;
}

/* The expected output, visible and hidden, or TD_TOKENS_UNKNOWN. */
static guint64
expected_output (TdModel          *model,
                 const TdScenario *scenario,
                 guint64           input_tokens,
                 TdQuoteFlags     *flags)
{
  guint64 output = scenario->output_tokens;

  if (td_model_get_kind (model) == TD_MODEL_KIND_EMBEDDING)
    {
      *flags |= TD_QUOTE_NO_OUTPUT;
      return 0;
    }

  if (scenario->output_ratio != 0)
    {
      TdInt128 product;

      if (input_tokens == TD_TOKENS_UNKNOWN)
        return TD_TOKENS_UNKNOWN;

      /* A started token is a token: rounded up. */
      product = ((TdInt128) input_tokens * scenario->output_ratio + TD_SHARE_ONE - 1) / TD_SHARE_ONE;
      output = product > G_MAXINT64 ? TD_TOKENS_UNKNOWN : (guint64) product;
    }

  if (td_model_get_kind (model) == TD_MODEL_KIND_REASONING)
    output = add_saturated (output, scenario->reasoning_tokens);

  return output;
}

/* Adds the images to the input of @quote. */
static void
add_images (TdQuote          *quote,
            TdModel          *model,
            const TdScenario *scenario)
{
  guint64 each;

  if (scenario->n_images == 0)
    return;

  quote->flags |= TD_QUOTE_IMAGES;
  each = td_image_formula_count (td_model_get_image_formula (model), scenario->image_width, scenario->image_height,
                                 scenario->image_low_detail);

  if (each == TD_TOKENS_UNKNOWN || __builtin_mul_overflow (each, scenario->n_images, &quote->image_tokens))
    quote->image_tokens = TD_TOKENS_UNKNOWN;

  quote->input_tokens = add_saturated (quote->input_tokens, quote->image_tokens);
}

static TdMoney
cost_of_input (TdQuote          *quote,
               const TdScenario *scenario)
{
  const TdPrices *prices = &quote->prices;
  TdPrice cached_price = prices->cached_input;
  TdPrice write_price = scenario->cache_write_long ? prices->cache_write_long : prices->cache_write;
  guint64 plain;
  TdMoney cost;

  if (quote->input_tokens == TD_TOKENS_UNKNOWN)
    return TD_MONEY_UNKNOWN;

  quote->cached_tokens = share_of (quote->input_tokens, MIN (scenario->cached_share, TD_SHARE_ONE));
  quote->cache_write_tokens = share_of (quote->input_tokens - quote->cached_tokens,
                                        MIN (scenario->cache_write_share, TD_SHARE_ONE));

  if (quote->period->no_caching)
    {
      if (quote->cached_tokens > 0 || quote->cache_write_tokens > 0)
        quote->flags |= TD_QUOTE_NO_CACHING;
      cached_price = prices->input;
      write_price = prices->input;
    }

  plain = quote->input_tokens - quote->cached_tokens - quote->cache_write_tokens;

  cost = td_money_new_cost (prices->input, plain);
  cost = td_money_add (cost, td_money_new_cost (cached_price, quote->cached_tokens));
  cost = td_money_add (cost, td_money_new_cost (write_price, quote->cache_write_tokens));

  return cost;
}

static TdQuoteFlags
check_limits (TdModel       *model,
              const TdQuote *quote)
{
  guint64 max_input = td_model_get_max_input (model);
  guint64 max_output = td_model_get_max_output (model);
  TdQuoteFlags flags = 0;

  if (quote->context_window != 0 && quote->context_used != TD_TOKENS_UNKNOWN &&
      quote->context_used > quote->context_window)
    flags |= TD_QUOTE_OVER_CONTEXT;

  if (max_input != 0 && quote->input_tokens != TD_TOKENS_UNKNOWN && quote->input_tokens > max_input)
    flags |= TD_QUOTE_OVER_MAX_INPUT;

  if (max_output != 0 && quote->output_tokens != TD_TOKENS_UNKNOWN && quote->output_tokens > max_output)
    flags |= TD_QUOTE_OVER_MAX_OUTPUT;

  return flags;
}

/**
 * td_quote_compute:
 * @quote: (out caller-allocates): the result
 * @model: a model
 * @scenario: what is done with the text
 * @text_tokens: its length in this model's encoding, or %TD_TOKENS_UNKNOWN
 *
 * Computes what one call costs. On a day after a model's end its last prices are used and %TD_QUOTE_LAST_PRICE is
 * set; on a day before its release all is unknown. Unknown prices make unknown amounts, never 0.
 */
void
td_quote_compute (TdQuote          *quote,
                  TdModel          *model,
                  const TdScenario *scenario,
                  guint64           text_tokens)
{
  guint64 input_tokens;

  g_return_if_fail (quote != NULL);
  g_return_if_fail (TD_IS_MODEL (model));
  g_return_if_fail (scenario != NULL);
  g_return_if_fail (td_date_is_set (scenario->date));

  *quote = (TdQuote) {
    .prices = TD_PRICES_UNKNOWN,
    .availability = td_model_get_availability (model, scenario->date),
    .input_tokens = text_tokens,
    .context_window = td_model_get_context_window (model),
    .input_cost = TD_MONEY_UNKNOWN,
    .output_cost = TD_MONEY_UNKNOWN,
    .total_cost = TD_MONEY_UNKNOWN,
  };

  add_images (quote, model, scenario);
  input_tokens = quote->input_tokens;
  quote->output_tokens = expected_output (model, scenario, input_tokens, &quote->flags);
  quote->context_used = TD_TOKENS_UNKNOWN;
  if (input_tokens != TD_TOKENS_UNKNOWN && quote->output_tokens != TD_TOKENS_UNKNOWN)
    quote->context_used = add_saturated (input_tokens, quote->output_tokens);
  quote->flags |= check_limits (model, quote);

  if (quote->availability == TD_AVAILABILITY_NOT_YET_RELEASED)
    return;

  if (quote->availability == TD_AVAILABILITY_SHUT_DOWN)
    {
      quote->period = td_model_get_last_price (model, scenario->date);
      if (quote->period != NULL)
        quote->flags |= TD_QUOTE_LAST_PRICE;
    }
  else
    {
      quote->period = td_model_get_price_on (model, scenario->date);
    }

  if (quote->period == NULL)
    return;

  td_price_period_select (quote->period, scenario->service, input_tokens == TD_TOKENS_UNKNOWN ? 0 : input_tokens,
                          scenario->date, scenario->minute, &quote->prices);

  if (quote->period->long_context_above != 0 && input_tokens != TD_TOKENS_UNKNOWN &&
      input_tokens > quote->period->long_context_above)
    quote->flags |= TD_QUOTE_LONG_CONTEXT;
  if (quote->period->basis[scenario->service] == TD_PRICE_BASIS_HALF)
    quote->flags |= TD_QUOTE_DERIVED;
  if (quote->period->n_windows > 0)
    quote->flags |= TD_QUOTE_TIME_OF_DAY;

  quote->input_cost = cost_of_input (quote, scenario);
  if (quote->output_tokens != TD_TOKENS_UNKNOWN)
    quote->output_cost = td_money_new_cost (quote->prices.output, quote->output_tokens);
  quote->total_cost = td_money_add (quote->input_cost, quote->output_cost);
}

/**
 * td_quote_ratio:
 * @quote: a quote
 * @baseline: the quote it is compared with
 *
 * Returns: how many times the total of @baseline the total of @quote is
 */
TdRatio
td_quote_ratio (const TdQuote *quote,
                const TdQuote *baseline)
{
  return td_money_ratio (quote->total_cost, baseline->total_cost);
}

/**
 * td_quote_context_share:
 * @quote: a quote
 *
 * Returns: which part of the context window input and output fill, unknown if one of them is
 */
TdRatio
td_quote_context_share (const TdQuote *quote)
{
  if (quote->context_window == 0 || quote->context_used == TD_TOKENS_UNKNOWN)
    return TD_RATIO_UNKNOWN;

  return (TdRatio) { quote->context_used, quote->context_window };
}

/**
 * td_quote_cost_of_calls:
 * @quote: a quote
 * @calls: how many such calls
 *
 * Returns: what they cost together
 */
TdMoney
td_quote_cost_of_calls (const TdQuote *quote,
                        guint64        calls)
{
  return td_money_multiply (quote->total_cost, calls);
}

/**
 * td_quote_calls_for_budget:
 * @quote: a quote
 * @budget: US dollars to spend
 * @calls: (out): how many whole calls that pays for
 *
 * Returns: whether there is an answer; none if the total is unknown or 0
 */
gboolean
td_quote_calls_for_budget (const TdQuote *quote,
                           TdMoney        budget,
                           guint64       *calls)
{
  TdInt128 result;

  g_return_val_if_fail (calls != NULL, FALSE);

  if (!td_money_is_known (budget) || budget.femto < 0 || !td_money_is_known (quote->total_cost) ||
      quote->total_cost.femto <= 0)
    return FALSE;

  result = budget.femto / quote->total_cost.femto;
  *calls = result > (TdInt128) G_MAXINT64 ? G_MAXINT64 : (guint64) result;

  return TRUE;
}

/**
 * td_factor_parse:
 * @text: "1.5" or "150%"
 * @factor: (out): the factor in millionths
 *
 * Reads a factor between 0 and 4000 exactly, with up to six places.
 *
 * Returns: whether @text is such a factor
 */
gboolean
td_factor_parse (const char *text,
                 guint32    *factor)
{
  g_autofree char *number = g_strdup (text);
  size_t length = strlen (number);
  gint64 one = G_GINT64_CONSTANT (1000000000);
  TdPrice value;

  g_return_val_if_fail (factor != NULL, FALSE);

  if (length > 0 && number[length - 1] == '%')
    {
      number[length - 1] = '\0';
      one *= 100;
    }

  if (!td_price_parse (number, &value) || value > one * 4000 || value % (one / TD_SHARE_ONE) != 0)
    return FALSE;

  *factor = (guint32) (value / (one / TD_SHARE_ONE));

  return TRUE;
}

/**
 * td_minute_parse:
 * @text: "06:00"
 * @minute: (out): the minute of the day
 *
 * Reads a time of day.
 *
 * Returns: whether @text is one
 */
gboolean
td_minute_parse (const char *text,
                 int        *minute)
{
  int hour, rest;

  g_return_val_if_fail (text != NULL && minute != NULL, FALSE);

  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return FALSE;

  hour = g_ascii_digit_value (text[0]) * 10 + g_ascii_digit_value (text[1]);
  rest = g_ascii_digit_value (text[3]) * 10 + g_ascii_digit_value (text[4]);
  if (hour > 23 || rest > 59)
    return FALSE;

  *minute = hour * 60 + rest;

  return TRUE;
}

/**
 * td_share_parse:
 * @text: "0.25" or "25%"
 * @share: (out): the share in millionths
 *
 * Reads a share between 0 and 1 exactly, with up to six places.
 *
 * Returns: whether @text is such a share
 */
gboolean
td_share_parse (const char *text,
                guint32    *share)
{
  guint32 factor;

  if (!td_factor_parse (text, &factor) || factor > TD_SHARE_ONE)
    return FALSE;

  *share = factor;

  return TRUE;
}
