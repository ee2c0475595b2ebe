/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-document-selection.h"
#include "app/export/td-export-dialog.h"

#define PROGRESS_MILLISECONDS 100

/**
 * TdExportDialog:
 *
 * Copies the tokens of a document, or of its selection, or saves them in a file, in a format to choose. The work is done
 * elsewhere and can be stopped; a file is replaced only by a whole one.
 */
struct _TdExportDialog
{
  AdwDialog parent_instance;

  /* owned */
  TdDocument *document;
  GCancellable *cancellable; /* of the work that is being done, else NULL */
  TdExportJob *job;
  GFile *file;               /* NULL: to the clipboard */
  guint progress_source;

  /* template */
  GtkWidget *toolbar_view;
  AdwComboRow *kind_row;
  AdwSwitchRow *selection_row;
  GtkProgressBar *progress_bar;
  GtkLabel *status;
  GtkWidget *copy_button;
  GtkWidget *cancel_button;
  GtkWidget *save_button;

  /* borrowed */
  GtkWidget *focus; /* weak; what had the focus when the work began */
};

G_DEFINE_FINAL_TYPE (TdExportDialog, td_export_dialog, ADW_TYPE_DIALOG)

static void
show_status (TdExportDialog *self,
             const char     *text)
{
  gtk_label_set_label (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), text[0] != '\0');
  if (text[0] != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
forget_status_cb (TdExportDialog *self)
{
  if (self->job == NULL)
    show_status (self, "");
}

/* What has the focus cannot be used meanwhile; without another place for it no key would reach the dialog. */
static void
set_busy (TdExportDialog *self,
          gboolean        busy)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), busy);
  gtk_widget_set_visible (self->cancel_button, busy);
  if (busy)
    {
      g_set_weak_pointer (&self->focus, root != NULL ? gtk_root_get_focus (root) : NULL);
      gtk_widget_grab_focus (self->cancel_button);
    }
  gtk_widget_set_visible (self->copy_button, !busy);
  gtk_widget_set_sensitive (self->save_button, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind_row), !busy);
  if (!busy && self->focus != NULL)
    {
      gtk_widget_grab_focus (self->focus);
      g_clear_weak_pointer (&self->focus);
    }
}

static gboolean
progress_cb (gpointer user_data)
{
  TdExportDialog *self = user_data;

  gtk_progress_bar_set_fraction (self->progress_bar, td_export_job_get_progress (self->job));

  return G_SOURCE_CONTINUE;
}

static void
stop_cb (TdExportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
put_on_clipboard (TdExportDialog *self,
                  GBytes         *bytes)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  TdExportKind kind = adw_combo_row_get_selected (self->kind_row);
  g_autoptr (GdkContentProvider) provider = NULL;
  GdkContentProvider *providers[2] = { NULL };
  g_autofree char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (kind == TD_EXPORT_PNG || kind == TD_EXPORT_SVG)
    {
      provider = gdk_content_provider_new_for_bytes (kind == TD_EXPORT_PNG ? "image/png" : "image/svg+xml", bytes);
      gdk_clipboard_set_content (clipboard, provider);
      return;
    }

  text = g_strndup (data, length);
  if (kind != TD_EXPORT_HTML)
    {
      gdk_clipboard_set_text (clipboard, text);
      return;
    }

  providers[0] = gdk_content_provider_new_for_bytes ("text/html", bytes);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  provider = gdk_content_provider_new_union (providers, 2);
  gdk_clipboard_set_content (clipboard, provider);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = td_export_job_run_finish (TD_EXPORT_JOB (source), result, &error);
  g_autofree char *message = NULL;

  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  /* Closed meanwhile. */
  if (self->document == NULL)
    return;

  set_busy (self, FALSE);
  if (bytes == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      message = g_strdup (_("Stopped. Nothing was changed."));
    }
  else if (bytes == NULL)
    {
      message = g_strdup (error->message);
    }
  else if (self->file != NULL)
    {
      g_autofree char *name = g_file_get_basename (self->file);
      g_autofree char *readable = g_filename_display_name (name);

      message = g_strdup_printf (_("Saved as “%s”."), readable);
    }
  else
    {
      put_on_clipboard (self, bytes);
      message = g_strdup (_("Copied."));
    }
  show_status (self, message);
}

static void
run (TdExportDialog *self,
     GFile          *file)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))));
  TkSpecialMode special = td_document_get_parse_special (self->document) ? TK_SPECIAL_PARSE : TK_SPECIAL_AS_TEXT;
  g_autoptr (GBytes) text = NULL;
  gsize first;
  gsize end;

  if (self->job != NULL)
    return;

  if (adw_switch_row_get_active (self->selection_row) && td_document_get_selection (self->document, &first, &end))
    text = td_document_dup_range (self->document, first, end);
  else
    text = td_document_dup_text (self->document);

  g_set_object (&self->file, file);
  self->cancellable = g_cancellable_new ();
  self->job = td_export_job_new (adw_combo_row_get_selected (self->kind_row), text,
                                 td_document_get_encoding (self->document), special, dark);
  show_status (self, "");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  set_busy (self, TRUE);
  self->progress_source = g_timeout_add (PROGRESS_MILLISECONDS, progress_cb, self);
  td_export_job_run_async (self->job, file, self->cancellable, done_cb, g_object_ref (self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdExportDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && self->document != NULL)
    td_export_dialog_save (self, file);
}

static void
choose_cb (TdExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = NULL;

  /* Translators: the file name offered for exported tokens; %s is what it ends with, such as "json". */
  name = g_strdup_printf (_("Tokens.%s"), td_export_kind_get_extension (adw_combo_row_get_selected (self->kind_row)));
  gtk_file_dialog_set_title (dialog, _("Export Tokens"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, chosen_cb,
                        g_object_ref (self));
}

static void
td_export_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (TD_EXPORT_DIALOG (dialog)->cancellable);
}

static void
td_export_dialog_dispose (GObject *object)
{
  TdExportDialog *self = TD_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_weak_pointer (&self->focus);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job);
  g_clear_object (&self->file);
  g_clear_object (&self->document);
  /* First: disposing of the template would unparent the child behind the back of the dialog, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (td_export_dialog_parent_class)->dispose (object);
}

static void
td_export_dialog_class_init (TdExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_export_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = td_export_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, selection_row);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, status);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, forget_status_cb);
  gtk_widget_class_bind_template_callback (widget_class, td_export_dialog_copy);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
td_export_dialog_init (TdExportDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (TdExportKind i = 0; i < TD_N_EXPORT_KINDS; i++)
    gtk_string_list_append (titles, td_export_kind_get_title (i));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (titles));
}

/**
 * td_export_dialog_new:
 * @document: the document whose tokens to export
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_export_dialog_new (TdDocument *document)
{
  TdExportDialog *self = g_object_new (TD_TYPE_EXPORT_DIALOG, NULL);
  gboolean has_selection;
  gsize first;
  gsize end;

  self->document = g_object_ref (document);
  has_selection = td_document_get_selection (document, &first, &end);
  gtk_widget_set_visible (GTK_WIDGET (self->selection_row), has_selection);
  adw_switch_row_set_active (self->selection_row, has_selection);

  return ADW_DIALOG (self);
}

/**
 * td_export_dialog_copy:
 * @self: the dialog
 *
 * Copies the tokens to the clipboard, in the chosen format.
 */
void
td_export_dialog_copy (TdExportDialog *self)
{
  g_return_if_fail (TD_IS_EXPORT_DIALOG (self));

  run (self, NULL);
}

/**
 * td_export_dialog_save:
 * @self: the dialog
 * @file: where to
 *
 * Saves the tokens in the chosen format. An old file stays until the new one is whole.
 */
void
td_export_dialog_save (TdExportDialog *self,
                       GFile          *file)
{
  g_return_if_fail (TD_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  run (self, file);
}

/**
 * td_export_dialog_show_note:
 * @self: the dialog
 * @note: a sentence
 *
 * Says why the dialog has come up, where people did not ask for it.
 */
void
td_export_dialog_show_note (TdExportDialog *self,
                            const char     *note)
{
  g_return_if_fail (TD_IS_EXPORT_DIALOG (self));

  show_status (self, note);
}

/** Returns: whether something is being exported */
gboolean
td_export_dialog_is_busy (TdExportDialog *self)
{
  g_return_val_if_fail (TD_IS_EXPORT_DIALOG (self), FALSE);

  return self->job != NULL;
}
