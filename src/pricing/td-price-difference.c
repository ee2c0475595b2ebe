/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Compares a feed with the catalogue, field by field. Only what the feed states is compared: a price it does not have
 * is no statement that there is none.
 */

#include "config.h"

#include "pricing/td-model-private.h"
#include "pricing/td-price-difference.h"
#include "tokenizer/tk-tokenizer.h"

typedef struct
{
  GListStore *changes;
  TdCatalogue *catalogue;
  TdPriceFeed *feed;
  GHashTable *claimed; /* TdFeedModel -> itself: of those that a model of the catalogue is */
  TdDate today;
  const char *source;
} Comparing;

static gboolean
has_id (TdModel           *model,
        const TdFeedModel *listed)
{
  return g_str_equal (td_model_get_vendor (model), listed->vendor) &&
         (g_ascii_strcasecmp (td_model_get_id (model), listed->id) == 0 || td_model_has_name (model, listed->id));
}

/* Each model of the feed that has the name of one of ours is that one, and is not offered to any other: feeds count
 * old snapshots to the newest, which costs something else. */
static void
claim_by_name (Comparing *comparing,
               TdModel   *model)
{
  for (guint i = 0; i < td_price_feed_get_n_models (comparing->feed); i++)
    {
      const TdFeedModel *listed = td_price_feed_get_model (comparing->feed, i);

      if (has_id (model, listed))
        g_hash_table_add (comparing->claimed, (gpointer) listed);
    }
}

static const TdFeedModel *
find_listed (Comparing *comparing,
             TdModel   *model)
{
  const TdFeedModel *by_pattern = NULL;

  for (guint i = 0; i < td_price_feed_get_n_models (comparing->feed); i++)
    {
      const TdFeedModel *listed = td_price_feed_get_model (comparing->feed, i);

      if (!g_str_equal (td_model_get_vendor (model), listed->vendor))
        continue;
      if (g_ascii_strcasecmp (td_model_get_id (model), listed->id) == 0)
        return listed;
      if (by_pattern == NULL &&
          (has_id (model, listed) || (!g_hash_table_contains (comparing->claimed, listed) &&
                                      td_feed_model_matches (listed, td_model_get_id (model)))))
        by_pattern = listed;
    }

  return by_pattern;
}

/* The day of the newest of some sources, as far as it is known. */
static TdDate
get_newest (TdCatalogue *catalogue,
            char       **sources)
{
  TdDate newest = TD_DATE_NONE;

  for (guint i = 0; sources != NULL && sources[i] != NULL; i++)
    {
      TdDate date = td_catalogue_get_source_date (catalogue, sources[i]);

      if (td_date_is_set (date) && (!td_date_is_set (newest) || td_date_compare (date, newest) > 0))
        newest = date;
    }

  return newest;
}

/* A rise that was announced and then cancelled stays in lists as a price of the day it was planned for; what tells it
 * from a real one is that nobody has looked since. */
static void
compare_evidence (Comparing           *comparing,
                  TdPriceChange       *change,
                  const TdPricePeriod *period,
                  const TdFeedModel   *listed)
{
  TdDate said = td_date_is_set (listed->checked) ? listed->checked : listed->start_date;
  TdDate known = period != NULL ? get_newest (comparing->catalogue, period->sources) : TD_DATE_NONE;

  td_price_change_set_evidence (change, said, known);
}

static TdPriceChange *
propose (Comparing         *comparing,
         TdModel           *model,
         const TdFeedModel *listed,
         TdChangeField      field,
         gint64             old_value,
         gint64             new_value,
         TdDate             from)
{
  g_autoptr (TdPriceChange) change = td_price_change_new (td_model_get_id (model), field, old_value, new_value, from);

  td_price_change_set_origin (change, TD_MODEL_ORIGIN_REFRESH, comparing->today, comparing->source);
  compare_evidence (comparing, change, td_model_get_price_on (model, comparing->today), listed);
  g_list_store_append (comparing->changes, change);

  return change;
}

static TdPrice
get_listed (const TdFeedModel *listed,
            TdChangeField      field)
{
  TdPricePeriod period = { .long_context = listed->long_context };
  TdPrice *price;

  period.services[TD_SERVICE_STANDARD] = listed->prices;
  price = td_change_field_find (field, &period);

  return price != NULL ? *price : TD_PRICE_UNKNOWN;
}

/* The first day of the new prices: the feed's, if it is later than that of those in force; else nobody knows since
 * when, and they hold from today on. */
static TdDate
get_first_day (Comparing           *comparing,
               const TdPricePeriod *period,
               const TdFeedModel   *listed)
{
  if (td_date_is_set (listed->start_date) &&
      (period == NULL || !td_date_is_set (period->from) || td_date_compare (listed->start_date, period->from) > 0))
    return listed->start_date;

  return comparing->today;
}

/* One token more or less is how "more than" and "from … on" are told apart, which sources do not agree about. */
static gboolean
is_same_threshold (guint64 a,
                   guint64 b)
{
  return a == b || a + 1 == b || b + 1 == a;
}

static void
compare_model (Comparing         *comparing,
               TdModel           *model,
               const TdFeedModel *listed)
{
  const TdPricePeriod *period = td_model_get_price_on (model, comparing->today);
  g_autoptr (TdPricePeriod) nothing = td_price_period_new ();
  TdPricePeriod ours = period != NULL ? *period : *nothing;
  TdDate from = get_first_day (comparing, period, listed);
  guint64 window = td_model_get_context_window (model);

  if (listed->long_context_above != 0 && !is_same_threshold (ours.long_context_above, listed->long_context_above))
    propose (comparing, model, listed, TD_CHANGE_FIELD_LONG_ABOVE,
             ours.long_context_above != 0 ? (gint64) ours.long_context_above : TD_CHANGE_UNKNOWN,
             listed->long_context_above, from);

  for (TdChangeField field = 0; field < TD_CHANGE_FIELD_CONTEXT_WINDOW; field++)
    {
      TdPrice *old_price = td_change_field_find (field, &ours);
      TdPrice new_price = get_listed (listed, field);
      TdPriceChange *change;

      if (old_price == NULL || new_price == TD_PRICE_UNKNOWN || *old_price == new_price)
        continue;

      change = propose (comparing, model, listed, field, *old_price, new_price, from);
      if (field == TD_CHANGE_FIELD_CACHED_INPUT && listed->prices.input != TD_PRICE_UNKNOWN &&
          new_price > listed->prices.input)
        td_price_change_add_doubts (change, TD_CHANGE_DOUBT_CACHED);
    }

  if (listed->context_window != 0 && listed->context_window != window)
    propose (comparing, model, listed, TD_CHANGE_FIELD_CONTEXT_WINDOW, window != 0 ? (gint64) window : TD_CHANGE_UNKNOWN,
             listed->context_window, from);
}

/* OpenAI's names tell which models reason; hidden tokens are billed by those only. */
static TdModelKind
guess_kind (const TdFeedModel *listed)
{
  static const char * const reasoning[] = { "o1", "o3", "o4", "gpt-5", "gpt-6", NULL };

  if (listed->prices.output == TD_PRICE_UNKNOWN)
    return TD_MODEL_KIND_EMBEDDING;

  for (guint i = 0; g_str_equal (listed->vendor, "openai") && reasoning[i] != NULL; i++)
    {
      if (g_str_has_prefix (listed->id, reasoning[i]) && strstr (listed->id, "chat") == NULL)
        return TD_MODEL_KIND_REASONING;
    }

  return TD_MODEL_KIND_CHAT;
}

static void
set_encoding (TdModel           *model,
              const TdFeedModel *listed)
{
  TkEncodingId id;
  TkModelMatch match = g_str_equal (listed->vendor, "openai") ? tk_encoding_id_for_model (listed->id, &id)
                                                              : TK_MODEL_UNKNOWN;

  model->exactness = TD_EXACTNESS_NOT_BUNDLED;
  if (match != TK_MODEL_UNKNOWN)
    {
      model->encoding = g_strdup (tk_encoding_id_to_name (id));
      model->exactness = match == TK_MODEL_EXACT ? TD_EXACTNESS_EXACT : TD_EXACTNESS_ASSUMED;
    }
  else if (g_str_equal (listed->vendor, "anthropic") || g_str_equal (listed->vendor, "google") ||
           g_str_equal (listed->vendor, "openai"))
    {
      model->exactness = TD_EXACTNESS_REMOTE_ONLY;
    }
}

static void
propose_model (Comparing         *comparing,
               const TdFeedModel *listed)
{
  TdDate from = td_date_is_set (listed->start_date) ? listed->start_date : comparing->today;
  g_autoptr (TdModel) model = td_model_new_own (listed->id, listed->name, listed->vendor, TD_MODEL_ORIGIN_REFRESH);
  g_autoptr (TdPriceChange) change = NULL;
  TdPricePeriod *period = td_price_period_new ();

  model->kind = guess_kind (listed);
  model->context_window = listed->context_window;
  model->status = TD_MODEL_STATUS_ACTIVE;
  set_encoding (model, listed);
  period->from = from;
  period->precision = TD_DATE_PRECISION_DAY;
  period->confidence = TD_CONFIDENCE_REFRESH;
  period->services[TD_SERVICE_STANDARD] = listed->prices;
  period->long_context_above = listed->long_context_above;
  period->long_context = listed->long_context;
  period->sources = g_new0 (char *, 1);
  g_ptr_array_add (model->prices, period);

  change = td_price_change_new_model (model, from);
  td_price_change_set_origin (change, TD_MODEL_ORIGIN_REFRESH, comparing->today, comparing->source);
  g_list_store_append (comparing->changes, change);
}

/* Whether a name is new: a dated snapshot of a model that is there is not. */
static gboolean
is_new (Comparing         *comparing,
        const TdFeedModel *listed)
{
  return listed->prices.input != TD_PRICE_UNKNOWN && !g_hash_table_contains (comparing->claimed, listed) &&
         td_catalogue_find (comparing->catalogue, listed->id) == NULL;
}

/**
 * td_price_difference_list:
 * @catalogue: the models as they are now
 * @feed: what a price list says
 * @today: the day to compare
 * @source: the price list's address
 *
 * Lists what would change if all of @feed were believed: first the fields that differ, in the order of the catalogue,
 * then the models that are new. Models that cannot be called on @today are left alone.
 *
 * Returns: (transfer full): a list of #TdPriceChange
 */
GListStore *
td_price_difference_list (TdCatalogue *catalogue,
                          TdPriceFeed *feed,
                          TdDate       today,
                          const char  *source)
{
  g_autoptr (GHashTable) claimed = g_hash_table_new (NULL, NULL);
  Comparing comparing = { g_list_store_new (TD_TYPE_PRICE_CHANGE), catalogue, feed, claimed, today, source };
  guint n_models = g_list_model_get_n_items (G_LIST_MODEL (catalogue));

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      claim_by_name (&comparing, model);
    }

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
      const TdFeedModel *listed = find_listed (&comparing, model);

      if (listed == NULL)
        continue;

      g_hash_table_add (claimed, (gpointer) listed);
      /* What open weights cost depends on where they run. */
      if (td_model_get_origin (model) != TD_MODEL_ORIGIN_USER &&
          td_model_get_kind (model) != TD_MODEL_KIND_OPEN_WEIGHTS &&
          td_model_get_availability (model, today) == TD_AVAILABILITY_AVAILABLE)
        compare_model (&comparing, model, listed);
    }

  for (guint i = 0; i < td_price_feed_get_n_models (feed); i++)
    {
      const TdFeedModel *listed = td_price_feed_get_model (feed, i);

      if (is_new (&comparing, listed))
        propose_model (&comparing, listed);
    }

  return comparing.changes;
}
