/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli/td-cli-filter.h"
#include "cli/td-cli-options.h"
#include "pricing/td-catalogue-json.h"
#include "pricing/td-currency.h"
#include "pricing/td-report.h"
#include "pricing/td-text-table.h"

#define NETWORK_NAME "tokendesk-cli-network"

static char *
format_encoding (TdModel *model)
{
  const char *encoding = td_model_get_encoding (model);

  if (encoding == NULL)
    return g_strdup (TD_UNKNOWN_TEXT);

  return g_strdup_printf (td_model_get_exactness (model) == TD_EXACTNESS_EXACT ? "%s" : "≈ %s", encoding);
}

/* Whose the model is, if it is not the catalogue's, and whether it can be called. */
static char *
format_remarks (TdModel *model,
                TdDate   date)
{
  g_autofree char *availability = td_model_describe_availability (model, date);
  const char *origin = NULL;

  if (td_model_get_origin (model) == TD_MODEL_ORIGIN_USER)
    /* Translators: of a model that the user has added */
    origin = _("yours");
  else if (td_model_get_origin (model) == TD_MODEL_ORIGIN_REFRESH)
    /* Translators: of a model that the user has accepted when prices were refreshed */
    origin = _("from a refresh");

  if (origin == NULL || availability == NULL)
    return origin != NULL ? g_strdup (origin) : g_steal_pointer (&availability);

  return g_strjoin (_("; "), origin, availability, NULL);
}

static void
add_row (TdTextTable *table,
         TdModel     *model,
         TdDate       date)
{
  const TdPricePeriod *period = td_model_get_price_on (model, date);
  const TdCurrency usd = TD_CURRENCY_USD;
  TdPrices prices = TD_PRICES_UNKNOWN;
  guint64 window = td_model_get_context_window (model);

  if (period == NULL)
    period = td_model_get_last_price (model, date);
  if (period != NULL && td_model_get_availability (model, date) != TD_AVAILABILITY_NOT_YET_RELEASED)
    prices = period->services[TD_SERVICE_STANDARD];

  td_text_table_begin_row (table);
  td_text_table_add_cell (table, td_model_get_id (model));
  td_text_table_add_cell (table, td_model_get_vendor_name (model));
  td_text_table_take_cell (table, format_encoding (model));
  td_text_table_take_cell (table, window > 0 ? td_number_format (window) : g_strdup (TD_UNKNOWN_TEXT));
  td_text_table_take_cell (table, td_currency_format_price (&usd, prices.input));
  td_text_table_take_cell (table, td_currency_format_price (&usd, prices.cached_input));
  td_text_table_take_cell (table, td_currency_format_price (&usd, prices.output));
  td_text_table_take_cell (table, td_date_format (td_model_get_released (model)));
  td_text_table_take_cell (table, format_remarks (model, date));
}

static void
print_table (TdCatalogue       *catalogue,
             const TdCliFilter *filter,
             TdDate             date)
{
  g_autoptr (TdTextTable) table = td_text_table_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *date_text = td_date_format (date);
  g_autofree char *as_of = td_date_format (td_catalogue_get_as_of (catalogue));
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  const TdScenario scenario = { .date = date, .minute = TD_MINUTE_ANY };
  GListModel *list = G_LIST_MODEL (catalogue);

  td_text_table_add_column (table, _("Model"), FALSE);
  td_text_table_add_column (table, _("Vendor"), FALSE);
  td_text_table_add_column (table, _("Encoding"), FALSE);
  td_text_table_add_column (table, _("Context"), TRUE);
  td_text_table_add_column (table, _("Input"), TRUE);
  td_text_table_add_column (table, _("Cached"), TRUE);
  td_text_table_add_column (table, _("Output"), TRUE);
  td_text_table_add_column (table, _("Released"), TRUE);
  td_text_table_add_column (table, _("Remarks"), FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (models, g_list_model_get_item (list, i));
  td_cli_filter_apply (filter, models, &scenario, NULL, NULL);
  for (guint i = 0; i < models->len; i++)
    add_row (table, g_ptr_array_index (models, i), date);

  td_text_table_append_text (table, out);
  g_string_append_c (out, '\n');
  /* Translators: the day the prices are of, and the day they were gathered */
  g_string_append_printf (out, _("US dollars per million tokens on %s, or the last price before, by the list of %s."),
                          date_text, as_of);
  g_string_append_c (out, '\n');
  fputs (out->str, stdout);
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
  static const char * const formats[] = { "table", "json", NULL };
  g_autofree char *format_name = NULL;
  g_autofree char *on = NULL;
  g_autoptr (TdCatalogue) catalogue = NULL;
  g_auto (TdCliFilter) filter = { 0 };
  TdDate date = td_date_today ();
  gboolean no_overlay = FALSE;
  const char *format;
  const GOptionEntry entries[] = {
    { "on", 'd', 0, G_OPTION_ARG_STRING, &on, N_("Show the prices of a day, as 2023-04-19"), N_("DATE") },
    TD_CLI_FILTER_ENTRIES (&filter),
    { "no-overlay", 0, 0, G_OPTION_ARG_NONE, &no_overlay,
      N_("Leave out your own models and the price changes you accepted"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name,
      N_("table: the main figures; json: all that is known, with price history and sources"), "table|json" },
    { NULL }
  };

  if (argc > 1 && g_str_equal (argv[1], "refresh"))
#ifdef TD_CLI_NETWORK
    return td_cli_refresh (argc - 1, argv + 1);
#else
    return run_with_network (argv);
#endif

  if (!td_cli_parse (&argc, &argv, entries, _("[refresh]"),
                     _("Lists the models, their encodings, context windows and prices. “models refresh” compares them "
                       "with a price list from the network.")) ||
      !td_cli_parse_day ("--on", on, &date))
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

  if (g_str_equal (format, "json") && (td_cli_filter_is_any (&filter) || filter.sort != NULL))
    {
      td_cli_complain_usage (_("The list as JSON is always whole: filters and --sort are for the table."));
      return TD_CLI_USAGE;
    }

  if (g_str_equal (format, "json"))
    {
      g_autofree char *json = td_catalogue_to_json (catalogue, date);

      fputs (json, stdout);
    }
  else
    {
      print_table (catalogue, &filter, date);
    }

  return TD_CLI_OK;
}
