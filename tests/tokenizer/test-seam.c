/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds each seam against what it promises: a cut wherever it stands, and the same pieces before it when the text ends
 * there. A long run: TOKENDESK_TEST_EDITS=1000000 */

#include "tk-test-util.h"

#include "tokenizer/tk-seam-private.h"

#include <string.h>

/* One from each pattern; the other encodings share these. */
static const TkEncodingId patterns[] = { TK_ENCODING_R50K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_O200K_BASE };

/* At least one of every class, and all that the patterns name. */
static const gunichar alphabet[] = {
  '.', '\'', '/', 's', 'v', 'e', 'l', 'E', 'L', 'R', 0x17f, 0x4e2d, 0x2b0, 0x301, '1', ' ', '\t', 0xa0, '\n', '\r',
};

static gint
n_rounds (gint normal)
{
  const gchar *wanted = g_getenv ("TOKENDESK_TEST_EDITS");

  return wanted != NULL ? (gint) g_ascii_strtoll (wanted, NULL, 10) : normal;
}

/* Returns how many seams @text has. */
static guint
check_text (TkEncodingId  id,
            const gchar  *text,
            gsize         length)
{
  const TkEncoding *encoding = tk_test_encoding (id);
  g_autofree gsize *ends = g_new (gsize, length + 1);
  gsize n_ends = 0, first = 0;
  guint n_seams = 0;

  for (gsize pos = 0; pos < length; n_ends++)
    pos = ends[n_ends] = tk_piece_end (encoding, text, length, pos);

  for (;;)
    {
      gsize seam = tk_seam_find_first (encoding, text, first, length);
      gsize last_start, i = 0;

      if (seam == TK_SEAM_NONE)
        break;
      n_seams++;
      for (gsize pos = 0; pos < seam; i++)
        {
          pos = tk_piece_end (encoding, text, seam, pos);
          g_assert_cmpuint (pos, ==, ends[i]);
        }
      g_assert_cmpuint (ends[i - 1], ==, seam);

      /* Searching backwards finds the same one. */
      last_start = (gsize) (g_utf8_next_char (text + seam) - text);
      g_assert_cmpuint (tk_seam_find_last (encoding, text, 0, last_start), ==, seam);
      first = seam;
    }
  return n_seams;
}

static void
test_short (void)
{
  for (gsize p = 0; p < G_N_ELEMENTS (patterns); p++)
    {
      gsize n = G_N_ELEMENTS (alphabet);
      guint n_seams = 0;

      for (gsize i = 0; i < n * n * n * n; i++)
        {
          gchar text[32];
          gint length = 0;

          for (gsize rest = i, k = 0; k < 4; k++, rest /= n)
            length += g_unichar_to_utf8 (alphabet[rest % n], text + length);
          n_seams += check_text (patterns[p], text, (gsize) length);
        }
      g_test_message ("%s: %u seams", tk_encoding_id_to_name (patterns[p]), n_seams);
      g_assert_cmpuint (n_seams, >, n * n * n * n);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GString) text = g_string_new (NULL);

  for (gint i = 0; i < n_rounds (30000); i++)
    {
      tk_test_random (rand, text, (unsigned) g_rand_int_range (rand, 1, 24));
      check_text (patterns[i % (gint) G_N_ELEMENTS (patterns)], text->str, text->len);
    }
}

/* Editing is quick only if seams are close to each other in what people write. */
static void
test_density (void)
{
  const struct
  {
    const gchar *text;
    guint n_seams[3];
  } samples[] = {
    { "The quick brown fox, 42 years old, isn't lazy.\n", { 13, 12, 11 } },
    { "if (a[i] != NULL)\n  return foo_bar (a, b);\n", { 18, 12, 12 } },
    { "我是刘志军，住在北京。今天天气很好！\n", { 6, 3, 3 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    for (gsize p = 0; p < G_N_ELEMENTS (patterns); p++)
      {
        guint n_seams = check_text (patterns[p], samples[i].text, strlen (samples[i].text));

        g_test_message ("%u %u: %u", (guint) i, (guint) p, n_seams);
        g_assert_cmpuint (n_seams, >=, samples[i].n_seams[p]);
      }
}

static void
test_pairs (void)
{
  const TkEncoding *cl100k = tk_test_encoding (TK_ENCODING_CL100K_BASE);
  const TkEncoding *o200k = tk_test_encoding (TK_ENCODING_O200K_BASE);

  g_assert_true (tk_is_seam (cl100k, 'a', ' '));
  g_assert_true (tk_is_seam (cl100k, 'a', '\''));
  g_assert_false (tk_is_seam (o200k, 'a', '\''));
  g_assert_true (tk_is_seam (o200k, 'a', 'B'));
  g_assert_false (tk_is_seam (o200k, 'v', 'E'));
  g_assert_false (tk_is_seam (cl100k, 'a', 'B'));
  g_assert_false (tk_is_seam (cl100k, ' ', 'a'));
  g_assert_false (tk_is_seam (cl100k, '1', '2'));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seam/pairs", test_pairs);
  g_test_add_func ("/seam/density", test_density);
  g_test_add_func ("/seam/short", test_short);
  g_test_add_func ("/seam/random", test_random);

  return g_test_run ();
}
