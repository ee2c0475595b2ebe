/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-money.h"

static TdMoney
money (const char *text)
{
  TdMoney result;

  g_assert_true (td_money_parse (text, &result));

  return result;
}

static TdPrice
price (const char *text)
{
  TdPrice result;

  g_assert_true (td_price_parse (text, &result));

  return result;
}

#define assert_money(amount, text)                                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *written = td_money_to_decimal (amount);                                                           \
    g_assert_cmpstr (written, ==, text);                                                                               \
  }                                                                                                                    \
  G_STMT_END

static void
test_price_parse (void)
{
  static const struct
  {
    const char *text;
    TdPrice nano;
  } good[] = {
    { "0", 0 },
    { "0.075", 75000000 },
    { "2.5", 2500000000 },
    { "30", 30000000000 },
    { "0.000000001", 1 },
    { "0.1000000000000", 100000000 },
    { "007", 7000000000 },
    { "9223372036.854775807", G_MAXINT64 },
  };
  static const char * const bad[] = { "", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", " 1", "1 ", "0x1", "1.2.3",
                                      "0.0000000001", "9223372036.854775808",
                                      "99999999999999999999999999999999999999999",
                                      "NaN", "١" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpint (price (good[i].text), ==, good[i].nano);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TdPrice result;

      if (td_price_parse (bad[i], &result))
        g_error ("“%s” was taken for a price", bad[i]);
    }
}

static void
test_price_decimal (void)
{
  static const char * const texts[] = { "0", "0.075", "2.5", "30", "0.000000001", "9223372036.854775807", "120",
                                        "0.1" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *written = td_price_to_decimal (price (texts[i]));

      g_assert_cmpstr (written, ==, texts[i]);
    }
}

static void
test_cost (void)
{
  /* $2 / 1,000,000 × 1,000 = $0.002 */
  assert_money (td_money_new_cost (price ("2"), 1000), "0.002");
  /* $0.075 / 1,000,000 × 1 = $0.000000075 */
  assert_money (td_money_new_cost (price ("0.075"), 1), "0.000000075");
  /* $0.000000001 / 1,000,000 × 1 = 10⁻¹⁵ dollars, the unit itself */
  assert_money (td_money_new_cost (price ("0.000000001"), 1), "0.000000000000001");
  /* $0.1 × 3 = $0.3, which 0.1 + 0.1 + 0.1 in floating point is not */
  assert_money (td_money_new_cost (price ("0.1"), 3000000), "0.3");
  /* $120 × 10¹² tokens / 10⁶ = $120,000,000 */
  assert_money (td_money_new_cost (price ("120"), G_GUINT64_CONSTANT (1000000000000)), "120000000");
  assert_money (td_price_as_money (price ("0.075")), "0.075");

  /* Unknown times nothing is nothing; unknown times something is unknown. */
  assert_money (td_money_new_cost (TD_PRICE_UNKNOWN, 0), "0");
  g_assert_false (td_money_is_known (td_money_new_cost (TD_PRICE_UNKNOWN, 1)));

  /* The largest price and the largest number still fit: 9.2 × 10¹⁸ × 1.8 × 10¹⁹ = 1.7 × 10³⁸ does not. */
  g_assert_false (td_money_is_known (td_money_new_cost (G_MAXINT64, G_MAXUINT64)));
  g_assert_true (td_money_is_known (td_money_new_cost (G_MAXINT64, G_MAXUINT64 / 4)));
}

static void
test_sums (void)
{
  TdMoney huge = td_money_new_cost (G_MAXINT64, G_MAXUINT64 / 4);

  assert_money (td_money_add (money ("0.1"), money ("0.2")), "0.3");
  assert_money (td_money_add (money ("0"), money ("12.5")), "12.5");
  g_assert_false (td_money_is_known (td_money_add (money ("1"), TD_MONEY_UNKNOWN)));
  g_assert_false (td_money_is_known (td_money_add (TD_MONEY_UNKNOWN, TD_MONEY_UNKNOWN)));
  /* Two times 2¹²⁵ is just below the limit of 2¹²⁶, three times is above. */
  g_assert_true (td_money_is_known (td_money_add (huge, huge)));
  g_assert_false (td_money_is_known (td_money_add (huge, td_money_add (huge, huge))));

  /* $0.0015 × 30 days × 1,000 calls = $45 */
  assert_money (td_money_multiply (money ("0.0015"), 30000), "45");
  assert_money (td_money_multiply (money ("0.0015"), 0), "0");
  g_assert_false (td_money_is_known (td_money_multiply (TD_MONEY_UNKNOWN, 0)));
  g_assert_false (td_money_is_known (td_money_multiply (huge, 3)));
  g_assert_false (td_money_is_known (td_money_multiply (huge, G_MAXUINT64)));
}

static void
test_scale (void)
{
  /* $0.002 × 6.9 = 0.0138 */
  assert_money (td_money_scale (money ("0.002"), 69, 10), "0.0138");
  /* 10⁻¹⁵ × 1/2 rounds away from zero to 10⁻¹⁵; × 1/3 to 0 */
  assert_money (td_money_scale (money ("0.000000000000001"), 1, 2), "0.000000000000001");
  assert_money (td_money_scale (money ("0.000000000000001"), 1, 3), "0");
  /* 1 / 3 = 0.333… */
  assert_money (td_money_scale (money ("1"), 1, 3), "0.333333333333333");
  /* A step on the way may be larger than the result: 10²² × (2⁶³ - 1) / (2⁶³ - 1) */
  assert_money (td_money_scale (money ("10000000000000000000000"), G_MAXINT64, G_MAXINT64), "10000000000000000000000");
  g_assert_false (td_money_is_known (td_money_scale (TD_MONEY_UNKNOWN, 1, 1)));
  g_assert_false (td_money_is_known (td_money_scale (money ("10000000000000000000000"), 100, 1)));
}

static void
test_compare (void)
{
  g_assert_cmpint (td_money_compare (money ("0.002"), money ("0.03")), <, 0);
  g_assert_cmpint (td_money_compare (money ("2"), money ("2.000")), ==, 0);
  g_assert_cmpint (td_money_compare (TD_MONEY_UNKNOWN, money ("1000000000")), >, 0);
  g_assert_cmpint (td_money_compare (money ("0"), TD_MONEY_UNKNOWN), <, 0);
  g_assert_cmpint (td_money_compare (TD_MONEY_UNKNOWN, TD_MONEY_UNKNOWN), ==, 0);
}

static void
test_rounded (void)
{
  static const struct
  {
    const char *amount;
    guint min_decimals;
    guint significant;
    const char *text;
  } cases[] = {
    { "0", 2, 4, "0.00" },
    { "0.002", 2, 4, "0.002" },
    { "0.0138", 2, 4, "0.0138" },
    { "0.0000075", 2, 4, "0.0000075" },
    { "0.5", 2, 4, "0.50" },
    { "0.123456", 2, 4, "0.1235" },
    /* Half goes away from zero. */
    { "0.12345", 2, 4, "0.1235" },
    { "0.12344", 2, 4, "0.1234" },
    /* Rounding may carry over the point. */
    { "0.99995", 2, 4, "1.00" },
    { "0.099995", 2, 4, "0.10" },
    { "1", 2, 4, "1.00" },
    { "12.345", 2, 4, "12.35" },
    { "12.344999", 2, 4, "12.34" },
    { "999.995", 2, 4, "1000.00" },
    { "1234567.891", 2, 4, "1234567.89" },
    { "138.4", 0, 4, "138" },
    { "138.5", 0, 4, "139" },
    { "0.4", 0, 4, "0.4" },
    /* The smallest amount there is never becomes 0. */
    { "0.000000000000001", 2, 4, "0.000000000000001" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = td_money_to_rounded (money (cases[i].amount), cases[i].min_decimals,
                                                   cases[i].significant);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

#define assert_ratio(ratio, digits, text)                                                                              \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *written = td_ratio_to_rounded (ratio, digits);                                                    \
    g_assert_cmpstr (written, ==, text);                                                                               \
  }                                                                                                                    \
  G_STMT_END

static void
test_ratio (void)
{
  /* GPT-4 against GPT-3.5 in April 2023: 0.03 / 0.002 = 15 */
  assert_ratio (td_money_ratio (money ("0.03"), money ("0.002")), 3, "15");
  /* 0.5 / 2 = 0.25; 5 / 3 = 1.666…; 2 / 3 = 0.666…; 1 / 3,000,000 */
  assert_ratio (td_money_ratio (money ("0.5"), money ("2")), 3, "0.25");
  assert_ratio (td_money_ratio (money ("5"), money ("3")), 3, "1.67");
  assert_ratio (td_money_ratio (money ("2"), money ("3")), 3, "0.667");
  assert_ratio (td_money_ratio (money ("1"), money ("3000000")), 3, "0.000000333");
  /* Whole digits are never rounded away. */
  assert_ratio (td_money_ratio (money ("123456"), money ("1")), 3, "123456");
  assert_ratio (td_money_ratio (money ("0"), money ("1")), 3, "0");
  /* Far beyond any bill, and still not overflowed: 10²² / 1000 = 10¹⁹ */
  assert_ratio (td_money_ratio (money ("10000000000000000000000"), money ("1000")), 3, "10000000000000000000");

  g_assert_null (td_ratio_to_rounded (td_money_ratio (money ("1"), money ("0")), 3));
  g_assert_null (td_ratio_to_rounded (td_money_ratio (TD_MONEY_UNKNOWN, money ("1")), 3));
  g_assert_null (td_ratio_to_rounded (td_money_ratio (money ("1"), TD_MONEY_UNKNOWN), 3));
}

static void
test_ratio_compare (void)
{
  TdMoney huge = td_money_new_cost (G_MAXINT64, G_MAXUINT64 / 4);
  TdMoney less = td_money_add (huge, (TdMoney) { -1 });

  g_assert_cmpint (td_ratio_compare (td_money_ratio (money ("1"), money ("3")),
                                     td_money_ratio (money ("2"), money ("6"))), ==, 0);
  g_assert_cmpint (td_ratio_compare (td_money_ratio (money ("1"), money ("3")),
                                     td_money_ratio (money ("1"), money ("2"))), <, 0);
  g_assert_cmpint (td_ratio_compare (TD_RATIO_UNKNOWN, td_money_ratio (money ("1"), money ("2"))), >, 0);
  g_assert_cmpint (td_ratio_compare (td_money_ratio (money ("1"), money ("2")), TD_RATIO_UNKNOWN), <, 0);
  g_assert_cmpint (td_ratio_compare (TD_RATIO_UNKNOWN, TD_RATIO_UNKNOWN), ==, 0);

  /* Needs 250 bits to tell: n / (n - 1) against (n - 1) / n, and against itself. */
  g_assert_cmpint (td_ratio_compare (td_money_ratio (huge, less), td_money_ratio (less, huge)), >, 0);
  g_assert_cmpint (td_ratio_compare (td_money_ratio (huge, less), td_money_ratio (huge, less)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/price-parse", test_price_parse);
  g_test_add_func ("/money/price-decimal", test_price_decimal);
  g_test_add_func ("/money/cost", test_cost);
  g_test_add_func ("/money/sums", test_sums);
  g_test_add_func ("/money/scale", test_scale);
  g_test_add_func ("/money/compare", test_compare);
  g_test_add_func ("/money/rounded", test_rounded);
  g_test_add_func ("/money/ratio", test_ratio);
  g_test_add_func ("/money/ratio-compare", test_ratio_compare);

  return g_test_run ();
}
