/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "app/td-application.h"

/* A program that lies in its build tree uses the schema and the translations made there, so that nothing needs
 * installing to run it. Returns the folder of the translations. */
static char *
find_build_tree (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *data = NULL;
  g_autofree char *compiled = NULL;

  if (program == NULL)
    return g_strdup (LOCALEDIR);

  folder = g_path_get_dirname (program);
  data = g_build_filename (folder, "..", "data", NULL);
  compiled = g_build_filename (data, "gschemas.compiled", NULL);
  if (!g_file_test (compiled, G_FILE_TEST_EXISTS))
    return g_strdup (LOCALEDIR);

  g_setenv ("GSETTINGS_SCHEMA_DIR", data, FALSE);
  return g_build_filename (folder, "..", "po", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TdApplication) application = NULL;
  g_autofree char *translations = find_build_tree ();
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  gtk_source_init ();

  application = td_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);

  gtk_source_finalize ();

  return status != 0 ? status : td_application_get_status (application);
}
