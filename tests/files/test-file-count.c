/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "files/td-charset.h"
#include "files/td-file-count.h"

static TkEncoding *o200k;
static TkEncoding *r50k;

static GFile *
new_file (const char *name,
          const char *contents,
          gssize      length)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), name, NULL);

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));

  return g_file_new_for_path (path);
}

static gboolean
count (GFile             *file,
       const char        *charset,
       TdFileCountFlags   flags,
       TdFileCount       *result,
       GError           **error)
{
  const TkEncoding *encodings[TK_N_ENCODINGS] = {
    [TK_ENCODING_O200K_BASE] = o200k, [TK_ENCODING_R50K_BASE] = r50k,
  };
  g_autoptr (TdFileCounter) counter = td_file_counter_new (encodings);
  TdFileProgress progress = { 0 };

  return td_file_counter_count (counter, file, charset, flags, &progress, result, error);
}

/* The name is 4 tokens in the one and 9 in the other; a long file has so many of each. */
static void
test_counts (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GFile) file = NULL;
  TdFileCount result;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "我是刘志军\n");
  file = new_file ("long.txt", text->str, (gssize) text->len);
  g_assert_true (count (file, NULL, TD_FILE_COUNT_DEFAULT, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_bytes, ==, text->len);
  g_assert_cmpuint (result.n_characters, ==, 50000 * 6);
  g_assert_cmpuint (result.n_lines, ==, 50000);
  g_assert_cmpuint (result.n_tokens[TK_ENCODING_O200K_BASE], ==, 50000 * 5);
  g_assert_cmpuint (result.n_tokens[TK_ENCODING_R50K_BASE], ==, 50000 * 10);
  g_assert_cmpuint (result.n_tokens[TK_ENCODING_CL100K_BASE], ==, 0);
}

static void
test_charset (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("我是刘志军", strlen ("我是刘志军"));
  static const char * const charsets[] = { "GB18030", "UTF-16LE+BOM", "UTF-16BE", "UTF-32LE+BOM" };

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      g_autoptr (GBytes) encoded = td_charset_encode (charsets[i], text, NULL);
      g_autoptr (GFile) file = new_file ("other.txt", g_bytes_get_data (encoded, NULL), (gssize) g_bytes_get_size (encoded));
      TdFileCount result;
      g_autoptr (GError) error = NULL;

      g_assert_true (count (file, charsets[i], TD_FILE_COUNT_DEFAULT, &result, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (result.n_tokens[TK_ENCODING_O200K_BASE], ==, 4);
      g_assert_cmpuint (result.n_characters, ==, 5);
      g_assert_cmpuint (result.n_bytes, ==, g_bytes_get_size (encoded));
    }
}

static void
test_refused (void)
{
  g_autoptr (GFile) invalid = new_file ("invalid.txt", "caf\xE9 au lait", -1);
  g_autoptr (GFile) nul = new_file ("nul", "a\0b", 3);
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_user_data_dir ());
  g_autoptr (GFile) missing = g_file_new_for_path ("/nowhere/at/all");
  g_autoptr (GFile) empty = new_file ("empty.txt", "", 0);
  g_autoptr (GError) invalid_error = NULL;
  g_autoptr (GError) nul_error = NULL;
  g_autoptr (GError) folder_error = NULL;
  g_autoptr (GError) missing_error = NULL;
  TdFileCount result;

  g_assert_false (count (invalid, NULL, TD_FILE_COUNT_DEFAULT, &result, &invalid_error));
  g_assert_error (invalid_error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_NOT_UTF8);
  g_assert_false (count (nul, NULL, TD_FILE_COUNT_DEFAULT, &result, &nul_error));
  g_assert_error (nul_error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_BINARY);
  g_assert_true (count (nul, NULL, TD_FILE_COUNT_ALLOW_NUL, &result, NULL));
  g_assert_cmpuint (result.n_tokens[TK_ENCODING_O200K_BASE], ==, 3);
  g_assert_false (count (folder, NULL, TD_FILE_COUNT_DEFAULT, &result, &folder_error));
  g_assert_error (folder_error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_assert_false (count (missing, NULL, TD_FILE_COUNT_DEFAULT, &result, &missing_error));
  g_assert_error (missing_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (count (empty, NULL, TD_FILE_COUNT_DEFAULT, &result, NULL));
  g_assert_cmpuint (result.n_tokens[TK_ENCODING_O200K_BASE], ==, 0);
}

static void
test_cancelled (void)
{
  const TkEncoding *encodings[TK_N_ENCODINGS] = { [TK_ENCODING_O200K_BASE] = o200k };
  g_autoptr (GFile) file = new_file ("text.txt", "text", -1);
  TdFileProgress progress = { .cancelled = true };
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFileCounter) counter = td_file_counter_new (encodings);
  TdFileCount result;

  g_assert_false (td_file_counter_count (counter, file, NULL, TD_FILE_COUNT_DEFAULT, &progress, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  o200k = tk_encoding_open (TK_ENCODING_O200K_BASE, NULL, NULL);
  r50k = tk_encoding_open (TK_ENCODING_R50K_BASE, NULL, NULL);
  g_assert_nonnull (o200k);
  g_assert_nonnull (r50k);

  g_test_add_func ("/file-count/counts", test_counts);
  g_test_add_func ("/file-count/charset", test_charset);
  g_test_add_func ("/file-count/refused", test_refused);
  g_test_add_func ("/file-count/cancelled", test_cancelled);

  status = g_test_run ();
  tk_encoding_free (o200k);
  tk_encoding_free (r50k);

  return status;
}
