/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "cli/td-cli-options.h"
#include "cli/td-cli-tokens.h"

static int
count_digits (guint64 number)
{
  int n_digits = 1;

  for (; number >= 10; number /= 10)
    n_digits++;

  return n_digits;
}

/* Like wc: the numbers under each other, then the names, then the sum. */
static void
print_list (char    **names,
            GArray   *counts,
            GArray   *succeeded,
            guint64   total)
{
  int width = count_digits (total);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_array_index (succeeded, gboolean, i))
        printf ("%*" G_GUINT64_FORMAT " %s\n", width, g_array_index (counts, guint64, i), names[i]);
    }

  /* Translators: stands beside the sum of the tokens of several files */
  printf ("%*" G_GUINT64_FORMAT " %s\n", width, total, _("total"));
}

static TdCliStatus
count_files (char          **names,
             TkEncodingId    id,
             TkSpecialMode   special)
{
  g_auto (TdCliTokens) tokens = { 0 };
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (guint64));
  g_autoptr (GArray) succeeded = g_array_new (FALSE, TRUE, sizeof (gboolean));
  TdCliStatus status = TD_CLI_OK;
  guint64 total = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (TdCliInput) input = { 0 };
      guint64 n_tokens = 0;
      gboolean ok = td_cli_input_open (&input, names[i]) &&
                    td_cli_tokens_count (&tokens, id, &input, special, &n_tokens);

      if (!ok)
        status = TD_CLI_FAILED;
      total += n_tokens;
      g_array_append_val (counts, n_tokens);
      g_array_append_val (succeeded, ok);
    }

  if (names[1] != NULL)
    print_list (names, counts, succeeded, total);
  else if (status == TD_CLI_OK)
    printf ("%" G_GUINT64_FORMAT "\n", total);

  return status;
}

/**
 * td_cli_count:
 * @argc: number of arguments
 * @argv: "count" and its arguments
 *
 * Prints how many tokens texts have: the number alone for one, a list with a sum for several.
 *
 * Returns: what to exit with
 */
TdCliStatus
td_cli_count (int    argc,
              char **argv)
{
  g_autofree char *encoding = NULL;
  g_autofree char *model = NULL;
  g_auto (GStrv) files = NULL;
  gboolean allow_special = FALSE;
  char *only_stdin[] = { (char *) "-", NULL };
  TkEncodingId id;
  TdCliStatus status;
  const GOptionEntry entries[] = {
    { "encoding", 'e', 0, G_OPTION_ARG_STRING, &encoding, N_("Count with the encoding E"), N_("E") },
    { "model", 'm', 0, G_OPTION_ARG_STRING, &model, N_("Count as the model M does"), N_("M") },
    { "allow-special", 0, 0, G_OPTION_ARG_NONE, &allow_special,
      N_("Count special tokens like <|endoftext|> as one token, not as text"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL }
  };

  if (!td_cli_parse (&argc, &argv, entries, _("[FILE… | -]"),
                     _("Prints how many tokens each file has; for one file, the number alone. Without a file, or for "
                       "-, it reads standard input.")))
    return TD_CLI_USAGE;

  status = td_cli_find_encoding (encoding, model, &id);
  if (status != TD_CLI_OK)
    return status;

  return count_files (files != NULL && files[0] != NULL ? files : only_stdin, id,
                      allow_special ? TK_SPECIAL_PARSE : TK_SPECIAL_AS_TEXT);
}
