/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-test-util.h"

#include "tokenizer/tk-split-private.h"

#include <string.h>

static TkEncoding *encodings[TK_N_ENCODINGS];
static TkEncoder *encoders[TK_N_ENCODINGS];

const TkEncoding *
tk_test_encoding (TkEncodingId id)
{
  if (encodings[id] == NULL)
    {
      TkError error;

      encodings[id] = tk_encoding_open (id, NULL, &error);
      if (encodings[id] == NULL)
        g_error ("%s", error.message);
    }
  return encodings[id];
}

TkEncoder *
tk_test_encoder (TkEncodingId id)
{
  if (encoders[id] == NULL)
    encoders[id] = tk_encoder_new (tk_test_encoding (id));
  return encoders[id];
}

GArray *
tk_test_encode (TkEncodingId   id,
                const char    *text,
                size_t         length,
                TkSpecialMode  special)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (TkId));
  TkOptions options = { .special = special };
  TkError error;
  size_t n;

  g_array_set_size (ids, length + 1);
  if (!tk_encode (tk_test_encoder (id), text, length, &options, (TkId *) (void *) ids->data, NULL, length, &n, &error))
    g_error ("%s", error.message);
  g_array_set_size (ids, n);
  return ids;
}

void
tk_test_expect (TkEncodingId   id,
                const char    *text,
                TkSpecialMode  special,
                const TkId    *ids,
                size_t         n_ids)
{
  g_autoptr (GArray) got = tk_test_encode (id, text, strlen (text), special);

  g_assert_cmpmem (got->data, got->len * sizeof (TkId), ids, n_ids * sizeof (TkId));
}

typedef struct
{
  const TkId *ids;
  const uint32_t *lengths;
  size_t n;
} Expected;

static bool
compare_cb (const TkId     *ids,
            const uint32_t *lengths,
            size_t          n_tokens,
            void           *user_data)
{
  Expected *expected = user_data;

  g_assert_cmpuint (n_tokens, <=, expected->n);
  g_assert_cmpmem (ids, n_tokens * sizeof *ids, expected->ids, n_tokens * sizeof *ids);
  g_assert_cmpmem (lengths, n_tokens * sizeof *lengths, expected->lengths, n_tokens * sizeof *lengths);
  expected->ids += n_tokens;
  expected->lengths += n_tokens;
  expected->n -= n_tokens;
  return true;
}

void
tk_test_check_all (TkEncodingId  id,
                   const char   *text,
                   size_t        length)
{
  const TkEncoding *encoding = tk_test_encoding (id);
  TkEncoder *encoder = tk_test_encoder (id);
  g_autofree TkId *ids = g_new (TkId, length + 1);
  g_autofree uint32_t *lengths = g_new (uint32_t, length + 1);
  g_autofree char *decoded = g_malloc (length + 1);
  size_t n, n_counted, n_bytes;
  size_t pos = 0;
  Expected expected;

  g_assert_true (tk_encode (encoder, text, length, NULL, ids, lengths, length, &n, NULL));
  for (size_t i = 0; i < n; i++)
    {
      size_t size;
      const char *bytes = tk_encoding_get_token (encoding, ids[i], &size);

      g_assert_cmpmem (bytes, size, text + pos, lengths[i]);
      pos += size;
    }
  g_assert_cmpuint (pos, ==, length);

  g_assert_true (tk_decode (encoding, ids, n, NULL, 0, &n_bytes, NULL));
  g_assert_cmpuint (n_bytes, ==, length);
  g_assert_true (tk_decode (encoding, ids, n, decoded, length, &n_bytes, NULL));
  g_assert_cmpmem (decoded, n_bytes, text, length);

  g_assert_true (tk_count (encoder, text, length, NULL, &n_counted, NULL));
  g_assert_cmpuint (n_counted, ==, n);

  expected = (Expected) { ids, lengths, n };
  g_assert_true (tk_encode_each (encoder, text, length, NULL, compare_cb, &expected, NULL));
  g_assert_cmpuint (expected.n, ==, 0);

  for (pos = 0; pos < length; )
    {
      size_t end = tk_piece_end (encoding, text, length, pos);

      g_assert_cmpuint (end, >, pos);
      g_assert_cmpuint (end, <=, length);
      g_assert_true (g_utf8_validate_len (text + pos, end - pos, NULL) || memchr (text + pos, 0, end - pos) != NULL);
      pos = end;
    }
}

char *
tk_test_rank_file (const char *vocabulary)
{
  g_autofree char *name = g_strconcat (vocabulary, ".tiktoken", NULL);

  /* Fuzz targets are no GLib tests. */
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "..", "data", "encodings", name, NULL);
}

/* Random text ------------------------------------------------------------------------------------------------------ */

/* What the patterns care about: contractions in all cases and with ſ, white space and line ends of all kinds, slashes,
 * marks, letters of every class, digits of several scripts, joiners, unassigned and private code points, specials. */
static const char *const parts[] = {
  " ", " ", " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "\r", "\v", "\f", "\xc2\x85", "\xc2\xa0", "\xe3\x80\x80",
  "\xe2\x80\xa8", "\xe1\xa0\x8e", "'", "'s", "'S", "'\xc5\xbf", "\xc5\xbf", "'t", "'re", "'RE", "'rE", "'ve", "'m",
  "'ll", "'lL", "'d", "'l", "'r", "\xe2\x80\x99s", "/", "//", "\n/", "a", "b", "the", "The", "THE", "hello", "World",
  "camelCase", "HTMLParser", "A", "I", "\xc3\xa9", "\xc3\x89", "\xc7\x85", "\xc7\x88", "\xca\xb0", "\xd9\x80",
  "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82", "\xe6\x88\x91\xe6\x98\xaf", "\xe5\x88\x98",
  "\xe4\xbd\xa0\xe5\xa5\xbd", "\xe3\x81\x8a", "\xed\x95\x9c\xea\xb5\xad", "\xe0\xa4\xb9\xe0\xa4\xbf",
  "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85", "\xcc\x81", "\xcc\x81\xcc\x88", "\xef\xb8\x8f", "\xe2\x83\xa3", "0", "12", "123",
  "1234", "\xd9\xa0", "\xe0\xa5\xa7", "\xe2\x85\xa7", "\xc2\xbd", "\xf0\x9d\x9f\x98", "\xe2\x80\x8d", "\xe2\x80\x8c",
  "\xf0\x9f\x91\xa8", "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9", "\xf0\x9f\x8f\xbd", "\xf0\x9f\x87\xa8",
  "\xcd\xb8", "\xee\x80\x80", "\xf3\xa0\x81\xa1", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf", "\xef\xbb\xbf", ".", ",", "!!",
  "...", "=-", "(", ")", "{", "}", "\"", "_", "__", "<|", "|>", "<|endoftext|>", "<", "$", "+", "\xe2\x82\xac",
  "\xef\xbc\x8c", "\xe3\x80\x82",
};

static gunichar
random_code_point (GRand *rand)
{
  static const gunichar limits[] = { 0x80, 0x250, 0x3000, 0xd800, 0x110000 };
  gunichar c;

  do
    c = (gunichar) g_rand_int_range (rand, 0, (gint32) limits[g_rand_int_range (rand, 0, G_N_ELEMENTS (limits))]);
  while (c >= 0xd800 && c < 0xe000);
  return c;
}

void
tk_test_random (GRand    *rand,
                GString  *text,
                unsigned  n_parts)
{
  /* Each text has its own mix, so that long runs of one kind come up as well as wild mixtures. */
  unsigned known = (unsigned) g_rand_int_range (rand, 0, 101);
  unsigned repeat = (unsigned) g_rand_int_range (rand, 0, 60);

  g_string_truncate (text, 0);
  for (unsigned i = 0; i < n_parts; i++)
    {
      unsigned n = (unsigned) g_rand_int_range (rand, 0, 100) < repeat ? (unsigned) g_rand_int_range (rand, 2, 9) : 1;
      char buffer[8] = "";
      const char *part = buffer;
      size_t length;

      if ((unsigned) g_rand_int_range (rand, 0, 100) < known)
        {
          part = parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))];
          length = strlen (part);
        }
      else
        {
          length = (size_t) g_unichar_to_utf8 (random_code_point (rand), buffer);
        }
      while (n-- > 0)
        g_string_append_len (text, part, (gssize) length);
    }
}
