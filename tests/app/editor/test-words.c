/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "app/editor/td-words.h"

static const struct
{
  const char *text;
  guint64 n_words;
} cases[] = {
  { "", 0 },
  { " \n\t", 0 },
  { "one", 1 },
  { "one two  three\n", 3 },
  { "don't rock'n'roll", 2 },
  { "don’t", 1 },
  { "'quoted'", 1 },
  { "3.14 1,000,000.5 v1.2", 3 },
  { "end.Next", 2 },
  { "snake_case kebab-case", 3 },
  { "naïve cafe\xCC\x81s", 2 },
  { "我是刘志军", 5 },
  { "我是 GPT-4 用户", 6 },
  { "カタカナ ひらがな", 8 },
  { "コーヒー", 2 },
  { "안녕하세요 세계", 2 },
  { "Привет, мир!", 2 },
  { "שלום עולם", 2 },
  { "🎉 👨‍👩‍👧", 0 },
  { "ภาษาไทย", 1 },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdWordsState state = { 0 };

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpuint (td_words_count (&state, cases[i].text, strlen (cases[i].text)), ==, cases[i].n_words);
    }
}

/* However a text is cut, the parts give the sum. */
static void
test_pieces (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TdWordsState whole_state = { 0 };
  guint64 n_whole;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append (text, cases[i].text);
  n_whole = td_words_count (&whole_state, text->str, text->len);

  for (const char *cut = text->str; *cut != '\0'; cut = g_utf8_next_char (cut))
    {
      TdWordsState state = { 0 };
      guint64 n_before = td_words_count (&state, text->str, cut - text->str);

      g_assert_cmpuint (n_before + td_words_count (&state, cut, text->str + text->len - cut), ==, n_whole);
    }
}

/* Two characters before a piece are all that its count needs. */
static void
test_context (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append (text, cases[i].text);

  for (const char *cut = text->str; *cut != '\0'; cut = g_utf8_next_char (cut))
    {
      TdWordsState full = { 0 };
      TdWordsState near = { 0 };
      const char *context = cut;

      for (guint i = 0; i < TD_WORDS_CONTEXT && context > text->str; i++)
        context = g_utf8_prev_char (context);

      td_words_count (&full, text->str, cut - text->str);
      td_words_count (&near, context, cut - context);
      g_assert_cmpuint (td_words_count (&full, cut, strlen (cut)), ==, td_words_count (&near, cut, strlen (cut)));
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/words/table", test_table);
  g_test_add_func ("/words/pieces", test_pieces);
  g_test_add_func ("/words/context", test_context);

  return g_test_run ();
}
