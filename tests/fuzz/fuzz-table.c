/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A damaged table file is refused, with a reason. The input is a list of changes to a good one, five bytes each: four
 * say where, or with the highest bit where the file ends, the last one what the byte there is xored with.
 */

#include "fuzz.h"

#include "tokenizer/tk-table-private.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

const char *const fuzz_seeds[] = {
  "\x01\x01\x01\x01\x01",
  "\x08\x01\x01\x01\x02",
  "\x10\x20\x01\x01\x80" "\x40\x01\x01\x01\x01",
  "\x10\x20\x01\x81\x80",
  NULL,
};

const char *const fuzz_words[] = {
  "\x01\x01\x01\x01\x01", "\x40\x01\x01\x01\xff", "\xff\xff\x01\x81\x01", "\x20",
  NULL,
};

static gchar *folder, *path, *good;
static gsize good_length;

static void
remove_files (void)
{
  g_remove (path);
  g_rmdir (folder);
}

static void
set_up (void)
{
  const gchar *source = g_getenv ("TOKENDESK_TEST_TABLES");
  g_autofree gchar *table = g_build_filename (source != NULL ? source : ".", "r50k_base" TK_TABLE_SUFFIX, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (table, &good, &good_length, &error))
    g_error ("%s", error->message);
  folder = g_dir_make_tmp ("tokendesk-fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "r50k_base" TK_TABLE_SUFFIX, NULL);
  atexit (remove_files);
}

static guint32
read_where (const uint8_t *data)
{
  return data[0] | (guint32) data[1] << 8 | (guint32) data[2] << 16 | (guint32) data[3] << 24;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  gsize length, n_changed = 0;
  TkEncoding *encoding;
  TkError error = { 0 };
  FILE *file;

  if (good == NULL)
    set_up ();
  length = good_length;
  for (size_t i = 0; i + 5 <= size && i < 100; i += 5)
    {
      guint32 where = read_where (data + i);

      if (where >> 31)
        length = MIN (length, (where & 0x7fffffff) % (good_length + 1));
      else
        good[where % good_length] ^= (gchar) data[i + 4];
    }
  file = fopen (path, "wb");
  g_assert_true (file != NULL && fwrite (good, 1, length, file) == length && fclose (file) == 0);

  /* Undo the changes; those that met each other may have done so themselves. */
  {
    g_autofree gchar *changed = g_memdup2 (good, good_length);

    for (size_t i = 0; i + 5 <= size && i < 100; i += 5)
      {
        guint32 where = read_where (data + i);

        if (!(where >> 31))
          good[where % good_length] ^= (gchar) data[i + 4];
      }
    n_changed = length < good_length || memcmp (good, changed, good_length) != 0;
  }

  encoding = tk_encoding_open (TK_ENCODING_R50K_BASE, folder, &error);
  g_assert_true ((encoding == NULL) == (n_changed > 0));
  if (encoding == NULL)
    {
      g_assert_true (error.code == TK_ERROR_TABLE_FOREIGN || error.code == TK_ERROR_TABLE_DAMAGED);
      g_assert_cmpint (error.message[0], !=, '\0');
    }
  tk_encoding_free (encoding);
  return 0;
}
