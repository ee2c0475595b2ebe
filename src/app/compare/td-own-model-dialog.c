/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-date-row.h"
#include "app/compare/td-own-model-dialog.h"
#include "pricing/td-own-model.h"

/* A model of the user's own. What is typed is checked as it is typed; saving is possible once all of it makes sense,
 * and a banner says what does not. */

struct _TdOwnModelDialog
{
  AdwDialog parent_instance;

  /* owned */
  TdCatalogue *catalogue;
  TdPriceChange *change; /* the model being edited, or NULL */

  /* template */
  AdwBanner *banner;
  AdwEntryRow *name_row;
  AdwEntryRow *vendor_row;
  AdwComboRow *encoding_row;
  AdwEntryRow *window_row;
  AdwEntryRow *input_row;
  AdwEntryRow *cached_row;
  AdwEntryRow *output_row;
  TdDateRow *date_row;
};

G_DEFINE_FINAL_TYPE (TdOwnModelDialog, td_own_model_dialog, ADW_TYPE_DIALOG)

/* In the order of the row; the first is unknown. */
static const char * const encodings[] = { "o200k_base", "cl100k_base", "p50k_base", "r50k_base" };

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static TdOwnModel
read_form (TdOwnModelDialog *self)
{
  guint encoding = adw_combo_row_get_selected (self->encoding_row);

  return (TdOwnModel) {
    .name = get_text (self->name_row),
    .vendor = get_text (self->vendor_row),
    .encoding = encoding > 0 && encoding <= G_N_ELEMENTS (encodings) ? encodings[encoding - 1] : NULL,
    .context_window = get_text (self->window_row),
    .input = get_text (self->input_row),
    .cached_input = get_text (self->cached_row),
    .output = get_text (self->output_row),
    .from = td_date_row_get_date (self->date_row),
  };
}

static void
mark (AdwEntryRow *row,
      gboolean     is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
changed_cb (TdOwnModelDialog *self)
{
  TdOwnModel form = read_form (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPriceChange) change = td_own_model_check (&form, self->catalogue, self->change, &error);
  gboolean is_empty = *form.name == '\0';

  mark (self->name_row, change == NULL && !is_empty && error->code == TD_OWN_MODEL_ERROR_NAME);
  mark (self->vendor_row, change == NULL && error->code == TD_OWN_MODEL_ERROR_VENDOR);
  mark (self->window_row, change == NULL && error->code == TD_OWN_MODEL_ERROR_CONTEXT_WINDOW);
  mark (self->input_row, change == NULL && error->code == TD_OWN_MODEL_ERROR_INPUT);
  mark (self->cached_row, change == NULL && error->code == TD_OWN_MODEL_ERROR_CACHED_INPUT);
  mark (self->output_row, change == NULL && error->code == TD_OWN_MODEL_ERROR_OUTPUT);

  /* Nobody needs to be told that a form is still empty. */
  if (change == NULL && !is_empty)
    adw_banner_set_title (self->banner, error->message);
  adw_banner_set_revealed (self->banner, change == NULL && !is_empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "model.save", change != NULL);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TdOwnModelDialog *self = TD_OWN_MODEL_DIALOG (widget);
  TdOverlay *overlay = td_catalogue_get_overlay (self->catalogue);
  TdOwnModel form = read_form (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPriceChange) change = td_own_model_check (&form, self->catalogue, self->change, &error);

  if (change == NULL)
    return;

  /* Under a new name it would stand beside the old one. */
  if (td_overlay_add (overlay, &change, 1, &error) &&
      (self->change == NULL || td_price_change_is_same (self->change, change) ||
       td_overlay_remove (overlay, self->change, &error)))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }

  adw_banner_set_title (self->banner, error->message);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
set_price (AdwEntryRow *row,
           TdPrice      price)
{
  g_autofree char *text = price != TD_PRICE_UNKNOWN ? td_price_to_decimal (price) : NULL;

  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
fill_form (TdOwnModelDialog *self)
{
  TdModel *model = td_price_change_get_model (self->change);
  const TdPricePeriod *period = td_model_get_price (model, 0);
  guint64 window = td_model_get_context_window (model);
  char from[TD_DATE_ISO_SIZE];

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), td_model_get_name (model));
  gtk_editable_set_text (GTK_EDITABLE (self->vendor_row), td_model_get_vendor (model));
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      if (g_strcmp0 (td_model_get_encoding (model), encodings[i]) == 0)
        adw_combo_row_set_selected (self->encoding_row, i + 1);
    }

  if (window != 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, window);

      gtk_editable_set_text (GTK_EDITABLE (self->window_row), text);
    }

  set_price (self->input_row, period->services[TD_SERVICE_STANDARD].input);
  set_price (self->cached_row, period->services[TD_SERVICE_STANDARD].cached_input);
  set_price (self->output_row, period->services[TD_SERVICE_STANDARD].output);
  td_date_row_set_date (self->date_row, td_date_to_iso (period->from, from));
}

static void
fill_encodings (TdOwnModelDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  /* Translators: of an encoding */
  gtk_string_list_append (list, C_("encoding", "Unknown"));
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    gtk_string_list_append (list, encodings[i]);
  adw_combo_row_set_model (self->encoding_row, G_LIST_MODEL (list));
}

static void
td_own_model_dialog_dispose (GObject *object)
{
  TdOwnModelDialog *self = TD_OWN_MODEL_DIALOG (object);

  /* First: disposing of the template would unparent the child behind the dialog's back, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_OWN_MODEL_DIALOG);
  g_clear_object (&self->change);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (td_own_model_dialog_parent_class)->dispose (object);
}

static void
td_own_model_dialog_class_init (TdOwnModelDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_own_model_dialog_dispose;

  g_type_ensure (TD_TYPE_DATE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-own-model-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, vendor_row);
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, window_row);
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, input_row);
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, cached_row);
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, output_row);
  gtk_widget_class_bind_template_child (widget_class, TdOwnModelDialog, date_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);

  gtk_widget_class_install_action (widget_class, "model.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "model.cancel", NULL, cancel_action);
}

static void
td_own_model_dialog_init (TdOwnModelDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_encodings (self);
}

/**
 * td_own_model_dialog_new:
 * @catalogue: a catalogue with an overlay, which the model goes into
 * @change: (nullable): the model to edit, or %NULL for a new one
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_own_model_dialog_new (TdCatalogue   *catalogue,
                         TdPriceChange *change)
{
  TdOwnModelDialog *self = g_object_new (TD_TYPE_OWN_MODEL_DIALOG, NULL);

  self->catalogue = g_object_ref (catalogue);
  if (change != NULL)
    {
      self->change = g_object_ref (change);
      fill_form (self);
    }
  changed_cb (self);

  return ADW_DIALOG (self);
}
