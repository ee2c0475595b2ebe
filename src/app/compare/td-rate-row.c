/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-text.h"
#include "app/compare/td-date-row.h"
#include "app/compare/td-rate-row.h"

/* The exchange rate of one currency: what it is and of which day; opened, both can be changed. A new rate is of today
 * until the user says otherwise. */

struct _TdRateRow
{
  AdwExpanderRow parent_instance;

  /* owned */
  TdComparison *comparison;
  char *code;

  /* template */
  AdwEntryRow *rate_entry;
  TdDateRow *date_row;

  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (TdRateRow, td_rate_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  PROP_0,
  PROP_COMPARISON,
  PROP_CODE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *
get_name (const char *code)
{
  static const struct
  {
    const char *code;
    const char *name;
  } names[] = {
    { "CNY", N_("Chinese yuan") },
    { "EUR", N_("Euro") },
    { "GBP", N_("Pound sterling") },
    { "JPY", N_("Japanese yen") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].code, code))
        return _(names[i].name);
    }

  return code;
}

/* What was typed, with the decimal point that the parser wants. */
static char *
read_rate (TdRateRow *self)
{
  char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rate_entry)));

  g_strdelimit (g_strstrip (text), ",", '.');

  return text;
}

static gboolean
is_rate (TdRateRow  *self,
         const char *text)
{
  TdCurrency currency;

  return td_currency_init (&currency, self->code, text, TD_DATE_NONE);
}

static void
update (TdRateRow *self)
{
  TdCurrency currency;
  gboolean has_rate = td_comparison_get_rate (self->comparison, self->code, &currency);
  g_autofree char *subtitle = has_rate ? td_compare_text_rate (&currency) : g_strdup (_("No rate set"));
  g_autofree char *rate = has_rate ? td_currency_rate_to_decimal (&currency) : g_strdup ("");
  char date[TD_DATE_ISO_SIZE] = "";

  if (has_rate)
    td_date_to_iso (currency.rate_date, date);

  self->is_updating = TRUE;
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  adw_entry_row_set_show_apply_button (self->rate_entry, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->rate_entry), rate);
  adw_entry_row_set_show_apply_button (self->rate_entry, TRUE);
  td_date_row_set_date (self->date_row, date);
  gtk_widget_set_sensitive (GTK_WIDGET (self->date_row), has_rate);
  self->is_updating = FALSE;
}

static void
rate_changed_cb (TdRateRow *self)
{
  g_autofree char *text = read_rate (self);

  if (!*text || is_rate (self, text))
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->rate_entry), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->rate_entry), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->rate_entry), NULL);
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->rate_entry), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->rate_entry),
                                   GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->rate_entry), _("Write a number above 0, as in 6.9"));
    }
}

static void
rate_apply_cb (TdRateRow *self)
{
  g_autofree char *text = read_rate (self);

  if (is_rate (self, text))
    td_comparison_set_rate (self->comparison, self->code, text, td_date_today ());
}

static void
date_changed_cb (TdRateRow *self)
{
  g_autofree char *rate = NULL;
  TdCurrency currency;
  TdDate date;

  if (self->is_updating || !td_comparison_get_rate (self->comparison, self->code, &currency))
    return;

  if (!td_date_parse (td_date_row_get_date (self->date_row), &date))
    date = TD_DATE_NONE;
  rate = td_currency_rate_to_decimal (&currency);
  td_comparison_set_rate (self->comparison, self->code, rate, date);
}

static void
td_rate_row_constructed (GObject *object)
{
  TdRateRow *self = TD_RATE_ROW (object);
  g_autofree char *title = NULL;
  g_autofree char *rate_title = NULL;

  G_OBJECT_CLASS (td_rate_row_parent_class)->constructed (object);

  /* Translators: a currency's code and name, as in "CNY: Chinese yuan" */
  title = g_strdup_printf (_("%s: %s"), self->code, get_name (self->code));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  /* Translators: %s is the code of a currency, as in "CNY for 1 USD" */
  rate_title = g_strdup_printf (_("%s for 1 USD"), self->code);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rate_entry), rate_title);

  g_signal_connect_object (self->comparison, "notify::rates", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
td_rate_row_dispose (GObject *object)
{
  TdRateRow *self = TD_RATE_ROW (object);

  g_clear_object (&self->comparison);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_RATE_ROW);

  G_OBJECT_CLASS (td_rate_row_parent_class)->dispose (object);
}

static void
td_rate_row_finalize (GObject *object)
{
  TdRateRow *self = TD_RATE_ROW (object);

  g_clear_pointer (&self->code, g_free);

  G_OBJECT_CLASS (td_rate_row_parent_class)->finalize (object);
}

static void
td_rate_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TdRateRow *self = TD_RATE_ROW (object);

  switch (prop_id)
    {
    case PROP_COMPARISON:
      g_value_set_object (value, self->comparison);
      break;
    case PROP_CODE:
      g_value_set_string (value, self->code);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_rate_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TdRateRow *self = TD_RATE_ROW (object);

  switch (prop_id)
    {
    case PROP_COMPARISON:
      self->comparison = g_value_dup_object (value);
      break;
    case PROP_CODE:
      self->code = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_rate_row_class_init (TdRateRowClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = td_rate_row_constructed;
  object_class->dispose = td_rate_row_dispose;
  object_class->finalize = td_rate_row_finalize;
  object_class->get_property = td_rate_row_get_property;
  object_class->set_property = td_rate_row_set_property;

  properties[PROP_COMPARISON] = g_param_spec_object ("comparison", NULL, NULL, TD_TYPE_COMPARISON, flags);
  properties[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TD_TYPE_DATE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-rate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdRateRow, rate_entry);
  gtk_widget_class_bind_template_child (widget_class, TdRateRow, date_row);
  gtk_widget_class_bind_template_callback (widget_class, rate_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
}

static void
td_rate_row_init (TdRateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_rate_row_new:
 * @comparison: whose rate it is
 * @code: the currency's code
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
td_rate_row_new (TdComparison *comparison,
                 const char   *code)
{
  return g_object_new (TD_TYPE_RATE_ROW, "comparison", comparison, "code", code, NULL);
}

/** Returns: (transfer none): the currency's code */
const char *
td_rate_row_get_code (TdRateRow *self)
{
  g_return_val_if_fail (TD_IS_RATE_ROW (self), NULL);

  return self->code;
}

/** Opens the row and puts the cursor where the rate is typed. */
void
td_rate_row_edit (TdRateRow *self)
{
  g_return_if_fail (TD_IS_RATE_ROW (self));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->rate_entry));
}
