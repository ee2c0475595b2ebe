/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-date-row.h"
#include "app/compare/td-rate-row.h"
#include "app/compare/td-scenario-dialog.h"

/* What is done with the text, at the prices of which day, in which money. Every row is bound to the comparison, so the
 * table behind the dialog follows at once and there is nothing to confirm. */

struct _TdScenarioDialog
{
  AdwDialog parent_instance;

  /* owned */
  TdComparison *comparison;
  GPtrArray *rate_rows; /* borrowed from the template */

  /* template */
  GtkAdjustment *output_adjustment;
  GtkAdjustment *reasoning_adjustment;
  GtkAdjustment *cached_adjustment;
  GtkAdjustment *calls_adjustment;
  AdwSwitchRow *batch_row;
  TdDateRow *date_row;
  AdwPreferencesGroup *rates_group;
};

G_DEFINE_FINAL_TYPE (TdScenarioDialog, td_scenario_dialog, ADW_TYPE_DIALOG)

enum
{
  PROP_0,
  PROP_COMPARISON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
bind (TdScenarioDialog *self,
      const char       *property,
      gpointer          target,
      const char       *target_property)
{
  g_object_bind_property (self->comparison, property, target, target_property,
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
td_scenario_dialog_constructed (GObject *object)
{
  TdScenarioDialog *self = TD_SCENARIO_DIALOG (object);
  const char * const *codes = td_currency_get_offered ();

  G_OBJECT_CLASS (td_scenario_dialog_parent_class)->constructed (object);

  bind (self, "output-tokens", self->output_adjustment, "value");
  bind (self, "reasoning-tokens", self->reasoning_adjustment, "value");
  bind (self, "cached-percent", self->cached_adjustment, "value");
  bind (self, "calls", self->calls_adjustment, "value");
  bind (self, "batch", self->batch_row, "active");
  bind (self, "date", self->date_row, "date");

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

  g_ptr_array_set_size (self->rate_rows, 0);
  g_clear_object (&self->comparison);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_SCENARIO_DIALOG);

  G_OBJECT_CLASS (td_scenario_dialog_parent_class)->dispose (object);
}

static void
td_scenario_dialog_finalize (GObject *object)
{
  TdScenarioDialog *self = TD_SCENARIO_DIALOG (object);

  g_clear_pointer (&self->rate_rows, g_ptr_array_unref);

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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
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
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TD_TYPE_DATE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-scenario-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, output_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, reasoning_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, cached_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, calls_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, batch_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, TdScenarioDialog, rates_group);
}

static void
td_scenario_dialog_init (TdScenarioDialog *self)
{
  self->rate_rows = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_scenario_dialog_new:
 * @comparison: what the dialog changes
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_scenario_dialog_new (TdComparison *comparison)
{
  return g_object_new (TD_TYPE_SCENARIO_DIALOG, "comparison", comparison, NULL);
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
