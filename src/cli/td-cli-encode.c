/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "cli/td-cli-options.h"
#include "cli/td-cli-tokens.h"
#include "export/td-split-writer.h"

/* Stands between two tokens; hardly ever in a text itself. */
#define SEPARATOR "│"

typedef struct
{
  const TdCliInput *input;
  size_t position;
  TdSplitWriter *writer; /* NULL for the format "text" */
  GString *out;
} Progress;

static bool
print_format (const TkId     *ids,
              const uint32_t *lengths,
              size_t          n_tokens,
              void           *user_data)
{
  Progress *progress = user_data;
  const char *bytes = progress->input->text + progress->position;

  td_split_writer_add (progress->writer, bytes, ids, lengths, n_tokens);
  for (size_t i = 0; i < n_tokens; i++)
    progress->position += lengths[i];
  fwrite (progress->out->str, 1, progress->out->len, stdout);
  g_string_truncate (progress->out, 0);

  return td_cli_can_write ();
}

/* Writes a token so that all of it can be seen: parts of characters and control characters as \xNN. */
static void
print_visibly (const char *token,
               uint32_t    length)
{
  for (uint32_t i = 0; i < length;)
    {
      gunichar c = g_utf8_get_char_validated (token + i, length - i);
      gboolean is_character = c != (gunichar) -1 && c != (gunichar) -2;
      int size = is_character ? g_utf8_skip[(guchar) token[i]] : 1;

      if (c == '\n')
        fputs ("↵\n", stdout);
      else if (!is_character || (g_unichar_iscntrl (c) && c != '\t'))
        for (int j = 0; j < size; j++)
          printf ("\\x%02X", (guchar) token[i + j]);
      else
        fwrite (token + i, 1, size, stdout);

      i += size;
    }
}

static bool
print_split (const TkId     *ids,
             const uint32_t *lengths,
             size_t          n_tokens,
             void           *user_data)
{
  Progress *progress = user_data;

  for (size_t i = 0; i < n_tokens; i++)
    {
      if (progress->position > 0)
        fputs (SEPARATOR, stdout);
      print_visibly (progress->input->text + progress->position, lengths[i]);
      progress->position += lengths[i];
    }

  return td_cli_can_write ();
}

static TdCliStatus
encode (const TdCliInput *input,
        TkEncodingId      id,
        TkSpecialMode     special,
        const char       *format_name)
{
  g_auto (TdCliTokens) tokens = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (TdSplitWriter) writer = NULL;
  const TkEncoding *encoding = td_cli_tokens_get_encoding (&tokens, id);
  Progress progress = { .input = input, .out = out };
  TdSplitFormat format;

  if (encoding == NULL)
    return TD_CLI_FAILED;

  if (td_split_format_from_name (format_name, &format))
    writer = td_split_writer_new (format, encoding, out);
  progress.writer = writer;

  if (!td_cli_tokens_encode (&tokens, id, input, special, writer != NULL ? print_format : print_split, &progress))
    return TD_CLI_FAILED;

  if (writer != NULL)
    {
      td_split_writer_end (writer);
      fwrite (out->str, 1, out->len, stdout);
    }
  else if (progress.position > 0)
    {
      putchar ('\n');
    }

  return TD_CLI_OK;
}

/**
 * td_cli_encode:
 * @argc: number of arguments
 * @argv: "encode" and its arguments
 *
 * Prints the tokens of a text.
 *
 * Returns: what to exit with
 */
TdCliStatus
td_cli_encode (int    argc,
               char **argv)
{
  static const char * const formats[] = { "ids", "list", "json", "csv", "markdown", "html", "text", NULL };
  g_autofree char *encoding = NULL;
  g_autofree char *model = NULL;
  g_autofree char *format_name = NULL;
  g_auto (GStrv) files = NULL;
  g_auto (TdCliInput) input = { 0 };
  gboolean allow_special = FALSE;
  const char *format, *file;
  gboolean ok;
  TkEncodingId id;
  TdCliStatus status;
  const GOptionEntry entries[] = {
    { "encoding", 'e', 0, G_OPTION_ARG_STRING, &encoding, N_("Encode with the encoding E"), N_("E") },
    { "model", 'm', 0, G_OPTION_ARG_STRING, &model, N_("Encode as the model M does"), N_("M") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name,
      N_("ids: one id a line; list: a list of ids; json, csv, markdown, html: ids and what they stand for; "
         "text: the text with a mark between its tokens"),
      "ids|list|json|csv|markdown|html|text" },
    { "allow-special", 0, 0, G_OPTION_ARG_NONE, &allow_special,
      N_("Take special tokens like <|endoftext|> for what they stand for, not for text"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL }
  };

  if (!td_cli_parse (&argc, &argv, entries, _("[FILE | -]"),
                     _("Prints the tokens of a file. Without a file, or for -, it reads standard input.")))
    return TD_CLI_USAGE;

  format = td_cli_choose_format (format_name, formats);
  if (format == NULL)
    return TD_CLI_USAGE;

  file = td_cli_only_file (files, &ok);
  if (!ok)
    return TD_CLI_USAGE;

  status = td_cli_find_encoding (encoding, model, &id);
  if (status != TD_CLI_OK)
    return status;

  if (!td_cli_input_open (&input, file))
    return TD_CLI_FAILED;

  return encode (&input, id, allow_special ? TK_SPECIAL_PARSE : TK_SPECIAL_AS_TEXT, format);
}
