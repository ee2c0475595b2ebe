/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-entry-mark.h"
#include "app/preferences/td-feed-url-row.h"
#include "http/td-http-url.h"
#include "refresh/td-price-refresh.h"

#define KEY "price-feed-url"

/*
 * TdFeedUrlRow:
 *
 * From where prices are refreshed. An address that cannot be asked is not taken over; emptied, the row goes back to the
 * address TokenDesk comes with, which the settings know only as none.
 */
struct _TdFeedUrlRow
{
  AdwEntryRow parent_instance;

  /* owned */
  TdSettings *settings;
};

G_DEFINE_FINAL_TYPE (TdFeedUrlRow, td_feed_url_row, ADW_TYPE_ENTRY_ROW)

static void
mark (TdFeedUrlRow *self,
      gboolean      is_wrong)
{
  td_entry_mark (ADW_ENTRY_ROW (self),
                 is_wrong ? _("This address cannot be used: it must begin with https://, or with http:// "
                              "for a service on this computer, and have no password in it.") : NULL);
}

static void
settings_changed_cb (TdFeedUrlRow *self)
{
  g_autofree char *url = td_settings_get_string (self->settings, KEY);

  /* A text set by the program is not one to be applied. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self), *url != '\0' ? url : TD_PRICE_REFRESH_DEFAULT_URL);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), TRUE);
  mark (self, FALSE);
}

static void
apply_cb (TdFeedUrlRow *self)
{
  g_autofree char *url = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self)));
  g_autoptr (GUri) uri = NULL;

  g_strstrip (url);
  if (*url == '\0' || g_str_equal (url, TD_PRICE_REFRESH_DEFAULT_URL))
    {
      td_settings_reset (self->settings, KEY);
      settings_changed_cb (self);
      return;
    }

  uri = td_http_url_parse (url, NULL);
  mark (self, uri == NULL);
  if (uri != NULL)
    td_settings_set_string (self->settings, KEY, url);
}

static void
td_feed_url_row_dispose (GObject *object)
{
  TdFeedUrlRow *self = TD_FEED_URL_ROW (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_feed_url_row_parent_class)->dispose (object);
}

static void
td_feed_url_row_class_init (TdFeedUrlRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_feed_url_row_dispose;
}

static void
td_feed_url_row_init (TdFeedUrlRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Address of the Price _List"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self), TRUE);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_URL);
  g_signal_connect (self, "apply", G_CALLBACK (apply_cb), NULL);
}

/** Returns: (transfer floating): a row that shows and changes the address in @settings */
GtkWidget *
td_feed_url_row_new (TdSettings *settings)
{
  TdFeedUrlRow *self = g_object_new (TD_TYPE_FEED_URL_ROW, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  settings_changed_cb (self);

  return GTK_WIDGET (self);
}
