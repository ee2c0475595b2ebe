/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Checks the token map against fresh runs over the whole text, after every one of many random edits.
 *
 * A long run: TOKENDESK_TEST_EDITS=1000000, per encoding and way to treat special tokens. A seed that failed is
 * repeated with --seed.
 */

#include "tk-test-document.h"

#include <string.h>

/* Beside the everyday: all that may change what is far away. */
static const gchar *const parts[] = {
  "a", "A", "aB", "s", "t", "ll", "re", "vE", "'", "'s", "'ll", " ", "  ", "          ", "\t", "\n", "\n\n", "\r\n",
  "\r", "/", "//", "1", "22", "333", "\xd9\xa0", ".", "}", "!!", "\xcc\x81", "\xe0\xb9\x88", "\xe0\xb8\x81", "中",
  "中文字", "。", "\xe3\x80\x80", "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9", "\xe2\x80\x8d",
  "\xf0\x9f\x8f\xbd", "\xc5\xbf", "\xca\xb0", "\xc7\x85", "the ", "<|endoftext|>", "<|endo", "ftext|>", "<|", "|>",
  "<", "|", ">", "<|fim_prefix|>", "<|return|>", "<|reserved_200013|>",
};

static void
random_insert (TkTestDocument *doc,
               GString        *text,
               gsize           n_themes,
               const guint    *themes)
{
  g_autoptr (GString) more = g_string_new (NULL);
  gint n = g_rand_int_range (doc->rand, 0, 5) > 0 ? 1 : g_rand_int_range (doc->rand, 0, 40);

  g_string_truncate (text, 0);
  for (gint i = 0; i < n; i++)
    {
      switch (g_rand_int_range (doc->rand, 0, 8))
        {
        case 0:
          tk_test_random (doc->rand, more, 2);
          g_string_append_len (text, more->str, (gssize) more->len);
          break;
        case 1:
          g_string_append (text, parts[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (parts))]);
          break;
        default:
          g_string_append (text, parts[themes[g_rand_int_range (doc->rand, 0, (gint) n_themes)]]);
          break;
        }
    }
}

/* One edit of a kind that people and programs make. */
static void
random_edit (TkTestDocument *doc,
             gsize           near,
             GString        *insert,
             gsize           n_themes,
             const guint    *themes,
             gsize          *position,
             gsize          *removed)
{
  gsize n = tk_test_document_n_characters (doc);

  random_insert (doc, insert, n_themes, themes);
  *position = (gsize) g_rand_int_range (doc->rand, 0, (gint32) n + 1);
  *removed = 0;
  if (g_rand_boolean (doc->rand) && near <= n)
    *position = near;

  switch (g_rand_int_range (doc->rand, 0, 12))
    {
    case 0: /* delete a stretch */
      g_string_truncate (insert, 0);
      *removed = (gsize) g_rand_int_range (doc->rand, 0, 40);
      break;
    case 1: /* backspace */
    case 2:
      g_string_truncate (insert, 0);
      *removed = 1;
      break;
    case 3: /* overwrite */
      *removed = 1;
      break;
    case 4: /* replace a selection */
      *removed = (gsize) g_rand_int_range (doc->rand, 0, 100);
      break;
    case 5:
      *position = 0;
      *removed = (gsize) g_rand_int_range (doc->rand, 0, 3);
      break;
    case 6:
      *position = n;
      break;
    case 7: /* cut the end off */
      *removed = g_rand_int_range (doc->rand, 0, 5) == 0 ? n : 0;
      break;
    case 8: /* paste a copy of something */
      if (n > 0)
        {
          gsize from = (gsize) g_rand_int_range (doc->rand, 0, (gint32) n);
          gsize to = from + (gsize) g_rand_int_range (doc->rand, 0, 60);
          gsize start = tk_test_document_byte_of (doc, from);

          g_string_truncate (insert, 0);
          g_string_append_len (insert, doc->text->str + start, (gssize) (tk_test_document_byte_of (doc, to) - start));
        }
      break;
    default:
      break;
    }
  if (*removed > n - *position)
    *removed = n - *position;
}

static void
run_random_edits (TkEncodingId  id,
                  TkSpecialMode special,
                  gint          edits)
{
  g_autoptr (TkTestDocument) doc = tk_test_document_new (id, special);
  g_autoptr (GString) insert = g_string_new (NULL);
  guint themes[6];
  gsize n_themes = 0, near = 0;

  tk_test_document_check_map (doc);
  for (gint i = 0; i < edits; i++)
    {
      gsize position, removed;

      /* Every now and then another mix, from wild to two parts only. */
      if (i % 100 == 0)
        {
          n_themes = (gsize) g_rand_int_range (doc->rand, 1, G_N_ELEMENTS (themes) + 1);
          for (gsize k = 0; k < n_themes; k++)
            themes[k] = (guint) g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (parts));
          if (g_rand_boolean (doc->rand))
            {
              tk_test_random (doc->rand, insert, (unsigned) g_rand_int_range (doc->rand, 0, 200));
              tk_test_document_set_text (doc, insert->str, insert->len);
            }
        }
      if (doc->text->len > 3000)
        {
          g_autofree gchar *head = g_strndup (doc->text->str, tk_test_document_byte_of (doc, 200));

          tk_test_document_set_text (doc, head, tk_test_document_byte_of (doc, 200));
        }
      random_edit (doc, near, insert, n_themes, themes, &position, &removed);
      tk_test_document_edit_and_check (doc, position, removed, insert->str, insert->len);
      near = position + (gsize) g_rand_int_range (doc->rand, 0, 4);
    }
}

static void
test_random_as_text (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    run_random_edits (id, TK_SPECIAL_AS_TEXT, tk_test_n_edits (4500));
}

static void
test_random_parse (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    run_random_edits (id, TK_SPECIAL_PARSE, tk_test_n_edits (4500));
}

/* A few edits in @text, which is mostly @filler: more of that, or one of @others. */
static void
edit_long_run (TkTestDocument          *doc,
               const GString     *text,
               const gchar       *filler,
               const gchar *const others[],
               gsize              n_others)
{
  gsize near = (gsize) g_rand_int_range (doc->rand, 0, (gint) text->len);

  tk_test_document_set_text (doc, text->str, text->len);
  for (gint k = 0; k < 12; k++)
    {
      const gchar *other = others[g_rand_int_range (doc->rand, 0, (gint) n_others)];
      const gchar *insert = g_rand_boolean (doc->rand) ? filler : other;
      gsize length = strlen (insert);
      gsize total = tk_test_document_n_characters (doc);
      gsize position = near;
      gsize removed = 0;

      if (g_rand_int_range (doc->rand, 0, 3) == 0 || position > total)
        position = (gsize) g_rand_int_range (doc->rand, 0, (gint) total + 1);
      switch (g_rand_int_range (doc->rand, 0, 6))
        {
        case 0:
          length = 0;
          removed = 1;
          break;
        case 1:
          removed = 1;
          break;
        case 2:
          length = 0;
          removed = (gsize) g_rand_int_range (doc->rand, 0, 200);
          break;
        default:
          break;
        }
      removed = MIN (removed, total - position);
      tk_test_document_edit_and_check (doc, position, removed, insert, length);
      near = position;
      if (length > 0 && g_rand_boolean (doc->rand))
        near += (gsize) g_utf8_strlen (insert, (gssize) length);
    }
}

/* Long stretches without a seam, with few other characters in them, which makes an edit reach far. */
static void
run_long_runs (TkEncodingId  id,
               TkSpecialMode special,
               gint          runs)
{
  static const gchar *const fillers[] = {
    "a", "A", "ab", "q", "ACGT", "中", "我是刘志军", "\xe3\x81\x8a", "0", "\xd9\xa0", " ", "\n", "\r\n", " \n", "=",
    "=-", "/", "(/", "…", "_", "\xf0\x9f\x91\xa8\xe2\x80\x8d", "\xf0\x9f\x91\xa8\xef\xb8\x8f", "\xcc\x81",
    "\xe0\xb8\x81\xe0\xb9\x88", "\xc7\x85", "\xca\xb0", "\xf0\x90\x90\x80", "\xf0\x90\x90\xa8", "\t", "'", "'s",
    "\t \xc2\xa0", " \r\n", "\n/", "!/", "e\xcc\x81", "हिन्दी", "중a", "aB中\xcc\x81",
    "国A", "国A中B文C", "亚洲AV", "A\xcc\x81", "\xcc\x81\xcc\x82",
  };
  static const gchar *const others[] = {
    "a", "B", "e", "'", "'s", "'ll", " ", "\n", "中", "1", "12", "123", ".", "/", "\xcc\x81", "\xca\xb0", "é",
    "<|endoftext|>", "xyz", "AB", "abC", "中中A", "中中Ab", "!!!", "!\xcc\x81", "\xe0\xb9\x88", "!\n", "\n\n", "/\n", "\t", "  \n",
  };
  g_autoptr (TkTestDocument) doc = tk_test_document_new (id, special);

  for (gint i = 0; i < runs; i++)
    {
      const gchar *filler = fillers[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (fillers))];
      g_autoptr (GString) text = g_string_new (NULL);
      gboolean random_letters = strlen (filler) == 1 && g_ascii_isalpha (*filler) && g_rand_boolean (doc->rand);
      glong n_characters = g_utf8_strlen (filler, -1);
      gboolean shuffled = n_characters > 1 && g_rand_boolean (doc->rand);
      gint n = g_rand_int_range (doc->rand, 300, 6000) / (gint) strlen (filler);

      if (g_rand_boolean (doc->rand))
        g_string_append (text, others[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (others))]);
      for (gint k = 0; k < n; k++)
        {
          if (random_letters)
            g_string_append_c (text, (gchar) ((*filler & 0x60) + g_rand_int_range (doc->rand, 1, 27)));
          else if (shuffled)
            g_string_append_unichar (text, g_utf8_get_char (g_utf8_offset_to_pointer (
                                       filler, g_rand_int_range (doc->rand, 0, (gint) n_characters))));
          else
            g_string_append (text, filler);
        }
      if (g_rand_boolean (doc->rand))
        g_string_append (text, others[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (others))]);
      edit_long_run (doc, text, filler, others, G_N_ELEMENTS (others));
    }
}

static void
test_random_long_runs (void)
{
  for (TkEncodingId id = 0; id < TK_N_ENCODINGS; id++)
    {
      run_long_runs (id, TK_SPECIAL_AS_TEXT, tk_test_n_edits (720) / 12);
      run_long_runs (id, TK_SPECIAL_PARSE, tk_test_n_edits (240) / 12);
    }
}

/* In o200k_base, where capitals behind caseless letters belong depends on letters at both ends of a run. It has just
 * four tokens with both in them, so it takes one of those, 亚洲AV, to see the difference. */
static void
test_random_far_capitals (void)
{
  static const gchar *const ends[] = { "", "a", "亚洲", "AV", "AVs", "亚洲AVs", "s", "b ", "\xcc\x81", "x亚洲" };
  static const gchar *const fillers[] = { "亚洲", "AV", "亚洲AV", "a" };
  static const gchar *const others[] = { "a", "AV", "AVs", "亚洲", "亚洲AVs", "s", " ", "'s", "A" };
  g_autoptr (TkTestDocument) doc = tk_test_document_new (TK_ENCODING_O200K_BASE, TK_SPECIAL_AS_TEXT);

  for (gint i = 0; i < tk_test_n_edits (2400) / 12; i++)
    {
      g_autoptr (GString) text = g_string_new (ends[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (ends))]);
      const gchar *filler = NULL;

      for (gint part = 0; part < 2; part++)
        {
          filler = fillers[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (fillers))];
          for (gint n = g_rand_int_range (doc->rand, 0, 800); n > 0; n--)
            g_string_append (text, filler);
          g_string_append (text, ends[g_rand_int_range (doc->rand, 0, G_N_ELEMENTS (ends))]);
        }
      g_string_append (text, "b");
      edit_long_run (doc, text, filler, others, G_N_ELEMENTS (others));
    }
}

/* Two characters that are merged into tokens of which one begins inside the first and reaches into the second. */
static GPtrArray *
find_crossing_pairs (TkEncodingId id)
{
  const TkEncoding *encoding = tk_test_encoding (id);
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);

  for (TkId token = 0; token < tk_encoding_get_n_vocab (encoding); token++)
    {
      gsize length;
      const gchar *bytes = tk_encoding_get_token (encoding, token, &length);

      if (bytes == NULL || length != 4 || ((guchar) bytes[0] & 0xc0) != 0x80 || ((guchar) bytes[1] & 0xf0) != 0xe0)
        continue;
      for (gunichar c = 0x4e00; c < 0x9fff; c++)
        {
          gchar text[8];
          TkId ids[6];
          guint32 lengths[6];
          gsize n;

          g_unichar_to_utf8 (c, text);
          if (text[2] != bytes[0])
            continue;
          memcpy (text + 3, bytes + 1, 3);
          tk_encode (tk_test_encoder (id), text, 6, NULL, ids, lengths, 6, &n, NULL);
          for (gsize i = 0, pos = 0; i < n; pos += lengths[i++])
            if (pos < 3 && pos > 0 && pos + lengths[i] > 3 && pairs->len < 40)
              {
                g_ptr_array_add (pairs, g_strndup (text, 6));
                c = 0xa000;
              }
        }
    }
  return pairs;
}

/* Tokens that begin inside a character and end behind it are where counting characters tells least about bytes. */
static void
test_random_crossing (void)
{
  static const TkEncodingId ids[] = { TK_ENCODING_R50K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_O200K_BASE };
  static const gchar *const others[] = { "中", "a", "，", "\xe4\xb8\x80" };
  guint n_pairs = 0;

  for (gsize e = 0; e < G_N_ELEMENTS (ids); e++)
    {
      g_autoptr (TkTestDocument) doc = tk_test_document_new (ids[e], TK_SPECIAL_AS_TEXT);
      g_autoptr (GPtrArray) pairs = find_crossing_pairs (ids[e]);

      n_pairs += pairs->len;
      for (gint i = 0; i < tk_test_n_edits (480) / 12 && pairs->len > 0; i++)
        {
          g_autoptr (GString) text = g_string_new (NULL);
          const gchar *pair = pairs->pdata[g_rand_int_range (doc->rand, 0, (gint) pairs->len)];

          for (gint n = g_rand_int_range (doc->rand, 300, 900); n > 0; n--)
            {
              g_string_append (text, g_rand_int_range (doc->rand, 0, 9) > 0 ? pair : others[n % 2]);
              if (g_rand_int_range (doc->rand, 0, 40) == 0)
                pair = pairs->pdata[g_rand_int_range (doc->rand, 0, (gint) pairs->len)];
            }
          edit_long_run (doc, text, pair, others, G_N_ELEMENTS (others));
        }
    }
  g_test_message ("%u pairs", n_pairs);
  g_assert_cmpuint (n_pairs, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token-map/random/as-text", test_random_as_text);
  g_test_add_func ("/token-map/random/parse", test_random_parse);
  g_test_add_func ("/token-map/random/long-runs", test_random_long_runs);
  g_test_add_func ("/token-map/random/far-capitals", test_random_far_capitals);
  g_test_add_func ("/token-map/random/crossing", test_random_crossing);

  return g_test_run ();
}
