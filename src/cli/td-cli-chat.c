/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "chat/td-chat-counter.h"
#include "chat/td-chat-harmony.h"
#include "cli/td-cli-options.h"
#include "cli/td-cli-tokens.h"
#include "pricing/td-format.h"
#include "pricing/td-json-writer.h"
#include "pricing/td-text-table.h"

#define DEFAULT_MODEL "gpt-4o"
#define HARMONY_MODEL "gpt-oss-120b"

/* How much of a message the table shows. */
#define EXCERPT_CHARACTERS 40

typedef struct
{
  TdModel *model;
  TdChatRules rules;
  TdChat *chat;
  TdChatCounter *counter;
  TdChatCount total;
} Report;

static const TkEncoding *
open_encoding (TkEncodingId   id,
               gpointer       user_data,
               GError       **error)
{
  const TkEncoding *encoding = td_cli_tokens_get_encoding (user_data, id);

  /* It has complained by itself. */
  if (encoding == NULL)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "");

  return encoding;
}

static const char *
exactness_name (TdChatExactness exactness)
{
  static const char * const names[] = { "exact", "estimate", "at_least" };

  return names[exactness];
}

static const char *
exactness_mark (TdChatExactness exactness)
{
  static const char * const marks[] = { "", "≈ ", "≥ " };

  return marks[exactness];
}

/* As JSON ---------------------------------------------------------------------------------------------------------- */

static void
write_count (TdJsonWriter      *json,
             const TdChatCount *count)
{
  td_json_writer_string (json, "exactness", exactness_name (count->exactness));
  td_json_writer_number (json, "total", (gint64) count->total);
  td_json_writer_number (json, "text", (gint64) count->text);
  td_json_writer_number (json, "overhead", (gint64) count->overhead);
  td_json_writer_number (json, "calls", (gint64) count->calls);
  td_json_writer_number (json, "images", (gint64) count->images);
  td_json_writer_number (json, "unknown_parts", count->n_unknown);
}

static void
write_tools (TdJsonWriter *json,
             Report       *report)
{
  static const struct
  {
    const char *name;
    TdChatToolFormula formula;
  } formulas[] = {
    { "tools_by_fields", TD_CHAT_TOOLS_BY_FIELDS },
    { "tools_as_typescript", TD_CHAT_TOOLS_AS_TYPESCRIPT },
  };

  td_json_writer_number (json, "tools", (gint64) report->total.tools);
  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      guint64 n_tokens = 0;

      td_chat_counter_get_tools (report->counter, &report->rules, formulas[i].formula, &n_tokens);
      td_json_writer_number (json, formulas[i].name, (gint64) n_tokens);
    }
}

static void
print_json (Report *report)
{
  g_autoptr (GString) out = g_string_new (NULL);
  TdJsonWriter json = TD_JSON_WRITER_INIT (out);
  guint n = td_chat_get_n_messages (report->chat);

  td_json_writer_begin (&json, NULL, '{');
  td_json_writer_string (&json, "model", td_model_get_id (report->model));
  td_json_writer_string (&json, "encoding", td_model_get_encoding (report->model));
  write_count (&json, &report->total);
  write_tools (&json, report);

  td_json_writer_begin (&json, "messages", '[');
  for (guint i = 0; i < n; i++)
    {
      TdChatMessage *message = td_chat_get_message (report->chat, i);
      TdChatCount count;

      td_chat_counter_get_message (report->counter, message, &report->rules, &count);
      td_json_writer_begin (&json, NULL, '{');
      td_json_writer_string (&json, "role", td_chat_role_to_name (td_chat_message_get_role (message)));
      td_json_writer_string (&json, "name", td_chat_message_get_name (message));
      write_count (&json, &count);
      td_json_writer_end (&json, '}');
    }
  td_json_writer_end (&json, ']');
  td_json_writer_end (&json, '}');

  fputs (out->str, stdout);
}

/* As a table ------------------------------------------------------------------------------------------------------- */

/* The beginning of what is said, in one line. */
static char *
make_excerpt (TdChatMessage *message)
{
  const char *text = td_chat_message_get_text (message);
  g_autofree char *start = NULL;

  if (*text == '\0' && td_chat_message_get_n_calls (message) > 0)
    text = td_chat_message_get_call (message, 0)->name;

  start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), EXCERPT_CHARACTERS));
  for (char *p = start; *p != '\0'; p++)
    {
      if ((guchar) *p < 0x20)
        *p = ' ';
    }

  return g_strconcat (start, strlen (start) < strlen (text) ? "…" : "", NULL);
}

static void
add_numbers (TdTextTable       *table,
             const TdChatCount *total,
             const TdChatCount *count)
{
  td_text_table_take_cell (table, td_number_format (count->text));
  td_text_table_take_cell (table, td_number_format (count->overhead));
  if (total->calls > 0)
    td_text_table_take_cell (table, td_number_format (count->calls));
  if (total->images > 0)
    td_text_table_take_cell (table, td_number_format (count->images));
  td_text_table_take_cell (table, td_number_format (count->total));
}

static TdTextTable *
make_table (Report *report)
{
  TdTextTable *table = td_text_table_new ();
  guint n = td_chat_get_n_messages (report->chat);

  td_text_table_add_column (table, _("Role"), FALSE);
  td_text_table_add_column (table, _("Text"), TRUE);
  /* Translators: tokens that the format of the conversation adds */
  td_text_table_add_column (table, _("Overhead"), TRUE);
  if (report->total.calls > 0)
    td_text_table_add_column (table, _("Function calls"), TRUE);
  if (report->total.images > 0)
    td_text_table_add_column (table, _("Images"), TRUE);
  td_text_table_add_column (table, _("Tokens"), TRUE);
  td_text_table_add_column (table, _("Message"), FALSE);

  for (guint i = 0; i < n; i++)
    {
      TdChatMessage *message = td_chat_get_message (report->chat, i);
      TdChatCount count;

      td_chat_counter_get_message (report->counter, message, &report->rules, &count);
      td_text_table_begin_row (table);
      td_text_table_add_cell (table, td_chat_role_to_name (td_chat_message_get_role (message)));
      add_numbers (table, &report->total, &count);
      td_text_table_take_cell (table, make_excerpt (message));
    }

  return table;
}

static void
print_table (Report *report)
{
  g_autoptr (TdTextTable) table = make_table (report);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *total = td_number_format (report->total.total);
  g_autofree char *description = td_chat_rules_describe (&report->rules, report->model);

  td_text_table_append_text (table, out);
  g_string_append_c (out, '\n');
  if (td_chat_get_tools (report->chat) != NULL)
    {
      g_autofree char *tools = td_number_format (report->total.tools);

      g_string_append_printf (out, _("Definitions of functions: %s tokens"), tools);
      g_string_append_c (out, '\n');
    }

  /* Translators: a mark such as ≈, the number of tokens, and the name of a model */
  g_string_append_printf (out, _("Altogether: %s%s tokens for %s"), exactness_mark (report->total.exactness), total,
                          td_model_get_name (report->model));
  g_string_append_c (out, '\n');
  if (report->total.n_unknown > 0)
    {
      g_string_append_printf (out, ngettext ("%u part cannot be counted here and is not in this number.",
                                             "%u parts cannot be counted here and are not in this number.",
                                             report->total.n_unknown), report->total.n_unknown);
      g_string_append_c (out, '\n');
    }
  g_string_append_printf (out, "%s\n", description);

  fputs (out->str, stdout);
}

static void
print_csv (Report *report)
{
  g_autoptr (TdTextTable) table = td_text_table_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  static const char * const columns[] = { "role", "name", "text", "overhead", "calls", "images", "total" };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    td_text_table_add_column (table, columns[i], i > 1);

  for (guint i = 0; i < td_chat_get_n_messages (report->chat); i++)
    {
      TdChatMessage *message = td_chat_get_message (report->chat, i);
      TdChatCount count;
      const guint64 *numbers[] = { &count.text, &count.overhead, &count.calls, &count.images, &count.total };

      td_chat_counter_get_message (report->counter, message, &report->rules, &count);
      td_text_table_begin_row (table);
      td_text_table_add_cell (table, td_chat_role_to_name (td_chat_message_get_role (message)));
      td_text_table_add_cell (table, td_chat_message_get_name (message) != NULL ? td_chat_message_get_name (message)
                                                                                : "");
      for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
        td_text_table_take_cell (table, g_strdup_printf ("%" G_GUINT64_FORMAT, *numbers[j]));
    }

  td_text_table_append_csv (table, out);
  fputs (out->str, stdout);
}

/* Others ----------------------------------------------------------------------------------------------------------- */

static void
print_total (Report *report)
{
  if (report->total.exactness == TD_CHAT_ESTIMATE)
    td_cli_complain (_("≈ This is an estimate: see “%s chat --format table”."), TD_CLI_NAME);
  if (report->total.exactness == TD_CHAT_AT_LEAST)
    td_cli_complain (ngettext ("≥ %u part cannot be counted here and is not in this number.",
                               "≥ %u parts cannot be counted here and are not in this number.",
                               report->total.n_unknown), report->total.n_unknown);

  printf ("%" G_GUINT64_FORMAT "\n", report->total.total);
}

static void
print_harmony (Report *report)
{
  g_autoptr (GArray) segments = td_chat_harmony_render (report->chat);
  g_autofree char *text = td_chat_segments_to_text (segments);

  printf ("%s\n", text);
}

static void
print_report (Report     *report,
              const char *format)
{
  if (g_str_equal (format, "json"))
    print_json (report);
  else if (g_str_equal (format, "csv"))
    print_csv (report);
  else if (g_str_equal (format, "total"))
    print_total (report);
  else if (g_str_equal (format, "harmony"))
    print_harmony (report);
  else
    print_table (report);
}

/* Listed or not, as long as its encoding is known. */
static TdModel *
find_model (TdCatalogue *catalogue,
            const char  *name)
{
  TdModel *model = td_catalogue_find (catalogue, name);
  TkEncodingId id;
  TkModelMatch match;

  if (model != NULL)
    return g_object_ref (model);

  match = tk_encoding_id_for_model (name, &id);
  if (match == TK_MODEL_UNKNOWN)
    {
      td_cli_complain_usage (_("There is no model “%s”; “%s models” lists them."), name, TD_CLI_NAME);
      return NULL;
    }

  return td_model_new_unlisted (name, tk_encoding_id_to_name (id),
                                match == TK_MODEL_EXACT ? TD_EXACTNESS_EXACT : TD_EXACTNESS_ASSUMED);
}

static TdCliStatus
count_chat (Report     *report,
            const char *file,
            const char *format)
{
  g_auto (TdCliInput) input = { 0 };
  g_auto (TdCliTokens) tokens = { 0 };
  g_autoptr (TdChat) chat = td_chat_new ();
  g_autoptr (TdChatCounter) counter = NULL;
  g_autoptr (GError) error = NULL;

  if (!td_cli_input_open (&input, file))
    return TD_CLI_FAILED;

  if (!td_chat_load (chat, input.text, input.length, &error))
    {
      td_cli_complain ("%s: %s", input.label, error->message);
      return TD_CLI_FAILED;
    }

  counter = td_chat_counter_new (chat, open_encoding, &tokens);
  td_chat_counter_finish (counter);
  if (!td_chat_counter_get_total (counter, &report->rules, &report->total))
    return TD_CLI_FAILED;

  report->chat = chat;
  report->counter = counter;
  print_report (report, format);

  return TD_CLI_OK;
}

/**
 * td_cli_chat:
 * @argc: number of arguments
 * @argv: "chat" and its arguments
 *
 * Prints how many tokens a conversation has for a model, message by message.
 *
 * Returns: what to exit with
 */
TdCliStatus
td_cli_chat (int    argc,
             char **argv)
{
  static const char * const formats[] = { "table", "total", "json", "csv", "harmony", NULL };
  g_autofree char *format_name = NULL;
  g_autofree char *model_name = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (TdCatalogue) catalogue = NULL;
  g_autoptr (TdModel) model = NULL;
  Report report = { 0 };
  const char *format;
  const char *file;
  gboolean ok;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_STRING, &model_name, N_("Count as the model M does; GPT-4o without it"), N_("M") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name,
      N_("table: message by message; total: the number alone; harmony: what gpt-oss reads"),
      "table|total|json|csv|harmony" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL }
  };

  if (!td_cli_parse (&argc, &argv, entries, _("[FILE | -]"),
                     _("Counts a conversation: a list of messages in JSON, or a whole request. Without a file, or for -, "
                       "it reads standard input.")))
    return TD_CLI_USAGE;

  format = td_cli_choose_format (format_name, formats);
  file = td_cli_only_file (files, &ok);
  if (format == NULL || !ok)
    return TD_CLI_USAGE;

  if (model_name == NULL)
    model_name = g_strdup (g_str_equal (format, "harmony") ? HARMONY_MODEL : DEFAULT_MODEL);

  catalogue = td_cli_load_catalogue (TRUE);
  model = find_model (catalogue, model_name);
  if (model == NULL)
    return TD_CLI_USAGE;

  if (!td_chat_rules_for_model (&report.rules, model))
    {
      td_cli_complain (_("Conversations for %s cannot be counted here: it takes none, or its tokens are not published."),
                       td_model_get_name (model));
      return TD_CLI_FAILED;
    }
  if (g_str_equal (format, "harmony") && !report.rules.is_harmony)
    {
      td_cli_complain_usage (_("Only gpt-oss reads the harmony format, not %s."), td_model_get_name (model));
      return TD_CLI_USAGE;
    }

  report.model = model;

  return count_chat (&report, file, format);
}
