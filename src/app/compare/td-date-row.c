/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-date-row.h"

/* A row to type a day as YYYY-MM-DD or to choose it from a calendar. Nothing is a valid answer, too; what it means is
 * up to whoever shows the row. The "date" property only ever holds a real day or nothing, whatever has been typed. */

struct _TdDateRow
{
  AdwEntryRow parent_instance;

  /* owned */
  char *date;

  /* template */
  GtkPopover *popover;
  GtkCalendar *calendar;

  gboolean is_setting_calendar;
};

G_DEFINE_FINAL_TYPE (TdDateRow, td_date_row, ADW_TYPE_ENTRY_ROW)

enum
{
  PROP_0,
  PROP_DATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The typed text as a day, or "" for none, or NULL if it is neither. */
static char *
read_text (TdDateRow *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self)));
  char iso[TD_DATE_ISO_SIZE];
  TdDate date;

  g_strstrip (text);
  if (!*text)
    return g_strdup ("");

  if (!td_date_parse (text, &date) || !td_date_is_full (date))
    return NULL;

  return g_strdup (td_date_to_iso (date, iso));
}

static void
changed_cb (TdDateRow *self)
{
  g_autofree char *date = read_text (self);

  if (date)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                                   GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Write the day as year-month-day, as in 2023-04-19"));
    }
}

static void
apply_cb (TdDateRow *self)
{
  g_autofree char *date = read_text (self);

  if (date)
    td_date_row_set_date (self, date);
}

static void
popover_map_cb (TdDateRow *self)
{
  g_autoptr (GDateTime) day = NULL;
  TdDate date;

  if (!td_date_parse (self->date, &date))
    date = td_date_today ();

  day = g_date_time_new_local (date.year, MAX (date.month, 1), MAX (date.day, 1), 0, 0, 0);
  self->is_setting_calendar = TRUE;
  gtk_calendar_select_day (self->calendar, day);
  self->is_setting_calendar = FALSE;
}

static void
day_selected_cb (TdDateRow *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *text = NULL;

  if (self->is_setting_calendar)
    return;

  day = gtk_calendar_get_date (self->calendar);
  text = g_date_time_format (day, "%Y-%m-%d");
  gtk_popover_popdown (self->popover);
  td_date_row_set_date (self, text);
}

static void
td_date_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TD_TYPE_DATE_ROW);

  G_OBJECT_CLASS (td_date_row_parent_class)->dispose (object);
}

static void
td_date_row_finalize (GObject *object)
{
  TdDateRow *self = TD_DATE_ROW (object);

  g_clear_pointer (&self->date, g_free);

  G_OBJECT_CLASS (td_date_row_parent_class)->finalize (object);
}

static void
td_date_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TdDateRow *self = TD_DATE_ROW (object);

  switch (prop_id)
    {
    case PROP_DATE:
      g_value_set_string (value, self->date);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_date_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TdDateRow *self = TD_DATE_ROW (object);

  switch (prop_id)
    {
    case PROP_DATE:
      td_date_row_set_date (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_date_row_class_init (TdDateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_date_row_dispose;
  object_class->finalize = td_date_row_finalize;
  object_class->get_property = td_date_row_get_property;
  object_class->set_property = td_date_row_set_property;

  properties[PROP_DATE] =
    g_param_spec_string ("date", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-date-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdDateRow, popover);
  gtk_widget_class_bind_template_child (widget_class, TdDateRow, calendar);
  gtk_widget_class_bind_template_callback (widget_class, popover_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
}

static void
td_date_row_init (TdDateRow *self)
{
  self->date = g_strdup ("");

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (self, "apply", G_CALLBACK (apply_cb), NULL);
}

/** Returns: (transfer floating): a row without a day */
GtkWidget *
td_date_row_new (void)
{
  return g_object_new (TD_TYPE_DATE_ROW, NULL);
}

/** Returns: (transfer none): the day as YYYY-MM-DD, or "" */
const char *
td_date_row_get_date (TdDateRow *self)
{
  g_return_val_if_fail (TD_IS_DATE_ROW (self), NULL);

  return self->date;
}

/** Sets the day, as YYYY-MM-DD, or none with "". */
void
td_date_row_set_date (TdDateRow  *self,
                      const char *date)
{
  g_return_if_fail (TD_IS_DATE_ROW (self));

  if (!date)
    date = "";

  /* Typing is not applied by being set from elsewhere, so the apply button must not come up. */
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self)), date) != 0)
    {
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), FALSE);
      gtk_editable_set_text (GTK_EDITABLE (self), date);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), TRUE);
    }

  if (g_set_str (&self->date, date))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATE]);
}
