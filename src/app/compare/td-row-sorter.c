/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-model-row.h"
#include "app/compare/td-row-sorter.h"

/* Orders the rows of the comparison. Pinned rows always come first, and a value nobody knows comes last in both
 * directions: neither could be had from a sorter that the column view turns round by itself, so this one is told the
 * direction. */

struct _TdRowSorter
{
  GtkSorter parent_instance;

  TdRowKey key;
  GtkSortType order;
};

G_DEFINE_FINAL_TYPE (TdRowSorter, td_row_sorter, GTK_TYPE_SORTER)

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* The result of comparing two known values, or whether one is unknown. */
typedef struct
{
  gboolean a_known;
  gboolean b_known;
  int result;
} Comparison;

static Comparison
compare_money (TdMoney a,
               TdMoney b)
{
  return (Comparison) { td_money_is_known (a), td_money_is_known (b), td_money_compare (a, b) };
}

static Comparison
compare_ratios (TdRatio a,
                TdRatio b)
{
  return (Comparison) { a.denominator != 0, b.denominator != 0, td_ratio_compare (a, b) };
}

static Comparison
compare_prices (TdPrice a,
                TdPrice b)
{
  return (Comparison) { a != TD_PRICE_UNKNOWN, b != TD_PRICE_UNKNOWN, COMPARE (a, b) };
}

static Comparison
compare_dates (TdDate a,
               TdDate b)
{
  return (Comparison) { td_date_is_set (a), td_date_is_set (b), td_date_compare (a, b) };
}

static Comparison
compare_texts (const char *a,
               const char *b)
{
  return (Comparison) { a != NULL, b != NULL, a && b ? g_utf8_collate (a, b) : 0 };
}

static Comparison
compare_by_key (TdRowKey    key,
                TdModelRow *row_a,
                TdModelRow *row_b)
{
  const TdQuote *a = td_model_row_get_quote (row_a);
  const TdQuote *b = td_model_row_get_quote (row_b);
  TdModel *model_a = td_model_row_get_model (row_a);
  TdModel *model_b = td_model_row_get_model (row_b);

  switch (key)
    {
    case TD_ROW_KEY_NAME:
      return compare_texts (td_model_get_name (model_a), td_model_get_name (model_b));
    case TD_ROW_KEY_VENDOR:
      return compare_texts (td_model_get_vendor_name (model_a), td_model_get_vendor_name (model_b));
    case TD_ROW_KEY_RELEASED:
      return compare_dates (td_model_get_released (model_a), td_model_get_released (model_b));
    case TD_ROW_KEY_TOKENS:
      return (Comparison) { a->input_tokens != TD_TOKENS_UNKNOWN, b->input_tokens != TD_TOKENS_UNKNOWN,
                            COMPARE (a->input_tokens, b->input_tokens) };
    case TD_ROW_KEY_CONTEXT_WINDOW:
      return (Comparison) { a->context_window != 0, b->context_window != 0,
                            COMPARE (a->context_window, b->context_window) };
    case TD_ROW_KEY_INPUT_COST:
      return compare_money (a->input_cost, b->input_cost);
    case TD_ROW_KEY_OUTPUT_COST:
      return compare_money (a->output_cost, b->output_cost);
    case TD_ROW_KEY_TOTAL_COST:
      return compare_money (a->total_cost, b->total_cost);
    case TD_ROW_KEY_RATIO:
      return compare_ratios (td_model_row_get_ratio (row_a), td_model_row_get_ratio (row_b));
    case TD_ROW_KEY_CONTEXT_SHARE:
      return compare_ratios (td_quote_context_share (a), td_quote_context_share (b));
    case TD_ROW_KEY_INPUT_PRICE:
      return compare_prices (a->prices.input, b->prices.input);
    case TD_ROW_KEY_OUTPUT_PRICE:
      return compare_prices (a->prices.output, b->prices.output);
    case TD_ROW_KEY_DEFAULT:
    default:
      return (Comparison) { TRUE, TRUE, 0 };
    }
}

/* What can be called first, then the newest, then the catalogue's own order. */
static int
compare_by_default (TdModelRow *a,
                    TdModelRow *b)
{
  gboolean a_available = td_model_row_get_quote (a)->availability == TD_AVAILABILITY_AVAILABLE;
  gboolean b_available = td_model_row_get_quote (b)->availability == TD_AVAILABILITY_AVAILABLE;
  TdDate a_released = td_model_get_released (td_model_row_get_model (a));
  TdDate b_released = td_model_get_released (td_model_row_get_model (b));
  int result;

  if (a_available != b_available)
    return a_available ? -1 : 1;

  result = td_date_compare (b_released, a_released);
  if (result != 0)
    return result;

  return COMPARE (td_model_row_get_position (a), td_model_row_get_position (b));
}

static GtkOrdering
td_row_sorter_compare (GtkSorter *sorter,
                       gpointer   item1,
                       gpointer   item2)
{
  TdRowSorter *self = TD_ROW_SORTER (sorter);
  TdModelRow *a = item1;
  TdModelRow *b = item2;
  int pin_a = td_model_row_get_pin (a);
  int pin_b = td_model_row_get_pin (b);
  Comparison comparison;

  if ((pin_a >= 0) != (pin_b >= 0))
    return pin_a >= 0 ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;

  comparison = compare_by_key (self->key, a, b);
  if (comparison.a_known != comparison.b_known)
    return comparison.a_known ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
  if (comparison.a_known && comparison.result != 0)
    return gtk_ordering_from_cmpfunc (self->order == GTK_SORT_ASCENDING ? comparison.result : -comparison.result);

  if (pin_a != pin_b)
    return gtk_ordering_from_cmpfunc (COMPARE (pin_a, pin_b));

  return gtk_ordering_from_cmpfunc (compare_by_default (a, b));
}

static GtkSorterOrder
td_row_sorter_get_sorter_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_TOTAL;
}

static void
td_row_sorter_class_init (TdRowSorterClass *klass)
{
  GtkSorterClass *sorter_class = GTK_SORTER_CLASS (klass);

  sorter_class->compare = td_row_sorter_compare;
  sorter_class->get_order = td_row_sorter_get_sorter_order;
}

static void
td_row_sorter_init (TdRowSorter *self)
{
  self->order = GTK_SORT_ASCENDING;
}

/** Returns: (transfer full): a sorter in the default order */
TdRowSorter *
td_row_sorter_new (void)
{
  return g_object_new (TD_TYPE_ROW_SORTER, NULL);
}

/** Returns: what the rows are sorted by */
TdRowKey
td_row_sorter_get_key (TdRowSorter *self)
{
  g_return_val_if_fail (TD_IS_ROW_SORTER (self), TD_ROW_KEY_DEFAULT);

  return self->key;
}

/** Returns: in which direction */
GtkSortType
td_row_sorter_get_order (TdRowSorter *self)
{
  g_return_val_if_fail (TD_IS_ROW_SORTER (self), GTK_SORT_ASCENDING);

  return self->order;
}

/** Sorts by something else. */
void
td_row_sorter_set_key (TdRowSorter *self,
                       TdRowKey     key,
                       GtkSortType  order)
{
  g_return_if_fail (TD_IS_ROW_SORTER (self));

  if (self->key == key && self->order == order)
    return;

  self->key = key;
  self->order = order;
  gtk_sorter_changed (GTK_SORTER (self), GTK_SORTER_CHANGE_DIFFERENT);
}
