/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>

#include <glib/gi18n.h>

#include "cli/td-cli.h"

typedef struct
{
  const char *name;
  TdCliStatus (*run) (int    argc,
                      char **argv);
  const char *summary;
} Command;

static const Command COMMANDS[] = {
  { "count", td_cli_count, N_("Count the tokens of texts") },
  { "encode", td_cli_encode, N_("Split a text into tokens") },
  { "decode", td_cli_decode, N_("Put tokens together to the text they stand for") },
  { "compare", td_cli_compare, N_("Show what a text costs on every model") },
  { "chat", td_cli_chat, N_("Count a conversation, message by message") },
  { "files", td_cli_files, N_("Count files and folders, file by file, and what they cost") },
  { "models", td_cli_models, N_("List the models, their encodings and prices") },
};

/* Why the output could not be written, as errno says it; 0 if it could. */
static int output_errno;

/**
 * td_cli_complain:
 * @format: one translated sentence, as for printf()
 *
 * Tells on standard error what is wrong.
 */
void
td_cli_complain (const char *format,
                 ...)
{
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);

  fprintf (stderr, "%s: %s\n", TD_CLI_NAME, sentence);
}

static void
print_help (FILE *file)
{
  g_autofree char *hint = g_strdup_printf (_("“%s COMMAND --help” tells more about a command."), TD_CLI_NAME);

  fprintf (file, "%s\n  %s %s\n\n", _("Usage:"), TD_CLI_NAME, _("COMMAND [OPTION…] [FILE…]"));
  fprintf (file, "%s\n\n", _("Counts the tokens of texts and what they cost, on this computer and without a network."));
  fprintf (file, "%s\n", _("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    fprintf (file, "  %-10s%s\n", COMMANDS[i].name, _(COMMANDS[i].summary));

  fprintf (file, "\n%s\n", hint);
}

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    {
      if (g_str_equal (name, COMMANDS[i].name))
        return &COMMANDS[i];
    }

  return NULL;
}

/* Runs a command, or answers what is no command. */
static TdCliStatus
run (int    argc,
     char **argv)
{
  const Command *command;
  g_autofree char *name = NULL;

  if (argc < 2)
    {
      print_help (stderr);
      return TD_CLI_USAGE;
    }

  if (g_str_equal (argv[1], "--version"))
    {
      printf ("%s %s\n", TD_CLI_NAME, PACKAGE_VERSION);
      return TD_CLI_OK;
    }

  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || (g_str_equal (argv[1], "help") && argc == 2))
    {
      print_help (stdout);
      return TD_CLI_OK;
    }

  command = find_command (argv[1]);
  if (command == NULL && g_str_equal (argv[1], "help"))
    {
      command = find_command (argv[2]);
      if (command != NULL)
        argv[2] = (char *) "--help";
    }

  if (command == NULL)
    {
      td_cli_complain (_("There is no command “%s”; “%s --help” lists them."),
                       g_str_equal (argv[1], "help") ? argv[2] : argv[1], TD_CLI_NAME);
      return TD_CLI_USAGE;
    }

  /* The option parser writes the usage line with this name. */
  name = g_strdup_printf ("%s %s", TD_CLI_NAME, command->name);
  g_set_prgname (name);

  return command->run (argc - 1, argv + 1);
}

/**
 * td_cli_can_write:
 *
 * For those who write much: whether all went well so far.
 *
 * Returns: %FALSE once something could not be written
 */
gboolean
td_cli_can_write (void)
{
  if (ferror (stdout) == 0)
    return TRUE;

  if (output_errno == 0)
    output_errno = errno;

  return FALSE;
}

/* Catches what could not be written, which would otherwise be lost silently: a full disk, for example. */
static TdCliStatus
finish_output (TdCliStatus status)
{
  gboolean ok = td_cli_can_write ();

  if (fclose (stdout) != 0 && ok)
    {
      ok = FALSE;
      output_errno = errno;
    }

  if (ok)
    return status;

  td_cli_complain (_("The output could not be written: %s."), g_strerror (output_errno));

  return TD_CLI_FAILED;
}

/* A program that lies in its build tree uses the translations made there. */
static char *
find_translations (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *ninja = NULL;

  if (program == NULL)
    return g_strdup (LOCALEDIR);

  folder = g_path_get_dirname (program);
  ninja = g_build_filename (folder, "..", "build.ninja", NULL);
  if (!g_file_test (ninja, G_FILE_TEST_EXISTS))
    return g_strdup (LOCALEDIR);

  return g_build_filename (folder, "..", "po", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *translations = find_translations ();

  /* When nobody reads any more, as with “| head”, end in silence, even where the parent ignores the signal. */
  signal (SIGPIPE, SIG_DFL);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return finish_output (run (argc, argv));
}
