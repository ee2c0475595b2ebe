/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The slow way, to compare with: the published split patterns run by PCRE2, and merging done by the rule, two
 * neighbours at a time, over the rank file read as text.
 *
 * The patterns are tiktoken 0.14's, with two differences that make PCRE2 mean what Rust's regex means: \s is written
 * out as White_Space, because PCRE2 counts U+180E too, and the end of the text is \z, because PCRE2's $ also matches
 * before a last line end.
 */

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "tk-test-util.h"

#include "tokenizer/tk-split-private.h"
#include "tokenizer/tk-unicode-private.h"

#include <string.h>

#define S "\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}"
#define WORD_HEAD "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define WORD_TAIL "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"
#define SUFFIX "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"

typedef struct
{
  TkEncodingId id;
  const char *vocabulary;
  const char *pattern;
} Oracle;

static const Oracle oracles[] = {
  { TK_ENCODING_R50K_BASE, "r50k_base",
    "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^" S "\\p{L}\\p{N}]++|[" S "]++\\z|[" S "]+(?![^" S "])|[" S "]" },
  { TK_ENCODING_P50K_BASE, "p50k_base",
    "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^" S "\\p{L}\\p{N}]++|[" S "]++\\z|[" S "]+(?![^" S "])|[" S "]" },
  { TK_ENCODING_CL100K_BASE, "cl100k_base",
    "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^" S "\\p{L}\\p{N}]++[\\r\\n]*+|[" S "]++\\z|"
    "[" S "]*[\\r\\n]|[" S "]+(?![^" S "])|[" S "]" },
  { TK_ENCODING_O200K_BASE, "o200k_base",
    "[^\\r\\n\\p{L}\\p{N}]?" WORD_HEAD "*" WORD_TAIL "+" SUFFIX "|"
    "[^\\r\\n\\p{L}\\p{N}]?" WORD_HEAD "+" WORD_TAIL "*" SUFFIX "|"
    "\\p{N}{1,3}| ?[^" S "\\p{L}\\p{N}]+[\\r\\n/]*|[" S "]*[\\r\\n]+|[" S "]+(?![^" S "])|[" S "]+" },
};

static pcre2_code *
compile (const char *pattern)
{
  int code;
  PCRE2_SIZE offset;
  pcre2_code *regex = pcre2_compile ((PCRE2_SPTR) pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &code, &offset,
                                     NULL);

  g_assert_nonnull (regex);
  pcre2_jit_compile (regex, PCRE2_JIT_COMPLETE);
  return regex;
}

/* Bytes -> rank + 1, from the rank file. */
static GHashTable *
read_ranks (const char *vocabulary)
{
  GHashTable *ranks = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_autofree char *path = tk_test_rank_file (vocabulary);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_auto (GStrv) fields = g_strsplit (*line, " ", 2);
      gsize length;
      guchar *bytes = g_base64_decode (fields[0], &length);

      g_hash_table_insert (ranks, g_bytes_new_take (bytes, length),
                           GUINT_TO_POINTER (g_ascii_strtoull (fields[1], NULL, 10) + 1));
    }
  return ranks;
}

static unsigned
rank_of (GHashTable *ranks,
         const char *bytes,
         gsize       length)
{
  g_autoptr (GBytes) key = g_bytes_new_static (bytes, length);

  return GPOINTER_TO_UINT (g_hash_table_lookup (ranks, key)) - 1;
}

static void
merge (GHashTable *ranks,
       const char *piece,
       gsize       length,
       GArray     *ids)
{
  g_autofree gsize *starts = g_new (gsize, length + 1);
  gsize n = length;

  for (gsize i = 0; i <= length; i++)
    starts[i] = i;
  for (;;)
    {
      unsigned best = G_MAXUINT;
      gsize best_at = 0;

      for (gsize i = 0; i + 1 < n; i++)
        {
          unsigned rank = rank_of (ranks, piece + starts[i], starts[i + 2] - starts[i]);

          if (rank < best)
            {
              best = rank;
              best_at = i;
            }
        }
      if (best == G_MAXUINT)
        break;
      memmove (starts + best_at + 1, starts + best_at + 2, (n - best_at - 1) * sizeof *starts);
      n--;
    }
  for (gsize i = 0; i < n; i++)
    {
      TkId id = rank_of (ranks, piece + starts[i], starts[i + 1] - starts[i]);

      g_assert_cmpuint (id, !=, TK_ID_NONE);
      g_array_append_val (ids, id);
    }
}

static void
compare (const Oracle     *oracle,
         pcre2_code       *regex,
         pcre2_match_data *match,
         GHashTable       *ranks,
         const GString    *text)
{
  const TkEncoding *encoding = tk_test_encoding (oracle->id);
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (TkId));
  g_autoptr (GArray) got = tk_test_encode (oracle->id, text->str, text->len, TK_SPECIAL_AS_TEXT);
  gsize pos = 0;

  while (pos < text->len)
    {
      int n = pcre2_match (regex, (PCRE2_SPTR) text->str, text->len, pos, PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED, match, NULL);
      gsize end = pcre2_get_ovector_pointer (match)[1];

      g_assert_cmpint (n, >, 0);
      if (tk_piece_end (encoding, text->str, text->len, pos) != end)
        {
          g_autofree char *shown = g_strescape (text->str + pos, NULL);

          g_error ("%s: piece at %zu ends at %zu, expected %zu: %s", oracle->vocabulary, pos,
                   tk_piece_end (encoding, text->str, text->len, pos), end, shown);
        }
      merge (ranks, text->str + pos, end - pos, expected);
      pos = end;
    }
  g_assert_cmpmem (got->data, got->len * sizeof (TkId), expected->data, expected->len * sizeof (TkId));
}

static void
test_random (gconstpointer data)
{
  const Oracle *oracle = data;
  g_autoptr (GHashTable) ranks = read_ranks (oracle->vocabulary);
  pcre2_code *regex = compile (oracle->pattern);
  pcre2_match_data *match = pcre2_match_data_create (8, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (unsigned i = 0; i < 8000; i++)
    {
      tk_test_random (rand, text, (unsigned) g_rand_int_range (rand, 1, 16));
      compare (oracle, regex, match, ranks, text);
    }
  pcre2_match_data_free (match);
  pcre2_code_free (regex);
}

/* Long runs of little variety, of which merging remembers what it did before. */
static void
test_runs (gconstpointer data)
{
  static const char *const units[] = { "/", "\t", "'", " ", "=-", "a", "ab", "\n", "//-", "\xe4\xbd\xa0" };
  const Oracle *oracle = data;
  g_autoptr (GHashTable) ranks = read_ranks (oracle->vocabulary);
  pcre2_code *regex = compile (oracle->pattern);
  pcre2_match_data *match = pcre2_match_data_create (8, NULL);
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
      compare (oracle, regex, match, ranks, text);
    }
  pcre2_match_data_free (match);
  pcre2_code_free (regex);
}

/* Every code point alone and in company: as a prefix, inside a word, doubled, before and behind white space. */
static void
test_code_points (gconstpointer data)
{
  const Oracle *oracle = data;
  const TkEncoding *encoding = tk_test_encoding (oracle->id);
  pcre2_code *regex = compile (oracle->pattern);
  pcre2_match_data *match = pcre2_match_data_create (8, NULL);
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

          g_assert_cmpint (pcre2_match (regex, (PCRE2_SPTR) text->str, text->len, pos, PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED,
                                        match, NULL), >, 0);
          if (end != pcre2_get_ovector_pointer (match)[1])
            g_error ("U+%04X: piece at %zu ends at %zu", c, pos, end);
          pos = end;
        }
    }
  pcre2_match_data_free (match);
  pcre2_code_free (regex);
}

int
main (int    argc,
      char **argv)
{
  char version[64] = "";

  g_test_init (&argc, &argv, NULL);
  pcre2_config (PCRE2_CONFIG_UNICODE_VERSION, version);
  if (strcmp (version, "16.0.0") != 0)
    {
      g_print ("1..0 # SKIP PCRE2 follows Unicode %s, the tokenizer 16.0\n", version);
      return 0;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (oracles); i++)
    {
      g_autofree char *random = g_strdup_printf ("/oracle/%s/random", oracles[i].vocabulary);
      g_autofree char *runs = g_strdup_printf ("/oracle/%s/runs", oracles[i].vocabulary);
      g_autofree char *code_points = g_strdup_printf ("/oracle/%s/code-points", oracles[i].vocabulary);

      g_test_add_data_func (random, &oracles[i], test_random);
      g_test_add_data_func (runs, &oracles[i], test_runs);
      g_test_add_data_func (code_points, &oracles[i], test_code_points);
    }
  return g_test_run ();
}
