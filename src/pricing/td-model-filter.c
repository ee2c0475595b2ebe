/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pricing/td-model-filter.h"

static gboolean
contains (const char *text,
          const char *folded_word)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;

  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  folded = g_utf8_casefold (normal != NULL ? normal : text, -1);

  return strstr (folded, folded_word) != NULL;
}

static gboolean
matches_word (TdModel    *model,
              const char *word)
{
  const char * const *aliases = td_model_get_aliases (model);

  if (contains (td_model_get_name (model), word) ||
      contains (td_model_get_id (model), word) ||
      contains (td_model_get_vendor_name (model), word) ||
      contains (td_model_get_encoding (model), word))
    return TRUE;

  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    {
      if (contains (aliases[i], word))
        return TRUE;
    }

  return FALSE;
}

/**
 * td_model_filter_split_words:
 * @search: (nullable): what is looked for
 *
 * Returns: (transfer full) (nullable): its words, folded for td_model_filter_matches_words(); %NULL if it has none
 */
char **
td_model_filter_split_words (const char *search)
{
  g_autofree char *normal = g_utf8_normalize (search != NULL ? search : "", -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : "", -1);

  g_strstrip (folded);

  return *folded != '\0' ? g_strsplit_set (folded, " \t\n", -1) : NULL;
}

/**
 * td_model_filter_matches_words:
 * @words: (nullable): what td_model_filter_split_words() returned
 * @model: a model
 *
 * Returns: whether name, id, other names, vendor or encoding of the model contain all the words
 */
gboolean
td_model_filter_matches_words (char    **words,
                               TdModel  *model)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (*words[i] != '\0' && !matches_word (model, words[i]))
        return FALSE;
    }

  return TRUE;
}

/**
 * td_model_filter_set_range:
 * @filter: a filter
 * @range: (nullable): "0.5-2", "-2" or "2-", in US dollars per million tokens, or "" for any price
 *
 * Wants models whose input costs at least the first and less than the second price.
 *
 * Returns: whether @range is one; otherwise any price is wanted
 */
gboolean
td_model_filter_set_range (TdModelFilter *filter,
                           const char    *range)
{
  g_auto (GStrv) ends = g_strsplit (range != NULL ? range : "", "-", -1);

  filter->min_price = 0;
  filter->max_price = G_MAXINT64;
  filter->has_price_range = FALSE;
  if (range == NULL || *range == '\0')
    return TRUE;

  if (g_strv_length (ends) != 2 || (*ends[0] != '\0' && !td_price_parse (ends[0], &filter->min_price)) ||
      (*ends[1] != '\0' && !td_price_parse (ends[1], &filter->max_price)))
    return FALSE;

  filter->has_price_range = TRUE;

  return TRUE;
}

/**
 * td_model_filter_matches:
 * @filter: a filter
 * @model: a model
 * @quote: what it costs on the day in question; of any text
 *
 * Prices are compared with the standard price of the day, whatever service the quote is for.
 *
 * Returns: whether the model is wanted
 */
gboolean
td_model_filter_matches (const TdModelFilter *filter,
                         TdModel             *model,
                         const TdQuote       *quote)
{
  TdPrice price = quote->period != NULL ? quote->period->services[TD_SERVICE_STANDARD].input : TD_PRICE_UNKNOWN;

  if (filter->vendor != NULL && *filter->vendor != '\0' && g_strcmp0 (td_model_get_vendor (model), filter->vendor) != 0)
    return FALSE;

  if (filter->has_price_range &&
      (price == TD_PRICE_UNKNOWN || price < filter->min_price || price >= filter->max_price))
    return FALSE;

  if (td_model_get_context_window (model) < filter->min_context)
    return FALSE;

  if (filter->available_only && quote->availability != TD_AVAILABILITY_AVAILABLE)
    return FALSE;

  return !filter->exact_only || td_model_get_exactness (model) == TD_EXACTNESS_EXACT;
}
