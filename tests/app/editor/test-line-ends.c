/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/editor/td-line-ends.h"

static void
test_detect (void)
{
  static const struct { const char *text; TdLineEnd line_end; } cases[] = {
    { "", TD_LINE_END_NONE }, { "one", TD_LINE_END_NONE }, { "\n", TD_LINE_END_LF }, { "a\nb\n", TD_LINE_END_LF },
    { "a\r\nb\r\n", TD_LINE_END_CRLF }, { "\r\n", TD_LINE_END_CRLF }, { "a\rb\r", TD_LINE_END_CR },
    { "\r\r", TD_LINE_END_CR }, { "a\r\nb\n", TD_LINE_END_MIXED }, { "a\nb\r", TD_LINE_END_MIXED },
    { "\r\r\n", TD_LINE_END_MIXED }, { "\n\r\n", TD_LINE_END_MIXED }, { "\n\r", TD_LINE_END_MIXED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new (cases[i].text, strlen (cases[i].text));

      g_assert_cmpint (td_line_ends_detect (text), ==, cases[i].line_end);
    }
}

static void
test_convert (void)
{
  static const char * const texts[] = { "", "one", "a\nb\n", "a\r\nb", "a\rb\r", "\r\r\n\n我\r\n", "\n\r" };

  for (guint i = 0; i < G_N_ELEMENTS (texts) * 3; i++)
    {
      TdLineEnd line_end = TD_LINE_END_LF + i % 3;
      g_autoptr (GBytes) text = g_bytes_new (texts[i / 3], strlen (texts[i / 3]));
      g_autoptr (GBytes) converted = td_line_ends_convert (text, line_end);
      g_autoptr (GBytes) as_lf = td_line_ends_convert (converted, TD_LINE_END_LF);
      g_autoptr (GBytes) lf = td_line_ends_convert (text, TD_LINE_END_LF);

      if (strpbrk (texts[i / 3], "\r\n") != NULL)
        g_assert_cmpint (td_line_ends_detect (converted), ==, line_end);
      else
        g_assert_true (g_bytes_equal (converted, text));
      g_assert_true (g_bytes_equal (as_lf, lf));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/line-ends/detect", test_detect);
  g_test_add_func ("/line-ends/convert", test_convert);

  return g_test_run ();
}
