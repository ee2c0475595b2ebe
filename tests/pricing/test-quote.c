/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What calls cost, against sums made by hand. Prices are US dollars per million tokens, so that a thousand tokens at
 * $2 cost 1,000 × 2 / 1,000,000 = $0.002.
 */

#include "config.h"

#include "pricing/td-catalogue.h"
#include "pricing/td-currency.h"
#include "pricing/td-quote.h"

static TdCatalogue *catalogue;

static TdScenario
on (const char *date)
{
  TdScenario scenario = TD_SCENARIO_INIT;

  g_assert_true (td_date_parse (date, &scenario.date));

  return scenario;
}

static TdQuote
quote (const char       *name,
       const TdScenario *scenario,
       guint64           tokens)
{
  TdModel *model = td_catalogue_find (catalogue, name);
  TdQuote result;

  g_assert_nonnull (model);
  td_quote_compute (&result, model, scenario, tokens);

  return result;
}

/* An amount as text; "—" if unknown. */
static const char *
text (TdMoney money)
{
  g_autofree char *decimal = NULL;

  if (!td_money_is_known (money))
    return "—";

  decimal = td_money_to_decimal (money);

  return g_intern_string (decimal);
}

#define assert_costs(result, input, output, total)                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_assert_cmpstr (text ((result).input_cost), ==, input);                                                           \
    g_assert_cmpstr (text ((result).output_cost), ==, output);                                                         \
    g_assert_cmpstr (text ((result).total_cost), ==, total);                                                           \
  }                                                                                                                    \
  G_STMT_END

/* The article of April 2023: a thousand tokens, as question or as answer. */
static void
test_april_2023 (void)
{
  TdScenario scenario = on ("2023-04-19");
  TdQuote turbo, gpt4, large;
  TdCurrency yuan;
  g_autofree char *cny = NULL;
  g_autofree char *ratio = NULL;

  /* 1,000 × 2 / 10⁶ = 0.002; 1,000 × 30 / 10⁶ = 0.03; 1,000 × 60 / 10⁶ = 0.06 */
  turbo = quote ("gpt-3.5-turbo", &scenario, 1000);
  gpt4 = quote ("gpt-4", &scenario, 1000);
  large = quote ("gpt-4-32k", &scenario, 1000);
  assert_costs (turbo, "0.002", "0", "0.002");
  assert_costs (gpt4, "0.03", "0", "0.03");
  assert_costs (large, "0.06", "0", "0.06");

  /* 0.002 × 6.9 = 0.0138 */
  g_assert_true (td_currency_init (&yuan, "CNY", "6.9", scenario.date));
  cny = td_currency_format (&yuan, turbo.total_cost);
  g_assert_cmpstr (cny, ==, "CN¥0.0138");

  /* 0.03 / 0.002 = 15 */
  ratio = td_ratio_format (td_quote_ratio (&gpt4, &turbo));
  g_assert_cmpstr (ratio, ==, "15×");

  /* 1,000 × 2 / 10⁶ = 0.002; 1,000 × 60 / 10⁶ = 0.06; 1,000 × 120 / 10⁶ = 0.12 */
  scenario.output_tokens = 1000;
  assert_costs (quote ("gpt-3.5-turbo", &scenario, 1000), "0.002", "0.002", "0.004");
  assert_costs (quote ("gpt-4", &scenario, 1000), "0.03", "0.06", "0.09");
  assert_costs (quote ("gpt-4-32k", &scenario, 1000), "0.06", "0.12", "0.18");

  g_assert_cmpint (turbo.availability, ==, TD_AVAILABILITY_AVAILABLE);
  g_assert_cmpint (turbo.flags, ==, 0);
}

/* Each row: a day, and what a million tokens in and a million out cost on it. */
static void
test_price_history (void)
{
  static const struct
  {
    const char *model;
    const char *date;
    const char *input;
    const char *output;
  } cases[] = {
    { "gpt-3.5-turbo", "2023-02-28", "—", "—" },
    { "gpt-3.5-turbo", "2023-03-01", "2", "2" },
    { "gpt-3.5-turbo", "2023-06-12", "2", "2" },
    { "gpt-3.5-turbo", "2023-06-13", "1.5", "2" },
    { "gpt-3.5-turbo", "2024-01-24", "1.5", "2" },
    { "gpt-3.5-turbo", "2024-01-25", "0.5", "1.5" },
    { "gpt-3.5-turbo", "2026-10-22", "0.5", "1.5" },
    { "gpt-4o", "2024-09-30", "5", "15" },
    { "gpt-4o", "2024-10-01", "2.5", "10" },
    { "o3", "2025-06-09", "10", "40" },
    { "o3", "2025-06-10", "2", "8" },
    { "gpt-5.6-luna", "2026-07-29", "1", "6" },
    { "gpt-5.6-luna", "2026-07-30", "0.2", "1.2" },
    { "gpt-5.6-sol", "2026-08-20", "5", "30" },
    { "gpt-5.6-sol", "2026-08-21", "4", "20" },
    { "gemini-3.8-flash", "2026-12-31", "0.75", "3.75" },
    { "gemini-3.8-flash", "2027-01-01", "1.5", "7.5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdScenario scenario = on (cases[i].date);
      TdQuote result;

      /* Measured by a single token, so that no long-context price comes in: a millionth of the price. */
      scenario.output_tokens = 1;
      result = quote (cases[i].model, &scenario, 1);
      g_test_message ("%s on %s", cases[i].model, cases[i].date);
      g_assert_cmpstr (text (td_money_multiply (result.input_cost, 1000000)), ==, cases[i].input);
      g_assert_cmpstr (text (td_money_multiply (result.output_cost, 1000000)), ==, cases[i].output);
    }
}

/* A model that is gone shows its last price and says so; one that is not there yet shows none. */
static void
test_availability (void)
{
  TdScenario scenario = on ("2026-11-24");
  TdQuote result = quote ("gpt-3.5-turbo", &scenario, 1000);

  /* 1,000 × 0.5 / 10⁶ */
  assert_costs (result, "0.0005", "0", "0.0005");
  g_assert_cmpint (result.availability, ==, TD_AVAILABILITY_SHUT_DOWN);
  g_assert_cmpint (result.flags, ==, TD_QUOTE_LAST_PRICE);

  /* Its last day and the day after. */
  scenario = on ("2026-10-22");
  g_assert_cmpint (quote ("gpt-3.5-turbo", &scenario, 1).availability, ==, TD_AVAILABILITY_AVAILABLE);
  scenario = on ("2026-10-23");
  g_assert_cmpint (quote ("gpt-3.5-turbo", &scenario, 1).availability, ==, TD_AVAILABILITY_SHUT_DOWN);

  scenario = on ("2023-04-19");
  result = quote ("gpt-6-sol", &scenario, 1000);
  assert_costs (result, "—", "—", "—");
  g_assert_cmpint (result.availability, ==, TD_AVAILABILITY_NOT_YET_RELEASED);
  g_assert_null (result.period);

  /* No release day and a price without a start: before the catalogue's own day nothing is known. */
  result = quote ("gemini-3.8-flash", &scenario, 1000);
  assert_costs (result, "—", "—", "—");

  /* Shut down some day that nobody wrote down: it still had a price back then. 1,000 × 2 / 10⁶ */
  result = quote ("gpt-3.5-turbo-0301", &scenario, 1000);
  assert_costs (result, "0.002", "0", "0.002");
  g_assert_cmpint (result.availability, ==, TD_AVAILABILITY_AVAILABLE);
  scenario = on ("2026-11-24");
  g_assert_cmpint (quote ("gpt-3.5-turbo-0301", &scenario, 1000).availability, ==, TD_AVAILABILITY_SHUT_DOWN);
}

/* GPT-4o: input 2.50, cached 1.25, output 10. */
static void
test_cached_input (void)
{
  TdScenario scenario = on ("2025-01-01");
  TdQuote result;

  scenario.output_tokens = 100;
  scenario.cached_share = 400000;

  /* 1,000 in, 400 of them cached: 600 × 2.5 / 10⁶ + 400 × 1.25 / 10⁶ = 0.0015 + 0.0005 = 0.002; out
   * 100 × 10 / 10⁶ = 0.001 */
  result = quote ("gpt-4o", &scenario, 1000);
  assert_costs (result, "0.002", "0.001", "0.003");
  g_assert_cmpuint (result.cached_tokens, ==, 400);

  /* A part of a token is not cached: 40 % of 9 is 3.6, so 3. 6 × 2.5 / 10⁶ + 3 × 1.25 / 10⁶ = 0.00001875 */
  result = quote ("gpt-4o", &scenario, 9);
  g_assert_cmpuint (result.cached_tokens, ==, 3);
  g_assert_cmpstr (text (result.input_cost), ==, "0.00001875");

  /* All of it: 1,000 × 1.25 / 10⁶ */
  scenario.cached_share = TD_SHARE_ONE;
  g_assert_cmpstr (text (quote ("gpt-4o", &scenario, 1000).input_cost), ==, "0.00125");

  /* GPT-4 Turbo: nobody says what cached input costs, or that there is none. */
  result = quote ("gpt-4-turbo", &scenario, 1000);
  assert_costs (result, "—", "0.003", "—");

  /* GPT-3.5 Turbo has no such discount: 1,000 × 0.5 / 10⁶, and it says so. */
  result = quote ("gpt-3.5-turbo", &scenario, 1000);
  g_assert_cmpstr (text (result.input_cost), ==, "0.0005");
  g_assert_cmpint (result.flags, ==, TD_QUOTE_NO_CACHING);
}

/* GPT-5.6 Sol since 2026-08-21: input 4, cached 0.40, cache write 5. */
static void
test_cache_write (void)
{
  TdScenario scenario = on ("2026-11-24");
  TdQuote result;

  scenario.cached_share = 500000;
  scenario.cache_write_share = 200000;

  /* 1,000 in: 500 read, 100 of the other 500 written, 400 plain:
   * 500 × 0.4 + 100 × 5 + 400 × 4 = 200 + 500 + 1,600 = 2,300 millionths */
  result = quote ("gpt-5.6-sol", &scenario, 1000);
  g_assert_cmpuint (result.cached_tokens, ==, 500);
  g_assert_cmpuint (result.cache_write_tokens, ==, 100);
  g_assert_cmpstr (text (result.input_cost), ==, "0.0023");

  /* GPT-6.1 Terra: input 1, cached 0.05, written for 30 minutes 1.25, for 12 hours 2.50.
   * 500 × 0.05 + 100 × 1.25 + 400 × 1 = 25 + 125 + 400 = 550; with 2.50 it is 675. */
  g_assert_cmpstr (text (quote ("gpt-6.1-terra", &scenario, 1000).input_cost), ==, "0.00055");
  scenario.cache_write_long = TRUE;
  g_assert_cmpstr (text (quote ("gpt-6.1-terra", &scenario, 1000).input_cost), ==, "0.000675");

  /* GPT-4o: no price for writing is known. */
  g_assert_cmpstr (text (quote ("gpt-4o", &scenario, 1000).input_cost), ==, "—");
}

static void
test_batch (void)
{
  TdScenario scenario = on ("2026-10-01");
  TdQuote result;

  scenario.service = TD_SERVICE_BATCH;
  scenario.output_tokens = 200;

  /* Listed for GPT-4: 15 and 30. 1,000 × 15 / 10⁶ = 0.015; 200 × 30 / 10⁶ = 0.006 */
  result = quote ("gpt-4", &scenario, 1000);
  assert_costs (result, "0.015", "0.006", "0.021");
  g_assert_cmpint (result.flags, ==, 0);

  /* By rule for GPT-5: half of 1.25 and 10. 1,000 × 0.625 / 10⁶ = 0.000625; 200 × 5 / 10⁶ = 0.001 */
  result = quote ("gpt-5", &scenario, 1000);
  assert_costs (result, "0.000625", "0.001", "0.001625");
  g_assert_cmpint (result.flags, ==, TD_QUOTE_DERIVED);

  /* DeepSeek V4 Flash: no batch price is known. */
  assert_costs (quote ("deepseek-v4-flash", &scenario, 1000), "—", "—", "—");

  /* The rule halves cached input too: 500 × 0.625 + 500 × 0.0625 = 343.75 millionths */
  scenario.cached_share = 500000;
  g_assert_cmpstr (text (quote ("gpt-5", &scenario, 1000).input_cost), ==, "0.00034375");
  /* Where batch prices are listed, only what is listed is known. */
  g_assert_cmpstr (text (quote ("gpt-4o", &scenario, 1000).input_cost), ==, "—");

  /* GPT-6.1 Terra has a flex price, half of 1 and 5; GPT-5 has none here. */
  scenario = on ("2026-11-24");
  scenario.service = TD_SERVICE_FLEX;
  scenario.output_tokens = 200;
  assert_costs (quote ("gpt-6.1-terra", &scenario, 1000), "0.0005", "0.0005", "0.001");
  assert_costs (quote ("gpt-5", &scenario, 1000), "—", "—", "—");
  scenario.service = TD_SERVICE_PRIORITY;
  assert_costs (quote ("gpt-6.1-terra", &scenario, 1000), "—", "—", "—");
}

/* GPT-5.5: 5 and 30; above 272,000 input tokens all of the request 10 and 45. */
static void
test_long_context (void)
{
  TdScenario scenario = on ("2026-11-24");
  TdQuote result;

  scenario.output_tokens = 1000;

  /* 272,000 × 5 / 10⁶ = 1.36; 1,000 × 30 / 10⁶ = 0.03 */
  result = quote ("gpt-5.5", &scenario, 272000);
  assert_costs (result, "1.36", "0.03", "1.39");
  g_assert_cmpint (result.flags & TD_QUOTE_LONG_CONTEXT, ==, 0);

  /* One token more: 272,001 × 10 / 10⁶ = 2.72001; 1,000 × 45 / 10⁶ = 0.045 */
  result = quote ("gpt-5.5", &scenario, 272001);
  assert_costs (result, "2.72001", "0.045", "2.76501");
  g_assert_cmpint (result.flags & TD_QUOTE_LONG_CONTEXT, !=, 0);

  /* In a batch half of that: 272,001 × 5 / 10⁶ = 1.360005; 1,000 × 22.5 / 10⁶ = 0.0225 */
  scenario.service = TD_SERVICE_BATCH;
  assert_costs (quote ("gpt-5.5", &scenario, 272001), "1.360005", "0.0225", "1.382505");

  /* GPT-6.1 Terra has no price for writing a long context to the cache. */
  scenario = on ("2026-11-24");
  scenario.cache_write_share = TD_SHARE_ONE;
  g_assert_cmpstr (text (quote ("gpt-6.1-terra", &scenario, 272001).input_cost), ==, "—");
}

/* DeepSeek V4 Flash: 0.22 and 0.66, twice that in its busy hours, on weekends only before 2026-08-23. */
static void
test_time_of_day (void)
{
  static const struct
  {
    const char *date;
    int minute;
    const char *input;
    const char *output;
  } cases[] = {
    /* 1,000 × 0.22 / 10⁶ = 0.00022, 1,000 × 0.66 / 10⁶ = 0.00066; twice that is 0.00044 and 0.00132 */
    { "2026-11-24", TD_MINUTE_ANY, "0.00022", "0.00066" },
    { "2026-11-24", 0, "0.00022", "0.00066" },
    { "2026-11-24", 59, "0.00022", "0.00066" },
    { "2026-11-24", 60, "0.00044", "0.00132" },
    { "2026-11-24", 239, "0.00044", "0.00132" },
    { "2026-11-24", 240, "0.00022", "0.00066" },
    { "2026-11-24", 360, "0.00044", "0.00132" },
    { "2026-11-24", 600, "0.00022", "0.00066" },
    /* A Saturday and a Sunday after the change; a Saturday before it. */
    { "2026-11-21", 60, "0.00022", "0.00066" },
    { "2026-08-23", 60, "0.00022", "0.00066" },
    { "2026-08-22", 60, "0.00044", "0.00132" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdScenario scenario = on (cases[i].date);
      TdQuote result;

      scenario.minute = cases[i].minute;
      scenario.output_tokens = 1000;
      result = quote ("deepseek-v4-flash", &scenario, 1000);
      g_test_message ("%s, minute %d", cases[i].date, cases[i].minute);
      g_assert_cmpstr (text (result.input_cost), ==, cases[i].input);
      g_assert_cmpstr (text (result.output_cost), ==, cases[i].output);
      g_assert_cmpint (result.flags, ==, TD_QUOTE_TIME_OF_DAY);
    }
}

static void
test_output (void)
{
  TdScenario scenario = on ("2026-09-01");
  TdQuote result;

  /* Half as much as the input, a started token being one: 7 / 2 → 4. GPT-4o: 4 × 10 / 10⁶ */
  scenario.output_ratio = 500000;
  result = quote ("gpt-4o", &scenario, 7);
  g_assert_cmpuint (result.output_tokens, ==, 4);
  g_assert_cmpstr (text (result.output_cost), ==, "0.00004");

  /* Twice as much: 14 × 10 / 10⁶ */
  scenario.output_ratio = 2 * TD_SHARE_ONE;
  g_assert_cmpstr (text (quote ("gpt-4o", &scenario, 7).output_cost), ==, "0.00014");

  /* A share of an unknown length is unknown. */
  assert_costs (quote ("gpt-4o", &scenario, TD_TOKENS_UNKNOWN), "—", "—", "—");

  /* Reasoning is billed as output, where there is any: 8 × (100 + 900) / 10⁶ against 10 × 100 / 10⁶ */
  scenario = on ("2026-09-01");
  scenario.output_tokens = 100;
  scenario.reasoning_tokens = 900;
  g_assert_cmpstr (text (quote ("o3", &scenario, 1).output_cost), ==, "0.008");
  g_assert_cmpstr (text (quote ("gpt-4o", &scenario, 1).output_cost), ==, "0.001");

  /* Embeddings answer without tokens: 1,000 × 0.02 / 10⁶ */
  result = quote ("text-embedding-3-small", &scenario, 1000);
  assert_costs (result, "0.00002", "0", "0.00002");
  g_assert_cmpint (result.flags, ==, TD_QUOTE_NO_OUTPUT);
  g_assert_cmpuint (result.context_used, ==, 1000);
}

/* Unknown stays unknown. */
static void
test_unknown (void)
{
  TdScenario scenario = on ("2026-11-24");
  TdQuote result;
  guint64 calls;

  scenario.output_tokens = 100;

  /* No tokenizer, so the input is not known; the output is: 100 × 10 / 10⁶ */
  result = quote ("claude-sonnet-5", &scenario, TD_TOKENS_UNKNOWN);
  assert_costs (result, "—", "0.001", "—");
  g_assert_cmpuint (result.context_used, ==, TD_TOKENS_UNKNOWN);
  g_assert_cmpint (td_quote_context_share (&result).denominator, ==, 0);

  /* No price at all. */
  result = quote ("gpt-oss-20b", &scenario, 1000);
  assert_costs (result, "—", "—", "—");
  g_assert_false (td_quote_calls_for_budget (&result, td_price_as_money (1000000000), &calls));
  g_assert_cmpstr (text (td_quote_cost_of_calls (&result, 30)), ==, "—");
  g_assert_cmpint (td_quote_ratio (&result, &result).denominator, ==, 0);

  /* An empty text costs nothing, as the answer is empty too. */
  scenario.output_tokens = 0;
  assert_costs (quote ("gpt-4", &scenario, 0), "0", "0", "0");
}

static void
test_limits (void)
{
  TdScenario scenario = on ("2026-09-01");
  TdQuote result;

  /* GPT-4: a window of 8,192 for both. */
  scenario.output_tokens = 192;
  result = quote ("gpt-4", &scenario, 8000);
  g_assert_cmpint (result.flags, ==, 0);
  g_assert_cmpuint (result.context_used, ==, 8192);
  result = quote ("gpt-4", &scenario, 8001);
  g_assert_cmpint (result.flags, ==, TD_QUOTE_OVER_CONTEXT);

  /* GPT-5: at most 272,000 in and 128,000 out. */
  scenario.output_tokens = 128001;
  result = quote ("gpt-5", &scenario, 272001);
  g_assert_cmpint (result.flags, ==, TD_QUOTE_OVER_CONTEXT | TD_QUOTE_OVER_MAX_INPUT | TD_QUOTE_OVER_MAX_OUTPUT);
  scenario.output_tokens = 128000;
  result = quote ("gpt-5", &scenario, 272000);
  g_assert_cmpint (result.flags, ==, 0);
}

static void
test_calls (void)
{
  TdScenario scenario = on ("2023-04-19");
  TdQuote result = quote ("gpt-3.5-turbo", &scenario, 1000);
  TdMoney budget;
  guint64 calls;

  /* 0.002 × 1,000 × 30 = 60 */
  g_assert_cmpstr (text (td_quote_cost_of_calls (&result, 30000)), ==, "60");

  /* 5 / 0.002 = 2,500; 4.9999 / 0.002 = 2,499.95, and only whole calls can be made */
  g_assert_true (td_money_parse ("5", &budget));
  g_assert_true (td_quote_calls_for_budget (&result, budget, &calls));
  g_assert_cmpuint (calls, ==, 2500);
  g_assert_true (td_money_parse ("4.9999", &budget));
  g_assert_true (td_quote_calls_for_budget (&result, budget, &calls));
  g_assert_cmpuint (calls, ==, 2499);

  /* Nothing buys no calls; what costs nothing has no answer. */
  g_assert_true (td_quote_calls_for_budget (&result, TD_MONEY_ZERO, &calls));
  g_assert_cmpuint (calls, ==, 0);
  result = quote ("gpt-3.5-turbo", &scenario, 0);
  g_assert_false (td_quote_calls_for_budget (&result, budget, &calls));
}

static void
test_shares (void)
{
  static const struct
  {
    const char *text;
    guint32 share;
  } good[] = {
    { "0", 0 }, { "1", 1000000 }, { "0.25", 250000 }, { "25%", 250000 }, { "100%", 1000000 }, { "0%", 0 },
    { "0.000001", 1 }, { "0.0001%", 1 }, { "33.3333%", 333333 },
  };
  static const char * const bad[] = { "", "%", "1.1", "101%", "-1", "25 %", "0.0000001", "0.00001%", "1/4", "a" };
  guint32 share;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (td_share_parse (good[i].text, &share));
      g_assert_cmpuint (share, ==, good[i].share);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      if (td_share_parse (bad[i], &share))
        g_error ("“%s” was taken for a share", bad[i]);
    }
}

/* No number of tokens makes an amount wrap around. */
static void
test_extremes (void)
{
  static const guint64 numbers[] = { 0, 1, G_MAXUINT32, G_MAXINT64, G_MAXUINT64 - 1, G_MAXUINT64 };
  GListModel *list = G_LIST_MODEL (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (list, i);

      for (guint j = 0; j < G_N_ELEMENTS (numbers) * G_N_ELEMENTS (numbers); j++)
        {
          TdScenario scenario = on ("2026-10-22");
          TdQuote result;

          scenario.output_tokens = numbers[j / G_N_ELEMENTS (numbers)];
          scenario.reasoning_tokens = numbers[j % G_N_ELEMENTS (numbers)];
          scenario.cached_share = 500000;
          scenario.output_ratio = j % 2 == 0 ? 0 : G_MAXUINT32;
          td_quote_compute (&result, model, &scenario, numbers[j % G_N_ELEMENTS (numbers)]);
          if (td_money_is_known (result.total_cost))
            g_assert_cmpint (td_money_compare (result.total_cost, TD_MONEY_ZERO), >=, 0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  catalogue = td_catalogue_new_bundled (NULL);
  g_assert_nonnull (catalogue);

  g_test_add_func ("/quote/april-2023", test_april_2023);
  g_test_add_func ("/quote/price-history", test_price_history);
  g_test_add_func ("/quote/availability", test_availability);
  g_test_add_func ("/quote/cached-input", test_cached_input);
  g_test_add_func ("/quote/cache-write", test_cache_write);
  g_test_add_func ("/quote/batch", test_batch);
  g_test_add_func ("/quote/long-context", test_long_context);
  g_test_add_func ("/quote/time-of-day", test_time_of_day);
  g_test_add_func ("/quote/output", test_output);
  g_test_add_func ("/quote/unknown", test_unknown);
  g_test_add_func ("/quote/limits", test_limits);
  g_test_add_func ("/quote/calls", test_calls);
  g_test_add_func ("/quote/shares", test_shares);
  g_test_add_func ("/quote/extremes", test_extremes);

  status = g_test_run ();
  g_assert_finalize_object (catalogue);

  return status;
}
