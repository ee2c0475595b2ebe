/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/files/td-files-columns.h"
#include "pricing/td-currency.h"

/*
 * The columns of the table of files, and what stands in them. Prices are in US dollars.
 */

typedef struct
{
  TdFilesColumn column;
  TdFilesModelFunc func;
  gpointer user_data;
} Context;

static TdModel *
get_model (const Context *context)
{
  return context->func (context->user_data);
}

static char *
dup_tokens_text (guint64  n_tokens,
                 TdModel *model)
{
  g_autofree char *number = NULL;

  if (n_tokens == TD_TOKENS_UNKNOWN)
    return g_strdup ("—");

  number = td_number_format (n_tokens);

  return g_strconcat (td_model_get_exactness (model) == TD_EXACTNESS_EXACT ? "" : "≈ ", number, NULL);
}

/**
 * td_files_column_dup_text:
 * @column: a column
 * @entry: a file
 * @model: the model that counts
 *
 * Returns: (transfer full): what stands there
 */
char *
td_files_column_dup_text (TdFilesColumn  column,
                          TdFileEntry   *entry,
                          TdModel       *model)
{
  const TdFileCount *count = td_file_entry_get_count (entry);
  guint64 n_tokens = td_folder_report_get_tokens (count, model);
  TdQuote quote;

  switch (column)
    {
    case TD_FILES_COLUMN_SIZE:
      return g_format_size_full (count->n_bytes, G_FORMAT_SIZE_IEC_UNITS);

    case TD_FILES_COLUMN_TOKENS:
      return dup_tokens_text (n_tokens, model);

    case TD_FILES_COLUMN_COST:
      td_folder_report_quote (&quote, model, n_tokens);
      return td_currency_format (&TD_CURRENCY_USD, quote.input_cost);

    case TD_FILES_COLUMN_SHARE:
      td_folder_report_quote (&quote, model, n_tokens);
      return td_percent_format (td_quote_context_share (&quote));

    case TD_FILES_COLUMN_PATH:
    case TD_N_FILES_COLUMNS:
    default:
      return g_strdup (td_file_entry_get_path (entry));
    }
}

/**
 * td_files_dup_row_text:
 * @entry: a file
 * @model: the model that counts
 *
 * Returns: (transfer full): what a screen reader says of the row
 */
char *
td_files_dup_row_text (TdFileEntry *entry,
                       TdModel     *model)
{
  guint64 n_tokens = td_folder_report_get_tokens (td_file_entry_get_count (entry), model);
  g_autofree char *size = td_files_column_dup_text (TD_FILES_COLUMN_SIZE, entry, model);
  g_autofree char *number = td_files_column_dup_text (TD_FILES_COLUMN_TOKENS, entry, model);
  g_autofree char *cost = td_files_column_dup_text (TD_FILES_COLUMN_COST, entry, model);
  g_autofree char *share = td_files_column_dup_text (TD_FILES_COLUMN_SHARE, entry, model);
  g_autofree char *tokens = NULL;

  tokens = g_strdup_printf (ngettext ("%s token", "%s tokens", n_tokens == 1 ? 1 : 2), number);

  /* Translators: a row of the table of files: path, size, tokens, cost, percentage */
  return g_strdup_printf (_("%s, %s, %s, %s, %s of the context window"), td_file_entry_get_path (entry), size, tokens,
                          cost, share);
}

/* Cells ------------------------------------------------------------------------------------------------------------ */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkColumnViewCell        *cell,
          const Context            *context)
{
  GtkWidget *label = gtk_label_new (NULL);

  if (context->column == TD_FILES_COLUMN_PATH)
    {
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_START);
      /* In a narrow window the numbers scroll out of sight rather than the names. */
      gtk_label_set_width_chars (GTK_LABEL (label), 18);
    }
  else
    {
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_add_css_class (label, "numeric");
    }

  if (context->column == TD_FILES_COLUMN_SHARE)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *bar = gtk_level_bar_new ();

      /* The number says it all. */
      gtk_accessible_update_state (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_widget_set_size_request (bar, 40, -1);
      gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (box), bar);
      gtk_box_append (GTK_BOX (box), label);
      gtk_column_view_cell_set_child (cell, box);
    }
  else
    {
      gtk_column_view_cell_set_child (cell, label);
    }
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkColumnViewCell        *cell,
         const Context            *context)
{
  TdFileEntry *entry = gtk_column_view_cell_get_item (cell);
  TdModel *model = get_model (context);
  GtkWidget *child = gtk_column_view_cell_get_child (cell);
  g_autofree char *text = td_files_column_dup_text (context->column, entry, model);

  if (context->column == TD_FILES_COLUMN_SHARE)
    {
      GtkWidget *bar = gtk_widget_get_first_child (child);
      guint64 n_tokens = td_folder_report_get_tokens (td_file_entry_get_count (entry), model);
      guint64 window = td_model_get_context_window (model);
      gboolean known = n_tokens != TD_TOKENS_UNKNOWN && window > 0;

      gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), known ? MIN (1, (double) n_tokens / (double) window) : 0);
      child = gtk_widget_get_last_child (child);
    }
  else if (context->column == TD_FILES_COLUMN_PATH)
    {
      gtk_widget_set_tooltip_text (child, text);
    }

  gtk_label_set_label (GTK_LABEL (child), text);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkColumnViewRow         *row,
             const Context            *context)
{
  g_autofree char *text = td_files_dup_row_text (gtk_column_view_row_get_item (row), get_model (context));

  gtk_column_view_row_set_accessible_label (row, text);
}

/* Sorting ---------------------------------------------------------------------------------------------------------- */

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const Context *context = user_data;
  const TdFileCount *count_a = td_file_entry_get_count ((gpointer) a);
  const TdFileCount *count_b = td_file_entry_get_count ((gpointer) b);
  guint64 value_a;
  guint64 value_b;

  /* Cost and share follow from the tokens. */
  value_a = context->column == TD_FILES_COLUMN_SIZE ? count_a->n_bytes
                                                    : td_folder_report_get_tokens (count_a, get_model (context));
  value_b = context->column == TD_FILES_COLUMN_SIZE ? count_b->n_bytes
                                                    : td_folder_report_get_tokens (count_b, get_model (context));

  return value_a < value_b ? -1 : value_a > value_b;
}

static GtkSorter *
new_sorter (const Context *context)
{
  if (context->column == TD_FILES_COLUMN_PATH)
    {
      GtkExpression *path = gtk_property_expression_new (TD_TYPE_FILE_ENTRY, NULL, "path");

      return GTK_SORTER (gtk_string_sorter_new (path));
    }

  return GTK_SORTER (gtk_custom_sorter_new (compare, g_memdup2 (context, sizeof *context), g_free));
}

static GtkListItemFactory *
new_factory (const Context *context,
             GCallback      setup,
             GCallback      bind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Context *copy = g_memdup2 (context, sizeof *context);

  if (setup != NULL)
    g_signal_connect (factory, "setup", setup, copy);
  g_signal_connect (factory, "bind", bind, copy);
  g_object_set_data_full (G_OBJECT (factory), "td-context", copy, g_free);

  return factory;
}

/**
 * td_files_columns_add:
 * @view: an empty view
 * @func: tells the model that counts
 * @user_data: data for @func, which has to outlive @view
 *
 * Gives @view the columns of a table of files.
 */
void
td_files_columns_add (GtkColumnView    *view,
                      TdFilesModelFunc  func,
                      gpointer          user_data)
{
  const char *titles[TD_N_FILES_COLUMNS] = { _("File"), _("Size"), _("Tokens"), _("Input Cost"), _("Context") };
  Context context = { .func = func, .user_data = user_data };
  g_autoptr (GtkListItemFactory) rows = NULL;

  for (TdFilesColumn i = 0; i < TD_N_FILES_COLUMNS; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = NULL;
      g_autoptr (GtkSorter) sorter = NULL;

      context.column = i;
      column = gtk_column_view_column_new (titles[i], new_factory (&context, G_CALLBACK (setup_cb), G_CALLBACK (bind_cb)));
      sorter = new_sorter (&context);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_expand (column, i == TD_FILES_COLUMN_PATH);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (view, column);
    }

  rows = new_factory (&context, NULL, G_CALLBACK (bind_row_cb));
  gtk_column_view_set_row_factory (view, rows);
}
