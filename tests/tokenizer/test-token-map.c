/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The token map: asking, editing, failing. Random edits are in test-token-map-random.c. */

#include "tk-test-document.h"

#include <string.h>

/* Asking ----------------------------------------------------------------------------------------------------------- */

/* Every byte, character, line and token of a text is found. */
static void
check_seeks (TkTestDocument *doc)
{
  TkExtent total = tk_token_map_get_total (doc->map);
  TkExtent at = { 0 };
  TkTokenIter iter;
  TkToken token;

  for (guint i = 0; i < doc->lengths->len; i++)
    {
      TkExtent before = at;

      tk_test_extend (&at, doc->text->str + at.bytes, g_array_index (doc->lengths, guint32, i));
      for (gsize byte = before.bytes; byte < at.bytes; byte++)
        {
          g_assert_true (tk_token_map_seek_byte (doc->map, byte, &iter));
          assert_extent (&iter.at, &before);
        }
      for (gsize character = before.characters; character < at.characters; character++)
        {
          g_assert_true (tk_token_map_seek_character (doc->map, character, &iter));
          assert_extent (&iter.at, &before);
        }
      for (gsize line = before.newlines + 1; line <= at.newlines; line++)
        {
          g_assert_true (tk_token_map_seek_line (doc->map, line, &iter));
          assert_extent (&iter.at, &before);
        }
      g_assert_true (tk_token_map_seek_token (doc->map, i, &iter));
      assert_extent (&iter.at, &before);
      g_assert_true (tk_token_iter_next (&iter, &token));
      assert_extent (&token.start, &before);
      assert_extent (&iter.at, &at);
    }
  assert_extent (&at, &total);

  g_assert_false (tk_token_map_seek_byte (doc->map, total.bytes, &iter));
  assert_extent (&iter.at, &total);
  g_assert_false (tk_token_iter_next (&iter, &token));
  g_assert_false (tk_token_map_seek_character (doc->map, total.characters, &iter));
  g_assert_false (tk_token_map_seek_line (doc->map, total.newlines + 1, &iter));
  g_assert_false (tk_token_map_seek_token (doc->map, total.tokens + 7, &iter));
  g_assert_true (tk_token_map_seek_line (doc->map, 0, &iter) == (total.tokens > 0));
}

static void
test_seek (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    {
      g_autoptr (TkTestDocument) doc = tk_test_document_new (id, TK_SPECIAL_AS_TEXT);
      g_autoptr (GString) text = g_string_new (NULL);

      check_seeks (doc);
      for (gint i = 0; i < 5; i++)
        {
          tk_test_random (doc->rand, text, (unsigned) g_rand_int_range (doc->rand, 1, 2500));
          tk_test_document_set_text (doc, text->str, text->len);
          check_seeks (doc);
        }
    }
}

/* 刘 is two tokens in cl100k_base: the first has the character, the second has none. */
static void
test_split_character (void)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT);
  TkTokenIter iter;
  TkToken token;

  tk_test_document_set_text (doc, "我是刘志军", strlen ("我是刘志军"));
  g_assert_cmpuint (tk_token_map_get_total (doc->map).tokens, ==, 7);
  g_assert_true (tk_token_map_seek_character (doc->map, 2, &iter));
  g_assert_true (tk_token_iter_next (&iter, &token));
  g_assert_cmpuint (token.start.tokens, ==, 2);
  g_assert_cmpuint (token.start.bytes, ==, 6);
  while (tk_token_iter_next (&iter, &token) && token.start.characters < 5)
    if (token.characters == 0)
      g_assert_cmpint ((guchar) doc->text->str[token.start.bytes] & 0xc0, ==, 0x80);
  g_assert_true (tk_token_map_get_encoding (doc->map) == tk_test_encoding (TK_ENCODING_CL100K_BASE));
}

/* Editing ---------------------------------------------------------------------------------------------------------- */

/* What changes is what must: typing in the middle of prose touches a word. */
static void
test_change_is_small (void)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT);
  TkChange change;
  TkEdit edit;

  tk_test_document_set_text (doc, "Hello, world and\nmore", 21);
  tk_test_document_edit_text (doc, 12, 0, ".", 1, &edit);
  g_assert_true (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, NULL));
  g_assert_cmpuint (change.start.tokens, ==, 3);
  g_assert_cmpuint (change.start.characters, ==, 12);
  g_assert_cmpuint (change.old_tokens, ==, 0);
  g_assert_cmpuint (change.new_tokens, ==, 1);
  g_assert_cmpuint (change.old_characters, ==, 0);
  g_assert_cmpuint (change.new_characters, ==, 1);
  tk_test_document_check_map (doc);

  /* Nothing happened. */
  edit = (TkEdit) { 5, 0, 0 };
  g_assert_true (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, NULL));
  g_assert_cmpuint (change.old_tokens, ==, change.new_tokens);
  g_assert_cmpuint (change.old_characters, ==, change.new_characters);
  tk_test_document_check_map (doc);

  /* A letter of the same width is another token all the same. */
  tk_test_document_edit_text (doc, 7, 1, "W", 1, &edit);
  g_assert_true (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, NULL));
  g_assert_cmpuint (change.start.characters, <=, 7);
  g_assert_cmpuint (change.start.characters + change.new_characters, >, 7);
  g_assert_cmpuint (change.new_tokens, >, 0);
  tk_test_document_check_map (doc);

  tk_test_document_edit_text (doc, 0, tk_test_document_n_characters (doc), NULL, 0, &edit);
  g_assert_true (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, NULL, NULL));
  tk_test_document_check_map (doc);
}

/* Megabytes in and out at once, in front, in the middle and at the end. */
static void
test_big_edits (void)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT);
  g_autoptr (GString) big = g_string_new (NULL);
  g_autoptr (GString) part = g_string_new (NULL);
  gsize characters, third;

  while (big->len < 4 * 1000 * 1000)
    {
      tk_test_random (doc->rand, part, 100);
      g_string_append_len (big, part->str, (gssize) part->len);
      g_string_append (big, "The price of a token, 我是刘志军, is what it is.\n");
    }
  characters = (gsize) g_utf8_strlen (big->str, (gssize) big->len);
  tk_test_document_edit_and_check (doc, 0, 0, "Hello, world", 12);
  tk_test_document_edit_and_check (doc, 3, 0, big->str, big->len);
  tk_test_document_edit_and_check (doc, characters / 2, 1, " ", 1);
  tk_test_document_edit_and_check (doc, 5, characters - 5, NULL, 0);
  third = (gsize) (g_utf8_find_prev_char (big->str, big->str + big->len / 3) - big->str);
  tk_test_document_edit_and_check (doc, tk_test_document_n_characters (doc), 0, big->str, third);
  tk_test_document_edit_and_check (doc, 0, tk_test_document_n_characters (doc), "x", 1);
}

static void
test_memory (void)
{
  g_autofree gchar *path = g_test_build_filename (G_TEST_DIST, "..", "..", "LICENSE", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree gchar *license = NULL;
  TkTokenMap *map;
  gsize length;

  g_assert_true (g_file_get_contents (path, &license, &length, NULL));
  while (text->len < 2 * 1000 * 1000)
    {
      g_string_append_len (text, license, (gssize) length);
      g_string_append (text, "我是刘志军，住在北京。今天天气很好，我们去公园散步吧！\n");
    }
  map = tk_token_map_new (tk_test_encoding (TK_ENCODING_CL100K_BASE), TK_SPECIAL_AS_TEXT);
  g_assert_true (tk_token_map_build (map, text->str, text->len, NULL, NULL));
  g_test_message ("%.3f bytes per token",
                  (gdouble) tk_token_map_get_memory (map) / (gdouble) tk_token_map_get_total (map).tokens);
  g_assert_cmpuint (tk_token_map_get_memory (map) * 10, <=, tk_token_map_get_total (map).tokens * 12);
  tk_token_map_free (map);
  tk_token_map_free (NULL);
}

/* Failing ---------------------------------------------------------------------------------------------------------- */

static void
test_refuse_special (void)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_REFUSE);
  const gchar *filler = "some words before it, ";
  TkChange change;
  TkError error;
  TkEdit edit;

  for (gint i = 0; i < 20; i++)
    g_string_append (doc->text, filler);
  g_assert_true (tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error));
  tk_test_document_edit_text (doc, 220, 0, "<|endoftext", 11, &edit);
  g_assert_true (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, &error));
  tk_test_document_check_map (doc);
  tk_test_document_edit_text (doc, 231, 0, "|>", 2, &edit);
  g_assert_false (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_SPECIAL_TOKEN);
  g_assert_cmpuint (error.position, ==, 220);

  /* A text that may not be counted leaves the map as it is. */
  g_assert_false (tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_SPECIAL_TOKEN);
  g_assert_cmpuint (error.position, ==, 220);
  g_assert_true (tk_token_map_validate (doc->map, &error));
  g_assert_cmpuint (tk_token_map_get_total (doc->map).bytes, ==, doc->text->len - 2);

  /* Taking it back is an edit of a map that no longer fits; after a build all is well. */
  tk_test_document_edit_text (doc, 231, 2, NULL, 0, &edit);
  g_assert_true (tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error));
  tk_test_document_check_map (doc);
}

static void
test_invalid_utf8 (void)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT);
  TkChange change;
  TkError error;
  TkEdit edit;

  g_assert_false (tk_token_map_build (doc->map, "ab\xff" "cd", 5, NULL, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_UTF8);
  g_assert_cmpuint (error.position, ==, 2);
  g_assert_cmpuint (tk_token_map_get_total (doc->map).tokens, ==, 0);

  for (gint i = 0; i < 200; i++)
    g_string_append (doc->text, "刘志军 ");
  g_assert_true (tk_token_map_build (doc->map, doc->text->str, doc->text->len, NULL, &error));
  g_string_insert (doc->text, 1000, "\xc0");
  edit = (TkEdit) { 400, 0, 1 };
  g_assert_false (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_UTF8);
  g_assert_cmpuint (error.position, ==, 1000);
}

static void
test_bad_edits (void)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT);
  const TkEdit past[] = { { 12, 0, 0 }, { 3, 9, 0 }, { 0, G_MAXSIZE, 0 }, { G_MAXSIZE, 1, 1 } };
  TkChange change;
  TkError error;
  TkEdit edit;

  tk_test_document_set_text (doc, "Hello world", 11);
  for (gsize i = 0; i < G_N_ELEMENTS (past); i++)
    {
      g_assert_false (tk_token_map_splice (doc->map, &past[i], tk_test_document_read, doc, &change, &error));
      g_assert_cmpint (error.code, ==, TK_ERROR_OTHER_TEXT);
    }
  /* More was said to be inserted than there is. */
  edit = (TkEdit) { 11, 0, 5 };
  g_assert_false (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_OTHER_TEXT);

  edit = (TkEdit) { 5, 0, 0 };
  doc->fail_read = TRUE;
  g_assert_false (tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);
  g_assert_true (tk_token_map_validate (doc->map, &error));
}

/* A map that was not told of an edit gives wrong answers or an error, but nothing worse. */
static void
test_lying_reader (void)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT);
  g_autoptr (GString) text = g_string_new (NULL);
  gint n_failed = 0;

  for (gint i = 0; i < tk_test_n_edits (3000); i++)
    {
      TkChange change;
      TkError error;
      TkEdit edit;
      gsize n;

      if (i % 20 == 0)
        {
          tk_test_random (doc->rand, text, (unsigned) g_rand_int_range (doc->rand, 1, 300));
          tk_test_document_set_text (doc, text->str, text->len);
        }
      tk_test_random (doc->rand, text, (unsigned) g_rand_int_range (doc->rand, 1, 300));
      g_string_assign (doc->text, text->str);
      n = tk_token_map_get_total (doc->map).characters;
      edit.position = (gsize) g_rand_int_range (doc->rand, 0, (gint) n + 1);
      edit.removed = (gsize) g_rand_int_range (doc->rand, 0, (gint) (n - edit.position) + 1);
      edit.inserted = (gsize) g_rand_int_range (doc->rand, 0, 30);
      n_failed += !tk_token_map_splice (doc->map, &edit, tk_test_document_read, doc, &change, &error);
      if (!tk_token_map_validate (doc->map, &error))
        g_error ("%s", error.message);
    }
  g_assert_cmpint (n_failed, >, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT);
  g_autofree gchar *text = g_strnfill (1000 * 1000, 'x');
  atomic_bool cancelled = true;
  TkError error;

  tk_test_document_set_text (doc, "Hello world", 11);
  g_assert_false (tk_token_map_build (doc->map, text, strlen (text), &cancelled, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);
  tk_test_document_check_map (doc);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token-map/seek", test_seek);
  g_test_add_func ("/token-map/split-character", test_split_character);
  g_test_add_func ("/token-map/change-is-small", test_change_is_small);
  g_test_add_func ("/token-map/big-edits", test_big_edits);
  g_test_add_func ("/token-map/memory", test_memory);
  g_test_add_func ("/token-map/refuse-special", test_refuse_special);
  g_test_add_func ("/token-map/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/token-map/bad-edits", test_bad_edits);
  g_test_add_func ("/token-map/lying-reader", test_lying_reader);
  g_test_add_func ("/token-map/cancelled", test_cancelled);

  return g_test_run ();
}
