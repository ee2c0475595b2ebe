/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-cursor-places.h"

static const char text[] =
  "Latin, naïve, “quotes”, \xC3\xA9 and e\xCC\x81 and a\xCC\x8A\xCC\x81 b.\r\n"
  "中国人，かな、한국어 각\r\n"
  "हिन्दी में क्षत्रिय, தமிழ், ภาษาไทย ที่นี่\n"
  "👨‍👩‍👧‍👦👩🏽‍🚀 🇩🇪🇫🇷🇨🇳 ☂️ 1️⃣\n"
  "שָׁלוֹם العَرَبِيَّة\n"
  "\xE2\x80\x8D\xCC\x81";

/* From every place it is the one where GTK says that a cursor may stand. */
static void
test_move (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  int n_moved = 0;

  gtk_text_buffer_set_text (buffer, text, -1);
  for (int i = 0; i < gtk_text_buffer_get_char_count (buffer); i++)
    {
      GtkTextIter iter;
      GtkTextIter wanted;

      gtk_text_buffer_get_iter_at_offset (buffer, &iter, i);
      wanted = iter;
      if (!gtk_text_iter_starts_line (&wanted) && !gtk_text_iter_is_cursor_position (&wanted))
        gtk_text_iter_forward_cursor_position (&wanted);

      td_cursor_places_move_to (&iter);
      g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, gtk_text_iter_get_offset (&wanted));
      n_moved += gtk_text_iter_get_offset (&iter) > i;
    }
  g_assert_cmpint (n_moved, >, 20);
}

/* Behind any number of marks, which may be more than are looked at, it still ends within the line. */
static void
test_many_marks (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autoptr (GString) marks = g_string_new ("a");
  GtkTextIter iter;

  for (guint i = 0; i < 1000; i++)
    g_string_append (marks, "\xCC\x81");
  g_string_append (marks, "b\nc");
  gtk_text_buffer_set_text (buffer, marks->str, -1);

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 500);
  td_cursor_places_move_to (&iter);
  g_assert_cmpint (gtk_text_iter_get_line (&iter), ==, 0);
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), >=, 500);
}

static void
test_find (void)
{
  static const char family[] = "a👨‍👩‍👧b";
  g_autofree PangoLogAttr *attributes = td_cursor_places_find (family, strlen (family));

  g_assert_true (attributes[0].is_cursor_position);
  g_assert_true (attributes[1].is_cursor_position);
  for (guint i = 2; i < 6; i++)
    g_assert_false (attributes[i].is_cursor_position);
  g_assert_true (attributes[6].is_cursor_position);
  g_assert_true (attributes[7].is_cursor_position);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cursor-places/move", test_move);
  g_test_add_func ("/cursor-places/many-marks", test_many_marks);
  g_test_add_func ("/cursor-places/find", test_find);

  return g_test_run ();
}
