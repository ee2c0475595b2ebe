/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pieces that come again are found in the fronts: their tokens are those of the first time, by each way to look them up
 * and to copy them, forced in turn. */

#include "tk-test-util.h"

#include "tokenizer/tk-scan-private.h"

#include <string.h>

static const char *const cpu_names[TK_N_CPUS] = { "portable", "sse2", "avx2", "avx512" };

/* Words around the lengths at which one front ends and the next begins, and what has an empty or an odd key: NUL bytes
 * as many as a key has, bytes that tags are made of. */
static void
random_words (GRand   *rand,
              GString *text)
{
  static const char *const alphabets[] = {
    "etaoin", "ab", "\xd0\xb0\xd0\xb1", "\xe6\x88\x91\xe6\x98\xaf", "=-", "0123",
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  int n = g_rand_int_range (rand, 1, 400);

  for (int i = 0; i < 40; i++)
    {
      const char *alphabet = alphabets[g_rand_int_range (rand, 0, G_N_ELEMENTS (alphabets))];
      int step = (unsigned char) alphabet[0] < 0x80 ? 1 : (unsigned char) alphabet[0] < 0xe0 ? 2 : 3;
      int length = g_rand_int_range (rand, 0, 8) == 0 ? g_rand_int_range (rand, 30, 200)
                                                      : g_rand_int_range (rand, 1, 19);
      GString *word = g_string_new (g_rand_boolean (rand) ? " " : "");

      for (int k = 0; k < length; k++)
        g_string_append_len (word, alphabet + step * g_rand_int_range (rand, 0, (int) strlen (alphabet) / step), step);
      g_ptr_array_add (words, g_string_free (word, FALSE));
    }
  g_string_truncate (text, 0);
  for (int i = 0; i < n; i++)
    {
      if (g_rand_int_range (rand, 0, 30) == 0)
        for (int k = g_rand_int_range (rand, 1, 20); k > 0; k--)
          g_string_append_c (text, '\0');
      g_string_append (text, g_ptr_array_index (words, g_rand_int_range (rand, 0, (int) words->len)));
      if (g_rand_int_range (rand, 0, 4) == 0)
        g_string_append (text, g_rand_boolean (rand) ? "\n" : ", ");
    }
}

/* The ids of @text, with room for more or for no more than them, and their lengths. */
static GArray *
encode (TkEncoder     *encoder,
        const GString *text,
        size_t         room)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (TkId), (guint) (text->len + room));
  g_autofree uint32_t *lengths = g_new (uint32_t, text->len + room);
  /* In memory of exactly its size, so that the address sanitizer sees a read beyond it. */
  g_autofree char *copy = g_memdup2 (text->str, text->len);
  size_t n, n_bare, n_counted, sum = 0;
  TkError error;

  g_assert_true (tk_encode (encoder, copy, text->len, NULL, (TkId *) (void *) ids->data, NULL, text->len + room,
                            &n_bare, &error));
  g_assert_true (tk_encode (encoder, copy, text->len, NULL, (TkId *) (void *) ids->data, lengths, text->len + room, &n,
                            &error));
  g_assert_true (tk_count (encoder, copy, text->len, NULL, &n_counted, &error));
  g_assert_cmpuint (n, ==, n_bare);
  g_assert_cmpuint (n, ==, n_counted);
  for (size_t i = 0; i < n; i++)
    sum += lengths[i];
  g_assert_cmpuint (sum, ==, text->len);
  g_array_set_size (ids, (guint) n);
  return ids;
}

static void
test_again (gconstpointer data)
{
  TkEncodingId id = (TkEncodingId) GPOINTER_TO_UINT (data);
  TkCpu best;
  TkEncoding *encodings[TK_N_CPUS];
  TkEncoder *encoders[TK_N_CPUS];
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GString) text = g_string_new (NULL);

  g_test_message ("seed %u", seed);
  g_unsetenv ("TOKENDESK_CPU");
  best = tk_cpu_detect ();
  for (unsigned cpu = 0; cpu <= (unsigned) best; cpu++)
    {
      g_setenv ("TOKENDESK_CPU", cpu_names[cpu], TRUE);
      encodings[cpu] = tk_encoding_open (id, g_getenv ("TOKENDESK_TEST_TABLES"), NULL);
      g_assert_nonnull (encodings[cpu]);
      encoders[cpu] = tk_encoder_new (encodings[cpu]);
    }
  for (unsigned i = 0; i < 300; i++)
    {
      g_autoptr (GArray) expected = NULL;
      TkEncoder *fresh = tk_encoder_new (encodings[0]);

      random_words (rand, text);
      expected = encode (fresh, text, 64);
      tk_encoder_free (fresh);
      for (unsigned cpu = 0; cpu <= (unsigned) best; cpu++)
        {
          g_autoptr (GArray) first = encode (encoders[cpu], text, i % 2 == 0 ? 64 : 0);

          g_assert_cmpmem (first->data, first->len * sizeof (TkId), expected->data, expected->len * sizeof (TkId));
        }
    }
  for (unsigned cpu = 0; cpu <= (unsigned) best; cpu++)
    {
      tk_encoder_free (encoders[cpu]);
      tk_encoding_free (encodings[cpu]);
    }
}

/* More new pieces in one chunk than are merged together, nearly all of them the same; before it, as many different ones. */
static void
test_many_new_pieces (void)
{
  static const char *const words[] = { " qzv", " xvq", " zxv", " \xd0\xb0\xd1\x8a\xd1\x84" };
  g_autoptr (GString) text = g_string_new (NULL);
  TkCpu best;

  for (unsigned i = 0; i < 700; i++)
    g_string_append_printf (text, " q%c%cz%cw%cq", 'a' + i % 26, 'b' + i / 26 % 26, 'c' + i % 7, 'd' + i % 11);
  for (unsigned w = 0; w < G_N_ELEMENTS (words); w++)
    for (unsigned i = 0; i < 1300; i++)
      g_string_append (text, words[w]);

  g_unsetenv ("TOKENDESK_CPU");
  best = tk_cpu_detect ();
  for (unsigned cpu = 0; cpu <= (unsigned) best; cpu++)
    {
      g_autoptr (GArray) ids = NULL;
      g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (TkId));
      TkEncoding *encoding;
      TkEncoder *encoder, *single;
      size_t start = 0;

      g_setenv ("TOKENDESK_CPU", cpu_names[cpu], TRUE);
      encoding = tk_encoding_open (TK_ENCODING_CL100K_BASE, g_getenv ("TOKENDESK_TEST_TABLES"), NULL);
      g_assert_nonnull (encoding);
      encoder = tk_encoder_new (encoding);
      single = tk_encoder_new (encoding);
      ids = encode (encoder, text, 64);

      /* Word by word, which makes no chunk of more than one. */
      for (size_t end = 1; end <= text->len; end++)
        if (end == text->len || text->str[end] == ' ')
          {
            TkId word[64];
            size_t n;

            g_assert_true (tk_encode (single, text->str + start, end - start, NULL, word, NULL, 64, &n, NULL));
            g_array_append_vals (expected, word, (guint) n);
            start = end;
          }
      g_assert_cmpmem (ids->data, ids->len * sizeof (TkId), expected->data, expected->len * sizeof (TkId));
      tk_encoder_free (single);
      tk_encoder_free (encoder);
      tk_encoding_free (encoding);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/look-up/r50k_base", GUINT_TO_POINTER (TK_ENCODING_R50K_BASE), test_again);
  g_test_add_data_func ("/look-up/cl100k_base", GUINT_TO_POINTER (TK_ENCODING_CL100K_BASE), test_again);
  g_test_add_data_func ("/look-up/o200k_base", GUINT_TO_POINTER (TK_ENCODING_O200K_BASE), test_again);
  g_test_add_func ("/look-up/many-new-pieces", test_many_new_pieces);
  return g_test_run ();
}
