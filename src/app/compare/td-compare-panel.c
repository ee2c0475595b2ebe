/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-menus.h"
#include "app/compare/td-compare-panel.h"
#include "app/compare/td-compare-report.h"
#include "app/compare/td-model-details.h"
#include "app/compare/td-overlay-dialog.h"
#include "app/compare/td-refresh-dialog.h"
#include "app/compare/td-scenario-dialog.h"
#include "app/compare/td-scenario-text.h"
#include "app/td-application.h"

/* The comparison beside the text or in the sheet below it: currency, search and menu, the expected output, the table,
 * and whose prices these are.
 *
 * It fits any width from 320 px up: the table is told by breakpoints how many columns it may show. The panel counts
 * nothing itself, and opens a network connection only when the user asks for other prices. */

#define HANDLE_HEIGHT 12

struct _TdComparePanel
{
  AdwBin parent_instance;

  /* owned */
  TdDocument *document;
  TdSettings *settings;
  TdCatalogue *catalogue;
  TdComparison *comparison;
  GSimpleActionGroup *view_actions;
  GSimpleAction *currency_action;

  /* template */
  AdwToastOverlay *toasts;
  GtkWidget *toolbar;
  GtkMenuButton *currency_button;
  GtkMenuButton *menu_button;
  GtkMenuButton *filter_button;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  AdwBanner *scenario_banner;
  AdwBanner *overlay_banner;
  GtkAdjustment *output_adjustment;
  TdCompareTable *table;
  GtkLabel *date_label;
  GtkLabel *rate_label;
  GtkLabel *budget_label;
};

G_DEFINE_FINAL_TYPE (TdComparePanel, td_compare_panel, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SETTINGS,
  PROP_CATALOGUE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show_toast (TdComparePanel *self,
            const char     *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* What is shown besides the table ---------------------------------------------------------------------------------- */

/* The day of the catalogue, and how much of it is not the catalogue's. */
static char *
get_as_of_text (TdComparePanel *self)
{
  TdOverlay *overlay = td_catalogue_get_overlay (self->catalogue);
  guint n_changes = overlay != NULL ? g_list_model_get_n_items (G_LIST_MODEL (overlay)) : 0;
  g_autofree char *date = td_date_format (td_catalogue_get_as_of (self->catalogue));

  if (n_changes == 0)
    /* Translators: %s is a date */
    return g_strdup_printf (_("Prices as of %s"), date);

  /* Translators: %1$s is a date, %2$u how many prices and models the user has changed or added */
  return g_strdup_printf (ngettext ("Prices as of %1$s, %2$u changed by you", "Prices as of %1$s, %2$u changed by you",
                                    n_changes),
                          date, n_changes);
}

/* A label of the last lines, which is there only while it has something to say. */
static void
set_note (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
updated_cb (TdComparePanel *self)
{
  const TdCurrency *currency = td_comparison_get_currency (self->comparison);
  TdOverlay *overlay = td_catalogue_get_overlay (self->catalogue);
  g_autofree char *scenario = td_scenario_text_summary (td_comparison_get_options (self->comparison));
  g_autofree char *as_of = get_as_of_text (self);
  g_autofree char *budget = td_compare_text_budget (self->comparison);
  g_autofree char *rate = NULL;
  g_autofree char *code = NULL;

  if (*scenario)
    adw_banner_set_title (self->scenario_banner, scenario);
  adw_banner_set_revealed (self->scenario_banner, *scenario != '\0');

  adw_banner_set_revealed (self->overlay_banner, overlay != NULL && td_overlay_is_damaged (overlay));

  gtk_label_set_text (self->date_label, as_of);

  if (td_comparison_lacks_rate (self->comparison))
    {
      g_object_get (self->comparison, "currency", &code, NULL);
      /* Translators: %s is the code of a currency */
      rate = g_strdup_printf (_("Set a rate for %s to see amounts in it"), code);
    }
  else if (!td_currency_is_usd (currency))
    rate = td_compare_text_rate (currency);
  set_note (self->rate_label, rate);
  set_note (self->budget_label, budget);
}

static void
currency_changed_cb (TdComparePanel *self)
{
  g_autofree char *code = NULL;
  g_autofree char *label = NULL;

  g_object_get (self->comparison, "currency", &code, NULL);
  gtk_menu_button_set_label (self->currency_button, code);
  /* Translators: %s is the code of a currency */
  label = g_strdup_printf (_("Currency: %s"), code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->currency_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  g_simple_action_set_state (self->currency_action, g_variant_new_string (code));
}

/* Other windows follow the choice through the settings; only the one where it was made asks for a missing rate. */
static void
change_currency_cb (GSimpleAction  *action,
                    GVariant       *state,
                    TdComparePanel *self)
{
  g_object_set (self->comparison, "currency", g_variant_get_string (state, NULL), NULL);
  if (td_comparison_lacks_rate (self->comparison))
    gtk_widget_activate_action (GTK_WIDGET (self), "compare.scenario", NULL);
}

static void
catalogue_changed_cb (TdComparePanel *self)
{
  g_autoptr (GMenu) menu = td_compare_menus_new_filter (self->catalogue);

  gtk_menu_button_set_menu_model (self->filter_button, G_MENU_MODEL (menu));
}

static void
set_up_menus (TdComparePanel *self)
{
  g_autoptr (GMenu) currency = td_compare_menus_new_currency ();
  g_autoptr (GMenu) main_menu = td_compare_menus_new_main (td_compare_table_get_choice (self->table));

  gtk_menu_button_set_menu_model (self->currency_button, G_MENU_MODEL (currency));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (main_menu));
  catalogue_changed_cb (self);
}

static void
add_property_action (TdComparePanel *self,
                     gpointer        object,
                     const char     *name)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, name);

  g_action_map_add_action (G_ACTION_MAP (self->view_actions), G_ACTION (action));
}

/* Actions ---------------------------------------------------------------------------------------------------------- */

static void
row_activated_cb (TdComparePanel *self,
                  TdModelRow     *row)
{
  adw_dialog_present (td_model_details_new (self->comparison, row), GTK_WIDGET (self));
}

/* Only now: making them asks the keyring for their keys. */
static GListModel *
get_accounts (TdComparePanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkApplication *application = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;

  return TD_IS_APPLICATION (application) ? td_application_get_accounts (TD_APPLICATION (application)) : NULL;
}

static void
scenario_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  TdComparePanel *self = TD_COMPARE_PANEL (widget);
  AdwDialog *dialog = td_scenario_dialog_new (self->comparison, get_accounts (self));

  adw_dialog_present (dialog, widget);
  if (td_comparison_lacks_rate (self->comparison))
    {
      g_autofree char *code = NULL;

      g_object_get (self->comparison, "currency", &code, NULL);
      td_scenario_dialog_edit_rate (TD_SCENARIO_DIALOG (dialog), code);
    }
}

static void
reset_scenario_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  TdComparePanel *self = TD_COMPARE_PANEL (widget);

  td_scenario_options_reset (td_comparison_get_options (self->comparison));
}

static void
show_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  TdComparePanel *self = TD_COMPARE_PANEL (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  g_object_set (td_compare_table_get_filter (self->table),
                "search", "", "vendor", "", "hide-unavailable", FALSE, "exact-only", FALSE, "price-range", "",
                "min-context", 0, NULL);
}

static void
refresh_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  TdComparePanel *self = TD_COMPARE_PANEL (widget);
  g_autoptr (TdHttpClient) http_client = td_http_client_new ();
  g_autofree char *cache_path = td_price_refresh_dup_cache_path ();
  g_autoptr (TdPriceRefresh) refresh = td_price_refresh_new (http_client, cache_path);
  g_autofree char *url = td_settings_get_string (self->settings, "price-feed-url");

  adw_dialog_present (td_refresh_dialog_new (self->catalogue, refresh, *url != '\0' ? url : TD_PRICE_REFRESH_DEFAULT_URL),
                      widget);
}

static void
overlay_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  adw_dialog_present (td_overlay_dialog_new (TD_COMPARE_PANEL (widget)->catalogue), widget);
}

static void
show_overlay_file_action (GtkWidget  *widget,
                          const char *name,
                          GVariant   *parameter)
{
  TdOverlay *overlay = td_catalogue_get_overlay (TD_COMPARE_PANEL (widget)->catalogue);
  g_autoptr (GFile) file = g_file_new_for_path (td_overlay_get_path (overlay));
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL, NULL);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TdComparePanel *self = TD_COMPARE_PANEL (widget);
  g_autofree char *text = NULL;

  if (td_comparison_is_counting (self->comparison))
    {
      show_toast (self, _("The text is still being counted"));
      return;
    }

  text = td_compare_report_write (self->table, g_variant_get_string (parameter, NULL));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  show_toast (self, _("Table copied"));
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdComparePanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  /* Closed meanwhile. */
  if (self->comparison == NULL)
    return;

  if (td_compare_report_export_finish (TD_COMPARE_TABLE (source), result, &error))
    {
      show_toast (self, _("Table exported"));
    }
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    {
      /* Translators: %s is the reason, as the system gives it */
      text = g_strdup_printf (_("The table could not be exported: %s"), error->message);
      show_toast (self, text);
    }
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TdComparePanel *self = TD_COMPARE_PANEL (widget);

  if (td_comparison_is_counting (self->comparison))
    {
      show_toast (self, _("The text is still being counted"));
      return;
    }

  td_compare_report_export_async (self->table, g_variant_get_string (parameter, NULL),
                                  GTK_WINDOW (gtk_widget_get_root (widget)), exported_cb, g_object_ref (self));
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
bind_settings (TdComparePanel *self)
{
  TdRowFilter *filter = td_compare_table_get_filter (self->table);

  td_settings_bind (self->settings, "compare-vendor", filter, "vendor", G_SETTINGS_BIND_DEFAULT);
  td_settings_bind (self->settings, "compare-available-only", filter, "hide-unavailable", G_SETTINGS_BIND_DEFAULT);
  td_settings_bind (self->settings, "compare-exact-only", filter, "exact-only", G_SETTINGS_BIND_DEFAULT);
  td_settings_bind (self->settings, "compare-price-range", filter, "price-range", G_SETTINGS_BIND_DEFAULT);
  td_settings_bind (self->settings, "compare-min-context", filter, "min-context", G_SETTINGS_BIND_DEFAULT);
}

static void
td_compare_panel_constructed (GObject *object)
{
  TdComparePanel *self = TD_COMPARE_PANEL (object);
  TdRowFilter *filter = td_compare_table_get_filter (self->table);
  TdScenarioOptions *options;

  G_OBJECT_CLASS (td_compare_panel_parent_class)->constructed (object);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.refresh",
                                 self->settings != NULL && td_catalogue_get_overlay (self->catalogue) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.overlay",
                                 td_catalogue_get_overlay (self->catalogue) != NULL);
  self->comparison = td_comparison_new (self->document, self->settings, self->catalogue);
  options = td_comparison_get_options (self->comparison);
  td_compare_table_set_comparison (self->table, self->comparison);
  if (self->settings)
    bind_settings (self);

  g_signal_connect_object (self->currency_action, "change-state", G_CALLBACK (change_currency_cb), self, 0);
  add_property_action (self, filter, "vendor");
  add_property_action (self, filter, "hide-unavailable");
  add_property_action (self, filter, "exact-only");
  add_property_action (self, filter, "price-range");
  add_property_action (self, filter, "min-context");
  set_up_menus (self);

  g_object_bind_property (options, "output-tokens", self->output_adjustment, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->search_entry, "text", filter, "search", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->catalogue, "items-changed", G_CALLBACK (catalogue_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "notify::currency", G_CALLBACK (currency_changed_cb), self,
                           G_CONNECT_SWAPPED);
  updated_cb (self);
  currency_changed_cb (self);
}

/* The handle of a bottom sheet lies over its content. A style rule would come too late when the panel moves from the
 * side into the sheet: its size is asked for before its style is looked up again. */
static void
td_compare_panel_root (GtkWidget *widget)
{
  TdComparePanel *self = TD_COMPARE_PANEL (widget);
  gboolean is_in_sheet = gtk_widget_get_ancestor (widget, ADW_TYPE_BOTTOM_SHEET) != NULL;

  GTK_WIDGET_CLASS (td_compare_panel_parent_class)->root (widget);

  gtk_widget_set_margin_top (self->toolbar, is_in_sheet ? HANDLE_HEIGHT : 0);
}

static void
td_compare_panel_dispose (GObject *object)
{
  TdComparePanel *self = TD_COMPARE_PANEL (object);

  /* First: disposing of the template would unparent a named child behind the bin's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_COMPARE_PANEL);
  g_clear_object (&self->currency_action);
  g_clear_object (&self->view_actions);
  g_clear_object (&self->comparison);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->settings);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (td_compare_panel_parent_class)->dispose (object);
}

static void
td_compare_panel_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TdComparePanel *self = TD_COMPARE_PANEL (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_CATALOGUE:
      g_value_set_object (value, self->catalogue);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_compare_panel_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TdComparePanel *self = TD_COMPARE_PANEL (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      self->document = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_CATALOGUE:
      self->catalogue = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_compare_panel_class_init (TdComparePanelClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = td_compare_panel_constructed;
  object_class->dispose = td_compare_panel_dispose;
  object_class->get_property = td_compare_panel_get_property;
  object_class->set_property = td_compare_panel_set_property;

  widget_class->root = td_compare_panel_root;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, TD_TYPE_DOCUMENT, flags);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, TD_TYPE_SETTINGS, flags);
  properties[PROP_CATALOGUE] = g_param_spec_object ("catalogue", NULL, NULL, TD_TYPE_CATALOGUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TD_TYPE_COMPARE_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-compare-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, toolbar);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, currency_button);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, filter_button);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, search_bar);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, search_entry);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, scenario_banner);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, overlay_banner);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, output_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, table);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, date_label);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, rate_label);
  gtk_widget_class_bind_template_child (widget_class, TdComparePanel, budget_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "compare.scenario", NULL, scenario_action);
  gtk_widget_class_install_action (widget_class, "compare.reset-scenario", NULL, reset_scenario_action);
  gtk_widget_class_install_action (widget_class, "compare.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "compare.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "compare.overlay", NULL, overlay_action);
  gtk_widget_class_install_action (widget_class, "compare.show-overlay-file", NULL, show_overlay_file_action);
  gtk_widget_class_install_action (widget_class, "compare.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "compare.export", "s", export_action);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
td_compare_panel_init (TdComparePanel *self)
{
  self->view_actions = g_simple_action_group_new ();
  self->currency_action = g_simple_action_new_stateful ("currency", G_VARIANT_TYPE_STRING,
                                                        g_variant_new_string ("USD"));
  g_action_map_add_action (G_ACTION_MAP (self->view_actions), G_ACTION (self->currency_action));

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare-view", G_ACTION_GROUP (self->view_actions));
  /* The menus of the panel reach the table's own actions. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare-columns",
                                  td_column_choice_get_actions (td_compare_table_get_choice (self->table)));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (td_compare_table_get_view (self->table)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Comparison"), -1);
}

/**
 * td_compare_panel_new:
 * @document: the text
 * @settings: (nullable): where the user's choices are kept
 * @catalogue: the models
 *
 * Returns: (transfer floating): a panel
 */
GtkWidget *
td_compare_panel_new (TdDocument  *document,
                      TdSettings  *settings,
                      TdCatalogue *catalogue)
{
  return g_object_new (TD_TYPE_COMPARE_PANEL,
                       "document", document,
                       "settings", settings,
                       "catalogue", catalogue,
                       NULL);
}

/** Returns: (transfer none): the numbers behind the panel */
TdComparison *
td_compare_panel_get_comparison (TdComparePanel *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_PANEL (self), NULL);

  return self->comparison;
}

/** Returns: (transfer none): the table */
TdCompareTable *
td_compare_panel_get_table (TdComparePanel *self)
{
  g_return_val_if_fail (TD_IS_COMPARE_PANEL (self), NULL);

  return self->table;
}
