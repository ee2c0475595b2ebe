/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Lays an overlay over the models of a catalogue. A change ends the period in force on its first day and begins
 * another, so that what something cost before stays what it was.
 */

#include "config.h"

#include "pricing/td-model-private.h"
#include "pricing/td-overlay.h"

static int
compare_first_days (gconstpointer a,
                    gconstpointer b)
{
  TdPriceChange *first = *(TdPriceChange **) a;
  TdPriceChange *second = *(TdPriceChange **) b;

  return td_date_compare (td_price_change_get_from (first), td_price_change_get_from (second));
}

/* What another price makes doubtful: listed prices of other services, and those of other hours. */
static void
forget_dependent_prices (TdPricePeriod *period)
{
  for (guint i = 0; i < TD_N_SERVICES; i++)
    {
      if (i != TD_SERVICE_STANDARD && period->basis[i] == TD_PRICE_BASIS_LISTED)
        {
          period->basis[i] = TD_PRICE_BASIS_NONE;
          period->services[i] = TD_PRICES_UNKNOWN;
        }
    }

  for (guint i = 0; i < period->n_windows; i++)
    period->windows[i].prices = TD_PRICES_UNKNOWN;
}

static void
add_source (char       ***sources,
            const char   *key)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  if (*sources != NULL && g_strv_contains ((const char * const *) *sources, key))
    return;

  /* The latest source comes first. */
  builder = g_strv_builder_new ();
  g_strv_builder_add (builder, key);
  if (*sources != NULL)
    g_strv_builder_addv (builder, (const char **) *sources);
  g_strfreev (*sources);
  *sources = g_strv_builder_end (builder);
}

/* The period that begins with @from: made of the one in force, which ends there; or a new one, if none is in force and
 * none comes later. NULL if the change has no place. */
static TdPricePeriod *
get_period (TdModel *model,
            TdDate   from)
{
  TdPricePeriod *period = NULL;
  guint place = model->prices->len;

  for (guint i = 0; i < model->prices->len; i++)
    {
      TdPricePeriod *other = g_ptr_array_index (model->prices, i);

      if (td_price_period_is_in_force (other, from))
        {
          period = other;
          place = i;
        }
      else if (td_date_is_set (other->from) && td_date_compare (from, other->from) < 0)
        {
          return NULL;
        }
    }

  if (period != NULL && td_date_is_set (period->from) && td_date_compare (period->from, from) == 0)
    return period;

  if (period != NULL)
    {
      TdPricePeriod *rest = td_price_period_copy (period);

      period->until = from;
      period = rest;
      place++;
    }
  else
    {
      period = td_price_period_new ();
    }

  g_clear_pointer (&period->note, g_free);
  period->from = from;
  period->precision = TD_DATE_PRECISION_DAY;
  g_ptr_array_insert (model->prices, place, period);

  return period;
}

static void
apply_change (TdModel       *model,
              TdPriceChange *change)
{
  TdChangeField field = td_price_change_get_field (change);
  gint64 value = td_price_change_get_new_value (change);
  g_autofree char *key = td_price_change_get_key (change);
  TdPricePeriod *period;
  TdPrice *price;

  if (field == TD_CHANGE_FIELD_CONTEXT_WINDOW)
    {
      model->context_window = value;
      add_source (&model->sources, key);
      return;
    }

  period = get_period (model, td_price_change_get_from (change));
  if (period == NULL)
    return;

  add_source (&period->sources, key);
  period->confidence = td_price_change_get_origin (change) == TD_MODEL_ORIGIN_USER ? TD_CONFIDENCE_USER
                                                                                    : TD_CONFIDENCE_REFRESH;
  price = td_change_field_find (field, period);
  if (field == TD_CHANGE_FIELD_LONG_ABOVE)
    period->long_context_above = value;
  else if (price != NULL)
    *price = value;

  if (field == TD_CHANGE_FIELD_CACHED_INPUT)
    period->no_caching = FALSE;
  if (field <= TD_CHANGE_FIELD_OUTPUT)
    forget_dependent_prices (period);
}

/* @model, or a changed copy of it. */
static TdModel *
apply_to_model (TdModel   *model,
                GPtrArray *changes)
{
  g_autoptr (TdModel) copy = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      TdPriceChange *change = g_ptr_array_index (changes, i);

      if (td_price_change_get_field (change) == TD_CHANGE_FIELD_MODEL ||
          !td_model_has_name (model, td_price_change_get_model_id (change)))
        continue;

      if (copy == NULL)
        copy = td_model_copy (model);
      apply_change (copy, change);
    }

  return copy != NULL ? g_steal_pointer (&copy) : g_object_ref (model);
}

/* A model to be added, with its source. */
static TdModel *
make_model (TdPriceChange *change)
{
  TdModel *model = td_model_copy (td_price_change_get_model (change));
  g_autofree char *key = td_price_change_get_key (change);

  add_source (&model->sources, key);
  for (guint i = 0; i < model->prices->len; i++)
    add_source (&((TdPricePeriod *) g_ptr_array_index (model->prices, i))->sources, key);

  return model;
}

static gboolean
is_taken (GPtrArray  *models,
          const char *id)
{
  for (guint i = 0; i < models->len; i++)
    {
      if (td_model_has_name (g_ptr_array_index (models, i), id))
        return TRUE;
    }

  return FALSE;
}

/**
 * td_overlay_apply:
 * @self: an overlay
 * @models: (element-type TdModel): the models of a catalogue
 *
 * Lays the overlay over @models: own and new models come last, and only while the catalogue has none of that name;
 * changed ones are replaced by changed copies. Changes of models that are not there are passed over.
 *
 * Returns: (transfer full) (element-type TdModel): all models
 */
GPtrArray *
td_overlay_apply (TdOverlay *self,
                  GPtrArray *models)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *result = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_changes = g_list_model_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < n_changes; i++)
    g_ptr_array_add (changes, g_list_model_get_item (G_LIST_MODEL (self), i));
  /* Stable, so that of two changes of one day the one accepted later wins. */
  g_ptr_array_sort (changes, compare_first_days);

  for (guint i = 0; i < models->len; i++)
    g_ptr_array_add (result, apply_to_model (g_ptr_array_index (models, i), changes));

  for (guint i = 0; i < changes->len; i++)
    {
      TdPriceChange *change = g_ptr_array_index (changes, i);
      g_autoptr (TdModel) model = NULL;

      if (td_price_change_get_field (change) != TD_CHANGE_FIELD_MODEL ||
          is_taken (result, td_price_change_get_model_id (change)))
        continue;

      /* A refresh can change a model that an earlier one has added. */
      model = make_model (change);
      g_ptr_array_add (result, apply_to_model (model, changes));
    }

  return result;
}
