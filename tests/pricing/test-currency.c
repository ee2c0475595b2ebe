/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "pricing/td-currency.h"

#define NBSP "\302\240"

static TdCurrency
currency (const char *code,
          const char *rate)
{
  TdCurrency result;

  g_assert_true (td_currency_init (&result, code, rate, TD_DATE_NONE));

  return result;
}

#define assert_format(code, rate, usd, text)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    TdCurrency shown = currency (code, rate);                                                                          \
    TdMoney amount;                                                                                                    \
    g_autofree char *written = NULL;                                                                                   \
    g_assert_true (td_money_parse (usd, &amount));                                                                     \
    written = td_currency_format (&shown, amount);                                                                     \
    g_assert_cmpstr (written, ==, text);                                                                               \
  }                                                                                                                    \
  G_STMT_END

static gboolean
use_locale (const char *name)
{
  if (setlocale (LC_ALL, name) != NULL)
    return TRUE;

  g_test_skip_printf ("The locale %s is not installed", name);

  return FALSE;
}

static void
test_init (void)
{
  static const struct
  {
    const char *code;
    const char *rate;
  } bad[] = {
    { "CNY", NULL }, { "CNY", "0" }, { "CNY", "-6.9" }, { "CNY", "6,9" }, { "CNY", "" }, { "CNY", "1e1" },
    { "CN", "6.9" }, { "CNYX", "6.9" }, { "C1Y", "6.9" }, { "", "6.9" }, { "元", "6.9" },
  };
  TdCurrency yuan = currency ("cny", "6.90");
  TdCurrency usd = currency ("usd", NULL);
  g_autofree char *rate = td_currency_rate_to_decimal (&yuan);

  g_assert_cmpstr (yuan.code, ==, "CNY");
  g_assert_cmpint (yuan.numerator, ==, 69);
  g_assert_cmpint (yuan.denominator, ==, 10);
  g_assert_cmpstr (rate, ==, "6.9");
  g_assert_false (td_currency_is_usd (&yuan));
  g_assert_true (td_currency_is_usd (&usd));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TdCurrency untouched = yuan;

      if (td_currency_init (&untouched, bad[i].code, bad[i].rate, TD_DATE_NONE))
        g_error ("“%s” at “%s” was taken for a currency", bad[i].code, bad[i].rate);
      g_assert_cmpstr (untouched.code, ==, "CNY");
    }
}

static void
test_offered (void)
{
  const char * const *offered = td_currency_get_offered ();

  g_assert_cmpstr (offered[0], ==, "USD");
  for (guint i = 0; offered[i] != NULL; i++)
    {
      TdCurrency shown = currency (offered[i], "1");

      /* All that are offered have a sign of their own. */
      g_assert_cmpstr (td_currency_get_symbol (&shown), !=, offered[i]);
    }
}

static void
test_format (void)
{
  TdCurrency usd = TD_CURRENCY_USD;
  g_autofree char *unknown = td_currency_format (&usd, TD_MONEY_UNKNOWN);
  g_autofree char *no_price = td_currency_format_price (&usd, TD_PRICE_UNKNOWN);
  g_autofree char *free_of_charge = td_currency_format_price (&usd, 0);
  g_autofree char *price = td_currency_format_price (&usd, 75000000);

  g_assert_cmpstr (unknown, ==, "—");
  g_assert_cmpstr (no_price, ==, "—");
  g_assert_cmpstr (free_of_charge, ==, "$0.00");
  g_assert_cmpstr (price, ==, "$0.075");

  assert_format ("USD", NULL, "0.002", "$0.002");
  assert_format ("USD", NULL, "1234.5", "$1234.50");
  /* 0.002 × 6.9 = 0.0138 */
  assert_format ("CNY", "6.9", "0.002", "CN¥0.0138");
  /* 1 × 151.237 = 151.237, and the yen has no smaller unit */
  assert_format ("JPY", "151.237", "1", "JP¥151");
  assert_format ("JPY", "151.237", "0.001", "JP¥0.1512");
  assert_format ("EUR", "0.92", "10", "€9.20");
  assert_format ("GBP", "0.79", "10", "£7.90");
  /* Without a sign the code stands apart. */
  assert_format ("CHF", "0.88", "10", "CHF" NBSP "8.80");
}

static void
test_format_english (void)
{
  g_autofree char *number = NULL;
  g_autofree char *small = NULL;
  g_autofree char *ratio = NULL;

  if (!use_locale ("en_US.UTF-8"))
    return;

  assert_format ("USD", NULL, "1234567.891", "$1,234,567.89");
  assert_format ("USD", NULL, "999", "$999.00");
  assert_format ("USD", NULL, "1000", "$1,000.00");

  number = td_number_format (G_MAXUINT64);
  g_assert_cmpstr (number, ==, "18,446,744,073,709,551,615");
  small = td_number_format (0);
  g_assert_cmpstr (small, ==, "0");
  ratio = td_ratio_format ((TdRatio) { 123456, 10 });
  g_assert_cmpstr (ratio, ==, "12,346×");
}

static void
test_format_chinese (void)
{
  if (!use_locale ("zh_CN.UTF-8"))
    return;

  assert_format ("CNY", "6.9", "0.002", "¥0.0138");
  assert_format ("CNY", "6.9", "1000", "¥6,900.00");
  assert_format ("USD", NULL, "0.002", "$0.002");
  assert_format ("JPY", "150", "1", "JP¥150");
}

static void
test_numbers (void)
{
  g_autofree char *none = td_ratio_format (TD_RATIO_UNKNOWN);
  g_autofree char *fifteen = td_ratio_format ((TdRatio) { 15, 1 });
  g_autofree char *two_thirds = td_ratio_format ((TdRatio) { 2, 3 });
  g_autofree char *unknown = td_percent_format (TD_RATIO_UNKNOWN);
  g_autofree char *little = td_percent_format ((TdRatio) { 1, 8192 });
  g_autofree char *part = td_percent_format ((TdRatio) { 1300, 16385 });
  g_autofree char *over = td_percent_format ((TdRatio) { 2300, 2048 });

  g_assert_cmpstr (none, ==, "—");
  g_assert_cmpstr (fifteen, ==, "15×");
  g_assert_cmpstr (two_thirds, ==, "0.667×");
  g_assert_cmpstr (unknown, ==, "—");
  /* 1 / 8,192 = 0.0122 %, 1,300 / 16,385 = 7.93 %, 2,300 / 2,048 = 112.3 % */
  g_assert_cmpstr (little, ==, "0.012%");
  g_assert_cmpstr (part, ==, "7.9%");
  g_assert_cmpstr (over, ==, "112%");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/currency/init", test_init);
  g_test_add_func ("/currency/offered", test_offered);
  g_test_add_func ("/currency/format", test_format);
  g_test_add_func ("/currency/numbers", test_numbers);
  g_test_add_func ("/currency/format-english", test_format_english);
  g_test_add_func ("/currency/format-chinese", test_format_chinese);

  return g_test_run ();
}
