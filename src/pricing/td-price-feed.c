/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads genai-prices' data files, version 2: a list of providers, each with its models, each with prices in US dollars
 * per million tokens, or with a list of such prices of which the last that is in force counts.
 *
 * What a feed says is a stranger's word. It is taken as a whole or not at all: the first thing that cannot be right
 * ends the reading with an error that names it. What is merely not understood is left out.
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "pricing/td-catalogue.h"
#include "pricing/td-price-feed.h"
#include "pricing/td-strict-json.h"

#define MAX_MODELS 20000
#define MAX_NAME 100
#define MAX_CLAUSES 8
/* Dollars per million tokens. Beyond it is no price but an attempt to make sums overflow. */
#define MAX_PRICE 1000000.0
#define MAX_TOKENS G_GINT64_CONSTANT (1000000000000)

/* Providers that sell their own models, and the key of the vendor in the catalogue. */
static const char * const makers[] = { "anthropic", "cohere", "deepseek", "google", "minimax", "mistral", "moonshotai",
                                       "openai", "perplexity", "voyageai", "x-ai", "zai", "zhipuai", NULL };

struct _TdPriceFeed
{
  GPtrArray *models;
  JsonNode *root;
};

/* What is being read, for the message of a failure. */
typedef struct
{
  const char *where;
  TdDate today;
  GError *error;
} Reading;

static void
feed_model_free (TdFeedModel *model)
{
  g_free (model->vendor);
  g_free (model->id);
  g_free (model->name);
  g_free (model);
}

static void
fail (Reading    *reading,
      const char *reason)
{
  if (reading->error == NULL)
    /* Translators: an error in a price list: where, and what is wrong, as in "gpt-4: a price is below 0" */
    reading->error = g_error_new (TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_VALUE,
                                  _("The price list cannot be right: “%s”: %s."), reading->where, reason);
}

/* Whether a text can be shown without doing anything: no control characters, nothing that looks like markup. */
static gboolean
is_harmless (const char *text)
{
  if (*text == '\0' || g_utf8_strlen (text, -1) > MAX_NAME)
    return FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isprint (character) || character == '<' || character == '>' || character == '&' ||
          character == '"' || g_unichar_type (character) == G_UNICODE_FORMAT)
        return FALSE;
    }

  return TRUE;
}

/* An id: additionally without blanks and in ASCII. */
static gboolean
is_id (const char *text)
{
  return is_harmless (text) && g_str_is_ascii (text) && strchr (text, ' ') == NULL;
}

static const char *
get_string (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* A JSON number has arrived as a double, which holds fifteen digits: enough for nine places of any price up to
 * $1,000,000, so that rounding to them gives back the digits that were written. */
static TdPrice
price_from_number (Reading  *reading,
                   JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double value;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    {
      fail (reading, _("a price is not a number"));
      return TD_PRICE_UNKNOWN;
    }

  value = json_node_get_double (node);
  if (!isfinite (value) || value > MAX_PRICE)
    fail (reading, _("a price is absurdly high"));
  else if (value < 0)
    fail (reading, _("a price is below 0"));

  /* A zero mostly means that somebody did not know. */
  if (reading->error != NULL || value == 0)
    return TD_PRICE_UNKNOWN;

  return (TdPrice) (value * 1e9 + 0.5);
}

/* A price, which may have steps: the one that is understood goes into @long_price. */
static TdPrice
read_price (Reading     *reading,
            JsonObject  *prices,
            const char  *member,
            TdFeedModel *model,
            TdPrice     *long_price)
{
  JsonNode *node = json_object_get_member (prices, member);
  JsonObject *steps = get_object (node);
  JsonArray *tiers;
  JsonObject *tier;
  JsonNode *price, *start;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TD_PRICE_UNKNOWN;
  if (steps == NULL)
    return price_from_number (reading, node);

  node = json_object_get_member (steps, "base");
  tiers = get_array (json_object_get_member (steps, "tiers"));
  if (node == NULL || tiers == NULL)
    {
      fail (reading, _("a price with steps is not complete"));
      return TD_PRICE_UNKNOWN;
    }

  model->has_more_tiers |= json_array_get_length (tiers) > 1;
  tier = json_array_get_length (tiers) > 0 ? get_object (json_array_get_element (tiers, 0)) : NULL;
  price = tier != NULL ? json_object_get_member (tier, "price") : NULL;
  start = tier != NULL ? json_object_get_member (tier, "start") : NULL;
  if (tier != NULL &&
      (price == NULL || start == NULL || !JSON_NODE_HOLDS_VALUE (start) ||
       json_node_get_value_type (start) != G_TYPE_INT64 || json_node_get_int (start) < 1 ||
       json_node_get_int (start) > MAX_TOKENS))
    {
      fail (reading, _("a price with steps is not complete"));
      return TD_PRICE_UNKNOWN;
    }

  if (tier != NULL)
    {
      guint64 above = json_node_get_int (start);

      model->has_more_tiers |= model->long_context_above != 0 && model->long_context_above != above;
      model->long_context_above = above;
      *long_price = price_from_number (reading, price);
    }

  return price_from_number (reading, node);
}

static void
read_prices (Reading     *reading,
             JsonObject  *object,
             TdFeedModel *model)
{
  TdPrices *prices = &model->prices;
  TdPrices *far = &model->long_context;

  prices->input = read_price (reading, object, "input_mtok", model, &far->input);
  prices->cached_input = read_price (reading, object, "cache_read_mtok", model, &far->cached_input);
  prices->cache_write = read_price (reading, object, "cache_write_mtok", model, &far->cache_write);
  prices->cache_write_long = read_price (reading, object, "cache_write_1h_mtok", model, &far->cache_write_long);
  prices->output = read_price (reading, object, "output_mtok", model, &far->output);

  if (model->has_more_tiers)
    {
      model->long_context_above = 0;
      *far = TD_PRICES_UNKNOWN;
    }
}

static TdDate
read_day (Reading    *reading,
          JsonObject *object,
          const char *member)
{
  const char *text = get_string (object, member);
  TdDate date = TD_DATE_NONE;

  if (text != NULL && (!td_date_parse (text, &date) || !td_date_is_full (date)))
    {
      fail (reading, _("a day is not one of the calendar"));
      return TD_DATE_NONE;
    }

  return date;
}

/* The prices in force: the last whose day has come. Hours of the day are passed over for the standard hours. */
static JsonObject *
choose_prices (Reading     *reading,
               JsonArray   *list,
               TdFeedModel *model)
{
  JsonObject *chosen = NULL;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *conditional = get_object (json_array_get_element (list, i));
      JsonObject *prices = conditional ? get_object (json_object_get_member (conditional, "prices")) : NULL;
      JsonObject *constraint = conditional ? get_object (json_object_get_member (conditional, "constraint")) : NULL;
      TdDate date = constraint ? read_day (reading, constraint, "start_date") : TD_DATE_NONE;

      if (prices == NULL)
        fail (reading, _("a list of prices is not complete"));
      if (reading->error != NULL)
        return NULL;

      if (constraint != NULL && !td_date_is_set (date))
        continue;
      if (td_date_is_set (date) && td_date_compare (date, reading->today) > 0)
        continue;

      chosen = prices;
      model->start_date = date;
    }

  return chosen;
}

static guint64
read_context_window (Reading    *reading,
                     JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "context_window");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return 0;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < 0 || json_node_get_int (node) > MAX_TOKENS)
    {
      fail (reading, _("a context window is not a sensible number"));
      return 0;
    }

  return json_node_get_int (node);
}

static TdFeedModel *
read_model (Reading    *reading,
            JsonNode   *node,
            const char *vendor)
{
  JsonObject *object = get_object (node);
  TdFeedModel *model = g_new0 (TdFeedModel, 1);
  const char *id = object != NULL ? get_string (object, "id") : NULL;
  const char *name = object != NULL ? get_string (object, "name") : NULL;
  JsonObject *prices;
  JsonArray *list;

  model->vendor = g_strdup (vendor);
  model->prices = TD_PRICES_UNKNOWN;
  model->long_context = TD_PRICES_UNKNOWN;
  if (id == NULL || !is_id (id) || (name != NULL && !is_harmless (name)))
    {
      fail (reading, _("a model has no name, or one that no model can have"));
      return model;
    }

  reading->where = id;
  model->id = g_strdup (id);
  model->name = g_strdup (name != NULL ? name : id);
  model->match = get_object (json_object_get_member (object, "match"));
  model->context_window = read_context_window (reading, object);
  model->checked = read_day (reading, object, "prices_checked");

  prices = get_object (json_object_get_member (object, "prices"));
  list = get_array (json_object_get_member (object, "prices"));
  if (prices == NULL && list == NULL)
    fail (reading, _("it has no prices"));
  if (list != NULL)
    prices = choose_prices (reading, list, model);
  if (prices != NULL)
    read_prices (reading, prices, model);

  return model;
}

static void
read_provider (Reading     *reading,
               TdPriceFeed *feed,
               JsonNode    *node)
{
  JsonObject *provider = get_object (node);
  const char *id = provider != NULL ? get_string (provider, "id") : NULL;
  JsonArray *models = provider != NULL ? get_array (json_object_get_member (provider, "models")) : NULL;

  if (id == NULL || models == NULL || !is_id (id))
    {
      fail (reading, _("a provider has no name or no models"));
      return;
    }

  if (!g_strv_contains (makers, id))
    return;

  for (guint i = 0; i < json_array_get_length (models) && reading->error == NULL; i++)
    {
      reading->where = id;
      g_ptr_array_add (feed->models, read_model (reading, json_array_get_element (models, i), id));
      if (feed->models->len > MAX_MODELS)
        fail (reading, _("there are too many models"));
    }
}

/**
 * td_price_feed_new_from_bytes:
 * @bytes: a data file of genai-prices, version 2
 * @today: the day whose prices are wanted
 * @error: return location for an error of domain %TD_CATALOGUE_ERROR
 *
 * Returns: (transfer full) (nullable): the feed
 */
TdPriceFeed *
td_price_feed_new_from_bytes (GBytes  *bytes,
                              TdDate   today,
                              GError **error)
{
  g_autoptr (TdPriceFeed) feed = NULL;
  Reading reading = { "", today, NULL };
  JsonNode *root;
  JsonArray *providers;

  g_return_val_if_fail (bytes != NULL, NULL);

  root = td_strict_json_parse (bytes, TD_PRICE_FEED_MAX_BYTES, error);
  if (root == NULL)
    return NULL;

  feed = g_new0 (TdPriceFeed, 1);
  feed->root = root;
  feed->models = g_ptr_array_new_with_free_func ((GDestroyNotify) feed_model_free);

  providers = get_array (root);
  for (guint i = 0; providers != NULL && i < json_array_get_length (providers) && reading.error == NULL; i++)
    read_provider (&reading, feed, json_array_get_element (providers, i));

  if (reading.error == NULL && feed->models->len == 0)
    reading.error = g_error_new_literal (TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT,
                                         _("This is not a price list in the format of genai-prices, version 2."));

  if (reading.error != NULL)
    {
      g_propagate_error (error, reading.error);
      return NULL;
    }

  return g_steal_pointer (&feed);
}

/**
 * td_price_feed_free:
 * @feed: (transfer full): a feed
 */
void
td_price_feed_free (TdPriceFeed *feed)
{
  g_ptr_array_unref (feed->models);
  json_node_unref (feed->root);
  g_free (feed);
}

/** Returns: how many models it has */
guint
td_price_feed_get_n_models (TdPriceFeed *feed)
{
  return feed->models->len;
}

/** Returns: (transfer none): one of its models */
const TdFeedModel *
td_price_feed_get_model (TdPriceFeed *feed,
                         guint        index)
{
  g_return_val_if_fail (index < feed->models->len, NULL);

  return g_ptr_array_index (feed->models, index);
}

/* Only names written out count, alone or in a list. Patterns are made to find a price for any name whatever: the one for
 * “claude-opus-5” finds “claude-opus-5-5” too, which is another model with another price. */
static gboolean
clause_names (JsonObject *clause,
              const char *name,
              guint       depth)
{
  const char *text = clause != NULL ? get_string (clause, "equals") : NULL;
  JsonArray *list = clause != NULL ? get_array (json_object_get_member (clause, "or")) : NULL;

  if (text != NULL)
    return g_ascii_strcasecmp (name, text) == 0;

  for (guint i = 0; list != NULL && depth < MAX_CLAUSES && i < json_array_get_length (list); i++)
    {
      if (clause_names (get_object (json_array_get_element (list, i)), name, depth + 1))
        return TRUE;
    }

  return FALSE;
}

/**
 * td_feed_model_matches:
 * @model: a model of a feed
 * @name: a name in requests
 *
 * Returns: whether the feed names @name as one of the names of @model
 */
gboolean
td_feed_model_matches (const TdFeedModel *model,
                       const char        *name)
{
  return clause_names (model->match, name, 0);
}
