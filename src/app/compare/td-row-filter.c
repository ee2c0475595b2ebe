/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-row-filter.h"
#include "pricing/td-model-filter.h"

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

  TdModelFilter rules; /* its vendor is ours */
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
td_row_filter_match (GtkFilter *filter,
                     gpointer   item)
{
  TdRowFilter *self = TD_ROW_FILTER (filter);
  TdModelRow *row = item;
  TdModel *model = td_model_row_get_model (row);

  if (!td_model_filter_matches_words (self->words, model))
    return FALSE;

  return td_model_row_get_is_pinned (row) || td_model_row_get_is_baseline (row) ||
         td_model_filter_matches (&self->rules, model, td_model_row_get_quote (row));
}

static GtkFilterMatch
td_row_filter_get_strictness (GtkFilter *filter)
{
  TdRowFilter *self = TD_ROW_FILTER (filter);

  if (!self->words && !*self->vendor && !self->rules.available_only && !self->rules.exact_only && !*self->price_range &&
      self->rules.min_context == 0)
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
      g_value_set_boolean (value, self->rules.available_only);
      break;
    case PROP_EXACT_ONLY:
      g_value_set_boolean (value, self->rules.exact_only);
      break;
    case PROP_PRICE_RANGE:
      g_value_set_string (value, self->price_range);
      break;
    case PROP_MIN_CONTEXT:
      g_value_set_uint (value, self->rules.min_context);
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
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (!g_set_str (&self->search, search ? search : ""))
    return;

  g_clear_pointer (&self->words, g_strfreev);
  self->words = td_model_filter_split_words (self->search);
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

  self->rules.vendor = self->vendor;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VENDOR]);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/** Returns: whether models that cannot be called on the day of the comparison are left out */
gboolean
td_row_filter_get_hide_unavailable (TdRowFilter *self)
{
  g_return_val_if_fail (TD_IS_ROW_FILTER (self), FALSE);

  return self->rules.available_only;
}

/** Leaves out models that cannot be called on the day of the comparison. */
void
td_row_filter_set_hide_unavailable (TdRowFilter *self,
                                    gboolean     hide_unavailable)
{
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (self->rules.available_only == !!hide_unavailable)
    return;

  self->rules.available_only = !!hide_unavailable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDE_UNAVAILABLE]);
  gtk_filter_changed (GTK_FILTER (self),
                      hide_unavailable ? GTK_FILTER_CHANGE_MORE_STRICT : GTK_FILTER_CHANGE_LESS_STRICT);
}

/** Returns: whether models whose tokens are not counted exactly are left out */
gboolean
td_row_filter_get_exact_only (TdRowFilter *self)
{
  g_return_val_if_fail (TD_IS_ROW_FILTER (self), FALSE);

  return self->rules.exact_only;
}

/** Leaves out models whose tokens are not counted exactly. */
void
td_row_filter_set_exact_only (TdRowFilter *self,
                              gboolean     exact_only)
{
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (self->rules.exact_only == !!exact_only)
    return;

  self->rules.exact_only = !!exact_only;
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
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (price_range == NULL)
    price_range = "";
  if (g_str_equal (price_range, self->price_range))
    return;

  if (!td_model_filter_set_range (&self->rules, price_range))
    price_range = "";
  if (!g_set_str (&self->price_range, price_range))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRICE_RANGE]);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/** Shows the models whose context window has at least @min_context tokens; 0 for all. */
void
td_row_filter_set_min_context (TdRowFilter *self,
                               guint        min_context)
{
  g_return_if_fail (TD_IS_ROW_FILTER (self));

  if (self->rules.min_context == min_context)
    return;

  self->rules.min_context = min_context;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MIN_CONTEXT]);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}
