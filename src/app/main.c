/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "app/td-application.h"

/* A program that lies in its build tree uses the schema compiled there, so that nothing needs installing to run it. */
static void
find_schema_in_build_tree (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *data = NULL;
  g_autofree char *compiled = NULL;

  if (program == NULL || g_getenv ("GSETTINGS_SCHEMA_DIR") != NULL)
    return;

  folder = g_path_get_dirname (program);
  data = g_build_filename (folder, "..", "data", NULL);
  compiled = g_build_filename (data, "gschemas.compiled", NULL);
  if (g_file_test (compiled, G_FILE_TEST_EXISTS))
    g_setenv ("GSETTINGS_SCHEMA_DIR", data, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TdApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  find_schema_in_build_tree ();
  gtk_source_init ();

  application = td_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);

  gtk_source_finalize ();

  return status;
}
