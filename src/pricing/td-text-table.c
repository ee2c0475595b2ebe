/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pricing/td-text-table.h"

struct _TdTextTable
{
  GPtrArray *titles;
  GArray *is_number;
  GPtrArray *rows; /* of GPtrArray of char * */
};

/**
 * td_text_table_new:
 *
 * Returns: (transfer full): a table without rows and columns
 */
TdTextTable *
td_text_table_new (void)
{
  TdTextTable *table = g_new0 (TdTextTable, 1);

  table->titles = g_ptr_array_new_with_free_func (g_free);
  table->is_number = g_array_new (FALSE, FALSE, sizeof (gboolean));
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  return table;
}

/**
 * td_text_table_free:
 * @table: (transfer full): a table
 */
void
td_text_table_free (TdTextTable *table)
{
  g_ptr_array_unref (table->titles);
  g_array_unref (table->is_number);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

/**
 * td_text_table_add_column:
 * @table: a table
 * @title: what stands above it
 * @is_number: whether its texts are aligned to the right
 *
 * Adds a column; all columns come before the first row.
 */
void
td_text_table_add_column (TdTextTable *table,
                          const char  *title,
                          gboolean     is_number)
{
  g_ptr_array_add (table->titles, g_strdup (title));
  g_array_append_val (table->is_number, is_number);
}

/**
 * td_text_table_begin_row:
 * @table: a table
 *
 * Adds a row; as many cells as there are columns follow.
 */
void
td_text_table_begin_row (TdTextTable *table)
{
  g_ptr_array_add (table->rows, g_ptr_array_new_with_free_func (g_free));
}

/**
 * td_text_table_take_cell:
 * @table: a table
 * @text: (transfer full) (nullable): the text; %NULL for none
 *
 * Fills the next cell of the last row.
 */
void
td_text_table_take_cell (TdTextTable *table,
                         char        *text)
{
  GPtrArray *row = g_ptr_array_index (table->rows, table->rows->len - 1);

  g_ptr_array_add (row, text != NULL ? text : g_strdup (""));
}

/**
 * td_text_table_add_cell:
 * @table: a table
 * @text: (nullable): the text; %NULL for none
 *
 * Fills the next cell of the last row.
 */
void
td_text_table_add_cell (TdTextTable *table,
                        const char  *text)
{
  td_text_table_take_cell (table, g_strdup (text));
}

/* How many columns of a terminal a text takes. */
static guint
width_of (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }

  return width;
}

static guint *
measure (TdTextTable *table)
{
  guint *widths = g_new0 (guint, table->titles->len);

  for (guint i = 0; i < table->titles->len; i++)
    {
      widths[i] = width_of (g_ptr_array_index (table->titles, i));

      for (guint j = 0; j < table->rows->len; j++)
        {
          GPtrArray *row = g_ptr_array_index (table->rows, j);

          widths[i] = MAX (widths[i], width_of (g_ptr_array_index (row, i)));
        }
    }

  return widths;
}

/* The last column is not filled up, so that no line ends with spaces. */
static void
append_padded (GString     *out,
               TdTextTable *table,
               GPtrArray   *row,
               const guint *widths)
{
  for (guint i = 0; i < row->len; i++)
    {
      const char *text = g_ptr_array_index (row, i);
      gboolean is_number = g_array_index (table->is_number, gboolean, i);
      int padding = widths[i] - width_of (text);

      if (i > 0 && (*text != '\0' || i + 1 < row->len))
        g_string_append (out, "  ");
      if (is_number)
        g_string_append_printf (out, "%*s%s", padding, "", text);
      else if (i + 1 < row->len)
        g_string_append_printf (out, "%s%*s", text, padding, "");
      else
        g_string_append (out, text);
    }

  g_string_append_c (out, '\n');
}

/**
 * td_text_table_append_text:
 * @table: a table
 * @out: where to write
 *
 * Writes it for a terminal, in aligned columns.
 */
void
td_text_table_append_text (TdTextTable *table,
                           GString     *out)
{
  g_autofree guint *widths = measure (table);

  append_padded (out, table, table->titles, widths);
  for (guint i = 0; i < table->rows->len; i++)
    append_padded (out, table, g_ptr_array_index (table->rows, i), widths);
}

static void
append_markdown_row (GString   *out,
                     GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    {
      g_string_append (out, i > 0 ? " | " : "| ");
      for (const char *c = g_ptr_array_index (row, i); *c != '\0'; c++)
        {
          if (*c == '|' || *c == '\\')
            g_string_append_c (out, '\\');
          g_string_append_c (out, *c);
        }
    }

  g_string_append (out, " |\n");
}

/**
 * td_text_table_append_markdown:
 * @table: a table
 * @out: where to write
 *
 * Writes it as a table in Markdown.
 */
void
td_text_table_append_markdown (TdTextTable *table,
                               GString     *out)
{
  append_markdown_row (out, table->titles);
  for (guint i = 0; i < table->titles->len; i++)
    g_string_append (out, g_array_index (table->is_number, gboolean, i) ? "|---:" : "|---");
  g_string_append (out, "|\n");

  for (guint i = 0; i < table->rows->len; i++)
    append_markdown_row (out, g_ptr_array_index (table->rows, i));
}

static void
append_csv_row (GString   *out,
                GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    {
      const char *text = g_ptr_array_index (row, i);

      if (i > 0)
        g_string_append_c (out, ',');

      if (strpbrk (text, ",\"\r\n") == NULL)
        {
          g_string_append (out, text);
          continue;
        }

      g_string_append_c (out, '"');
      for (const char *c = text; *c != '\0'; c++)
        {
          if (*c == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, *c);
        }
      g_string_append_c (out, '"');
    }

  g_string_append_c (out, '\n');
}

/**
 * td_text_table_append_csv:
 * @table: a table
 * @out: where to write
 *
 * Writes it as comma-separated values, with quotation marks where they are needed.
 */
void
td_text_table_append_csv (TdTextTable *table,
                          GString     *out)
{
  append_csv_row (out, table->titles);
  for (guint i = 0; i < table->rows->len; i++)
    append_csv_row (out, g_ptr_array_index (table->rows, i));
}
