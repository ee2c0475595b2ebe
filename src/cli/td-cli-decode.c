/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "cli/td-cli-options.h"
#include "cli/td-cli-tokens.h"

/* Tokens put together at a time. */
#define IDS_PER_WRITE 4096

/* What may stand between ids: they come one a line, or as a list out of some program. */
static gboolean
is_separator (char c)
{
  return g_ascii_isspace (c) || c == ',' || c == '[' || c == ']';
}

/* Finds the ids in a text, or complains. */
static gboolean
read_ids (const TdCliInput *input,
          GArray           *ids)
{
  size_t i = 0;

  while (i < input->length)
    {
      guint64 value = 0;
      size_t start = i;

      if (is_separator (input->text[i]))
        {
          i++;
          continue;
        }

      while (i < input->length && g_ascii_isdigit (input->text[i]) && value < TK_ID_NONE)
        value = value * 10 + g_ascii_digit_value (input->text[i++]);

      if (value >= TK_ID_NONE || i == start || (i < input->length && !is_separator (input->text[i])))
        {
          td_cli_complain (_("%s has something else than a token's number at byte %zu, counted from 0."),
                           input->label, start);
          return FALSE;
        }

      g_array_append_val (ids, (TkId) { value });
    }

  return TRUE;
}

static gboolean
print_text (const TkEncoding *encoding,
            GArray           *ids,
            const TdCliInput *input)
{
  const TkId *all = (const TkId *) (void *) ids->data;
  g_autofree char *buffer = NULL;
  size_t capacity = 0;
  TkError error;
  size_t length;

  /* All are looked at before any is written. */
  if (!tk_decode (encoding, all, ids->len, NULL, 0, &length, &error))
    {
      td_cli_complain (_("%s: there is no token %u in %s; it is number %zu of the list."), input->label,
                       all[error.position], tk_encoding_id_to_name (tk_encoding_get_id (encoding)), error.position + 1);
      return FALSE;
    }

  for (guint i = 0; i < ids->len; i += IDS_PER_WRITE)
    {
      guint n = MIN (ids->len - i, IDS_PER_WRITE);

      tk_decode (encoding, all + i, n, NULL, 0, &length, NULL);
      if (length > capacity)
        {
          capacity = length;
          buffer = g_realloc (buffer, capacity);
        }
      tk_decode (encoding, all + i, n, buffer, capacity, &length, NULL);
      fwrite (buffer, 1, length, stdout);
    }

  return TRUE;
}

/**
 * td_cli_decode:
 * @argc: number of arguments
 * @argv: "decode" and its arguments
 *
 * Prints the bytes that a list of token ids stands for, and nothing else.
 *
 * Returns: what to exit with
 */
TdCliStatus
td_cli_decode (int    argc,
               char **argv)
{
  g_autofree char *encoding_name = NULL;
  g_autofree char *model = NULL;
  g_auto (GStrv) files = NULL;
  g_auto (TdCliInput) input = { 0 };
  g_auto (TdCliTokens) tokens = { 0 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (TkId));
  const char *file;
  const TkEncoding *encoding;
  gboolean ok;
  TkEncodingId id;
  TdCliStatus status;
  const GOptionEntry entries[] = {
    { "encoding", 'e', 0, G_OPTION_ARG_STRING, &encoding_name, N_("Decode with the encoding E"), N_("E") },
    { "model", 'm', 0, G_OPTION_ARG_STRING, &model, N_("Decode as the model M does"), N_("M") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL }
  };

  if (!td_cli_parse (&argc, &argv, entries, _("[FILE | -]"),
                     _("Reads token ids, separated by spaces, lines or commas, and prints the text they stand for. "
                       "Without a file, or for -, it reads standard input.")))
    return TD_CLI_USAGE;

  file = td_cli_only_file (files, &ok);
  if (!ok)
    return TD_CLI_USAGE;

  status = td_cli_find_encoding (encoding_name, model, &id);
  if (status != TD_CLI_OK)
    return status;

  encoding = td_cli_tokens_get_encoding (&tokens, id);
  if (encoding == NULL || !td_cli_input_open (&input, file) || !read_ids (&input, ids) ||
      !print_text (encoding, ids, &input))
    return TD_CLI_FAILED;

  return TD_CLI_OK;
}
