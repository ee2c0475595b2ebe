/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli/td-cli-filter.h"
#include "cli/td-cli-options.h"
#include "cli/td-cli-report.h"
#include "pricing/td-catalogue-json.h"

#define NETWORK_NAME "tokendesk-cli-network"

/* What is shown of the models if nobody has chosen columns. */
static const TdReportColumn usual[] = {
  TD_REPORT_COLUMN_MODEL, TD_REPORT_COLUMN_VENDOR, TD_REPORT_COLUMN_ENCODING, TD_REPORT_COLUMN_CONTEXT_WINDOW,
  TD_REPORT_COLUMN_INPUT_PRICE, TD_REPORT_COLUMN_CACHED_INPUT_PRICE, TD_REPORT_COLUMN_OUTPUT_PRICE,
  TD_REPORT_COLUMN_RELEASED, TD_REPORT_COLUMN_REMARKS,
};

/* The models as a comparison without a text. */
static void
print_report (TdCatalogue       *catalogue,
              const TdCliFilter *filter,
              GArray            *columns,
              TdDate             date,
              const char        *format)
{
  const TdScenario scenario = { .date = date, .minute = TD_MINUTE_ANY };
  g_autoptr (TdReport) report = td_report_new (&scenario, &TD_CURRENCY_USD, td_catalogue_get_as_of (catalogue));
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *list = G_LIST_MODEL (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (models, g_list_model_get_item (list, i));
  td_cli_filter_apply (filter, models, &scenario, NULL, NULL);
  for (guint i = 0; i < models->len; i++)
    td_report_add_model (report, g_ptr_array_index (models, i), TD_TOKENS_UNKNOWN);

  td_report_set_columns (report, usual, G_N_ELEMENTS (usual));
  td_cli_report_print (report, columns, format);
}

static TdCliStatus
print_models (TdCatalogue       *catalogue,
              const TdCliFilter *filter,
              GArray            *columns,
              TdDate             date,
              const char        *format)
{
  if (!g_str_equal (format, "json") || columns != NULL)
    {
      print_report (catalogue, filter, columns, date, format);
    }
  else if (td_cli_filter_is_any (filter) || filter->sort != NULL)
    {
      td_cli_complain_usage (_("The list as JSON is whole: filters and --sort need --columns then."));
      return TD_CLI_USAGE;
    }
  else
    {
      g_autofree char *json = td_catalogue_to_json (catalogue, date);

      fputs (json, stdout);
    }

  return TD_CLI_OK;
}

#ifndef TD_CLI_NETWORK
/* Goes on as the program that can reach the network. It lies beside this one in a build folder, and where programs lie
 * that nobody calls once installed. Returns only if there is none. */
static TdCliStatus
run_with_network (char **argv)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, NETWORK_NAME, NULL);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  g_ptr_array_add (arguments, (char *) TD_CLI_NAME);
  for (guint i = 0; argv[i] != NULL; i++)
    g_ptr_array_add (arguments, argv[i]);
  g_ptr_array_add (arguments, NULL);

  execv (beside, (char **) arguments->pdata);
  execv (LIBEXECDIR "/" NETWORK_NAME, (char **) arguments->pdata);
  td_cli_complain (_("The part that reaches the network is not installed: %s"), LIBEXECDIR "/" NETWORK_NAME);

  return TD_CLI_FAILED;
}
#endif

/**
 * td_cli_models:
 * @argc: number of arguments
 * @argv: "models" and its arguments
 *
 * Prints what is known of the models.
 *
 * Returns: what to exit with
 */
TdCliStatus
td_cli_models (int    argc,
               char **argv)
{
  static const char * const formats[] = { "table", "csv", "json", "markdown", NULL };
  g_autofree char *format_name = NULL;
  g_autofree char *on = NULL;
  g_autoptr (TdCatalogue) catalogue = NULL;
  g_auto (TdCliFilter) filter = { 0 };
  TdDate date = td_date_today ();
  g_autofree char *column_names = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (GArray) columns = NULL;
  gboolean no_overlay = FALSE;
  const char *format;
  const GOptionEntry entries[] = {
    { "on", 'd', 0, G_OPTION_ARG_STRING, &on, N_("Show the prices of a day, as 2023-04-19"), N_("DATE") },
    TD_CLI_FILTER_ENTRIES (&filter),
    TD_CLI_COLUMNS_ENTRY (&column_names),
    { "no-overlay", 0, 0, G_OPTION_ARG_NONE, &no_overlay,
      N_("Leave out your own models and the price changes you accepted"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name,
      N_("json has all that is known, with price history and sources, unless columns are chosen"),
      "table|csv|json|markdown" },
    { NULL }
  };

  if (argc > 1 && g_str_equal (argv[1], "refresh"))
#ifdef TD_CLI_NETWORK
    return td_cli_refresh (argc - 1, argv + 1);
#else
    return run_with_network (argv);
#endif

  summary = td_cli_columns_describe (_("Lists the models, their encodings, context windows and prices. “models refresh” "
                                       "compares them with a price list from the network."), FALSE);
  if (!td_cli_parse (&argc, &argv, entries, _("[refresh]"), summary) ||
      !td_cli_columns_parse (column_names, FALSE, &columns) || !td_cli_parse_day ("--on", on, &date))
    return TD_CLI_USAGE;

  format = td_cli_choose_format (format_name, formats);
  if (format == NULL)
    return TD_CLI_USAGE;

  if (argc > 1)
    {
      td_cli_complain_usage (_("There is nothing to do with “%s”."), argv[1]);
      return TD_CLI_USAGE;
    }

  catalogue = td_cli_load_catalogue (!no_overlay);
  if (!td_cli_filter_check (&filter, catalogue))
    return TD_CLI_USAGE;

  return print_models (catalogue, &filter, columns, date, format);
}
