/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each way to find the ends of pieces, forced in turn, finds those that the character-by-character way finds. */

#include "tk-test-util.h"

#include "tokenizer/tk-scan-private.h"
#include "tokenizer/tk-split-private.h"
#include "tokenizer/tk-unicode-private.h"

#include <string.h>

#define MAX_ENDS 200

static const char *const cpu_names[TK_N_CPUS] = { "portable", "sse2", "avx2", "avx512" };

typedef struct
{
  TkSplitKind split;
  TkCpu cpu;
} Case;

/* What the rules for windows have to get right, as pieces of ASCII. */
static const char *const parts[] = {
  " ", " ", " ", " ", "  ", "    ", "\n", "\n", "\n\n", "\r\n", "\n    ", "\n  \n", "\t", "\t\t", " \n",
  "\v", "\f", "'", "'", "'s", "'S", "'t", "'re", "'RE", "'rE", "'ve", "'m", "'ll", "'lL", "'d", "'x", "''",
  "it's", "I'll've", "it's's", "don't", "DON'T", "/", "//", "\n/", "/\n", "/\n/", "!/\n/!", "!", "!!", "!\n",
  "!\r\n\n", "-", "(", "){", "\"", "a", "the", "word", "camelCase", "HTMLParser", "ABC", "X", "aB", "1",
  "12", "123", "1234", "1234567", "x1", "1x", "\x01", "\x7f", "\x1c", "@", "`", "[", "{", "~", "0", "9", ":",
  "A", "Z", "z", "<|endoftext|>", "\xc3\xa9", "\xe4\xbd\xa0", "\xc2\xa0", "\xcc\x81", "\xf0\x9f\x98\x80",
  "\xd0\x96", "\xc5\xbf", "\xe2\x80\xa8",
  /* Letters known by their lead, their like, and what they meet: Cyrillic, Greek, Arabic, Devanagari, Thai. */
  "é", "É", "×", "÷", "Ā", "ā", "ß", "ʰ", "ж", "Ж", "слово", "Слово", "СЛОВО", "словоСлово", "҂", "҃", "α",
  "Ω", "·", "ڀ", "ک", "ـ", "ً", "٣", "क", "ा", "नमस्ते", "०", "ก", "ั", "สวัสดี", "๑", "'ſ", "'é", "l'é",
  /* Han, kana, Hangul, hexagrams, what is written full width, quotation marks, rows of symbols. */
  "你好", "我是刘志军", "。", "，", "　", "日本ABC", "日本Abc", "かな", "カナー", "・", "한국어", "가", "ퟻ", "䷀", "䷿", "䶿", "一",
  "１２", "ａＢ", "“", "”", "’", "don’t", "—", "…", "────", "═══", "😀😀", "👨‍👩‍👧", "❤️", "𝐀𝐛", "𠀀",
  "\xcc\x81\xcc\x81", "e\xcc\x81", "!\xcc\x81", " \xcc\x81",
};

static void
random_text (GRand   *rand,
             GString *text)
{
  int n_parts = (int) G_N_ELEMENTS (parts);
  int n = g_rand_int_range (rand, 1, 120);
  int first, few;

  /* The last ones of the list are not ASCII: there are texts with none, and texts with some. */
  if (g_rand_boolean (rand))
    for (n_parts = 0; g_str_is_ascii (parts[n_parts]); )
      n_parts++;
  first = g_rand_int_range (rand, 0, n_parts);
  few = g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 8 : n_parts);
  g_string_truncate (text, 0);
  for (int i = 0; i < n; i++)
    {
      int which = g_rand_int_range (rand, 0, 3) == 0 ? g_rand_int_range (rand, 0, n_parts)
                                                     : first + g_rand_int_range (rand, 0, few);

      g_string_append (text, parts[which % n_parts]);
    }
}

static void
check (const Case          *test,
       const unsigned char *text,
       size_t               length,
       size_t               max)
{
  static uint32_t expected[MAX_ENDS + TK_SCAN_SLACK];
  static uint32_t got[MAX_ENDS + TK_SCAN_SLACK];
  TkScanFunc portable = tk_scan_func (test->split, TK_CPU_PORTABLE);
  TkScanFunc scan = tk_scan_func (test->split, test->cpu);
  size_t start = 0;
  bool wide, ignored;

  while (start < length)
    {
      size_t n = scan (text, length, start, got, max, &wide, NULL);
      size_t n_expected = portable (text, length, start, expected, n, &ignored, NULL);

      g_assert_cmpuint (n, >, 0);
      if (n != n_expected || memcmp (got, expected, n * sizeof *got) != 0)
        {
          g_autofree char *shown = g_strescape ((const char *) text + start, NULL);

          g_error ("different pieces: %s", shown);
        }
      for (size_t i = 0, piece = start; i < n; piece = start + got[i++])
        g_assert_true (wide || !tk_piece_is_wide (text, length, piece));
      start += got[n - 1];
    }
}

static void
test_random (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (unsigned i = 0; i < 20000; i++)
    {
      /* In memory of exactly its size, so that the address sanitizer sees a read beyond it. */
      g_autofree unsigned char *copy = NULL;

      if (i % 4 == 0)
        tk_test_random (rand, text, (unsigned) g_rand_int_range (rand, 1, 60));
      else
        random_text (rand, text);
      copy = g_memdup2 (text->str, text->len);
      check (test, copy, text->len, (size_t) g_rand_int_range (rand, 1, MAX_ENDS));
    }
}

/* The scanners take these for letters by their first byte alone. */
static void
test_leads (void)
{
  for (uint32_t c = 0; c < 0x10000; c++)
    {
      TkClass class = tk_class_of (c);

      if ((c >= 0x100 && c < 0x2c0) || (c >= 0x400 && c < 0x480))
        g_assert_true (TK_CLASS_BIT (class) & TK_SET_LETTER);
      if ((c >= 0x680 && c < 0x6c0) || (c >= 0x4000 && c < 0xa000 && !(c >= 0x4dc0 && c < 0x4e00)) ||
          (c >= 0xb000 && c < 0xd000))
        g_assert_cmpint (class, ==, TK_CLASS_CASELESS);
    }
}

/* Runs of which each is one piece in some pattern, with what comes before. */
static const char *const runs[][2] = {
  { "", "a" }, { "", "A" }, { " ", "a" }, { "A", "a" }, { "", "\xe5\x9b\xbd" }, { "a", "\xcc\x81" }, { "", "0" }, { "", "!" },
  { " ", "=" }, { "!", "\n" }, { "!", "/" }, { "", " " }, { "", "\n" }, { "", "\t" },
};

/* However long a piece is, the wish to cancel is seen soon. */
static void
test_cancel (gconstpointer data)
{
  const Case *test = data;
  static uint32_t ends[MAX_ENDS + TK_SCAN_SLACK];
  TkScanFunc scan = tk_scan_func (test->split, test->cpu);
  atomic_bool cancelled = false;
  unsigned n_long = 0;
  bool wide;

  for (unsigned i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (GString) text = g_string_new (runs[i][0]);
      const unsigned char *bytes;
      size_t n;

      while (text->len < 2 * TK_BYTES_PER_LOOK)
        g_string_append (text, runs[i][1]);
      bytes = (const unsigned char *) text->str;
      atomic_store (&cancelled, false);
      n = scan (bytes, text->len, 0, ends, 1, &wide, &cancelled);
      g_assert_cmpuint (n, >=, 1);
      if (ends[0] < text->len)
        continue;
      n_long++;
      atomic_store (&cancelled, true);
      g_assert_cmpuint (scan (bytes, text->len, 0, ends, 1, &wide, &cancelled), ==, 0);
    }
  g_assert_cmpuint (n_long, >=, 8);
}

/* Of long pieces only so many are looked for that they can be encoded before the next look. */
static void
test_long_pieces (gconstpointer data)
{
  const Case *test = data;
  static uint32_t ends[MAX_ENDS + TK_SCAN_SLACK];
  g_autoptr (GString) text = g_string_new (NULL);
  TkScanFunc scan = tk_scan_func (test->split, test->cpu);
  const size_t length = TK_SCAN_BYTES / 8;
  size_t n;
  bool wide;

  for (unsigned i = 0; i < 32; i++)
    {
      g_string_append_c (text, '.');
      for (size_t k = 1; k < length; k++)
        g_string_append_c (text, i % 2 == 0 ? '.' : '=');
      g_string_append_c (text, '1');
    }
  n = scan ((const unsigned char *) text->str, text->len, 0, ends, MAX_ENDS, &wide, NULL);
  g_assert_cmpuint (n, >, 1);
  g_assert_cmpuint (ends[n - 1], >=, TK_SCAN_BYTES);
  g_assert_cmpuint (ends[n - 1], <, TK_SCAN_BYTES + 2 * length);
}

static void
add (const char   *name,
     const char   *what,
     const Case   *test,
     GTestDataFunc func)
{
  g_autofree char *path = g_strconcat (name, what, NULL);

  g_test_add_data_func (path, test, func);
}

int
main (int    argc,
      char **argv)
{
  static Case cases[TK_N_SPLITS * TK_N_CPUS];
  static const char *const splits[TK_N_SPLITS] = { "r50k", "cl100k", "o200k" };
  TkCpu best;
  size_t n = 0;

  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("TOKENDESK_CPU");
  best = tk_cpu_detect ();
  g_test_add_func ("/scan/leads", test_leads);
  for (unsigned cpu = 0; cpu < TK_N_CPUS; cpu++)
    for (unsigned split = 0; split < TK_N_SPLITS; split++)
      {
        g_autofree char *name = g_strdup_printf ("/scan/%s/%s", cpu_names[cpu], splits[split]);

        if (cpu > (unsigned) best)
          {
            g_test_message ("not tried: this processor has no %s", cpu_names[cpu]);
            continue;
          }
        g_setenv ("TOKENDESK_CPU", cpu_names[cpu], TRUE);
        g_assert_cmpint (tk_cpu_detect (), ==, cpu);
        cases[n] = (Case) { (TkSplitKind) split, (TkCpu) cpu };
        add (name, "", &cases[n], test_random);
        add (name, "/cancel", &cases[n], test_cancel);
        add (name, "/long-pieces", &cases[n++], test_long_pieces);
      }
  return g_test_run ();
}
