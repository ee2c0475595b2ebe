/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-compare-text.h"
#include "app/compare/td-comparison.h"
#include "app/compare/td-row-filter.h"
#include "app/compare/td-row-sorter.h"
#include "compare-test-utils.h"

/* 9 tokens in r50k_base and p50k_base, 7 in cl100k_base, 4 in o200k_base. */
#define NAME_TEXT "我是刘志军"

typedef struct
{
  TdDocument *document;
  TdSettings *settings;
  TdCatalogue *catalogue;
  TdComparison *comparison;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  gboolean is_small = data != NULL;

  fixture->document = td_document_new ();
  fixture->settings = td_settings_new ();
  fixture->catalogue = is_small ? test_catalogue_new_small () : td_catalogue_new_bundled (NULL);
  test_reset_settings (fixture->settings);
  fixture->comparison = td_comparison_new (fixture->document, fixture->settings, fixture->catalogue);
  test_flush ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  test_flush ();
  g_assert_finalize_object (fixture->comparison);
  g_clear_object (&fixture->catalogue);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->document);
}

static void
assert_row (TdComparison *comparison,
            const char   *model,
            guint64       tokens,
            const char   *input,
            const char   *output,
            const char   *total,
            const char   *ratio)
{
  TdModelRow *row = td_comparison_find_row (comparison, model);
  const TdQuote *quote = td_model_row_get_quote (row);
  g_autofree char *input_text = test_money (quote->input_cost);
  g_autofree char *output_text = test_money (quote->output_cost);
  g_autofree char *total_text = test_money (quote->total_cost);
  g_autofree char *ratio_text = td_compare_text_column (TD_COMPARE_COLUMN_RATIO, row, comparison);

  g_assert_cmpuint (td_model_row_get_tokens (row), ==, tokens);
  g_assert_cmpstr (input_text, ==, input);
  g_assert_cmpstr (output_text, ==, output);
  g_assert_cmpstr (total_text, ==, total);
  g_assert_cmpstr (ratio_text, ==, ratio);
}

/* Prices of 19 April 2023 for a million tokens, in and out: GPT-3.5 Turbo $2 and $2, GPT-4 with 8K $30 and $60, with
 * 32K $60 and $120. */
static void
test_april_2023 (Fixture       *fixture,
                 gconstpointer  data)
{
  TdModelRow *row;

  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2023-04-19", "output-tokens", 0, NULL);
  test_set_text (fixture->comparison, NAME_TEXT);

  /* 7 × 2 / 10⁶ = 0.000014; 7 × 30 / 10⁶ = 0.00021 = 15 times that; 7 × 60 / 10⁶ = 0.00042 = 30 times that. */
  assert_row (fixture->comparison, "gpt-3.5-turbo", 7, "0.000014", "0", "0.000014", "1×");
  assert_row (fixture->comparison, "gpt-4", 7, "0.00021", "0", "0.00021", "15×");
  assert_row (fixture->comparison, "gpt-4-32k", 7, "0.00042", "0", "0.00042", "30×");
  /* 9 × 20 / 10⁶ = 0.00018, 12.857… times as much. */
  assert_row (fixture->comparison, "text-davinci-003", 9, "0.00018", "0", "0.00018", "12.9×");

  /* With an answer of 500 tokens: 500 × 2 / 10⁶ = 0.001; 500 × 60 / 10⁶ = 0.03; 0.03021 / 0.001014 = 29.79… */
  g_object_set (td_comparison_get_options (fixture->comparison), "output-tokens", 500, NULL);
  test_flush ();
  assert_row (fixture->comparison, "gpt-3.5-turbo", 7, "0.000014", "0.001", "0.001014", "1×");
  assert_row (fixture->comparison, "gpt-4", 7, "0.00021", "0.03", "0.03021", "29.8×");

  row = td_comparison_find_row (fixture->comparison, "gpt-4o");
  g_assert_cmpint (td_model_row_get_quote (row)->availability, ==, TD_AVAILABILITY_NOT_YET_RELEASED);
  assert_row (fixture->comparison, "gpt-4o", 4, "unknown", "unknown", "unknown", "—");
}

/* After the shutdown the last prices stay: GPT-3.5 Turbo $0.50 and $1.50, GPT-4 $30 and $60. */
static void
test_after_shutdown (Fixture       *fixture,
                     gconstpointer  data)
{
  TdModelRow *row = td_comparison_find_row (fixture->comparison, "gpt-3.5-turbo");
  g_autofree char *status = NULL;
  g_autofree char *notes = NULL;

  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2026-11-24", NULL);
  test_set_text (fixture->comparison, NAME_TEXT);

  /* 7 × 0.5 / 10⁶ = 0.0000035; 500 × 1.5 / 10⁶ = 0.00075. */
  assert_row (fixture->comparison, "gpt-3.5-turbo", 7, "0.0000035", "0.00075", "0.0007535", "1×");
  /* (7 × 30 + 500 × 60) / 10⁶ = 0.03021; 0.03021 / 0.0007535 = 40.09… */
  assert_row (fixture->comparison, "gpt-4", 7, "0.00021", "0.03", "0.03021", "40.1×");

  g_assert_true (td_model_row_get_quote (row)->flags & TD_QUOTE_LAST_PRICE);
  status = td_compare_text_status (row, td_comparison_get_scenario (fixture->comparison));
  g_assert_cmpstr (status, ==, "Shut down on 23 Oct 2026");
  notes = td_compare_text_notes (row);
  g_assert_cmpstr (notes, ==, "Last price before the shutdown");
}

/* GPT-4o: $2.50, cached $1.25, out $10; in a batch $1.25 and $5. */
static void
test_scenario (Fixture       *fixture,
               gconstpointer  data)
{
  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2026-11-24", "output-tokens", 100,
                "cached-percent", 50, NULL);
  test_set_text (fixture->comparison, NAME_TEXT);
  /* 2 × 1.25 + 2 × 2.5 = 7.5; 100 × 10 = 1000. */
  assert_row (fixture->comparison, "gpt-4o", 4, "0.0000075", "0.001", "0.0010075", "6.56×");

  g_object_set (td_comparison_get_options (fixture->comparison), "cached-percent", 0, "service", "batch", NULL);
  test_flush ();
  /* 4 × 1.25 = 5; 100 × 5 = 500. GPT-3.5 Turbo: 7 × 0.25 + 100 × 0.75 = 76.75; 505 / 76.75 = 6.579… */
  assert_row (fixture->comparison, "gpt-4o", 4, "0.000005", "0.0005", "0.000505", "6.58×");

  g_object_set (td_comparison_get_options (fixture->comparison), "calls", 1000, NULL);
  test_flush ();
  {
    TdModelRow *row = td_comparison_find_row (fixture->comparison, "gpt-4o");
    g_autofree char *month = td_compare_text_column (TD_COMPARE_COLUMN_CALLS_COST, row, fixture->comparison);

    /* 1000 × 0.000505 = 0.505. */
    g_assert_cmpstr (month, ==, "$0.505");
  }

  /* Reasoning is billed as output, on models that reason only. GPT-6 Sol: $2 and $10. */
  g_object_set (fixture->comparison, "baseline", "gpt-4o", NULL);
  g_object_set (td_comparison_get_options (fixture->comparison), "service", "standard", "reasoning-tokens", 900, NULL);
  test_flush ();
  /* 4 × 2.5 + 100 × 10 = 1010; 4 × 2 + 1000 × 10 = 10008; 10008 / 1010 = 9.908… */
  assert_row (fixture->comparison, "gpt-4o", 4, "0.00001", "0.001", "0.00101", "1×");
  assert_row (fixture->comparison, "gpt-6-sol", 4, "0.000008", "0.01", "0.010008", "9.91×");
}

/* Another catalogue in the place of the first: other rows, the same choices. */
static void
test_reload (Fixture       *fixture,
             gconstpointer  data)
{
  GListModel *rows = td_comparison_get_rows (fixture->comparison);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  g_assert_null (td_comparison_get_baseline_row (fixture->comparison));
  test_set_text (fixture->comparison, NAME_TEXT);

  td_catalogue_load_bundled (fixture->catalogue, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->catalogue)));
  g_assert_null (td_comparison_find_row (fixture->comparison, "one"));
  g_assert_true (td_model_row_get_is_baseline (td_comparison_find_row (fixture->comparison, "gpt-3.5-turbo")));
  g_assert_cmpint (td_model_row_get_pin (td_comparison_find_row (fixture->comparison, "gpt-4")), ==, 1);
  g_assert_cmpuint (td_model_row_get_tokens (td_comparison_find_row (fixture->comparison, "gpt-4")), ==, 7);
  g_assert_cmpuint (td_model_row_get_tokens (td_comparison_find_row (fixture->comparison, "davinci")), ==, 9);
}

/* The article's figure: 1,000 tokens of GPT-3.5 Turbo are $0.002, which is CNY 0.0138 at 6.9. */
static void
test_currency (Fixture       *fixture,
               gconstpointer  data)
{
  TdComparison *comparison = fixture->comparison;
  TdModelRow *row = td_comparison_find_row (comparison, "gpt-3.5-turbo");
  TdDate day = { 2023, 4, 19 };
  g_autofree char *usd = NULL;
  g_autofree char *cny = NULL;
  g_autofree char *rate = NULL;
  g_autoptr (TdComparison) later = NULL;

  g_object_set (td_comparison_get_options (comparison), "date", "2023-04-19", "output-tokens", 1000, NULL);
  test_set_text (comparison, "");
  usd = td_compare_text_column (TD_COMPARE_COLUMN_TOTAL_COST, row, comparison);
  g_assert_cmpstr (usd, ==, "$0.002");

  /* Without a rate amounts stay in dollars, and the comparison says so. */
  g_object_set (comparison, "currency", "CNY", NULL);
  g_assert_true (td_comparison_lacks_rate (comparison));
  g_assert_true (td_currency_is_usd (td_comparison_get_currency (comparison)));

  g_assert_false (td_comparison_set_rate (comparison, "CNY", "0", day));
  g_assert_false (td_comparison_set_rate (comparison, "CNY", "six", day));
  g_assert_true (td_comparison_lacks_rate (comparison));
  g_assert_true (td_comparison_set_rate (comparison, "CNY", "6.90", day));
  g_assert_false (td_comparison_lacks_rate (comparison));
  cny = td_compare_text_column (TD_COMPARE_COLUMN_TOTAL_COST, row, comparison);
  g_assert_cmpstr (cny, ==, "CN¥0.0138");
  rate = td_compare_text_rate (td_comparison_get_currency (comparison));
  g_assert_cmpstr (rate, ==, "1 USD = 6.9 CNY, set on 19 Apr 2023");

  /* A second rate leaves the first, and both are there at the next start. */
  g_assert_true (td_comparison_set_rate (comparison, "JPY", "133.5", day));
  test_flush ();
  later = td_comparison_new (NULL, fixture->settings, fixture->catalogue);
  g_assert_cmpstr (td_comparison_get_currency (later)->code, ==, "CNY");
  g_assert_cmpint (td_comparison_get_currency (later)->numerator, ==, 69);
  g_assert_cmpint (td_comparison_get_currency (later)->denominator, ==, 10);
  g_assert_cmpint (td_date_compare (td_comparison_get_currency (later)->rate_date, day), ==, 0);
  g_object_set (later, "currency", "JPY", NULL);
  g_assert_false (td_comparison_lacks_rate (later));
}

static void
test_pins_and_baseline (Fixture       *fixture,
                        gconstpointer  data)
{
  TdComparison *comparison = fixture->comparison;
  g_autoptr (TdComparison) later = NULL;

  /* First start. */
  g_assert_cmpint (td_model_row_get_pin (td_comparison_find_row (comparison, "gpt-3.5-turbo")), ==, 0);
  g_assert_cmpint (td_model_row_get_pin (td_comparison_find_row (comparison, "gpt-4")), ==, 1);
  g_assert_cmpint (td_model_row_get_pin (td_comparison_find_row (comparison, "gpt-4o")), ==, -1);
  g_assert_true (td_comparison_get_baseline_row (comparison) == td_comparison_find_row (comparison, "gpt-3.5-turbo"));

  td_comparison_set_pinned (comparison, "gpt-4o", TRUE);
  td_comparison_set_pinned (comparison, "gpt-4o", TRUE);
  td_comparison_set_pinned (comparison, "gpt-3.5-turbo", FALSE);
  td_comparison_set_baseline (comparison, "gpt-4");
  g_assert_false (td_model_row_get_is_baseline (td_comparison_find_row (comparison, "gpt-3.5-turbo")));
  g_assert_true (td_model_row_get_is_baseline (td_comparison_find_row (comparison, "gpt-4")));
  test_flush ();

  /* The next start finds the choice. */
  later = td_comparison_new (NULL, fixture->settings, fixture->catalogue);
  g_assert_cmpint (td_model_row_get_pin (td_comparison_find_row (later, "gpt-3.5-turbo")), ==, -1);
  g_assert_cmpint (td_model_row_get_pin (td_comparison_find_row (later, "gpt-4")), ==, 0);
  g_assert_cmpint (td_model_row_get_pin (td_comparison_find_row (later, "gpt-4o")), ==, 1);
  g_assert_true (td_comparison_get_baseline_row (later) == td_comparison_find_row (later, "gpt-4"));

  /* A baseline that the catalogue no longer has makes ratios unknown, not wrong. */
  td_comparison_set_baseline (later, "no-such-model");
  td_comparison_update (later);
  g_assert_null (td_comparison_get_baseline_row (later));
  g_assert_cmpint (td_model_row_get_ratio (td_comparison_find_row (later, "gpt-4")).denominator, ==, 0);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Rows are made once; each says once that it has changed, and only if it has. */
static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  TdComparison *comparison = fixture->comparison;
  GListModel *rows = td_comparison_get_rows (comparison);
  g_autoptr (TdModelRow) first = g_list_model_get_item (rows, 0);
  guint n_one = 0;
  guint n_three = 0;
  guint n_items = 0;

  test_set_text (comparison, "one");
  g_signal_connect_swapped (td_comparison_find_row (comparison, "one"), "changed", G_CALLBACK (count_cb), &n_one);
  g_signal_connect_swapped (td_comparison_find_row (comparison, "three"), "changed", G_CALLBACK (count_cb), &n_three);
  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (count_cb), &n_items);

  td_comparison_update (comparison);
  g_assert_cmpuint (n_one, ==, 0);

  test_set_text (comparison, "one two three");
  g_assert_cmpuint (n_one, >, 0);
  g_assert_cmpuint (n_three, ==, 0);
  g_assert_cmpuint (n_items, ==, 0);
  g_assert_true (g_list_model_get_item (rows, 0) == first);
  g_object_unref (first);

  /* Another currency is another text in every cell, though no number changes. */
  n_one = 0;
  td_comparison_set_rate (comparison, "CNY", "7", TD_DATE_NONE);
  g_object_set (comparison, "currency", "CNY", NULL);
  test_flush ();
  g_assert_cmpuint (n_one, ==, 1);
  g_assert_cmpuint (n_three, ==, 1);

  g_signal_handlers_disconnect_by_func (rows, count_cb, &n_items);
  g_signal_handlers_disconnect_by_func (td_comparison_find_row (comparison, "one"), count_cb, &n_one);
  g_signal_handlers_disconnect_by_func (td_comparison_find_row (comparison, "three"), count_cb, &n_three);
}

static void
assert_order (TdComparison *comparison,
              TdRowSorter  *sorter,
              TdRowKey      key,
              GtkSortType   order,
              const char   *expected)
{
  g_autoptr (GtkSortListModel) sorted = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);

  td_row_sorter_set_key (sorter, key, order);
  sorted = gtk_sort_list_model_new (g_object_ref (td_comparison_get_rows (comparison)),
                                    g_object_ref (GTK_SORTER (sorter)));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (sorted)); i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (G_LIST_MODEL (sorted), i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", td_model_get_id (td_model_row_get_model (row)));
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  static const TdRowKey keys_with_unknown[] = {
    TD_ROW_KEY_INPUT_COST, TD_ROW_KEY_TOTAL_COST, TD_ROW_KEY_RATIO, TD_ROW_KEY_INPUT_PRICE,
  };
  TdComparison *comparison = fixture->comparison;
  g_autoptr (TdRowSorter) sorter = td_row_sorter_new ();

  g_object_set (comparison, "baseline", "one", NULL);
  g_object_set (td_comparison_get_options (comparison), "date", "2026-11-24", NULL);
  test_set_text (comparison, NAME_TEXT);

  /* Newest first. */
  assert_order (comparison, sorter, TD_ROW_KEY_DEFAULT, GTK_SORT_ASCENDING, "three two one");

  /* What is not known of "three" comes last in both directions. */
  for (guint i = 0; i < G_N_ELEMENTS (keys_with_unknown); i++)
    {
      assert_order (comparison, sorter, keys_with_unknown[i], GTK_SORT_ASCENDING, "one two three");
      assert_order (comparison, sorter, keys_with_unknown[i], GTK_SORT_DESCENDING, "two one three");
    }
  assert_order (comparison, sorter, TD_ROW_KEY_TOKENS, GTK_SORT_ASCENDING, "two one three");
  assert_order (comparison, sorter, TD_ROW_KEY_TOKENS, GTK_SORT_DESCENDING, "one two three");
  assert_order (comparison, sorter, TD_ROW_KEY_CONTEXT_WINDOW, GTK_SORT_ASCENDING, "one three two");
  assert_order (comparison, sorter, TD_ROW_KEY_CONTEXT_WINDOW, GTK_SORT_DESCENDING, "one three two");

  /* Output prices are all known: 10, 60 and 5. */
  assert_order (comparison, sorter, TD_ROW_KEY_OUTPUT_PRICE, GTK_SORT_ASCENDING, "three one two");
  assert_order (comparison, sorter, TD_ROW_KEY_OUTPUT_PRICE, GTK_SORT_DESCENDING, "two one three");
  assert_order (comparison, sorter, TD_ROW_KEY_NAME, GTK_SORT_ASCENDING, "one three two");

  /* A pinned row comes first whatever its value. */
  td_comparison_set_pinned (comparison, "three", TRUE);
  assert_order (comparison, sorter, TD_ROW_KEY_TOTAL_COST, GTK_SORT_ASCENDING, "three one two");
  assert_order (comparison, sorter, TD_ROW_KEY_TOTAL_COST, GTK_SORT_DESCENDING, "three two one");
  td_comparison_set_pinned (comparison, "two", TRUE);
  assert_order (comparison, sorter, TD_ROW_KEY_DEFAULT, GTK_SORT_ASCENDING, "three two one");
}

static gboolean
passes (TdComparison *comparison,
        TdRowFilter  *filter,
        const char   *model)
{
  return gtk_filter_match (GTK_FILTER (filter), td_comparison_find_row (comparison, model));
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  TdComparison *comparison = fixture->comparison;
  g_autoptr (TdRowFilter) filter = td_row_filter_new ();

  g_object_set (td_comparison_get_options (comparison), "date", "2026-11-24", NULL);
  test_flush ();

  td_row_filter_set_search (filter, "  TURBO gpt ");
  g_assert_true (passes (comparison, filter, "gpt-4-turbo"));
  g_assert_false (passes (comparison, filter, "gpt-4o"));
  td_row_filter_set_search (filter, "gpt-35");
  g_assert_true (passes (comparison, filter, "gpt-3.5-turbo"));
  g_assert_false (passes (comparison, filter, "gpt-4"));
  td_row_filter_set_search (filter, "");

  td_row_filter_set_hide_unavailable (filter, TRUE);
  g_assert_false (passes (comparison, filter, "gpt-4-turbo"));
  g_assert_true (passes (comparison, filter, "gpt-4o"));
  /* Shut down as well, but pinned. */
  g_assert_true (passes (comparison, filter, "gpt-4"));
  td_row_filter_set_hide_unavailable (filter, FALSE);

  td_row_filter_set_vendor (filter, "anthropic");
  g_assert_true (passes (comparison, filter, "claude-sonnet-5"));
  g_assert_false (passes (comparison, filter, "gpt-4o"));
  td_row_filter_set_vendor (filter, "");

  /* GPT-4o's input costs $2.50, GPT-4o mini's $0.15, GPT-6 Astra's $10; the open weights have no price. */
  td_row_filter_set_price_range (filter, "2-10");
  g_assert_true (passes (comparison, filter, "gpt-4o"));
  g_assert_false (passes (comparison, filter, "gpt-4o-mini"));
  g_assert_false (passes (comparison, filter, "gpt-6-astra"));
  g_assert_false (passes (comparison, filter, "gpt-oss-20b"));
  td_row_filter_set_price_range (filter, "10-");
  g_assert_true (passes (comparison, filter, "gpt-6-astra"));
  td_row_filter_set_price_range (filter, "-0.5");
  g_assert_true (passes (comparison, filter, "gpt-4o-mini"));
  /* What is no range is none. */
  td_row_filter_set_price_range (filter, "cheap");
  g_assert_true (passes (comparison, filter, "gpt-oss-20b"));

  td_row_filter_set_min_context (filter, 400000);
  g_assert_true (passes (comparison, filter, "gpt-4.1"));
  g_assert_false (passes (comparison, filter, "gpt-4o"));
  td_row_filter_set_min_context (filter, 0);

  td_row_filter_set_exact_only (filter, TRUE);
  g_assert_false (passes (comparison, filter, "gpt-6-sol"));
  g_assert_false (passes (comparison, filter, "claude-sonnet-5"));
  g_assert_true (passes (comparison, filter, "gpt-4o"));
}

static void
test_texts (Fixture       *fixture,
            gconstpointer  data)
{
  TdComparison *comparison = fixture->comparison;
  TdModelRow *one = td_comparison_find_row (comparison, "one");
  TdModelRow *two = td_comparison_find_row (comparison, "two");
  TdModelRow *three = td_comparison_find_row (comparison, "three");
  g_autofree char *label_one = NULL;
  g_autofree char *label_two = NULL;
  g_autofree char *label_three = NULL;

  g_object_set (comparison, "baseline", "one", NULL);
  g_object_set (td_comparison_get_options (comparison), "date", "2026-11-24", "output-tokens", 0, NULL);
  test_set_text (comparison, NAME_TEXT);
  td_comparison_set_pinned (comparison, "two", TRUE);
  test_flush ();

  /* 7 × 2 / 10⁶; 4 × 30 / 10⁶, 8.571… times as much. */
  label_one = td_compare_text_row (one, comparison);
  g_assert_cmpstr (label_one, ==, "One, \"first\", 7 tokens, $0.000014, baseline");
  label_two = td_compare_text_row (two, comparison);
  g_assert_cmpstr (label_two, ==, "Two | second, ≈\302\2404 tokens, $0.00012, 8.57× the baseline, pinned");
  label_three = td_compare_text_row (three, comparison);
  g_assert_cmpstr (label_three, ==, "Three, tokens unknown, cost unknown");

  g_assert_null (td_compare_exactness_icon (one));
  g_assert_cmpstr (td_compare_exactness_icon (three), ==, "td-unknown-symbolic");
}

static void
test_over_context (Fixture       *fixture,
                   gconstpointer  data)
{
  TdModelRow *row = td_comparison_find_row (fixture->comparison, "one");
  g_autofree char *share = NULL;
  g_autofree char *notes = NULL;

  g_object_set (td_comparison_get_options (fixture->comparison), "date", "2026-11-24", "output-tokens", 1093, NULL);
  test_set_text (fixture->comparison, NAME_TEXT);

  /* 7 + 1093 of 1000. */
  share = td_compare_text_column (TD_COMPARE_COLUMN_CONTEXT_SHARE, row, fixture->comparison);
  g_assert_cmpstr (share, ==, "110%");
  notes = td_compare_text_notes (row);
  g_assert_cmpstr (notes, ==, "Input and output do not fit the context window");
}

/* Numbers of an earlier text are not passed off as those of the present one. */
static void
test_counting (Fixture       *fixture,
               gconstpointer  data)
{
  static const TdCompareColumn columns[] = {
    TD_COMPARE_COLUMN_TOKENS, TD_COMPARE_COLUMN_INPUT_COST, TD_COMPARE_COLUMN_OUTPUT_COST, TD_COMPARE_COLUMN_TOTAL_COST,
    TD_COMPARE_COLUMN_CALLS_COST, TD_COMPARE_COLUMN_RATIO, TD_COMPARE_COLUMN_CONTEXT_SHARE,
  };
  TdModelRow *row = td_comparison_find_row (fixture->comparison, "one");
  g_autofree char *label = NULL;
  TdQuote quote;

  test_set_text (fixture->comparison, NAME_TEXT);
  g_assert_false (td_comparison_is_counting (fixture->comparison));

  quote = *td_model_row_get_quote (row);
  td_model_row_update (row, &quote, TD_ROW_TOKENS_COUNTING, td_model_row_get_ratio (row));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = td_compare_text_column (columns[i], row, fixture->comparison);

      g_assert_cmpstr (text, ==, "…");
    }
  label = td_compare_text_row (row, fixture->comparison);
  g_assert_cmpstr (label, ==, "One, \"first\", being counted");
}

/* A document that has yet to count everything. */
static void
test_is_counting (void)
{
  g_autoptr (TdCatalogue) catalogue = test_catalogue_new_small ();
  g_autoptr (TdComparison) comparison = td_comparison_new (NULL, NULL, catalogue);

  g_assert_true (td_comparison_is_counting (comparison));
}

/* Prints how long all rows take. Not an assertion: other work on the machine is no fault of ours. */
static void
test_speed (void)
{
  const guint n_rounds = 200;
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (TdCatalogue) catalogue = test_catalogue_new_large (500);
  g_autoptr (TdComparison) comparison = td_comparison_new (document, NULL, catalogue);
  gint64 best = G_MAXINT64;

  g_assert_cmpuint (g_list_model_get_n_items (td_comparison_get_rows (comparison)), ==, 500);
  td_comparison_set_baseline (comparison, "m7");
  test_set_text (comparison, NAME_TEXT);

  for (guint i = 0; i < n_rounds; i++)
    {
      gint64 start;

      /* Every row's numbers change. */
      g_object_set (td_comparison_get_options (comparison), "output-tokens", i + 1, NULL);
      start = g_get_monotonic_time ();
      td_comparison_update (comparison);
      best = MIN (best, g_get_monotonic_time () - start);
    }

  g_test_message ("500 models recomputed in %" G_GINT64_FORMAT " µs", best);
}

int
main (int   argc,
      char *argv[])
{
  gboolean is_small = TRUE;

  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  ADD ("/comparison/april-2023", NULL, test_april_2023);
  ADD ("/comparison/after-shutdown", NULL, test_after_shutdown);
  ADD ("/comparison/scenario", NULL, test_scenario);
  ADD ("/comparison/currency", NULL, test_currency);
  ADD ("/comparison/pins-and-baseline", NULL, test_pins_and_baseline);
  ADD ("/comparison/changes", &is_small, test_changes);
  ADD ("/comparison/order", &is_small, test_order);
  ADD ("/comparison/filter", NULL, test_filter);
  ADD ("/comparison/texts", &is_small, test_texts);
  ADD ("/comparison/reload", &is_small, test_reload);
  ADD ("/comparison/over-context", &is_small, test_over_context);
  ADD ("/comparison/counting", &is_small, test_counting);
#undef ADD
  g_test_add_func ("/comparison/is-counting", test_is_counting);
  g_test_add_func ("/comparison/speed", test_speed);

  return g_test_run ();
}
