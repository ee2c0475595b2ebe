/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-charset-dialog.h"
#include "app/editor/td-encodings.h"
#include "app/editor/td-text-file.h"
#include "app/files/td-count-dialog.h"
#include "files/td-file-count.h"
#include "pricing/td-currency.h"
#include "pricing/td-quote.h"

/* Between two looks at how far the worker is, in milliseconds. */
#define PROGRESS_INTERVAL 100

/**
 * TdCountDialog:
 *
 * Counts a file that the editor cannot hold, in all encodings, and says what it costs as input.
 *
 * The file is read by a worker thread and is never in memory as a whole. Closing the dialog ends the worker.
 */
struct _TdCountDialog
{
  AdwDialog parent_instance;

  /* owned */
  GFile *file;
  TdSettings *settings;
  TdCatalogue *catalogue;
  GStrv charsets;
  struct _Job *job;   /* nullable: what is under way */
  guint progress_source;
  GPtrArray *rows;    /* GtkWidgets of the result */
  gboolean updating;

  /* template */
  AdwPreferencesGroup *file_group;
  AdwComboRow *charset_row;
  AdwPreferencesGroup *progress_group;
  GtkProgressBar *progress_bar;
  GtkLabel *error_label;
  AdwPreferencesGroup *tokens_group;
  AdwPreferencesGroup *cost_group;
};

G_DEFINE_FINAL_TYPE (TdCountDialog, td_count_dialog, ADW_TYPE_DIALOG)

/* The names of the encodings in the header bar; the vocabulary of GPT-3's Codex models is not there. */
static const char * const vocabulary_names[TD_N_VOCABULARIES] = {
  [TD_VOCABULARY_R50K] = N_("GPT-3"),
  [TD_VOCABULARY_P50K] = "Codex",
  [TD_VOCABULARY_CL100K] = N_("GPT-3.5 & GPT-4"),
  [TD_VOCABULARY_O200K] = N_("GPT-4o and newer"),
};

/* The worker ------------------------------------------------------------------------------------------------------- */

typedef struct _Job
{
  gatomicrefcount ref_count;
  char *charset;
  _Atomic guint64 size;
  TdFileProgress progress;
  TdFileCount count;
} Job;

static void
job_unref (Job *job)
{
  if (g_atomic_ref_count_dec (&job->ref_count))
    {
      g_free (job->charset);
      g_free (job);
    }
}

static void
count_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Job *job = task_data;
  GFile *file = source_object;
  const TkEncoding *encodings[TK_N_ENCODINGS] = { NULL };
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (TdFileCounter) counter = NULL;
  GError *error = NULL;

  for (TdVocabulary i = 0; i < TD_N_VOCABULARIES; i++)
    {
      TkEncodingId id = td_vocabulary_get_encoding (i);

      encodings[id] = td_encodings_get (id, &error);
      if (encodings[id] == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
    }

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info != NULL)
    atomic_store (&job->size, (guint64) g_file_info_get_size (info));

  counter = td_file_counter_new (encodings);
  if (td_file_counter_count (counter, file, job->charset, TD_FILE_COUNT_ALLOW_NUL, &job->progress, &job->count, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Showing ---------------------------------------------------------------------------------------------------------- */

static void
add_row (TdCountDialog       *self,
         AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle,
         const char          *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, row, NULL, -1);
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "td-group", group);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (TdCountDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "td-group"), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->tokens_group), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cost_group), FALSE);
}

static void
add_cost (TdCountDialog     *self,
          const char        *id,
          const TdFileCount *count)
{
  TdModel *model = td_catalogue_find (self->catalogue, id);
  TdScenario scenario = TD_SCENARIO_INIT;
  TkEncodingId encoding;
  TdQuote quote;
  g_autofree char *cost = NULL;
  g_autofree char *share = NULL;
  g_autofree char *subtitle = NULL;

  if (model == NULL || td_model_get_encoding (model) == NULL ||
      !tk_encoding_id_from_name (td_model_get_encoding (model), &encoding))
    return;

  scenario.date = td_date_today ();
  td_quote_compute (&quote, model, &scenario, count->n_tokens[tk_encoding_id_ordinary (encoding)]);
  cost = td_currency_format (&TD_CURRENCY_USD, quote.input_cost);
  share = td_percent_format (td_quote_context_share (&quote));
  /* Translators: %s is a percentage */
  subtitle = g_strdup_printf (_("%s of the context window"), share);
  add_row (self, self->cost_group, td_model_get_name (model), subtitle, cost);
}

static void
show_costs (TdCountDialog     *self,
            const TdFileCount *count)
{
  g_autoptr (GVariant) value = td_settings_get_value (self->settings, "pinned-models");
  g_autofree const char **pinned = g_variant_get_strv (value, NULL);
  g_autofree char *baseline = td_settings_get_string (self->settings, "baseline-model");
  g_autofree char *as_of = td_date_format (td_catalogue_get_as_of (self->catalogue));
  g_autofree char *description = NULL;

  for (guint i = 0; pinned[i] != NULL; i++)
    add_cost (self, pinned[i], count);
  if (!g_strv_contains ((const char * const *) pinned, baseline))
    add_cost (self, baseline, count);

  /* Translators: %s is a date */
  description = g_strdup_printf (_("On the pinned models. Prices as of %s."), as_of);
  adw_preferences_group_set_description (self->cost_group, description);
  gtk_widget_set_visible (GTK_WIDGET (self->cost_group), TRUE);
}

static void
show_count (TdCountDialog     *self,
            const TdFileCount *count)
{
  g_autofree char *size = g_format_size_full (count->n_bytes, G_FORMAT_SIZE_IEC_UNITS | G_FORMAT_SIZE_LONG_FORMAT);
  g_autofree char *characters = td_number_format (count->n_characters);
  g_autofree char *description = NULL;

  for (int i = TD_N_VOCABULARIES - 1; i >= 0; i--)
    {
      TkEncodingId id = td_vocabulary_get_encoding (i);
      g_autofree char *tokens = td_number_format (count->n_tokens[id]);

      add_row (self, self->tokens_group, i == TD_VOCABULARY_P50K ? vocabulary_names[i] : _(vocabulary_names[i]),
               tk_encoding_id_to_name (id), tokens);
    }

  /* Translators: the size of a file, then how many characters it has */
  description = g_strdup_printf (_("%s, %s characters. Counted exactly."), size, characters);
  adw_preferences_group_set_description (self->tokens_group, description);
  gtk_widget_set_visible (GTK_WIDGET (self->tokens_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_group), FALSE);
  show_costs (self, count);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Counted"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_error (TdCountDialog *self,
            Job           *job,
            const GError  *error)
{
  g_autofree char *name = td_text_file_dup_name (self->file);
  g_autofree char *text = NULL;

  if (g_error_matches (error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_NOT_UTF8) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      g_autofree char *charset = td_charset_dup_name (job->charset);

      /* Translators: a file name and a character encoding */
      text = g_strdup_printf (_("“%s” is not text in %s. Choose the encoding of the file above, and it is counted again."),
                              name, charset);
    }
  else if (g_error_matches (error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_NO_PLACE_TO_CUT))
    text = g_strdup_printf (_("“%s” has a stretch of more than 64 MiB without any word end, too long to be counted."), name);
  else if (g_error_matches (error, TD_FILE_COUNT_ERROR, TD_FILE_COUNT_ERROR_CHANGED))
    text = g_strdup_printf (_("“%s” was changed while it was being read. Count it again when it is complete."), name);
  else
    text = g_strdup (error->message);

  gtk_label_set_label (self->error_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
}

static void
stop (TdCountDialog *self)
{
  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (self->job != NULL)
    atomic_store (&self->job->progress.cancelled, true);
  g_clear_pointer (&self->job, job_unref);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdCountDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Job *job = g_task_get_task_data (G_TASK (result));
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  /* Another count has begun, or nobody looks any more. */
  if (self->job != job)
    return;

  if (ok)
    show_count (self, &job->count);
  else
    show_error (self, job, error);
  stop (self);
}

static gboolean
progress_cb (gpointer user_data)
{
  TdCountDialog *self = user_data;
  guint64 size = atomic_load (&self->job->size);
  guint64 done = atomic_load (&self->job->progress.n_bytes);
  g_autofree char *done_text = g_format_size_full (done, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *size_text = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *text = NULL;

  /* Translators: how much of a file has been read: "12 MiB of 1.2 GiB" */
  text = g_strdup_printf (_("%s of %s"), done_text, size_text);
  gtk_progress_bar_set_text (self->progress_bar, text);
  gtk_progress_bar_set_fraction (self->progress_bar, size > 0 ? MIN (1, (double) done / (double) size) : 0);

  return G_SOURCE_CONTINUE;
}

static void
start (TdCountDialog *self,
       const char    *charset)
{
  g_autoptr (GTask) task = g_task_new (self->file, NULL, counted_cb, g_object_ref (self));
  Job *job = g_new0 (Job, 1);

  stop (self);
  clear_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);

  g_atomic_ref_count_init (&job->ref_count);
  job->charset = g_strdup (charset);
  g_atomic_ref_count_inc (&job->ref_count);
  self->job = job;
  self->progress_source = g_timeout_add (PROGRESS_INTERVAL, progress_cb, self);
  progress_cb (self);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, (GDestroyNotify) job_unref);
  g_task_run_in_thread (task, count_thread);
}

static void
charset_selected_cb (TdCountDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->charset_row);

  if (!self->updating && selected != GTK_INVALID_LIST_POSITION)
    start (self, selected > 0 ? self->charsets[selected] : NULL);
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_count_dialog_closed (AdwDialog *dialog)
{
  stop (TD_COUNT_DIALOG (dialog));
}

static void
td_count_dialog_dispose (GObject *object)
{
  TdCountDialog *self = TD_COUNT_DIALOG (object);

  stop (self);
  self->updating = TRUE;
  /* First: disposing of the template would unparent the child behind the back of the dialog, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_COUNT_DIALOG);
  g_clear_object (&self->file);
  g_clear_object (&self->settings);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (td_count_dialog_parent_class)->dispose (object);
}

static void
td_count_dialog_finalize (GObject *object)
{
  TdCountDialog *self = TD_COUNT_DIALOG (object);

  g_strfreev (self->charsets);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (td_count_dialog_parent_class)->finalize (object);
}

static void
td_count_dialog_class_init (TdCountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_count_dialog_dispose;
  object_class->finalize = td_count_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = td_count_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/files/td-count-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCountDialog, file_group);
  gtk_widget_class_bind_template_child (widget_class, TdCountDialog, charset_row);
  gtk_widget_class_bind_template_child (widget_class, TdCountDialog, progress_group);
  gtk_widget_class_bind_template_child (widget_class, TdCountDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, TdCountDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, TdCountDialog, tokens_group);
  gtk_widget_class_bind_template_child (widget_class, TdCountDialog, cost_group);
  gtk_widget_class_bind_template_callback (widget_class, charset_selected_cb);
}

static void
td_count_dialog_init (TdCountDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = FALSE;
}

/**
 * td_count_dialog_new:
 * @file: the file to count
 * @settings: tells which models to show
 * @catalogue: their prices
 *
 * Returns: (transfer floating): a dialog that has begun to count
 */
AdwDialog *
td_count_dialog_new (GFile       *file,
                     TdSettings  *settings,
                     TdCatalogue *catalogue)
{
  static const char * const first[] = { "UTF-8", NULL };
  TdCountDialog *self = g_object_new (TD_TYPE_COUNT_DIALOG, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *name = td_text_file_dup_name (file);

  self->file = g_object_ref (file);
  self->settings = g_object_ref (settings);
  self->catalogue = g_object_ref (catalogue);
  self->charsets = td_charset_list (first);
  for (guint i = 0; self->charsets[i] != NULL; i++)
    gtk_string_list_take (names, td_charset_dup_name (i > 0 ? self->charsets[i] : NULL));
  adw_preferences_group_set_title (self->file_group, name);
  self->updating = TRUE;
  adw_combo_row_set_model (self->charset_row, G_LIST_MODEL (names));
  self->updating = FALSE;
  start (self, NULL);

  return ADW_DIALOG (self);
}
