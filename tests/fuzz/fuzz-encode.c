/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Any bytes through the encoder, beside the published patterns and rule. The first byte chooses the encoding.
 */

#include "fuzz.h"

#include "tk-test-oracle.h"
#include "tk-test-util.h"

#include "tokenizer/tk-split-private.h"

#include <string.h>

/* The oracle takes quadratic time. */
#define MAX_LENGTH 1500

const char *const fuzz_seeds[] = {
  "0It's 2024; THEY'LL pay $1,234.50!\r\n\r\n    for x in range(10):\n\t\tprint(x)\n",
  "1我是刘志军，'ſ \xd9\xa0\xd9\xa1 \xcc\x81\xe3\x80\x80",
  "2camelCase HTMLParser 'Re 've\xc2\x85 \xe2\x80\xa8<|endoftext|> !/\n/ \xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9",
  "3हिन्दी \xc7\x85\xca\xb0 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  NULL,
};

const char *const fuzz_words[] = {
  " ", "  ", "\t", "\n", "\r\n", "\xc2\xa0", "\xe3\x80\x80", "\xe1\xa0\x8e", "'s", "'S", "'\xc5\xbf", "'ll", "'rE",
  "'", "/", "\n/", "the", "The", "HTML", "\xcc\x81", "\xe0\xa5\x8d", "12", "1234", "\xd9\xa0", "\xc2\xbd",
  "\xe2\x85\xa7", "\xc7\x85", "\xca\xb0", "\xd0\x9f\xd1\x80", "\xe4\xb8\xad", "\xe6\x96\x87", "\xef\xbc\x8c",
  "\xf0\x9f\x91\xa8", "\xe2\x80\x8d", "\xcd\xb8", "\xee\x80\x80", "\xef\xbf\xbf", "<|endoftext|>", "...",
  "=-=-=-=-", "aaaaaaaaaaaaaaaa", "                ", "{\"", "_",
  NULL,
};

static const TkEncodingId ids[] = {
  TK_ENCODING_R50K_BASE, TK_ENCODING_P50K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_O200K_BASE,
};

static TkTestOracle *oracles[G_N_ELEMENTS (ids)];

static void
compare (gsize       which,
         const char *text,
         gsize       length)
{
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (TkId));
  g_autoptr (GArray) got = tk_test_encode (ids[which], text, length, TK_SPECIAL_AS_TEXT);

  if (oracles[which] == NULL)
    oracles[which] = tk_test_oracle_new (ids[which]);
  for (gsize pos = 0, end; pos < length; pos = end)
    {
      end = tk_test_oracle_piece_end (oracles[which], text, length, pos);
      g_assert_cmpuint (tk_piece_end (tk_test_encoding (ids[which]), text, length, pos), ==, end);
      tk_test_oracle_merge (oracles[which], text + pos, end - pos, expected);
    }
  g_assert_cmpmem (got->data, got->len * sizeof (TkId), expected->data, expected->len * sizeof (TkId));
  tk_test_check_all (ids[which], text, length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = NULL;
  gsize which, length;
  const gchar *bad;
  TkError error;
  size_t n;

  if (size < 1)
    return 0;
  which = data[0] % G_N_ELEMENTS (ids);
  length = MIN (size - 1, MAX_LENGTH);
  /* A block of its own, so that a sanitizer sees who reads beyond. */
  text = g_malloc (length + 1);
  memcpy (text, data + 1, length);
  text = g_realloc (text, MAX (length, 1));

  /* GLib takes NUL for an end. */
  if (memchr (text, 0, length) == NULL && !g_utf8_validate_len (text, length, &bad))
    {
      g_assert_false (tk_count (tk_test_encoder (ids[which]), text, length, NULL, &n, &error));
      g_assert_cmpint (error.code, ==, TK_ERROR_INVALID_UTF8);
      g_assert_cmpuint (error.position, ==, (gsize) (bad - text));
    }
  compare (which, text, tk_utf8_check (text, length));
  return 0;
}
