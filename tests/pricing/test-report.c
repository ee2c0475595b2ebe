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
                   "1000,16385,2024-01-25,2026-10-23,shut-down,2023-03-01,2026-10-23,last-price");
  g_assert_cmpstr (lines[3], ==,
                   "gpt-6-sol,GPT-6 Sol,openai,o200k_base,assumed,800,0,0,0,0,USD,0.0016,0,0.0016,3.2,1.6,2,0.2,10,"
                   "800,1050000,2026-09-22,,available,2026-09-22,,");

  g_assert_cmpuint (json_array_get_length (models), ==, 4);
  g_assert_true (json_object_get_null_member (claude, "input_tokens"));
  g_assert_true (json_object_get_null_member (claude, "total_cost"));
  g_assert_true (json_object_get_null_member (claude, "ratio"));
  /* Exactly, not as the nearest floating-point number. */
  g_assert_nonnull (strstr (json, "\"total_cost\": 0.0016,"));
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
  g_test_add_func ("/report/remarks", test_remarks);
  g_test_add_func ("/report/widths", test_widths);
  g_test_add_func ("/report/quoting", test_quoting);
  g_test_add_func ("/report/catalogue-json", test_catalogue_json);

  status = g_test_run ();
  g_assert_finalize_object (catalogue);

  return status;
}
