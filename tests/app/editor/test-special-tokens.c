/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-encodings.h"
#include "app/editor/td-token-info.h"

static GtkTextBuffer *
get_buffer (TdDocument *document)
{
  return GTK_TEXT_BUFFER (td_document_get_buffer (document));
}

static void
wait (TdDocument *document)
{
  while (td_document_get_counting (document) || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
}

/* Every encoding counts as a fresh run over the text does. */
static void
assert_counts (TdDocument *document)
{
  g_autoptr (GBytes) text = td_document_dup_text (document);
  TkOptions options = {
    .special = td_document_get_parse_special (document) ? TK_SPECIAL_PARSE : TK_SPECIAL_AS_TEXT,
  };
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  wait (document);
  for (TkEncodingId encoding = 0; encoding < TK_N_ENCODINGS; encoding++)
    {
      TkEncoder *encoder = tk_encoder_new (td_encodings_get (encoding, NULL));
      guint64 n_tokens;
      gsize wanted;
      TkError error;

      g_assert_true (tk_count (encoder, data, length, &options, &wanted, &error));
      tk_encoder_free (encoder);
      g_assert_true (td_document_get_token_count (document, encoding, &n_tokens));
      g_assert_cmpuint (n_tokens, ==, wanted);
    }
}

static guint64
count (TdDocument   *document,
       TkEncodingId  encoding)
{
  guint64 n_tokens = 0;

  wait (document);
  g_assert_true (td_document_get_token_count (document, encoding, &n_tokens));

  return n_tokens;
}

static void
test_switch (void)
{
  g_autoptr (TdDocument) document = td_document_new ();

  gtk_text_buffer_set_text (get_buffer (document), "<|start|>user<|message|>Hi<|end|><|endoftext|>", -1);
  assert_counts (document);
  g_assert_cmpuint (count (document, TK_ENCODING_O200K_HARMONY), ==, count (document, TK_ENCODING_O200K_BASE));

  td_document_set_parse_special (document, TRUE);
  assert_counts (document);
  g_assert_cmpuint (count (document, TK_ENCODING_O200K_HARMONY), ==, 6);
  g_assert_cmpuint (count (document, TK_ENCODING_O200K_BASE), >, 6);

  td_document_set_parse_special (document, FALSE);
  assert_counts (document);
}

/* Typed letter by letter and taken away again, in the middle of a text: never counted anew, always right. */
static void
test_typing (void)
{
  static const char * const spellings[] = { "<|endoftext|>", "<|fim_middle|>", "<|channel|>", "<|none|>" };
  g_autoptr (TdDocument) document = td_document_new ();

  td_document_set_parse_special (document, TRUE);
  td_document_set_encoding (document, TK_ENCODING_O200K_HARMONY);
  gtk_text_buffer_set_text (get_buffer (document), "one two <|endoftext|> three", -1);
  assert_counts (document);

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      GtkTextIter iter;

      gtk_text_buffer_get_iter_at_offset (get_buffer (document), &iter, 4);
      for (const char *p = spellings[i]; *p != '\0'; p++)
        {
          gtk_text_buffer_insert (get_buffer (document), &iter, p, 1);
          assert_counts (document);
          gtk_text_buffer_get_iter_at_offset (get_buffer (document), &iter, 4 + (int) (p - spellings[i]) + 1);
        }
      for (gsize n = strlen (spellings[i]); n > 0; n--)
        {
          GtkTextIter start;

          gtk_text_buffer_get_iter_at_offset (get_buffer (document), &start, 4);
          gtk_text_buffer_get_iter_at_offset (get_buffer (document), &iter, 5);
          gtk_text_buffer_delete (get_buffer (document), &start, &iter);
          assert_counts (document);
        }
    }
}

/* A long text is counted by others, in six vocabularies, and the edits meanwhile are followed. */
static void
test_long (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "some words <|endoftext|><|message|>\n");
  td_document_set_parse_special (document, TRUE);
  gtk_text_buffer_set_text (get_buffer (document), text->str, -1);
  while (!td_document_get_counting (document))
    g_main_context_iteration (NULL, TRUE);
  gtk_text_buffer_insert_at_cursor (get_buffer (document), "<|end|>", -1);
  assert_counts (document);
}

static void
test_info (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (GPtrArray) plain = NULL;
  g_autoptr (GPtrArray) parsed = NULL;
  const TdTokenInfo *info;
  g_autofree char *harmony = NULL;

  gtk_text_buffer_set_text (get_buffer (document), "a<|endoftext|>b", -1);
  plain = td_document_dup_tokens_at (document, 3);
  g_assert_false (((const TdTokenInfo *) g_ptr_array_index (plain, 0))->is_special);

  td_document_set_parse_special (document, TRUE);
  wait (document);
  parsed = td_document_dup_tokens_at (document, 3);
  g_assert_cmpuint (parsed->len, ==, 1);
  info = g_ptr_array_index (parsed, 0);
  g_assert_true (info->is_special);
  g_assert_cmpuint (info->id, ==, 199999);
  g_assert_cmpuint (info->first_character, ==, 1);
  g_assert_cmpuint (info->n_characters, ==, 13);
  harmony = td_token_info_dup_in (info, TK_ENCODING_CL100K_BASE);
  g_assert_cmpstr (harmony, ==, "100257");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/editor/special-tokens/switch", test_switch);
  g_test_add_func ("/editor/special-tokens/typing", test_typing);
  g_test_add_func ("/editor/special-tokens/long", test_long);
  g_test_add_func ("/editor/special-tokens/info", test_info);

  return g_test_run ();
}
