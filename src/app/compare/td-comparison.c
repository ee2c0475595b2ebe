/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-comparison-private.h"
#include "app/compare/td-exchange-rates.h"

/* What one document costs on every model of the catalogue, without a display: follows the document's counts, the
 * settings and the catalogue, and keeps one #TdModelRow per model up to date. Rows are made once; afterwards only
 * their values change.
 *
 * The choices are properties, so that settings and widgets are bound to them and nobody calls setters from handlers.
 * Any number of changes in a row make one update, which comes before the next frame. */

/* Before GTK lays out and paints (G_PRIORITY_HIGH_IDLE + 10 and + 20), after input. */
#define UPDATE_PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

G_DEFINE_FINAL_TYPE (TdComparison, td_comparison, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SETTINGS,
  PROP_CATALOGUE,
  PROP_PINNED,
  PROP_BASELINE,
  PROP_CURRENCY,
  PROP_RATES,
  N_PROPS
};

enum
{
  UPDATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
update_cb (gpointer user_data)
{
  TdComparison *self = user_data;

  self->update_id = 0;
  td_comparison_update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (TdComparison *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (UPDATE_PRIORITY, update_cb, self, NULL);
}

static void
queue_refresh (TdComparison *self)
{
  self->refresh_all = TRUE;
  queue_update (self);
}

static TdModelRow *
get_row (TdComparison *self,
         guint         index)
{
  g_autoptr (TdModelRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), index);

  /* The list keeps it alive. */
  return row;
}

static void
read_currency (TdComparison *self)
{
  if (!td_comparison_get_rate (self, self->currency_code, &self->currency))
    self->currency = TD_CURRENCY_USD;
}

static void
read_pins (TdComparison *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  TdModelRow *baseline = td_comparison_find_row (self, self->baseline);

  for (guint i = 0; i < n_rows; i++)
    {
      TdModelRow *row = get_row (self, i);
      int pin = -1;

      for (int j = 0; self->pinned[j] && pin < 0; j++)
        {
          if (td_model_has_name (td_model_row_get_model (row), self->pinned[j]))
            pin = j;
        }

      td_model_row_set_pin (row, pin);
      td_model_row_set_is_baseline (row, row == baseline);
    }

  g_set_object (&self->baseline_row, baseline);
}

static void
rebuild_rows (TdComparison *self)
{
  guint n_models = self->catalogue ? g_list_model_get_n_items (G_LIST_MODEL (self->catalogue)) : 0;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_models, g_object_unref);

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (G_LIST_MODEL (self->catalogue), i);

      g_ptr_array_add (rows, td_model_row_new (model, i));
    }

  g_clear_object (&self->baseline_row);
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), rows->pdata, rows->len);
  read_pins (self);
  td_comparison_update (self);
}

static void
settings_changed_cb (TdComparison *self)
{
  g_autoptr (GVariant) rates = td_settings_get_value (self->settings, TD_COMPARISON_KEY_RATES);

  g_object_set (self, "rates", rates, NULL);
}

static void
bind_settings (TdComparison *self)
{
  static const struct
  {
    const char *key;
    const char *property;
  } bindings[] = {
    { "baseline-model", "baseline" },
    { "currency", "currency" },
    { "pinned-models", "pinned" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    td_settings_bind (self->settings, bindings[i].key, self, bindings[i].property, G_SETTINGS_BIND_DEFAULT);

  g_signal_connect_object (self->settings, "changed::" TD_COMPARISON_KEY_RATES, G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  settings_changed_cb (self);
}

static void
td_comparison_constructed (GObject *object)
{
  TdComparison *self = TD_COMPARISON (object);

  G_OBJECT_CLASS (td_comparison_parent_class)->constructed (object);

  self->options = td_scenario_options_new (self->settings);
  /* Columns and marks that are not part of the quote depend on some of them. */
  g_signal_connect_object (self->options, "changed", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  if (self->settings)
    bind_settings (self);

  if (self->catalogue)
    g_signal_connect_object (self->catalogue, "items-changed", G_CALLBACK (rebuild_rows), self, G_CONNECT_SWAPPED);
  rebuild_rows (self);
}

static void
td_comparison_dispose (GObject *object)
{
  TdComparison *self = TD_COMPARISON (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->document)
    g_clear_signal_handler (&self->document_handler, self->document);
  g_clear_object (&self->document);
  td_token_counts_clear (&self->counts);
  g_clear_object (&self->baseline_row);
  g_clear_object (&self->options);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_comparison_parent_class)->dispose (object);
}

static void
td_comparison_finalize (GObject *object)
{
  TdComparison *self = TD_COMPARISON (object);

  g_clear_object (&self->rows);
  g_clear_pointer (&self->pinned, g_strfreev);
  g_clear_pointer (&self->baseline, g_free);
  g_clear_pointer (&self->currency_code, g_free);
  g_clear_pointer (&self->rates, g_variant_unref);

  G_OBJECT_CLASS (td_comparison_parent_class)->finalize (object);
}

static void
td_comparison_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TdComparison *self = TD_COMPARISON (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_CATALOGUE:
      g_value_set_object (value, self->catalogue);
      break;
    case PROP_PINNED:
      g_value_set_boxed (value, self->pinned);
      break;
    case PROP_BASELINE:
      g_value_set_string (value, self->baseline);
      break;
    case PROP_CURRENCY:
      g_value_set_string (value, self->currency_code);
      break;
    case PROP_RATES:
      g_value_set_variant (value, self->rates);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
set_pinned (TdComparison       *self,
            const char * const *pinned)
{
  static const char * const none[] = { NULL };

  if (!pinned)
    pinned = none;
  if (g_strv_equal ((const char * const *) self->pinned, pinned))
    return FALSE;

  g_strfreev (self->pinned);
  self->pinned = g_strdupv ((char **) pinned);

  return TRUE;
}

static gboolean
set_rates (TdComparison *self,
           GVariant     *rates)
{
  if (self->rates == rates || (rates && self->rates && g_variant_equal (self->rates, rates)))
    return FALSE;

  g_clear_pointer (&self->rates, g_variant_unref);
  if (rates)
    self->rates = g_variant_ref_sink (rates);

  return TRUE;
}

/* Follows the value of a property that just changed. */
static void
apply_property (TdComparison *self,
                guint         prop_id)
{
  switch (prop_id)
    {
    case PROP_PINNED:
    case PROP_BASELINE:
      read_pins (self);
      queue_update (self);
      break;
    case PROP_CURRENCY:
    case PROP_RATES:
      read_currency (self);
      queue_refresh (self);
      break;
    default:
      queue_update (self);
    }
}

static void
td_comparison_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TdComparison *self = TD_COMPARISON (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      td_comparison_set_document (self, g_value_get_object (value));
      return;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      return;
    case PROP_CATALOGUE:
      self->catalogue = g_value_dup_object (value);
      return;
    case PROP_PINNED:
      changed = set_pinned (self, g_value_get_boxed (value));
      break;
    case PROP_BASELINE:
      changed = g_set_str (&self->baseline, g_value_get_string (value) ? g_value_get_string (value) : "");
      break;
    case PROP_CURRENCY:
      changed = g_set_str (&self->currency_code, g_value_get_string (value) ? g_value_get_string (value) : "USD");
      break;
    case PROP_RATES:
      changed = set_rates (self, g_value_get_variant (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (changed)
    {
      apply_property (self, prop_id);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, TD_TYPE_DOCUMENT, flags);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, TD_TYPE_SETTINGS, once);
  properties[PROP_CATALOGUE] = g_param_spec_object ("catalogue", NULL, NULL, TD_TYPE_CATALOGUE, once);
  /* The ids of the models that come first, in their order. */
  properties[PROP_PINNED] = g_param_spec_boxed ("pinned", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_BASELINE] = g_param_spec_string ("baseline", NULL, NULL, "", flags);
  properties[PROP_CURRENCY] = g_param_spec_string ("currency", NULL, NULL, "USD", flags);
  properties[PROP_RATES] =
    g_param_spec_variant ("rates", NULL, NULL, G_VARIANT_TYPE (TD_EXCHANGE_RATES_TYPE), NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_comparison_class_init (TdComparisonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = td_comparison_constructed;
  object_class->dispose = td_comparison_dispose;
  object_class->finalize = td_comparison_finalize;
  object_class->get_property = td_comparison_get_property;
  object_class->set_property = td_comparison_set_property;

  install_properties (object_class);

  /**
   * TdComparison::updated:
   *
   * The rows have been recomputed; those whose values changed have said so themselves.
   */
  signals[UPDATED] = g_signal_new ("updated", TD_TYPE_COMPARISON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
td_comparison_init (TdComparison *self)
{
  self->rows = g_list_store_new (TD_TYPE_MODEL_ROW);
  self->pinned = g_new0 (char *, 1);
  self->baseline = g_strdup ("");
  self->currency_code = g_strdup ("USD");
  self->currency = TD_CURRENCY_USD;
  self->scenario = (TdScenario) { .date = td_date_today (), .minute = TD_MINUTE_ANY };
}

/**
 * td_comparison_new:
 * @document: (nullable): the text
 * @settings: (nullable): where the user's choices are kept
 * @catalogue: the models
 *
 * Returns: (transfer full): an up-to-date comparison
 */
TdComparison *
td_comparison_new (TdDocument  *document,
                   TdSettings  *settings,
                   TdCatalogue *catalogue)
{
  return g_object_new (TD_TYPE_COMPARISON,
                       "document", document,
                       "settings", settings,
                       "catalogue", catalogue,
                       NULL);
}

/** Returns: (transfer none) (nullable): the models */
TdCatalogue *
td_comparison_get_catalogue (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);

  return self->catalogue;
}

/** Returns: (transfer none) (nullable): where the user's choices are kept */
TdSettings *
td_comparison_get_settings (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);

  return self->settings;
}

/** Returns: (transfer none): what is done with the text, as the user chooses it */
TdScenarioOptions *
td_comparison_get_options (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);

  return self->options;
}

/** Returns: (transfer none) (nullable): the text */
TdDocument *
td_comparison_get_document (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);

  return self->document;
}

/** Compares another text. */
void
td_comparison_set_document (TdComparison *self,
                            TdDocument   *document)
{
  g_return_if_fail (TD_IS_COMPARISON (self));
  g_return_if_fail (document == NULL || TD_IS_DOCUMENT (document));

  if (self->document == document)
    return;

  if (self->document)
    g_clear_signal_handler (&self->document_handler, self->document);
  g_set_object (&self->document, document);
  if (document)
    self->document_handler = g_signal_connect_swapped (document, "counts-changed", G_CALLBACK (queue_update), self);

  td_token_counts_forget (&self->counts);
  queue_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

/** Compares a conversation, by the rules of each model, or with %NULL the text again. */
void
td_comparison_set_chat (TdComparison  *self,
                        TdChatCounter *chat)
{
  g_return_if_fail (TD_IS_COMPARISON (self));

  td_token_counts_set_chat (&self->counts, chat, G_CALLBACK (queue_update), self);
  queue_update (self);
}

/** Returns: (transfer none): the rows, one per model in the order of the catalogue */
GListModel *
td_comparison_get_rows (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);

  return G_LIST_MODEL (self->rows);
}

/** Returns: (transfer none) (nullable): the row of the model with this id or other name */
TdModelRow *
td_comparison_find_row (TdComparison *self,
                        const char   *model)
{
  guint n_rows;

  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);
  g_return_val_if_fail (model != NULL, NULL);

  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  for (guint i = 0; i < n_rows; i++)
    {
      if (td_model_has_name (td_model_row_get_model (get_row (self, i)), model))
        return get_row (self, i);
    }

  return NULL;
}

/** Returns: (transfer none) (nullable): the row that the others are measured by */
TdModelRow *
td_comparison_get_baseline_row (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);

  return self->baseline_row;
}

/** Measures the other rows by @model from now on. */
void
td_comparison_set_baseline (TdComparison *self,
                            const char   *model)
{
  g_return_if_fail (TD_IS_COMPARISON (self));

  g_object_set (self, "baseline", model, NULL);
}

/** Keeps @model on top, after the others that are, or lets it go. */
void
td_comparison_set_pinned (TdComparison *self,
                          const char   *model,
                          gboolean      pinned)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  TdModelRow *row;

  g_return_if_fail (TD_IS_COMPARISON (self));
  g_return_if_fail (model != NULL);

  row = td_comparison_find_row (self, model);
  for (guint i = 0; self->pinned[i]; i++)
    {
      gboolean is_model = row ? td_model_has_name (td_model_row_get_model (row), self->pinned[i])
                              : g_str_equal (model, self->pinned[i]);

      if (is_model && pinned)
        return;
      if (!is_model)
        g_strv_builder_add (builder, self->pinned[i]);
    }

  if (pinned)
    g_strv_builder_add (builder, model);
  names = g_strv_builder_end (builder);
  g_object_set (self, "pinned", names, NULL);
}

/** Returns: (transfer none): what is done with the text, as of the last update */
const TdScenario *
td_comparison_get_scenario (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);

  return &self->scenario;
}

/** Returns: whether today's prices apply, rather than those of a chosen day */
gboolean
td_comparison_is_today (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), TRUE);

  return td_scenario_options_is_today (self->options);
}

/** Returns: calls per month, or 0 when a single call is looked at */
guint64
td_comparison_get_calls (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), 0);

  return td_scenario_options_get_calls (self->options);
}

/** Returns: what may be spent in US dollars, or unknown if the user has not said */
TdMoney
td_comparison_get_budget (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), TD_MONEY_UNKNOWN);

  return td_scenario_options_get_budget (self->options, &self->currency, self->rates);
}

/** Returns: whether the tokens of any row are being counted, so that its numbers are of an earlier text */
gboolean
td_comparison_is_counting (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), FALSE);

  return td_token_counts_is_counting (&self->counts);
}

/** Returns: (transfer none): the currency amounts are shown in: US dollars while the chosen one lacks a rate */
const TdCurrency *
td_comparison_get_currency (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), NULL);

  return &self->currency;
}

/** Returns: whether a currency is chosen whose rate has not been set */
gboolean
td_comparison_lacks_rate (TdComparison *self)
{
  g_return_val_if_fail (TD_IS_COMPARISON (self), FALSE);

  return g_strcmp0 (self->currency.code, self->currency_code) != 0;
}

/**
 * td_comparison_update:
 * @self: the comparison
 *
 * Brings all rows up to date now. Needed only where the next frame is too late: changes update by themselves.
 */
void
td_comparison_update (TdComparison *self)
{
  guint n_rows;
  TdQuote baseline = { .total_cost = TD_MONEY_UNKNOWN };
  gboolean refresh_all;
  gboolean is_estimate;

  g_return_if_fail (TD_IS_COMPARISON (self));

  g_clear_handle_id (&self->update_id, g_source_remove);
  refresh_all = self->refresh_all;
  self->refresh_all = FALSE;

  td_scenario_options_get_scenario (self->options, &self->scenario);
  td_token_counts_read (&self->counts, self->document, G_LIST_MODEL (self->rows));
  if (self->baseline_row)
    {
      guint64 n_tokens;

      td_token_counts_get (&self->counts, self->baseline_row, &n_tokens, &is_estimate);
      td_quote_compute (&baseline, td_model_row_get_model (self->baseline_row), &self->scenario, n_tokens);
    }

  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  for (guint i = 0; i < n_rows; i++)
    {
      TdModelRow *row = get_row (self, i);
      guint64 n_tokens;
      TdRowTokens state = td_token_counts_get (&self->counts, row, &n_tokens, &is_estimate);
      TdQuote quote;

      td_quote_compute (&quote, td_model_row_get_model (row), &self->scenario, n_tokens);
      quote.flags |= is_estimate ? TD_QUOTE_ESTIMATE : 0;
      if (!td_model_row_update (row, &quote, state, td_quote_ratio (&quote, &baseline)) && refresh_all)
        td_model_row_refresh (row);
    }

  g_signal_emit (self, signals[UPDATED], 0);
}
