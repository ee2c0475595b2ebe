/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-encodings.h"
#include "app/files/td-files-columns.h"
#include "app/files/td-files-page.h"
#include "pricing/td-currency.h"

/**
 * TdFilesPage:
 *
 * A table of the files of a folder: what each has in tokens, what it costs as input of a chosen model, and how much of
 * that model's context window it takes; the sum of all; and what was left out and why.
 *
 * Files are counted in the background and come in as they are done. Every vocabulary is counted at once, so another
 * model shows its numbers without reading the files again. Activating a row emits "open-file".
 */
struct _TdFilesPage
{
  GtkWidget parent_instance;

  /* owned */
  TdSettings *settings;
  TdCatalogue *catalogue;
  TdFolderScan *scan;
  GListStore *models;
  GtkStringFilter *filter;
  GtkSortListModel *sorted;
  GtkSelectionModel *selection;
  GCancellable *cancellable;
  gboolean updating;

  /* template */
  GtkStack *stack;
  GtkDropDown *model_drop_down;
  GtkSearchEntry *search_entry;
  GtkWidget *progress_box;
  GtkLabel *progress_label;
  GtkColumnView *view;
  GtkLabel *total_label;
  GtkMenuButton *left_out_button;
  GtkListView *left_out_view;
};

G_DEFINE_FINAL_TYPE (TdFilesPage, td_files_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_OPEN_FILE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static TdModel *
get_model (gpointer user_data)
{
  TdFilesPage *self = user_data;

  return gtk_drop_down_get_selected_item (self->model_drop_down);
}

/* Showing ---------------------------------------------------------------------------------------------------------- */

static void
update_total (TdFilesPage *self)
{
  GListModel *files = td_folder_scan_get_files (self->scan);
  TdModel *model = get_model (self);
  g_autofree char *number = NULL;
  g_autofree char *n_files = NULL;
  g_autofree char *files_text = NULL;
  g_autofree char *size = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *share = NULL;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;
  TdFolderTotal total;

  td_folder_report_sum (&total, files, model);
  number = td_number_format (total.n_tokens == TD_TOKENS_UNKNOWN ? 0 : total.n_tokens);
  n_files = td_number_format (total.n_files);
  files_text = g_strdup_printf (ngettext ("%s file", "%s files", total.n_files), n_files);
  size = g_format_size_full (total.n_bytes, G_FORMAT_SIZE_IEC_UNITS);
  cost = td_currency_format (&TD_CURRENCY_USD, total.quote.input_cost);
  share = td_percent_format (td_quote_context_share (&total.quote));
  date = td_date_format (td_catalogue_get_as_of (self->catalogue));

  /* Translators: the sum of a table of files: "12 files, 3 MiB: 4,567 tokens, $1.23, 5% of the context window. Prices
   * as of 23 Nov 2026"; the third may begin with "≈ ". */
  text = g_strdup_printf (_("%s, %s: %s%s tokens, %s, %s of the context window. Prices as of %s"), files_text, size,
                          td_model_get_exactness (model) == TD_EXACTNESS_EXACT ? "" : "≈ ", number, cost, share, date);
  gtk_label_set_label (self->total_label, text);
}

static void
progress_cb (TdFilesPage *self)
{
  guint n_left_out = g_list_model_get_n_items (td_folder_scan_get_left_out (self->scan));
  gboolean running = td_folder_scan_get_running (self->scan);
  g_autofree char *done = td_number_format (td_folder_scan_get_n_done (self->scan));
  g_autofree char *found = td_number_format (td_folder_scan_get_n_found (self->scan));
  /* Translators: how many files have been counted of those found */
  g_autofree char *progress = g_strdup_printf (_("%s of %s"), done, found);
  g_autofree char *number = td_number_format (n_left_out);
  g_autofree char *left_out = g_strdup_printf (ngettext ("%s left out", "%s left out", n_left_out), number);

  gtk_label_set_label (self->progress_label, progress);
  gtk_widget_set_visible (self->progress_box, running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "files.cancel", running);
  gtk_menu_button_set_label (self->left_out_button, left_out);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_button), n_left_out > 0);
  update_total (self);
}

static void
notify_running_cb (TdFilesPage *self)
{
  progress_cb (self);
  if (!td_folder_scan_get_running (self->scan))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _("All files are counted"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
model_selected_cb (TdFilesPage *self)
{
  TdModel *model = get_model (self);

  if (self->updating || model == NULL)
    return;

  td_settings_set_string (self->settings, "files-model", td_model_get_id (model));

  /* All cells and the order anew. */
  gtk_column_view_set_model (self->view, NULL);
  gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
  gtk_column_view_set_model (self->view, self->selection);
  update_total (self);
}

static void
search_changed_cb (TdFilesPage *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
activate_cb (TdFilesPage *self,
             guint        position)
{
  g_autoptr (TdFileEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (entry != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_FILE], 0, td_file_entry_get_file (entry));
}

static void
setup_left_out_cb (GtkSignalListItemFactory *factory,
                   GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_item_set_child (item, label);
}

static void
bind_left_out_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item)
{
  TdFileEntry *entry = gtk_list_item_get_item (item);
  g_autofree char *text = g_strdup_printf ("%s\n%s", td_file_entry_get_path (entry),
                                           td_file_state_get_reason (td_file_entry_get_state (entry)));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

/* Actions ---------------------------------------------------------------------------------------------------------- */

static void
folder_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdFilesPage) self = user_data;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GListStore) roots = g_list_store_new (G_TYPE_FILE);

  if (folder == NULL)
    return;

  g_list_store_append (roots, folder);
  td_files_page_scan (self, G_LIST_MODEL (roots));
}

static void
open_folder_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  TdFilesPage *self = TD_FILES_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Open Folder"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable,
                                 folder_chosen_cb, g_object_ref (self));
}

static void
files_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (TdFilesPage) self = user_data;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (files != NULL)
    td_files_page_scan (self, files);
}

static void
open_files_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  TdFilesPage *self = TD_FILES_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Open Files"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable,
                                 files_chosen_cb, g_object_ref (self));
}

static void
cancel_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  td_folder_scan_cancel (TD_FILES_PAGE (widget)->scan);
}

static char *
write_report (TdFilesPage *self,
              const char  *name)
{
  TdFolderReportFormat format = TD_FOLDER_REPORT_MARKDOWN;

  if (g_str_equal (name, "csv"))
    format = TD_FOLDER_REPORT_CSV;
  else if (g_str_equal (name, "json"))
    format = TD_FOLDER_REPORT_JSON;

  return td_folder_report_write (format, G_LIST_MODEL (self->sorted), get_model (self),
                                 td_catalogue_get_as_of (self->catalogue));
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_autofree char *report = write_report (TD_FILES_PAGE (widget), g_variant_get_string (parameter, NULL));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdFilesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  AdwDialog *dialog;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  dialog = adw_alert_dialog_new (_("The File Could Not Be Saved"), error->message);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdFilesPage) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *report;

  if (file == NULL)
    return;

  report = write_report (self, g_object_get_data (source, "td-format"));
  bytes = g_bytes_new_take (report, strlen (report));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, self->cancellable, written_cb,
                                       g_object_ref (self));
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  TdFilesPage *self = TD_FILES_PAGE (widget);
  const char *format = g_variant_get_string (parameter, NULL);
  const char *extension = g_str_equal (format, "markdown") ? "md" : format;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_strconcat (_("Tokens"), ".", extension, NULL);

  gtk_file_dialog_set_title (dialog, _("Save Table"));
  gtk_file_dialog_set_initial_name (dialog, name);
  g_object_set_data_full (G_OBJECT (dialog), "td-format", g_strdup (format), g_free);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable, export_chosen_cb,
                        g_object_ref (self));
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_files_page_dispose (GObject *object)
{
  TdFilesPage *self = TD_FILES_PAGE (object);

  if (self->scan != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->scan, self);
      td_folder_scan_cancel (self->scan);
    }
  g_cancellable_cancel (self->cancellable);
  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_FILES_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filter);
  g_clear_object (&self->models);
  g_clear_object (&self->scan);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (td_files_page_parent_class)->dispose (object);
}

static void
td_files_page_class_init (TdFilesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_files_page_dispose;

  /**
   * TdFilesPage::open-file:
   * @file: the file whose row was activated
   */
  signals[SIGNAL_OPEN_FILE] =
    g_signal_new ("open-file", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_FILE);

  g_type_ensure (TD_TYPE_MODEL);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/files/td-files-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, model_drop_down);
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, view);
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, total_label);
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, left_out_button);
  gtk_widget_class_bind_template_child (widget_class, TdFilesPage, left_out_view);
  gtk_widget_class_bind_template_callback (widget_class, model_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "files.open-folder", NULL, open_folder_cb);
  gtk_widget_class_install_action (widget_class, "files.open-files", NULL, open_files_cb);
  gtk_widget_class_install_action (widget_class, "files.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "files.copy", "s", copy_cb);
  gtk_widget_class_install_action (widget_class, "files.export", "s", export_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
td_files_page_init (TdFilesPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = FALSE;
}

/* The models whose tokens can be counted here. */
static void
fill_models (TdFilesPage *self)
{
  g_autofree char *chosen = td_settings_get_string (self->settings, "files-model");
  guint selected = 0;

  if (*chosen == '\0')
    {
      g_free (chosen);
      chosen = td_settings_get_string (self->settings, "baseline-model");
    }

  self->models = g_list_store_new (TD_TYPE_MODEL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->catalogue)); i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (G_LIST_MODEL (self->catalogue), i);
      TkEncodingId id;

      if (td_model_get_encoding (model) == NULL || !tk_encoding_id_from_name (td_model_get_encoding (model), &id))
        continue;
      if (g_str_equal (td_model_get_id (model), chosen))
        selected = g_list_model_get_n_items (G_LIST_MODEL (self->models));
      g_list_store_append (self->models, model);
    }

  self->updating = TRUE;
  gtk_drop_down_set_model (self->model_drop_down, G_LIST_MODEL (self->models));
  gtk_drop_down_set_selected (self->model_drop_down, selected);
  self->updating = FALSE;
}

static void
set_up_table (TdFilesPage *self)
{
  GtkFilterListModel *filtered;
  g_autoptr (GtkListItemFactory) left_out_factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) left_out = NULL;

  self->filter = gtk_string_filter_new (gtk_property_expression_new (TD_TYPE_FILE_ENTRY, NULL, "path"));
  filtered = gtk_filter_list_model_new (g_object_ref (td_folder_scan_get_files (self->scan)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  td_files_columns_add (self->view, get_model, self);
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered),
                                          g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_sort_list_model_set_incremental (self->sorted, TRUE);
  self->selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->sorted))));
  gtk_column_view_set_model (self->view, self->selection);

  g_signal_connect (left_out_factory, "setup", G_CALLBACK (setup_left_out_cb), NULL);
  g_signal_connect (left_out_factory, "bind", G_CALLBACK (bind_left_out_cb), NULL);
  gtk_list_view_set_factory (self->left_out_view, left_out_factory);
  left_out = gtk_no_selection_new (g_object_ref (td_folder_scan_get_left_out (self->scan)));
  gtk_list_view_set_model (self->left_out_view, GTK_SELECTION_MODEL (left_out));
}

/**
 * td_files_page_new:
 * @settings: remember the model
 * @catalogue: the models and their prices
 *
 * Returns: (transfer floating): a page without files
 */
GtkWidget *
td_files_page_new (TdSettings  *settings,
                   TdCatalogue *catalogue)
{
  TdFilesPage *self = g_object_new (TD_TYPE_FILES_PAGE, NULL);
  const TkEncoding *encodings[TK_N_ENCODINGS] = { NULL };

  self->settings = g_object_ref (settings);
  self->catalogue = g_object_ref (catalogue);
  for (TdVocabulary i = 0; i < TD_N_VOCABULARIES; i++)
    {
      TkEncodingId id = td_vocabulary_get_encoding (i);

      encodings[id] = td_encodings_get (id, NULL);
    }
  self->scan = td_folder_scan_new (encodings);
  fill_models (self);
  set_up_table (self);
  g_signal_connect_object (self->scan, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scan, "notify::running", G_CALLBACK (notify_running_cb), self, G_CONNECT_SWAPPED);
  progress_cb (self);

  return GTK_WIDGET (self);
}

/**
 * td_files_page_scan:
 * @self: the page
 * @roots: (element-type GFile): files and folders
 *
 * Counts @roots, and shows them instead of what was shown before.
 */
void
td_files_page_scan (TdFilesPage *self,
                    GListModel  *roots)
{
  g_return_if_fail (TD_IS_FILES_PAGE (self));

  gtk_stack_set_visible_child_name (self->stack, "table");
  td_folder_scan_start (self->scan, roots);
  progress_cb (self);
}

/**
 * td_files_page_get_scan:
 * @self: the page
 *
 * Returns: (transfer none): what counts the files
 */
TdFolderScan *
td_files_page_get_scan (TdFilesPage *self)
{
  g_return_val_if_fail (TD_IS_FILES_PAGE (self), NULL);

  return self->scan;
}
