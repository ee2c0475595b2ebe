/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-comparison.h"
#include "app/compare/td-rate-row.h"
#include "app/preferences/td-feed-url-row.h"
#include "app/preferences/td-general-page.h"

/*
 * TdGeneralPage:
 *
 * What the user can choose besides accounts. The rows show the settings and change them at once.
 *
 * What belongs to the comparison goes through a comparison of the page's own, without a document, so that the same
 * rules hold here and beside the text.
 */
struct _TdGeneralPage
{
  AdwPreferencesPage parent_instance;

  /* owned */
  TdSettings *settings;
  TdCatalogue *catalogue;
  TdComparison *comparison;

  /* template */
  AdwComboRow *scheme_row;
  AdwSwitchRow *font_row;
  AdwSwitchRow *boundaries_row;
  AdwSwitchRow *drafts_row;
  AdwComboRow *baseline_row;
  GtkAdjustment *output_adjustment;
  AdwComboRow *currency_row;
  AdwPreferencesGroup *feed_group;
  AdwPreferencesGroup *rates_group;

  /* While rows are being brought up to date they don't say what the user selected. */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (TdGeneralPage, td_general_page, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  PROP_0,
  PROP_SETTINGS,
  PROP_CATALOGUE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* In the order of the row's model. */
static const char * const color_schemes[] = { "default", "light", "dark" };

static void
select_row (TdGeneralPage *self,
            AdwComboRow   *row,
            guint          position)
{
  self->is_updating = TRUE;
  adw_combo_row_set_selected (row, position);
  self->is_updating = FALSE;
}

static void
scheme_changed_cb (TdGeneralPage *self)
{
  g_autofree char *scheme = td_settings_get_string (self->settings, "color-scheme");

  for (guint i = 0; i < G_N_ELEMENTS (color_schemes); i++)
    {
      if (g_str_equal (scheme, color_schemes[i]))
        select_row (self, self->scheme_row, i);
    }
}

static void
scheme_selected_cb (TdGeneralPage *self)
{
  guint position = adw_combo_row_get_selected (self->scheme_row);

  if (!self->is_updating && position < G_N_ELEMENTS (color_schemes))
    td_settings_set_string (self->settings, "color-scheme", color_schemes[position]);
}

static void
baseline_changed_cb (TdGeneralPage *self)
{
  TdModelRow *row = td_comparison_get_baseline_row (self->comparison);
  TdModel *baseline = row != NULL ? td_model_row_get_model (row) : NULL;
  guint n_models = g_list_model_get_n_items (G_LIST_MODEL (self->catalogue));
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (G_LIST_MODEL (self->catalogue), i);

      if (model == baseline)
        position = i;
    }

  select_row (self, self->baseline_row, position);
}

static void
baseline_selected_cb (TdGeneralPage *self)
{
  TdModel *model = adw_combo_row_get_selected_item (self->baseline_row);

  if (!self->is_updating && model != NULL)
    td_comparison_set_baseline (self->comparison, td_model_get_id (model));
}

static void
currency_changed_cb (TdGeneralPage *self)
{
  const char * const *codes = td_currency_get_offered ();
  g_autofree char *code = NULL;

  g_object_get (self->comparison, "currency", &code, NULL);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (g_str_equal (code, codes[i]))
        select_row (self, self->currency_row, i);
    }
}

static void
currency_selected_cb (TdGeneralPage *self)
{
  GtkStringObject *code = adw_combo_row_get_selected_item (self->currency_row);

  if (!self->is_updating && code != NULL)
    g_object_set (self->comparison, "currency", gtk_string_object_get_string (code), NULL);
}

static void
fill_currencies (TdGeneralPage *self)
{
  const char * const *codes = td_currency_get_offered ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (codes);

  self->is_updating = TRUE;
  adw_combo_row_set_model (self->currency_row, G_LIST_MODEL (list));
  adw_combo_row_set_model (self->baseline_row, G_LIST_MODEL (self->catalogue));
  self->is_updating = FALSE;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (!g_str_equal (codes[i], "USD"))
        adw_preferences_group_add (self->rates_group, td_rate_row_new (self->comparison, codes[i]));
    }
}

static void
td_general_page_constructed (GObject *object)
{
  TdGeneralPage *self = TD_GENERAL_PAGE (object);

  G_OBJECT_CLASS (td_general_page_parent_class)->constructed (object);

  self->comparison = td_comparison_new (NULL, self->settings, self->catalogue);

  td_settings_bind (self->settings, "use-document-font", self->font_row, "active", G_SETTINGS_BIND_DEFAULT);
  td_settings_bind (self->settings, "show-token-boundaries", self->boundaries_row, "active", G_SETTINGS_BIND_DEFAULT);
  td_settings_bind (self->settings, "keep-drafts", self->drafts_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (scheme_changed_cb), self,
                           G_CONNECT_SWAPPED);
  scheme_changed_cb (self);

  fill_currencies (self);
  adw_preferences_group_add (self->feed_group, td_feed_url_row_new (self->settings));
  g_object_bind_property (td_comparison_get_options (self->comparison), "output-tokens",
                          self->output_adjustment, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->comparison, "notify::baseline", G_CALLBACK (baseline_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "notify::currency", G_CALLBACK (currency_changed_cb), self,
                           G_CONNECT_SWAPPED);
  baseline_changed_cb (self);
  currency_changed_cb (self);
}

static void
td_general_page_dispose (GObject *object)
{
  TdGeneralPage *self = TD_GENERAL_PAGE (object);

  /* Rows that lose their models select nothing. */
  self->is_updating = TRUE;
  g_clear_object (&self->comparison);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->settings);

  /* The template goes with the parent class, whose dispose() still needs it. */
  G_OBJECT_CLASS (td_general_page_parent_class)->dispose (object);
}

static void
td_general_page_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TdGeneralPage *self = TD_GENERAL_PAGE (object);

  switch (property_id)
    {
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_CATALOGUE:
      g_value_set_object (value, self->catalogue);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_general_page_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TdGeneralPage *self = TD_GENERAL_PAGE (object);

  switch (property_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_CATALOGUE:
      self->catalogue = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_general_page_class_init (TdGeneralPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = td_general_page_constructed;
  object_class->dispose = td_general_page_dispose;
  object_class->get_property = td_general_page_get_property;
  object_class->set_property = td_general_page_set_property;

  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, TD_TYPE_SETTINGS, flags);
  properties[PROP_CATALOGUE] = g_param_spec_object ("catalogue", NULL, NULL, TD_TYPE_CATALOGUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TD_TYPE_MODEL);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/preferences/td-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, font_row);
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, boundaries_row);
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, drafts_row);
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, baseline_row);
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, output_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, currency_row);
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, feed_group);
  gtk_widget_class_bind_template_child (widget_class, TdGeneralPage, rates_group);
  gtk_widget_class_bind_template_callback (widget_class, scheme_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, baseline_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, currency_selected_cb);
}

static void
td_general_page_init (TdGeneralPage *self)
{
  self->is_updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_updating = FALSE;
}

/**
 * td_general_page_new:
 * @settings: the settings to show and change
 * @catalogue: the models to choose from
 *
 * Returns: (transfer floating): a page
 */
AdwPreferencesPage *
td_general_page_new (TdSettings  *settings,
                     TdCatalogue *catalogue)
{
  return g_object_new (TD_TYPE_GENERAL_PAGE, "settings", settings, "catalogue", catalogue, NULL);
}
