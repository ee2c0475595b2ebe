/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-row-filter.h"

/* Decides which models the comparison shows. Pinned rows and the baseline pass everything but the search: whoever
 * pinned a model wants to see it, and ratios without their baseline on screen say little. */

struct _TdRowFilter
{
  GtkFilter parent_instance;

  /* owned */
  char *search;
  char **words;
  char *vendor;

  char *price_range;
  gint64 min_price; /* of input per million tokens */
  gint64 max_price; /* G_MAXINT64 for any */
  guint min_context;
  gboolean hide_unavailable;
  gboolean exact_only;
};

G_DEFINE_FINAL_TYPE (TdRowFilter, td_row_filter, GTK_TYPE_FILTER)

enum
{
  PROP_0,
  PROP_SEARCH,
  PROP_VENDOR,
  PROP_HIDE_UNAVAILABLE,
  PROP_EXACT_ONLY,
  PROP_PRICE_RANGE,
  PROP_MIN_CONTEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
contains (const char *text,
          const char *folded_word)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;

  if (!text)
    return FALSE;

  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  folded = g_utf8_casefold (normal ? normal : text, -1);

  return strstr (folded, folded_word) != NULL;
}

static gboolean
matches_word (TdModel    *model,
              const char *word)
{
  const char * const *aliases = td_model_get_aliases (model);

  if (contains (td_model_get_name (model), word) ||
      contains (td_model_get_id (model), word) ||
      contains (td_model_get_vendor_name (model), word) ||
      contains (td_model_get_encoding (model), word))
    return TRUE;

  for (guint i = 0; aliases && aliases[i]; i++)
    {
      if (contains (aliases[i], word))
        return TRUE;
    }

  return FALSE;
}

static gboolean
matches_search (TdRowFilter *self,
                TdModel     *model)
{
  for (guint i = 0; self->words && self->words[i]; i++)
    {
      if (*self->words[i] && !matches_word (model, self->words[i]))
        return FALSE;
    }

  return TRUE;
}

/* By the standard price of the day, whatever the scenario's service. What is not known is in no range. */
static gboolean
matches_price (TdRowFilter   *self,
               const TdQuote *quote)
{
  TdPrice price = quote->period ? quote->period->services[TD_SERVICE_STANDARD].input : TD_PRICE_UNKNOWN;

  if (*self->price_range == '\0')
    return TRUE;

  return price != TD_PRICE_UNKNOWN && price >= self->min_price && price < self->max_price;
}

static gboolean
td_row_filter_match (GtkFilter *filter,
                     gpointer   item)
{
  TdRowFilter *self = TD_ROW_FILTER (filter);
  TdModelRow *row = item;
  TdModel *model = td_model_row_get_model (row);

  if (!matches_search (self, model))
    return FALSE;

  if (td_model_row_get_is_pinned (row) || td_model_row_get_is_baseline (row))
    return TRUE;

  if (*self->vendor && g_strcmp0 (td_model_get_vendor (model), self->vendor) != 0)
    return FALSE;

  if (!matches_price (self, td_model_row_get_quote (row)) ||
      td_model_get_context_window (model) < self->min_context)
    return FALSE;

  if (self->hide_unavailable && td_model_row_get_quote (row)->availability != TD_AVAILABILITY_AVAILABLE)
    return FALSE;

  return !self->exact_only || td_model_get_exactness (model) == TD_EXACTNESS_EXACT;
}

static GtkFilterMatch
td_row_filter_get_strictness (GtkFilter *filter)
{
  TdRowFilter *self = TD_ROW_FILTER (filter);

  if (!self->words && !*self->vendor && !self->hide_unavailable && !self->exact_only && !*self->price_range &&
      self->min_context == 0)
    return GTK_FILTER_MATCH_ALL;

  return GTK_FILTER_MATCH_SOME;
}

static void
td_row_filter_finalize (GObject *object)
{
  TdRowFilter *self = TD_ROW_FILTER (object);

  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->vendor, g_free);
  g_clear_pointer (&self->price_range, g_free);

  G_OBJECT_CLASS (td_row_filter_parent_class)->finalize (object);
}

static void
td_row_filter_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TdRowFilter *self = TD_ROW_FILTER (object);

  switch (prop_id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_VENDOR:
      g_value_set_string (value, self->vendor);
      break;
    case PROP_HIDE_UNAVAILABLE:
      g_value_set_boolean (value, self->hide_unavailable);
      break;
    case PROP_EXACT_ONLY:
      g_value_set_boolean (value, self->exact_only);
      break;
    case PROP_PRICE_RANGE:
      g_value_set_string (value, self->price_range);
      break;
    case PROP_MIN_CONTEXT:
      g_value_set_uint (value, self->min_context);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_row_filter_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TdRowFilter *self = TD_ROW_FILTER (object);

  switch (prop_id)
    {
    case PROP_SEARCH:
      td_row_filter_set_search (self, g_value_get_string (value));
      break;
    case PROP_VENDOR:
      td_row_filter_set_vendor (self, g_value_get_string (value));
      break;
    case PROP_HIDE_UNAVAILABLE:
      td_row_filter_set_hide_unavailable (self, g_value_get_boolean (value));
      break;
    case PROP_EXACT_ONLY:
      td_row_filter_set_exact_only (self, g_value_get_boolean (value));
      break;
    case PROP_PRICE_RANGE:
      td_row_filter_set_price_range (self, g_value_get_string (value));
      break;
    case PROP_MIN_CONTEXT:
      td_row_filter_set_min_context (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_row_filter_class_init (TdRowFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  object_class->finalize = td_row_filter_finalize;
  object_class->get_property = td_row_filter_get_property;
  object_class->set_property = td_row_filter_set_property;

  filter_class->match = td_row_filter_match;
  filter_class->get_strictness = td_row_filter_get_strictness;

  properties[PROP_SEARCH] =
    g_param_spec_string ("search", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_VENDOR] =
    g_param_spec_string ("vendor", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_HIDE_UNAVAILABLE] =
    g_param_spec_boolean ("hide-unavailable", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_EXACT_ONLY] =
    g_param_spec_boolean ("exact-only", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PRICE_RANGE] =
    g_param_spec_string ("price-range", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_MIN_CONTEXT] =
    g_param_spec_uint ("min-context", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_row_filter_init (TdRowFilter *self)
{
  self->search = g_strdup ("");
  self->vendor = g_strdup ("");
  self->price_range = g_strdup ("");
  self->max_price = G_MAXINT64;
}

/** Returns: (transfer full): a filter that lets everything pass */
TdRowFilter *
td_row_filter_new (void)
{
  return g_object_new (TD_TYPE_ROW_FILTER, NULL);
}

/** Returns: the words looked for, never NULL */
const char *
td_row_filter_get_search (TdRowFilter *self)
{
  g_return_val_if_fail (TD_IS_ROW_FILTER (self), NULL);

  return self->search;
}

/** Looks for models whose name, id, other names, vendor or encoding contain all words of @search. */
void
td_row_filter_set_search (TdRowFilter *self,
                          const char  *search)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;

  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (!g_set_str (&self->search, search ? search : ""))
    return;

  g_clear_pointer (&self->words, g_strfreev);
  normal = g_utf8_normalize (self->search, -1, G_NORMALIZE_ALL);
  folded = g_utf8_casefold (normal ? normal : "", -1);
  g_strstrip (folded);
  if (*folded)
    self->words = g_strsplit_set (folded, " \t\n", -1);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/** Returns: the vendor's id, or "" for all vendors */
const char *
td_row_filter_get_vendor (TdRowFilter *self)
{
  g_return_val_if_fail (TD_IS_ROW_FILTER (self), NULL);

  return self->vendor;
}

/** Shows the models of one vendor, or of all with "". */
void
td_row_filter_set_vendor (TdRowFilter *self,
                          const char  *vendor)
{
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (!g_set_str (&self->vendor, vendor ? vendor : ""))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VENDOR]);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/** Returns: whether models that cannot be called on the day of the comparison are left out */
gboolean
td_row_filter_get_hide_unavailable (TdRowFilter *self)
{
  g_return_val_if_fail (TD_IS_ROW_FILTER (self), FALSE);

  return self->hide_unavailable;
}

/** Leaves out models that cannot be called on the day of the comparison. */
void
td_row_filter_set_hide_unavailable (TdRowFilter *self,
                                    gboolean     hide_unavailable)
{
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (self->hide_unavailable == !!hide_unavailable)
    return;

  self->hide_unavailable = !!hide_unavailable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDE_UNAVAILABLE]);
  gtk_filter_changed (GTK_FILTER (self),
                      hide_unavailable ? GTK_FILTER_CHANGE_MORE_STRICT : GTK_FILTER_CHANGE_LESS_STRICT);
}

/** Returns: whether models whose tokens are not counted exactly are left out */
gboolean
td_row_filter_get_exact_only (TdRowFilter *self)
{
  g_return_val_if_fail (TD_IS_ROW_FILTER (self), FALSE);

  return self->exact_only;
}

/** Leaves out models whose tokens are not counted exactly. */
void
td_row_filter_set_exact_only (TdRowFilter *self,
                              gboolean     exact_only)
{
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (self->exact_only == !!exact_only)
    return;

  self->exact_only = !!exact_only;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXACT_ONLY]);
  gtk_filter_changed (GTK_FILTER (self),
                      exact_only ? GTK_FILTER_CHANGE_MORE_STRICT : GTK_FILTER_CHANGE_LESS_STRICT);
}

/**
 * td_row_filter_set_price_range:
 * @self: a filter
 * @price_range: (nullable): "0.5-2", "-2" or "2-", in US dollars per million tokens, or "" for any price
 *
 * Shows the models whose input costs at least the first and less than the second price. A text that is no range is none.
 */
void
td_row_filter_set_price_range (TdRowFilter *self,
                               const char  *price_range)
{
  g_auto (GStrv) ends = NULL;
  TdPrice min_price = 0;
  TdPrice max_price = G_MAXINT64;

  g_return_if_fail (TD_IS_ROW_FILTER (self));

  ends = g_strsplit (price_range ? price_range : "", "-", -1);
  if (g_strv_length (ends) != 2 || (*ends[0] && !td_price_parse (ends[0], &min_price)) ||
      (*ends[1] && !td_price_parse (ends[1], &max_price)))
    price_range = "";

  if (!g_set_str (&self->price_range, price_range))
    return;

  self->min_price = min_price;
  self->max_price = max_price;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRICE_RANGE]);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/** Shows the models whose context window has at least @min_context tokens; 0 for all. */
void
td_row_filter_set_min_context (TdRowFilter *self,
                               guint        min_context)
{
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (self->min_context == min_context)
    return;

  self->min_context = min_context;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MIN_CONTEXT]);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}
