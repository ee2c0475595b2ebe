/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "app/editor/td-encodings.h"
#include "app/export/td-export-job.h"
#include "app/export/td-split-picture.h"

static const char sample[] = "Hello, “world”!\n我是刘志军 🎉\r\n<|endoftext|>\ta | `b` & \"c\"";

typedef struct
{
  GBytes *bytes;
  GError *error;
  gboolean done;
} Outcome;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->bytes = td_export_job_run_finish (TD_EXPORT_JOB (source), result, &outcome->error);
  outcome->done = TRUE;
}

static Outcome
run (TdExportKind  kind,
     const char   *text,
     gsize         length,
     GFile        *file,
     GCancellable *cancellable)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (TdExportJob) job =
    td_export_job_new (kind, bytes, TK_ENCODING_CL100K_BASE, TK_SPECIAL_AS_TEXT, FALSE);
  Outcome outcome = { 0 };

  td_export_job_run_async (job, file, cancellable, done_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  if (outcome.bytes != NULL && kind < TD_EXPORT_PNG)
    g_assert_cmpfloat (td_export_job_get_progress (job), ==, 1);

  return outcome;
}

/* The bytes of all tokens, in JSON, are the text; so is what the ids decode to. */
static void
test_json_round_trip (void)
{
  Outcome outcome = run (TD_EXPORT_JSON, sample, sizeof sample - 1, NULL, NULL);
  const TkEncoding *encoding = td_encodings_get (TK_ENCODING_CL100K_BASE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) decoded = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *tokens;
  gsize length;
  const char *data = g_bytes_get_data (outcome.bytes, &length);

  g_assert_true (json_parser_load_from_data (parser, data, (gssize) length, &error));
  tokens = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (tokens); i++)
    {
      JsonObject *token = json_array_get_object_element (tokens, i);
      JsonArray *own = json_object_get_array_member (token, "bytes");
      gsize n_bytes;
      const char *of_id = tk_encoding_get_token (encoding, (TkId) json_object_get_int_member (token, "id"), &n_bytes);

      for (guint j = 0; j < json_array_get_length (own); j++)
        {
          guint8 byte = (guint8) json_array_get_int_element (own, j);

          g_byte_array_append (bytes, &byte, 1);
        }
      g_byte_array_append (decoded, (const guint8 *) of_id, (guint) n_bytes);
    }
  g_assert_cmpmem (bytes->data, bytes->len, sample, sizeof sample - 1);
  g_assert_cmpmem (decoded->data, decoded->len, sample, sizeof sample - 1);
  g_bytes_unref (outcome.bytes);
}

static void
test_file (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "tokens.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *written = NULL;
  Outcome outcome;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  outcome = run (TD_EXPORT_CSV, "Hi", 2, file, NULL);
  g_assert_no_error (outcome.error);
  g_bytes_unref (outcome.bytes);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, "index,id,start,end,bytes,text\r\n0,13347,0,2,48 69,\"Hi\"\r\n");
  g_unlink (path);
}

/* What was stopped or cannot be leaves the old file as it was. */
static void
test_old_file_stays (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "old.png", NULL);
  g_autofree char *long_text = g_strnfill (TD_PICTURE_CHARACTERS + 1, 'a');
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *kept = NULL;
  Outcome outcome;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));

  outcome = run (TD_EXPORT_PNG, long_text, TD_PICTURE_CHARACTERS + 1, file, NULL);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&outcome.error);

  g_cancellable_cancel (cancellable);
  outcome = run (TD_EXPORT_JSON, sample, sizeof sample - 1, file, cancellable);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);

  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "old");
  g_unlink (path);
}

static void
test_pictures (void)
{
  Outcome png = run (TD_EXPORT_PNG, sample, sizeof sample - 1, NULL, NULL);
  Outcome svg = run (TD_EXPORT_SVG, sample, sizeof sample - 1, NULL, NULL);
  gsize length;
  const char *data;
  g_autofree char *text = NULL;

  g_assert_no_error (png.error);
  data = g_bytes_get_data (png.bytes, &length);
  g_assert_cmpmem (data, 8, "\x89PNG\r\n\x1a\n", 8);
  g_bytes_unref (png.bytes);

  g_assert_no_error (svg.error);
  data = g_bytes_get_data (svg.bytes, &length);
  text = g_strndup (data, length);
  g_assert_nonnull (strstr (text, "<svg"));
  g_assert_true (g_str_has_suffix (text, "</svg>\n"));
  g_bytes_unref (svg.bytes);
}

static void
test_too_tall_for_a_picture (void)
{
  g_autofree char *lines = g_strnfill (TD_PICTURE_CHARACTERS, '\n');
  Outcome outcome = run (TD_EXPORT_SVG, lines, TD_PICTURE_CHARACTERS, NULL, NULL);

  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&outcome.error);
}

static void
test_kinds (void)
{
  for (TdExportKind i = 0; i < TD_N_EXPORT_KINDS; i++)
    {
      g_assert_nonnull (td_export_kind_get_title (i));
      g_assert_nonnull (td_export_kind_get_extension (i));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/export/job/json-round-trip", test_json_round_trip);
  g_test_add_func ("/export/job/file", test_file);
  g_test_add_func ("/export/job/old-file-stays", test_old_file_stays);
  g_test_add_func ("/export/job/pictures", test_pictures);
  g_test_add_func ("/export/job/too-tall-for-a-picture", test_too_tall_for_a_picture);
  g_test_add_func ("/export/job/kinds", test_kinds);

  return g_test_run ();
}
