/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the user can choose to be done with the text, what comes of it, against sums made by hand, and how it is saved.
 * */

#include "config.h"

#include "app/compare/td-compare-text.h"
#include "app/compare/td-history-chart.h"
#include "app/compare/td-saved-scenarios.h"
#include "app/compare/td-scenario-text.h"
#include "compare-test-utils.h"

typedef struct
{
  TdDocument *document;
  TdCatalogue *catalogue;
  TdComparison *comparison;
  TdScenarioOptions *options;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  gboolean is_small = data != NULL;

  fixture->document = td_document_new ();
  fixture->catalogue = is_small ? test_catalogue_new_small () : td_catalogue_new_bundled (NULL);
  fixture->comparison = td_comparison_new (fixture->document, NULL, fixture->catalogue);
  fixture->options = td_comparison_get_options (fixture->comparison);
  g_object_set (fixture->options, "date", "2026-11-24", NULL);
  test_flush ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  test_flush ();
  g_assert_finalize_object (fixture->comparison);
  g_clear_object (&fixture->catalogue);
  g_clear_object (&fixture->document);
}

static void
assert_column (Fixture         *fixture,
               const char      *model,
               TdCompareColumn  column,
               const char      *expected)
{
  g_autofree char *found = NULL;

  td_comparison_update (fixture->comparison);
  found = td_compare_text_column (column, td_comparison_find_row (fixture->comparison, model), fixture->comparison);
  g_assert_cmpstr (found, ==, expected);
}

/* “one” is read with cl100k_base, where the text is 7 tokens, at $2 and $10:
 * 7 × 2 / 10⁶ = 0.000014; half of 7 is 3.5, so 4 tokens come back: 4 × 10 / 10⁶ = 0.00004; together 0.000054;
 * a thousand times that is 0.054, a hundred times 0.0054; $1 / 0.000054 = 18,518.5, so 18,518 whole calls. */
static void
test_results (Fixture       *fixture,
              gconstpointer  data)
{
  const TdDate day = { 2026, 11, 24 };

  g_object_set (fixture->options, "output-percent", 50, "budget", "1", "calls", 100, NULL);
  test_set_text (fixture->comparison, "我是刘志军");
  assert_column (fixture, "one", TD_COMPARE_COLUMN_TOTAL_COST, "$0.000054");
  assert_column (fixture, "one", TD_COMPARE_COLUMN_THOUSAND_COST, "$0.054");
  assert_column (fixture, "one", TD_COMPARE_COLUMN_CALLS_COST, "$0.0054");
  assert_column (fixture, "one", TD_COMPARE_COLUMN_BUDGET_CALLS, "18518");
  /* What is not known buys an unknown number of calls, not none and not any. */
  assert_column (fixture, "three", TD_COMPARE_COLUMN_BUDGET_CALLS, "—");

  /* The budget is in the currency shown: CNY 6.9 at 6.9 is the same dollar. */
  td_comparison_set_rate (fixture->comparison, "CNY", "6.9", day);
  g_object_set (fixture->comparison, "currency", "CNY", NULL);
  g_object_set (fixture->options, "budget", "6.9", NULL);
  assert_column (fixture, "one", TD_COMPARE_COLUMN_BUDGET_CALLS, "18518");

  /* No service but the standard one has prices here. */
  g_object_set (fixture->options, "service", "priority", NULL);
  assert_column (fixture, "one", TD_COMPARE_COLUMN_TOTAL_COST, "—");
}

/* GPT-4o: 4 tokens of text; 1024 × 1024 pixels are scaled to 768 × 768, 2 × 2 tiles: 85 + 4 × 170 = 765;
 * 769 × 2.5 / 10⁶ = 0.0019225; at low detail 85 + 4 = 89, 89 × 2.5 / 10⁶ = 0.0002225. For GPT-5.4 no formula is known.
 * */
static void
test_images (Fixture       *fixture,
             gconstpointer  data)
{
  g_object_set (fixture->options, "images", 1, NULL);
  test_set_text (fixture->comparison, "我是刘志军");
  assert_column (fixture, "gpt-4o", TD_COMPARE_COLUMN_TOKENS, "≈\302\240769");
  assert_column (fixture, "gpt-4o", TD_COMPARE_COLUMN_INPUT_COST, "$0.001923");
  assert_column (fixture, "gpt-5.4", TD_COMPARE_COLUMN_INPUT_COST, "—");
  g_object_set (fixture->options, "image-low-detail", TRUE, NULL);
  assert_column (fixture, "gpt-4o", TD_COMPARE_COLUMN_INPUT_COST, "$0.0002225");
}

/* GPT-5.6 Sol: 4 tokens, half of them from the cache, all others written to it:
 * (2 × 0.4 + 2 × 5) / 10⁶ = 0.0000108; in a batch half of that. */
static void
test_cache (Fixture       *fixture,
            gconstpointer  data)
{
  g_object_set (fixture->options, "cached-percent", 50, "cache-write-percent", 100, NULL);
  test_set_text (fixture->comparison, "我是刘志军");
  assert_column (fixture, "gpt-5.6-sol", TD_COMPARE_COLUMN_INPUT_COST, "$0.0000108");
  g_object_set (fixture->options, "service", "batch", NULL);
  assert_column (fixture, "gpt-5.6-sol", TD_COMPARE_COLUMN_INPUT_COST, "$0.0000054");
}

static void
test_summary (void)
{
  g_autoptr (TdScenarioOptions) options = td_scenario_options_new (NULL);
  g_autofree char *plain = td_scenario_text_summary (options);
  g_autofree char *all = NULL;
  g_autofree char *reset = NULL;

  g_assert_cmpstr (plain, ==, "");
  g_object_set (options, "time", "06:30", "service", "flex", "output-percent", 150, "cached-percent", 40,
                "cache-write-percent", 10, "reasoning-tokens", 20, "images", 2, NULL);
  all = td_scenario_text_summary (options);
  g_assert_cmpstr (all, ==, "06:30 UTC · Flex · output 150% of the input · 40% cached · 10% written to the cache · "
                            "20 for reasoning · 2 images of 1024×1024");
  td_scenario_options_reset (options);
  reset = td_scenario_text_summary (options);
  g_assert_cmpstr (reset, ==, "");
}

/* Saved, changed, chosen again, renamed, deleted; kept in the settings, where another window finds them. */
static void
test_saved (void)
{
  g_autoptr (TdSettings) settings = td_settings_new ();
  g_autoptr (TdScenarioOptions) options = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *service = NULL;
  guint output_tokens;

  test_reset_settings (settings);
  options = td_scenario_options_new (settings);
  g_object_set (options, "output-tokens", 1234, "service", "batch", "date", "2023-04-19", NULL);
  g_assert_true (td_saved_scenarios_save (settings, " Nightly ", options));
  g_assert_false (td_saved_scenarios_save (settings, "  ", options));

  g_object_set (options, "output-tokens", 1, "service", "standard", "date", "", NULL);
  g_assert_true (td_saved_scenarios_save (settings, "Other", options));
  g_assert_true (td_saved_scenarios_use (settings, "Nightly", options));
  g_assert_false (td_saved_scenarios_use (settings, "None", options));
  g_object_get (options, "output-tokens", &output_tokens, "service", &service, NULL);
  g_assert_cmpuint (output_tokens, ==, 1234);
  g_assert_cmpstr (service, ==, "batch");
  /* Days are no part of it. */
  g_assert_true (td_scenario_options_is_today (options));

  g_assert_false (td_saved_scenarios_rename (settings, "Nightly", "Other"));
  g_assert_true (td_saved_scenarios_rename (settings, "Nightly", "Daily"));
  td_saved_scenarios_remove (settings, "Other");
  names = td_saved_scenarios_list (settings);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "Daily");
  test_reset_settings (settings);
}

static void
assert_credit (TdScenarioOptions *options,
               const char        *expected)
{
  g_autofree char *credit = NULL;

  g_object_get (options, "credit", &credit, NULL);
  g_assert_cmpstr (credit, ==, expected);
}

/* A scenario says whose credit is the budget; how much that is was last said by the service, not by the scenario. */
static void
test_saved_credit (void)
{
  g_autoptr (TdScenarioOptions) options = td_scenario_options_new (NULL);
  g_autoptr (GVariant) saved = NULL;
  g_autoptr (GVariant) older =
    g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {'budget': <'5'>, 'calls': <uint32 3>}"));
  g_autoptr (GVariant) frozen =
    g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {'credit': <'deepseek 1795000000 USD 9'>}"));
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {'credit': <uint32 3>}"));
  const TdCurrency dollar = { .code = "USD", .numerator = 1, .denominator = 1 };
  const char *text;

  g_object_set (options, "credit", "deepseek 1795525205 USD 5", NULL);
  saved = g_variant_ref_sink (td_scenario_options_to_variant (options));
  g_assert_true (g_variant_lookup (saved, "credit", "&s", &text));
  g_assert_cmpstr (text, ==, "deepseek");

  /* A newer reading stays, and no reading of one service is taken for that of another. */
  g_object_set (options, "credit", "deepseek 1795600000 USD 4", NULL);
  td_scenario_options_take_variant (options, saved);
  assert_credit (options, "deepseek 1795600000 USD 4");
  td_scenario_options_take_variant (options, frozen);
  assert_credit (options, "deepseek 1795600000 USD 4");
  g_object_set (options, "credit", "moonshot-cn 1795600000 CNY 4", NULL);
  td_scenario_options_take_variant (options, saved);
  assert_credit (options, "deepseek");
  g_object_set (options, "credit", "", NULL);
  td_scenario_options_take_variant (options, frozen);
  assert_credit (options, "deepseek");

  /* One from before there was a credit has an amount. */
  g_object_set (options, "credit", "deepseek 1795600000 USD 4", NULL);
  td_scenario_options_take_variant (options, older);
  assert_credit (options, "");
  g_assert_cmpint (td_scenario_options_get_budget (options, &dollar, NULL).femto, ==,
                   G_GINT64_CONSTANT (5000000000000000));
  g_object_set (options, "credit", "deepseek", NULL);
  td_scenario_options_take_variant (options, foreign);
  assert_credit (options, "");
}

/* What somebody has written into the settings by hand is taken only where it makes sense. */
static void
assert_budget (Fixture    *fixture,
               const char *expected)
{
  g_autofree char *text = td_compare_text_budget (fixture->comparison);

  g_assert_cmpstr (text, ==, expected);
}

/* For how much the calls are, and of a credit since when that is known. */
static void
test_budget_text (Fixture       *fixture,
                  gconstpointer  data)
{
  assert_budget (fixture, NULL);
  g_object_set (fixture->options, "budget", "12.5", NULL);
  assert_budget (fixture, "Budget: $12.50");
  g_object_set (fixture->options, "credit", "deepseek", NULL);
  assert_budget (fixture, NULL);
  g_object_set (fixture->options, "credit", "deepseek 1795525205 CNY 110 USD 5", NULL);
  assert_budget (fixture, "Budget: CN¥110.00 · $5.00. Read on 24 Nov 2026 at 13:00");
  g_object_set (fixture->options, "credit", "", NULL);
  assert_budget (fixture, "Budget: $12.50");
}

static void
test_foreign (void)
{
  g_autoptr (TdScenarioOptions) options = td_scenario_options_new (NULL);
  g_autoptr (GVariant) variant =
    g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {'cached-percent': <uint32 999>, 'calls': <'many'>,"
                                              " 'service': <'unheard-of'>, 'colour': <true>}"));
  TdScenario scenario;

  td_scenario_options_take_variant (options, variant);
  td_scenario_options_get_scenario (options, &scenario);
  g_assert_cmpuint (scenario.cached_share, ==, TD_SHARE_ONE);
  g_assert_cmpint (scenario.service, ==, TD_SERVICE_STANDARD);
  g_assert_cmpuint (td_scenario_options_get_calls (options), ==, 0);
}

static void
test_nice_step (void)
{
  static const struct
  {
    gint64 maximum;
    gint64 step;
  } cases[] = { { 0, 1 }, { 4, 1 }, { 5, 2 }, { 8, 2 }, { 9, 5 }, { 20, 5 }, { 21, 10 }, { 60000, 20000 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (td_history_chart_nice_step (cases[i].maximum, 4), ==, cases[i].step);
}

int
main (int    argc,
      char **argv)
{
  static const gboolean is_small = TRUE;

  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  gtk_init_check ();

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  ADD ("/scenario/results", &is_small, test_results);
  ADD ("/scenario/images", NULL, test_images);
  ADD ("/scenario/cache", NULL, test_cache);
  ADD ("/scenario/budget-text", NULL, test_budget_text);
#undef ADD
  g_test_add_func ("/scenario/nice-step", test_nice_step);
  g_test_add_func ("/scenario/summary", test_summary);
  g_test_add_func ("/scenario/saved", test_saved);
  g_test_add_func ("/scenario/saved-credit", test_saved_credit);
  g_test_add_func ("/scenario/foreign", test_foreign);

  return g_test_run ();
}
