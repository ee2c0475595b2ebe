/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdarg.h>

#include <glib/gi18n.h>

#include "cli/td-cli-options.h"

/* GPT-4o and everything since. */
#define DEFAULT_ENCODING TK_ENCODING_O200K_BASE

/**
 * td_cli_complain_usage:
 * @format: one translated sentence, as for printf()
 *
 * Tells on standard error what is wrong with the command line, and where the right one is explained.
 */
void
td_cli_complain_usage (const char *format,
                       ...)
{
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: an error, and the command that explains the right usage */
  td_cli_complain (_("%s See “%s --help”."), sentence, g_get_prgname ());
}

/**
 * td_cli_parse:
 * @argc: (inout): number of arguments
 * @argv: (inout): the command's name and its arguments
 * @entries: its options
 * @arguments: what else it takes, for the usage line
 * @summary: what it does
 *
 * Parses the options of a command, and complains about what it does not know. “--help” prints the help and ends the
 * program.
 *
 * Returns: whether the options were right
 */
gboolean
td_cli_parse (int                  *argc,
              char               ***argv,
              const GOptionEntry   *entries,
              const char           *arguments,
              const char           *summary)
{
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  g_autoptr (GError) error = NULL;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, argc, argv, &error))
    {
      td_cli_complain_usage ("%s.", error->message);
      return FALSE;
    }

  return TRUE;
}

/**
 * td_cli_parse_number:
 * @option: the option's name, for the complaint
 * @text: (nullable): what was given; %NULL leaves @number as it is
 * @number: (inout): the number
 *
 * Reads a whole number that is not negative.
 *
 * Returns: whether @text is one
 */
gboolean
td_cli_parse_number (const char *option,
                     const char *text,
                     guint64    *number)
{
  if (text == NULL)
    return TRUE;

  /* A quintillion is more than any text or bill; sums stay far from overflow. */
  if (g_ascii_string_to_unsigned (text, 10, 0, G_GUINT64_CONSTANT (1000000000000000000), number, NULL))
    return TRUE;

  td_cli_complain_usage (_("%s takes a whole number, not “%s”."), option, text);

  return FALSE;
}

/**
 * td_cli_parse_day:
 * @option: the option's name, for the complaint
 * @text: (nullable): what was given; %NULL leaves @date as it is
 * @date: (inout): the day
 *
 * Reads a day.
 *
 * Returns: whether @text is one
 */
gboolean
td_cli_parse_day (const char *option,
                  const char *text,
                  TdDate     *date)
{
  TdDate result;

  if (text == NULL)
    return TRUE;

  if (td_date_parse (text, &result) && td_date_is_full (result))
    {
      *date = result;
      return TRUE;
    }

  td_cli_complain_usage (_("%s takes a day like 2023-04-19, not “%s”."), option, text);

  return FALSE;
}

/**
 * td_cli_choose_format:
 * @format: (nullable): what was given
 * @known: the formats there are, %NULL-terminated, with the usual one first
 *
 * Returns: (transfer none) (nullable): the format to use, or %NULL after a complaint
 */
const char *
td_cli_choose_format (const char         *format,
                      const char * const *known)
{
  g_autofree char *list = NULL;

  if (format == NULL)
    return known[0];

  if (g_strv_contains (known, format))
    return format;

  list = g_strjoinv (", ", (char **) known);
  td_cli_complain_usage (_("There is no format “%s”, only %s."), format, list);

  return NULL;
}

/**
 * td_cli_load_catalogue:
 * @with_overlay: whether the user's own models and accepted changes are part of it
 *
 * Returns: (transfer full): the models that come with TokenDesk; they are compiled in, so they are always there
 */
TdCatalogue *
td_cli_load_catalogue (gboolean with_overlay)
{
  g_autoptr (GError) error = NULL;
  TdCatalogue *catalogue = td_catalogue_new_bundled (&error);

  if (catalogue == NULL)
    g_error ("The catalogue of this build is damaged: %s", error->message);

  if (with_overlay)
    {
      g_autofree char *path = td_overlay_dup_user_path ();
      g_autoptr (TdOverlay) overlay = td_overlay_new (path);

      /* The numbers are right without it, only not the user's. */
      if (td_overlay_load (overlay, &error))
        td_catalogue_set_overlay (catalogue, overlay);
      else
        td_cli_complain (_("Your own models and prices are left out: “%s” cannot be read: %s"), path, error->message);
    }

  return catalogue;
}

/**
 * td_cli_find_model:
 * @catalogue: the models
 * @name: a name
 *
 * One that is in no list, but whose encoding follows from its name, can still be counted.
 *
 * Returns: (transfer full) (nullable): the model of that name, or %NULL after a complaint
 */
TdModel *
td_cli_find_model (TdCatalogue *catalogue,
                   const char  *name)
{
  TdModel *model = td_catalogue_find (catalogue, name);
  TkEncodingId id;

  if (model != NULL)
    return g_object_ref (model);

  switch (tk_encoding_id_for_model (name, &id))
    {
    case TK_MODEL_EXACT:
      return td_model_new_unlisted (name, tk_encoding_id_to_name (id), TD_EXACTNESS_EXACT);
    case TK_MODEL_ASSUMED:
      return td_model_new_unlisted (name, tk_encoding_id_to_name (id), TD_EXACTNESS_ASSUMED);
    case TK_MODEL_UNKNOWN:
    default:
      td_cli_complain_usage (_("There is no model “%s”; “%s models” lists them."), name, TD_CLI_NAME);
      return NULL;
    }
}

static TdCliStatus
find_encoding_by_name (const char   *name,
                       TkEncodingId *id)
{
  g_autoptr (GString) list = NULL;

  if (tk_encoding_id_from_name (name, id))
    return TD_CLI_OK;

  list = g_string_new (NULL);
  for (int i = 0; i < TK_N_ENCODINGS; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", tk_encoding_id_to_name (i));
  td_cli_complain_usage (_("There is no encoding “%s”, only %s."), name, list->str);

  return TD_CLI_USAGE;
}

static TdCliStatus
find_encoding_by_model (const char   *name,
                        TkEncodingId *id)
{
  g_autoptr (TdCatalogue) catalogue = td_cli_load_catalogue (TRUE);
  TdModel *model = td_catalogue_find (catalogue, name);
  gboolean assumed;

  if (model != NULL)
    {
      const char *encoding = td_model_get_encoding (model);

      if (encoding == NULL)
        {
          td_cli_complain (_("The tokens of %s cannot be counted here, as %s uses no encoding that TokenDesk has."),
                           td_model_get_name (model), td_model_get_vendor_name (model));
          return TD_CLI_FAILED;
        }

      tk_encoding_id_from_name (encoding, id);
      assumed = td_model_get_exactness (model) == TD_EXACTNESS_ASSUMED;
    }
  else
    {
      TkModelMatch match = tk_encoding_id_for_model (name, id);

      if (match == TK_MODEL_UNKNOWN)
        {
          td_cli_complain_usage (_("There is no model “%s”; “%s models” lists them."), name, TD_CLI_NAME);
          return TD_CLI_USAGE;
        }
      assumed = match == TK_MODEL_ASSUMED;
    }

  if (assumed)
    td_cli_complain (_("≈ The encoding of %s is not published; %s is used, as it is the most likely."), name,
                     tk_encoding_id_to_name (*id));

  return TD_CLI_OK;
}

/**
 * td_cli_find_encoding:
 * @encoding: (nullable): the name of an encoding
 * @model: (nullable): the name of a model
 * @id: (out): what to count with
 *
 * Finds the encoding a command line asks for; without a wish it is that of today's models. Complains if there is none,
 * and says so if it is only assumed.
 *
 * Returns: %TD_CLI_OK, or what to exit with
 */
TdCliStatus
td_cli_find_encoding (const char   *encoding,
                      const char   *model,
                      TkEncodingId *id)
{
  if (encoding != NULL && model != NULL)
    {
      td_cli_complain_usage (_("--encoding and --model exclude each other."));
      return TD_CLI_USAGE;
    }

  if (encoding != NULL)
    return find_encoding_by_name (encoding, id);

  if (model != NULL)
    return find_encoding_by_model (model, id);

  *id = DEFAULT_ENCODING;

  return TD_CLI_OK;
}

/**
 * td_cli_only_file:
 * @files: (nullable): what remained of the command line
 * @ok: (out): whether that was not too much
 *
 * Returns: (nullable): the one file, or %NULL for standard input
 */
const char *
td_cli_only_file (char     **files,
                  gboolean  *ok)
{
  *ok = files == NULL || files[0] == NULL || files[1] == NULL;

  if (!*ok)
    td_cli_complain_usage (_("Only one file can be read at a time."));

  return files != NULL ? files[0] : NULL;
}
