/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "export/td-split-writer.h"

static TkEncoding *encoding;

/* @batch tokens at a time, with the string taken away in between. */
static char *
write_split (TdSplitFormat  format,
             const char    *text,
             gsize          length,
             TkSpecialMode  special,
             gsize          batch)
{
  g_autofree TkId *ids = g_new (TkId, length + 1);
  g_autofree uint32_t *lengths = g_new (uint32_t, length + 1);
  TkEncoder *encoder = tk_encoder_new (encoding);
  TkOptions options = { .special = special };
  GString *all = g_string_new (NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (TdSplitWriter) writer = td_split_writer_new (format, encoding, out);
  gsize n_tokens;
  TkError error;

  g_assert_true (tk_encode (encoder, text, length, &options, ids, lengths, length, &n_tokens, &error));
  tk_encoder_free (encoder);
  for (gsize i = 0; i < n_tokens; i += batch)
    {
      gsize n = MIN (batch, n_tokens - i);

      td_split_writer_add (writer, text, ids + i, lengths + i, n);
      for (gsize j = 0; j < n; j++)
        text += lengths[i + j];
      g_string_append_len (all, out->str, (gssize) out->len);
      g_string_truncate (out, 0);
    }
  td_split_writer_end (writer);
  g_string_append_len (all, out->str, (gssize) out->len);

  return g_string_free (all, FALSE);
}

static void
assert_written (TdSplitFormat  format,
                const char    *text,
                const char    *wanted)
{
  for (gsize batch = 1; batch <= 4; batch++)
    {
      g_autofree char *written = write_split (format, text, strlen (text), TK_SPECIAL_AS_TEXT, batch);

      g_assert_cmpstr (written, ==, wanted);
    }
}

static void
test_lists (void)
{
  assert_written (TD_SPLIT_IDS, "我是刘志军", "176389\n49058\n31044\n21623\n");
  assert_written (TD_SPLIT_LIST, "我是刘志军", "[176389, 49058, 31044, 21623]\n");
  assert_written (TD_SPLIT_IDS, "", "");
  assert_written (TD_SPLIT_LIST, "", "[]\n");
}

static void
test_json (void)
{
  assert_written (TD_SPLIT_JSON, "", "[]\n");
  assert_written (TD_SPLIT_JSON, "a\"\n",
                  "[\n  {\"id\": 64, \"start\": 0, \"end\": 1, \"bytes\": [97], \"text\": \"a\"},\n"
                  "  {\"id\": 1092, \"start\": 1, \"end\": 3, \"bytes\": [34, 10], \"text\": \"\\\"\\n\"}\n]\n");
}

/* A part of a character is no text, but its bytes are told. */
static void
test_parts (void)
{
  g_autofree char *json = write_split (TD_SPLIT_JSON, "龘", 3, TK_SPECIAL_AS_TEXT, 1);
  g_autofree char *csv = write_split (TD_SPLIT_CSV, "龘", 3, TK_SPECIAL_AS_TEXT, 1);
  g_autofree char *html = write_split (TD_SPLIT_HTML, "龘", 3, TK_SPECIAL_AS_TEXT, 1);

  g_assert_nonnull (strstr (json, "\"text\": null"));
  g_assert_nonnull (strstr (csv, ",\"\"\r\n"));
  /* One element with the whole character, coloured in parts. */
  g_assert_nonnull (strstr (html, ">龘</span>"));
  g_assert_nonnull (strstr (html, "linear-gradient"));
  g_assert_null (strstr (html, "\xEF\xBF\xBD"));
}

static void
test_csv (void)
{
  assert_written (TD_SPLIT_CSV, "", "index,id,start,end,bytes,text\r\n");
  assert_written (TD_SPLIT_CSV, "a\"\n",
                  "index,id,start,end,bytes,text\r\n0,64,0,1,61,\"a\"\r\n1,1092,1,3,22 0A,\"\"\"\n\"\r\n");
}

static void
test_markdown (void)
{
  assert_written (TD_SPLIT_MARKDOWN, "a|",
                  "# o200k_base\n\n| # | Token | Id | Bytes |\n| ---: | --- | ---: | --- |\n"
                  "| 1 | `a` | 64 | 61 |\n| 2 | `\\|` | 91 | 7C |\n\n2 tokens\n");
}

static void
test_markdown_code (void)
{
  g_autofree char *written = write_split (TD_SPLIT_MARKDOWN, "`", 1, TK_SPECIAL_AS_TEXT, 1);

  g_assert_nonnull (strstr (written, "| `` ` `` |"));
  g_assert_nonnull (strstr (written, "\n1 token\n"));
}

static void
test_html (void)
{
  static const char text[] = "<b>&\"\n\r\x01";
  g_autofree char *written = write_split (TD_SPLIT_HTML, text, sizeof text - 1, TK_SPECIAL_AS_TEXT, 1);
  const char *body = strstr (written, "<pre>");

  g_assert_true (g_str_has_prefix (written, "<!DOCTYPE html>"));
  g_assert_true (g_str_has_suffix (written, "</html>\n"));
  g_assert_null (strstr (body, "<b>&\""));
  g_assert_nonnull (strstr (body, "&lt;"));
  g_assert_nonnull (strstr (body, "&amp;"));
  g_assert_nonnull (strstr (body, "&#13;"));
  g_assert_nonnull (strstr (body, "<b>\\x01</b>"));
  g_assert_null (strstr (written, "http"));
}

static void
test_special (void)
{
  static const char text[] = "a<|endoftext|>";
  g_autofree char *json = write_split (TD_SPLIT_JSON, text, sizeof text - 1, TK_SPECIAL_PARSE, 1);
  g_autofree char *html = write_split (TD_SPLIT_HTML, text, sizeof text - 1, TK_SPECIAL_PARSE, 1);
  g_autofree char *plain = write_split (TD_SPLIT_JSON, text, sizeof text - 1, TK_SPECIAL_AS_TEXT, 1);

  g_assert_nonnull (strstr (json, "{\"id\": 199999, \"start\": 1, \"end\": 14"));
  g_assert_nonnull (strstr (json, "\"special\": true}"));
  g_assert_nonnull (strstr (html, " x\" title=\"199999: "));
  g_assert_null (strstr (plain, "special"));
}

static void
test_names (void)
{
  for (TdSplitFormat i = 0; i < TD_N_SPLIT_FORMATS; i++)
    {
      TdSplitFormat format;

      g_assert_true (td_split_format_from_name (td_split_format_get_name (i), &format));
      g_assert_cmpint (format, ==, i);
      g_assert_nonnull (td_split_format_get_extension (i));
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  encoding = tk_encoding_open (TK_ENCODING_O200K_BASE, NULL, NULL);

  g_test_add_func ("/export/split-writer/lists", test_lists);
  g_test_add_func ("/export/split-writer/json", test_json);
  g_test_add_func ("/export/split-writer/parts", test_parts);
  g_test_add_func ("/export/split-writer/csv", test_csv);
  g_test_add_func ("/export/split-writer/markdown", test_markdown);
  g_test_add_func ("/export/split-writer/markdown-code", test_markdown_code);
  g_test_add_func ("/export/split-writer/html", test_html);
  g_test_add_func ("/export/split-writer/special", test_special);
  g_test_add_func ("/export/split-writer/names", test_names);

  status = g_test_run ();
  tk_encoding_free (encoding);

  return status;
}
