/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-catalogue.h"
#include "pricing/td-currency.h"
#include "pricing/td-quote.h"

static void
test_bundled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (&error);
  TdModel *model;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 52);

  model = td_catalogue_find (catalogue, "GPT-4-0613");
  g_assert_nonnull (model);
  g_assert_cmpstr (td_model_get_id (model), ==, "gpt-4");
  g_assert_null (td_catalogue_find (catalogue, "gpt-99"));
}

/* 1,000 tokens on 2023-04-19: GPT-3.5 Turbo 1,000 × $2 / 1,000,000 = $0.002, × 6.9 = CNY 0.0138; GPT-4 30 / 2 = 15×. */
static void
test_april_2023 (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  TdScenario scenario = TD_SCENARIO_INIT;
  TdQuote turbo, gpt4;
  TdCurrency yuan;
  g_autofree char *usd = NULL, *cny = NULL, *ratio = NULL;

  g_assert_true (td_date_parse ("2023-04-19", &scenario.date));
  td_quote_compute (&turbo, td_catalogue_find (catalogue, "gpt-3.5-turbo"), &scenario, 1000);
  td_quote_compute (&gpt4, td_catalogue_find (catalogue, "gpt-4"), &scenario, 1000);

  usd = td_money_to_decimal (turbo.total_cost);
  g_assert_cmpstr (usd, ==, "0.002");

  g_assert_true (td_currency_init (&yuan, "CNY", "6.9", scenario.date));
  cny = td_currency_format (&yuan, turbo.total_cost);
  g_assert_cmpstr (cny, ==, "CN¥0.0138");

  ratio = td_ratio_format (td_quote_ratio (&gpt4, &turbo));
  g_assert_cmpstr (ratio, ==, "15×");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/bundled", test_bundled);
  g_test_add_func ("/catalogue/april-2023", test_april_2023);

  return g_test_run ();
}
