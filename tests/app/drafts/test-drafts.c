/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "app/drafts/td-draft-keeper.h"

static char *folder;

static GPtrArray *
list_files (const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, suffix))
        g_ptr_array_add (names, g_build_filename (folder, name, NULL));
    }

  return names;
}

static guint
count_files (const char *suffix)
{
  g_autoptr (GPtrArray) names = list_files (suffix);

  return names->len;
}

static void
remove_files (void)
{
  static const char * const suffixes[] = { ".draft", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (GPtrArray) names = list_files (suffixes[i]);

      for (guint j = 0; j < names->len; j++)
        g_assert_no_errno (g_unlink (g_ptr_array_index (names, j)));
    }
}

static TdDraft *
new_draft (const char *text,
           GFile      *file,
           const char *etag,
           gint64      saved)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return td_draft_new (bytes, file, etag, NULL, saved);
}

static void
assert_text (TdDraft    *draft,
             const char *text)
{
  gsize length;
  const char *data = g_bytes_get_data (td_draft_get_text (draft), &length);

  g_assert_cmpmem (data, length, text, strlen (text));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GPtrArray **drafts = user_data;

  *drafts = td_draft_store_find_finish (TD_DRAFT_STORE (source), result, NULL);
  g_assert_nonnull (*drafts);
}

static GPtrArray *
find (TdDraftStore *store)
{
  GPtrArray *drafts = NULL;

  td_draft_store_find_async (store, NULL, found_cb, &drafts);
  while (drafts == NULL)
    g_main_context_iteration (NULL, TRUE);

  return drafts;
}

/* A thread that has just answered may hold the store a little longer. */
static void
end_process (TdDraftStore *store)
{
  while (g_atomic_int_get (&G_OBJECT (store)->ref_count) > 1)
    g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (store);
}

/* What is read is what was written, whatever the text looks like. */
static void
test_format (void)
{
  static const char * const texts[] = {
    "", "one", "\n[Text]\nnot the mark\r\n", "我是刘志军 🎉\n", "[Draft]\nBytes=3\n", "\xEF\xBB\xBFmark\r",
  };
  g_autoptr (GFile) file = g_file_new_for_path ("/a b/刘\n[Text]\n.txt");

  for (guint i = 0; i < G_N_ELEMENTS (texts) * 2; i++)
    {
      GFile *its_file = i % 2 ? file : NULL;
      g_autoptr (GBytes) text = g_bytes_new (texts[i / 2], strlen (texts[i / 2]));
      g_autoptr (TdDraft) draft = td_draft_new (text, its_file, i % 2 ? "1:2" : NULL, i % 2 ? "GB18030" : NULL, 1234567890);
      g_autoptr (GBytes) contents = td_draft_serialize (draft);
      g_autoptr (TdDraft) parsed = td_draft_parse (contents);

      g_assert_nonnull (parsed);
      assert_text (parsed, texts[i / 2]);
      g_assert_cmpstr (td_draft_get_etag (parsed), ==, i % 2 ? "1:2" : NULL);
      g_assert_cmpstr (td_draft_get_charset (parsed), ==, i % 2 ? "GB18030" : NULL);
      g_assert_cmpint (td_draft_get_saved (parsed), ==, 1234567890);
      if (its_file != NULL)
        g_assert_true (g_file_equal (td_draft_get_file (parsed), its_file));
      else
        g_assert_null (td_draft_get_file (parsed));
    }
}

/* Half a draft, or what is none, is not offered. */
static void
test_format_refused (void)
{
  g_autoptr (TdDraft) draft = new_draft ("four", NULL, NULL, 1);
  g_autoptr (GBytes) contents = td_draft_serialize (draft);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) invalid = g_bytes_new_static ("[Draft]\nBytes=1\n\n[Text]\n\xFF", 24);
  g_autoptr (GBytes) nul = g_bytes_new_static ("[Draft]\nBytes=1\n\n[Text]\n\0", 24);

  for (gsize length = 0; length < g_bytes_get_size (contents); length++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (contents, 0, length);

      g_assert_null (td_draft_parse (part));
    }
  g_assert_null (td_draft_parse (none));
  g_assert_null (td_draft_parse (invalid));
  g_assert_null (td_draft_parse (nul));
}

static void
test_first_words (void)
{
  static const char * const cases[][2] = {
    { "", "" }, { "\n \n\t", "" }, { "  one   two\nthree", "one two" }, { "\xEF\xBB\xBF\r\n我是\t刘\x01志军 \r", "我是 刘 志军" },
  };
  g_autofree char *long_line = g_strnfill (200, 'x');
  g_autoptr (TdDraft) long_draft = new_draft (long_line, NULL, NULL, 1);
  g_autofree char *long_words = td_draft_dup_first_words (long_draft);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TdDraft) draft = new_draft (cases[i][0], NULL, NULL, 1);
      g_autofree char *words = td_draft_dup_first_words (draft);

      g_assert_cmpstr (words, ==, cases[i][1]);
    }
  g_assert_cmpint (g_utf8_strlen (long_words, -1), ==, 81);
  g_assert_true (g_str_has_suffix (long_words, "x…"));
}

/* Drafts are offered once the process that wrote them is no more (its store, here), and by one other process only. */
static void
test_offered_once (void)
{
  TdDraftStore *writer = td_draft_store_new (folder);
  g_autoptr (TdDraftStore) other = td_draft_store_new (folder);
  g_autoptr (TdDraftStore) third = td_draft_store_new (folder);
  g_autoptr (TdDraft) older = new_draft ("older", NULL, NULL, 10);
  g_autoptr (TdDraft) newer = new_draft ("newer", NULL, NULL, 20);
  g_autofree char *id = td_draft_store_new_id (writer);
  g_autofree char *other_id = td_draft_store_new_id (writer);
  g_autoptr (GPtrArray) while_running = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) by_third = NULL;
  g_autoptr (GPtrArray) again = NULL;

  td_draft_store_write (writer, id, older);
  td_draft_store_write (writer, other_id, newer);
  td_draft_store_flush (writer);
  g_assert_cmpuint (count_files (".draft"), ==, 2);
  while_running = find (other);
  g_assert_cmpuint (while_running->len, ==, 0);
  own = find (writer);
  g_assert_cmpuint (own->len, ==, 0);

  end_process (writer);
  found = find (other);
  g_assert_cmpuint (found->len, ==, 2);
  assert_text (g_ptr_array_index (found, 0), "newer");
  assert_text (g_ptr_array_index (found, 1), "older");
  by_third = find (third);
  g_assert_cmpuint (by_third->len, ==, 0);
  again = find (other);
  g_assert_cmpuint (again->len, ==, 2);

  /* What is taken over belongs to the new process, what is removed to nobody. */
  g_free (id);
  id = td_draft_store_new_id (other);
  td_draft_store_rename (other, td_draft_get_id (g_ptr_array_index (found, 0)), id);
  td_draft_store_remove (other, td_draft_get_id (g_ptr_array_index (found, 1)));
  td_draft_store_flush (other);
  g_clear_pointer (&again, g_ptr_array_unref);
  again = find (other);
  g_assert_cmpuint (again->len, ==, 0);
  g_assert_cmpuint (count_files (".draft"), ==, 1);
  td_draft_store_remove (other, id);
  end_process (g_steal_pointer (&other));
  g_assert_cmpuint (count_files (".draft"), ==, 0);
  g_assert_cmpuint (count_files (".lock"), ==, 0);
}

static void
test_private (void)
{
  g_autoptr (TdDraftStore) store = td_draft_store_new (folder);
  g_autoptr (TdDraft) draft = new_draft ("text", NULL, NULL, 1);
  g_autofree char *id = td_draft_store_new_id (store);
  g_autoptr (GPtrArray) names = NULL;
  GStatBuf status;

  td_draft_store_write (store, id, draft);
  td_draft_store_flush (store);
  names = list_files (".draft");
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_no_errno (g_stat (g_ptr_array_index (names, 0), &status));
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_no_errno (g_stat (folder, &status));
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  td_draft_store_remove (store, id);
  td_draft_store_flush (store);
}

/* The version of the file tells whether somebody has written to it since. */
static void
test_file_state (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "state.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (TdDraft) same = NULL;
  g_autoptr (TdDraft) changed = new_draft ("text", file, "0:0", 1);
  g_autoptr (TdDraft) none = new_draft ("text", NULL, NULL, 1);

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  same = new_draft ("text", file, g_file_info_get_etag (info), 1);
  td_draft_check_file (same, NULL);
  g_assert_cmpint (td_draft_get_file_state (same), ==, TD_DRAFT_FILE_SAME);
  td_draft_check_file (changed, NULL);
  g_assert_cmpint (td_draft_get_file_state (changed), ==, TD_DRAFT_FILE_CHANGED);
  td_draft_check_file (none, NULL);
  g_assert_cmpint (td_draft_get_file_state (none), ==, TD_DRAFT_FILE_NONE);
  g_assert_no_errno (g_unlink (path));
  td_draft_check_file (same, NULL);
  g_assert_cmpint (td_draft_get_file_state (same), ==, TD_DRAFT_FILE_GONE);
}

/* A folder that cannot be made is told of, and does no other harm. */
static void
test_unwritable (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "in-the-way", NULL);
  g_autofree char *below = g_build_filename (path, "drafts", NULL);
  g_autoptr (TdDraftStore) store = td_draft_store_new (below);
  g_autoptr (TdDraft) draft = new_draft ("text", NULL, NULL, 1);
  g_autofree char *id = td_draft_store_new_id (store);

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (path, "a file", -1, NULL));
  td_draft_store_write (store, id, draft);
  while (td_draft_store_get_error (store) == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_no_errno (g_unlink (path));
  td_draft_store_write (store, id, draft);
  while (td_draft_store_get_error (store) != NULL)
    g_main_context_iteration (NULL, TRUE);
  td_draft_store_remove (store, id);
}

typedef struct
{
  TdDraftStore *store;
  TdDocument *document;
  GtkTextBuffer *buffer;
  TdDraftKeeper *keeper;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = td_draft_store_new (folder);
  fixture->document = td_document_new ();
  fixture->buffer = GTK_TEXT_BUFFER (td_document_get_buffer (fixture->document));
  fixture->keeper = td_draft_keeper_new (fixture->store, fixture->document);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->keeper);
  g_object_unref (fixture->document);
  g_object_unref (fixture->store);
  remove_files ();
}

static void
wait_for_drafts (Fixture *fixture,
                 guint    n_drafts)
{
  for (;;)
    {
      td_draft_store_flush (fixture->store);
      if (count_files (".draft") == n_drafts)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
type (Fixture    *fixture,
      const char *text)
{
  gtk_text_buffer_begin_user_action (fixture->buffer);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, text, -1);
  gtk_text_buffer_end_user_action (fixture->buffer);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_assert_true (td_document_load_finish (TD_DOCUMENT (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

/* While, and only while, there are changes that are in no file. */
static void
test_keeper (Fixture       *fixture,
             gconstpointer  data)
{
  type (fixture, "typed");
  wait_for_drafts (fixture, 1);
  gtk_text_buffer_set_modified (fixture->buffer, FALSE);
  wait_for_drafts (fixture, 0);

  /* Undone is as good as saved. */
  type (fixture, " more");
  wait_for_drafts (fixture, 1);
  td_text_buffer_undo (TD_TEXT_BUFFER (fixture->buffer));
  g_assert_false (gtk_text_buffer_get_modified (fixture->buffer));
  wait_for_drafts (fixture, 0);

  /* Nobody misses an empty text. */
  type (fixture, " more");
  wait_for_drafts (fixture, 1);
  gtk_text_buffer_set_text (fixture->buffer, "", 0);
  wait_for_drafts (fixture, 0);

  /* Another text has taken its place, as when a changed file is loaded anew. */
  type (fixture, "old");
  wait_for_drafts (fixture, 1);
  {
    g_autoptr (GBytes) text = g_bytes_new_static ("new", 3);
    gboolean loaded = FALSE;

    td_document_load_async (fixture->document, text, NULL, loaded_cb, &loaded);
    while (!loaded)
      g_main_context_iteration (NULL, TRUE);
  }
  wait_for_drafts (fixture, 0);

  type (fixture, "again");
  wait_for_drafts (fixture, 1);
  td_draft_keeper_discard (fixture->keeper);
  wait_for_drafts (fixture, 0);
}

/* Until the save has succeeded the draft is the only copy on disk. */
static void
test_keeper_saving (Fixture       *fixture,
                    gconstpointer  data)
{
  type (fixture, "typed");
  wait_for_drafts (fixture, 1);
  td_draft_keeper_hold (fixture->keeper);
  gtk_text_buffer_set_modified (fixture->buffer, FALSE);
  td_draft_store_flush (fixture->store);
  g_assert_cmpuint (count_files (".draft"), ==, 1);
  /* It failed. */
  gtk_text_buffer_set_modified (fixture->buffer, TRUE);
  td_draft_keeper_release (fixture->keeper);
  td_draft_store_flush (fixture->store);
  g_assert_cmpuint (count_files (".draft"), ==, 1);
  /* It went well. */
  td_draft_keeper_hold (fixture->keeper);
  gtk_text_buffer_set_modified (fixture->buffer, FALSE);
  td_draft_keeper_release (fixture->keeper);
  wait_for_drafts (fixture, 0);
}

static void
test_keeper_switched_off (Fixture       *fixture,
                          gconstpointer  data)
{
  type (fixture, "typed");
  wait_for_drafts (fixture, 1);
  td_draft_keeper_set_enabled (fixture->keeper, FALSE);
  wait_for_drafts (fixture, 0);
  type (fixture, " more");
  td_draft_keeper_set_enabled (fixture->keeper, TRUE);
  wait_for_drafts (fixture, 1);
}

/* From a store that is gone to another, with the file and its version. */
static void
test_keeper_take_over (Fixture       *fixture,
                       gconstpointer  data)
{
  TdDraftStore *gone = td_draft_store_new (folder);
  g_autofree char *id = td_draft_store_new_id (gone);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/text.txt");
  g_autoptr (TdDraft) draft = new_draft ("text", file, "1:2", 1);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *contents = NULL;

  td_draft_store_write (gone, id, draft);
  end_process (gone);
  found = find (fixture->store);
  g_assert_cmpuint (found->len, ==, 1);

  td_draft_keeper_take_over (fixture->keeper, g_ptr_array_index (found, 0));
  type (fixture, "text, and more");
  do
    {
      g_main_context_iteration (NULL, TRUE);
      td_draft_store_flush (fixture->store);
      g_clear_pointer (&names, g_ptr_array_unref);
      names = list_files (".draft");
      g_assert_cmpuint (names->len, ==, 1);
      g_clear_pointer (&contents, g_free);
      g_assert_true (g_file_get_contents (g_ptr_array_index (names, 0), &contents, NULL, NULL));
    }
  while (strstr (contents, "text, and more") == NULL);
  g_assert_nonnull (strstr (contents, "File=file:///nowhere/text.txt\n"));
  g_assert_nonnull (strstr (contents, "Version=1:2\n"));
}

static void
test_chat (void)
{
  const char *json = "[{\"role\": \"user\", \"content\": \"\"}, {\"role\": \"user\", \"content\": \"Hi\\nyou\"}]";
  g_autoptr (GBytes) text = g_bytes_new (json, strlen (json));
  g_autoptr (TdDraft) draft = td_draft_new_chat (text, 1);
  g_autoptr (GBytes) contents = td_draft_serialize (draft);
  g_autoptr (TdDraft) parsed = td_draft_parse (contents);
  g_autofree char *words = td_draft_dup_first_words (parsed);

  g_assert_true (td_draft_get_is_chat (parsed));
  g_assert_true (g_bytes_equal (td_draft_get_text (parsed), text));
  g_assert_cmpstr (words, ==, "Hi");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *parent = NULL;
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  parent = g_dir_make_tmp ("tokendesk-test-drafts.XXXXXX", NULL);
  g_assert_nonnull (parent);
  folder = g_build_filename (parent, "drafts", NULL);

  g_test_add_func ("/drafts/chat", test_chat);
  g_test_add_func ("/drafts/format", test_format);
  g_test_add_func ("/drafts/format-refused", test_format_refused);
  g_test_add_func ("/drafts/first-words", test_first_words);
  g_test_add_func ("/drafts/offered-once", test_offered_once);
  g_test_add_func ("/drafts/private", test_private);
  g_test_add_func ("/drafts/file-state", test_file_state);
  g_test_add_func ("/drafts/unwritable", test_unwritable);
  g_test_add ("/drafts/keeper", Fixture, NULL, set_up, test_keeper, tear_down);
  g_test_add ("/drafts/keeper-saving", Fixture, NULL, set_up, test_keeper_saving, tear_down);
  g_test_add ("/drafts/keeper-switched-off", Fixture, NULL, set_up, test_keeper_switched_off, tear_down);
  g_test_add ("/drafts/keeper-take-over", Fixture, NULL, set_up, test_keeper_take_over, tear_down);

  status = g_test_run ();
  remove_files ();
  g_rmdir (folder);
  g_rmdir (parent);
  g_free (folder);

  return status;
}
