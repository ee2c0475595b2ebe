/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "app/editor/td-text-file.h"
#include "files/td-charset.h"

typedef struct
{
  gboolean done;
  gboolean success;
  GBytes *text;
  char *etag;
  TdTextFileContents *contents;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->text, g_bytes_unref);
  g_clear_pointer (&outcome->etag, g_free);
  g_clear_pointer (&outcome->contents, td_text_file_contents_free);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->contents = td_text_file_read_finish (G_FILE (source), result, &outcome->error);
  if (outcome->contents != NULL)
    {
      outcome->etag = g_strdup (outcome->contents->etag);
      outcome->success = outcome->contents->text != NULL;
      if (outcome->success)
        outcome->text = g_bytes_ref (outcome->contents->text);
    }
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
read_file_as (GFile      *file,
              const char *charset,
              Outcome    *outcome)
{
  td_text_file_read_async (file, charset, NULL, read_cb, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
read_file (GFile   *file,
           Outcome *outcome)
{
  read_file_as (file, NULL, outcome);
}

static void
write_file_as (GFile      *file,
               const char *text,
               const char *charset,
               const char *etag,
               Outcome    *outcome)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  td_text_file_write_async (file, bytes, charset, etag, NULL, write_cb, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
write_file (GFile      *file,
            const char *text,
            const char *etag,
            Outcome    *outcome)
{
  write_file_as (file, text, NULL, etag, outcome);
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
  g_autoptr (GFile) binary = new_file ("binary", "\x7F" "ELF\0\0\xFF\xFE\x80", 9);
  g_autoptr (GFile) nul = new_file ("nul.txt", "a\0b", 3);
  g_autoptr (GFile) missing = new_file ("missing.txt", NULL, 0);
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_user_data_dir ());
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/null");
  g_autoptr (GFile) pipe = new_file ("pipe", NULL, 0);

  g_assert_no_errno (mkfifo (g_file_peek_path (pipe), 0600));
  assert_refused (binary, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_BINARY, "binary");
  assert_refused (nul, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_NUL, "NUL");
  assert_refused (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, NULL);
  assert_refused (folder, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "folder");
  assert_refused (device, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, NULL);
  assert_refused (pipe, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, NULL);
}

/* Not UTF-8: nothing is taken for granted, the charsets it may be in are named, with the place that is wrong. */
static void
test_not_utf8 (void)
{
  static const struct { const char *bytes; gsize length; gsize position; const char *guess; } cases[] = {
    { "caf\xE9 au lait\n", 13, 3, "WINDOWS-1252" },
    { "one \xB0\xA1\xCE\xD2\xCA\xC7", 10, 4, "GB18030" },
    { "abc\xE5\x88", 5, 3, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = new_file ("other.txt", cases[i].bytes, (gssize) cases[i].length);
      g_auto (Outcome) outcome = { 0 };

      read_file (file, &outcome);
      g_assert_no_error (outcome.error);
      g_assert_null (outcome.contents->text);
      g_assert_cmpuint (outcome.contents->position, ==, cases[i].position);
      g_assert_nonnull (outcome.contents->guesses[0]);
      if (cases[i].guess != NULL)
        g_assert_true (g_strv_contains ((const char * const *) outcome.contents->guesses, cases[i].guess));
    }
}

/* The bytes are the same after saving, in every charset. A byte order mark is enough to know. */
static void
test_charset_round_trip (void)
{
  static const struct { const char *charset; const char *bytes; gsize length; } cases[] = {
    { "GB18030", "\xCE\xD2\r\n\xCA\xC7", 6 },
    { "WINDOWS-1252", "caf\xE9\r", 5 },
    { "UTF-16LE", "a\0\r\0\n\0", 6 },
    { "UTF-16LE+BOM", "\xFF\xFE\x11\x62\n\0", 6 },
    { "UTF-16BE+BOM", "\xFE\xFF\x62\x11\0\n", 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = new_file ("other.txt", cases[i].bytes, (gssize) cases[i].length);
      g_auto (Outcome) outcome = { 0 };
      g_auto (Outcome) written = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *contents = NULL;
      gsize length;

      read_file_as (file, g_str_has_suffix (cases[i].charset, "+BOM") ? NULL : cases[i].charset, &outcome);
      g_assert_no_error (outcome.error);
      g_assert_cmpstr (outcome.contents->charset, ==, cases[i].charset);
      text = g_strndup (g_bytes_get_data (outcome.text, NULL), g_bytes_get_size (outcome.text));
      write_file_as (file, text, outcome.contents->charset, outcome.etag, &written);
      g_assert_no_error (written.error);
      g_assert_true (g_file_get_contents (g_file_peek_path (file), &contents, &length, NULL));
      g_assert_cmpmem (contents, length, cases[i].bytes, cases[i].length);
    }
}

/* A character that the charset lacks: the file stays as it was. */
static void
test_charset_refused (void)
{
  g_autoptr (GFile) file = new_file ("western.txt", "caf\xE9", 4);
  g_autoptr (GFile) odd = new_file ("odd.txt", "abc", 3);
  g_auto (Outcome) refused = { 0 };
  g_autofree char *contents = NULL;

  read_file_as (odd, "UTF-16LE", &refused);
  g_assert_error (refused.error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_CHARSET);
  outcome_clear (&refused);
  refused.done = FALSE;

  write_file_as (file, "刘", "WINDOWS-1252", NULL, &refused);
  g_assert_error (refused.error, TD_CHARSET_ERROR, TD_CHARSET_ERROR_CANNOT_ENCODE);
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "caf\xE9");
}

/* A sparse file costs no space and is never read. */
static void
test_too_large (void)
{
  g_autoptr (GFile) file = new_file ("large.txt", "", 0);

  g_assert_no_errno (truncate (g_file_peek_path (file), 1024 * 1024 * 1024));
  assert_refused (file, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_TOO_LARGE, "256");
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

static int reading_is_over;

static gpointer
append_thread (gpointer user_data)
{
  FILE *file = fopen (user_data, "a");

  while (!g_atomic_int_get (&reading_is_over))
    {
      fputc ('x', file);
      fflush (file);
    }
  fclose (file);

  return NULL;
}

/* A file that somebody is writing is not shown by halves. Who comes first is chance, so it is tried until the writer does. */
static void
test_changing (void)
{
  g_autofree char *text = g_strnfill (4 * 1024 * 1024, 'x');
  g_autoptr (GFile) file = new_file ("changing.txt", text, -1);
  g_autoptr (GThread) writer = g_thread_new ("writer", append_thread, (gpointer) g_file_peek_path (file));
  gboolean refused = FALSE;

  for (guint i = 0; i < 200 && !refused; i++)
    {
      g_auto (Outcome) outcome = { 0 };

      read_file (file, &outcome);
      refused = outcome.contents == NULL;
      if (refused)
        g_assert_error (outcome.error, TD_TEXT_FILE_ERROR, TD_TEXT_FILE_ERROR_CHANGING);
    }
  g_atomic_int_set (&reading_is_over, TRUE);
  g_thread_join (g_steal_pointer (&writer));
  g_assert_true (refused);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text-file/round-trip", test_round_trip);
  g_test_add_func ("/text-file/refused", test_refused);
  g_test_add_func ("/text-file/not-utf8", test_not_utf8);
  g_test_add_func ("/text-file/charset-round-trip", test_charset_round_trip);
  g_test_add_func ("/text-file/charset-refused", test_charset_refused);
  g_test_add_func ("/text-file/too-large", test_too_large);
  g_test_add_func ("/text-file/unreadable", test_unreadable);
  g_test_add_func ("/text-file/changed-by-others", test_changed_by_others);
  g_test_add_func ("/text-file/changing", test_changing);
  g_test_add_func ("/text-file/unwritable", test_unwritable);
  g_test_add_func ("/text-file/name", test_name);

  return g_test_run ();
}
