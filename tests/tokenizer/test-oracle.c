/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pieces and ids beside those of the published patterns and rule. */

#include "tk-test-oracle.h"
#include "tk-test-util.h"

#include "tokenizer/tk-split-private.h"

#include <string.h>

static void
compare (TkEncodingId   id,
         TkTestOracle  *oracle,
         const GString *text)
{
  const TkEncoding *encoding = tk_test_encoding (id);
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (TkId));
  g_autoptr (GArray) got = tk_test_encode (id, text->str, text->len, TK_SPECIAL_AS_TEXT);
  gsize pos = 0;

  while (pos < text->len)
    {
      gsize end = tk_test_oracle_piece_end (oracle, text->str, text->len, pos);

      if (tk_piece_end (encoding, text->str, text->len, pos) != end)
        {
          g_autofree char *shown = g_strescape (text->str + pos, NULL);

          g_error ("%s: piece at %zu ends at %zu, expected %zu: %s", tk_encoding_id_to_name (id), pos,
                   tk_piece_end (encoding, text->str, text->len, pos), end, shown);
        }
      tk_test_oracle_merge (oracle, text->str + pos, end - pos, expected);
      pos = end;
    }
  g_assert_cmpmem (got->data, got->len * sizeof (TkId), expected->data, expected->len * sizeof (TkId));
}

static void
test_random (gconstpointer data)
{
  TkEncodingId id = (TkEncodingId) GPOINTER_TO_INT (data);
  TkTestOracle *oracle = tk_test_oracle_new (id);
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (unsigned i = 0; i < 8000; i++)
    {
      tk_test_random (rand, text, (unsigned) g_rand_int_range (rand, 1, 16));
      compare (id, oracle, text);
    }
  tk_test_oracle_free (oracle);
}

/* Long runs of little variety, of which merging remembers what it did before. */
static void
test_runs (gconstpointer data)
{
  static const char *const units[] = { "/", "\t", "'", " ", "=-", "a", "ab", "\n", "//-", "\xe4\xbd\xa0" };
  TkEncodingId id = (TkEncodingId) GPOINTER_TO_INT (data);
  TkTestOracle *oracle = tk_test_oracle_new (id);
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (unsigned i = 0; i < G_N_ELEMENTS (units); i++)
    {
      const char *unit = units[i];

      g_string_truncate (text, 0);
      for (gsize length = (gsize) g_rand_int_range (rand, 520, 900); text->len < length; )
        g_string_append (text, g_rand_int_range (rand, 0, 100) > 0 ? unit
                                                                   : units[g_rand_int_range (rand, 0, (gint32) i + 1)]);
      compare (id, oracle, text);
    }
  tk_test_oracle_free (oracle);
}

/* Every code point alone and in company: as a prefix, inside a word, doubled, before and behind white space. */
static void
test_code_points (gconstpointer data)
{
  TkEncodingId id = (TkEncodingId) GPOINTER_TO_INT (data);
  const TkEncoding *encoding = tk_test_encoding (id);
  TkTestOracle *oracle = tk_test_oracle_new (id);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gunichar c = 0; c < 0x110000; c += c == 0xd7ff ? 0x801 : 1)
    {
      char utf8[8] = "";
      int length = g_unichar_to_utf8 (c, utf8);
      gsize pos = 0;

      if (c == 0)
        length = 1;
      g_string_truncate (text, 0);
      for (const char *p = "@b@@B @ 1@.@\n@ @'@\t@aA@a  @"; *p != '\0'; p++)
        {
          if (*p == '@')
            g_string_append_len (text, utf8, length);
          else
            g_string_append_c (text, *p);
        }
      while (pos < text->len)
        {
          gsize end = tk_piece_end (encoding, text->str, text->len, pos);

          if (end != tk_test_oracle_piece_end (oracle, text->str, text->len, pos))
            g_error ("U+%04X: piece at %zu ends at %zu", c, pos, end);
          pos = end;
        }
    }
  tk_test_oracle_free (oracle);
}

int
main (int    argc,
      char **argv)
{
  static const TkEncodingId ids[] = {
    TK_ENCODING_R50K_BASE, TK_ENCODING_P50K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_O200K_BASE,
  };
  char version[64] = "";

  g_test_init (&argc, &argv, NULL);
  if (!tk_test_oracle_is_usable (version))
    {
      g_print ("1..0 # SKIP PCRE2 follows Unicode %s, the tokenizer 16.0\n", version);
      return 0;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *random = g_strdup_printf ("/oracle/%s/random", tk_encoding_id_to_name (ids[i]));
      g_autofree char *runs = g_strdup_printf ("/oracle/%s/runs", tk_encoding_id_to_name (ids[i]));
      g_autofree char *code_points = g_strdup_printf ("/oracle/%s/code-points", tk_encoding_id_to_name (ids[i]));

      g_test_add_data_func (random, GINT_TO_POINTER (ids[i]), test_random);
      g_test_add_data_func (runs, GINT_TO_POINTER (ids[i]), test_runs);
      g_test_add_data_func (code_points, GINT_TO_POINTER (ids[i]), test_code_points);
    }
  return g_test_run ();
}
