/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

#include "accounts/td-credit.h"
#include "app/compare/td-exchange-rates.h"
#include "app/compare/td-scenario-options.h"
#include "pricing/td-pricing-enums.h"

/*
 * TdScenarioOptions:
 *
 * What is done with the text, as the user chooses it: one property for each row of the scenario's dialog, bound to the
 * settings. Numbers are whole, shares are per cent, and a choice is a short name, so that all of them can be kept.
 *
 * “changed” is emitted after any of them has changed.
 */
struct _TdScenarioOptions
{
  GObject parent_instance;

  /* owned */
  char *date;
  char *time;
  char *budget;
  char *credit;

  TdService service;
  guint output_tokens;
  guint output_percent;
  guint reasoning_tokens;
  guint cached_percent;
  guint cache_write_percent;
  guint images;
  guint image_width;
  guint image_height;
  guint calls;
  gboolean cache_write_long;
  gboolean image_low_detail;
};

G_DEFINE_FINAL_TYPE (TdScenarioOptions, td_scenario_options, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DATE,
  PROP_TIME,
  PROP_BUDGET,
  PROP_CREDIT,
  PROP_SERVICE,
  PROP_OUTPUT_TOKENS,
  PROP_OUTPUT_PERCENT,
  PROP_REASONING_TOKENS,
  PROP_CACHED_PERCENT,
  PROP_CACHE_WRITE_PERCENT,
  PROP_CACHE_WRITE_LONG,
  PROP_IMAGES,
  PROP_IMAGE_WIDTH,
  PROP_IMAGE_HEIGHT,
  PROP_IMAGE_LOW_DETAIL,
  PROP_CALLS,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What is kept, in the settings and under a name. */
static const struct
{
  const char *key;
  const char *property;
} kept[] = {
  { "expected-output-tokens", "output-tokens" },
  { "scenario-output-percent", "output-percent" },
  { "scenario-reasoning-tokens", "reasoning-tokens" },
  { "scenario-service", "service" },
  { "scenario-cached-percent", "cached-percent" },
  { "scenario-cache-write-percent", "cache-write-percent" },
  { "scenario-cache-write-long", "cache-write-long" },
  { "scenario-images", "images" },
  { "scenario-image-width", "image-width" },
  { "scenario-image-height", "image-height" },
  { "scenario-image-low-detail", "image-low-detail" },
  { "scenario-calls", "calls" },
  { "scenario-budget", "budget" },
  { "scenario-credit", "credit" },
};

/* Where a number is kept. */
static guint *
find_number (TdScenarioOptions *self,
             guint              prop_id)
{
  switch (prop_id)
    {
    case PROP_OUTPUT_TOKENS:
      return &self->output_tokens;
    case PROP_OUTPUT_PERCENT:
      return &self->output_percent;
    case PROP_REASONING_TOKENS:
      return &self->reasoning_tokens;
    case PROP_CACHED_PERCENT:
      return &self->cached_percent;
    case PROP_CACHE_WRITE_PERCENT:
      return &self->cache_write_percent;
    case PROP_IMAGES:
      return &self->images;
    case PROP_IMAGE_WIDTH:
      return &self->image_width;
    case PROP_IMAGE_HEIGHT:
      return &self->image_height;
    case PROP_CALLS:
      return &self->calls;
    default:
      return NULL;
    }
}

static char **
find_text (TdScenarioOptions *self,
           guint              prop_id)
{
  switch (prop_id)
    {
    case PROP_DATE:
      return &self->date;
    case PROP_TIME:
      return &self->time;
    case PROP_BUDGET:
      return &self->budget;
    case PROP_CREDIT:
      return &self->credit;
    default:
      return NULL;
    }
}

static const char *
get_service_nick (TdService service)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (TD_TYPE_SERVICE);

  return g_enum_get_value (klass, service)->value_nick;
}

static TdService
parse_service (const char *nick)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (TD_TYPE_SERVICE);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  return value != NULL ? (TdService) value->value : TD_SERVICE_STANDARD;
}

static void
td_scenario_options_finalize (GObject *object)
{
  TdScenarioOptions *self = TD_SCENARIO_OPTIONS (object);

  g_free (self->date);
  g_free (self->time);
  g_free (self->budget);
  g_free (self->credit);

  G_OBJECT_CLASS (td_scenario_options_parent_class)->finalize (object);
}

static void
td_scenario_options_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  TdScenarioOptions *self = TD_SCENARIO_OPTIONS (object);

  switch (prop_id)
    {
    case PROP_DATE:
    case PROP_TIME:
    case PROP_BUDGET:
    case PROP_CREDIT:
      g_value_set_string (value, *find_text (self, prop_id));
      break;
    case PROP_SERVICE:
      g_value_set_string (value, get_service_nick (self->service));
      break;
    case PROP_CACHE_WRITE_LONG:
      g_value_set_boolean (value, self->cache_write_long);
      break;
    case PROP_IMAGE_LOW_DETAIL:
      g_value_set_boolean (value, self->image_low_detail);
      break;
    default:
      if (find_number (self, prop_id) != NULL)
        g_value_set_uint (value, *find_number (self, prop_id));
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
set_number (guint *field,
            guint  value)
{
  if (*field == value)
    return FALSE;

  *field = value;

  return TRUE;
}

static gboolean
set_flag (gboolean *field,
          gboolean  value)
{
  if (*field == value)
    return FALSE;

  *field = value;

  return TRUE;
}

static gboolean
set_service (TdScenarioOptions *self,
             TdService          service)
{
  if (self->service == service)
    return FALSE;

  self->service = service;

  return TRUE;
}

static void
td_scenario_options_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  TdScenarioOptions *self = TD_SCENARIO_OPTIONS (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_DATE:
    case PROP_TIME:
    case PROP_BUDGET:
    case PROP_CREDIT:
      changed = g_set_str (find_text (self, prop_id), g_value_get_string (value) ? g_value_get_string (value) : "");
      break;
    case PROP_SERVICE:
      changed = set_service (self, parse_service (g_value_get_string (value)));
      break;
    case PROP_CACHE_WRITE_LONG:
      changed = set_flag (&self->cache_write_long, g_value_get_boolean (value));
      break;
    case PROP_IMAGE_LOW_DETAIL:
      changed = set_flag (&self->image_low_detail, g_value_get_boolean (value));
      break;
    default:
      if (find_number (self, prop_id) != NULL)
        changed = set_number (find_number (self, prop_id), g_value_get_uint (value));
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (changed)
    {
      g_signal_emit (self, signals[CHANGED], 0);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
add_number (guint       prop_id,
            const char *name,
            guint       maximum,
            guint       default_value)
{
  properties[prop_id] = g_param_spec_uint (name, NULL, NULL, 0, maximum, default_value,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /* The day whose prices apply as YYYY-MM-DD, or "" for today. */
  properties[PROP_DATE] = g_param_spec_string ("date", NULL, NULL, "", flags);
  /* The time of that day in UTC as HH:MM, or "" for the standard hours. */
  properties[PROP_TIME] = g_param_spec_string ("time", NULL, NULL, "", flags);
  /* What may be spent, a decimal number of the chosen currency, or "". */
  properties[PROP_BUDGET] = g_param_spec_string ("budget", NULL, NULL, "", flags);
  /* If not "", the credit that is left with a service and may be spent instead, as td_credit_to_text() writes it. */
  properties[PROP_CREDIT] = g_param_spec_string ("credit", NULL, NULL, "", flags);
  /* standard, batch, flex or priority. */
  properties[PROP_SERVICE] = g_param_spec_string ("service", NULL, NULL, "standard", flags);
  add_number (PROP_OUTPUT_TOKENS, "output-tokens", G_MAXUINT, 0);
  /* If not 0, the expected output as a share of the input, in place of a number. */
  add_number (PROP_OUTPUT_PERCENT, "output-percent", 100000, 0);
  /* Hidden output on top, billed only by models that reason. */
  add_number (PROP_REASONING_TOKENS, "reasoning-tokens", G_MAXUINT, 0);
  /* How much of the input is read from the cache, and how much of the rest is written to it. */
  add_number (PROP_CACHED_PERCENT, "cached-percent", 100, 0);
  add_number (PROP_CACHE_WRITE_PERCENT, "cache-write-percent", 100, 0);
  properties[PROP_CACHE_WRITE_LONG] = g_param_spec_boolean ("cache-write-long", NULL, NULL, FALSE, flags);
  add_number (PROP_IMAGES, "images", 10000, 0);
  add_number (PROP_IMAGE_WIDTH, "image-width", TD_IMAGE_MAX_SIDE, 1024);
  add_number (PROP_IMAGE_HEIGHT, "image-height", TD_IMAGE_MAX_SIDE, 1024);
  properties[PROP_IMAGE_LOW_DETAIL] = g_param_spec_boolean ("image-low-detail", NULL, NULL, FALSE, flags);
  /* Calls per month, 0 for a single call. */
  add_number (PROP_CALLS, "calls", G_MAXUINT, 0);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_scenario_options_class_init (TdScenarioOptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_scenario_options_finalize;
  object_class->get_property = td_scenario_options_get_property;
  object_class->set_property = td_scenario_options_set_property;

  install_properties (object_class);

  /**
   * TdScenarioOptions::changed:
   *
   * Another scenario applies.
   */
  signals[CHANGED] = g_signal_new ("changed", TD_TYPE_SCENARIO_OPTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
td_scenario_options_init (TdScenarioOptions *self)
{
  self->date = g_strdup ("");
  self->time = g_strdup ("");
  self->budget = g_strdup ("");
  self->credit = g_strdup ("");
  self->image_width = 1024;
  self->image_height = 1024;
}

/**
 * td_scenario_options_new:
 * @settings: (nullable): where the choices are kept
 *
 * Returns: (transfer full): one call with nothing but the text, or what the settings say
 */
TdScenarioOptions *
td_scenario_options_new (TdSettings *settings)
{
  TdScenarioOptions *self = g_object_new (TD_TYPE_SCENARIO_OPTIONS, NULL);

  for (guint i = 0; settings != NULL && i < G_N_ELEMENTS (kept); i++)
    td_settings_bind (settings, kept[i].key, self, kept[i].property, G_SETTINGS_BIND_DEFAULT);

  return self;
}

/** Gives the scenario; days and times that are none count as not chosen. */
void
td_scenario_options_get_scenario (TdScenarioOptions *self,
                                  TdScenario        *scenario)
{
  const guint32 percent = TD_SHARE_ONE / 100;

  g_return_if_fail (TD_IS_SCENARIO_OPTIONS (self));

  *scenario = (TdScenario) {
    .minute = TD_MINUTE_ANY,
    .service = self->service,
    .output_tokens = self->output_tokens,
    .output_ratio = self->output_percent * percent,
    .reasoning_tokens = self->reasoning_tokens,
    .n_images = self->images,
    .image_width = self->image_width,
    .image_height = self->image_height,
    .image_low_detail = self->image_low_detail,
    .cached_share = self->cached_percent * percent,
    .cache_write_share = self->cache_write_percent * percent,
    .cache_write_long = self->cache_write_long,
  };

  if (*self->date == '\0' || !td_date_parse (self->date, &scenario->date))
    scenario->date = td_date_today ();
  if (!td_minute_parse (self->time, &scenario->minute))
    scenario->minute = TD_MINUTE_ANY;
}

/** Returns: whether today's prices apply, rather than those of a chosen day */
gboolean
td_scenario_options_is_today (TdScenarioOptions *self)
{
  g_return_val_if_fail (TD_IS_SCENARIO_OPTIONS (self), TRUE);

  return *self->date == '\0';
}

/** Returns: calls per month, or 0 when a single call is looked at */
guint
td_scenario_options_get_calls (TdScenarioOptions *self)
{
  g_return_val_if_fail (TD_IS_SCENARIO_OPTIONS (self), 0);

  return self->calls;
}

/* All that is left, in US dollars. What is in a currency without a rate can't be counted, and the rest isn't all. */
static TdMoney
add_up_credit (const TdCredit *credit,
               GVariant       *rates)
{
  TdMoney sum = credit->n_amounts > 0 ? TD_MONEY_ZERO : TD_MONEY_UNKNOWN;

  for (guint i = 0; i < credit->n_amounts; i++)
    {
      const TdCreditAmount *amount = &credit->amounts[i];
      TdCurrency currency;

      if (!td_exchange_rates_lookup (rates, amount->currency, &currency))
        return TD_MONEY_UNKNOWN;

      sum = td_money_add (sum, td_money_scale (amount->amount, currency.denominator, currency.numerator));
    }

  return td_money_is_known (sum) && sum.femto < 0 ? TD_MONEY_ZERO : sum;
}

/**
 * td_scenario_options_get_budget:
 * @self: options
 * @currency: what the budget was typed in
 * @rates: (nullable): exchange rates of the type %TD_EXCHANGE_RATES_TYPE, for a credit in another currency
 *
 * Returns: what may be spent in US dollars: the credit that is left, if the user wants that, or what was typed;
 *   %TD_MONEY_UNKNOWN if nothing was said, or no amount
 */
TdMoney
td_scenario_options_get_budget (TdScenarioOptions *self,
                                const TdCurrency  *currency,
                                GVariant          *rates)
{
  TdMoney amount;
  TdCredit credit;

  g_return_val_if_fail (TD_IS_SCENARIO_OPTIONS (self), TD_MONEY_UNKNOWN);

  if (td_credit_parse (self->credit, NULL, &credit))
    return add_up_credit (&credit, rates);

  if (*self->budget == '\0' || !td_money_parse (self->budget, &amount))
    return TD_MONEY_UNKNOWN;

  return td_money_scale (amount, currency->denominator, currency->numerator);
}

/** Goes back to one call with the text at today's standard prices; how much is expected back stays, as do the calls. */
void
td_scenario_options_reset (TdScenarioOptions *self)
{
  g_return_if_fail (TD_IS_SCENARIO_OPTIONS (self));

  g_object_set (self, "date", "", "time", "", "service", "standard", "output-percent", 0, "cached-percent", 0,
                "cache-write-percent", 0, "cache-write-long", FALSE, "images", 0, "reasoning-tokens", 0, NULL);
}

/* The credit with the provider that @text names: what is known of it now, if that one is chosen, and else nothing,
 * since what was left on another day is no budget. The empty text if it names none. */
static char *
renew_credit (TdScenarioOptions *self,
              const char        *text)
{
  g_autofree char *provider_id = NULL;
  g_autofree char *current_id = NULL;
  TdCredit credit;

  if (!td_credit_parse (text, &provider_id, &credit))
    return g_strdup ("");

  if (td_credit_parse (self->credit, &current_id, &credit) && g_str_equal (current_id, provider_id))
    return g_strdup (self->credit);

  return td_credit_to_text (NULL, provider_id);
}

static GVariant *
save_credit (TdScenarioOptions *self)
{
  g_autofree char *provider_id = NULL;
  TdCredit credit;

  td_credit_parse (self->credit, &provider_id, &credit);

  return g_variant_new_string (provider_id != NULL ? provider_id : "");
}

/** Returns: (transfer floating): all that is kept, to be saved under a name; of a credit only whom it is with */
GVariant *
td_scenario_options_to_variant (TdScenarioOptions *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (TD_SCENARIO_OPTIONS_TYPE));

  g_return_val_if_fail (TD_IS_SCENARIO_OPTIONS (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      GVariant *variant;

      g_object_get_property (G_OBJECT (self), kept[i].property, &value);
      if (g_str_equal (kept[i].property, "credit"))
        variant = save_credit (self);
      else if (G_VALUE_HOLDS_UINT (&value))
        variant = g_variant_new_uint32 (g_value_get_uint (&value));
      else if (G_VALUE_HOLDS_BOOLEAN (&value))
        variant = g_variant_new_boolean (g_value_get_boolean (&value));
      else
        variant = g_variant_new_string (g_value_get_string (&value));
      g_variant_builder_add (&builder, "{sv}", kept[i].property, variant);
    }

  return g_variant_builder_end (&builder);
}

/**
 * td_scenario_options_take_variant:
 * @self: options
 * @variant: what td_scenario_options_to_variant() has written, now or in an earlier version
 *
 * Takes what was saved; what is not in it, or of another type, stays as it is. Only the credit does not: without one
 * the budget is the amount, and what was last read of it isn't replaced by what was read before.
 */
void
td_scenario_options_take_variant (TdScenarioOptions *self,
                                  GVariant          *variant)
{
  const char *saved_credit = "";
  g_autofree char *credit = NULL;

  g_return_if_fail (TD_IS_SCENARIO_OPTIONS (self));
  g_return_if_fail (g_variant_is_of_type (variant, G_VARIANT_TYPE (TD_SCENARIO_OPTIONS_TYPE)));

  g_variant_lookup (variant, "credit", "&s", &saved_credit);
  credit = renew_credit (self, saved_credit);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self), kept[i].property);
      g_autoptr (GVariant) variant_value = g_variant_lookup_value (variant, kept[i].property, NULL);
      g_auto (GValue) value = G_VALUE_INIT;

      if (variant_value == NULL || g_str_equal (kept[i].property, "credit"))
        continue;

      g_dbus_gvariant_to_gvalue (variant_value, &value);
      if (G_VALUE_TYPE (&value) != G_PARAM_SPEC_VALUE_TYPE (pspec))
        continue;

      /* The settings can be edited by hand. */
      g_param_value_validate (pspec, &value);
      g_object_set_property (G_OBJECT (self), kept[i].property, &value);
    }

  g_object_set (self, "credit", credit, NULL);
}
