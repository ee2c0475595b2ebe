/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "cli/td-cli-options.h"
#include "cli/td-cli-report.h"

static char *
list_names (gboolean has_text)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (TdReportColumn i = 0; i < TD_N_REPORT_COLUMNS; i++)
    {
      if (has_text || !td_report_column_depends_on_text (i))
        g_strv_builder_add (names, td_report_column_get_name (i));
    }
  list = g_strv_builder_end (names);

  return g_strjoinv (", ", list);
}

/**
 * td_cli_columns_describe:
 * @summary: what a command does
 * @has_text: whether it has a text to count
 *
 * Returns: (transfer full): @summary, and the names of the columns there are
 */
char *
td_cli_columns_describe (const char *summary,
                         gboolean    has_text)
{
  g_autofree char *names = list_names (has_text);

  /* Translators: %1$s is what a command does, %2$s a list of names that must not be translated */
  return g_strdup_printf (_("%1$s\n\nColumns: %2$s."), summary, names);
}

static gboolean
parse_column (const char     *name,
              gboolean        has_text,
              GArray         *columns,
              TdReportColumn *column)
{
  if (!td_report_column_from_name (name, column))
    {
      g_autofree char *names = list_names (has_text);

      td_cli_complain_usage (_("There is no column “%s”, only %s."), name, names);
      return FALSE;
    }

  if (!has_text && td_report_column_depends_on_text (*column))
    {
      td_cli_complain_usage (_("The column “%s” is about a text; “%s compare” has it."), name, TD_CLI_NAME);
      return FALSE;
    }

  if (td_cli_columns_contain (columns, *column))
    {
      td_cli_complain_usage (_("The column “%s” is named twice."), name);
      return FALSE;
    }

  return TRUE;
}

/**
 * td_cli_columns_parse:
 * @names: (nullable): names separated by commas, or %NULL if nobody chose any
 * @has_text: whether there is a text to count, which some columns are about
 * @columns: (out) (transfer full) (nullable) (element-type TdReportColumn): the columns, %NULL if nobody chose any
 *
 * Finds out what is asked for, and complains about what there is not.
 *
 * Returns: whether all is right
 */
gboolean
td_cli_columns_parse (const char  *names,
                      gboolean     has_text,
                      GArray     **columns)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (TdReportColumn));
  g_auto (GStrv) list = NULL;

  *columns = NULL;
  if (names == NULL)
    return TRUE;

  /* An empty text would be split into no name at all, instead of one that no column has. */
  list = g_strsplit (*names != '\0' ? names : ",", ",", -1);
  for (guint i = 0; list[i] != NULL; i++)
    {
      TdReportColumn column;

      if (!parse_column (g_strstrip (list[i]), has_text, found, &column))
        return FALSE;
      g_array_append_val (found, column);
    }

  *columns = g_steal_pointer (&found);

  return TRUE;
}

/** Returns: whether @column is among @columns, which may be %NULL */
gboolean
td_cli_columns_contain (GArray         *columns,
                        TdReportColumn  column)
{
  for (guint i = 0; columns != NULL && i < columns->len; i++)
    {
      if (g_array_index (columns, TdReportColumn, i) == column)
        return TRUE;
    }

  return FALSE;
}

/**
 * td_cli_report_print:
 * @report: a report
 * @columns: (nullable) (element-type TdReportColumn): what to print, %NULL for what is usual
 * @format: "csv", "json", "markdown" or "table"
 *
 * Prints a report to standard output.
 */
void
td_cli_report_print (TdReport   *report,
                     GArray     *columns,
                     const char *format)
{
  g_autofree char *text = NULL;

  if (columns != NULL)
    td_report_set_columns (report, (const TdReportColumn *) columns->data, columns->len);

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
