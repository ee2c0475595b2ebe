/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-soft-breaks.h"

/* The view's text as it would be without any cleverness: a break is '|', everything else is document. */
static void
assert_equals_text (const TdSoftBreaks *breaks,
                    const GString      *text)
{
  gsize document = 0;
  gsize n_breaks = 0;
  gsize next;
  gsize found;

  for (gsize view = 0; view <= text->len; view++)
    {
      gboolean is_break = view < text->len && text->str[view] == '|';

      g_assert_cmpuint (td_soft_breaks_to_document (breaks, view), ==, document);
      g_assert_cmpint (td_soft_breaks_is_break (breaks, view), ==, is_break);
      g_assert_cmpuint (td_soft_breaks_count (breaks, 0, view), ==, n_breaks);
      if (!is_break)
        g_assert_cmpuint (td_soft_breaks_to_view (breaks, document), ==, view);

      for (next = view; next < text->len && text->str[next] != '|'; next++)
        ;
      g_assert_cmpint (td_soft_breaks_find_next (breaks, view, &found), ==, next < text->len);
      if (next < text->len)
        g_assert_cmpuint (found, ==, next);

      n_breaks += is_break;
      document += !is_break;
    }

  g_assert_cmpuint (td_soft_breaks_get_n (breaks), ==, n_breaks);
  g_assert_true (td_soft_breaks_validate (breaks));
}

static void
test_none (void)
{
  g_autoptr (TdSoftBreaks) breaks = td_soft_breaks_new ();
  gsize found;

  g_assert_cmpuint (td_soft_breaks_get_n (breaks), ==, 0);
  g_assert_cmpuint (td_soft_breaks_to_document (breaks, 1000), ==, 1000);
  g_assert_cmpuint (td_soft_breaks_to_view (breaks, 1000), ==, 1000);
  g_assert_false (td_soft_breaks_find_next (breaks, 0, &found));
  td_soft_breaks_text_inserted (breaks, 10, 5);
  g_assert_cmpuint (td_soft_breaks_text_deleted (breaks, 10, 5), ==, 5);
}

static void
test_sides_of_a_break (void)
{
  g_autoptr (TdSoftBreaks) breaks = td_soft_breaks_new ();
  g_autoptr (GString) text = g_string_new ("abc|def");

  td_soft_breaks_add (breaks, 3);
  assert_equals_text (breaks, text);
  g_assert_cmpuint (td_soft_breaks_to_document (breaks, 3), ==, 3);
  g_assert_cmpuint (td_soft_breaks_to_document (breaks, 4), ==, 3);
  g_assert_cmpuint (td_soft_breaks_to_view (breaks, 3), ==, 4);

  /* Text may come on either side. */
  td_soft_breaks_text_inserted (breaks, 3, 1);
  g_string_insert (text, 3, "x");
  assert_equals_text (breaks, text);
  td_soft_breaks_text_inserted (breaks, 5, 1);
  g_string_insert (text, 5, "y");
  assert_equals_text (breaks, text);

  g_assert_cmpuint (td_soft_breaks_text_deleted (breaks, 2, 4), ==, 3);
  g_string_erase (text, 2, 4);
  assert_equals_text (breaks, text);
  g_assert_cmpuint (td_soft_breaks_get_n (breaks), ==, 0);
}

static void
test_random_edits (void)
{
  g_autoptr (TdSoftBreaks) breaks = td_soft_breaks_new ();
  g_autoptr (GString) text = g_string_new ("some text");

  for (guint i = 0; i < 3000; i++)
    {
      gsize view = (gsize) g_test_rand_int_range (0, (int) text->len + 1);
      gsize n = (gsize) g_test_rand_int_range (1, 12);

      switch (g_test_rand_int_range (0, text->len > 400 ? 6 : 4))
        {
        case 0:
          td_soft_breaks_add (breaks, view);
          g_string_insert_c (text, (gssize) view, '|');
          break;

        case 1:
        case 2:
          td_soft_breaks_text_inserted (breaks, view, n);
          for (gsize j = 0; j < n; j++)
            g_string_insert_c (text, (gssize) view, 'x');
          break;

        default:
          {
            gsize n_removed = 0;

            n = MIN (n * 3, text->len - view);
            for (gsize j = view; j < view + n; j++)
              n_removed += text->str[j] != '|';
            g_assert_cmpuint (td_soft_breaks_text_deleted (breaks, view, n), ==, n_removed);
            g_string_erase (text, (gssize) view, (gssize) n);
          }
        }

      assert_equals_text (breaks, text);
    }

  td_soft_breaks_clear (breaks);
  g_assert_cmpuint (td_soft_breaks_get_n (breaks), ==, 0);
}

/* As many as a long text has: the tree must stay flat. */
static void
test_many (void)
{
  g_autoptr (TdSoftBreaks) breaks = td_soft_breaks_new ();
  gsize n = 100000;

  for (gsize i = 0; i < n; i++)
    td_soft_breaks_add (breaks, i * 11 + 10);

  g_assert_cmpuint (td_soft_breaks_get_n (breaks), ==, n);
  for (gsize i = 0; i < n; i += 997)
    {
      g_assert_cmpuint (td_soft_breaks_to_view (breaks, i * 10 + 5), ==, i * 11 + 5);
      g_assert_cmpuint (td_soft_breaks_to_document (breaks, i * 11 + 5), ==, i * 10 + 5);
    }
  g_assert_cmpuint (td_soft_breaks_text_deleted (breaks, 0, n * 11), ==, n * 10);
  g_assert_cmpuint (td_soft_breaks_get_n (breaks), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/soft-breaks/none", test_none);
  g_test_add_func ("/soft-breaks/sides-of-a-break", test_sides_of_a_break);
  g_test_add_func ("/soft-breaks/random-edits", test_random_edits);
  g_test_add_func ("/soft-breaks/many", test_many);

  return g_test_run ();
}
