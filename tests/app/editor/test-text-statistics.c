/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-text-statistics.h"

static TdTextStatistics *
compute (const char   *text,
         TkEncodingId  ranked)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  TdTextStatistics *statistics = td_text_statistics_new (bytes, ranked, TK_SPECIAL_AS_TEXT, NULL, &error);

  g_assert_no_error (error);

  return statistics;
}

static void
test_name (void)
{
  g_autofree TdTextStatistics *statistics = compute ("我是刘志军", TK_ENCODING_O200K_BASE);

  g_assert_cmpuint (statistics->n_bytes, ==, 15);
  g_assert_cmpuint (statistics->n_characters, ==, 5);
  g_assert_cmpuint (statistics->n_graphemes, ==, 5);
  g_assert_cmpuint (statistics->n_chinese, ==, 5);
  g_assert_cmpuint (statistics->n_lines, ==, 1);
  g_assert_cmpuint (td_text_statistics_get_other_words (statistics), ==, 0);
  g_assert_cmpuint (statistics->encodings[TD_VOCABULARY_R50K].n_tokens, ==, 9);
  g_assert_cmpuint (statistics->encodings[TD_VOCABULARY_CL100K].n_chinese_tokens, ==, 7);
  g_assert_cmpuint (statistics->encodings[TD_VOCABULARY_O200K].n_chinese_tokens, ==, 4);
}

/* Each language is measured by its own tokens. */
static void
test_mixed (void)
{
  g_autofree TdTextStatistics *mixed = compute ("Hello world\n我是刘志军", TK_ENCODING_CL100K_BASE);
  const TdEncodingStatistics *encoding = &mixed->encodings[TD_VOCABULARY_CL100K];

  g_assert_cmpuint (mixed->n_chinese, ==, 5);
  g_assert_cmpuint (td_text_statistics_get_other_words (mixed), ==, 2);
  g_assert_cmpuint (encoding->n_chinese_tokens, ==, 7);
  g_assert_cmpuint (encoding->n_tokens, ==, 10);
  g_assert_cmpuint (td_text_statistics_get_other_tokens (mixed, TD_VOCABULARY_CL100K), ==, 3);
  g_assert_cmpuint (mixed->n_lines, ==, 2);
}

static void
test_graphemes (void)
{
  static const struct { const char *text; guint64 n; } cases[] = {
    { "", 0 },
    { "abc", 3 },
    { "a\r\nb\n\r\n", 5 },
    { "e\xCC\x81tude", 5 },
    { "xe\xCC\x81\r\n我", 4 },
    { "👨‍👩‍👧", 1 },
    { "🇨🇳🇨🇳", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree TdTextStatistics *statistics = compute (cases[i].text, TK_ENCODING_O200K_BASE);

      g_test_message ("case %u", i);
      g_assert_cmpuint (statistics->n_graphemes, ==, cases[i].n);
    }
}

/* Pieces never part what belongs together, wherever they end. */
static void
test_graphemes_of_long_texts (void)
{
  for (guint shift = 0; shift < 40; shift++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree TdTextStatistics *statistics = NULL;

      for (guint i = 0; i < shift; i++)
        g_string_append (text, "é");
      for (guint i = 0; i < 1000; i++)
        g_string_append (text, "👨‍👩‍👧e\xCC\x81我");
      statistics = compute (text->str, TK_ENCODING_O200K_BASE);
      g_assert_cmpuint (statistics->n_graphemes, ==, shift + 3000);
    }
}

static void
test_ranks (void)
{
  g_autofree TdTextStatistics *statistics = compute ("the\nthe the cat\n\n the the the the", TK_ENCODING_O200K_BASE);
  const TkEncoding *encoding = td_encodings_get (TK_ENCODING_O200K_BASE, NULL);
  gsize length;
  const char *bytes;

  bytes = tk_encoding_get_token (encoding, statistics->frequent[0].id, &length);
  g_assert_cmpmem (bytes, length, " the", 4);
  g_assert_cmpuint (statistics->frequent[0].n_times, ==, 5);
  for (guint i = 1; i < statistics->n_frequent; i++)
    g_assert_cmpuint (statistics->frequent[i - 1].n_times, >=, statistics->frequent[i].n_times);

  g_assert_cmpuint (statistics->n_heavy, ==, 3);
  g_assert_cmpuint (statistics->heavy[0].line, ==, 1);
  g_assert_cmpuint (statistics->heavy[0].n_tokens, ==, 4);
  g_assert_cmpuint (statistics->heavy[0].first_character, ==, 4);
  g_assert_cmpuint (statistics->heavy[0].n_characters, ==, 12);
  g_assert_cmpuint (statistics->heavy[1].line, ==, 3);
  g_assert_cmpuint (statistics->heavy[1].n_tokens, ==, 4);
  g_assert_cmpuint (statistics->heavy[1].first_character, ==, 17);
  g_assert_cmpuint (statistics->heavy[2].line, ==, 0);
}

/* More lines and tokens than are told: the told ones are the first of all. */
static void
test_many_ranks (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree TdTextStatistics *statistics = NULL;

  for (guint line = 0; line < 40; line++)
    {
      for (guint i = 0; i < (line * 7) % 40; i++)
        g_string_append (text, " a");
      g_string_append_c (text, '\n');
    }
  statistics = compute (text->str, TK_ENCODING_R50K_BASE);
  g_assert_cmpuint (statistics->n_heavy, ==, TD_N_RANKED);
  for (guint i = 0; i < TD_N_RANKED; i++)
    {
      g_assert_cmpuint (statistics->heavy[i].n_tokens, ==, 40 - i);
      g_assert_cmpuint ((statistics->heavy[i].line * 7) % 40, ==, 39 - i);
    }
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a b c", 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (td_text_statistics_new (bytes, TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_specials (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("<|endoftext|>", 13);
  g_autofree TdTextStatistics *statistics =
    td_text_statistics_new (bytes, TK_ENCODING_O200K_HARMONY, TK_SPECIAL_PARSE, NULL, NULL);

  g_assert_cmpuint (statistics->encodings[TD_VOCABULARY_O200K].n_tokens, ==, 1);
  g_assert_cmpuint (statistics->frequent[0].id, ==, 199999);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/editor/text-statistics/name", test_name);
  g_test_add_func ("/editor/text-statistics/mixed", test_mixed);
  g_test_add_func ("/editor/text-statistics/graphemes", test_graphemes);
  g_test_add_func ("/editor/text-statistics/graphemes-of-long-texts", test_graphemes_of_long_texts);
  g_test_add_func ("/editor/text-statistics/ranks", test_ranks);
  g_test_add_func ("/editor/text-statistics/many-ranks", test_many_ranks);
  g_test_add_func ("/editor/text-statistics/cancel", test_cancel);
  g_test_add_func ("/editor/text-statistics/specials", test_specials);

  return g_test_run ();
}
