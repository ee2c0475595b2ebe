/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "app/editor/td-text-file.h"

typedef struct
{
  gboolean done;
  gboolean success;
  GBytes *text;
  char *etag;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->text, g_bytes_unref);
  g_clear_pointer (&outcome->etag, g_free);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->text = td_text_file_read_finish (G_FILE (source), result, &outcome->etag, &outcome->error);
  outcome->success = outcome->text != NULL;
  outcome->done = TRUE;
}

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->success = td_text_file_write_finish (G_FILE (source), result, &outcome->etag, &outcome->error);
  outcome->done = TRUE;
}

static GFile *
new_file (const char *name,
          const char *contents,
          gssize      length)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  if (contents != NULL)
    {
      g_file_set_contents (path, contents, length, &error);
      g_assert_no_error (error);
    }

  return g_file_new_for_path (path);
}

static void
read_file (GFile   *file,
           Outcome *outcome)
{
  td_text_file_read_async (file, NULL, read_cb, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
write_file (GFile      *file,
            const char *text,
            const char *etag,
            Outcome    *outcome)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  td_text_file_write_async (file, bytes, etag, NULL, write_cb, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

/* Byte for byte: line ends, a byte order mark, no last line end. */
static void
test_round_trip (void)
{
  static const char * const texts[] = {
    "", "no line end", "one\n", "one\r\ntwo\nthree\r", "\xEF\xBB\xBFmark", "我是刘志军 🎉", "a\xE2\x80\xA9z\x01",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GFile) file = new_file ("round-trip.txt", NULL, 0);
      g_auto (Outcome) written = { 0 };
      g_auto (Outcome) outcome = { 0 };

      write_file (file, texts[i], NULL, &written);
      g_assert_no_error (written.error);
      read_file (file, &outcome);
      g_assert_no_error (outcome.error);
      g_assert_cmpmem (g_bytes_get_data (outcome.text, NULL), g_bytes_get_size (outcome.text),
                       texts[i], strlen (texts[i]));
      g_assert_cmpstr (outcome.etag, ==, written.etag);
    }
}

static void
assert_refused (GFile      *file,
                GQuark      domain,
                int         code,
                const char *part_of_message)
{
  g_auto (Outcome) outcome = { 0 };

  read_file (file, &outcome);
  g_assert_null (outcome.text);
  g_assert_error (outcome.error, domain, code);
  if (part_of_message != NULL)
    g_assert_nonnull (strstr (outcome.error->message, part_of_message));
}

static void
test_refused (void)
{
  g_autoptr (GFile) invalid = new_file ("latin1.txt", "caf\xE9\n", 5);
  g_autoptr (GFile) cut = new_file ("cut.txt", "abc\xE5\x88", 5);
  g_autoptr (GFile) binary = new_file ("binary", "\x7F" "ELF\0\0\xFF\xFE", 8);
  g_autoptr (GFile) nul = new_file ("nul.txt", "a\0b", 3);
  g_autoptr (GFile) missing = new_file ("missing.txt", NULL, 0);
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_user_data_dir ());
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/null");

  assert_refused (invalid, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "position 3 ");
  assert_refused (cut, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "position 3 ");
  assert_refused (binary, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "binary");
  assert_refused (nul, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "NUL");
  assert_refused (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, NULL);
  assert_refused (folder, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "folder");
  assert_refused (device, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, NULL);
}

/* A sparse file costs no space and is never read. */
static void
test_too_large (void)
{
  g_autoptr (GFile) file = new_file ("large.txt", "", 0);

  g_assert_no_errno (truncate (g_file_peek_path (file), 1024 * 1024 * 1024));
  assert_refused (file, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "tokendesk-cli");
  g_assert_no_errno (g_unlink (g_file_peek_path (file)));
}

static void
test_unreadable (void)
{
  g_autoptr (GFile) file = new_file ("unreadable.txt", "secret", 6);

  if (geteuid () == 0)
    {
      g_test_skip ("root may read every file");
      return;
    }

  g_assert_no_errno (g_chmod (g_file_peek_path (file), 0));
  assert_refused (file, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, NULL);
}

/* What another program wrote meanwhile is not replaced unasked. */
static void
test_changed_by_others (void)
{
  g_autoptr (GFile) file = new_file ("changed.txt", "first", 5);
  g_auto (Outcome) first = { 0 };
  g_auto (Outcome) refused = { 0 };
  g_auto (Outcome) forced = { 0 };
  g_auto (Outcome) last = { 0 };

  read_file (file, &first);
  g_assert_no_error (first.error);

  g_clear_object (&file);
  file = new_file ("changed.txt", "by another program", 18);
  g_assert_no_errno (utimensat (AT_FDCWD, g_file_peek_path (file), (struct timespec[]) { { 1, 0 }, { 1, 0 } }, 0));
  write_file (file, "mine", first.etag, &refused);
  g_assert_error (refused.error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);

  write_file (file, "mine", NULL, &forced);
  g_assert_no_error (forced.error);
  read_file (file, &last);
  g_assert_cmpmem (g_bytes_get_data (last.text, NULL), g_bytes_get_size (last.text), "mine", 4);
}

static void
test_unwritable (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/nothing/here.txt");
  g_auto (Outcome) outcome = { 0 };

  write_file (file, "text", NULL, &outcome);
  g_assert_false (outcome.success);
  g_assert_nonnull (outcome.error);
}

static void
test_name (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/folder/刘\xFF.txt");
  g_autofree char *name = td_text_file_dup_name (file);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (g_str_has_prefix (name, "刘"));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text-file/round-trip", test_round_trip);
  g_test_add_func ("/text-file/refused", test_refused);
  g_test_add_func ("/text-file/too-large", test_too_large);
  g_test_add_func ("/text-file/unreadable", test_unreadable);
  g_test_add_func ("/text-file/changed-by-others", test_changed_by_others);
  g_test_add_func ("/text-file/unwritable", test_unwritable);
  g_test_add_func ("/text-file/name", test_name);

  return g_test_run ();
}
