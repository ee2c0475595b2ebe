/* SPDX-License-Identifier: GPL-3.0-or-later */

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "tk-test-oracle.h"

#include "tk-test-util.h"

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
} Rules;

struct _TkTestOracle
{
  pcre2_code *regex;
  pcre2_match_data *match;
  GHashTable *ranks;
};

static const Rules all_rules[] = {
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

bool
tk_test_oracle_is_usable (char version[64])
{
  pcre2_config (PCRE2_CONFIG_UNICODE_VERSION, version);
  return strcmp (version, "16.0.0") == 0;
}

TkTestOracle *
tk_test_oracle_new (TkEncodingId id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (all_rules); i++)
    if (all_rules[i].id == id)
      {
        TkTestOracle *oracle = g_new (TkTestOracle, 1);

        oracle->regex = compile (all_rules[i].pattern);
        oracle->match = pcre2_match_data_create (8, NULL);
        oracle->ranks = read_ranks (all_rules[i].vocabulary);
        return oracle;
      }
  g_assert_not_reached ();
}

void
tk_test_oracle_free (TkTestOracle *oracle)
{
  g_hash_table_unref (oracle->ranks);
  pcre2_match_data_free (oracle->match);
  pcre2_code_free (oracle->regex);
  g_free (oracle);
}

gsize
tk_test_oracle_piece_end (TkTestOracle *oracle,
                          const char   *text,
                          gsize         length,
                          gsize         start)
{
  int n = pcre2_match (oracle->regex, (PCRE2_SPTR) text, length, start, PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED,
                       oracle->match, NULL);

  g_assert_cmpint (n, >, 0);
  return pcre2_get_ovector_pointer (oracle->match)[1];
}

void
tk_test_oracle_merge (TkTestOracle *oracle,
                      const char   *piece,
                      gsize         length,
                      GArray       *ids)
{
  merge (oracle->ranks, piece, length, ids);
}
