/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-model-order.h"

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* The result of comparing two known values, or whether one is unknown. */
typedef struct
{
  gboolean a_known;
  gboolean b_known;
  int result;
} Comparison;

static Comparison
compare_money (TdMoney a,
               TdMoney b)
{
  return (Comparison) { td_money_is_known (a), td_money_is_known (b), td_money_compare (a, b) };
}

static Comparison
compare_ratios (TdRatio a,
                TdRatio b)
{
  return (Comparison) { a.denominator != 0, b.denominator != 0, td_ratio_compare (a, b) };
}

static Comparison
compare_prices (TdPrice a,
                TdPrice b)
{
  return (Comparison) { a != TD_PRICE_UNKNOWN, b != TD_PRICE_UNKNOWN, COMPARE (a, b) };
}

static Comparison
compare_dates (TdDate a,
               TdDate b)
{
  return (Comparison) { td_date_is_set (a), td_date_is_set (b), td_date_compare (a, b) };
}

static Comparison
compare_texts (const char *a,
               const char *b)
{
  return (Comparison) { a != NULL, b != NULL, a && b ? g_utf8_collate (a, b) : 0 };
}

static Comparison
compare_by_key (TdRowKey           key,
                const TdOrderItem *item_a,
                const TdOrderItem *item_b)
{
  const TdQuote *a = item_a->quote;
  const TdQuote *b = item_b->quote;
  TdModel *model_a = item_a->model;
  TdModel *model_b = item_b->model;

  switch (key)
    {
    case TD_ROW_KEY_NAME:
      return compare_texts (td_model_get_name (model_a), td_model_get_name (model_b));
    case TD_ROW_KEY_VENDOR:
      return compare_texts (td_model_get_vendor_name (model_a), td_model_get_vendor_name (model_b));
    case TD_ROW_KEY_RELEASED:
      return compare_dates (td_model_get_released (model_a), td_model_get_released (model_b));
    case TD_ROW_KEY_TOKENS:
      return (Comparison) { a->input_tokens != TD_TOKENS_UNKNOWN, b->input_tokens != TD_TOKENS_UNKNOWN,
                            COMPARE (a->input_tokens, b->input_tokens) };
    case TD_ROW_KEY_CONTEXT_WINDOW:
      return (Comparison) { a->context_window != 0, b->context_window != 0,
                            COMPARE (a->context_window, b->context_window) };
    case TD_ROW_KEY_INPUT_COST:
      return compare_money (a->input_cost, b->input_cost);
    case TD_ROW_KEY_OUTPUT_COST:
      return compare_money (a->output_cost, b->output_cost);
    case TD_ROW_KEY_TOTAL_COST:
      return compare_money (a->total_cost, b->total_cost);
    case TD_ROW_KEY_RATIO:
      return compare_ratios (item_a->ratio, item_b->ratio);
    case TD_ROW_KEY_CONTEXT_SHARE:
      return compare_ratios (td_quote_context_share (a), td_quote_context_share (b));
    case TD_ROW_KEY_INPUT_PRICE:
      return compare_prices (a->prices.input, b->prices.input);
    case TD_ROW_KEY_OUTPUT_PRICE:
      return compare_prices (a->prices.output, b->prices.output);
    case TD_ROW_KEY_DEFAULT:
    default:
      return (Comparison) { TRUE, TRUE, 0 };
    }
}

/* What can be called first, then the newest, then the catalogue's own order. */
static int
compare_by_default (const TdOrderItem *a,
                    const TdOrderItem *b)
{
  gboolean a_available = a->quote->availability == TD_AVAILABILITY_AVAILABLE;
  gboolean b_available = b->quote->availability == TD_AVAILABILITY_AVAILABLE;
  TdDate a_released = td_model_get_released (a->model);
  TdDate b_released = td_model_get_released (b->model);
  int result;

  if (a_available != b_available)
    return a_available ? -1 : 1;

  result = td_date_compare (b_released, a_released);
  if (result != 0)
    return result;

  return COMPARE (a->position, b->position);
}

/* In the order of the keys; those of the window's columns. */
static const char * const names[] = { "default", "model", "tokens", "input-cost", "output-cost", "total-cost", "ratio",
                                      "context-share", "context-window", "input-price", "output-price", "vendor",
                                      "released", NULL };

/** Returns: (transfer none): what td_row_key_from_name() takes, %NULL-terminated */
const char * const *
td_row_key_get_names (void)
{
  return names;
}

/** Finds a key by its name; FALSE if there is none of that name. */
gboolean
td_row_key_from_name (const char *name,
                      TdRowKey   *key)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        {
          *key = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * td_model_order_compare:
 * @key: what to sort by
 * @descending: whether the largest comes first
 * @a: a model
 * @b: another
 *
 * Pinned models come first, and a value nobody knows last, whatever the direction. What is equal follows the default
 * order.
 *
 * Returns: below 0 if @a comes first, above 0 if @b does
 */
int
td_model_order_compare (TdRowKey           key,
                        gboolean           descending,
                        const TdOrderItem *a,
                        const TdOrderItem *b)
{
  Comparison comparison;

  if ((a->pin >= 0) != (b->pin >= 0))
    return a->pin >= 0 ? -1 : 1;

  comparison = compare_by_key (key, a, b);
  if (comparison.a_known != comparison.b_known)
    return comparison.a_known ? -1 : 1;
  if (comparison.a_known && comparison.result != 0)
    return descending ? -comparison.result : comparison.result;

  if (a->pin != b->pin)
    return COMPARE (a->pin, b->pin);

  return compare_by_default (a, b);
}
