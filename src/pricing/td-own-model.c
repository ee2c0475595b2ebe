/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "pricing/td-model-private.h"
#include "pricing/td-own-model.h"

#define MAX_NAME 100
#define MAX_TOKENS G_GINT64_CONSTANT (1000000000000)

G_DEFINE_QUARK (td-own-model-error-quark, td_own_model_error)

static gboolean
fail (GError          **error,
      TdOwnModelError   code,
      const char       *message)
{
  g_set_error_literal (error, TD_OWN_MODEL_ERROR, code, message);

  return FALSE;
}

/* A short text on one line. */
static gboolean
is_line (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (!g_unichar_isprint (g_utf8_get_char (c)))
        return FALSE;
    }

  return g_utf8_strlen (text, -1) <= MAX_NAME;
}

static gboolean
check_name (const char     *name,
            TdCatalogue    *catalogue,
            TdPriceChange  *edited,
            GError        **error)
{
  TdModel *namesake;

  if (*name == '\0')
    return fail (error, TD_OWN_MODEL_ERROR_NAME, _("The model needs a name."));
  if (!is_line (name))
    return fail (error, TD_OWN_MODEL_ERROR_NAME, _("This name is too long."));

  namesake = td_catalogue_find (catalogue, name);
  if (namesake != NULL && (edited == NULL || !td_model_has_name (namesake, td_price_change_get_model_id (edited))))
    return fail (error, TD_OWN_MODEL_ERROR_NAME, _("There is a model of this name already."));

  return TRUE;
}

/* A price with a point or, as people of many countries type it, a comma. Empty is unknown, and so that nobody takes an
 * unknown price for a free one, 0 is refused. */
static gboolean
read_price (const char       *text,
            TdPrice          *price,
            TdOwnModelError   code,
            GError          **error)
{
  g_autofree char *number = g_strdup (text);

  *price = TD_PRICE_UNKNOWN;
  g_strstrip (number);
  if (*number == '\0')
    return TRUE;

  if (strchr (number, '.') == NULL)
    g_strdelimit (number, ",", '.');
  if (td_price_parse (number, price) && *price > 0 && *price <= G_GINT64_CONSTANT (1000000000000000))
    return TRUE;

  *price = TD_PRICE_UNKNOWN;

  return fail (error, code, _("A price is a number above 0, like 0.075. Leave it empty if you do not know it."));
}

static gboolean
read_window (const char  *text,
             guint64     *window,
             GError     **error)
{
  *window = 0;
  if (*text == '\0' || g_ascii_string_to_unsigned (text, 10, 1, MAX_TOKENS, window, NULL))
    return TRUE;

  return fail (error, TD_OWN_MODEL_ERROR_CONTEXT_WINDOW,
               _("The context window is a whole number of tokens, like 128000. Leave it empty if you do not know it."));
}

static TdModel *
make_model (const TdOwnModel    *form,
            const char          *name,
            guint64              window,
            const TdPrices      *prices,
            TdDate               from)
{
  TdModel *model = td_model_new_own (name, name, *form->vendor != '\0' ? form->vendor : "—", TD_MODEL_ORIGIN_USER);
  TdPricePeriod *period = td_price_period_new ();

  model->context_window = window;
  model->status = TD_MODEL_STATUS_ACTIVE;
  model->encoding = g_strdup (form->encoding);
  /* The user's word, not the vendor's. */
  model->exactness = form->encoding != NULL ? TD_EXACTNESS_ASSUMED : TD_EXACTNESS_NOT_BUNDLED;
  period->from = from;
  period->precision = TD_DATE_PRECISION_DAY;
  period->confidence = TD_CONFIDENCE_USER;
  period->services[TD_SERVICE_STANDARD] = *prices;
  period->sources = g_new0 (char *, 1);
  g_ptr_array_add (model->prices, period);

  return model;
}

/**
 * td_own_model_check:
 * @form: what was typed
 * @catalogue: all models there are
 * @edited: (nullable): the model that the form is to replace
 * @error: return location for an error of domain %TD_OWN_MODEL_ERROR, whose message is for the user
 *
 * Makes a model of the user's own out of a form, if all of it makes sense.
 *
 * Returns: (transfer full) (nullable): what to put into the overlay
 */
TdPriceChange *
td_own_model_check (const TdOwnModel  *form,
                    TdCatalogue       *catalogue,
                    TdPriceChange     *edited,
                    GError           **error)
{
  g_autofree char *name = g_strdup (form->name);
  g_autoptr (TdModel) model = NULL;
  TdPrices prices = TD_PRICES_UNKNOWN;
  TdDate from = td_date_today ();
  TdPriceChange *change;
  guint64 window;

  g_strstrip (name);
  if (!check_name (name, catalogue, edited, error) || !read_window (form->context_window, &window, error) ||
      !read_price (form->input, &prices.input, TD_OWN_MODEL_ERROR_INPUT, error) ||
      !read_price (form->cached_input, &prices.cached_input, TD_OWN_MODEL_ERROR_CACHED_INPUT, error) ||
      !read_price (form->output, &prices.output, TD_OWN_MODEL_ERROR_OUTPUT, error))
    return NULL;

  if (!is_line (form->vendor))
    {
      fail (error, TD_OWN_MODEL_ERROR_VENDOR, _("This name is too long."));
      return NULL;
    }

  if (*form->from != '\0' && (!td_date_parse (form->from, &from) || !td_date_is_full (from)))
    {
      fail (error, TD_OWN_MODEL_ERROR_FROM, _("This is not a day like 2023-04-19."));
      return NULL;
    }

  model = make_model (form, name, window, &prices, from);
  change = td_price_change_new_model (model, from);
  td_price_change_set_origin (change, TD_MODEL_ORIGIN_USER, td_date_today (), NULL);

  return change;
}
