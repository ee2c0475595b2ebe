/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "app/editor/td-encodings.h"
#include "app/editor/td-token-info.h"

static const char * const texts[] = {
  "Hello world!\n  indented\n\n\nend",
  "我是刘志军，敏捷的棕色狐狸跳过了懒狗。龘靐齉",
  "🎉👨‍👩‍👧 e\xCC\x81tude\r\nשלום नमस्ते ภาษาไทย",
  "\xE3\x80\x80\xE3\x80\x80\n\xC2\xA0 x\t\ty",
  "“quoted” — ’s … ½ ﬁ 𠜎𠜱",
};

static const TkEncodingId encodings[] = {
  TK_ENCODING_R50K_BASE, TK_ENCODING_P50K_BASE, TK_ENCODING_CL100K_BASE, TK_ENCODING_O200K_BASE,
};

/* What a fresh run over the text gives. */
typedef struct
{
  TkId *ids;
  uint32_t *lengths;
  gsize n_tokens;
} Fresh;

static void
fresh_init (Fresh        *fresh,
            TkEncodingId  encoding,
            const char   *text)
{
  TkEncoder *encoder = tk_encoder_new (td_encodings_get (encoding, NULL));
  gsize length = strlen (text);
  TkError error;

  fresh->ids = g_new (TkId, length);
  fresh->lengths = g_new (uint32_t, length);
  g_assert_true (tk_encode (encoder, text, length, NULL, fresh->ids, fresh->lengths, length, &fresh->n_tokens, &error));
  tk_encoder_free (encoder);
}

static void
fresh_clear (Fresh *fresh)
{
  g_free (fresh->ids);
  g_free (fresh->lengths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fresh, fresh_clear)

static TdDocument *
new_document (const char   *text,
              TkEncodingId  encoding)
{
  TdDocument *document = td_document_new ();

  td_document_set_encoding (document, encoding);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (document)), text, -1);
  g_assert_false (td_document_get_counting (document));

  return document;
}

/* Every character of every text: exactly the tokens that have bytes of it, with their ids, bytes and places. */
static void
test_every_character (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (encodings); i++)
    {
      const char *text = texts[i / G_N_ELEMENTS (encodings)];
      TkEncodingId encoding = encodings[i % G_N_ELEMENTS (encodings)];
      g_autoptr (TdDocument) document = new_document (text, encoding);
      g_auto (Fresh) fresh = { 0 };
      gsize character = 0;

      fresh_init (&fresh, encoding, text);
      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), character++)
        {
          g_autoptr (GPtrArray) tokens = td_document_dup_tokens_at (document, character);
          gsize first = p - text;
          gsize end = g_utf8_next_char (p) - text;
          gsize at = 0;
          guint n_found = 0;

          for (gsize j = 0; j < fresh.n_tokens; at += fresh.lengths[j], j++)
            {
              const TdTokenInfo *info;

              if (at >= end || at + fresh.lengths[j] <= first)
                continue;

              g_assert_cmpuint (n_found, <, tokens->len);
              info = g_ptr_array_index (tokens, n_found++);
              g_assert_cmpuint (info->index, ==, j);
              g_assert_cmpuint (info->id, ==, fresh.ids[j]);
              g_assert_cmpuint (info->first_byte, ==, at);
              g_assert_cmpmem (info->bytes, info->n_bytes, text + at, fresh.lengths[j]);
              g_assert_cmpuint (info->first_character, <=, character);
              g_assert_cmpuint (info->first_character + info->n_characters, >, character);
            }
          g_assert_cmpuint (n_found, ==, tokens->len);
          g_assert_cmpuint (n_found, >, 0);
        }
    }
}

static void
test_touched (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (encodings); i++)
    {
      const char *text = texts[i / G_N_ELEMENTS (encodings)];
      TkEncodingId encoding = encodings[i % G_N_ELEMENTS (encodings)];
      g_autoptr (TdDocument) document = new_document (text, encoding);
      g_auto (Fresh) fresh = { 0 };
      glong n_characters = g_utf8_strlen (text, -1);

      fresh_init (&fresh, encoding, text);
      for (glong first = 0; first < n_characters; first++)
        {
          glong end = g_test_rand_int_range ((int) first + 1, (int) n_characters + 1);
          gsize first_byte = g_utf8_offset_to_pointer (text, first) - text;
          gsize end_byte = g_utf8_offset_to_pointer (text, end) - text;
          gsize at = 0;
          gsize n_touched = 0;

          for (gsize j = 0; j < fresh.n_tokens; at += fresh.lengths[j], j++)
            n_touched += at < end_byte && at + fresh.lengths[j] > first_byte;
          g_assert_cmpuint (td_document_count_touched (document, (gsize) first, (gsize) end), ==, n_touched);
        }
      g_assert_cmpuint (td_document_count_touched (document, 0, 0), ==, 0);
      g_assert_cmpuint (td_document_count_touched (document, 0, (gsize) n_characters), ==, fresh.n_tokens);
    }
}

/* 刘 is E5 88 98 and two tokens in cl100k_base; neither half is a character. */
static void
test_split (void)
{
  g_autoptr (TdDocument) document = new_document ("刘", TK_ENCODING_CL100K_BASE);
  g_autoptr (GPtrArray) tokens = td_document_dup_tokens_at (document, 0);
  g_autoptr (GPtrArray) behind = td_document_dup_tokens_at (document, 1);
  g_autofree char *hex_0 = NULL;
  g_autofree char *hex_1 = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *elsewhere = NULL;

  g_assert_cmpuint (behind->len, ==, 0);
  g_assert_cmpuint (tokens->len, ==, 2);
  g_assert_true (((TdTokenInfo *) tokens->pdata[0])->is_partial);
  g_assert_true (((TdTokenInfo *) tokens->pdata[1])->is_partial);
  hex_0 = td_token_info_dup_hex (tokens->pdata[0]);
  hex_1 = td_token_info_dup_hex (tokens->pdata[1]);
  hex = g_strconcat (hex_0, " ", hex_1, NULL);
  g_assert_cmpstr (hex, ==, "E5 88 98");
  elsewhere = td_token_info_dup_in (tokens->pdata[0], TK_ENCODING_O200K_BASE);
  g_assert_cmpstr (elsewhere, ==, "—");
}

static void
test_texts (void)
{
  static const struct { char *bytes; gsize n_bytes; const char *text; } cases[] = {
    { (char *) " world", 6, "␣world" },
    { (char *) "\r\n\t", 3, "␍↵⇥" },
    { (char *) "\xE5\x88", 2, "\\xE5\\x88" },
    { (char *) "\xE3\x80\x80", 3, "U+3000" },
    { (char *) "\x01", 1, "U+0001" },
    { (char *) "军", 3, "军" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdTokenInfo info = { .bytes = cases[i].bytes, .n_bytes = cases[i].n_bytes };
      g_autofree char *text = td_token_info_dup_text (&info);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_in_other_encoding (void)
{
  g_autoptr (TdDocument) document = new_document ("我是刘志军", TK_ENCODING_O200K_BASE);
  g_autoptr (GPtrArray) tokens = td_document_dup_tokens_at (document, 4);
  g_autofree char *r50k = td_token_info_dup_in (tokens->pdata[0], TK_ENCODING_R50K_BASE);
  g_autofree char *o200k = td_token_info_dup_in (tokens->pdata[0], TK_ENCODING_O200K_BASE);
  g_autofree char *id = g_strdup_printf ("%u", ((TdTokenInfo *) tokens->pdata[0])->id);

  g_assert_cmpuint (tokens->len, ==, 1);
  g_assert_cmpstr (o200k, ==, id);
  g_assert_nonnull (strchr (r50k, ' '));
}

/* What a screen reader says of a token, and of a character that two of them share. */
static void
test_spoken (void)
{
  g_autoptr (TdDocument) document = new_document ("a刘", TK_ENCODING_CL100K_BASE);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;
  g_autofree char *of_one = NULL;
  g_autofree char *of_two = NULL;

  one = td_document_dup_tokens_at (document, 0);
  of_one = td_document_dup_spoken (document, one);
  g_assert_cmpstr (of_one, ==, "Token 1 of 3: a, id 64, bytes 61");

  two = td_document_dup_tokens_at (document, 1);
  of_two = td_document_dup_spoken (document, two);
  g_assert_cmpstr (of_two, ==, "Tokens 2–3 of 3: part of a character, id 6701, bytes E5 88; part of a character, id 246, bytes 98");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token-info/every-character", test_every_character);
  g_test_add_func ("/token-info/touched", test_touched);
  g_test_add_func ("/token-info/split", test_split);
  g_test_add_func ("/token-info/texts", test_texts);
  g_test_add_func ("/token-info/spoken", test_spoken);
  g_test_add_func ("/token-info/in-other-encoding", test_in_other_encoding);

  return g_test_run ();
}
