/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-model-private.h"
#include "pricing/td-pricing-enums.h"

/**
 * TdModel:
 *
 * One language model: what it is called, how it counts, what fits into it, what it has cost when, and where all that
 * is written. Immutable; made by #TdCatalogue and shared by everything that shows models.
 */

G_DEFINE_FINAL_TYPE (TdModel, td_model, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_VENDOR,
  PROP_VENDOR_NAME,
  PROP_KIND,
  PROP_ENCODING,
  PROP_EXACTNESS,
  PROP_CONTEXT_WINDOW,
  PROP_MAX_INPUT,
  PROP_MAX_OUTPUT,
  PROP_STATUS,
  PROP_REPLACEMENT,
  PROP_NOTE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
td_model_finalize (GObject *object)
{
  TdModel *self = TD_MODEL (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->vendor);
  g_strfreev (self->aliases);
  g_free (self->encoding);
  g_free (self->replacement);
  g_free (self->note);
  g_strfreev (self->sources);
  g_strfreev (self->unverified);
  g_ptr_array_unref (self->prices);

  G_OBJECT_CLASS (td_model_parent_class)->finalize (object);
}

static void
td_model_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  TdModel *self = TD_MODEL (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_VENDOR:
      g_value_set_string (value, self->vendor);
      break;
    case PROP_VENDOR_NAME:
      g_value_set_string (value, td_model_get_vendor_name (self));
      break;
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_ENCODING:
      g_value_set_string (value, self->encoding);
      break;
    case PROP_EXACTNESS:
      g_value_set_enum (value, self->exactness);
      break;
    case PROP_CONTEXT_WINDOW:
      g_value_set_uint64 (value, self->context_window);
      break;
    case PROP_MAX_INPUT:
      g_value_set_uint64 (value, self->max_input);
      break;
    case PROP_MAX_OUTPUT:
      g_value_set_uint64 (value, self->max_output);
      break;
    case PROP_STATUS:
      g_value_set_enum (value, self->status);
      break;
    case PROP_REPLACEMENT:
      g_value_set_string (value, self->replacement);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
tokens_property (const char *name)
{
  return g_param_spec_uint64 (name, NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
enum_property (const char *name,
               GType       type,
               int         default_value)
{
  return g_param_spec_enum (name, NULL, NULL, type, default_value, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
td_model_class_init (TdModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_model_finalize;
  object_class->get_property = td_model_get_property;

  properties[PROP_ID] = string_property ("id");
  properties[PROP_NAME] = string_property ("name");
  properties[PROP_VENDOR] = string_property ("vendor");
  properties[PROP_VENDOR_NAME] = string_property ("vendor-name");
  properties[PROP_KIND] = enum_property ("kind", TD_TYPE_MODEL_KIND, TD_MODEL_KIND_CHAT);
  properties[PROP_ENCODING] = string_property ("encoding");
  properties[PROP_EXACTNESS] = enum_property ("exactness", TD_TYPE_EXACTNESS, TD_EXACTNESS_EXACT);
  properties[PROP_CONTEXT_WINDOW] = tokens_property ("context-window");
  properties[PROP_MAX_INPUT] = tokens_property ("max-input");
  properties[PROP_MAX_OUTPUT] = tokens_property ("max-output");
  properties[PROP_STATUS] = enum_property ("status", TD_TYPE_MODEL_STATUS, TD_MODEL_STATUS_UNKNOWN);
  properties[PROP_REPLACEMENT] = string_property ("replacement");
  properties[PROP_NOTE] = string_property ("note");

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_model_init (TdModel *self)
{
  self->prices = g_ptr_array_new_with_free_func ((GDestroyNotify) td_price_period_free);
}

/* For the reader of catalogues only: the caller fills the fields before anybody sees the model. */
TdModel *
td_model_new_empty (void)
{
  return g_object_new (TD_TYPE_MODEL, NULL);
}

/**
 * td_model_new_unlisted:
 * @id: a name no catalogue has
 * @encoding: (nullable): what to count with
 * @exactness: how sure that is
 *
 * Makes a model of which nothing is known but how it counts, so that its tokens can be shown beside unknown prices.
 *
 * Returns: (transfer full): the model
 */
TdModel *
td_model_new_unlisted (const char  *id,
                       const char  *encoding,
                       TdExactness  exactness)
{
  TdModel *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = td_model_new_empty ();
  self->id = g_strdup (id);
  self->name = g_strdup (id);
  self->vendor = g_strdup ("unknown");
  self->encoding = g_strdup (encoding);
  self->exactness = exactness;
  self->origin = TD_MODEL_ORIGIN_UNLISTED;
  self->aliases = g_new0 (char *, 1);
  self->sources = g_new0 (char *, 1);
  self->unverified = g_new0 (char *, 1);

  return self;
}

/**
 * td_model_get_id:
 * @self: a model
 *
 * Returns: (transfer none): the name the vendor's interface knows it by, as "gpt-3.5-turbo"
 */
const char *
td_model_get_id (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return self->id;
}

/**
 * td_model_get_name:
 * @self: a model
 *
 * Returns: (transfer none): the name people know it by, as "GPT-3.5 Turbo"
 */
const char *
td_model_get_name (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return self->name;
}

/**
 * td_model_get_vendor:
 * @self: a model
 *
 * Returns: (transfer none): the vendor's key, as "openai"
 */
const char *
td_model_get_vendor (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return self->vendor;
}

/**
 * td_model_get_vendor_name:
 * @self: a model
 *
 * Returns: (transfer none): the vendor's name as it is written, or the key of a vendor not known here
 */
const char *
td_model_get_vendor_name (TdModel *self)
{
  static const struct
  {
    const char *key;
    const char *name;
  } names[] = {
    { "anthropic", "Anthropic" },
    { "cohere", "Cohere" },
    { "deepseek", "DeepSeek" },
    { "google", "Google" },
    { "minimax", "MiniMax" },
    { "mistral", "Mistral" },
    { "moonshotai", "Moonshot AI" },
    { "openai", "OpenAI" },
    { "perplexity", "Perplexity" },
    { "voyageai", "Voyage AI" },
    { "x-ai", "xAI" },
    { "zai", "Z.ai" },
    { "zhipuai", "Zhipu AI" },
  };

  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (self->vendor, names[i].key))
        return names[i].name;
    }

  return self->vendor;
}

/**
 * td_model_get_aliases:
 * @self: a model
 *
 * Returns: (transfer none): other names it answers to, %NULL-terminated
 */
const char * const *
td_model_get_aliases (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return (const char * const *) self->aliases;
}

/**
 * td_model_get_kind:
 * @self: a model
 *
 * Returns: what it does with a text
 */
TdModelKind
td_model_get_kind (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), TD_MODEL_KIND_CHAT);

  return self->kind;
}

/**
 * td_model_get_origin:
 * @self: a model
 *
 * Returns: whose word this entry is
 */
TdModelOrigin
td_model_get_origin (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), TD_MODEL_ORIGIN_BUNDLED);

  return self->origin;
}

/**
 * td_model_get_encoding:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the bundled encoding to count with, as "cl100k_base"; %NULL if there is none
 */
const char *
td_model_get_encoding (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return self->encoding;
}

/**
 * td_model_get_exactness:
 * @self: a model
 *
 * Returns: how sure a count by td_model_get_encoding() is
 */
TdExactness
td_model_get_exactness (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), TD_EXACTNESS_EXACT);

  return self->exactness;
}

/**
 * td_model_get_context_window:
 * @self: a model
 *
 * Returns: how many tokens fit in, input and output together; 0 if unknown
 */
guint64
td_model_get_context_window (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), 0);

  return self->context_window;
}

/**
 * td_model_get_max_input:
 * @self: a model
 *
 * Returns: the longest input in tokens; 0 if unknown or limited by the context window only
 */
guint64
td_model_get_max_input (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), 0);

  return self->max_input;
}

/**
 * td_model_get_max_output:
 * @self: a model
 *
 * Returns: the longest output in tokens; 0 if unknown
 */
guint64
td_model_get_max_output (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), 0);

  return self->max_output;
}

/**
 * td_model_get_knowledge_cutoff:
 * @self: a model
 *
 * Returns: until when its training data reach, or %TD_DATE_NONE
 */
TdDate
td_model_get_knowledge_cutoff (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), TD_DATE_NONE);

  return self->knowledge_cutoff;
}

/**
 * td_model_get_released:
 * @self: a model
 *
 * Returns: when it came out, or %TD_DATE_NONE
 */
TdDate
td_model_get_released (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), TD_DATE_NONE);

  return self->released;
}

/**
 * td_model_get_status:
 * @self: a model
 *
 * Returns: its state when the catalogue was made
 */
TdModelStatus
td_model_get_status (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), TD_MODEL_STATUS_UNKNOWN);

  return self->status;
}

/**
 * td_model_get_shutdown:
 * @self: a model
 *
 * Returns: the first day it does not answer any more, or %TD_DATE_NONE
 */
TdDate
td_model_get_shutdown (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), TD_DATE_NONE);

  return self->shutdown;
}

/**
 * td_model_get_replacement:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the id of the model its vendor names instead
 */
const char *
td_model_get_replacement (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return self->replacement;
}

/**
 * td_model_get_chat_overhead:
 * @self: a model
 *
 * Returns: what the chat format adds to the tokens of the text
 */
TdChatOverhead
td_model_get_chat_overhead (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), (TdChatOverhead) { 0 });

  return self->chat_overhead;
}

/**
 * td_model_get_image_formula:
 * @self: a model
 *
 * Returns: (transfer none): how images become tokens; its method says so if that is not known
 */
const TdImageFormula *
td_model_get_image_formula (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return &self->image_formula;
}

/**
 * td_model_get_note:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): what else one should know, in English as the catalogue has it
 */
const char *
td_model_get_note (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return self->note;
}

/**
 * td_model_get_sources:
 * @self: a model
 *
 * Returns: (transfer none): keys for td_catalogue_dup_source_text(), %NULL-terminated
 */
const char * const *
td_model_get_sources (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return (const char * const *) self->sources;
}

/**
 * td_model_get_unverified:
 * @self: a model
 *
 * Returns: (transfer none): the names of fields that only one weak source attests, %NULL-terminated
 */
const char * const *
td_model_get_unverified (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  return (const char * const *) self->unverified;
}

/**
 * td_model_is_verified:
 * @self: a model
 * @field: a field of the catalogue, as "shutdown"
 *
 * Returns: whether the field is well attested
 */
gboolean
td_model_is_verified (TdModel    *self,
                      const char *field)
{
  g_return_val_if_fail (TD_IS_MODEL (self), FALSE);

  return !g_strv_contains ((const char * const *) self->unverified, field);
}

/**
 * td_model_get_n_prices:
 * @self: a model
 *
 * Returns: how many price periods are known
 */
guint
td_model_get_n_prices (TdModel *self)
{
  g_return_val_if_fail (TD_IS_MODEL (self), 0);

  return self->prices->len;
}

/**
 * td_model_get_price:
 * @self: a model
 * @index: which, from the oldest
 *
 * Returns: (transfer none): a price period
 */
const TdPricePeriod *
td_model_get_price (TdModel *self,
                    guint    index)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);
  g_return_val_if_fail (index < self->prices->len, NULL);

  return g_ptr_array_index (self->prices, index);
}

/*
 * Whether @period was in force on @date. One without a start is taken to start with the model; where that day is not
 * known either, all that is known is that it was in force when the catalogue was made.
 */
static gboolean
is_in_force (TdModel             *self,
             const TdPricePeriod *period,
             TdDate               date)
{
  TdDate start = td_date_is_set (self->released) ? self->released : self->as_of;

  if (!td_date_is_set (period->from) && td_date_compare (date, start) < 0)
    return FALSE;

  return td_price_period_is_in_force (period, date);
}

/**
 * td_model_get_price_on:
 * @self: a model
 * @date: a day
 *
 * Returns: (transfer none) (nullable): the prices in force on @date, or %NULL if none are known
 */
const TdPricePeriod *
td_model_get_price_on (TdModel *self,
                       TdDate   date)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  for (guint i = 0; i < self->prices->len; i++)
    {
      const TdPricePeriod *period = g_ptr_array_index (self->prices, i);

      if (is_in_force (self, period, date))
        return period;
    }

  return NULL;
}

/**
 * td_model_get_last_price:
 * @self: a model
 * @date: a day
 *
 * Returns: (transfer none) (nullable): the newest prices that were in force on @date or before
 */
const TdPricePeriod *
td_model_get_last_price (TdModel *self,
                         TdDate   date)
{
  g_return_val_if_fail (TD_IS_MODEL (self), NULL);

  for (guint i = self->prices->len; i > 0; i--)
    {
      const TdPricePeriod *period = g_ptr_array_index (self->prices, i - 1);

      if (!td_date_is_set (period->from) || td_date_compare (period->from, date) <= 0)
        return period;
    }

  return NULL;
}

/**
 * td_model_get_availability:
 * @self: a model
 * @date: a day
 *
 * Whether the model could be called on @date. A model that is known to be shut down, but not since when, counts as
 * available until the end of its last price period, or else until the day the catalogue was made.
 *
 * Returns: the availability
 */
TdAvailability
td_model_get_availability (TdModel *self,
                           TdDate   date)
{
  g_return_val_if_fail (TD_IS_MODEL (self), TD_AVAILABILITY_AVAILABLE);

  if (td_date_is_set (self->released) && td_date_compare (date, self->released) < 0)
    return TD_AVAILABILITY_NOT_YET_RELEASED;

  if (td_date_is_set (self->shutdown))
    return td_date_compare (date, self->shutdown) >= 0 ? TD_AVAILABILITY_SHUT_DOWN : TD_AVAILABILITY_AVAILABLE;

  if (self->status == TD_MODEL_STATUS_SHUTDOWN)
    {
      TdDate end = self->as_of;

      if (self->prices->len > 0)
        {
          const TdPricePeriod *last = g_ptr_array_index (self->prices, self->prices->len - 1);

          if (td_date_is_set (last->until))
            end = last->until;
        }

      if (td_date_compare (date, end) >= 0)
        return TD_AVAILABILITY_SHUT_DOWN;
    }

  return TD_AVAILABILITY_AVAILABLE;
}

/**
 * td_model_has_name:
 * @self: a model
 * @name: a name
 *
 * Returns: whether @name is its id or one of its aliases, in any case
 */
gboolean
td_model_has_name (TdModel    *self,
                   const char *name)
{
  g_return_val_if_fail (TD_IS_MODEL (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (g_ascii_strcasecmp (self->id, name) == 0)
    return TRUE;

  for (guint i = 0; self->aliases[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (self->aliases[i], name) == 0)
        return TRUE;
    }

  return FALSE;
}
