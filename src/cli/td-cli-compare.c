/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "cli/td-cli-options.h"
#include "cli/td-cli-tokens.h"
#include "pricing/td-report.h"

/* The two models the comparison is for, always on top. */
static const char * const PINNED[] = { "gpt-3.5-turbo", "gpt-4", NULL };

#define DEFAULT_BASELINE "gpt-3.5-turbo"

/* The command line as it was given. */
typedef struct
{
  char *models;
  char *baseline;
  char *output_tokens;
  char *output_ratio;
  char *reasoning_tokens;
  char *images;
  char *image_size;
  char *cached_share;
  char *cache_write_share;
  char *calls;
  char *budget;
  char *currency;
  char *rate;
  char *rate_date;
  char *on;
  char *time;
  char *format;
  char **files;
  gboolean batch;
  gboolean flex;
  gboolean priority;
  gboolean cache_write_long;
  gboolean image_low;
} Options;

/* What it means, and what it takes to do it. */
typedef struct
{
  TdCatalogue *catalogue;
  GPtrArray *models;
  TdModel *baseline;
  TdScenario scenario;
  TdCurrency currency;
  TdMoney budget;
  guint64 calls;
} Comparison;

static void
options_clear (Options *options)
{
  g_free (options->models);
  g_free (options->baseline);
  g_free (options->output_tokens);
  g_free (options->output_ratio);
  g_free (options->reasoning_tokens);
  g_free (options->images);
  g_free (options->image_size);
  g_free (options->cached_share);
  g_free (options->cache_write_share);
  g_free (options->calls);
  g_free (options->budget);
  g_free (options->currency);
  g_free (options->rate);
  g_free (options->rate_date);
  g_free (options->on);
  g_free (options->time);
  g_free (options->format);
  g_strfreev (options->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
comparison_clear (Comparison *comparison)
{
  g_clear_object (&comparison->catalogue);
  g_clear_pointer (&comparison->models, g_ptr_array_unref);
  g_clear_object (&comparison->baseline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparison, comparison_clear)

/* The model of that name. One that is in no list, but whose encoding follows from its name, can still be counted. */
static TdModel *
find_model (TdCatalogue *catalogue,
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

static gboolean
is_pinned (TdModel *model)
{
  return g_strv_contains (PINNED, td_model_get_id (model));
}

/* Whether a model is worth a row without being asked for: it writes texts, could be had on that day, and has a price. */
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
    g_ptr_array_add (comparison->models, find_model (comparison->catalogue, PINNED[i]));

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
      TdModel *model = find_model (comparison->catalogue, g_strstrip (list[i]));

      if (model == NULL)
        return FALSE;
      g_ptr_array_add (comparison->models, model);
    }

  return TRUE;
}

static gboolean
parse_share (const char *option,
             const char *text,
             guint32    *share)
{
  if (text == NULL || td_share_parse (text, share))
    return TRUE;

  td_cli_complain_usage (_("%s takes a share like 0.25 or 25%%, not “%s”."), option, text);

  return FALSE;
}

static gboolean
parse_time (const char *text,
            int        *minute)
{
  guint64 hour, minutes;

  if (text == NULL)
    return TRUE;

  if (strlen (text) == 5 && text[2] == ':' && g_ascii_string_to_unsigned (text + 3, 10, 0, 59, &minutes, NULL))
    {
      const char hours[3] = { text[0], text[1], '\0' };

      if (g_ascii_string_to_unsigned (hours, 10, 0, 23, &hour, NULL))
        {
          *minute = hour * 60 + minutes;
          return TRUE;
        }
    }

  td_cli_complain_usage (_("--time takes a time of day in UTC like 06:00, not “%s”."), text);

  return FALSE;
}

/* "WIDTHxHEIGHT" in pixels. */
static gboolean
parse_image_size (const char *text,
                  TdScenario *scenario)
{
  g_auto (GStrv) sides = g_strsplit (text, "x", -1);
  guint64 width, height;

  if (g_strv_length (sides) == 2 && g_ascii_string_to_unsigned (sides[0], 10, 1, TD_IMAGE_MAX_SIDE, &width, NULL) &&
      g_ascii_string_to_unsigned (sides[1], 10, 1, TD_IMAGE_MAX_SIDE, &height, NULL))
    {
      scenario->image_width = width;
      scenario->image_height = height;
      return TRUE;
    }

  td_cli_complain_usage (_("--image-size takes pixels like 1024x768, not “%s”."), text);

  return FALSE;
}

static gboolean
parse_images (const Options *options,
              TdScenario    *scenario)
{
  guint64 n_images = options->image_size != NULL ? 1 : 0;

  if (!td_cli_parse_number ("--images", options->images, &n_images))
    return FALSE;

  if (options->image_size == NULL && (n_images > 0 || options->image_low))
    {
      td_cli_complain_usage (_("Images need --image-size."));
      return FALSE;
    }

  scenario->n_images = MIN (n_images, G_MAXUINT);
  scenario->image_low_detail = options->image_low;

  return options->image_size == NULL || parse_image_size (options->image_size, scenario);
}

static gboolean
parse_scenario (const Options *options,
                TdScenario    *scenario)
{
  if (options->batch + options->flex + options->priority > 1)
    {
      td_cli_complain_usage (_("--batch, --flex and --priority exclude each other."));
      return FALSE;
    }

  if (options->batch)
    scenario->service = TD_SERVICE_BATCH;
  else if (options->flex)
    scenario->service = TD_SERVICE_FLEX;
  else if (options->priority)
    scenario->service = TD_SERVICE_PRIORITY;

  if (options->output_tokens != NULL && options->output_ratio != NULL)
    {
      td_cli_complain_usage (_("--output-tokens and --output-ratio exclude each other."));
      return FALSE;
    }

  if (options->output_ratio != NULL && !td_factor_parse (options->output_ratio, &scenario->output_ratio))
    {
      td_cli_complain_usage (_("--output-ratio takes a factor like 1.5 or 150%%, not “%s”."), options->output_ratio);
      return FALSE;
    }

  scenario->date = td_date_today ();
  scenario->cache_write_long = options->cache_write_long;

  return td_cli_parse_day ("--on", options->on, &scenario->date) &&
         parse_time (options->time, &scenario->minute) &&
         td_cli_parse_number ("--output-tokens", options->output_tokens, &scenario->output_tokens) &&
         td_cli_parse_number ("--reasoning-tokens", options->reasoning_tokens, &scenario->reasoning_tokens) &&
         parse_share ("--cached-share", options->cached_share, &scenario->cached_share) &&
         parse_share ("--cache-write-share", options->cache_write_share, &scenario->cache_write_share) &&
         parse_images (options, scenario);
}

static gboolean
parse_currency (const Options *options,
                TdCurrency    *currency)
{
  const char *code = options->currency != NULL ? options->currency : "USD";
  TdDate rate_date = TD_DATE_NONE;

  if (!td_cli_parse_day ("--rate-date", options->rate_date, &rate_date))
    return FALSE;

  if (g_ascii_strcasecmp (code, "USD") == 0 && (options->rate != NULL || options->rate_date != NULL))
    {
      td_cli_complain_usage (_("--rate needs --currency with another currency than USD."));
      return FALSE;
    }

  if (td_currency_init (currency, code, options->rate, rate_date))
    return TRUE;

  if (options->rate == NULL && strlen (code) == 3)
    td_cli_complain_usage (_("%s needs --rate with the units for one US dollar, like 6.9."), code);
  else if (strlen (code) == 3)
    td_cli_complain_usage (_("--rate takes a number above 0 like 6.9, not “%s”."), options->rate);
  else
    td_cli_complain_usage (_("--currency takes a code of three letters like CNY, not “%s”."), code);

  return FALSE;
}

/* A budget is given in the currency that is shown, and kept in US dollars like all amounts. */
static gboolean
parse_budget (const Options *options,
              Comparison    *comparison)
{
  TdMoney amount;

  comparison->budget = TD_MONEY_UNKNOWN;
  if (options->budget == NULL)
    return TRUE;

  if (!td_money_parse (options->budget, &amount))
    {
      td_cli_complain_usage (_("--budget takes an amount like 12.50, not “%s”."), options->budget);
      return FALSE;
    }

  comparison->budget = td_money_scale (amount, comparison->currency.denominator, comparison->currency.numerator);

  return TRUE;
}

static gboolean
comparison_init (Comparison    *comparison,
                 const Options *options)
{
  comparison->scenario = (TdScenario) TD_SCENARIO_INIT;
  comparison->catalogue = td_cli_load_catalogue ();
  comparison->models = g_ptr_array_new_with_free_func (g_object_unref);

  if (!parse_scenario (options, &comparison->scenario) || !parse_currency (options, &comparison->currency) ||
      !parse_budget (options, comparison) || !td_cli_parse_number ("--calls", options->calls, &comparison->calls) ||
      !find_models (comparison, options->models))
    return FALSE;

  comparison->baseline = find_model (comparison->catalogue,
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

static TdReport *
make_report (Comparison       *comparison,
             const TdCliInput *input)
{
  g_autoptr (TdReport) report = td_report_new (&comparison->scenario, &comparison->currency,
                                               td_catalogue_get_as_of (comparison->catalogue));
  g_auto (TdCliTokens) tokens = { 0 };
  guint64 counts[TK_N_ENCODINGS];
  guint64 n_tokens;

  for (guint i = 0; i < TK_N_ENCODINGS; i++)
    counts[i] = TD_TOKENS_UNKNOWN;

  if (!count_for_model (&tokens, counts, comparison->baseline, input, &n_tokens))
    return NULL;
  td_report_set_baseline (report, comparison->baseline, n_tokens);
  td_report_set_calls (report, comparison->calls);
  td_report_set_budget (report, comparison->budget);

  for (guint i = 0; i < comparison->models->len; i++)
    {
      TdModel *model = g_ptr_array_index (comparison->models, i);

      if (!count_for_model (&tokens, counts, model, input, &n_tokens))
        return NULL;
      td_report_add_model (report, model, n_tokens);
    }

  return g_steal_pointer (&report);
}

static void
print_report (TdReport   *report,
              const char *format)
{
  g_autofree char *text = NULL;

  if (g_str_equal (format, "csv"))
    text = td_report_to_csv (report);
  else if (g_str_equal (format, "json"))
    text = td_report_to_json (report);
  else if (g_str_equal (format, "markdown"))
    text = td_report_to_markdown (report);
  else
    text = td_report_to_text (report);

  fputs (text, stdout);
}

static gboolean
parse_options (int       argc,
               char    **argv,
               Options  *options)
{
  const GOptionEntry entries[] = {
    { "models", 'm', 0, G_OPTION_ARG_STRING, &options->models,
      N_("Compare the models A, B and so on, or all; without it GPT-3.5 Turbo, GPT-4 and those of the day"),
      N_("A,B,…") },
    { "baseline", 'b', 0, G_OPTION_ARG_STRING, &options->baseline, N_("Compare costs with those of model M"), N_("M") },
    { "output-tokens", 'o', 0, G_OPTION_ARG_STRING, &options->output_tokens, N_("Expect an answer of N tokens"),
      N_("N") },
    { "output-ratio", 0, 0, G_OPTION_ARG_STRING, &options->output_ratio,
      N_("Expect an answer R times as long as the input"), N_("R") },
    { "reasoning-tokens", 0, 0, G_OPTION_ARG_STRING, &options->reasoning_tokens,
      N_("Expect N more tokens from models that reason"), N_("N") },
    { "images", 0, 0, G_OPTION_ARG_STRING, &options->images, N_("Send N images along, by an estimate"), N_("N") },
    { "image-size", 0, 0, G_OPTION_ARG_STRING, &options->image_size, N_("The size of each image in pixels"),
      N_("WIDTHxHEIGHT") },
    { "image-low-detail", 0, 0, G_OPTION_ARG_NONE, &options->image_low, N_("Look at the images only roughly"), NULL },
    { "cached-share", 0, 0, G_OPTION_ARG_STRING, &options->cached_share,
      N_("Read the share S of the input from the cache, as 0.25 or 25%"), N_("S") },
    { "cache-write-share", 0, 0, G_OPTION_ARG_STRING, &options->cache_write_share,
      N_("Write the share S of the rest to the cache"), N_("S") },
    { "cache-write-long", 0, 0, G_OPTION_ARG_NONE, &options->cache_write_long,
      N_("Keep what is written to the cache for the longer of two times"), NULL },
    { "batch", 0, 0, G_OPTION_ARG_NONE, &options->batch, N_("Use the prices for batches"), NULL },
    { "flex", 0, 0, G_OPTION_ARG_NONE, &options->flex, N_("Use the prices for flexible times"), NULL },
    { "priority", 0, 0, G_OPTION_ARG_NONE, &options->priority, N_("Use the prices for fast answers"), NULL },
    { "calls", 'n', 0, G_OPTION_ARG_STRING, &options->calls, N_("Show what N such calls cost"), N_("N") },
    { "budget", 0, 0, G_OPTION_ARG_STRING, &options->budget, N_("Show how many calls an amount pays for"),
      N_("AMOUNT") },
    { "currency", 'c', 0, G_OPTION_ARG_STRING, &options->currency, N_("Show costs in another currency"), "USD|CNY|…" },
    { "rate", 'r', 0, G_OPTION_ARG_STRING, &options->rate, N_("Units of that currency for one US dollar"), N_("R") },
    { "rate-date", 0, 0, G_OPTION_ARG_STRING, &options->rate_date, N_("The day that rate is of"), N_("DATE") },
    { "on", 'd', 0, G_OPTION_ARG_STRING, &options->on, N_("Use the prices of a day, as 2023-04-19"), N_("DATE") },
    { "time", 0, 0, G_OPTION_ARG_STRING, &options->time,
      N_("Use the prices of a time of day in UTC, where they differ"), N_("HH:MM") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format,
      N_("table and markdown are for people; csv and json for machines, with exact numbers"),
      "table|csv|json|markdown" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    { NULL }
  };

  return td_cli_parse (&argc, &argv, entries, _("[FILE | -]"),
                       _("Shows what one call with the text of a file as its input costs on different models. Without "
                         "a file, or for -, it reads standard input."));
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
  g_auto (Options) options = { 0 };
  g_auto (Comparison) comparison = { 0 };
  g_auto (TdCliInput) input = { 0 };
  g_autoptr (TdReport) report = NULL;
  const char *format, *file;
  gboolean ok;

  if (!parse_options (argc, argv, &options))
    return TD_CLI_USAGE;

  format = td_cli_choose_format (options.format, formats);
  if (format == NULL)
    return TD_CLI_USAGE;

  file = td_cli_only_file (options.files, &ok);
  if (!ok || !comparison_init (&comparison, &options))
    return TD_CLI_USAGE;

  if (!td_cli_input_open (&input, file))
    return TD_CLI_FAILED;

  report = make_report (&comparison, &input);
  if (report == NULL)
    return TD_CLI_FAILED;

  print_report (report, format);

  return TD_CLI_OK;
}
