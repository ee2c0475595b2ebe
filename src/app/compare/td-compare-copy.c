/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>

#include "app/compare/td-compare-copy.h"

/* The table as text for other programs. Markdown is for people: what is on screen, word for word. CSV and JSON are for
 * programs: plain decimal numbers with a point, amounts in full, nothing where nothing is known. */

static char *
format_ratio (TdRatio ratio)
{
  return ratio.denominator == 0 ? NULL : td_ratio_to_rounded (ratio, 6);
}

static char *
format_money (TdMoney       money,
              TdComparison *comparison)
{
  if (!td_money_is_known (money))
    return NULL;

  return td_money_to_decimal (td_currency_convert (td_comparison_get_currency (comparison), money));
}

static char *
format_price (TdPrice       price,
              TdComparison *comparison)
{
  return format_money (td_price_as_money (price), comparison);
}

static char *
format_count (guint64 count,
              guint64 unknown)
{
  return count == unknown ? NULL : g_strdup_printf ("%" G_GUINT64_FORMAT, count);
}

static char *
format_date (TdDate date)
{
  char text[TD_DATE_ISO_SIZE];

  return td_date_is_set (date) ? g_strdup (td_date_to_iso (date, text)) : NULL;
}

/* The plain value of a cell, NULL if unknown. */
static char *
get_plain (TdCompareColumn  column,
           TdModelRow      *row,
           TdComparison    *comparison)
{
  const TdQuote *quote = td_model_row_get_quote (row);
  TdModel *model = td_model_row_get_model (row);

  switch (column)
    {
    case TD_COMPARE_COLUMN_MODEL:
      return g_strdup (td_model_get_id (model));
    case TD_COMPARE_COLUMN_VENDOR:
      return g_strdup (td_model_get_vendor (model));
    case TD_COMPARE_COLUMN_TOKENS:
      return format_count (quote->input_tokens, TD_TOKENS_UNKNOWN);
    case TD_COMPARE_COLUMN_INPUT_COST:
      return format_money (quote->input_cost, comparison);
    case TD_COMPARE_COLUMN_OUTPUT_COST:
      return format_money (quote->output_cost, comparison);
    case TD_COMPARE_COLUMN_TOTAL_COST:
      return format_money (quote->total_cost, comparison);
    case TD_COMPARE_COLUMN_CALLS_COST:
      return format_money (td_quote_cost_of_calls (quote, MAX (1, td_comparison_get_calls (comparison))), comparison);
    case TD_COMPARE_COLUMN_RATIO:
      return format_ratio (td_model_row_get_ratio (row));
    case TD_COMPARE_COLUMN_CONTEXT_SHARE:
      return format_ratio (td_quote_context_share (quote));
    case TD_COMPARE_COLUMN_CONTEXT_WINDOW:
      return format_count (quote->context_window, 0);
    case TD_COMPARE_COLUMN_INPUT_PRICE:
      return format_price (quote->prices.input, comparison);
    case TD_COMPARE_COLUMN_OUTPUT_PRICE:
      return format_price (quote->prices.output, comparison);
    case TD_COMPARE_COLUMN_RELEASED:
      return format_date (td_model_get_released (model));
    case TD_N_COMPARE_COLUMNS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
is_money (TdCompareColumn column)
{
  switch (column)
    {
    case TD_COMPARE_COLUMN_INPUT_COST:
    case TD_COMPARE_COLUMN_OUTPUT_COST:
    case TD_COMPARE_COLUMN_TOTAL_COST:
    case TD_COMPARE_COLUMN_CALLS_COST:
    case TD_COMPARE_COLUMN_INPUT_PRICE:
    case TD_COMPARE_COLUMN_OUTPUT_PRICE:
      return TRUE;
    case TD_COMPARE_COLUMN_MODEL:
    case TD_COMPARE_COLUMN_VENDOR:
    case TD_COMPARE_COLUMN_TOKENS:
    case TD_COMPARE_COLUMN_RATIO:
    case TD_COMPARE_COLUMN_CONTEXT_SHARE:
    case TD_COMPARE_COLUMN_CONTEXT_WINDOW:
    case TD_COMPARE_COLUMN_RELEASED:
    case TD_N_COMPARE_COLUMNS:
    default:
      return FALSE;
    }
}

/* "total_cost_usd": a name that a program can use, with the unit in it. */
static char *
get_field (TdCompareColumn  column,
           TdComparison    *comparison)
{
  g_autofree char *name = g_strdelimit (g_strdup (td_compare_column_get_id (column)), "-", '_');
  g_autofree char *code = g_ascii_strdown (td_comparison_get_currency (comparison)->code, -1);

  return is_money (column) ? g_strdup_printf ("%s_%s", name, code) : g_steal_pointer (&name);
}

static void
append_markdown_cell (GString    *text,
                      const char *cell)
{
  g_string_append (text, "| ");
  for (; *cell; cell++)
    {
      if (*cell == '|' || *cell == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *cell == '\n' ? ' ' : *cell);
    }
  g_string_append_c (text, ' ');
}

static char *
make_markdown (GListModel            *rows,
               TdComparison          *comparison,
               const TdCompareColumn *columns,
               guint                  n_columns)
{
  GString *text = g_string_new (NULL);
  guint n_rows = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n_columns; i++)
    append_markdown_cell (text, td_compare_column_get_title (columns[i]));
  g_string_append (text, "|\n");
  for (guint i = 0; i < n_columns; i++)
    g_string_append (text, td_compare_column_is_numeric (columns[i]) ? "| ---: " : "| --- ");
  g_string_append (text, "|\n");

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (rows, i);

      for (guint j = 0; j < n_columns; j++)
        {
          g_autofree char *cell = td_compare_text_column (columns[j], row, comparison);

          append_markdown_cell (text, cell ? cell : "");
        }
      g_string_append (text, "|\n");
    }

  return g_string_free_and_steal (text);
}

/* RFC 4180, with a quote wherever a spreadsheet might read something else than text or a number. */
static void
append_csv_field (GString    *text,
                  const char *field)
{
  if (!strpbrk (field, ",\"\r\n;") && !strchr ("=+-@\t", field[0]))
    {
      g_string_append (text, field);
      return;
    }

  g_string_append_c (text, '"');
  for (; *field; field++)
    {
      if (*field == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *field);
    }
  g_string_append_c (text, '"');
}

static char *
make_csv (GListModel            *rows,
          TdComparison          *comparison,
          const TdCompareColumn *columns,
          guint                  n_columns)
{
  GString *text = g_string_new (NULL);
  guint n_rows = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *field = get_field (columns[i], comparison);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", field);
    }
  g_string_append (text, "\r\n");

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (rows, i);

      for (guint j = 0; j < n_columns; j++)
        {
          g_autofree char *plain = get_plain (columns[j], row, comparison);

          if (j > 0)
            g_string_append_c (text, ',');
          if (plain)
            append_csv_field (text, plain);
        }
      g_string_append (text, "\r\n");
    }

  return g_string_free_and_steal (text);
}

/* Amounts are strings: a JSON number would be read as a binary fraction. */
static void
add_json_value (JsonBuilder     *builder,
                TdCompareColumn  column,
                const char      *plain)
{
  if (!plain)
    json_builder_add_null_value (builder);
  else if (column == TD_COMPARE_COLUMN_TOKENS || column == TD_COMPARE_COLUMN_CONTEXT_WINDOW)
    json_builder_add_int_value (builder, g_ascii_strtoll (plain, NULL, 10));
  else
    json_builder_add_string_value (builder, plain);
}

static char *
make_json (GListModel            *rows,
           TdComparison          *comparison,
           const TdCompareColumn *columns,
           guint                  n_columns)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  guint n_rows = g_list_model_get_n_items (rows);

  json_builder_begin_array (builder);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (rows, i);

      json_builder_begin_object (builder);
      for (guint j = 0; j < n_columns; j++)
        {
          g_autofree char *field = get_field (columns[j], comparison);
          g_autofree char *plain = get_plain (columns[j], row, comparison);

          json_builder_set_member_name (builder, field);
          add_json_value (builder, columns[j], plain);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);

  return json_generator_to_data (generator, NULL);
}

/**
 * td_compare_copy_text:
 * @rows: #TdModelRow objects, in their order
 * @comparison: the comparison they are part of
 * @columns: (array length=n_columns): the columns
 * @n_columns: their number
 * @format: "markdown", "csv" or "json"
 *
 * Returns: (transfer full): the table as text
 */
char *
td_compare_copy_text (GListModel            *rows,
                      TdComparison          *comparison,
                      const TdCompareColumn *columns,
                      guint                  n_columns,
                      const char            *format)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (rows), NULL);
  g_return_val_if_fail (TD_IS_COMPARISON (comparison), NULL);

  if (g_strcmp0 (format, "csv") == 0)
    return make_csv (rows, comparison, columns, n_columns);
  if (g_strcmp0 (format, "json") == 0)
    return make_json (rows, comparison, columns, n_columns);

  return make_markdown (rows, comparison, columns, n_columns);
}
