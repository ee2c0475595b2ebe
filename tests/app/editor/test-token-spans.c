/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "app/editor/td-encodings.h"
#include "app/editor/td-token-bands.h"
#include "app/editor/td-token-preview.h"
#include "app/editor/td-token-spans.h"

static const char * const texts[] = {
  "Hello world!\n  indented\n\n\nend",
  "我是刘志军，敏捷的棕色狐狸跳过了懒狗。龘靐齉",
  "🎉👨‍👩‍👧 e\xCC\x81tude\r\nשלום नमस्ते ภาษาไทย",
  "“quoted” — ’s … ½ ﬁ 𠜎𠜱",
};

static TdDocument *
new_document (const char *text)
{
  TdDocument *document = td_document_new ();

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (document)), text, -1);
  g_assert_false (td_document_get_counting (document));

  return document;
}

/* Any neighbouring tokens: their bytes are those of the text, their lengths those of a fresh run. */
static void
test_by_token (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (TkEncodingId encoding = 0; encoding < TK_N_ENCODINGS; encoding++)
      {
        g_autoptr (TdDocument) document = new_document (texts[i]);
        gsize length = strlen (texts[i]);
        g_autofree TkId *ids = g_new (TkId, length);
        g_autofree uint32_t *lengths = g_new (uint32_t, length);
        TkEncoder *encoder = tk_encoder_new (td_encodings_get (encoding, NULL));
        gsize n_tokens;
        gsize start = 0;
        TkError error;

        g_assert_true (tk_encode (encoder, texts[i], length, NULL, ids, lengths, length, &n_tokens, &error));
        tk_encoder_free (encoder);

        for (gsize first = 0; first <= n_tokens; first++)
          {
            for (gsize n = 1; n <= 5; n++)
              {
                g_autoptr (TdTokenSpans) spans = td_document_dup_token_spans (document, encoding, first, n);
                gsize n_bytes = 0;

                g_assert_cmpuint (spans->first_token, ==, first);
                g_assert_cmpuint (spans->n_tokens, ==, MIN (n, n_tokens - first));
                g_assert_cmpuint (spans->first_byte, ==, start);
                for (gsize j = 0; j < spans->n_tokens; j++)
                  {
                    g_assert_cmpuint (spans->lengths[j], ==, lengths[first + j]);
                    n_bytes += spans->lengths[j];
                  }
                g_assert_cmpmem (spans->bytes, spans->n_bytes, &texts[i][start], n_bytes);
              }
            if (first < n_tokens)
              start += lengths[first];
          }
      }
}

/* Any range of characters: exactly its bytes, in parts that are never empty. */
static void
test_by_character (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (TkEncodingId encoding = 0; encoding < TK_N_ENCODINGS; encoding++)
      {
        g_autoptr (TdDocument) document = new_document (texts[i]);
        gsize n_characters = (gsize) g_utf8_strlen (texts[i], -1);

        td_document_set_encoding (document, encoding);
        for (gsize first = 0; first <= n_characters; first++)
          for (gsize end = first; end <= n_characters; end++)
            {
              g_autoptr (TdTokenSpans) spans = td_document_dup_character_spans (document, encoding, first, end);
              const char *start = g_utf8_offset_to_pointer (texts[i], (glong) first);
              const char *stop = g_utf8_offset_to_pointer (texts[i], (glong) end);
              gsize n_bytes = 0;

              g_assert_cmpmem (spans->bytes, spans->n_bytes, start, (gsize) (stop - start));
              for (gsize j = 0; j < spans->n_tokens; j++)
                {
                  g_assert_cmpuint (spans->lengths[j], >, 0);
                  n_bytes += spans->lengths[j];
                }
              g_assert_cmpuint (n_bytes, ==, spans->n_bytes);
            }
      }
}

static void
test_unknown_while_counted (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  g_autofree char *text = g_strnfill (100000, 'a');
  gsize first;
  gsize n;

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (document)), text, -1);
  g_assert_null (td_document_dup_token_spans (document, TK_ENCODING_O200K_BASE, 0, 1));
  g_assert_null (td_document_dup_character_spans (document, TK_ENCODING_O200K_BASE, 0, 10));
  g_assert_false (td_document_find_tokens (document, TK_ENCODING_O200K_BASE, 0, 10, &first, &n));
}

static void
test_spelling (void)
{
  g_autoptr (TdDocument) document = new_document ("我是刘志军");
  g_autoptr (TdTokenSpans) spans = td_document_dup_character_spans (document, TK_ENCODING_CL100K_BASE, 0, 5);
  g_autofree char *spelling = td_token_preview_dup_spelling (spans);

  g_assert_cmpstr (spelling, ==, "我│是│\\xE5\\x88│\\x98│志│\\xE5\\x86│\\x9B");
}

/* Bands ------------------------------------------------------------------------------------------------------------ */

static PangoLayout *
new_layout (const char *text,
            int         width)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);

  g_object_unref (context);

  pango_layout_set_text (layout, text, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width > 0 ? width * PANGO_SCALE : -1);

  return layout;
}

/* 刘 and 军 are two tokens each: seven bands side by side without gap or overlap, two boundaries inside characters. */
static void
test_bands_of_split_characters (void)
{
  g_autoptr (PangoLayout) layout = new_layout ("我是刘志军", 0);
  const guint32 lengths[] = { 3, 3, 2, 1, 3, 2, 1 };
  g_autoptr (TdTokenBands) bands = td_token_bands_new (layout, NULL, lengths, G_N_ELEMENTS (lengths), 0, 6);
  float right = 0;

  g_assert_cmpuint (td_token_bands_get_n (bands), ==, G_N_ELEMENTS (lengths));
  g_assert_cmpuint (td_token_bands_get_n_ticks (bands), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      graphene_rect_t place;
      gsize token;
      gboolean is_special;

      td_token_bands_get (bands, i, &place, &token, &is_special);
      g_assert_false (is_special);
      g_assert_cmpuint (token, ==, i);
      g_assert_cmpfloat_with_epsilon (place.origin.x, right, 0.01);
      g_assert_cmpfloat (place.size.width, >, 0);
      right = place.origin.x + place.size.width;
    }
}

/* A token that goes on in the next row has a band in each. */
static void
test_bands_wrap (void)
{
  g_autoptr (PangoLayout) layout = new_layout ("aaaa aaaa aaaa aaaa aaaa aaaa", 60);
  const guint32 lengths[] = { 29 };
  g_autoptr (TdTokenBands) bands = td_token_bands_new (layout, NULL, lengths, 1, 0, 6);

  g_assert_cmpint (pango_layout_get_line_count (layout), >, 1);
  g_assert_cmpuint (td_token_bands_get_n (bands), ==, (gsize) pango_layout_get_line_count (layout));
}

/* A line end has no glyph, but its token shows. */
static void
test_bands_of_line_ends (void)
{
  g_autoptr (PangoLayout) layout = new_layout ("a\nb", 0);
  const guint32 lengths[] = { 1, 1, 1 };
  g_autoptr (TdTokenBands) bands = td_token_bands_new (layout, NULL, lengths, 3, 0, 6);
  graphene_rect_t place;
  gsize token;
  gboolean is_special;

  g_assert_cmpuint (td_token_bands_get_n (bands), ==, 3);
  td_token_bands_get (bands, 1, &place, &token, &is_special);
  g_assert_cmpuint (token, ==, 1);
  g_assert_cmpfloat (place.size.width, ==, 6);
}

/* A special token is one band with an outline; the same letters as text are neither. */
static void
test_bands_of_special_tokens (void)
{
  static const char text[] = "a<|endoftext|>b";
  static const guint32 parsed[] = { 1, 13, 1 };
  g_autoptr (PangoLayout) layout = new_layout (text, 0);
  const TkEncoding *encoding = td_encodings_get (TK_ENCODING_CL100K_BASE, NULL);
  g_autofree TkId *ids = g_new (TkId, sizeof text);
  g_autofree guint32 *lengths = g_new (guint32, sizeof text);
  TkEncoder *encoder = tk_encoder_new (encoding);
  TkOptions options = { .special = TK_SPECIAL_AS_TEXT };
  gsize n_tokens;
  TkError error;

  for (guint as_text = 0; as_text < 2; as_text++)
    {
      g_autoptr (TdTokenBands) bands = NULL;
      gsize n_special = 0;

      options.special = as_text ? TK_SPECIAL_AS_TEXT : TK_SPECIAL_PARSE;
      g_assert_true (tk_encode (encoder, text, sizeof text - 1, &options, ids, lengths, sizeof text, &n_tokens, &error));
      if (!as_text)
        g_assert_cmpmem (lengths, n_tokens * sizeof *lengths, parsed, sizeof parsed);

      bands = td_token_bands_new (layout, encoding, lengths, n_tokens, 0, 6);
      g_assert_cmpuint (td_token_bands_get_n (bands), ==, n_tokens);
      for (gsize i = 0; i < n_tokens; i++)
        {
          graphene_rect_t place;
          gsize token;
          gboolean is_special;

          td_token_bands_get (bands, i, &place, &token, &is_special);
          g_assert_cmpint (is_special, ==, !as_text && i == 1);
          n_special += is_special ? 1 : 0;
        }
      g_assert_cmpuint (n_special, ==, as_text ? 0 : 1);
    }
  tk_encoder_free (encoder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/editor/token-spans/by-token", test_by_token);
  g_test_add_func ("/editor/token-spans/by-character", test_by_character);
  g_test_add_func ("/editor/token-spans/unknown-while-counted", test_unknown_while_counted);
  g_test_add_func ("/editor/token-spans/spelling", test_spelling);
  g_test_add_func ("/editor/token-bands/split-characters", test_bands_of_split_characters);
  g_test_add_func ("/editor/token-bands/wrap", test_bands_wrap);
  g_test_add_func ("/editor/token-bands/line-ends", test_bands_of_line_ends);
  g_test_add_func ("/editor/token-bands/special-tokens", test_bands_of_special_tokens);

  return g_test_run ();
}
