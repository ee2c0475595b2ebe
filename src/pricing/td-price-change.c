/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-price-change.h"

/* Dearer than any model there ever was. */
#define HIGH_PRICE (1000 * G_GINT64_CONSTANT (1000000000))
#define JUMP 10

/**
 * TdPriceChange:
 *
 * One field of one model that somebody says is, or from a day on will be, other than the catalogue has it; or a model
 * the catalogue does not have at all. First a proposal, and once accepted a part of the overlay.
 *
 * Values are prices as #TdPrice, or numbers of tokens.
 */
struct _TdPriceChange
{
  GObject parent_instance;

  /* owned */
  char *model_id;
  char *source;
  TdModel *model;

  TdChangeField field;
  TdChangeDoubts doubts;
  TdModelOrigin origin;
  gint64 old_value;
  gint64 new_value;
  TdDate from;
  TdDate accepted;
  TdDate said;
  TdDate known;
};

G_DEFINE_FINAL_TYPE (TdPriceChange, td_price_change, G_TYPE_OBJECT)

static void
td_price_change_finalize (GObject *object)
{
  TdPriceChange *self = TD_PRICE_CHANGE (object);

  g_free (self->model_id);
  g_free (self->source);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (td_price_change_parent_class)->finalize (object);
}

static void
td_price_change_class_init (TdPriceChangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_price_change_finalize;
}

static void
td_price_change_init (TdPriceChange *self)
{
  self->old_value = TD_CHANGE_UNKNOWN;
  self->new_value = TD_CHANGE_UNKNOWN;
  self->origin = TD_MODEL_ORIGIN_REFRESH;
}

static TdChangeDoubts
doubt (const TdPriceChange *self)
{
  TdChangeDoubts doubts = 0;

  /* Divided instead of multiplied, which could overflow. */
  if (self->old_value > 0 && self->new_value > 0 &&
      (self->new_value / JUMP >= self->old_value || self->old_value / JUMP >= self->new_value))
    doubts |= TD_CHANGE_DOUBT_JUMP;
  if (td_change_field_is_price (self->field) && self->new_value > HIGH_PRICE)
    doubts |= TD_CHANGE_DOUBT_HIGH;

  return doubts;
}

/**
 * td_price_change_new:
 * @model_id: a model of the catalogue
 * @field: what changes
 * @old_value: what the catalogue has, or %TD_CHANGE_UNKNOWN
 * @new_value: what it is said to be
 * @from: the first day of it
 *
 * Returns: (transfer full): a change of one field, with the doubts that follow from the two values
 */
TdPriceChange *
td_price_change_new (const char    *model_id,
                     TdChangeField  field,
                     gint64         old_value,
                     gint64         new_value,
                     TdDate         from)
{
  TdPriceChange *self;

  g_return_val_if_fail (model_id != NULL, NULL);
  g_return_val_if_fail (field < TD_CHANGE_FIELD_MODEL, NULL);

  self = g_object_new (TD_TYPE_PRICE_CHANGE, NULL);
  self->model_id = g_strdup (model_id);
  self->field = field;
  self->old_value = old_value;
  self->new_value = new_value;
  self->from = from;
  self->doubts = doubt (self);

  return self;
}

/**
 * td_price_change_new_model:
 * @model: a model the catalogue does not have
 * @from: the first day its prices are known for
 *
 * Returns: (transfer full): the addition of a model
 */
TdPriceChange *
td_price_change_new_model (TdModel *model,
                           TdDate   from)
{
  TdPriceChange *self;

  g_return_val_if_fail (TD_IS_MODEL (model), NULL);

  self = g_object_new (TD_TYPE_PRICE_CHANGE, NULL);
  self->model_id = g_strdup (td_model_get_id (model));
  self->model = g_object_ref (model);
  self->field = TD_CHANGE_FIELD_MODEL;
  self->origin = td_model_get_origin (model);
  self->from = from;

  return self;
}

/**
 * td_price_change_set_origin:
 * @self: a change
 * @origin: %TD_MODEL_ORIGIN_REFRESH or %TD_MODEL_ORIGIN_USER
 * @accepted: the day the user agreed
 * @source: (nullable): the address of the price list it was in
 *
 * Says who says so. Before the change is handed on.
 */
void
td_price_change_set_origin (TdPriceChange *self,
                            TdModelOrigin  origin,
                            TdDate         accepted,
                            const char    *source)
{
  g_return_if_fail (TD_IS_PRICE_CHANGE (self));

  self->origin = origin;
  self->accepted = accepted;
  g_set_str (&self->source, source);
}

/** Returns: (transfer none): the model's id */
const char *
td_price_change_get_model_id (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), NULL);

  return self->model_id;
}

/** Returns: (transfer none) (nullable): the model to add, if that is the change */
TdModel *
td_price_change_get_model (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), NULL);

  return self->model;
}

/** Returns: what changes */
TdChangeField
td_price_change_get_field (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), TD_CHANGE_FIELD_INPUT);

  return self->field;
}

/** Returns: the value before, or %TD_CHANGE_UNKNOWN */
gint64
td_price_change_get_old_value (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), TD_CHANGE_UNKNOWN);

  return self->old_value;
}

/** Returns: the value after, or %TD_CHANGE_UNKNOWN */
gint64
td_price_change_get_new_value (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), TD_CHANGE_UNKNOWN);

  return self->new_value;
}

/** Returns: the first day of the new value */
TdDate
td_price_change_get_from (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), TD_DATE_NONE);

  return self->from;
}

/** Returns: the day the user agreed, or none */
TdDate
td_price_change_get_accepted (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), TD_DATE_NONE);

  return self->accepted;
}

/** Returns: who says so */
TdModelOrigin
td_price_change_get_origin (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), TD_MODEL_ORIGIN_UNLISTED);

  return self->origin;
}

/** Returns: (transfer none) (nullable): the address of the price list it was in */
const char *
td_price_change_get_source (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), NULL);

  return self->source;
}

/**
 * td_price_change_get_key:
 * @self: a change
 *
 * Returns: (transfer full): the key by which price periods name this source, see td_catalogue_dup_source_text()
 */
char *
td_price_change_get_key (TdPriceChange *self)
{
  char accepted[TD_DATE_ISO_SIZE] = "";

  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), NULL);

  if (td_date_is_set (self->accepted))
    td_date_to_iso (self->accepted, accepted);
  if (self->origin == TD_MODEL_ORIGIN_USER)
    return g_strdup_printf ("yours %s", accepted);

  return g_strdup_printf ("refresh %s %s", accepted, self->source != NULL ? self->source : "");
}

/** Returns: why it looks like a mistake, 0 if it does not */
TdChangeDoubts
td_price_change_get_doubts (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), 0);

  return self->doubts;
}

/** Adds what only a look at the other prices of the model shows. Before the change is handed on. */
void
td_price_change_add_doubts (TdPriceChange  *self,
                            TdChangeDoubts  doubts)
{
  g_return_if_fail (TD_IS_PRICE_CHANGE (self));

  self->doubts |= doubts;
}

/**
 * td_price_change_set_evidence:
 * @self: a change
 * @said: the day of what the price list goes by, or none
 * @known: the day of what the catalogue goes by, or none
 *
 * Says how old both are, which is a reason for doubt if the list's is the older. Before the change is handed on.
 */
void
td_price_change_set_evidence (TdPriceChange *self,
                              TdDate         said,
                              TdDate         known)
{
  g_return_if_fail (TD_IS_PRICE_CHANGE (self));

  self->said = said;
  self->known = known;
  if (td_date_is_set (said) && td_date_is_set (known) && td_date_compare (said, known) < 0)
    self->doubts |= TD_CHANGE_DOUBT_OLD;
}

/** Returns: the day of what the price list goes by, or none */
TdDate
td_price_change_get_said (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), TD_DATE_NONE);

  return self->said;
}

/** Returns: the day of what the catalogue goes by, or none */
TdDate
td_price_change_get_known (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), TD_DATE_NONE);

  return self->known;
}

/** Returns: whether it can be proposed to be accepted: no new model, of which there are hundreds, and without doubt */
gboolean
td_price_change_is_credible (TdPriceChange *self)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), FALSE);

  return self->field != TD_CHANGE_FIELD_MODEL && self->doubts == 0;
}

/** Returns: whether @other is about the same field of the same model from the same day on, and so takes its place */
gboolean
td_price_change_is_same (TdPriceChange *self,
                         TdPriceChange *other)
{
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (self), FALSE);
  g_return_val_if_fail (TD_IS_PRICE_CHANGE (other), FALSE);

  if (self->field != other->field || g_ascii_strcasecmp (self->model_id, other->model_id) != 0)
    return FALSE;

  return self->field == TD_CHANGE_FIELD_MODEL || td_date_compare (self->from, other->from) == 0;
}

/** Returns: whether the values of @field are prices, and not numbers of tokens */
gboolean
td_change_field_is_price (TdChangeField field)
{
  return field != TD_CHANGE_FIELD_LONG_ABOVE && field != TD_CHANGE_FIELD_CONTEXT_WINDOW &&
         field != TD_CHANGE_FIELD_MODEL;
}

/** Returns: (transfer none) (nullable): where @period keeps the price that @field is about */
TdPrice *
td_change_field_find (TdChangeField  field,
                      TdPricePeriod *period)
{
  TdPrices *standard = &period->services[TD_SERVICE_STANDARD];

  switch (field)
    {
    case TD_CHANGE_FIELD_INPUT:
      return &standard->input;
    case TD_CHANGE_FIELD_CACHED_INPUT:
      return &standard->cached_input;
    case TD_CHANGE_FIELD_CACHE_WRITE:
      return &standard->cache_write;
    case TD_CHANGE_FIELD_CACHE_WRITE_LONG:
      return &standard->cache_write_long;
    case TD_CHANGE_FIELD_OUTPUT:
      return &standard->output;
    case TD_CHANGE_FIELD_LONG_INPUT:
      return &period->long_context.input;
    case TD_CHANGE_FIELD_LONG_CACHED_INPUT:
      return &period->long_context.cached_input;
    case TD_CHANGE_FIELD_LONG_CACHE_WRITE:
      return &period->long_context.cache_write;
    case TD_CHANGE_FIELD_LONG_CACHE_WRITE_LONG:
      return &period->long_context.cache_write_long;
    case TD_CHANGE_FIELD_LONG_OUTPUT:
      return &period->long_context.output;
    case TD_CHANGE_FIELD_LONG_ABOVE:
    case TD_CHANGE_FIELD_CONTEXT_WINDOW:
    case TD_CHANGE_FIELD_MODEL:
    case TD_N_CHANGE_FIELDS:
    default:
      return NULL;
    }
}
