/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-overlay-dialog.h"
#include "app/compare/td-own-model-dialog.h"
#include "pricing/td-change-text.h"

/* What the user has laid over the catalogue: own models to add, edit and remove, accepted changes to undo one by one,
 * and all of it to pass on as a file. Each step is saved at once. */

/* Larger files are refused before they are read. */
#define MAX_BYTES (2 * 1024 * 1024)

struct _TdOverlayDialog
{
  AdwDialog parent_instance;

  /* owned */
  TdCatalogue *catalogue;
  TdOverlay *overlay;
  GPtrArray *rows; /* borrowed from the groups */

  /* template */
  AdwToastOverlay *toasts;
  AdwPreferencesGroup *models_group;
  AdwPreferencesGroup *changes_group;
};

G_DEFINE_FINAL_TYPE (TdOverlayDialog, td_overlay_dialog, ADW_TYPE_DIALOG)

static void
show_toast (TdOverlayDialog *self,
            const char      *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_failure (TdOverlayDialog *self,
              const GError    *error)
{
  /* Translators: %s is the reason, as the system gives it */
  g_autofree char *text = g_strdup_printf (_("That could not be saved: %s"), error->message);

  show_toast (self, text);
}

/* Rows ------------------------------------------------------------------------------------------------------------- */

static TdPriceChange *
get_change (GtkButton *button)
{
  return g_object_get_data (G_OBJECT (button), "td-change");
}

static void
remove_cb (TdOverlayDialog *self,
           GtkButton       *button)
{
  g_autoptr (GError) error = NULL;

  if (!td_overlay_remove (self->overlay, get_change (button), &error))
    show_failure (self, error);
}

static void
edit_cb (TdOverlayDialog *self,
         GtkButton       *button)
{
  adw_dialog_present (td_own_model_dialog_new (self->catalogue, get_change (button)), GTK_WIDGET (self));
}

static void
add_button (TdOverlayDialog *self,
            AdwActionRow    *row,
            TdPriceChange   *change,
            const char      *icon,
            const char      *tooltip,
            GCallback        callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_autofree char *name = g_strdup_printf ("%s, %s", tooltip, title);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "td-change", g_object_ref (change), g_object_unref);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, button);
}

static void
add_row (TdOverlayDialog *self,
         TdPriceChange   *change)
{
  gboolean is_own = td_price_change_get_origin (change) == TD_MODEL_ORIGIN_USER;
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *title = td_change_text_title (change, self->catalogue);
  g_autofree char *values = td_change_text_values (change);
  g_autofree char *days = td_change_text_days (change);
  g_autofree char *accepted = td_date_format (td_price_change_get_accepted (change));
  /* Translators: two values or prices, the first day of the new one, and the day it was accepted */
  g_autofree char *subtitle = g_strdup_printf (is_own ? _("%s\n%s · entered on %s") : _("%s\n%s · accepted on %s"),
                                               values, days, accepted);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);

  if (is_own)
    {
      add_button (self, row, change, "document-edit-symbolic", _("Edit Model"), G_CALLBACK (edit_cb));
      add_button (self, row, change, "user-trash-symbolic", _("Remove Model"), G_CALLBACK (remove_cb));
    }
  else
    {
      add_button (self, row, change, "edit-undo-symbolic", _("Undo Change"), G_CALLBACK (remove_cb));
    }

  adw_preferences_group_add (is_own ? self->models_group : self->changes_group, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static void
update_cb (TdOverlayDialog *self)
{
  GListModel *changes = G_LIST_MODEL (self->overlay);
  guint n_changes = g_list_model_get_n_items (changes);
  gboolean has_accepted = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)),
                                    row);
    }
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < n_changes; i++)
    {
      g_autoptr (TdPriceChange) change = g_list_model_get_item (changes, i);

      has_accepted |= td_price_change_get_origin (change) != TD_MODEL_ORIGIN_USER;
      add_row (self, change);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->changes_group), has_accepted);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "overlay.export", n_changes > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "overlay.clear", n_changes > 0);
}

/* Actions ---------------------------------------------------------------------------------------------------------- */

static void
add_model_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  adw_dialog_present (td_own_model_dialog_new (TD_OVERLAY_DIALOG (widget)->catalogue, NULL), widget);
}

static void
clear_response_cb (TdOverlayDialog *self,
                   const char      *response)
{
  g_autoptr (GError) error = NULL;

  if (g_str_equal (response, "clear") && !td_overlay_clear (self->overlay, &error))
    show_failure (self, error);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  AdwDialog *alert = adw_alert_dialog_new (_("Undo and Remove All?"),
                                           _("All accepted changes are undone and all your models removed. Export them "
                                             "first if you may want them back."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "cancel", _("_Cancel"), "clear", _("_Undo and Remove"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_signal_connect_object (alert, "response", G_CALLBACK (clear_response_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (alert, widget);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdOverlayDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    show_failure (self, error);
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdOverlayDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    return;

  text = td_overlay_to_json (self->overlay);
  bytes = g_bytes_new (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, exported_cb,
                                       g_object_ref (self));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Export Models and Changes"));
  gtk_file_dialog_set_initial_name (dialog, "tokendesk-prices.json");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, export_chosen_cb,
                        g_object_ref (widget));
}

static void
import_bytes (TdOverlayDialog *self,
              GBytes          *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  int n_changes = td_overlay_import (self->overlay, bytes, &error);

  if (n_changes < 0)
    {
      show_toast (self, error->message);
      return;
    }

  number = g_strdup_printf ("%d", n_changes);
  /* Translators: %s is a number */
  text = g_strdup_printf (ngettext ("%s entry imported", "%s entries imported", n_changes), number);
  show_toast (self, text);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdOverlayDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (bytes != NULL)
    import_bytes (self, bytes);
  else
    show_toast (self, error->message);
}

static void
size_known_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (TdOverlayDialog) self = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  if (info != NULL && g_file_info_get_size (info) > MAX_BYTES)
    show_toast (self, _("This file is too large to be a list of models and changes"));
  else
    g_file_load_bytes_async (G_FILE (source), NULL, loaded_cb, g_object_ref (self));
}

static void
import_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdOverlayDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL,
                             size_known_cb, g_object_ref (self));
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Import Models and Changes"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, import_chosen_cb,
                        g_object_ref (widget));
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_overlay_dialog_dispose (GObject *object)
{
  TdOverlayDialog *self = TD_OVERLAY_DIALOG (object);

  g_ptr_array_set_size (self->rows, 0);
  if (self->overlay != NULL)
    g_signal_handlers_disconnect_by_func (self->overlay, update_cb, self);
  /* First: disposing of the template would unparent the child behind the dialog's back, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_OVERLAY_DIALOG);
  g_clear_object (&self->overlay);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (td_overlay_dialog_parent_class)->dispose (object);
}

static void
td_overlay_dialog_finalize (GObject *object)
{
  TdOverlayDialog *self = TD_OVERLAY_DIALOG (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (td_overlay_dialog_parent_class)->finalize (object);
}

static void
td_overlay_dialog_class_init (TdOverlayDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_overlay_dialog_dispose;
  object_class->finalize = td_overlay_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-overlay-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdOverlayDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdOverlayDialog, models_group);
  gtk_widget_class_bind_template_child (widget_class, TdOverlayDialog, changes_group);

  gtk_widget_class_install_action (widget_class, "overlay.add-model", NULL, add_model_action);
  gtk_widget_class_install_action (widget_class, "overlay.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "overlay.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "overlay.import", NULL, import_action);
}

static void
td_overlay_dialog_init (TdOverlayDialog *self)
{
  self->rows = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_overlay_dialog_new:
 * @catalogue: a catalogue with an overlay
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_overlay_dialog_new (TdCatalogue *catalogue)
{
  TdOverlayDialog *self = g_object_new (TD_TYPE_OVERLAY_DIALOG, NULL);

  self->catalogue = g_object_ref (catalogue);
  self->overlay = g_object_ref (td_catalogue_get_overlay (catalogue));
  g_signal_connect_object (self->overlay, "items-changed", G_CALLBACK (update_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_cb (self);

  return ADW_DIALOG (self);
}
