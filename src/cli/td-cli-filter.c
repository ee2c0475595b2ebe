/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/td-cli-filter.h"
#include "cli/td-cli-options.h"

/* A model with what it is sorted by. */
typedef struct
{
  TdModel *model;
  TdQuote quote;
  TdOrderItem item;
} Entry;

static void
clear_entry (Entry *entry)
{
  g_clear_object (&entry->model);
}

/** Frees what a filter holds. */
void
td_cli_filter_clear (TdCliFilter *filter)
{
  g_free (filter->search);
  g_free (filter->vendor);
  g_free (filter->price_range);
  g_free (filter->min_context);
  g_free (filter->sort);
  g_strfreev (filter->words);
}

static gboolean
find_vendor (TdCliFilter *filter,
             TdCatalogue *catalogue)
{
  GListModel *list = G_LIST_MODEL (catalogue);

  if (filter->vendor == NULL)
    return TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (list, i);
      const char *vendor = td_model_get_vendor (model);

      if (g_ascii_strcasecmp (vendor, filter->vendor) == 0 ||
          g_ascii_strcasecmp (td_model_get_vendor_name (model), filter->vendor) == 0)
        {
          /* The catalogue keeps its models for as long as the program runs. */
          filter->rules.vendor = vendor;
          return TRUE;
        }
    }

  td_cli_complain_usage (_("No model is by a vendor “%s”; “%s models” lists them."), filter->vendor, TD_CLI_NAME);

  return FALSE;
}

/**
 * td_cli_filter_check:
 * @filter: what a command line asks for
 * @catalogue: the models there are; it has to outlive @filter
 *
 * Finds out what is asked for, and complains about what makes no sense.
 *
 * Returns: whether it does
 */
gboolean
td_cli_filter_check (TdCliFilter *filter,
                     TdCatalogue *catalogue)
{
  if (!find_vendor (filter, catalogue) ||
      !td_cli_parse_number ("--min-context", filter->min_context, &filter->rules.min_context))
    return FALSE;

  if (!td_model_filter_set_range (&filter->rules, filter->price_range))
    {
      td_cli_complain_usage (_("--price-range takes two prices like 0.5-2, or one like 2-, not “%s”."),
                             filter->price_range);
      return FALSE;
    }

  if (filter->sort != NULL && !td_row_key_from_name (filter->sort, &filter->key))
    {
      g_autofree char *names = g_strjoinv (", ", (char **) td_row_key_get_names ());

      td_cli_complain_usage (_("There is no column “%s” to sort by, only %s."), filter->sort, names);
      return FALSE;
    }

  if (filter->descending && filter->sort == NULL)
    {
      td_cli_complain_usage (_("--descending needs --sort."));
      return FALSE;
    }

  filter->rules.available_only = filter->available;
  filter->rules.exact_only = filter->exact;
  filter->words = td_model_filter_split_words (filter->search);

  return TRUE;
}

/** Returns: whether @filter leaves anything out */
gboolean
td_cli_filter_is_any (const TdCliFilter *filter)
{
  return filter->search != NULL || filter->vendor != NULL || filter->price_range != NULL ||
         filter->min_context != NULL || filter->available || filter->exact;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  const TdCliFilter *filter = user_data;
  const Entry *entry_a = a;
  const Entry *entry_b = b;

  return td_model_order_compare (filter->key, filter->descending, &entry_a->item, &entry_b->item);
}

/**
 * td_cli_filter_apply:
 * @filter: a filter that was checked
 * @models: (inout) (element-type TdModel): models; those that are not wanted are taken out, the others sorted
 * @scenario: what is done with the text
 * @tokens: (nullable) (array): how long the text is for each of @models; %NULL if there is no text
 * @baseline: (nullable): what the text costs on the model the others are compared with
 */
void
td_cli_filter_apply (const TdCliFilter *filter,
                     GPtrArray         *models,
                     const TdScenario  *scenario,
                     const guint64     *tokens,
                     const TdQuote     *baseline)
{
  g_autoptr (GArray) entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), models->len);

  g_array_set_clear_func (entries, (GDestroyNotify) clear_entry);
  for (guint i = 0; i < models->len; i++)
    {
      Entry entry = { .model = g_ptr_array_index (models, i) };

      td_quote_compute (&entry.quote, entry.model, scenario, tokens != NULL ? tokens[i] : TD_TOKENS_UNKNOWN);
      entry.item = (TdOrderItem) { entry.model, NULL, TD_RATIO_UNKNOWN, i, -1 };
      if (baseline != NULL)
        entry.item.ratio = td_quote_ratio (&entry.quote, baseline);

      if (!td_model_filter_matches_words (filter->words, entry.model) ||
          !td_model_filter_matches (&filter->rules, entry.model, &entry.quote))
        continue;

      g_object_ref (entry.model);
      g_array_append_val (entries, entry);
    }

  /* Not before: the array moves while it grows. */
  for (guint i = 0; i < entries->len; i++)
    g_array_index (entries, Entry, i).item.quote = &g_array_index (entries, Entry, i).quote;

  if (filter->sort != NULL)
    {
      /* Sorting moves them too, so what is sorted are pointers. */
      g_autoptr (GPtrArray) order = g_ptr_array_sized_new (entries->len);

      for (guint i = 0; i < entries->len; i++)
        g_ptr_array_add (order, &g_array_index (entries, Entry, i));
      g_ptr_array_sort_values_with_data (order, compare_cb, (gpointer) filter);
      g_ptr_array_set_size (models, 0);
      for (guint i = 0; i < order->len; i++)
        g_ptr_array_add (models, g_object_ref (((Entry *) g_ptr_array_index (order, i))->model));
      return;
    }

  g_ptr_array_set_size (models, 0);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (models, g_object_ref (g_array_index (entries, Entry, i).model));
}
