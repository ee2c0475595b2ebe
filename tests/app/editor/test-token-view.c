/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/editor/td-text-buffer-private.h"
#include "token-view-fixture.h"

/* What a TdTokenView draws. */

static void
assert_same_drawn (GArray *a,
                   GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const Drawn *one = &g_array_index (a, Drawn, i);
      const Drawn *other = &g_array_index (b, Drawn, i);

      g_assert_cmpint (one->color, ==, other->color);
      g_assert_true (graphene_rect_equal (&one->rect, &other->rect));
    }
}

static const Drawn *
get_nth (GArray *drawn,
         guint   n)
{
  g_assert_cmpuint (n, <, drawn->len);

  return &g_array_index (drawn, Drawn, n);
}

static void
assert_band (GArray *drawn,
             guint   n,
             int     color,
             float   x,
             float   width)
{
  const Drawn *one = get_nth (drawn, n);

  g_assert_cmpint (one->color, ==, color);
  g_assert_cmpfloat (one->rect.origin.x, ==, x);
  g_assert_cmpfloat (one->rect.size.width, ==, width);
}

/* Tests ------------------------------------------------------------------------------------------------------------ */

/* "Hello| world|!" in o200k_base */
static void
test_line (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GArray) drawn = NULL;
  float x;
  float x1;
  float x2;
  float x3;

  token_view_set_text (fixture, "Hello world!");
  drawn = token_view_get_drawn (fixture);
  x = token_view_get_place (fixture, 0).origin.x;
  x1 = token_view_get_place (fixture, 5).origin.x;
  x2 = token_view_get_place (fixture, 11).origin.x;
  x3 = token_view_get_place (fixture, 12).origin.x;

  g_assert_cmpuint (drawn->len, ==, 3);
  assert_band (drawn, 0, 0, x, x1 - x);
  assert_band (drawn, 1, 1, x1, x2 - x1);
  assert_band (drawn, 2, 2, x2, x3 - x2);
  g_assert_cmpfloat (get_nth (drawn, 0)->rect.origin.y, ==, token_view_get_place (fixture, 0).origin.y);
  g_assert_cmpfloat (get_nth (drawn, 0)->rect.size.height, ==, token_view_get_place (fixture, 0).size.height);
}

/* Colours start anew on each line; the line ends are bands too. */
static void
test_lines (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GArray) drawn = NULL;

  token_view_set_text (fixture, "one\ntwo");
  drawn = token_view_get_drawn (fixture);

  g_assert_cmpuint (drawn->len, ==, 3);
  g_assert_cmpint (get_nth (drawn, 0)->color, ==, 0);
  g_assert_cmpint (get_nth (drawn, 1)->color, ==, 1);
  g_assert_cmpfloat (get_nth (drawn, 1)->rect.origin.x, ==, token_view_get_place (fixture, 3).origin.x);
  g_assert_cmpfloat (get_nth (drawn, 1)->rect.origin.y, ==, token_view_get_place (fixture, 0).origin.y);
  g_assert_cmpint (get_nth (drawn, 2)->color, ==, 0);
  g_assert_cmpfloat (get_nth (drawn, 2)->rect.origin.y, ==, token_view_get_place (fixture, 4).origin.y);
}

/* A token over a line end keeps its colour below, and what follows it there looks different. */
static void
test_token_over_lines (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GArray) drawn = NULL;

  token_view_set_text (fixture, "one\n\ntwo");
  drawn = token_view_get_drawn (fixture);

  g_assert_cmpuint (drawn->len, ==, 4);
  g_assert_cmpint (get_nth (drawn, 1)->color, ==, 1);
  g_assert_cmpint (get_nth (drawn, 2)->color, ==, 1);
  g_assert_cmpfloat (get_nth (drawn, 2)->rect.origin.y, >, get_nth (drawn, 1)->rect.origin.y);
  g_assert_cmpint (get_nth (drawn, 3)->color, ==, 0);
}

/* 刘 is two tokens in cl100k_base: two halves of the glyph and a tick between them. */
static void
test_split_character (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GArray) drawn = NULL;
  graphene_rect_t place;
  float left;

  td_document_set_encoding (fixture->document, TK_ENCODING_CL100K_BASE);
  token_view_set_text (fixture, "刘");
  drawn = token_view_get_drawn (fixture);
  place = token_view_get_place (fixture, 0);
  left = (float) (int) (place.size.width / 2);

  g_assert_cmpuint (drawn->len, ==, 3);
  assert_band (drawn, 0, 0, place.origin.x, left);
  assert_band (drawn, 1, 1, place.origin.x + left, place.size.width - left);
  assert_band (drawn, 2, -1, place.origin.x + left, 1);
}

/* Every token boundary of a text shows: nothing is lost however a character is split. */
static void
test_no_lost_boundary (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char * const texts[] = {
    "我是刘志军", "🎉🎉", "👨‍👩‍👧 family", "e\xCC\x81tude", "龘靐齉", "𠜎𠜱", "a\xE2\x80\x8D" "b", "ภาษาไทย", "नमस्ते",
  };
  static const TkEncodingId encodings[] = { TK_ENCODING_R50K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_O200K_BASE };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (encodings); j++)
        {
          g_autoptr (GArray) drawn = NULL;
          guint64 n_tokens;
          guint n_shown = 0;

          td_document_set_encoding (fixture->document, encodings[j]);
          token_view_set_text (fixture, texts[i]);
          drawn = token_view_get_drawn (fixture);
          g_assert_true (td_document_get_token_count (fixture->document, encodings[j], &n_tokens));

          for (guint k = 0; k < drawn->len; k++)
            n_shown += get_nth (drawn, k)->color >= 0;
          /* A token without width of its own is a tick instead. */
          if (n_shown < n_tokens)
            n_shown = drawn->len;
          g_test_message ("“%s”: %u shown, %" G_GUINT64_FORMAT " tokens", texts[i], n_shown, n_tokens);
          g_assert_cmpuint (n_shown, >=, n_tokens);
        }
    }
}

static void
test_wrapped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GArray) drawn = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  float bottom = 0;

  for (guint i = 0; i < 60; i++)
    g_string_append (text, "internationalization ");
  token_view_set_text (fixture, text->str);
  drawn = token_view_get_drawn (fixture);

  for (guint i = 0; i < drawn->len; i++)
    {
      const Drawn *one = get_nth (drawn, i);

      g_assert_cmpint (one->color, >=, 0);
      g_assert_cmpfloat (one->rect.origin.x + one->rect.size.width, <=,
                         gtk_widget_get_width (GTK_WIDGET (fixture->view)));
      bottom = MAX (bottom, one->rect.origin.y);
    }
  g_assert_cmpfloat (bottom, >, token_view_get_place (fixture, 0).origin.y);
}

/* The bands of a text from right to left cover its characters, and nothing else. */
static void
test_right_to_left (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char text[] = "שלום עולם abc 123";
  g_autoptr (GArray) drawn = NULL;
  glong n_characters = g_utf8_strlen (text, -1);

  token_view_set_text (fixture, text);
  drawn = token_view_get_drawn (fixture);
  g_assert_cmpuint (drawn->len, >, 2);

  for (int i = 0; i < n_characters; i++)
    {
      graphene_rect_t place = token_view_get_place (fixture, i);
      graphene_point_t center = GRAPHENE_POINT_INIT (place.origin.x + place.size.width / 2,
                                                     place.origin.y + place.size.height / 2);
      guint n_over = 0;

      for (guint j = 0; j < drawn->len; j++)
        n_over += get_nth (drawn, j)->color >= 0 && graphene_rect_contains_point (&get_nth (drawn, j)->rect, &center);
      g_assert_cmpuint (n_over, ==, 1);
    }
}

/* Whatever is kept from earlier frames equals what painting everything anew gives. */
static void
test_edits (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const pieces[] = {
    "a", " b", "\n", "\n\n", "\r\n", "我是刘", "🎉", "  ", "\t", "word word ", "שלום", "e\xCC\x81", "{\n  x;\n}\n",
  };

  token_view_set_text (fixture, "start\nof\n\nthe text\n");
  for (guint i = 0; i < 100; i++)
    {
      int n_characters = gtk_text_buffer_get_char_count (fixture->buffer);
      g_autoptr (GArray) live = NULL;
      g_autoptr (GArray) anew = NULL;
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_iter_at_offset (fixture->buffer, &start, g_test_rand_int_range (0, n_characters + 1));
      end = start;
      gtk_text_iter_forward_chars (&end, g_test_rand_int_range (0, 8));
      /* No key goes between CR and LF, and GTK breaks down at a CR that is left alone at the end of the text. */
      _td_text_buffer_leave_line_end (&start);
      _td_text_buffer_leave_line_end (&end);
      if (g_test_rand_int_range (0, 3) == 0)
        gtk_text_buffer_delete (fixture->buffer, &start, &end);
      else if (g_test_rand_int_range (0, 6) == 0)
        td_text_buffer_undo (TD_TEXT_BUFFER (fixture->buffer));
      else
        gtk_text_buffer_insert (fixture->buffer, &start, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))], -1);
      if (i % 20 == 0)
        td_document_set_encoding (fixture->document, i % 40 == 0 ? TK_ENCODING_R50K_BASE : TK_ENCODING_O200K_BASE);

      live = token_view_get_drawn (fixture);
      /* Setting a margin there and back throws all away. */
      gtk_text_view_set_left_margin (GTK_TEXT_VIEW (fixture->view), 11);
      gtk_text_view_set_left_margin (GTK_TEXT_VIEW (fixture->view), 10);
      anew = token_view_get_drawn (fixture);
      assert_same_drawn (live, anew);
    }
}

/* Long lines are painted in parts, and only where they show. */
static void
test_long_lines (Fixture       *fixture,
                 gconstpointer  data)
{
  for (guint length = 3000; length <= 300000; length *= 10)
    {
      g_autofree char *line = g_strnfill (length, 'x');
      g_autoptr (GArray) drawn = NULL;
      g_autoptr (GArray) drawn_at_end = NULL;
      GtkTextIter end;

      for (guint i = 0; i < length; i += 5)
        line[i] = ' ';
      token_view_set_text (fixture, line);
      drawn = token_view_get_drawn (fixture);
      g_assert_cmpuint (drawn->len, >, 100);
      g_assert_cmpuint (drawn->len, <, 3000);

      gtk_text_buffer_get_end_iter (fixture->buffer, &end);
      gtk_text_buffer_place_cursor (fixture->buffer, &end);
      gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (fixture->view), gtk_text_buffer_get_insert (fixture->buffer),
                                    0, FALSE, 0, 0);
      drawn_at_end = token_view_get_drawn (fixture);
      g_assert_cmpuint (drawn_at_end->len, >, 100);
    }
}

/* What edits leave of the cached bands of a soft-broken line is what painting it anew gives. */
static void
test_edits_of_long_line (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GString) line = g_string_new (NULL);

  while (line->len < 20000)
    g_string_append (line, "{\"key\":12345,\"值\":[\"a b\"]},");
  token_view_set_text (fixture, line->str);

  for (guint i = 0; i < 40; i++)
    {
      int n_characters = gtk_text_buffer_get_char_count (fixture->buffer);
      g_autoptr (GArray) live = NULL;
      g_autoptr (GArray) anew = NULL;
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_iter_at_offset (fixture->buffer, &start,
                                          g_test_rand_int_range (0, MIN (n_characters, 5000) + 1));
      end = start;
      gtk_text_iter_forward_chars (&end, g_test_rand_int_range (0, 2500));
      if (g_test_rand_int_range (0, 3) == 0)
        gtk_text_buffer_delete (fixture->buffer, &start, &end);
      else if (g_test_rand_int_range (0, 3) == 0)
        td_text_buffer_undo (TD_TEXT_BUFFER (fixture->buffer));
      else
        gtk_text_buffer_insert (fixture->buffer, &start, line->str, g_test_rand_int_range (1, 10));

      live = token_view_get_drawn (fixture);
      gtk_text_view_set_left_margin (GTK_TEXT_VIEW (fixture->view), 11);
      gtk_text_view_set_left_margin (GTK_TEXT_VIEW (fixture->view), 10);
      anew = token_view_get_drawn (fixture);
      assert_same_drawn (live, anew);
    }
}

/* Places that follow from others are where GTK has them. */
static void
test_regular_rows (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char text[] =
    "A long paragraph of plain words, “quotes” and – dashes, which the view has to break over several rows; "
    "我们是中国人，我们是中国人。我们是中国人，我们是中国人。我们是中国人，我们是中国人。"
    "mixed 中国 text 我们 with both 人 in it 中国 and more 我们 of it, naïve café, Привет, мир, tab\there.\n"
    "\t\tindented with\ttabs → arrows ├─ boxes, 中国 \t人\n"
    "हिन्दी में क्षत्रिय 👩🏽‍🚀👨‍👩‍👧 eÌ 中国 and plain words behind them";
  g_autoptr (GArray) drawn = NULL;
  glong n_characters = g_utf8_strlen (text, -1);

  token_view_set_text (fixture, text);
  drawn = token_view_get_drawn (fixture);
  for (guint i = 0; i < drawn->len; i++)
    {
      const Drawn *one = get_nth (drawn, i);
      gboolean found = one->color < 0;

      for (int j = 0; j < n_characters && !found; j++)
        {
          graphene_rect_t place = token_view_get_place (fixture, j);

          /* The parts of a divided character begin within it. */
          found = one->rect.origin.x >= place.origin.x - 1 &&
                  one->rect.origin.x <= place.origin.x + place.size.width + 1 &&
                  place.origin.y == one->rect.origin.y && place.size.height == one->rect.size.height;
        }
      g_test_message ("band %u at %g, %g, %g high", i, one->rect.origin.x, one->rect.origin.y, one->rect.size.height);
      g_assert_true (found);
    }
}

static void
test_line_numbers (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkSourceGutter *gutter = gtk_source_view_get_gutter (GTK_SOURCE_VIEW (fixture->view), GTK_TEXT_WINDOW_LEFT);
  int width;

  token_view_set_broken_text (fixture);
  td_token_view_set_line_numbers (fixture->view, TRUE);
  g_assert_true (td_token_view_get_line_numbers (fixture->view));
  token_view_wait_until_painted (fixture);
  width = gtk_widget_get_width (GTK_WIDGET (gutter));
  g_assert_cmpint (width, >, 10);

  /* Seven lines of the view for each of these are no reason for a third digit. */
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *line = g_strnfill (12000, 'x');
      GtkTextIter end;

      gtk_text_buffer_get_end_iter (fixture->buffer, &end);
      gtk_text_buffer_insert (fixture->buffer, &end, "\n", -1);
      gtk_text_buffer_insert (fixture->buffer, &end, line, -1);
    }
  token_view_wait_until_painted (fixture);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (gutter)), ==, width);

  token_view_set_text (fixture, "");
  for (guint i = 0; i < 120; i++)
    gtk_text_buffer_insert_at_cursor (fixture->buffer, "\n", -1);
  token_view_wait_until_painted (fixture);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (gutter)), >, width);

  td_token_view_set_line_numbers (fixture->view, FALSE);
  g_assert_false (td_token_view_get_line_numbers (fixture->view));
  fixture->had_gutter = TRUE;
}

/* The start of a long text can be painted before all of it is counted. */
static void
test_first_screen_early (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize end;

  while (text->len < 3000000)
    g_string_append_printf (text, "Line %" G_GSIZE_FORMAT " of a text that takes a while to count.\n", text->len);
  gtk_text_buffer_set_text (fixture->buffer, text->str, -1);
  while (td_document_get_painted_tokens (fixture->document, &end) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (td_document_get_token_map (fixture->document));
  g_assert_cmpuint (end, >, 10000);
  g_assert_cmpuint (end, <, 100000);

  token_view_wait_until_painted (fixture);
  td_document_get_painted_tokens (fixture->document, &end);
  g_assert_cmpuint (end, ==, text->len);
}

/* CRLF is one stub where it is one token, and two parts where it is two. */
static void
test_crlf (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GArray) one_token = NULL;
  g_autoptr (GArray) two_tokens = NULL;

  token_view_set_text (fixture, "a\r\nb");
  one_token = token_view_get_drawn (fixture);
  g_assert_cmpuint (one_token->len, ==, 3);
  g_assert_cmpint (get_nth (one_token, 1)->color, ==, 1);

  td_document_set_encoding (fixture->document, TK_ENCODING_R50K_BASE);
  two_tokens = token_view_get_drawn (fixture);
  g_assert_cmpuint (two_tokens->len, ==, 5);
  g_assert_cmpint (get_nth (two_tokens, 1)->color, ==, 1);
  g_assert_cmpint (get_nth (two_tokens, 2)->color, ==, 2);
  g_assert_cmpint (get_nth (two_tokens, 3)->color, ==, -1);
  g_assert_cmpint (get_nth (two_tokens, 4)->color, ==, 0);
}

static void
test_boundaries (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GArray) drawn = NULL;

  token_view_set_text (fixture, "Hello world");
  g_assert_false (td_token_view_get_show_boundaries (fixture->view));
  td_token_view_set_show_boundaries (fixture->view, TRUE);
  g_assert_true (td_token_view_get_show_boundaries (fixture->view));
  drawn = token_view_get_drawn (fixture);
  g_assert_cmpuint (drawn->len, ==, 2);
}

static void
test_placeholder (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GArray) drawn = NULL;

  td_token_view_set_placeholder_text (fixture->view, "Type here");
  g_assert_cmpstr (td_token_view_get_placeholder_text (fixture->view), ==, "Type here");
  gtk_test_accessible_assert_property (fixture->view, GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, "Type here");
  drawn = token_view_get_drawn (fixture);
  g_assert_cmpuint (drawn->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD_TEST ("line", test_line);
  ADD_TEST ("lines", test_lines);
  ADD_TEST ("token-over-lines", test_token_over_lines);
  ADD_TEST ("split-character", test_split_character);
  ADD_TEST ("no-lost-boundary", test_no_lost_boundary);
  ADD_TEST ("wrapped", test_wrapped);
  ADD_TEST ("right-to-left", test_right_to_left);
  ADD_TEST ("edits", test_edits);
  ADD_TEST ("long-lines", test_long_lines);
  ADD_TEST ("edits-of-long-line", test_edits_of_long_line);
  ADD_TEST ("regular-rows", test_regular_rows);
  ADD_TEST ("line-numbers", test_line_numbers);
  ADD_TEST ("first-screen-early", test_first_screen_early);
  ADD_TEST ("boundaries", test_boundaries);
  ADD_TEST ("crlf", test_crlf);
  ADD_TEST ("placeholder", test_placeholder);

  return token_view_run_tests ();
}
