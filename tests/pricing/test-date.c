/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "pricing/td-date.h"

static TdDate
parse (const char *text)
{
  TdDate date;

  g_assert_true (td_date_parse (text, &date));

  return date;
}

static void
test_parse (void)
{
  static const char * const good[] = { "2023-04-19", "2024-02-29", "2022-12", "2020", "0001-01-01", "9999-12-31" };
  static const char * const bad[] = { "", "2023-4-19", "2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00",
                                      "2023-01-32", "2023/04/19", "2023-04-19 ", " 2023-04-19", "20230419", "0000",
                                      "+023-04-19", "2023-", "2023-04-", "1900-02-29", "２０２３" };
  TdDate date = { 1, 2, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      char buffer[TD_DATE_ISO_SIZE];

      g_assert_cmpstr (td_date_to_iso (parse (good[i]), buffer), ==, good[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      if (td_date_parse (bad[i], &date))
        g_error ("“%s” was taken for a date", bad[i]);
    }

  /* A failure leaves the date alone. */
  g_assert_cmpuint (date.year, ==, 1);
}

static void
test_compare (void)
{
  static const char * const ascending[] = { "2022", "2022-12", "2022-12-02", "2023-01", "2023-01-31", "2023-02" };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (ascending); i++)
    {
      g_assert_cmpint (td_date_compare (parse (ascending[i]), parse (ascending[i + 1])), <, 0);
      g_assert_cmpint (td_date_compare (parse (ascending[i + 1]), parse (ascending[i])), >, 0);
    }

  /* The missing part counts as the first. */
  g_assert_cmpint (td_date_compare (parse ("2022-12"), parse ("2022-12-01")), ==, 0);
  g_assert_cmpint (td_date_compare (parse ("2022"), parse ("2022-01-01")), ==, 0);
  g_assert_cmpint (td_date_compare (TD_DATE_NONE, parse ("0001")), <, 0);
}

static void
test_days (void)
{
  char buffer[TD_DATE_ISO_SIZE];

  g_assert_cmpstr (td_date_to_iso (td_date_add_days (parse ("2023-12-31"), 1), buffer), ==, "2024-01-01");
  g_assert_cmpstr (td_date_to_iso (td_date_add_days (parse ("2024-03-01"), -1), buffer), ==, "2024-02-29");
  g_assert_cmpstr (td_date_to_iso (td_date_add_days (parse ("2023-04-19"), 0), buffer), ==, "2023-04-19");

  /* 2023-04-19 was a Wednesday, 2026-08-23 a Sunday. */
  g_assert_cmpint (td_date_weekday (parse ("2023-04-19")), ==, 2);
  g_assert_cmpint (td_date_weekday (parse ("2026-08-23")), ==, 6);
}

static void
test_known_parts (void)
{
  char buffer[TD_DATE_ISO_SIZE];

  g_assert_false (td_date_is_set (TD_DATE_NONE));
  g_assert_true (td_date_is_set (parse ("2020")));
  g_assert_false (td_date_is_full (parse ("2020-06")));
  g_assert_true (td_date_is_full (parse ("2020-06-01")));
  g_assert_true (td_date_is_full (td_date_today ()));
  g_assert_cmpstr (td_date_to_iso (TD_DATE_NONE, buffer), ==, "");
}

static void
test_format (void)
{
  static const struct
  {
    const char *date;
    const char *text;
  } cases[] = {
    { "2023-04-19", "19 Apr 2023" },
    { "2022-12", "Dec 2022" },
    { "2020", "2020" },
  };
  g_autofree char *none = td_date_format (TD_DATE_NONE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = td_date_format (parse (cases[i].date));

      g_assert_cmpstr (text, ==, cases[i].text);
    }

  g_assert_cmpstr (none, ==, "—");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");

  g_test_add_func ("/date/parse", test_parse);
  g_test_add_func ("/date/compare", test_compare);
  g_test_add_func ("/date/days", test_days);
  g_test_add_func ("/date/known-parts", test_known_parts);
  g_test_add_func ("/date/format", test_format);

  return g_test_run ();
}
