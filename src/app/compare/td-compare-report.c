/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/compare/td-compare-report.h"
#include "pricing/td-report.h"

/* The columns the user wants to see, whether or not there is room for all of them, and what tooltips say of a row. */
static void
choose_columns (TdReport       *report,
                TdCompareTable *table)
{
  TdReportColumn columns[TD_N_COMPARE_COLUMNS + 1];
  guint n_columns = 0;

  for (guint i = 0; i < TD_N_COMPARE_COLUMNS; i++)
    {
      if (td_compare_table_is_wanted (table, i))
        columns[n_columns++] = (TdReportColumn) i;
    }
  columns[n_columns++] = TD_REPORT_COLUMN_REMARKS;

  td_report_set_columns (report, columns, n_columns);
}

/**
 * td_compare_report_write:
 * @table: a table
 * @format: "markdown", "csv" or "json"
 *
 * Markdown has the columns of the table; the others are for programs and have all there is.
 *
 * Returns: (transfer full): the rows as they are shown, written by the same module as the command line's
 */
char *
td_compare_report_write (TdCompareTable *table,
                         const char     *format)
{
  TdComparison *comparison = td_compare_table_get_comparison (table);
  GListModel *rows = td_compare_table_get_rows (table);
  TdModelRow *baseline = td_comparison_get_baseline_row (comparison);
  guint n_rows = g_list_model_get_n_items (rows);
  g_autoptr (TdReport) report = td_report_new (td_comparison_get_scenario (comparison),
                                               td_comparison_get_currency (comparison),
                                               td_catalogue_get_as_of (td_comparison_get_catalogue (comparison)));

  if (baseline)
    td_report_set_baseline_quote (report, td_model_row_get_model (baseline), td_model_row_get_quote (baseline));
  if (td_comparison_get_calls (comparison) > 0)
    td_report_set_calls (report, td_comparison_get_calls (comparison));
  td_report_set_budget (report, td_comparison_get_budget (comparison));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (TdModelRow) row = g_list_model_get_item (rows, i);

      /* What the row shows: counted anew, images would be added once more and estimates forgotten. */
      td_report_add_quote (report, td_model_row_get_model (row), td_model_row_get_quote (row));
    }

  if (g_str_equal (format, "csv"))
    return td_report_to_csv (report);
  if (g_str_equal (format, "json"))
    return td_report_to_json (report);

  choose_columns (report, table);

  return td_report_to_markdown (report);
}

static void
replaced_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file == NULL)
    g_task_return_error (task, error);
  else
    g_file_replace_contents_bytes_async (file, g_task_get_task_data (task), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         replaced_cb, g_object_ref (task));
}

/**
 * td_compare_report_export_async:
 * @table: a table
 * @format: "markdown", "csv" or "json"
 * @window: (nullable): the window that asks
 * @callback: called when the file is written or will not be
 * @user_data: data for @callback
 *
 * Asks for a file and writes the rows, as they are now, into it.
 */
void
td_compare_report_export_async (TdCompareTable      *table,
                                const char          *format,
                                GtkWindow           *window,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (table, NULL, callback, user_data);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *text = td_compare_report_write (table, format);
  g_autofree char *name = g_strdup_printf ("comparison.%s", g_str_equal (format, "markdown") ? "md" : format);
  size_t length = strlen (text);

  g_task_set_source_tag (task, td_compare_report_export_async);
  g_task_set_task_data (task, g_bytes_new_take (g_steal_pointer (&text), length), (GDestroyNotify) g_bytes_unref);

  gtk_file_dialog_set_title (dialog, _("Export Table"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, window, NULL, chosen_cb, g_object_ref (task));
}

/** Finishes td_compare_report_export_async(); a dismissed dialog is `GTK_DIALOG_ERROR_DISMISSED`. */
gboolean
td_compare_report_export_finish (TdCompareTable  *table,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, table), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
