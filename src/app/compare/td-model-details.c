/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-text.h"
#include "app/compare/td-history-chart.h"
#include "app/compare/td-model-details.h"
#include "app/compare/td-price-text.h"
#include "pricing/td-format.h"

/* All there is to know about one model: what the text costs on it, its prices over time as a chart and as the same
 * numbers in words, facts and where they come from. The numbers of the text follow while the dialog is open. */

typedef enum
{
  VALUE_TOKENS,
  VALUE_INPUT_COST,
  VALUE_OUTPUT_COST,
  VALUE_TOTAL_COST,
  VALUE_THOUSAND_COST,
  VALUE_CALLS_COST,
  VALUE_BUDGET_CALLS,
  VALUE_RATIO,
  VALUE_CONTEXT,
  N_VALUES
} Value;

struct _TdModelDetails
{
  AdwDialog parent_instance;

  /* owned */
  TdComparison *comparison;
  TdModelRow *row;

  /* template */
  AdwWindowTitle *window_title;
  AdwPreferencesGroup *status_group;
  AdwActionRow *status_row;
  AdwPreferencesGroup *text_group;
  AdwSwitchRow *pin_row;
  AdwButtonRow *baseline_row;
  AdwPreferencesGroup *prices_group;
  GtkWidget *chart_box;
  TdHistoryChart *chart;
  AdwPreferencesGroup *facts_group;
  AdwPreferencesGroup *sources_group;

  /* borrowed from the groups */
  GtkLabel *values[N_VALUES];
  AdwActionRow *value_rows[N_VALUES];
  GtkLevelBar *context_bar;
};

G_DEFINE_FINAL_TYPE (TdModelDetails, td_model_details, ADW_TYPE_DIALOG)

enum
{
  PROP_0,
  PROP_COMPARISON,
  PROP_ROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Rows ------------------------------------------------------------------------------------------------------------- */

static AdwActionRow *
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle)
    adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_set_subtitle_selectable (row, TRUE);
  adw_preferences_group_add (group, GTK_WIDGET (row));

  return row;
}

static void
add_fact (TdModelDetails *self,
          const char     *title,
          const char     *value)
{
  if (value && *value)
    gtk_widget_add_css_class (GTK_WIDGET (add_row (self->facts_group, title, value)), "property");
}

static void
add_value (TdModelDetails *self,
           Value           value,
           const char     *title)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "numeric");
  self->value_rows[value] = add_row (self->text_group, title, NULL);
  self->values[value] = GTK_LABEL (label);
  adw_action_row_add_suffix (self->value_rows[value], label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->value_rows[value]),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
}

static void
add_values (TdModelDetails *self)
{
  add_value (self, VALUE_TOKENS, _("Tokens"));
  add_value (self, VALUE_INPUT_COST, _("Input"));
  add_value (self, VALUE_OUTPUT_COST, _("Expected Output"));
  add_value (self, VALUE_TOTAL_COST, _("Total"));
  add_value (self, VALUE_THOUSAND_COST, _("Per 1,000 Calls"));
  add_value (self, VALUE_CALLS_COST, _("Per Month"));
  add_value (self, VALUE_BUDGET_CALLS, _("Calls for the Budget"));
  add_value (self, VALUE_RATIO, _("Multiple of the Baseline"));
  add_value (self, VALUE_CONTEXT, _("Context Window"));

  self->context_bar = GTK_LEVEL_BAR (gtk_level_bar_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->context_bar), 80, -1);
  gtk_widget_set_valign (GTK_WIDGET (self->context_bar), GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->context_bar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (self->value_rows[VALUE_CONTEXT], GTK_WIDGET (self->context_bar));
}

/* Values ----------------------------------------------------------------------------------------------------------- */

static void
set_column (TdModelDetails  *self,
            Value            value,
            TdCompareColumn  column)
{
  g_autofree char *text = td_compare_text_column (column, self->row, self->comparison);

  gtk_label_set_text (self->values[value], text);
}

static void
update_tokens (TdModelDetails *self)
{
  g_autofree char *exactness = td_compare_text_exactness (self->row);

  set_column (self, VALUE_TOKENS, TD_COMPARE_COLUMN_TOKENS);
  adw_action_row_set_subtitle (self->value_rows[VALUE_TOKENS], exactness);
}

static void
update_context (TdModelDetails *self)
{
  const TdQuote *quote = td_model_row_get_quote (self->row);
  TdRatio share = td_quote_context_share (quote);
  g_autofree char *window = NULL;
  g_autofree char *used = NULL;
  g_autofree char *text = NULL;
  gboolean is_known;

  set_column (self, VALUE_CONTEXT, TD_COMPARE_COLUMN_CONTEXT_SHARE);
  is_known = share.denominator != 0 && td_model_row_get_token_state (self->row) == TD_ROW_TOKENS_COUNTED;
  gtk_widget_set_visible (GTK_WIDGET (self->context_bar), is_known);
  if (!is_known)
    {
      adw_action_row_set_subtitle (self->value_rows[VALUE_CONTEXT], "");
      return;
    }

  used = td_number_format (quote->context_used);
  window = td_number_format (quote->context_window);
  /* Translators: two numbers of tokens, as in "509 of 8,192 tokens" */
  text = g_strdup_printf (_("%s of %s tokens"), used, window);
  adw_action_row_set_subtitle (self->value_rows[VALUE_CONTEXT], text);
  gtk_level_bar_set_value (self->context_bar, MIN (1.0, (double) share.numerator / (double) share.denominator));
}

static void
update_calls (TdModelDetails *self)
{
  guint64 calls = td_comparison_get_calls (self->comparison);
  g_autofree char *number = td_number_format (calls);
  /* Translators: %s is a number, as in "1,000 calls" */
  g_autofree char *text = g_strdup_printf (ngettext ("%s call", "%s calls", MIN (calls, G_MAXULONG)), number);

  set_column (self, VALUE_CALLS_COST, TD_COMPARE_COLUMN_CALLS_COST);
  adw_action_row_set_subtitle (self->value_rows[VALUE_CALLS_COST], text);
  gtk_widget_set_visible (GTK_WIDGET (self->value_rows[VALUE_CALLS_COST]), calls > 0);
}

static void
update_budget (TdModelDetails *self)
{
  TdMoney budget = td_comparison_get_budget (self->comparison);
  g_autofree char *text = td_compare_text_budget (self->comparison);

  set_column (self, VALUE_BUDGET_CALLS, TD_COMPARE_COLUMN_BUDGET_CALLS);
  adw_action_row_set_subtitle (self->value_rows[VALUE_BUDGET_CALLS], text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->value_rows[VALUE_BUDGET_CALLS]), td_money_is_known (budget));
}

static void
update_status (TdModelDetails *self)
{
  g_autofree char *status = td_compare_text_status (self->row, td_comparison_get_scenario (self->comparison));
  const char *id = td_model_get_replacement (td_model_row_get_model (self->row));
  TdModelRow *replacement = id ? td_comparison_find_row (self->comparison, id) : NULL;
  const char *name = replacement ? td_model_get_name (td_model_row_get_model (replacement)) : id;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->status_group), status != NULL);
  if (!status)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->status_row), status);
  if (name)
    /* Translators: %s is the name of a model */
    subtitle = g_strdup_printf (_("The vendor points to %s instead"), name);
  adw_action_row_set_subtitle (self->status_row, subtitle ? subtitle : "");
}

static void
update_cb (TdModelDetails *self)
{
  g_autofree char *notes = td_compare_text_notes (self->row);
  gboolean is_baseline = td_model_row_get_is_baseline (self->row);

  update_status (self);
  update_tokens (self);
  set_column (self, VALUE_INPUT_COST, TD_COMPARE_COLUMN_INPUT_COST);
  set_column (self, VALUE_OUTPUT_COST, TD_COMPARE_COLUMN_OUTPUT_COST);
  set_column (self, VALUE_TOTAL_COST, TD_COMPARE_COLUMN_TOTAL_COST);
  adw_action_row_set_subtitle (self->value_rows[VALUE_TOTAL_COST], notes ? notes : "");
  set_column (self, VALUE_THOUSAND_COST, TD_COMPARE_COLUMN_THOUSAND_COST);
  update_calls (self);
  update_budget (self);
  set_column (self, VALUE_RATIO, TD_COMPARE_COLUMN_RATIO);
  update_context (self);

  adw_switch_row_set_active (self->pin_row, td_model_row_get_is_pinned (self->row));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->baseline_row),
                                 is_baseline ? _("This Is the Baseline") : _("Use as _Baseline"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->baseline_row), !is_baseline);
}

static void
pin_changed_cb (TdModelDetails *self)
{
  if (self->row)
    td_comparison_set_pinned (self->comparison, td_model_get_id (td_model_row_get_model (self->row)),
                              adw_switch_row_get_active (self->pin_row));
}

static void
baseline_cb (TdModelDetails *self)
{
  td_comparison_set_baseline (self->comparison, td_model_get_id (td_model_row_get_model (self->row)));
}

/* Prices ----------------------------------------------------------------------------------------------------------- */

static char *
format_axis (gint64   value,
             gpointer user_data)
{
  return td_currency_format_price (user_data, value);
}

static void
show_chart (TdModelDetails *self)
{
  TdModel *model = td_model_row_get_model (self->row);
  const TdCurrency *currency = td_comparison_get_currency (self->comparison);
  g_autoptr (GArray) steps = td_price_text_get_steps (model, td_date_today ());
  g_autofree char *description = td_price_text_describe (model, currency);

  td_history_chart_set_steps (self->chart, (TdHistoryStep *) steps->data, steps->len,
                              format_axis, g_memdup2 (currency, sizeof *currency), g_free);
  gtk_widget_set_visible (self->chart_box, td_history_chart_get_n_steps (self->chart) > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Price history"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
add_prices (TdModelDetails *self)
{
  TdModel *model = td_model_row_get_model (self->row);
  const TdCurrency *currency = td_comparison_get_currency (self->comparison);
  guint n_prices = td_model_get_n_prices (model);

  if (n_prices == 0)
    add_row (self->prices_group, _("No price is known"),
             td_model_get_kind (model) == TD_MODEL_KIND_OPEN_WEIGHTS
               ? _("The weights are open: what it costs depends on where it runs") : NULL);

  /* The latest first. */
  for (guint i = n_prices; i-- > 0;)
    {
      const TdPricePeriod *period = td_model_get_price (model, i);
      g_autofree char *title = td_price_text_period (period);
      g_autofree char *subtitle = td_price_text_prices (period, currency);

      add_row (self->prices_group, title, subtitle);
    }
}

/* Facts ------------------------------------------------------------------------------------------------------------ */

static char *
format_size (guint64 tokens)
{
  g_autofree char *number = td_number_format (tokens);

  if (tokens == 0)
    return NULL;

  /* Translators: %s is a number */
  return g_strdup_printf (ngettext ("%s token", "%s tokens", MIN (tokens, G_MAXULONG)), number);
}

static char *
format_date (TdDate date)
{
  return td_date_is_set (date) ? td_date_format (date) : NULL;
}

static const char *
get_kind (TdModel *model)
{
  switch (td_model_get_kind (model))
    {
    case TD_MODEL_KIND_CHAT:
      /* Translators: kinds of models */
      return _("Chat");
    case TD_MODEL_KIND_REASONING:
      return _("Reasoning");
    case TD_MODEL_KIND_COMPLETION:
      return _("Completion");
    case TD_MODEL_KIND_EMBEDDING:
      return _("Embedding");
    case TD_MODEL_KIND_OPEN_WEIGHTS:
    default:
      return _("Open weights");
    }
}

static void
add_facts (TdModelDetails *self)
{
  TdModel *model = td_model_row_get_model (self->row);
  const char * const *aliases = td_model_get_aliases (model);
  g_autofree char *names = aliases ? g_strjoinv (", ", (char **) aliases) : NULL;
  g_autofree char *window = format_size (td_model_get_context_window (model));
  g_autofree char *max_input = format_size (td_model_get_max_input (model));
  g_autofree char *max_output = format_size (td_model_get_max_output (model));
  g_autofree char *cutoff = format_date (td_model_get_knowledge_cutoff (model));
  g_autofree char *released = format_date (td_model_get_released (model));
  g_autofree char *shutdown = format_date (td_model_get_shutdown (model));

  add_fact (self, _("Vendor"), td_model_get_vendor_name (model));
  add_fact (self, _("Name in Requests"), td_model_get_id (model));
  add_fact (self, _("Other Names"), names);
  add_fact (self, _("Kind"), get_kind (model));
  add_fact (self, _("Encoding"), td_model_get_encoding (model));
  add_fact (self, _("Context Window"), window);
  add_fact (self, _("Longest Input"), max_input);
  add_fact (self, _("Longest Output"), max_output);
  add_fact (self, _("Knowledge Cutoff"), cutoff);
  add_fact (self, _("Released"), released);
  add_fact (self, _("Shutdown"), shutdown);
  add_fact (self, _("Note"), td_model_get_note (model));
}

static void
add_source (TdModelDetails *self,
            GHashTable     *seen,
            const char     *key)
{
  TdCatalogue *catalogue = td_comparison_get_catalogue (self->comparison);
  g_autofree char *text = td_catalogue_dup_source_text (catalogue, key);
  const char *url = td_catalogue_get_source_url (catalogue, key);
  AdwActionRow *row;

  if (!g_hash_table_add (seen, (char *) key))
    return;

  row = add_row (self->sources_group, text ? text : key, NULL);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  if (url)
    {
      GtkWidget *link = gtk_link_button_new (url);
      g_autofree char *label = g_strdup_printf (_("Open %s"), url);

      gtk_button_set_icon_name (GTK_BUTTON (link), "adw-external-link-symbolic");
      gtk_widget_set_tooltip_text (link, label);
      gtk_widget_set_valign (link, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (row, link);
    }
}

static void
add_sources (TdModelDetails *self)
{
  TdModel *model = td_model_row_get_model (self->row);
  const char * const *sources = td_model_get_sources (model);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = td_model_get_n_prices (model); i-- > 0;)
    {
      const TdPricePeriod *period = td_model_get_price (model, i);

      for (guint j = 0; period->sources && period->sources[j]; j++)
        add_source (self, seen, period->sources[j]);
    }
  for (guint i = 0; sources && sources[i]; i++)
    add_source (self, seen, sources[i]);

  gtk_widget_set_visible (GTK_WIDGET (self->sources_group), g_hash_table_size (seen) > 0);
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_model_details_constructed (GObject *object)
{
  TdModelDetails *self = TD_MODEL_DETAILS (object);
  TdModel *model = td_model_row_get_model (self->row);

  G_OBJECT_CLASS (td_model_details_parent_class)->constructed (object);

  adw_dialog_set_title (ADW_DIALOG (self), td_model_get_name (model));
  adw_window_title_set_title (self->window_title, td_model_get_name (model));
  adw_window_title_set_subtitle (self->window_title, td_model_get_vendor_name (model));

  add_values (self);
  show_chart (self);
  add_prices (self);
  add_facts (self);
  add_sources (self);

  g_signal_connect_object (self->row, "changed", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
}

static void
td_model_details_dispose (GObject *object)
{
  TdModelDetails *self = TD_MODEL_DETAILS (object);

  g_clear_object (&self->row);
  g_clear_object (&self->comparison);
  /* First: disposing of the template would unparent the child behind the dialog's back, and it would stay for ever. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_MODEL_DETAILS);

  G_OBJECT_CLASS (td_model_details_parent_class)->dispose (object);
}

static void
td_model_details_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TdModelDetails *self = TD_MODEL_DETAILS (object);

  switch (prop_id)
    {
    case PROP_COMPARISON:
      g_value_set_object (value, self->comparison);
      break;
    case PROP_ROW:
      g_value_set_object (value, self->row);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_model_details_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TdModelDetails *self = TD_MODEL_DETAILS (object);

  switch (prop_id)
    {
    case PROP_COMPARISON:
      self->comparison = g_value_dup_object (value);
      break;
    case PROP_ROW:
      self->row = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_model_details_class_init (TdModelDetailsClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = td_model_details_constructed;
  object_class->dispose = td_model_details_dispose;
  object_class->get_property = td_model_details_get_property;
  object_class->set_property = td_model_details_set_property;

  properties[PROP_COMPARISON] = g_param_spec_object ("comparison", NULL, NULL, TD_TYPE_COMPARISON, flags);
  properties[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, TD_TYPE_MODEL_ROW, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TD_TYPE_HISTORY_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-model-details.ui");
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, window_title);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, status_group);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, status_row);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, text_group);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, pin_row);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, baseline_row);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, prices_group);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, chart_box);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, chart);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, facts_group);
  gtk_widget_class_bind_template_child (widget_class, TdModelDetails, sources_group);
  gtk_widget_class_bind_template_callback (widget_class, pin_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, baseline_cb);
}

static void
td_model_details_init (TdModelDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_model_details_new:
 * @comparison: the comparison
 * @row: one of its rows
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_model_details_new (TdComparison *comparison,
                      TdModelRow   *row)
{
  return g_object_new (TD_TYPE_MODEL_DETAILS, "comparison", comparison, "row", row, NULL);
}
