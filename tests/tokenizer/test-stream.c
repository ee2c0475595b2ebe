/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text counted part by part is what it is as a whole. A long run: TOKENDESK_TEST_EDITS=100000 */

#include "tk-test-util.h"

#include "tokenizer/tk-stream.h"

#include <string.h>

static const TkEncodingId vocabularies[] = {
  TK_ENCODING_R50K_BASE, TK_ENCODING_P50K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_O200K_BASE,
};

static guint64
count_whole (TkEncodingId  id,
             const gchar  *text,
             gsize         length)
{
  gsize n;
  TkError error;

  g_assert_true (tk_count (tk_test_encoder (id), text, length, NULL, &n, &error));
  return n;
}

/* In parts of up to @longest bytes, by chance if @rand is given. */
static gboolean
count_parts (TkEncodingId  id,
             const gchar  *text,
             gsize         length,
             gsize         longest,
             GRand        *rand,
             guint64      *n_tokens,
             TkError      *error)
{
  TkStream *stream = tk_stream_new (tk_test_encoding (id));
  gboolean ok = TRUE;

  for (gsize pos = 0; ok && pos < length;)
    {
      gsize part = rand != NULL ? (gsize) g_rand_int_range (rand, 1, (gint32) longest + 1) : longest;

      part = MIN (part, length - pos);
      ok = tk_stream_feed (stream, text + pos, part, NULL, error);
      pos += part;
    }
  ok = ok && tk_stream_finish (stream, NULL, n_tokens, error);
  tk_stream_free (stream);
  return ok;
}

static void
test_equals_whole (void)
{
  const gchar *wanted = g_getenv ("TOKENDESK_TEST_EDITS");
  gint n_rounds = wanted != NULL ? (gint) g_ascii_strtoll (wanted, NULL, 10) : 300;
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (gint i = 0; i < n_rounds; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      tk_test_random (rand, text, 1 + i % 200);
      for (gsize v = 0; v < G_N_ELEMENTS (vocabularies); v++)
        {
          guint64 whole = count_whole (vocabularies[v], text->str, text->len);
          guint64 n_tokens;
          TkError error;

          g_assert_true (count_parts (vocabularies[v], text->str, text->len, 1 + i % 40, rand, &n_tokens, &error));
          g_assert_cmpuint (n_tokens, ==, whole);
          g_assert_true (count_parts (vocabularies[v], text->str, text->len, 1, NULL, &n_tokens, &error));
          g_assert_cmpuint (n_tokens, ==, whole);
        }
    }
}

/* More than one part inside a call, and runs without a seam that are longer than a part. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "Line %u: 我是刘志军, it's “fine”.\r\n", i);
  for (guint i = 0; i < 400000; i++)
    g_string_append (text, "刘");
  for (guint i = 0; i < 600000; i++)
    g_string_append_c (text, ' ');

  for (gsize v = 0; v < G_N_ELEMENTS (vocabularies); v++)
    {
      guint64 n_tokens;
      TkError error;

      g_assert_true (count_parts (vocabularies[v], text->str, text->len, 1000003, NULL, &n_tokens, &error));
      g_assert_cmpuint (n_tokens, ==, count_whole (vocabularies[v], text->str, text->len));
    }
}

static void
test_empty (void)
{
  guint64 n_tokens = 1;
  TkError error;

  g_assert_true (count_parts (TK_ENCODING_O200K_BASE, "", 0, 1, NULL, &n_tokens, &error));
  g_assert_cmpuint (n_tokens, ==, 0);
}

/* The first byte that is not UTF-8 is told as its place in the whole text, wherever the parts end. */
static void
test_invalid (void)
{
  static const struct { const gchar *text; gsize position; } cases[] = {
    { "abc \xff def", 4 },
    { "one two \xe5\x88 three", 8 },
    { "one two \xe5\x88", 8 },
    { "\xc0\xaf", 0 },
    { "word \xed\xa0\x80", 5 },
    { "word \xf4\x90\x80\x80", 5 },
    { "word \xf0\x8f\xbf\xbf", 5 },
    { "word \xe0\x9f\xbf", 5 },
    { "\xf0\x9f\x8e", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (gsize longest = 1; longest <= strlen (cases[i].text); longest++)
        {
          guint64 n_tokens;
          TkError error = { 0 };

          g_assert_false (count_parts (TK_ENCODING_CL100K_BASE, cases[i].text, strlen (cases[i].text), longest, NULL,
                                       &n_tokens, &error));
          g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_UTF8);
          g_assert_cmpuint (error.position, ==, cases[i].position);
        }
    }
}

/* A text that can be cut nowhere is refused before it fills the memory. */
static void
test_no_place_to_cut (void)
{
  TkStream *stream = tk_stream_new (tk_test_encoding (TK_ENCODING_CL100K_BASE));
  gsize length = 1024 * 1024;
  g_autofree gchar *letters = g_strnfill (length, 'a');
  gsize fed = 0;
  TkError error = { 0 };

  while (tk_stream_feed (stream, letters, length, NULL, &error))
    {
      fed += length;
      g_assert_cmpuint (fed, <=, TK_STREAM_LONGEST);
    }
  g_assert_cmpint (error.code, ==, TK_ERROR_NO_SPACE);
  g_assert_cmpuint (fed, ==, TK_STREAM_LONGEST);
  tk_stream_free (stream);
}

static void
test_cancelled (void)
{
  TkStream *stream = tk_stream_new (tk_test_encoding (TK_ENCODING_CL100K_BASE));
  atomic_bool cancelled;
  TkOptions options = { TK_SPECIAL_AS_TEXT, &cancelled };
  TkError error = { 0 };

  atomic_init (&cancelled, true);
  g_assert_false (tk_stream_feed (stream, "text", 4, &options, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);

  /* It is as good as new for the next text, and the one after that. */
  tk_stream_reset (stream);
  for (gsize i = 0; i < 2; i++)
    {
      guint64 n_tokens;

      g_assert_true (tk_stream_feed (stream, "Hello", 5, NULL, &error));
      g_assert_true (tk_stream_finish (stream, NULL, &n_tokens, &error));
      g_assert_cmpuint (n_tokens, ==, 1);
    }
  tk_stream_free (stream);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stream/equals-whole", test_equals_whole);
  g_test_add_func ("/stream/long", test_long);
  g_test_add_func ("/stream/empty", test_empty);
  g_test_add_func ("/stream/invalid", test_invalid);
  g_test_add_func ("/stream/no-place-to-cut", test_no_place_to_cut);
  g_test_add_func ("/stream/cancelled", test_cancelled);

  return g_test_run ();
}
