/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rank files are the official ones, and no table that is not whole is ever used. */

#include "tk-test-util.h"

#include "tokenizer/tk-table-private.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_rank_files (void)
{
  /* What tiktoken checks its downloads against. */
  static const char *const sums[][2] = {
    { "r50k_base", "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930" },
    { "p50k_base", "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069" },
    { "cl100k_base", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7" },
    { "o200k_base", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autofree char *path = tk_test_rank_file (sums[i][0]);
      g_autofree char *contents = NULL;
      g_autofree char *sum = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &contents, &length, &error));
      g_assert_no_error (error);
      sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
      g_assert_cmpstr (sum, ==, sums[i][1]);
    }
}

/* Every line of the rank files is found again under its id, and nothing else is. */
static void
test_rank_rows (void)
{
  static const struct
  {
    const char *vocabulary;
    TkEncodingId id;
    unsigned n_rows;
  } files[] = {
    { "r50k_base", TK_ENCODING_R50K_BASE, 50256 },
    { "p50k_base", TK_ENCODING_P50K_BASE, 50280 },
    { "cl100k_base", TK_ENCODING_CL100K_BASE, 100256 },
    { "o200k_base", TK_ENCODING_O200K_BASE, 199998 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      const TkEncoding *encoding = tk_test_encoding (files[i].id);
      g_autofree char *path = tk_test_rank_file (files[i].vocabulary);
      g_autofree char *contents = NULL;
      g_auto (GStrv) lines = NULL;
      unsigned n_rows = 0;

      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      lines = g_strsplit (contents, "\n", -1);
      for (; lines[n_rows] != NULL && *lines[n_rows] != '\0'; n_rows++)
        {
          char *blank = strchr (lines[n_rows], ' ');
          TkId id = (TkId) g_ascii_strtoull (blank + 1, NULL, 10);
          gsize size;
          size_t length;
          const char *token = tk_encoding_get_token (encoding, id, &length);

          *blank = '\0';
          g_base64_decode_inplace (lines[n_rows], &size);
          g_assert_cmpmem (token, length, lines[n_rows], size);
          g_assert_cmpuint (tk_encoding_find_token (encoding, lines[n_rows], size), ==, id);
        }
      g_assert_cmpuint (n_rows, ==, files[i].n_rows);
    }
}

/* Damage ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  char *dir;
  char *path;
  char *contents;
  gsize length;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *source = g_getenv ("TOKENDESK_TEST_TABLES");
  g_autofree char *table = g_build_filename (source, "r50k_base" TK_TABLE_SUFFIX, NULL);
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("tokendesk-table-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->dir, "r50k_base" TK_TABLE_SUFFIX, NULL);
  g_file_get_contents (table, &fixture->contents, &fixture->length, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->contents);
}

static void
expect_refused (Fixture     *fixture,
                gsize        length,
                TkErrorCode  code,
                const char  *reason)
{
  g_autoptr (GError) file_error = NULL;
  TkError error = { 0 };
  TkEncoding *encoding;

  g_file_set_contents (fixture->path, fixture->contents, (gssize) length, &file_error);
  g_assert_no_error (file_error);
  encoding = tk_encoding_open (TK_ENCODING_R50K_BASE, fixture->dir, &error);
  g_assert_null (encoding);
  g_assert_cmpint (error.code, ==, code);
  g_assert_nonnull (strstr (error.message, reason));
}

static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  TkEncoding *encoding;

  g_file_set_contents (fixture->path, fixture->contents, (gssize) fixture->length, &error);
  g_assert_no_error (error);
  encoding = tk_encoding_open (TK_ENCODING_GPT2, fixture->dir, NULL);
  g_assert_nonnull (encoding);
  tk_encoding_free (encoding);
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  TkError error = { 0 };

  g_assert_null (tk_encoding_open (TK_ENCODING_R50K_BASE, fixture->dir, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_TABLE_MISSING);
  g_assert_nonnull (strstr (error.message, "No such file"));
  g_assert_null (tk_encoding_open (TK_ENCODING_R50K_BASE, "/dev/null", &error));
  g_assert_null (tk_encoding_open (TK_N_ENCODINGS, fixture->dir, &error));
  g_assert_cmpint (error.code, ==, TK_ERROR_TABLE_MISSING);
}

static void
test_truncated (Fixture       *fixture,
                gconstpointer  data)
{
  const gsize lengths[] = { 0, 1, 7, 8, sizeof (TkTableHeader) - 1 };

  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    expect_refused (fixture, lengths[i], TK_ERROR_TABLE_FOREIGN, "is not a token table");
  expect_refused (fixture, sizeof (TkTableHeader), TK_ERROR_TABLE_DAMAGED, "is truncated");
  expect_refused (fixture, fixture->length / 2, TK_ERROR_TABLE_DAMAGED, "is truncated");
  expect_refused (fixture, fixture->length - 1, TK_ERROR_TABLE_DAMAGED, "is truncated");
}

static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  TkTableHeader *header = (TkTableHeader *) (void *) fixture->contents;
  const TkTableHeader whole = *header;

  header->magic[0] ^= 1;
  expect_refused (fixture, fixture->length, TK_ERROR_TABLE_FOREIGN, "is not a token table");
  *header = whole;
  header->byte_order = GUINT32_SWAP_LE_BE (header->byte_order);
  expect_refused (fixture, fixture->length, TK_ERROR_TABLE_FOREIGN, "another kind of machine");
  *header = whole;
  header->version++;
  expect_refused (fixture, fixture->length, TK_ERROR_TABLE_FOREIGN, "has format");
}

static void
test_wrong_vocabulary (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *other = g_build_filename (g_getenv ("TOKENDESK_TEST_TABLES"), "p50k_base" TK_TABLE_SUFFIX, NULL);

  g_free (fixture->contents);
  g_assert_true (g_file_get_contents (other, &fixture->contents, &fixture->length, NULL));
  expect_refused (fixture, fixture->length, TK_ERROR_TABLE_FOREIGN, "holds p50k_base, not r50k_base");
}

static void
test_flipped (Fixture       *fixture,
              gconstpointer  data)
{
  for (unsigned i = 0; i < 40; i++)
    {
      gsize at = sizeof (TkTableHeader) +
                 (gsize) g_test_rand_int_range (0, (gint32) (fixture->length - sizeof (TkTableHeader)));
      char bit = (char) (1 << g_test_rand_int_range (0, 8));

      fixture->contents[at] ^= bit;
      expect_refused (fixture, fixture->length, TK_ERROR_TABLE_DAMAGED, "is damaged");
      fixture->contents[at] ^= bit;
    }
}

/* Whatever stands in the header, with a checksum that fits, is refused or used, but never read past the end. */
static void
test_hostile_header (Fixture       *fixture,
                     gconstpointer  data)
{
  TkTableHeader *header = (TkTableHeader *) (void *) fixture->contents;
  const TkTableHeader whole = *header;
  const gsize skip = offsetof (TkTableHeader, file_size);

  for (unsigned i = 0; i < TK_N_SECTIONS; i++)
    for (unsigned what = 0; what < 4; what++)
      {
        *header = whole;
        if (what == 0)
          header->sections[i].offset = fixture->length + 64;
        else if (what == 1)
          header->sections[i].size = UINT64_MAX - 63;
        else if (what == 2)
          header->sections[i].offset += 1;
        else
          header->sections[i].size = 0;
        header->checksum = tk_table_checksum (fixture->contents + skip, fixture->length - skip);
        expect_refused (fixture, fixture->length, TK_ERROR_TABLE_DAMAGED, "is damaged");
      }
  *header = whole;
  header->n_ids = UINT32_MAX;
  header->checksum = tk_table_checksum (fixture->contents + skip, fixture->length - skip);
  expect_refused (fixture, fixture->length, TK_ERROR_TABLE_DAMAGED, "is damaged");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/rank-files", test_rank_files);
  g_test_add_func ("/table/rank-rows", test_rank_rows);
  ADD ("/table/whole", test_whole);
  ADD ("/table/missing", test_missing);
  ADD ("/table/truncated", test_truncated);
  ADD ("/table/foreign", test_foreign);
  ADD ("/table/wrong-vocabulary", test_wrong_vocabulary);
  ADD ("/table/flipped", test_flipped);
  ADD ("/table/hostile-header", test_hostile_header);
  return g_test_run ();
}
