/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-change-text.h"
#include "pricing/td-currency.h"
#include "pricing/td-format.h"

/* What a change of the catalogue says, as pure functions: the same words where it is proposed and where undone. */

static const char *
get_field_name (TdChangeField field)
{
  switch (field)
    {
    case TD_CHANGE_FIELD_INPUT:
      return _("Input");
    case TD_CHANGE_FIELD_CACHED_INPUT:
      return _("Cached input");
    case TD_CHANGE_FIELD_CACHE_WRITE:
      return _("Cache write");
    case TD_CHANGE_FIELD_CACHE_WRITE_LONG:
      return _("Cache write, longer");
    case TD_CHANGE_FIELD_OUTPUT:
      return _("Output");
    case TD_CHANGE_FIELD_LONG_ABOVE:
      return _("Long context from");
    case TD_CHANGE_FIELD_LONG_INPUT:
      return _("Input, long context");
    case TD_CHANGE_FIELD_LONG_CACHED_INPUT:
      return _("Cached input, long context");
    case TD_CHANGE_FIELD_LONG_CACHE_WRITE:
      return _("Cache write, long context");
    case TD_CHANGE_FIELD_LONG_CACHE_WRITE_LONG:
      return _("Cache write, longer, long context");
    case TD_CHANGE_FIELD_LONG_OUTPUT:
      return _("Output, long context");
    case TD_CHANGE_FIELD_CONTEXT_WINDOW:
      return _("Context window");
    case TD_CHANGE_FIELD_MODEL:
    case TD_N_CHANGE_FIELDS:
    default:
      return _("New model");
    }
}

/**
 * td_change_text_title:
 * @change: a change
 * @catalogue: where the model's name is found
 *
 * Returns: (transfer full): what changes: "GPT-5.6 Sol: Input"
 */
char *
td_change_text_title (TdPriceChange *change,
                      TdCatalogue   *catalogue)
{
  const char *id = td_price_change_get_model_id (change);
  TdModel *model = td_price_change_get_model (change);

  if (model != NULL)
    /* Translators: the name of a model and of its vendor */
    return g_strdup_printf (_("%s (%s)"), td_model_get_name (model), td_model_get_vendor_name (model));

  model = td_catalogue_find (catalogue, id);

  /* Translators: the name of a model and what changes of it, as in "GPT-5.6 Sol: Input" */
  return g_strdup_printf (_("%s: %s"), model != NULL ? td_model_get_name (model) : id,
                          get_field_name (td_price_change_get_field (change)));
}

static char *
format_value (TdChangeField field,
              gint64        value)
{
  const TdCurrency usd = TD_CURRENCY_USD;

  if (value == TD_CHANGE_UNKNOWN)
    return g_strdup (TD_UNKNOWN_TEXT);

  return td_change_field_is_price (field) ? td_currency_format_price (&usd, value) : td_number_format (value);
}

/**
 * td_change_text_values:
 * @change: a change
 *
 * Returns: (transfer full): before and after: "$4.00 → $3.50", or the prices of a model that is added
 */
char *
td_change_text_values (TdPriceChange *change)
{
  TdChangeField field = td_price_change_get_field (change);
  TdModel *model = td_price_change_get_model (change);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (model != NULL)
    {
      const TdPricePeriod *period = td_model_get_n_prices (model) > 0 ? td_model_get_price (model, 0) : NULL;

      before = format_value (TD_CHANGE_FIELD_INPUT,
                             period ? period->services[TD_SERVICE_STANDARD].input : TD_PRICE_UNKNOWN);
      after = format_value (TD_CHANGE_FIELD_OUTPUT,
                            period ? period->services[TD_SERVICE_STANDARD].output : TD_PRICE_UNKNOWN);
      /* Translators: two prices */
      return g_strdup_printf (_("Input %s, output %s"), before, after);
    }

  before = format_value (field, td_price_change_get_old_value (change));
  after = format_value (field, td_price_change_get_new_value (change));

  return g_strdup_printf ("%s → %s", before, after);
}

/** Returns: (transfer full): from which day on, and when it was accepted, if it was before today's proposals */
char *
td_change_text_days (TdPriceChange *change)
{
  g_autofree char *from = td_date_format (td_price_change_get_from (change));

  /* Translators: %s is a date */
  return g_strdup_printf (_("Since %s"), from);
}

/** Returns: (transfer full) (nullable): why it looks like a mistake, one sentence per line; %NULL if it does not */
char *
td_change_text_doubts (TdPriceChange *change)
{
  static const struct
  {
    TdChangeDoubts doubt;
    const char *text;
  } doubts[] = {
    { TD_CHANGE_DOUBT_JUMP, N_("Ten times as much, or a tenth: look twice") },
    { TD_CHANGE_DOUBT_CACHED, N_("Cached input would cost more than other input") },
    { TD_CHANGE_DOUBT_HIGH, N_("More than $1,000 for a million tokens") },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    {
      if ((td_price_change_get_doubts (change) & doubts[i].doubt) == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, _(doubts[i].text));
    }

  if ((td_price_change_get_doubts (change) & TD_CHANGE_DOUBT_OLD) != 0)
    {
      g_autofree char *said = td_date_format (td_price_change_get_said (change));
      g_autofree char *known = td_date_format (td_price_change_get_known (change));

      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: two dates: of what a price list goes by, and of what TokenDesk's own list goes by */
      g_string_append_printf (text, _("The list has this from %s, but TokenDesk has its price from %s"), said, known);
    }

  if (text->len == 0)
    {
      g_string_free (text, TRUE);
      return NULL;
    }

  return g_string_free_and_steal (text);
}
