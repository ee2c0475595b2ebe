/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tokenizer promises its callers: known results, every mode, every error with its place. */

#include "tk-test-util.h"

#include "tokenizer/tk-encoding-private.h"
#include "tokenizer/tk-merge-private.h"
#include "tokenizer/tk-utf8-private.h"

#include <string.h>

typedef struct
{
  TkEncodingId id;
  const char *text;
  TkId ids[16];
  size_t n_ids;
} Golden;

static const char name[] = "\xe6\x88\x91\xe6\x98\xaf\xe5\x88\x98\xe5\xbf\x97\xe5\x86\x9b";
static const char birthday[] = "\xe3\x81\x8a\xe8\xaa\x95\xe7\x94\x9f\xe6\x97\xa5\xe3\x81\x8a\xe3\x82\x81\xe3\x81\xa7"
                               "\xe3\x81\xa8\xe3\x81\x86";
static const char family[] = "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7";

static const Golden golden[] = {
  { TK_ENCODING_R50K_BASE, name, { 22755, 239, 42468, 26344, 246, 33232, 245, 37863, 249 }, 9 },
  { TK_ENCODING_P50K_BASE, name, { 22755, 239, 42468, 26344, 246, 33232, 245, 37863, 249 }, 9 },
  { TK_ENCODING_CL100K_BASE, name, { 37046, 21043, 6701, 246, 78228, 13828, 249 }, 7 },
  { TK_ENCODING_O200K_BASE, name, { 176389, 49058, 31044, 21623 }, 4 },
  { TK_ENCODING_GPT2, "Hello, world!", { 15496, 11, 995, 0 }, 4 },
  { TK_ENCODING_P50K_EDIT, "Hello, world!", { 15496, 11, 995, 0 }, 4 },
  { TK_ENCODING_CL100K_BASE, "Hello, world!", { 9906, 11, 1917, 0 }, 4 },
  { TK_ENCODING_O200K_HARMONY, "Hello, world!", { 13225, 11, 2375, 0 }, 4 },
};

static void
test_golden (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (golden); i++)
    tk_test_expect (golden[i].id, golden[i].text, TK_SPECIAL_AS_TEXT, golden[i].ids, golden[i].n_ids);
}

static void
test_counts (void)
{
  static const struct
  {
    const char *text;
    size_t counts[TK_N_ENCODINGS];
  } cases[] = {
    { name, { 9, 9, 9, 9, 7, 4, 4 } },
    { "\xe4\xbd\xa0\xe5\xa5\xbd", { 4, 4, 4, 4, 2, 1, 1 } },
    { family, { 10, 10, 10, 10, 13, 8, 8 } },
    { birthday, { 14, 14, 14, 14, 9, 8, 8 } },
    { "antidisestablishmentarianism", { 5, 5, 5, 5, 6, 6, 6 } },
    { "", { 0 } },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    for (unsigned id = 0; id < TK_N_ENCODINGS; id++)
      {
        size_t n;

        g_assert_true (tk_count (tk_test_encoder ((TkEncodingId) id), cases[i].text, strlen (cases[i].text), NULL, &n,
                                 NULL));
        g_assert_cmpuint (n, ==, cases[i].counts[id]);
      }
}

static void
test_random_invariants (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (unsigned i = 0; i < 3000; i++)
    {
      tk_test_random (rand, text, (unsigned) g_rand_int_range (rand, 1, 40));
      tk_test_check_all ((TkEncodingId) (i % TK_N_ENCODINGS), text->str, text->len);
    }
}

/* Bytes that others mistake for an end or a border. */
static void
test_any_bytes (void)
{
  static const char text[] = "\0a\0\0 b\r\n\xef\xbb\xbf\0\xf0\x9f\x98\x80 \0";

  for (unsigned id = 0; id < TK_N_ENCODINGS; id++)
    tk_test_check_all ((TkEncodingId) id, text, sizeof text - 1);
}

/* Special tokens --------------------------------------------------------------------------------------------------- */

static void
test_special_parse (void)
{
  static const char text[] = "a<|endoftext|>b<|endofprompt|> <|nonsense|><|";
  static const TkId ids[] = { 64, 100257, 65, 100276, 83739, 77, 98833, 91, 1822, 91 };

  tk_test_expect (TK_ENCODING_CL100K_BASE, text, TK_SPECIAL_PARSE, ids, G_N_ELEMENTS (ids));
}

static void
test_special_as_text (void)
{
  g_autoptr (GArray) ids = tk_test_encode (TK_ENCODING_CL100K_BASE, "<|endoftext|>", 13, TK_SPECIAL_AS_TEXT);
  static const TkId expected[] = { 27, 91, 8862, 728, 428, 91, 29 };

  g_assert_cmpmem (ids->data, ids->len * sizeof (TkId), expected, sizeof expected);
}

static void
test_special_refuse (void)
{
  TkOptions options = { .special = TK_SPECIAL_REFUSE };
  TkEncoder *encoder = tk_test_encoder (TK_ENCODING_P50K_EDIT);
  TkError error = { 0 };
  size_t n;

  g_assert_false (tk_count (encoder, "ab <|fim_middle|>", 17, &options, &n, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_SPECIAL_TOKEN);
  g_assert_cmpuint (error.position, ==, 3);
  g_assert_nonnull (strstr (error.message, "<|fim_middle|>"));
  g_assert_true (tk_count (encoder, "ab <|fim_middle>", 16, &options, &n, NULL));
  /* Not one of this encoding. */
  encoder = tk_test_encoder (TK_ENCODING_P50K_BASE);
  g_assert_true (tk_count (encoder, "ab <|fim_middle|>", 17, &options, &n, NULL));
}

/* Some are parsed, and the others are what the mode says: tiktoken's allowed_special={…}. */
static void
test_special_set (void)
{
  static const char text[] = "<|fim_prefix|>a<|endoftext|>";
  static const TkId parsed[] = { 50281, 50256 };
  TkOptions options = { .special = TK_SPECIAL_AS_TEXT, .parsed = parsed, .n_parsed = 1 };
  TkEncoder *encoder = tk_test_encoder (TK_ENCODING_P50K_EDIT);
  TkError error = { 0 };
  TkId ids[sizeof text];
  TkId ordinary[sizeof text];
  size_t n, n_ordinary;

  g_assert_true (tk_encode (encoder, text + 14, sizeof text - 15, NULL, ordinary, NULL, sizeof text, &n_ordinary,
                            NULL));
  g_assert_true (tk_encode (encoder, text, sizeof text - 1, &options, ids, NULL, sizeof text, &n, &error));
  g_assert_cmpuint (ids[0], ==, 50281);
  g_assert_cmpmem (ids + 1, (n - 1) * sizeof (TkId), ordinary, n_ordinary * sizeof (TkId));

  options.special = TK_SPECIAL_REFUSE;
  g_assert_false (tk_count (encoder, text, sizeof text - 1, &options, &n, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_SPECIAL_TOKEN);
  g_assert_cmpuint (error.position, ==, 15);
  g_assert_nonnull (strstr (error.message, "<|endoftext|>"));

  options.n_parsed = 2;
  g_assert_true (tk_encode (encoder, text, sizeof text - 1, &options, ids, NULL, sizeof text, &n, &error));
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (ids[2], ==, 50256);
}

/* A special token ends the text before it: the blanks there are blanks at the end. */
static void
test_special_cuts (void)
{
  g_autoptr (GArray) parsed = tk_test_encode (TK_ENCODING_O200K_BASE, "a  <|endoftext|>", 16, TK_SPECIAL_PARSE);
  g_autoptr (GArray) alone = tk_test_encode (TK_ENCODING_O200K_BASE, "a  ", 3, TK_SPECIAL_AS_TEXT);

  g_assert_cmpuint (parsed->len, ==, alone->len + 1);
  g_assert_cmpmem (parsed->data, alone->len * sizeof (TkId), alone->data, alone->len * sizeof (TkId));
  g_assert_cmpuint (g_array_index (parsed, TkId, alone->len), ==, 199999);
}

static void
test_special_lists (void)
{
  static const size_t n_spellings[TK_N_ENCODINGS] = { 1, 1, 1, 4, 5, 2, 1091 };
  static const uint32_t n_vocab[TK_N_ENCODINGS] = { 50257, 50257, 50281, 50284, 100277, 200019, 201088 };

  for (unsigned i = 0; i < TK_N_ENCODINGS; i++)
    {
      const TkEncoding *encoding = tk_test_encoding ((TkEncodingId) i);
      TkId last = 0;
      size_t n = 0;
      const char *spelling;
      TkId id;

      g_assert_cmpint (tk_encoding_get_id (encoding), ==, i);
      g_assert_cmpuint (tk_encoding_get_n_vocab (encoding), ==, n_vocab[i]);
      for (; (id = tk_encoding_get_special (encoding, n, &spelling)) != TK_ID_NONE; n++)
        {
          g_assert_cmpuint (id, >=, last);
          g_assert_true (tk_encoding_is_special (encoding, id));
          g_assert_cmpuint (tk_encoding_find_token (encoding, spelling, strlen (spelling)), ==, id);
          tk_test_expect ((TkEncodingId) i, spelling, TK_SPECIAL_PARSE, &id, 1);
          last = id;
        }
      g_assert_cmpuint (n, ==, n_spellings[i]);
      g_assert_cmpuint (last, <, n_vocab[i]);
      g_assert_false (tk_encoding_is_special (encoding, 1000));
    }
}

static void
test_special_harmony (void)
{
  static const char text[] = "<|start|><|reserved_200018|><|endofprompt|><|reserved_200013|><|reserved_201087|>"
                             "<|reserved_200000|><|reserved_200011|><|call|><|startoftext|>";
  static const TkId ids[] = { 200006, 200018, 200018, 200013, 201087, 200000, 200011, 200012, 199998 };
  const TkEncoding *encoding = tk_test_encoding (TK_ENCODING_O200K_HARMONY);
  size_t length;
  const char *bytes = tk_encoding_get_token (encoding, 200018, &length);

  tk_test_expect (TK_ENCODING_O200K_HARMONY, text, TK_SPECIAL_PARSE, ids, G_N_ELEMENTS (ids));
  g_assert_cmpmem (bytes, length, "<|endofprompt|>", 15);
  g_assert_cmpuint (tk_encoding_find_token (encoding, "<|reserved_201088|>", 19), ==, TK_ID_NONE);
  g_assert_cmpuint (tk_encoding_find_token (encoding, "<|reserved_200002|>", 19), ==, TK_ID_NONE);
}

/* Single tokens ---------------------------------------------------------------------------------------------------- */

static void
test_tokens (void)
{
  for (unsigned i = 0; i < TK_N_ENCODINGS; i++)
    {
      const TkEncoding *encoding = tk_test_encoding ((TkEncodingId) i);
      uint32_t n_vocab = tk_encoding_get_n_vocab (encoding);
      size_t length;

      for (TkId id = 0; id < n_vocab; id++)
        {
          const char *bytes = tk_encoding_get_token (encoding, id, &length);

          if (bytes != NULL)
            g_assert_cmpuint (tk_encoding_find_token (encoding, bytes, length), ==, id);
        }
      g_assert_null (tk_encoding_get_token (encoding, n_vocab, &length));
      g_assert_null (tk_encoding_get_token (encoding, TK_ID_NONE, &length));
      g_assert_cmpuint (tk_encoding_find_token (encoding, "", 0), ==, TK_ID_NONE);
      g_assert_cmpuint (tk_encoding_find_token (encoding, "no such token", 13), ==, TK_ID_NONE);
    }
  g_assert_null (tk_encoding_get_token (tk_test_encoding (TK_ENCODING_CL100K_BASE), 100261, &(size_t) { 0 }));
}

/* Errors ----------------------------------------------------------------------------------------------------------- */

static void
test_invalid_utf8 (void)
{
  static const struct
  {
    const char *text;
    size_t length;
    size_t position;
  } cases[] = {
    { "\x80", 1, 0 },
    { "abc\xff" "d", 5, 3 },
    { "ab\xc3", 3, 2 },
    { "ab\xe4\xbd", 4, 2 },
    { "12345678\xf0\x9f\x98", 11, 8 },
    { "\xc0\x80", 2, 0 },
    { "a\xe0\x80\x80", 4, 1 },
    { "a\xed\xa0\x80", 4, 1 },
    { "a\xf4\x90\x80\x80", 5, 1 },
    { "a\xf5\x80\x80\x80", 5, 1 },
    { "\xe4\xbd\xa0\xe4\xbd", 5, 3 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TkError error = { 0 };
      TkId ids[16];
      size_t n;

      g_assert_cmpuint (tk_utf8_check (cases[i].text, cases[i].length), ==, cases[i].position);
      g_assert_false (tk_encode (tk_test_encoder (TK_ENCODING_O200K_BASE), cases[i].text, cases[i].length, NULL, ids,
                                 NULL, 16, &n, &error));
      g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_UTF8);
      g_assert_cmpuint (error.position, ==, cases[i].position);
    }
}

/* Every kind of sequence, good and spoilt, at every place of a block: the fast check finds what the slow one finds. */
static void
test_utf8_random (void)
{
  static const char *const good[] = { "a", "\x7f", "\xc2\x80", "\xc3\xa9", "\xdf\xbf", "\xe0\xa0\x80", "\xe4\xbd\xa0",
                                      "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf0\x9f\x98\x80",
                                      "\xf4\x8f\xbf\xbf", "0123456789abcdef0123456789abcdef" };
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (unsigned i = 0; i < 200000; i++)
    {
      int n_spoilt = g_rand_int_range (rand, 0, 3);
      size_t slow;

      g_string_truncate (text, 0);
      while (text->len < 150)
        g_string_append (text, good[g_rand_int_range (rand, 0, G_N_ELEMENTS (good))]);
      g_string_truncate (text, (gsize) g_rand_int_range (rand, 64, 150));
      while (n_spoilt-- > 0)
        text->str[g_rand_int_range (rand, 0, (gint32) text->len)] = (char) g_rand_int_range (rand, 0x70, 0x100);
      slow = tk_utf8_check_from ((const unsigned char *) text->str, text->len, 0);
      g_assert_cmpuint (tk_utf8_check (text->str, text->len), ==, slow);
    }
}

/* The check goes in steps; the place must be right behind their borders too. */
static void
test_invalid_utf8_far (void)
{
  const size_t length = 1024 * 1024;
  g_autofree char *text = g_malloc (length);
  TkError error = { 0 };
  size_t n;

  memset (text, 'x', length);
  for (size_t i = 1; i + 3 <= length; i += 3)
    memcpy (text + i, "\xe4\xbd\xa0", 3);
  memset (text + length - 3, 'x', 3);
  if (tk_utf8_check (text, length) != length)
    memset (text + tk_utf8_check (text, length), 'x', length - tk_utf8_check (text, length));
  g_assert_true (tk_count (tk_test_encoder (TK_ENCODING_CL100K_BASE), text, length, NULL, &n, NULL));
  text[length - 2] = (char) 0xfe;
  g_assert_false (tk_count (tk_test_encoder (TK_ENCODING_CL100K_BASE), text, length, NULL, &n, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_UTF8);
  g_assert_cmpuint (error.position, ==, length - 2);
}

static void
test_no_space (void)
{
  TkEncoder *encoder = tk_test_encoder (TK_ENCODING_CL100K_BASE);
  TkError error = { 0 };
  TkId ids[5] = { 0, 0, 0, 7777, 0 };
  char bytes[4];
  size_t n;

  g_assert_false (tk_encode (encoder, "Hello, world!", 13, NULL, ids, NULL, 3, &n, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_NO_SPACE);
  g_assert_cmpuint (ids[3], ==, 7777);
  g_assert_true (tk_encode (encoder, "Hello, world!", 13, NULL, ids, NULL, 4, &n, &error));
  g_assert_cmpuint (n, ==, 4);
  g_assert_false (tk_encode (encoder, "Hello", 5, NULL, NULL, NULL, 0, &n, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_NO_SPACE);

  g_assert_false (tk_decode (tk_test_encoding (TK_ENCODING_CL100K_BASE), ids, 4, bytes, 4, &n, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_NO_SPACE);
}

static void
test_invalid_token (void)
{
  static const TkId ids[] = { 0, 50256, 50281 };
  static const TkId hole[] = { 50256 };
  TkError error = { 0 };
  size_t n;

  g_assert_true (tk_decode (tk_test_encoding (TK_ENCODING_P50K_EDIT), ids, 3, NULL, 0, &n, NULL));
  g_assert_true (tk_decode (tk_test_encoding (TK_ENCODING_P50K_BASE), hole, 1, NULL, 0, &n, NULL));
  g_assert_false (tk_decode (tk_test_encoding (TK_ENCODING_P50K_BASE), ids, 3, NULL, 0, &n, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_TOKEN);
  g_assert_cmpuint (error.position, ==, 2);
}

/* Endings ---------------------------------------------------------------------------------------------------------- */

static bool
stop_cb (const TkId     *ids,
         const uint32_t *lengths,
         size_t          n_tokens,
         void           *user_data)
{
  size_t *calls = user_data;

  return ++*calls < 3;
}

static void
test_stop (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TkError error = { 0 };
  size_t calls = 0;

  while (text->len < 1000 * 1000)
    g_string_append (text, "one two three ");
  g_assert_false (tk_encode_each (tk_test_encoder (TK_ENCODING_CL100K_BASE), text->str, text->len, NULL, stop_cb, &calls,
                                  &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);
  g_assert_cmpuint (calls, ==, 3);
}

static void
test_cancel (void)
{
  atomic_bool cancelled = true;
  TkOptions options = { .cancelled = &cancelled };
  g_autofree char *text = g_malloc (1000 * 1000);
  TkError error = { 0 };
  size_t n;

  memset (text, 'q', 1000 * 1000);
  g_assert_false (tk_count (tk_test_encoder (TK_ENCODING_CL100K_BASE), text, 1000 * 1000, &options, &n, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_CANCELLED);
  cancelled = false;
  g_assert_true (tk_count (tk_test_encoder (TK_ENCODING_CL100K_BASE), text, 1000 * 1000, &options, &n, NULL));
}

/* Unbroken runs, which quadratic merging would take minutes for: the test's own time limit is the proof. */
static void
test_long_pieces (void)
{
  static const char *const runs[] = { "a", " ", "\n", "0", "=-", "qzxj", "\xe6\x88\x91", "\xf0\x9f\x98\x80", "ab\xcc\x81",
                                      " \n", "A", "'s" };

  for (size_t i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 1000 * 1000)
        g_string_append (text, runs[i]);
      tk_test_check_all (TK_ENCODING_R50K_BASE, text->str, text->len);
      tk_test_check_all (TK_ENCODING_CL100K_BASE, text->str, text->len);
      tk_test_check_all (TK_ENCODING_O200K_BASE, text->str, text->len);
    }
}

/* Short texts merged together have the same tokens in each of the ways for some kind of processor. */
static void
test_short_merges (void)
{
  const TkCpu best = tk_cpu_detect ();
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree TkShorts *shorts = g_new0 (TkShorts, 1);

  for (unsigned id = 0; id < TK_N_ENCODINGS; id++)
    {
      const TkTable *table = &tk_test_encoding ((TkEncodingId) id)->table;

      for (unsigned round = 0; round < 300; round++)
        {
          unsigned positions[TK_SHORTS_POSITIONS], lengths[TK_SHORTS_POSITIONS], n = 0;

          tk_shorts_begin (shorts);
          g_string_truncate (text, 0);
          for (;;)
            {
              const unsigned length = (unsigned) g_rand_int_range (rand, 1, TK_MERGE_SHORT_MAX + 1);
              unsigned char bytes[TK_MERGE_SHORT_MAX];

              for (unsigned i = 0; i < length; i++)
                bytes[i] = (unsigned char) (g_rand_int_range (rand, 0, 8) == 0 ? g_rand_int_range (rand, 1, 0xf5)
                                                                               : g_rand_int_range (rand, 'a', 'i'));
              if (!tk_shorts_has_room (shorts, length))
                break;
              lengths[n] = length;
              positions[n++] = tk_shorts_add (shorts, table, bytes, length);
            }
          tk_shorts_walk (shorts, table);
          for (unsigned i = 0; i < n; i++)
            {
              TkId expected[TK_MERGE_SHORT_MAX], got[TK_MERGE_SHORT_MAX];
              uint64_t bounds, got_bounds, expected_bounds = 1;
              size_t n_expected = tk_shorts_merge_portable (shorts, positions[i], lengths[i], expected, &bounds);
              size_t size = 0;

              for (size_t k = 0; k < n_expected; k++)
                {
                  size += tk_table_token_length (table, expected[k]);
                  expected_bounds |= UINT64_C (1) << size;
                }
              g_assert_cmpuint (size, ==, lengths[i]);
              g_assert_cmphex (bounds, ==, expected_bounds);
              for (unsigned cpu = TK_CPU_PORTABLE + 1; cpu <= (unsigned) best; cpu++)
                {
                  size_t n_got = tk_shorts_merge_func ((TkCpu) cpu) (shorts, positions[i], lengths[i], got, &got_bounds);

                  g_assert_cmphex (got_bounds, ==, bounds);
                  g_assert_cmpmem (got, n_got * sizeof *got, expected, n_expected * sizeof *expected);
                }
            }
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encode/golden", test_golden);
  g_test_add_func ("/encode/counts", test_counts);
  g_test_add_func ("/encode/random-invariants", test_random_invariants);
  g_test_add_func ("/encode/any-bytes", test_any_bytes);
  g_test_add_func ("/encode/special/parse", test_special_parse);
  g_test_add_func ("/encode/special/as-text", test_special_as_text);
  g_test_add_func ("/encode/special/refuse", test_special_refuse);
  g_test_add_func ("/encode/special/set", test_special_set);
  g_test_add_func ("/encode/special/cuts", test_special_cuts);
  g_test_add_func ("/encode/special/lists", test_special_lists);
  g_test_add_func ("/encode/special/harmony", test_special_harmony);
  g_test_add_func ("/encode/tokens", test_tokens);
  g_test_add_func ("/encode/errors/utf8", test_invalid_utf8);
  g_test_add_func ("/encode/errors/utf8-random", test_utf8_random);
  g_test_add_func ("/encode/errors/utf8-far", test_invalid_utf8_far);
  g_test_add_func ("/encode/errors/no-space", test_no_space);
  g_test_add_func ("/encode/errors/invalid-token", test_invalid_token);
  g_test_add_func ("/encode/stop", test_stop);
  g_test_add_func ("/encode/cancel", test_cancel);
  g_test_add_func ("/encode/long-pieces", test_long_pieces);
  g_test_add_func ("/encode/short-merges", test_short_merges);
  return g_test_run ();
}
