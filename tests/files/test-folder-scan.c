/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "files/td-folder-report.h"
#include "files/td-folder-scan.h"
#include "pricing/td-catalogue.h"

static TkEncoding *o200k;
static TkEncoding *cl100k;
static char *scratch;

static void
write_file (const char *path,
            const char *contents,
            gssize      length)
{
  g_autofree char *full = g_build_filename (scratch, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, contents, length, NULL));
}

static TdFolderScan *
new_scan (void)
{
  const TkEncoding *encodings[TK_N_ENCODINGS] = {
    [TK_ENCODING_O200K_BASE] = o200k, [TK_ENCODING_CL100K_BASE] = cl100k,
  };

  return td_folder_scan_new (encodings);
}

static void
scan (TdFolderScan *self,
      const char   *path)
{
  g_autofree char *full = g_build_filename (scratch, path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (full);
  g_autoptr (GListStore) roots = g_list_store_new (G_TYPE_FILE);

  g_list_store_append (roots, file);
  td_folder_scan_start (self, G_LIST_MODEL (roots));
  g_assert_true (td_folder_scan_get_running (self));
  while (td_folder_scan_get_running (self))
    g_main_context_iteration (NULL, TRUE);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (td_file_entry_get_path ((gpointer) a), td_file_entry_get_path ((gpointer) b));
}

/* "path=state" of each, sorted. */
static char *
describe (GListModel *entries)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_list_store_sort (G_LIST_STORE (entries), compare_paths, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (TdFileEntry) entry = g_list_model_get_item (entries, i);

      g_string_append_printf (text, "%s%s=%d", i > 0 ? " " : "", td_file_entry_get_path (entry),
                              td_file_entry_get_state (entry));
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
test_scan (void)
{
  g_autoptr (TdFolderScan) self = new_scan ();
  g_autofree char *files = NULL;
  g_autofree char *left_out = NULL;
  g_autofree char *loop = g_build_filename (scratch, "tree", "src", "loop", NULL);
  g_autofree char *pipe = g_build_filename (scratch, "tree", "pipe", NULL);

  write_file ("tree/.gitignore", "*.o\n/build/\n!keep.o\n", -1);
  write_file ("tree/.git/config", "x", -1);
  write_file ("tree/a.c", "我是刘志军", -1);
  write_file ("tree/a.o", "x", -1);
  write_file ("tree/keep.o", "x", -1);
  write_file ("tree/build/out.txt", "x", -1);
  write_file ("tree/src/.gitignore", "local.txt\n!special.o\n", -1);
  write_file ("tree/src/local.txt", "x", -1);
  write_file ("tree/src/special.o", "x", -1);
  write_file ("tree/src/build/in.txt", "x", -1);
  write_file ("tree/image.png", "\x89PNG\r\n\x1A\n\0\0", 10);
  write_file ("tree/latin.txt", "caf\xE9 x", -1);
  write_file ("tree/wide.txt", "\xFF\xFE" "a\0b\0", 6);
  write_file ("tree/empty.txt", "", 0);
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  scan (self, "tree");
  files = describe (td_folder_scan_get_files (self));
  left_out = describe (td_folder_scan_get_left_out (self));
  g_assert_cmpstr (files, ==,
                   "tree/.gitignore=0 tree/a.c=0 tree/empty.txt=0 tree/keep.o=0 tree/src/.gitignore=0 "
                   "tree/src/build/in.txt=0 tree/src/special.o=0 tree/wide.txt=0");
  g_assert_cmpstr (left_out, ==,
                   "tree/.git=1 tree/a.o=1 tree/build=1 tree/image.png=2 tree/latin.txt=3 tree/pipe=5 "
                   "tree/src/local.txt=1 tree/src/loop=4");
  g_assert_cmpuint (td_folder_scan_get_n_found (self), ==, 16);
  g_assert_cmpuint (td_folder_scan_get_n_done (self), ==, 16);
}

/* The rules of the repository hold for a folder inside it, and what is named itself is never ignored. */
static void
test_inside_repository (void)
{
  g_autoptr (TdFolderScan) self = new_scan ();
  g_autofree char *files = NULL;
  g_autofree char *named = NULL;

  write_file ("repository/.git/info/exclude", "private.txt\n", -1);
  write_file ("repository/.gitignore", "*.log\n/sub/deep/only.txt\n", -1);
  write_file ("repository/sub/deep/a.log", "x", -1);
  write_file ("repository/sub/deep/only.txt", "x", -1);
  write_file ("repository/sub/deep/private.txt", "x", -1);
  write_file ("repository/sub/deep/b.txt", "x", -1);

  scan (self, "repository/sub/deep");
  files = describe (td_folder_scan_get_files (self));
  g_assert_cmpstr (files, ==, "deep/b.txt=0");

  scan (self, "repository/sub/deep/a.log");
  named = describe (td_folder_scan_get_files (self));
  g_assert_cmpstr (named, ==, "a.log=0");
}

/* Many files in several threads: each once, the sum right. */
static void
test_many (void)
{
  g_autoptr (TdFolderScan) self = new_scan ();
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  TdModel *model = td_catalogue_find (catalogue, "gpt-4o");
  TdModel *old = td_catalogue_find (catalogue, "gpt-4");
  TdFolderTotal total;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *path = g_strdup_printf ("many/%u/%u.txt", i % 7, i);

      write_file (path, "我是刘志军", -1);
    }
  scan (self, "many");
  g_assert_cmpuint (g_list_model_get_n_items (td_folder_scan_get_files (self)), ==, 300);
  td_folder_report_sum (&total, td_folder_scan_get_files (self), model);
  g_assert_cmpuint (total.n_tokens, ==, 300 * 4);
  g_assert_cmpuint (total.n_bytes, ==, 300 * 15);
  td_folder_report_sum (&total, td_folder_scan_get_files (self), old);
  g_assert_cmpuint (total.n_tokens, ==, 300 * 7);
}

static void
test_cancel (void)
{
  g_autoptr (TdFolderScan) self = new_scan ();
  g_autoptr (GListStore) roots = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) root = g_file_new_for_path (scratch);

  g_list_store_append (roots, root);
  td_folder_scan_start (self, G_LIST_MODEL (roots));
  td_folder_scan_cancel (self);
  g_assert_false (td_folder_scan_get_running (self));
  /* Gone while its threads may still be at work. */
  td_folder_scan_start (self, G_LIST_MODEL (roots));
}

static void
test_not_there (void)
{
  g_autoptr (TdFolderScan) self = new_scan ();
  g_autofree char *left_out = NULL;

  scan (self, "nowhere");
  left_out = describe (td_folder_scan_get_left_out (self));
  g_assert_cmpstr (left_out, ==, "nowhere=6");
}

static void
test_report (void)
{
  g_autoptr (TdFolderScan) self = new_scan ();
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  TdModel *model = td_catalogue_find (catalogue, "gpt-4o");
  GListModel *files = td_folder_scan_get_files (self);
  TdDate as_of = td_catalogue_get_as_of (catalogue);
  g_autofree char *order = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *markdown = NULL;

  write_file ("report/a|b.txt", "我是刘志军\n", -1);
  write_file ("report/c,\"d.txt", "Hello", -1);
  scan (self, "report");
  order = describe (files);
  csv = td_folder_report_write (TD_FOLDER_REPORT_CSV, files, model, as_of);
  g_assert_nonnull (strstr (csv, "file,bytes,characters,lines,tokens,exactness,input_cost_usd"));
  g_assert_nonnull (strstr (csv, "report/a|b.txt,16,6,1,5,exact,0.0000125"));
  g_assert_nonnull (strstr (csv, "\"report/c,\"\"d.txt\",5,5,0,1,exact,0.0000025"));
  json = td_folder_report_write (TD_FOLDER_REPORT_JSON, files, model, as_of);
  g_assert_nonnull (strstr (json, "\"report/c,\\\"d.txt\""));
  g_assert_nonnull (strstr (json, "\"gpt-4o\""));
  markdown = td_folder_report_write (TD_FOLDER_REPORT_MARKDOWN, files, model, as_of);
  g_assert_nonnull (strstr (markdown, "report/a\\|b.txt"));
  g_assert_nonnull (strstr (markdown, "total"));
}

static void
remove_tree (GFile *folder)
{
  g_autoptr (GFileEnumerator) entries = g_file_enumerate_children (folder, "standard::name,standard::type",
                                                                   G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *child;

  while (entries != NULL && g_file_enumerator_iterate (entries, &info, &child, NULL, NULL) && info != NULL)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        remove_tree (child);
      else
        g_file_delete (child, NULL, NULL);
    }
  g_file_delete (folder, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GFile) folder = NULL;
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  o200k = tk_encoding_open (TK_ENCODING_O200K_BASE, NULL, NULL);
  cl100k = tk_encoding_open (TK_ENCODING_CL100K_BASE, NULL, NULL);
  g_assert_nonnull (o200k);
  g_assert_nonnull (cl100k);
  scratch = g_dir_make_tmp ("tokendesk-test-folder.XXXXXX", NULL);
  g_assert_nonnull (scratch);

  g_test_add_func ("/folder-scan/scan", test_scan);
  g_test_add_func ("/folder-scan/inside-repository", test_inside_repository);
  g_test_add_func ("/folder-scan/many", test_many);
  g_test_add_func ("/folder-scan/cancel", test_cancel);
  g_test_add_func ("/folder-scan/not-there", test_not_there);
  g_test_add_func ("/folder-scan/report", test_report);

  status = g_test_run ();
  folder = g_file_new_for_path (scratch);
  remove_tree (folder);
  g_free (scratch);

  return status;
}
