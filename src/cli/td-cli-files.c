/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "cli/td-cli-options.h"
#include "cli/td-cli-tokens.h"
#include "files/td-folder-report.h"

#define DEFAULT_MODEL "gpt-3.5-turbo"

typedef enum
{
  SORT_TOKENS,
  SORT_SIZE,
  SORT_NAME
} Sort;

typedef struct
{
  TdModel *model;
  Sort sort;
} Order;

/* The largest first; names forwards. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  TdFileEntry *first = (TdFileEntry *) a;
  TdFileEntry *second = (TdFileEntry *) b;
  const TdFileCount *count = td_file_entry_get_count (first);
  const TdFileCount *other = td_file_entry_get_count (second);
  const Order *order = user_data;
  guint64 x = 0;
  guint64 y = 0;

  if (order->sort == SORT_TOKENS)
    {
      x = td_folder_report_get_tokens (count, order->model);
      y = td_folder_report_get_tokens (other, order->model);
    }
  else if (order->sort == SORT_SIZE)
    {
      x = count->n_bytes;
      y = other->n_bytes;
    }

  if (x != y)
    return x > y ? -1 : 1;

  return strcmp (td_file_entry_get_path (first), td_file_entry_get_path (second));
}

static void
running_cb (TdFolderScan *scan,
            GParamSpec   *pspec,
            GMainLoop    *loop)
{
  if (!td_folder_scan_get_running (scan))
    g_main_loop_quit (loop);
}

/* Whether somebody would expect the file to be counted, which was not left out on purpose. */
static gboolean
is_trouble (TdFileState state)
{
  return state != TD_FILE_IGNORED && state != TD_FILE_BINARY && state != TD_FILE_LINK && state != TD_FILE_SPECIAL;
}

/* Says what could not be counted, or all that was not. */
static TdCliStatus
tell_left_out (GListModel *left_out,
               gboolean    tell_all)
{
  TdCliStatus status = TD_CLI_OK;

  for (guint i = 0; i < g_list_model_get_n_items (left_out); i++)
    {
      g_autoptr (TdFileEntry) entry = g_list_model_get_item (left_out, i);
      TdFileState state = td_file_entry_get_state (entry);

      if (is_trouble (state))
        status = TD_CLI_FAILED;
      if (is_trouble (state) || tell_all)
        /* Translators: a file, and why it was not counted: "picture.png is left out: binary" */
        td_cli_complain (_("%s is left out: %s"), td_file_entry_get_path (entry), td_file_state_get_reason (state));
    }

  return status;
}

static TdCliStatus
count_files (char                **names,
             TdCatalogue          *catalogue,
             const Order          *order,
             TdFolderReportFormat  format,
             gboolean              tell_all)
{
  g_auto (TdCliTokens) tokens = { 0 };
  const TkEncoding *encodings[TK_N_ENCODINGS] = { NULL };
  g_autoptr (GListStore) roots = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (TdFolderScan) scan = NULL;
  g_autofree char *report = NULL;
  const char *name = td_model_get_encoding (order->model);
  TkEncodingId id;

  if (name != NULL && tk_encoding_id_from_name (name, &id))
    {
      id = tk_encoding_id_ordinary (id);
      encodings[id] = td_cli_tokens_get_encoding (&tokens, id);
      if (encodings[id] == NULL)
        return TD_CLI_FAILED;
    }

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (names[i]);

      g_list_store_append (roots, file);
    }

  scan = td_folder_scan_new (encodings);
  g_signal_connect (scan, "notify::running", G_CALLBACK (running_cb), loop);
  td_folder_scan_start (scan, G_LIST_MODEL (roots));
  if (td_folder_scan_get_running (scan))
    g_main_loop_run (loop);

  g_list_store_sort (G_LIST_STORE (td_folder_scan_get_files (scan)), compare_entries, (gpointer) order);
  report = td_folder_report_write (format, td_folder_scan_get_files (scan), order->model,
                                   td_catalogue_get_as_of (catalogue));
  fputs (report, stdout);

  return tell_left_out (td_folder_scan_get_left_out (scan), tell_all);
}

static TdFolderReportFormat
parse_format (const char *format)
{
  if (g_str_equal (format, "csv"))
    return TD_FOLDER_REPORT_CSV;
  if (g_str_equal (format, "json"))
    return TD_FOLDER_REPORT_JSON;
  if (g_str_equal (format, "markdown"))
    return TD_FOLDER_REPORT_MARKDOWN;

  return TD_FOLDER_REPORT_TEXT;
}

static gboolean
parse_sort (const char *text,
            Sort       *sort)
{
  if (text == NULL || g_str_equal (text, "tokens"))
    *sort = SORT_TOKENS;
  else if (g_str_equal (text, "size"))
    *sort = SORT_SIZE;
  else if (g_str_equal (text, "name"))
    *sort = SORT_NAME;
  else
    {
      td_cli_complain_usage (_("Files can be sorted by tokens, size or name, not by “%s”."), text);
      return FALSE;
    }

  return TRUE;
}

/**
 * td_cli_files:
 * @argc: number of arguments
 * @argv: "files" and its arguments
 *
 * Prints a table of files with their tokens, and what they cost as the input of a model: the same as the window's.
 *
 * Returns: what to exit with
 */
TdCliStatus
td_cli_files (int    argc,
              char **argv)
{
  static const char * const formats[] = { "table", "csv", "json", "markdown", NULL };
  g_autofree char *model_name = NULL;
  g_autofree char *format_name = NULL;
  g_autofree char *sort_name = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (TdCatalogue) catalogue = NULL;
  g_autoptr (TdModel) model = NULL;
  gboolean tell_all = FALSE;
  const char *format;
  Order order = { 0 };
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_STRING, &model_name, N_("Count as the model M does, at its price"), N_("M") },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &sort_name, N_("Sort by tokens, size or name"), N_("COLUMN") },
    { "left-out", 0, 0, G_OPTION_ARG_NONE, &tell_all, N_("Tell what is left out, and why"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name, N_("table, csv, json or markdown"), N_("FORMAT") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &names, NULL, NULL },
    { NULL }
  };

  if (!td_cli_parse (&argc, &argv, entries, _("FILE|FOLDER…"),
                     _("Prints for each file its size, its tokens, what they cost as input and how much of the context "
                       "window they fill. In folders, binary files and what .gitignore ignores are left out.")))
    return TD_CLI_USAGE;

  format = td_cli_choose_format (format_name, formats);
  if (format == NULL || !parse_sort (sort_name, &order.sort))
    return TD_CLI_USAGE;
  if (names == NULL || names[0] == NULL)
    {
      td_cli_complain_usage (_("Name a file or a folder."));
      return TD_CLI_USAGE;
    }

  catalogue = td_cli_load_catalogue (TRUE);
  model = td_cli_find_model (catalogue, model_name != NULL ? model_name : DEFAULT_MODEL);
  if (model == NULL)
    return TD_CLI_USAGE;

  order.model = model;

  return count_files (names, catalogue, &order, parse_format (format), tell_all);
}
