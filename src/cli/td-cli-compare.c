/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/td-cli-compare-options.h"
#include "cli/td-cli-options.h"
#include "cli/td-cli-report.h"
#include "cli/td-cli-tokens.h"

/* The two models the comparison is for, always on top. */
static const char * const PINNED[] = { "gpt-3.5-turbo", "gpt-4", NULL };

#define DEFAULT_BASELINE "gpt-3.5-turbo"

/* What the command line means, and what it takes to do it. */
typedef struct
{
  TdCatalogue *catalogue;
  GPtrArray *models;
  GArray *columns; /* (nullable) */
  TdModel *baseline;
  TdScenario scenario;
  TdCurrency currency;
  TdMoney budget;
  guint64 calls;
} Comparison;

static void
comparison_clear (Comparison *comparison)
{
  g_clear_object (&comparison->catalogue);
  g_clear_pointer (&comparison->models, g_ptr_array_unref);
  g_clear_pointer (&comparison->columns, g_array_unref);
  g_clear_object (&comparison->baseline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparison, comparison_clear)

static gboolean
is_pinned (TdModel *model)
{
  return g_strv_contains (PINNED, td_model_get_id (model));
}

/* Whether a model is worth a row without being asked for: it writes texts, and had a price on that day. */
static gboolean
is_current (TdModel *model,
            TdDate   date,
            TdDate   as_of)
{
  TdModelStatus status = td_model_get_status (model);

  if (td_model_get_kind (model) == TD_MODEL_KIND_EMBEDDING ||
      td_model_get_availability (model, date) != TD_AVAILABILITY_AVAILABLE ||
      td_model_get_price_on (model, date) == NULL)
    return FALSE;

  /* What is to be shut down soon was not so on a day long ago. */
  return td_date_compare (date, as_of) < 0 ||
         (status != TD_MODEL_STATUS_DEPRECATED && status != TD_MODEL_STATUS_UNKNOWN);
}

static void
add_default_models (Comparison *comparison)
{
  GListModel *list = G_LIST_MODEL (comparison->catalogue);
  TdDate as_of = td_catalogue_get_as_of (comparison->catalogue);

  for (guint i = 0; PINNED[i] != NULL; i++)
    g_ptr_array_add (comparison->models, td_cli_find_model (comparison->catalogue, PINNED[i]));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (list, i);

      if (!is_pinned (model) && is_current (model, comparison->scenario.date, as_of))
        g_ptr_array_add (comparison->models, g_steal_pointer (&model));
    }
}

static void
add_all_models (Comparison *comparison)
{
  GListModel *list = G_LIST_MODEL (comparison->catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (comparison->models, g_list_model_get_item (list, i));
}

static gboolean
find_models (Comparison *comparison,
             const char *names)
{
  g_auto (GStrv) list = NULL;

  if (names == NULL)
    {
      add_default_models (comparison);
      return TRUE;
    }

  if (g_str_equal (names, "all"))
    {
      add_all_models (comparison);
      return TRUE;
    }

  /* An empty text would be split into no name at all, instead of one that no model has. */
  list = g_strsplit (*names != '\0' ? names : ",", ",", -1);
  for (guint i = 0; list[i] != NULL; i++)
    {
      TdModel *model = td_cli_find_model (comparison->catalogue, g_strstrip (list[i]));

      if (model == NULL)
        return FALSE;
      g_ptr_array_add (comparison->models, model);
    }

  return TRUE;
}

static gboolean
comparison_init (Comparison          *comparison,
                 TdCliCompareOptions *options)
{
  comparison->catalogue = td_cli_load_catalogue (!options->no_overlay);
  comparison->models = g_ptr_array_new_with_free_func (g_object_unref);

  if (!td_cli_compare_options_get_scenario (options, &comparison->scenario) ||
      !td_cli_compare_options_get_currency (options, &comparison->currency) ||
      !td_cli_compare_options_get_budget (options, &comparison->currency, &comparison->budget) ||
      !td_cli_parse_number ("--calls", options->calls, &comparison->calls) ||
      !td_cli_compare_options_get_columns (options, &comparison->columns) ||
      !td_cli_filter_check (&options->filter, comparison->catalogue) ||
      !find_models (comparison, options->models == NULL && td_cli_filter_is_any (&options->filter) ? "all"
                                                                                                   : options->models))
    return FALSE;

  comparison->baseline = td_cli_find_model (comparison->catalogue,
                                     options->baseline != NULL ? options->baseline : DEFAULT_BASELINE);

  return comparison->baseline != NULL;
}

/* Counts with a model's encoding; encodings that count alike are counted once. */
static gboolean
count_for_model (TdCliTokens      *tokens,
                 guint64          *counts,
                 TdModel          *model,
                 const TdCliInput *input,
                 guint64          *n_tokens)
{
  const char *encoding = td_model_get_encoding (model);
  TkEncodingId id;

  *n_tokens = TD_TOKENS_UNKNOWN;
  if (encoding == NULL || !tk_encoding_id_from_name (encoding, &id))
    return TRUE;

  id = tk_encoding_id_ordinary (id);
  if (counts[id] == TD_TOKENS_UNKNOWN && !td_cli_tokens_count (tokens, id, input, TK_SPECIAL_AS_TEXT, &counts[id]))
    return FALSE;

  *n_tokens = counts[id];

  return TRUE;
}

/* Counts for all models, and leaves out and sorts what the command line says. Returns the counts of those that are
 * left, or NULL if the text cannot be counted. */
static guint64 *
count_models (Comparison        *comparison,
              const TdCliFilter *filter,
              const TdCliInput  *input,
              guint64           *baseline_tokens)
{
  g_auto (TdCliTokens) tokens = { 0 };
  g_autofree guint64 *n_tokens = g_new (guint64, comparison->models->len + 1);
  guint64 counts[TK_N_ENCODINGS];
  TdQuote baseline;

  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    counts[i] = TD_TOKENS_UNKNOWN;

  if (!count_for_model (&tokens, counts, comparison->baseline, input, baseline_tokens))
    return NULL;

  for (guint i = 0; i < comparison->models->len; i++)
    {
      if (!count_for_model (&tokens, counts, g_ptr_array_index (comparison->models, i), input, &n_tokens[i]))
        return NULL;
    }

  td_quote_compute (&baseline, comparison->baseline, &comparison->scenario, *baseline_tokens);
  td_cli_filter_apply (filter, comparison->models, &comparison->scenario, n_tokens, &baseline);

  /* All are known by now. */
  for (guint i = 0; i < comparison->models->len; i++)
    count_for_model (&tokens, counts, g_ptr_array_index (comparison->models, i), input, &n_tokens[i]);

  return g_steal_pointer (&n_tokens);
}

static TdReport *
make_report (Comparison        *comparison,
             const TdCliFilter *filter,
             const TdCliInput  *input)
{
  g_autoptr (TdReport) report = td_report_new (&comparison->scenario, &comparison->currency,
                                               td_catalogue_get_as_of (comparison->catalogue));
  guint64 baseline_tokens;
  g_autofree guint64 *n_tokens = count_models (comparison, filter, input, &baseline_tokens);

  if (n_tokens == NULL)
    return NULL;

  td_report_set_baseline (report, comparison->baseline, baseline_tokens);
  td_report_set_calls (report, comparison->calls);
  td_report_set_budget (report, comparison->budget);
  for (guint i = 0; i < comparison->models->len; i++)
    td_report_add_model (report, g_ptr_array_index (comparison->models, i), n_tokens[i]);

  return g_steal_pointer (&report);
}

/**
 * td_cli_compare:
 * @argc: number of arguments
 * @argv: "compare" and its arguments
 *
 * Prints what a text costs on different models.
 *
 * Returns: what to exit with
 */
TdCliStatus
td_cli_compare (int    argc,
                char **argv)
{
  static const char * const formats[] = { "table", "csv", "json", "markdown", NULL };
  g_auto (TdCliCompareOptions) options = { 0 };
  g_auto (Comparison) comparison = { 0 };
  g_auto (TdCliInput) input = { 0 };
  g_autoptr (TdReport) report = NULL;
  const char *format, *file;
  gboolean ok;

  if (!td_cli_compare_options_parse (&options, argc, argv))
    return TD_CLI_USAGE;

  format = td_cli_choose_format (options.format, formats);
  if (format == NULL)
    return TD_CLI_USAGE;

  file = td_cli_only_file (options.files, &ok);
  if (!ok || !comparison_init (&comparison, &options))
    return TD_CLI_USAGE;

  if (!td_cli_input_open (&input, file))
    return TD_CLI_FAILED;

  report = make_report (&comparison, &options.filter, &input);
  if (report == NULL)
    return TD_CLI_FAILED;

  td_cli_report_print (report, comparison.columns, format);

  return TD_CLI_OK;
}
