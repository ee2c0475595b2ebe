/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-model-row.h"

/* One model in the comparison: what the current text costs on it, as raw numbers. A row lives as long as its model is
 * in the catalogue; only its values change, so selection, scroll position and the cells on screen stay.
 *
 * "changed" comes once per change, whatever number of values changed: cells listen to it rather than to properties. */

struct _TdModelRow
{
  GObject parent_instance;

  /* owned */
  TdModel *model;

  TdQuote quote;
  TdRatio ratio;
  TdRowTokens token_state;
  TkEncodingId encoding;
  guint position;
  int pin;
  gboolean has_encoding;
  gboolean is_baseline;
};

G_DEFINE_FINAL_TYPE (TdModelRow, td_model_row, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_POSITION,
  PROP_TOKENS,
  PROP_IS_PINNED,
  PROP_IS_BASELINE,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
money_equal (TdMoney a,
             TdMoney b)
{
  return a.femto == b.femto;
}

static gboolean
quote_equal (const TdQuote *a,
             const TdQuote *b)
{
  /* Member by member: a structure's padding is not part of its value. */
  return a->period == b->period &&
         a->prices.input == b->prices.input &&
         a->prices.cached_input == b->prices.cached_input &&
         a->prices.cache_write == b->prices.cache_write &&
         a->prices.output == b->prices.output &&
         a->availability == b->availability &&
         a->flags == b->flags &&
         a->input_tokens == b->input_tokens &&
         a->cached_tokens == b->cached_tokens &&
         a->cache_write_tokens == b->cache_write_tokens &&
         a->output_tokens == b->output_tokens &&
         a->context_used == b->context_used &&
         a->context_window == b->context_window &&
         money_equal (a->input_cost, b->input_cost) &&
         money_equal (a->output_cost, b->output_cost) &&
         money_equal (a->total_cost, b->total_cost);
}

static void
td_model_row_constructed (GObject *object)
{
  TdModelRow *self = TD_MODEL_ROW (object);
  const char *name = td_model_get_encoding (self->model);

  self->has_encoding = name && tk_encoding_id_from_name (name, &self->encoding);

  G_OBJECT_CLASS (td_model_row_parent_class)->constructed (object);
}

static void
td_model_row_dispose (GObject *object)
{
  TdModelRow *self = TD_MODEL_ROW (object);

  g_clear_object (&self->model);

  G_OBJECT_CLASS (td_model_row_parent_class)->dispose (object);
}

static void
td_model_row_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TdModelRow *self = TD_MODEL_ROW (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_TOKENS:
      g_value_set_uint64 (value, td_model_row_get_tokens (self));
      break;
    case PROP_IS_PINNED:
      g_value_set_boolean (value, td_model_row_get_is_pinned (self));
      break;
    case PROP_IS_BASELINE:
      g_value_set_boolean (value, self->is_baseline);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_model_row_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TdModelRow *self = TD_MODEL_ROW (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      self->model = g_value_dup_object (value);
      break;
    case PROP_POSITION:
      self->position = g_value_get_uint (value);
      break;
    case PROP_IS_BASELINE:
      td_model_row_set_is_baseline (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_model_row_class_init (TdModelRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = td_model_row_constructed;
  object_class->dispose = td_model_row_dispose;
  object_class->get_property = td_model_row_get_property;
  object_class->set_property = td_model_row_set_property;

  properties[PROP_MODEL] =
    g_param_spec_object ("model", NULL, NULL, TD_TYPE_MODEL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_POSITION] =
    g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TOKENS] =
    g_param_spec_uint64 ("tokens", NULL, NULL, 0, G_MAXUINT64, TD_TOKENS_UNKNOWN,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_PINNED] =
    g_param_spec_boolean ("is-pinned", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_BASELINE] =
    g_param_spec_boolean ("is-baseline", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TdModelRow::changed:
   *
   * Something of what the row shows has changed.
   */
  signals[CHANGED] = g_signal_new ("changed", TD_TYPE_MODEL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
td_model_row_init (TdModelRow *self)
{
  self->pin = -1;
  self->ratio = TD_RATIO_UNKNOWN;
  self->quote.prices = TD_PRICES_UNKNOWN;
  self->quote.input_tokens = TD_TOKENS_UNKNOWN;
  self->quote.context_used = TD_TOKENS_UNKNOWN;
  self->quote.input_cost = TD_MONEY_UNKNOWN;
  self->quote.output_cost = TD_MONEY_UNKNOWN;
  self->quote.total_cost = TD_MONEY_UNKNOWN;
}

/**
 * td_model_row_new:
 * @model: the model of the row
 * @position: its place in the catalogue
 *
 * Returns: (transfer full): a row that knows no numbers yet
 */
TdModelRow *
td_model_row_new (TdModel *model,
                  guint    position)
{
  g_return_val_if_fail (TD_IS_MODEL (model), NULL);

  return g_object_new (TD_TYPE_MODEL_ROW, "model", model, "position", position, NULL);
}

/** Returns: (transfer none): the model */
TdModel *
td_model_row_get_model (TdModelRow *self)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), NULL);

  return self->model;
}

/** Returns: the place in the catalogue, the last word between rows that are otherwise equal */
guint
td_model_row_get_position (TdModelRow *self)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), 0);

  return self->position;
}

/**
 * td_model_row_get_encoding:
 * @self: the row
 * @encoding: (out): the encoding that counts for the model
 *
 * Returns: FALSE when there is none
 */
gboolean
td_model_row_get_encoding (TdModelRow   *self,
                           TkEncodingId *encoding)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), FALSE);

  *encoding = self->encoding;

  return self->has_encoding;
}

/** Returns: (transfer none): the current numbers; valid until the next update */
const TdQuote *
td_model_row_get_quote (TdModelRow *self)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), NULL);

  return &self->quote;
}

/** Returns: the total cost as a multiple of the baseline's */
TdRatio
td_model_row_get_ratio (TdModelRow *self)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), TD_RATIO_UNKNOWN);

  return self->ratio;
}

/** Returns: whether there is a number of tokens */
TdRowTokens
td_model_row_get_token_state (TdModelRow *self)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), TD_ROW_TOKENS_NONE);

  return self->token_state;
}

/** Returns: the tokens of the text, or %TD_TOKENS_UNKNOWN */
guint64
td_model_row_get_tokens (TdModelRow *self)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), TD_TOKENS_UNKNOWN);

  return self->quote.input_tokens;
}

/** Returns: the place among the pinned rows, or -1 when the row is not pinned */
int
td_model_row_get_pin (TdModelRow *self)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), -1);

  return self->pin;
}

/** Sets the place among the pinned rows, -1 for none. */
void
td_model_row_set_pin (TdModelRow *self,
                      int         pin)
{
  gboolean was_pinned;

  g_return_if_fail (TD_IS_MODEL_ROW (self));

  if (self->pin == pin)
    return;

  was_pinned = self->pin >= 0;
  self->pin = pin;
  if (was_pinned != (pin >= 0))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PINNED]);
      td_model_row_refresh (self);
    }
}

/** Returns: whether the row stays on top however the table is sorted */
gboolean
td_model_row_get_is_pinned (TdModelRow *self)
{
  return td_model_row_get_pin (self) >= 0;
}

/** Returns: whether the other rows are measured by this one */
gboolean
td_model_row_get_is_baseline (TdModelRow *self)
{
  g_return_val_if_fail (TD_IS_MODEL_ROW (self), FALSE);

  return self->is_baseline;
}

/** Says whether the other rows are measured by this one. */
void
td_model_row_set_is_baseline (TdModelRow *self,
                              gboolean    is_baseline)
{
  g_return_if_fail (TD_IS_MODEL_ROW (self));

  if (self->is_baseline == !!is_baseline)
    return;

  self->is_baseline = !!is_baseline;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BASELINE]);
  td_model_row_refresh (self);
}

/**
 * td_model_row_update:
 * @self: the row
 * @quote: the new numbers
 * @token_state: whether @quote knows the number of tokens, and if not, why
 * @ratio: the total as a multiple of the baseline's
 *
 * Takes new numbers over; says so only if any of them is different.
 *
 * Returns: whether anything changed
 */
gboolean
td_model_row_update (TdModelRow    *self,
                     const TdQuote *quote,
                     TdRowTokens    token_state,
                     TdRatio        ratio)
{
  gboolean tokens_changed;

  g_return_val_if_fail (TD_IS_MODEL_ROW (self), FALSE);
  g_return_val_if_fail (quote != NULL, FALSE);

  if (self->token_state == token_state &&
      self->ratio.numerator == ratio.numerator &&
      self->ratio.denominator == ratio.denominator &&
      quote_equal (&self->quote, quote))
    return FALSE;

  tokens_changed = self->quote.input_tokens != quote->input_tokens;
  self->quote = *quote;
  self->token_state = token_state;
  self->ratio = ratio;
  if (tokens_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKENS]);
  td_model_row_refresh (self);

  return TRUE;
}

/** Has everything that shows the row show it anew, for example in another currency. */
void
td_model_row_refresh (TdModelRow *self)
{
  g_return_if_fail (TD_IS_MODEL_ROW (self));

  g_signal_emit (self, signals[CHANGED], 0);
}
