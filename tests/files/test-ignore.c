/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "files/td-ignore.h"

/* Rules, a path ("/" at its end is a folder), and whether git ignores it. */
static const struct
{
  const char *rules;
  const char *path;
  gboolean ignored;
} cases[] = {
  { "*.o", "a.o", TRUE }, { "*.o", "src/a.o", TRUE }, { "*.o", "a.c", FALSE }, { "*.o", ".o", TRUE },
  { "/*.o", "a.o", TRUE }, { "/*.o", "src/a.o", FALSE },
  { "build/", "build/", TRUE }, { "build/", "build", FALSE }, { "build/", "src/build/", TRUE },
  { "/build/", "src/build/", FALSE },
  { "doc/*.txt", "doc/a.txt", TRUE }, { "doc/*.txt", "doc/sub/a.txt", FALSE }, { "doc/*.txt", "x/doc/a.txt", FALSE },
  { "**/foo", "foo", TRUE }, { "**/foo", "a/b/foo", TRUE }, { "**/foo/bar", "a/foo/bar", TRUE },
  { "**/foo/bar", "a/foo/x/bar", FALSE }, { "abc/**", "abc/x/y", TRUE }, { "abc/**", "abc/", FALSE },
  { "a/**/b", "a/b", TRUE }, { "a/**/b", "a/x/b", TRUE }, { "a/**/b", "a/x/y/b", TRUE }, { "a/**/b", "a/x/y/c", FALSE },
  { "a**b", "axxb", TRUE }, { "a**b/c", "ax/b/c", FALSE }, { "**", "anything", TRUE }, { "/**", "a/b", TRUE },
  { "*.log\n!keep.log", "keep.log", FALSE }, { "*.log\n!keep.log", "other.log", TRUE },
  { "!keep.log\n*.log", "keep.log", TRUE },
  { "# comment\n\n*.x", "a.x", TRUE }, { "# comment", "# comment", FALSE }, { "\\#file", "#file", TRUE },
  { "\\!file", "!file", TRUE }, { "name  ", "name", TRUE }, { "name\\ ", "name ", TRUE }, { "name\\ ", "name", FALSE },
  { "*.a\r\n*.b\r\n", "x.a", TRUE }, { "*.a\r\n*.b\r\n", "x.b", TRUE }, { "\xEF\xBB\xBF*.a", "x.a", TRUE },
  { "?", "a", TRUE }, { "?", "ab", FALSE }, { "a?c", "a/c", FALSE },
  { "[abc].t", "b.t", TRUE }, { "[abc].t", "d.t", FALSE }, { "[!abc].t", "d.t", TRUE }, { "[^abc].t", "a.t", FALSE },
  { "[a-c]x", "bx", TRUE }, { "[a-c]x", "dx", FALSE }, { "[]]x", "]x", TRUE }, { "[a-]x", "-x", TRUE },
  { "[[:digit:]]x", "5x", TRUE }, { "[[:digit:]]x", "ax", FALSE }, { "[abc", "[abc", FALSE }, { "\\[abc", "[abc", TRUE },
  { "a\\*b", "a*b", TRUE }, { "a\\*b", "axb", FALSE }, { "foo", "FOO", FALSE },
  { "*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", FALSE }, { "名*", "名字.txt", TRUE },
  { "/", "a", FALSE }, { "!", "a", FALSE }, { "", "a", FALSE }, { "src/", "src/", TRUE }, { "a/b/", "a/b/", TRUE },
  { "a/b/", "a/b", FALSE }, { "/a/*\n!/a/b", "a/b", FALSE }, { "/a/*\n!/a/b", "a/c", TRUE },
};

static gboolean
is_ignored (const char *rules,
            const char *path)
{
  g_autoptr (TdIgnore) ignore = td_ignore_new (rules, strlen (rules));
  gboolean is_folder = g_str_has_suffix (path, "/");
  g_autofree char *name = g_strndup (path, strlen (path) - is_folder);

  return td_ignore_match (ignore, name, is_folder) == TD_IGNORE_EXCLUDED;
}

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s", cases[i].rules, cases[i].path);
      g_assert_cmpint (is_ignored (cases[i].rules, cases[i].path), ==, cases[i].ignored);
    }
}

static void
test_undecided (void)
{
  g_autoptr (TdIgnore) ignore = td_ignore_new ("*.a\n!*.b", 8);

  g_assert_cmpint (td_ignore_match (ignore, "x.a", FALSE), ==, TD_IGNORE_EXCLUDED);
  g_assert_cmpint (td_ignore_match (ignore, "x.b", FALSE), ==, TD_IGNORE_INCLUDED);
  g_assert_cmpint (td_ignore_match (ignore, "x.c", FALSE), ==, TD_IGNORE_UNDECIDED);
}

static gboolean
run_git (const char *folder,
         const char *command,
         const char *option,
         const char *path)
{
  g_autoptr (GSubprocess) git = NULL;

  git = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                          "git", "-C", folder, "-c", "core.excludesFile=/dev/null", command, option, "--", path, NULL);
  g_assert_nonnull (git);

  return g_subprocess_wait_check (git, NULL, NULL);
}

/* The table above is what git itself says. */
static void
test_git_agrees (void)
{
  g_autofree char *git = g_find_program_in_path ("git");
  g_autofree char *folder = NULL;
  g_autofree char *rules_path = NULL;

  if (git == NULL)
    {
      g_test_skip ("git is not installed");
      return;
    }

  folder = g_dir_make_tmp ("tokendesk-ignore.XXXXXX", NULL);
  rules_path = g_build_filename (folder, ".gitignore", NULL);
  g_assert_true (run_git (folder, "init", "-q", "."));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_folder = g_str_has_suffix (cases[i].path, "/");
      g_autofree char *name = g_strndup (cases[i].path, strlen (cases[i].path) - is_folder);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_test_message ("%s: %s", cases[i].rules, cases[i].path);
      g_assert_true (g_file_set_contents (rules_path, cases[i].rules, -1, NULL));
      if (is_folder)
        g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
      g_assert_cmpint (run_git (folder, "check-ignore", "-q", name), ==, cases[i].ignored);
      if (is_folder)
        g_rmdir (path);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ignore/rules", test_rules);
  g_test_add_func ("/ignore/undecided", test_undecided);
  g_test_add_func ("/ignore/git-agrees", test_git_agrees);

  return g_test_run ();
}
