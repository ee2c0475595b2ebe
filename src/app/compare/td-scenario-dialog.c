/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-budget-group.h"
#include "app/compare/td-date-row.h"
#include "app/compare/td-entry-mark.h"
#include "app/compare/td-rate-row.h"
#include "app/compare/td-saved-scenarios.h"
#include "app/compare/td-scenario-dialog.h"

/* What is done with the text, at the prices of which day, in which money. Every row is bound to the comparison, so the
 * table behind the dialog follows at once and there is nothing to confirm. */

struct _TdScenarioDialog
{
  AdwDialog parent_instance;

  /* owned */
  TdComparison *comparison;
  GListModel *accounts;
  GPtrArray *rate_rows;  /* borrowed from the template */
  GPtrArray *saved_rows; /* borrowed from the template */

  /* template */
  GtkAdjustment *output_adjustment;
  GtkAdjustment *output_percent_adjustment;
  GtkAdjustment *reasoning_adjustment;
  GtkAdjustment *cached_adjustment;
  GtkAdjustment *cache_write_adjustment;
  GtkAdjustment *calls_adjustment;
  GtkAdjustment *images_adjustment;
  GtkAdjustment *image_width_adjustment;
  GtkAdjustment *image_height_adjustment;
  GtkWidget *output_row;
  GtkWidget *image_width_row;
  GtkWidget *image_height_row;
  AdwSwitchRow *cache_write_long_row;
  AdwSwitchRow *image_low_row;
  AdwComboRow *service_row;
  TdBudgetGroup *budget_group;
  AdwEntryRow *time_row;
  AdwEntryRow *save_row;
  TdDateRow *date_row;
  AdwPreferencesGroup *saved_group;
  AdwPreferencesGroup *rates_group;

  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (TdScenarioDialog, td_scenario_dialog, ADW_TYPE_DIALOG)

enum
{
  PROP_0,
  PROP_COMPARISON,
  PROP_ACCOUNTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* In the order of the row. */
static const char * const services[] = { "standard", "batch", "flex", "priority" };

static TdScenarioOptions *
get_options (TdScenarioDialog *self)
{
  return td_comparison_get_options (self->comparison);
}

static void
service_selected_cb (TdScenarioDialog *self)
{
  guint position = adw_combo_row_get_selected (self->service_row);

  if (!self->is_updating && position < G_N_ELEMENTS (services))
    g_object_set (get_options (self), "service", services[position], NULL);
}

static void
time_changed_cb (TdScenarioDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->time_row));
  gboolean is_right;
  int minute;

  if (self->is_updating)
    return;

  is_right = *text == '\0' || td_minute_parse (text, &minute);
  td_entry_mark (self->time_row, is_right ? NULL : _("Write the time as hour:minute, as in 06:30"));
  if (is_right)
    g_object_set (get_options (self), "time", text, NULL);
}

/* What no binding can do: choices by name, and entries that hold what is being typed. */
static void
options_changed_cb (TdScenarioDialog *self)
{
  g_autofree char *service = NULL;
  g_autofree char *time = NULL;
  guint images, output_percent;

  g_object_get (get_options (self), "service", &service, "time", &time, "images", &images,
                "output-percent", &output_percent, NULL);
  self->is_updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (g_str_equal (service, services[i]))
        adw_combo_row_set_selected (self->service_row, i);
    }
  if (!gtk_widget_has_css_class (GTK_WIDGET (self->time_row), "error") &&
      gtk_widget_get_focus_child (GTK_WIDGET (self->time_row)) == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
  self->is_updating = FALSE;

  gtk_widget_set_sensitive (self->output_row, output_percent == 0);
  gtk_widget_set_sensitive (self->image_width_row, images > 0);
  gtk_widget_set_sensitive (self->image_height_row, images > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->image_low_row), images > 0);
}

/* Saved scenarios -------------------------------------------------------------------------------------------------- */

static const char *
get_saved_name (gpointer row)
{
  return g_object_get_data (G_OBJECT (row), "td-name");
}

static void
use_cb (TdScenarioDialog *self,
        GtkButton        *button)
{
  td_saved_scenarios_use (td_comparison_get_settings (self->comparison), get_saved_name (button), get_options (self));
}

static void
remove_cb (TdScenarioDialog *self,
           GtkButton        *button)
{
  td_saved_scenarios_remove (td_comparison_get_settings (self->comparison), get_saved_name (button));
}

static void
rename_cb (TdScenarioDialog *self,
           AdwEntryRow      *row)
{
  gboolean is_right = td_saved_scenarios_rename (td_comparison_get_settings (self->comparison), get_saved_name (row),
                                                 gtk_editable_get_text (GTK_EDITABLE (row)));

  if (!is_right)
    td_entry_mark (row, _("A scenario needs a name that no other one has"));
}

static void
add_saved_button (TdScenarioDialog *self,
                  GtkWidget        *row,
                  const char       *name,
                  const char       *icon,
                  const char       *tooltip,
                  GCallback         callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *label = g_strdup_printf ("%s, %s", tooltip, name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "td-name", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

static void
add_saved_row (TdScenarioDialog *self,
               const char       *name)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Name"));
  gtk_editable_set_text (GTK_EDITABLE (row), name);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "td-name", g_strdup (name), g_free);
  g_signal_connect_object (row, "apply", G_CALLBACK (rename_cb), self, G_CONNECT_SWAPPED);
  add_saved_button (self, row, name, "object-select-symbolic", _("Use This Scenario"), G_CALLBACK (use_cb));
  add_saved_button (self, row, name, "user-trash-symbolic", _("Delete This Scenario"), G_CALLBACK (remove_cb));
  adw_preferences_group_add (self->saved_group, row);
  g_ptr_array_add (self->saved_rows, row);
}

static void
saved_changed_cb (TdScenarioDialog *self)
{
  g_auto (GStrv) names = td_saved_scenarios_list (td_comparison_get_settings (self->comparison));

  for (guint i = 0; i < self->saved_rows->len; i++)
    adw_preferences_group_remove (self->saved_group, g_ptr_array_index (self->saved_rows, i));
  g_ptr_array_set_size (self->saved_rows, 0);
  for (guint i = 0; names[i] != NULL; i++)
    add_saved_row (self, names[i]);
}

static void
save_cb (TdScenarioDialog *self)
{
  gboolean is_right = td_saved_scenarios_save (td_comparison_get_settings (self->comparison),
                                               gtk_editable_get_text (GTK_EDITABLE (self->save_row)),
                                               get_options (self));

  td_entry_mark (self->save_row, is_right ? NULL : _("A scenario needs a name that no other one has"));
  if (is_right)
    gtk_editable_set_text (GTK_EDITABLE (self->save_row), "");
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
bind (TdScenarioDialog *self,
      const char       *property,
      gpointer          target,
      const char       *target_property)
{
  g_object_bind_property (get_options (self), property, target, target_property,
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
bind_rows (TdScenarioDialog *self)
{
  bind (self, "output-tokens", self->output_adjustment, "value");
  bind (self, "output-percent", self->output_percent_adjustment, "value");
  bind (self, "reasoning-tokens", self->reasoning_adjustment, "value");
  bind (self, "cached-percent", self->cached_adjustment, "value");
  bind (self, "cache-write-percent", self->cache_write_adjustment, "value");
  bind (self, "cache-write-long", self->cache_write_long_row, "active");
  bind (self, "images", self->images_adjustment, "value");
  bind (self, "image-width", self->image_width_adjustment, "value");
  bind (self, "image-height", self->image_height_adjustment, "value");
  bind (self, "image-low-detail", self->image_low_row, "active");
  bind (self, "calls", self->calls_adjustment, "value");
  bind (self, "date", self->date_row, "date");
  g_signal_connect_object (get_options (self), "changed", G_CALLBACK (options_changed_cb), self, G_CONNECT_SWAPPED);
  options_changed_cb (self);
}

static void
td_scenario_dialog_constructed (GObject *object)
{
  TdScenarioDialog *self = TD_SCENARIO_DIALOG (object);
  TdSettings *settings = td_comparison_get_settings (self->comparison);
  const char * const *codes = td_currency_get_offered ();

  G_OBJECT_CLASS (td_scenario_dialog_parent_class)->constructed (object);

  bind_rows (self);
  td_budget_group_set_up (self->budget_group, self->comparison, self->accounts);
  gtk_widget_set_visible (GTK_WIDGET (self->saved_group), settings != NULL);
  if (settings != NULL)
    {
      g_signal_connect_object (settings, "changed::" TD_SAVED_SCENARIOS_KEY, G_CALLBACK (saved_changed_cb), self,
                               G_CONNECT_SWAPPED);
      saved_changed_cb (self);
    }

  for (guint i = 0; codes[i]; i++)
    {
      GtkWidget *row;

      if (g_str_equal (codes[i], "USD"))
        continue;

      row = td_rate_row_new (self->comparison, codes[i]);
      adw_preferences_group_add (self->rates_group, row);
      g_ptr_array_add (self->rate_rows, row);
    }
}

static void
td_scenario_dialog_dispose (GObject *object)
{
  TdScenarioDialog *self = TD_SCENARIO_DIALOG (object);

  /* Rows that lose their models select nothing. */
  self->is_updating = TRUE;
  g_ptr_array_set_size (self->rate_rows, 0);
  g_ptr_array_set_size (self->saved_rows, 0);
  g_clear_object (&self->accounts);
  g_clear_object (&self->comparison);
  /* First: disposing of the template would unparent the child behind the dialog's back, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_SCENARIO_DIALOG);

  G_OBJECT_CLASS (td_scenario_dialog_parent_class)->dispose (object);
}

static void
td_scenario_dialog_finalize (GObject *object)
{
  TdScenarioDialog *self = TD_SCENARIO_DIALOG (object);

  g_clear_pointer (&self->rate_rows, g_ptr_array_unref);
  g_clear_pointer (&self->saved_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (td_scenario_dialog_parent_class)->finalize (object);
}

static void
td_scenario_dialog_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  TdScenarioDialog *self = TD_SCENARIO_DIALOG (object);

  switch (prop_id)
    {
    case PROP_COMPARISON:
      g_value_set_object (value, self->comparison);
      break;
    case PROP_ACCOUNTS:
      g_value_set_object (value, self->accounts);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_scenario_dialog_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  TdScenarioDialog *self = TD_SCENARIO_DIALOG (object);

  switch (prop_id)
    {
    case PROP_COMPARISON:
      self->comparison = g_value_dup_object (value);
      break;
    case PROP_ACCOUNTS:
      self->accounts = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, output_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, output_percent_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, reasoning_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, cached_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, cache_write_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, calls_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, images_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, image_width_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, image_height_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, output_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, image_width_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, image_height_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, cache_write_long_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, image_low_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, service_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, budget_group);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, save_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, saved_group);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, rates_group);
  gtk_widget_class_bind_template_callback (widget_class, service_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
td_scenario_dialog_class_init (TdScenarioDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = td_scenario_dialog_constructed;
  object_class->dispose = td_scenario_dialog_dispose;
  object_class->finalize = td_scenario_dialog_finalize;
  object_class->get_property = td_scenario_dialog_get_property;
  object_class->set_property = td_scenario_dialog_set_property;

  properties[PROP_COMPARISON] =
    g_param_spec_object ("comparison", NULL, NULL, TD_TYPE_COMPARISON,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNTS] =
    g_param_spec_object ("accounts", NULL, NULL, G_TYPE_LIST_MODEL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TD_TYPE_BUDGET_GROUP);
  g_type_ensure (TD_TYPE_DATE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-scenario-dialog.ui");
  bind_template (widget_class);
}

static void
td_scenario_dialog_init (TdScenarioDialog *self)
{
  self->rate_rows = g_ptr_array_new ();
  self->saved_rows = g_ptr_array_new ();

  self->is_updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_updating = FALSE;
}

/**
 * td_scenario_dialog_new:
 * @comparison: what the dialog changes
 * @accounts: (nullable) (element-type TdAccount): who can be asked for the credit that is left
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_scenario_dialog_new (TdComparison *comparison,
                        GListModel   *accounts)
{
  return g_object_new (TD_TYPE_SCENARIO_DIALOG, "comparison", comparison, "accounts", accounts, NULL);
}

/** Puts the cursor where the rate of a currency is typed. */
void
td_scenario_dialog_edit_rate (TdScenarioDialog *self,
                              const char       *code)
{
  g_return_if_fail (TD_IS_SCENARIO_DIALOG (self));

  for (guint i = 0; i < self->rate_rows->len; i++)
    {
      TdRateRow *row = g_ptr_array_index (self->rate_rows, i);

      if (g_strcmp0 (td_rate_row_get_code (row), code) == 0)
        td_rate_row_edit (row);
    }
}
