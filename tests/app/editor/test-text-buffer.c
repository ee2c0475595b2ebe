/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "app/editor/td-break-place.h"
#include "app/editor/td-text-buffer-private.h"

/* Everything that must hold of the buffer, whatever was done to it. */
static void
assert_is (TdTextBuffer *buffer,
           const char   *text)
{
  GtkTextBuffer *text_buffer = GTK_TEXT_BUFFER (buffer);
  const TdSoftBreaks *breaks = td_text_buffer_get_soft_breaks (buffer);
  g_autofree char *got = td_text_buffer_dup_text (buffer, 0, G_MAXSIZE);
  gsize n_breaks = 0;
  gsize view = 0;
  gsize found;
  GtkTextIter line;

  g_assert_cmpstr (got, ==, text);
  g_assert_cmpuint (td_text_buffer_get_n_characters (buffer), ==, g_utf8_strlen (text, -1));
  g_assert_true (td_soft_breaks_validate (breaks));

  for (; td_soft_breaks_find_next (breaks, view, &found); view = found + 1)
    {
      GtkTextIter iter;

      gtk_text_buffer_get_iter_at_offset (text_buffer, &iter, (int) found);
      g_assert_cmpuint (gtk_text_iter_get_char (&iter), ==, 0x2029);
      /* None beside a line end or another. */
      g_assert_false (gtk_text_iter_starts_line (&iter));
      gtk_text_iter_forward_char (&iter);
      g_assert_false (gtk_text_iter_ends_line (&iter));
      n_breaks++;
    }
  g_assert_cmpuint (td_soft_breaks_get_n (breaks), ==, n_breaks);

  gtk_text_buffer_get_start_iter (text_buffer, &line);
  do
    g_assert_cmpint (gtk_text_iter_get_chars_in_line (&line), <=, TD_LONGEST_PIECE + 2);
  while (gtk_text_iter_forward_line (&line));
}

static char *
make_line (gsize length)
{
  static const char * const pieces[] = { "word", " ", "\"key\":", "123", "我是刘", "e\xCC\x81", "👨‍👩‍👧", ",", "_" };
  GString *text = g_string_new (NULL);

  while (text->len < length)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

static void
set_text (TdTextBuffer *buffer,
          const char   *text)
{
  td_text_buffer_begin_irreversible (buffer);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text, -1);
  td_text_buffer_end_irreversible (buffer);
}

/* With its soft breaks. */
static char *
dup_view (TdTextBuffer *buffer)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);

  return gtk_text_iter_get_slice (&start, &end);
}

static void
test_set_text (void)
{
  static const gsize lengths[] = { 0, 1, TD_LONGEST_PIECE, TD_LONGEST_PIECE + 1, 100000 };
  static const char * const ends[] = { "", "\n", "\r\n", "\r", "\xE2\x80\xA9", "\n\n", "x\n" };
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (ends); j++)
        {
          g_autofree char *line = g_strnfill (lengths[i], 'a');
          g_autofree char *text = g_strconcat ("first\n", line, ends[j], line, ends[j], NULL);

          set_text (buffer, text);
          assert_is (buffer, text);
        }
    }
}

/* After a large insertion only its ends are looked through, because nothing is left to mend in the middle. */
static void
test_large_insertion (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 30; i++)
    {
      gsize n_characters = td_text_buffer_get_n_characters (buffer);
      gsize first = (gsize) g_test_rand_int_range (0, (int) n_characters + 1);
      g_autoptr (GString) piece = g_string_new (NULL);
      g_autofree char *places = NULL;
      g_autofree char *mended = NULL;
      GtkTextIter iter;

      while (piece->len < 60000)
        {
          g_autofree char *line = make_line ((gsize) g_test_rand_int_range (0, g_test_rand_bit () ? 100 : 14000));

          g_string_append_printf (piece, "%s%s", line, g_test_rand_bit () ? "\n" : g_test_rand_bit () ? "\r\n" : "");
        }
      td_text_buffer_get_iter_at_character (buffer, &iter, first);
      gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), &iter, piece->str, -1);
      g_string_insert (text, g_utf8_offset_to_pointer (text->str, (glong) first) - text->str, piece->str);
      assert_is (buffer, text->str);

      places = dup_view (buffer);
      _td_text_buffer_arrange (buffer, 0, td_text_buffer_get_n_characters (buffer));
      mended = dup_view (buffer);
      g_assert_cmpstr (places, ==, mended);
    }
}

static void
test_short_lines_stay (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "line %u\r\n", i);
  set_text (buffer, text->str);
  g_assert_cmpuint (td_soft_breaks_get_n (td_text_buffer_get_soft_breaks (buffer)), ==, 0);
  assert_is (buffer, text->str);
}

/* Where the text has room for it, a break is between tokens of every encoding and never inside of a character. */
static void
test_places (void)
{
  static const char words[] = "some words, and \"some\":[1,2]";
  g_autofree char *letters = g_strnfill (3000, 'a');
  g_autofree char *line = make_line (20000);
  g_autoptr (GString) clusters = g_string_new (NULL);
  gsize place;

  for (gsize i = 5; i < sizeof words - 1; i++)
    {
      place = td_break_place_find (words, sizeof words - 1, i);
      g_assert_cmpuint (place, >, 0);
      g_assert_cmpuint (place, <=, i);
      g_assert_true (g_ascii_isalnum (words[place - 1]));
      g_assert_false (g_ascii_isalnum (words[place]));
    }

  g_assert_cmpuint (td_break_place_find (letters, 3000, 2000), ==, 2000);
  g_assert_cmpuint (td_break_place_find ("don't", 5, 4), ==, 4);

  for (guint i = 0; i < 100; i++)
    g_string_append (clusters, "👨‍👩‍👧");
  place = td_break_place_find (clusters->str, clusters->len, 252);
  g_assert_cmpuint (place, ==, 250);
  g_assert_true (td_break_place_is_inside (0x1F468, 0x200D));
  g_assert_true (td_break_place_is_inside ('e', 0x301));
  g_assert_false (td_break_place_is_inside ('e', 'f'));

  for (gsize i = 300; i < 4000; i += 7)
    {
      const char *p;

      place = td_break_place_find (line, strlen (line), i);
      p = g_utf8_offset_to_pointer (line, (glong) place);
      g_assert_false (td_break_place_is_inside (g_utf8_get_char (g_utf8_prev_char (p)), g_utf8_get_char (p)));
    }
}

/* One endless character must not make the buffer look for a place for ever. */
static void
test_endless_cluster (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  g_autoptr (GString) text = g_string_new ("e");

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "\xCC\x81");
  set_text (buffer, text->str);
  assert_is (buffer, text->str);
}

static void
test_mark_comes_to_break (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  g_autofree char *line = g_strnfill (10000, 'a');
  g_autoptr (GString) text = g_string_new (line);
  gsize found;
  GtkTextIter iter;

  set_text (buffer, line);
  g_assert_true (td_soft_breaks_find_next (td_text_buffer_get_soft_breaks (buffer), 0, &found));
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter, (int) found + 1);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), &iter, "\xCC\x81", -1);
  g_string_insert (text, (gssize) found, "\xCC\x81");
  assert_is (buffer, text->str);

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter, 0);
  gtk_text_iter_forward_line (&iter);
  g_assert_cmpuint (gtk_text_iter_get_char (&iter), ==, 'a');
}

/* The document's text against a string that the same is done to, with everything undone and done again at times. */
static void
test_random_edits (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  GtkTextBuffer *text_buffer = GTK_TEXT_BUFFER (buffer);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n_done = 0;

  g_ptr_array_add (texts, make_line (30000));
  set_text (buffer, g_ptr_array_index (texts, 0));

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GString) text = g_string_new (g_ptr_array_index (texts, n_done));
      gsize n_characters = td_text_buffer_get_n_characters (buffer);
      gsize first = (gsize) g_test_rand_int_range (0, (int) n_characters + 1);
      gsize n_removed = (gsize) g_test_rand_int_range (0, g_test_rand_bit () ? 30 : 6000);
      gsize end = MIN (n_characters, first + n_removed);
      g_autofree char *piece = NULL;
      GtkTextIter start;
      GtkTextIter stop;
      char *from;
      char *to;

      if (g_test_rand_int_range (0, 5) == 0 && n_done > 0)
        {
          td_text_buffer_undo (buffer);
          assert_is (buffer, g_ptr_array_index (texts, --n_done));
          continue;
        }
      if (g_test_rand_int_range (0, 6) == 0 && n_done + 1 < texts->len)
        {
          td_text_buffer_redo (buffer);
          assert_is (buffer, g_ptr_array_index (texts, ++n_done));
          continue;
        }

      piece = make_line (g_test_rand_bit () ? 12 : (gsize) g_test_rand_int_range (12, 9000));
      if (g_test_rand_int_range (0, 4) == 0)
        {
          g_autofree char *with_line_end = g_strconcat ("\n", piece, NULL);

          g_set_str (&piece, with_line_end);
        }
      td_text_buffer_get_iter_at_character (buffer, &start, first);
      td_text_buffer_get_iter_at_character (buffer, &stop, end);
      from = g_utf8_offset_to_pointer (text->str, (glong) first);
      to = g_utf8_offset_to_pointer (from, (glong) (end - first));

      gtk_text_buffer_begin_user_action (text_buffer);
      gtk_text_buffer_delete (text_buffer, &start, &stop);
      gtk_text_buffer_insert (text_buffer, &start, piece, -1);
      gtk_text_buffer_end_user_action (text_buffer);
      /* The iterator is where the text ends now. */
      g_assert_cmpuint (td_text_buffer_get_character (&start), ==, first + (gsize) g_utf8_strlen (piece, -1));

      first = (gsize) (from - text->str);
      g_string_erase (text, (gssize) first, to - from);
      g_string_insert (text, (gssize) first, piece);
      assert_is (buffer, text->str);

      g_ptr_array_set_size (texts, (int) ++n_done);
      g_ptr_array_add (texts, g_strdup (text->str));
    }

  while (td_text_buffer_get_undoable (buffer))
    td_text_buffer_undo (buffer);
  assert_is (buffer, g_ptr_array_index (texts, 0));
  g_assert_false (gtk_text_buffer_get_modified (text_buffer) && n_done == 0);
}

/* After that a search of the buffer finds what a search of the document finds. */
static void
test_keep_together (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  GtkTextBuffer *text_buffer = GTK_TEXT_BUFFER (buffer);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_found = 0;
  GtkTextIter iter;
  GtkTextIter end;

  while (text->len < 100000)
    g_string_append (text, "one TWO three ");
  set_text (buffer, text->str);
  gtk_text_buffer_set_modified (text_buffer, FALSE);
  td_text_buffer_keep_together (buffer, "two THREE one", FALSE);
  assert_is (buffer, text->str);
  g_assert_false (gtk_text_buffer_get_modified (text_buffer));
  g_assert_false (td_text_buffer_get_undoable (buffer));

  gtk_text_buffer_get_start_iter (text_buffer, &iter);
  while (gtk_text_iter_forward_search (&iter, "TWO three one", GTK_TEXT_SEARCH_TEXT_ONLY, &iter, &end, NULL))
    {
      n_found++;
      gtk_text_iter_forward_char (&iter);
    }
  g_assert_cmpuint (n_found, ==, text->len / strlen ("one TWO three ") - 1);
}

static void
test_lines (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  g_autofree char *line = g_strnfill (20000, 'a');
  g_autofree char *text = g_strconcat ("one\n", line, "\nthree", NULL);
  GtkTextIter iter;

  set_text (buffer, text);
  td_text_buffer_get_iter_at_character (buffer, &iter, 15000);
  g_assert_cmpint (td_text_buffer_get_line (&iter), ==, 1);
  g_assert_cmpint (gtk_text_iter_get_line (&iter), >, 2);
  gtk_text_iter_set_line_offset (&iter, 0);
  g_assert_true (gtk_text_iter_starts_line (&iter));
  g_assert_false (td_text_buffer_starts_line (&iter));
  gtk_text_iter_backward_char (&iter);
  g_assert_true (td_text_buffer_is_soft_break (&iter));
  g_assert_false (td_text_buffer_ends_line (&iter));
  td_text_buffer_get_iter_at_character (buffer, &iter, 4);
  g_assert_true (td_text_buffer_starts_line (&iter));
  td_text_buffer_get_iter_at_character (buffer, &iter, 20004);
  g_assert_true (td_text_buffer_ends_line (&iter));
  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (buffer), &iter);
  g_assert_cmpint (td_text_buffer_get_line (&iter), ==, 2);
  g_assert_true (td_text_buffer_ends_line (&iter));
}

/* Undoing to what was saved is not a change, and redoing from there is one. */
static void
test_modified (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  GtkTextBuffer *text_buffer = GTK_TEXT_BUFFER (buffer);
  g_autofree char *line = g_strnfill (TD_LONGEST_PIECE, 'a');

  set_text (buffer, line);
  gtk_text_buffer_set_modified (text_buffer, FALSE);
  g_assert_false (td_text_buffer_get_undoable (buffer));

  gtk_text_buffer_insert_at_cursor (text_buffer, "bb", -1);
  g_assert_true (gtk_text_buffer_get_modified (text_buffer));
  g_assert_true (td_text_buffer_get_undoable (buffer));
  td_text_buffer_undo (buffer);
  g_assert_false (gtk_text_buffer_get_modified (text_buffer));
  g_assert_false (td_text_buffer_get_undoable (buffer));
  g_assert_true (td_text_buffer_get_redoable (buffer));
  td_text_buffer_redo (buffer);
  g_assert_true (gtk_text_buffer_get_modified (text_buffer));
  gtk_text_buffer_set_modified (text_buffer, FALSE);
  td_text_buffer_undo (buffer);
  g_assert_true (gtk_text_buffer_get_modified (text_buffer));
}

/* GTK breaks down when the cursor is between CR and LF. */
static void
test_cursor_leaves_line_end (void)
{
  g_autoptr (TdTextBuffer) buffer = td_text_buffer_new ();
  GtkTextBuffer *text_buffer = GTK_TEXT_BUFFER (buffer);
  GtkTextIter start;
  GtkTextIter end;

  set_text (buffer, "a\rxx\nb");
  gtk_text_buffer_get_iter_at_offset (text_buffer, &start, 2);
  gtk_text_buffer_get_iter_at_offset (text_buffer, &end, 4);
  gtk_text_buffer_place_cursor (text_buffer, &end);
  gtk_text_buffer_delete (text_buffer, &start, &end);
  assert_is (buffer, "a\r\nb");
  gtk_text_buffer_get_iter_at_mark (text_buffer, &start, gtk_text_buffer_get_insert (text_buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, 1);

  td_text_buffer_undo (buffer);
  assert_is (buffer, "a\rxx\nb");
  td_text_buffer_redo (buffer);
  gtk_text_buffer_get_iter_at_mark (text_buffer, &start, gtk_text_buffer_get_insert (text_buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-buffer/set-text", test_set_text);
  g_test_add_func ("/text-buffer/large-insertion", test_large_insertion);
  g_test_add_func ("/text-buffer/short-lines-stay", test_short_lines_stay);
  g_test_add_func ("/text-buffer/places", test_places);
  g_test_add_func ("/text-buffer/endless-cluster", test_endless_cluster);
  g_test_add_func ("/text-buffer/mark-comes-to-break", test_mark_comes_to_break);
  g_test_add_func ("/text-buffer/random-edits", test_random_edits);
  g_test_add_func ("/text-buffer/keep-together", test_keep_together);
  g_test_add_func ("/text-buffer/lines", test_lines);
  g_test_add_func ("/text-buffer/modified", test_modified);
  g_test_add_func ("/text-buffer/cursor-leaves-line-end", test_cursor_leaves_line_end);

  return g_test_run ();
}
