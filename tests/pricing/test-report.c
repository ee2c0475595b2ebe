/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include <json-glib/json-glib.h>

#include "pricing/td-catalogue-json.h"
#include "pricing/td-json-writer.h"
#include "pricing/td-report.h"
#include "pricing/td-text-table.h"

static TdCatalogue *catalogue;

static TdReport *
make_report (const char       *date,
             const TdCurrency *currency,
             guint64           output_tokens)
{
  TdScenario scenario = TD_SCENARIO_INIT;
  TdReport *report;

  g_assert_true (td_date_parse (date, &scenario.date));
  scenario.output_tokens = output_tokens;

  report = td_report_new (&scenario, currency, td_catalogue_get_as_of (catalogue));
  td_report_set_baseline (report, td_catalogue_find (catalogue, "gpt-3.5-turbo"), 1000);
  td_report_add_model (report, td_catalogue_find (catalogue, "gpt-3.5-turbo"), 1000);
  td_report_add_model (report, td_catalogue_find (catalogue, "gpt-4"), 1000);
  td_report_add_model (report, td_catalogue_find (catalogue, "gpt-6-sol"), 800);
  td_report_add_model (report, td_catalogue_find (catalogue, "claude-sonnet-5"), TD_TOKENS_UNKNOWN);

  return report;
}

/*
 * 1,000 tokens in, 100 out, on 2023-04-19: GPT-3.5 Turbo 1,000 × 2 + 100 × 2 = 2,200 millionths; GPT-4
 * 1,000 × 30 + 100 × 60 = 36,000, which is 16.36 times as much. 1,100 / 16,385 = 6.7 %, 1,100 / 8,192 = 13.4 %.
 */
static void
test_text (void)
{
  const TdCurrency usd = TD_CURRENCY_USD;
  g_autoptr (TdReport) report = make_report ("2023-04-19", &usd, 100);
  g_autofree char *text = td_report_to_text (report);

  g_assert_cmpstr (
        text, ==,
        "Model            Tokens   Input   Output    Total  × gpt-3.5-turbo  Context  "
        "Remarks\n"
        "gpt-3.5-turbo      1000  $0.002  $0.0002  $0.0022               1×     6.7%  "
        "ends 23 Oct 2026\n"
        "gpt-4              1000   $0.03   $0.006   $0.036            16.4×      13%  "
        "ends 23 Oct 2026\n"
        "gpt-6-sol         ≈ 800       —        —        —                —   0.086%  "
        "not released before 22 Sep 2026\n"
        "claude-sonnet-5       —       —        —        —                —        —  "
        "not released before 30 Jun 2026\n"
        "\n"
        "Prices in USD on 19 Apr 2023, by the list of 23 Nov 2026.\n"
        "≈ The encoding is not published; the most likely one was used.\n"
        "— Not known.\n");
}

/* × 6.9: 0.0022 → 0.01518, 0.036 → 0.2484; a thousand calls 15.18 and 248.40; 100 / 0.01518 = 6,587.6 calls. */
static void
test_markdown (void)
{
  TdCurrency yuan;
  TdDate rate_date;
  g_autoptr (TdReport) report = NULL;
  g_autofree char *text = NULL;
  TdMoney budget;

  g_assert_true (td_date_parse ("2023-04-18", &rate_date));
  g_assert_true (td_currency_init (&yuan, "CNY", "6.9", rate_date));
  g_assert_true (td_money_parse ("100", &budget));

  report = make_report ("2023-04-19", &yuan, 100);
  td_report_set_calls (report, 1000);
  td_report_set_budget (report, td_money_scale (budget, yuan.denominator, yuan.numerator));
  text = td_report_to_markdown (report);

  g_assert_nonnull (strstr (text,
                            "| Model | Tokens | Input | Output | Total | × gpt-3.5-turbo | 1000 calls | "
                            "Calls for CN¥100.00 | Context | Remarks |\n"
                            "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|\n"
                            "| gpt-3.5-turbo | 1000 | CN¥0.0138 | CN¥0.00138 | CN¥0.01518 | 1× | CN¥15.18 | 6587 | "
                            "6.7% | ends 23 Oct 2026 |\n"
                            "| gpt-4 | 1000 | CN¥0.207 | CN¥0.0414 | CN¥0.2484 | 16.4× | CN¥248.40 | 402 | 13% | "
                            "ends 23 Oct 2026 |\n"));
  g_assert_nonnull (strstr (text, "1 USD = 6.9 CNY on 18 Apr 2023.\n"));
}

static void
test_machine_formats (void)
{
  const TdCurrency usd = TD_CURRENCY_USD;
  g_autoptr (TdReport) report = make_report ("2026-11-24", &usd, 0);
  g_autofree char *csv = td_report_to_csv (report);
  g_autofree char *json = td_report_to_json (report);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonArray *models = json_object_get_array_member (json_node_get_object (root), "models");
  JsonObject *claude = json_array_get_object_element (models, 3);
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  /* 1,000 × 0.5 / 10⁶ = 0.0005; 800 × 2 / 10⁶ = 0.0016, 3.2 times as much; a thousand calls 0.5 and 1.6 */
  g_assert_cmpstr (lines[1], ==,
                   "gpt-3.5-turbo,GPT-3.5 Turbo,openai,cl100k_base,exact,1000,0,0,0,0,USD,0.0005,0,0.0005,1,0.5,0.5,,1.5,"
                   "1000,16385,0.0610314,2024-01-25,2026-10-23,shut-down,2023-03-01,2026-10-23,last-price");
  g_assert_cmpstr (lines[3], ==,
                   "gpt-6-sol,GPT-6 Sol,openai,o200k_base,assumed,800,0,0,0,0,USD,0.0016,0,0.0016,3.2,1.6,2,0.2,10,"
                   "800,1050000,0.000761905,2026-09-22,,available,2026-09-22,,");

  g_assert_cmpuint (json_array_get_length (models), ==, 4);
  g_assert_true (json_object_get_null_member (claude, "input_tokens"));
  g_assert_true (json_object_get_null_member (claude, "total_cost"));
  g_assert_true (json_object_get_null_member (claude, "ratio"));
  /* Exactly, not as the nearest floating-point number. */
  g_assert_nonnull (strstr (json, "\"total_cost\": 0.0016,"));
}

/*
 * The columns that are chosen, in their order, in all four ways to write them. 1,000 tokens in, none out, on 2023-04-19:
 * GPT-3.5 Turbo at $2 a million 0.002, GPT-4 at $30 0.03, which is 15 times as much; 1,000 / 8,192 = 0.1220703125.
 */
static void
test_columns (void)
{
  static const TdReportColumn columns[] = {
    TD_REPORT_COLUMN_RATIO, TD_REPORT_COLUMN_MODEL, TD_REPORT_COLUMN_VENDOR, TD_REPORT_COLUMN_INPUT_PRICE,
    TD_REPORT_COLUMN_CACHED_INPUT_PRICE, TD_REPORT_COLUMN_THOUSAND_COST, TD_REPORT_COLUMN_CONTEXT_SHARE,
    TD_REPORT_COLUMN_EXACTNESS, TD_REPORT_COLUMN_ENCODING, TD_REPORT_COLUMN_REMARKS,
  };
  const TdCurrency usd = TD_CURRENCY_USD;
  g_autoptr (TdReport) report = make_report ("2023-04-19", &usd, 0);
  g_autofree char *markdown = NULL;
  g_autofree char *text = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;

  td_report_set_columns (report, columns, G_N_ELEMENTS (columns));
  markdown = td_report_to_markdown (report);
  g_assert_cmpstr (markdown, ==,
                   "| × gpt-3.5-turbo | Model | Vendor | Input/M | Cached/M | Per 1,000 | Context | Exactness | Encoding | "
                   "Remarks |\n"
                   "|---:|---|---|---:|---:|---:|---:|---|---|---|\n"
                   "| 1× | gpt-3.5-turbo | OpenAI | $2.00 | — | $2.00 | 6.1% | exact | cl100k_base | ends 23 Oct 2026 |\n"
                   "| 15× | gpt-4 | OpenAI | $30.00 | — | $30.00 | 12% | exact | cl100k_base | ends 23 Oct 2026 |\n"
                   "| — | gpt-6-sol | OpenAI | — | — | — | 0.076% | assumed | ≈ o200k_base | "
                   "not released before 22 Sep 2026 |\n"
                   "| — | claude-sonnet-5 | Anthropic | — | — | — | — | remote only | — | "
                   "not released before 30 Jun 2026 |\n"
                   "\n"
                   "Prices in USD on 19 Apr 2023, by the list of 23 Nov 2026.\n"
                   "/M Price per million tokens.\n"
                   "≈ The encoding is not published; the most likely one was used.\n"
                   "— Not known.\n");

  text = td_report_to_text (report);
  g_assert_true (g_str_has_prefix (text, "× gpt-3.5-turbo  Model            Vendor     Input/M  Cached/M  "));

  csv = td_report_to_csv (report);
  g_assert_true (g_str_has_prefix (csv,
                                   "ratio,model,vendor,input_price,cached_input_price,thousand_cost,context_share,"
                                   "exactness,encoding,remarks\n"
                                   "1,gpt-3.5-turbo,openai,2,,2,0.0610314,exact,cl100k_base,\n"
                                   "15,gpt-4,openai,30,,30,0.12207,exact,cl100k_base,\n"
                                   ",gpt-6-sol,openai,,,,0.000761905,assumed,o200k_base,not-yet-released\n"));

  json = td_report_to_json (report);
  g_assert_nonnull (strstr (json, "\"ratio\": 15,"));
  g_assert_nonnull (strstr (json, "\"context_share\": 0.12207,"));
  g_assert_null (strstr (json, "total_cost"));
}

/* A name is one column's, and of all languages. */
static void
test_column_names (void)
{
  for (TdReportColumn i = 0; i < TD_N_REPORT_COLUMNS; i++)
    {
      TdReportColumn found;

      g_assert_true (td_report_column_from_name (td_report_column_get_name (i), &found));
      g_assert_cmpint (found, ==, i);
      g_assert_null (strchr (td_report_column_get_field (i), '-'));
      g_assert_cmpstr (td_report_column_get_title (i), !=, "");
    }

  g_assert_false (td_report_column_from_name ("", &(TdReportColumn) { 0 }));
  g_assert_false (td_report_column_from_name (NULL, &(TdReportColumn) { 0 }));
  g_assert_false (td_report_column_from_name ("total_cost", &(TdReportColumn) { 0 }));
}

/* Numbers that were known already are written as they are: images once, and an estimate as one. */
static void
test_quote (void)
{
  const TdCurrency usd = TD_CURRENCY_USD;
  TdScenario scenario = { .date = { 2026, 10, 1 }, .minute = TD_MINUTE_ANY, .n_images = 1, .image_width = 1024,
                          .image_height = 1024 };
  g_autoptr (TdReport) report = td_report_new (&scenario, &usd, td_catalogue_get_as_of (catalogue));
  TdModel *model = td_catalogue_find (catalogue, "gpt-4o");
  g_autofree char *csv = NULL;
  g_autofree char *markdown = NULL;
  TdQuote quote;

  /* 235 of text and four tiles, 85 + 4 × 170 = 765, are 1,000; × 2.5 / 10⁶ = 0.0025 */
  td_quote_compute (&quote, model, &scenario, 235);
  quote.flags |= TD_QUOTE_ESTIMATE;
  td_report_set_baseline_quote (report, model, &quote);
  td_report_add_quote (report, model, &quote);
  csv = td_report_to_csv (report);
  g_assert_nonnull (strstr (csv, "\ngpt-4o,GPT-4o,openai,o200k_base,exact,1000,765,0,0,0,USD,0.0025,0,0.0025,1,"));
  g_assert_nonnull (strstr (csv, ",images estimate\n"));
  markdown = td_report_to_markdown (report);
  g_assert_nonnull (strstr (markdown, "| gpt-4o | ≈ 1000 | $0.0025 |"));
  g_assert_nonnull (strstr (markdown, "tokens of the conversation estimated; images estimated"));
}

/* What one should know about a quote, one thing after the other. */
static void
test_remarks (void)
{
  static const struct
  {
    const char *model;
    const char *date;
    guint64 tokens;
    TdService service;
    const char *remarks;
  } cases[] = {
    { "gpt-5.2", "2026-11-24", 10, TD_SERVICE_STANDARD, "" },
    { "gpt-4o", "2026-11-24", 10, TD_SERVICE_STANDARD, "ends 14 Jan 2027" },
    { "gpt-4", "2026-11-24", 9000, TD_SERVICE_STANDARD, "shut down 23 Oct 2026; does not fit the context window" },
    { "o1-preview", "2026-11-24", 10, TD_SERVICE_STANDARD, "shut down" },
    { "gpt-5.5", "2026-11-24", 272001, TD_SERVICE_BATCH, "long-context price; half the standard price by rule" },
    { "deepseek-v4-flash", "2026-11-24", 10, TD_SERVICE_STANDARD, "price depends on the hour" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdModel *model = td_catalogue_find (catalogue, cases[i].model);
      TdScenario scenario = TD_SCENARIO_INIT;
      g_autofree char *remarks = NULL;
      TdQuote quote;

      g_assert_true (td_date_parse (cases[i].date, &scenario.date));
      scenario.service = cases[i].service;
      td_quote_compute (&quote, model, &scenario, cases[i].tokens);
      remarks = td_quote_describe (&quote, model, &scenario);
      g_assert_cmpstr (remarks, ==, cases[i].remarks);
    }
}

/* Columns stay under each other whatever the script. */
static void
test_widths (void)
{
  g_autoptr (TdTextTable) table = td_text_table_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  td_text_table_add_column (table, "名", FALSE);
  td_text_table_add_column (table, "n", TRUE);
  td_text_table_add_column (table, "last", FALSE);
  td_text_table_begin_row (table);
  td_text_table_add_cell (table, "刘志军");
  td_text_table_take_cell (table, g_strdup ("1"));
  td_text_table_add_cell (table, "x");
  td_text_table_begin_row (table);
  td_text_table_add_cell (table, "e\314\201");
  td_text_table_add_cell (table, "22");
  td_text_table_add_cell (table, NULL);

  td_text_table_append_text (table, text);
  g_assert_cmpstr (text->str, ==, "名       n  last\n刘志军   1  x\ne\314\201       22\n");
}

static void
test_quoting (void)
{
  g_autoptr (TdTextTable) table = td_text_table_new ();
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GString) markdown = g_string_new (NULL);
  g_autoptr (GString) json = g_string_new (NULL);

  td_text_table_add_column (table, "a", FALSE);
  td_text_table_add_column (table, "b", FALSE);
  td_text_table_begin_row (table);
  td_text_table_add_cell (table, "1,5 \"x\"\n");
  td_text_table_add_cell (table, "p|q\\");

  td_text_table_append_csv (table, csv);
  g_assert_cmpstr (csv->str, ==, "a,b\n\"1,5 \"\"x\"\"\n\",p|q\\\n");
  td_text_table_append_markdown (table, markdown);
  g_assert_cmpstr (strstr (markdown->str, "p"), ==, "p\\|q\\\\ |\n");

  td_json_append_string (json, "\"\\\n\t\001é\0!", 9);
  g_assert_cmpstr (json->str, ==, "\"\\\"\\\\\\n\\t\\u0001é\\u0000!\"");
}

static void
test_catalogue_json (void)
{
  TdDate date;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *models;

  g_assert_true (td_date_parse ("2023-04-19", &date));
  json = td_catalogue_to_json (catalogue, date);
  root = json_from_string (json, NULL);
  g_assert_nonnull (root);

  models = json_object_get_array_member (json_node_get_object (root), "models");
  g_assert_cmpuint (json_array_get_length (models), ==, g_list_model_get_n_items (G_LIST_MODEL (catalogue)));
  g_assert_nonnull (strstr (json, "\"cached_input\": 0.075,"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  catalogue = td_catalogue_new_bundled (NULL);

  g_test_add_func ("/report/text", test_text);
  g_test_add_func ("/report/markdown", test_markdown);
  g_test_add_func ("/report/machine-formats", test_machine_formats);
  g_test_add_func ("/report/columns", test_columns);
  g_test_add_func ("/report/column-names", test_column_names);
  g_test_add_func ("/report/quote", test_quote);
  g_test_add_func ("/report/remarks", test_remarks);
  g_test_add_func ("/report/widths", test_widths);
  g_test_add_func ("/report/quoting", test_quoting);
  g_test_add_func ("/report/catalogue-json", test_catalogue_json);

  status = g_test_run ();
  g_assert_finalize_object (catalogue);

  return status;
}
