/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "files/td-folder-report.h"
#include "pricing/td-currency.h"
#include "pricing/td-json-writer.h"
#include "pricing/td-text-table.h"

/*
 * What files cost as the input of one model. The window and the command line both ask here.
 */

/**
 * td_folder_report_get_tokens:
 * @count: what was counted of a file
 * @model: a model
 *
 * Returns: its tokens as @model counts them, or %TD_TOKENS_UNKNOWN if its encoding is not at hand
 */
guint64
td_folder_report_get_tokens (const TdFileCount *count,
                             TdModel           *model)
{
  const char *name = td_model_get_encoding (model);
  TkEncodingId id;

  if (name == NULL || !tk_encoding_id_from_name (name, &id))
    return TD_TOKENS_UNKNOWN;

  return count->n_tokens[tk_encoding_id_ordinary (id)];
}

/**
 * td_folder_report_quote:
 * @quote: (out): what @n_tokens cost as input, without any output
 * @model: a model
 * @n_tokens: tokens, or %TD_TOKENS_UNKNOWN
 */
void
td_folder_report_quote (TdQuote *quote,
                        TdModel *model,
                        guint64  n_tokens)
{
  TdScenario scenario = TD_SCENARIO_INIT;

  scenario.date = td_date_today ();
  td_quote_compute (quote, model, &scenario, n_tokens);
}

/**
 * td_folder_report_sum:
 * @total: (out): the sum
 * @files: (element-type TdFileEntry): files
 * @model: a model
 *
 * The sum is that of the files, each counted by itself. Linear.
 */
void
td_folder_report_sum (TdFolderTotal *total,
                      GListModel    *files,
                      TdModel       *model)
{
  *total = (TdFolderTotal) { .n_files = g_list_model_get_n_items (files) };

  for (guint i = 0; i < total->n_files; i++)
    {
      g_autoptr (TdFileEntry) entry = g_list_model_get_item (files, i);
      const TdFileCount *count = td_file_entry_get_count (entry);
      guint64 n_tokens = td_folder_report_get_tokens (count, model);

      total->n_bytes += count->n_bytes;
      if (n_tokens == TD_TOKENS_UNKNOWN || total->n_tokens == TD_TOKENS_UNKNOWN)
        total->n_tokens = TD_TOKENS_UNKNOWN;
      else
        total->n_tokens += n_tokens;
    }

  td_folder_report_quote (&total->quote, model, total->n_tokens);
}

static void
add_people_row (TdTextTable *table,
                const char  *path,
                guint64      n_bytes,
                guint64      n_tokens,
                TdModel     *model,
                const TdQuote *quote)
{
  g_autofree char *number = n_tokens != TD_TOKENS_UNKNOWN ? td_number_format (n_tokens) : g_strdup ("—");
  gboolean assumed = td_model_get_exactness (model) == TD_EXACTNESS_ASSUMED && n_tokens != TD_TOKENS_UNKNOWN;

  td_text_table_begin_row (table);
  td_text_table_add_cell (table, path);
  td_text_table_take_cell (table, g_format_size_full (n_bytes, G_FORMAT_SIZE_IEC_UNITS));
  td_text_table_take_cell (table, g_strconcat (assumed ? "≈ " : "", number, NULL));
  td_text_table_take_cell (table, td_currency_format (&TD_CURRENCY_USD, quote->input_cost));
  td_text_table_take_cell (table, td_percent_format (td_quote_context_share (quote)));
}

static char *
write_for_people (TdFolderReportFormat  format,
                  GListModel           *files,
                  TdModel              *model,
                  TdDate                as_of)
{
  g_autoptr (TdTextTable) table = td_text_table_new ();
  g_autofree char *date = td_date_format (as_of);
  GString *out = g_string_new (NULL);
  TdFolderTotal total;

  td_text_table_add_column (table, _("File"), FALSE);
  td_text_table_add_column (table, _("Size"), TRUE);
  td_text_table_add_column (table, _("Tokens"), TRUE);
  td_text_table_add_column (table, _("Input Cost"), TRUE);
  td_text_table_add_column (table, _("Context"), TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (TdFileEntry) entry = g_list_model_get_item (files, i);
      const TdFileCount *count = td_file_entry_get_count (entry);
      guint64 n_tokens = td_folder_report_get_tokens (count, model);
      TdQuote quote;

      td_folder_report_quote (&quote, model, n_tokens);
      add_people_row (table, td_file_entry_get_path (entry), count->n_bytes, n_tokens, model, &quote);
    }

  td_folder_report_sum (&total, files, model);
  add_people_row (table, _("total"), total.n_bytes, total.n_tokens, model, &total.quote);
  if (format == TD_FOLDER_REPORT_MARKDOWN)
    td_text_table_append_markdown (table, out);
  else
    td_text_table_append_text (table, out);

  g_string_append_c (out, '\n');
  /* Translators: the name of a model, then the date of its price */
  g_string_append_printf (out, _("As input of %s, at prices in US dollars as of %s."), td_model_get_name (model), date);
  g_string_append_c (out, '\n');

  return g_string_free_and_steal (out);
}

static const char *
get_exactness_name (TdModel *model)
{
  return td_model_get_exactness (model) == TD_EXACTNESS_EXACT ? "exact" : "assumed";
}

/* Machines get the same names everywhere, and amounts with all their digits. */
static char *
write_csv (GListModel *files,
           TdModel    *model)
{
  static const char * const titles[] = { "file", "bytes", "characters", "lines", "tokens", "exactness", "input_cost_usd" };
  g_autoptr (TdTextTable) table = td_text_table_new ();
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    td_text_table_add_column (table, titles[i], i > 0);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (TdFileEntry) entry = g_list_model_get_item (files, i);
      const TdFileCount *count = td_file_entry_get_count (entry);
      guint64 n_tokens = td_folder_report_get_tokens (count, model);
      gboolean known = n_tokens != TD_TOKENS_UNKNOWN;
      TdQuote quote;

      td_folder_report_quote (&quote, model, n_tokens);
      td_text_table_begin_row (table);
      td_text_table_add_cell (table, td_file_entry_get_path (entry));
      td_text_table_take_cell (table, g_strdup_printf ("%" G_GUINT64_FORMAT, count->n_bytes));
      td_text_table_take_cell (table, g_strdup_printf ("%" G_GUINT64_FORMAT, count->n_characters));
      td_text_table_take_cell (table, g_strdup_printf ("%" G_GUINT64_FORMAT, count->n_lines));
      td_text_table_take_cell (table, known ? g_strdup_printf ("%" G_GUINT64_FORMAT, n_tokens) : g_strdup (""));
      td_text_table_add_cell (table, known ? get_exactness_name (model) : "");
      td_text_table_take_cell (table, td_money_is_known (quote.input_cost) ? td_money_to_decimal (quote.input_cost)
                                                                           : g_strdup (""));
    }
  td_text_table_append_csv (table, out);

  return g_string_free_and_steal (out);
}

static void
write_json_numbers (TdJsonWriter *json,
                    guint64       n_bytes,
                    guint64       n_tokens,
                    TdMoney       cost)
{
  g_autofree char *amount = td_money_is_known (cost) ? td_money_to_decimal (cost) : NULL;

  td_json_writer_number (json, "bytes", (gint64) n_bytes);
  if (n_tokens != TD_TOKENS_UNKNOWN)
    td_json_writer_number (json, "tokens", (gint64) n_tokens);
  if (amount != NULL)
    td_json_writer_string (json, "input_cost_usd", amount);
}

static char *
write_json (GListModel *files,
            TdModel    *model,
            TdDate      as_of)
{
  GString *out = g_string_new (NULL);
  TdJsonWriter json = TD_JSON_WRITER_INIT (out);
  TdFolderTotal total;

  td_folder_report_sum (&total, files, model);
  td_json_writer_begin (&json, NULL, '{');
  td_json_writer_string (&json, "model", td_model_get_id (model));
  td_json_writer_date (&json, "prices_as_of", as_of);
  if (total.n_tokens != TD_TOKENS_UNKNOWN)
    {
      td_json_writer_string (&json, "encoding", td_model_get_encoding (model));
      td_json_writer_string (&json, "exactness", get_exactness_name (model));
    }
  td_json_writer_begin (&json, "total", '{');
  td_json_writer_number (&json, "files", total.n_files);
  write_json_numbers (&json, total.n_bytes, total.n_tokens, total.quote.input_cost);
  td_json_writer_end (&json, '}');
  td_json_writer_begin (&json, "files", '[');
  for (guint i = 0; i < total.n_files; i++)
    {
      g_autoptr (TdFileEntry) entry = g_list_model_get_item (files, i);
      const TdFileCount *count = td_file_entry_get_count (entry);
      guint64 n_tokens = td_folder_report_get_tokens (count, model);
      TdQuote quote;

      td_folder_report_quote (&quote, model, n_tokens);
      td_json_writer_begin (&json, NULL, '{');
      td_json_writer_string (&json, "file", td_file_entry_get_path (entry));
      td_json_writer_number (&json, "characters", (gint64) count->n_characters);
      td_json_writer_number (&json, "lines", (gint64) count->n_lines);
      write_json_numbers (&json, count->n_bytes, n_tokens, quote.input_cost);
      td_json_writer_end (&json, '}');
    }
  td_json_writer_end (&json, ']');
  td_json_writer_end (&json, '}');
  g_string_append_c (out, '\n');

  return g_string_free_and_steal (out);
}

/**
 * td_folder_report_write:
 * @format: how
 * @files: (element-type TdFileEntry): files, in the order in which they are to stand
 * @model: the model whose tokens and prices count
 * @as_of: the date of the prices
 *
 * Returns: (transfer full): the table, with a sum except in CSV
 */
char *
td_folder_report_write (TdFolderReportFormat  format,
                        GListModel           *files,
                        TdModel              *model,
                        TdDate                as_of)
{
  switch (format)
    {
    case TD_FOLDER_REPORT_CSV:
      return write_csv (files, model);
    case TD_FOLDER_REPORT_JSON:
      return write_json (files, model, as_of);
    case TD_FOLDER_REPORT_TEXT:
    case TD_FOLDER_REPORT_MARKDOWN:
    default:
      return write_for_people (format, files, model, as_of);
    }
}
