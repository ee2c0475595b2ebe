/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "files/td-charset.h"

/* Texts as people write them, and the charsets they may come in. */
static const char chinese[] =
  "我是刘志军，在北京的一家软件公司工作。这个文件是用旧的编码保存的，里面有中文的标点符号：“引号”、句号。";
static const char traditional[] =
  "這是一份用舊編碼儲存的文件，裡面有中文標點符號。臺灣的使用者常常會遇到這種檔案，需要先轉換。";
static const char japanese[] = "これは古い文字コードで保存されたファイルです。日本語のテキストには、ひらがなとカタカナがあります。";
static const char korean[] = "이것은 오래된 인코딩으로 저장된 파일입니다. 한국어 텍스트에는 한글이 많이 있습니다.";
static const char french[] = "Le café était fermé à midi ; l’hôtel, lui, restait ouvert. “Ça va ?” – dit-il…";
static const char german[] = "Die Straße führt über Köln nach Düsseldorf, und das Café ist geöffnet.";
static const char russian[] = "Этот файл сохранён в старой кодировке, и его нужно прочитать правильно.";

static GBytes *
encode (const char *text,
        const char *charset)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GBytes *encoded = td_charset_encode (charset, bytes, &error);

  g_assert_no_error (error);

  return encoded;
}

static void
test_guess (void)
{
  static const struct { const char *text; const char *charset; } cases[] = {
    { chinese, "GB18030" },
    { traditional, "BIG5" },
    { japanese, "SHIFT_JIS" },
    { japanese, "EUC-JP" },
    { korean, "EUC-KR" },
    { french, "WINDOWS-1252" },
    { german, "WINDOWS-1252" },
    { russian, "WINDOWS-1251" },
    { russian, "KOI8-R" },
    { chinese, "UTF-16LE+BOM" },
    { french, "UTF-16BE+BOM" },
    { german, "UTF-16LE" },
    { german, "UTF-16BE" },
    { chinese, "UTF-32LE+BOM" },
    { "caf\xC3\xA9\n", "WINDOWS-1252" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) encoded = encode (cases[i].text, cases[i].charset);
      g_auto (GStrv) guesses = td_charset_guess (encoded);

      g_test_message ("%s", cases[i].charset);
      g_assert_cmpstr (guesses[0], ==, cases[i].charset);
    }
}

/* Everything that is offered gives the same bytes when it is written. */
static void
test_round_trip (void)
{
  static const char * const texts[] = { chinese, traditional, japanese, korean, french, russian };
  static const char * const charsets[] = { "GB18030", "UTF-16LE+BOM", "UTF-16BE+BOM", "UTF-16LE", "UTF-32BE+BOM" };

  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (charsets); i++)
    {
      const char *text = texts[i / G_N_ELEMENTS (charsets)];
      g_autoptr (GBytes) encoded = encode (text, charsets[i % G_N_ELEMENTS (charsets)]);
      g_auto (GStrv) guesses = td_charset_guess (encoded);

      g_assert_cmpuint (g_strv_length (guesses), >, 0);
      for (guint j = 0; guesses[j] != NULL; j++)
        {
          g_autoptr (GBytes) decoded = td_charset_decode (guesses[j], encoded, NULL);
          g_autoptr (GBytes) again = td_charset_encode (guesses[j], decoded, NULL);

          g_assert_true (g_bytes_equal (again, encoded));
        }
    }
}

static void
test_binary (void)
{
  g_autoptr (GBytes) program = g_bytes_new_static ("\x7F" "ELF\x02\x01\x01\0\0\0\0\0\xFF\xFE\x80", 15);
  g_auto (GStrv) guesses = td_charset_guess (program);

  g_assert_cmpuint (g_strv_length (guesses), ==, 0);
}

static void
test_mark (void)
{
  static const struct { const char *bytes; gsize length; const char *charset; } cases[] = {
    { "\xFF\xFE" "a\0", 4, "UTF-16LE+BOM" }, { "\xFE\xFF\0a", 4, "UTF-16BE+BOM" },
    { "\xFF\xFE\0\0", 4, "UTF-32LE+BOM" }, { "\0\0\xFE\xFF", 4, "UTF-32BE+BOM" },
    { "\xEF\xBB\xBF", 3, NULL }, { "", 0, NULL }, { "\xFF", 1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].length);
      g_autofree char *charset = td_charset_from_mark (bytes);

      g_assert_cmpstr (charset, ==, cases[i].charset);
    }
}

static void
test_errors (void)
{
  g_autoptr (GBytes) invalid = g_bytes_new_static ("ab\xFF", 3);
  g_autoptr (GBytes) half = g_bytes_new_static ("\xB0", 1);
  g_autoptr (GBytes) text = g_bytes_new_static ("one 刘 🎉", strlen ("one 刘 🎉"));
  g_autoptr (GError) decode_error = NULL;
  g_autoptr (GError) half_error = NULL;
  g_autoptr (GError) encode_error = NULL;
  g_autoptr (GError) unknown_error = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *none_missing = NULL;

  g_assert_null (td_charset_decode ("GB18030", invalid, &decode_error));
  g_assert_error (decode_error, TD_CHARSET_ERROR, TD_CHARSET_ERROR_CANNOT_DECODE);
  g_assert_null (td_charset_decode ("GB18030", half, &half_error));
  g_assert_error (half_error, TD_CHARSET_ERROR, TD_CHARSET_ERROR_CANNOT_DECODE);
  g_assert_null (td_charset_encode ("BIG5", text, &encode_error));
  g_assert_error (encode_error, TD_CHARSET_ERROR, TD_CHARSET_ERROR_CANNOT_ENCODE);
  g_assert_null (td_charset_encode ("NO-SUCH-CHARSET", text, &unknown_error));
  g_assert_error (unknown_error, TD_CHARSET_ERROR, TD_CHARSET_ERROR_UNKNOWN);

  missing = td_charset_find_missing ("WINDOWS-1252", text);
  g_assert_cmpstr (missing, ==, "刘");
  none_missing = td_charset_find_missing ("GB18030", text);
  g_assert_null (none_missing);
}

static void
test_empty (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) encoded = td_charset_encode ("UTF-16LE+BOM", nothing, NULL);
  g_autoptr (GBytes) decoded = td_charset_decode ("UTF-16LE+BOM", encoded, NULL);

  g_assert_cmpmem (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), "\xFF\xFE", 2);
  g_assert_cmpuint (g_bytes_get_size (decoded), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charset/guess", test_guess);
  g_test_add_func ("/charset/round-trip", test_round_trip);
  g_test_add_func ("/charset/binary", test_binary);
  g_test_add_func ("/charset/mark", test_mark);
  g_test_add_func ("/charset/errors", test_errors);
  g_test_add_func ("/charset/empty", test_empty);

  return g_test_run ();
}
