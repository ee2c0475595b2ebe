/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/preferences/td-general-page.h"
#include "app/preferences/td-keys-page.h"
#include "app/preferences/td-preferences-dialog.h"

/*
 * TdPreferencesDialog:
 *
 * What the user can choose, and the accounts. "keys" is the name of the page of the accounts, for those who want to
 * show it first.
 */
struct _TdPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  /* borrowed, from the dialog's own stack */
  AdwPreferencesPage *general_page;
  AdwPreferencesPage *keys_page;
};

G_DEFINE_FINAL_TYPE (TdPreferencesDialog, td_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* Up to libadwaita 1.7 at least, pages that have been shown outlive their dialog for ever, with all that they hold. */
static void
closed_cb (TdPreferencesDialog *self)
{
  if (self->general_page != NULL)
    adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), g_steal_pointer (&self->general_page));

  if (self->keys_page != NULL)
    adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), g_steal_pointer (&self->keys_page));
}

static void
td_preferences_dialog_class_init (TdPreferencesDialogClass *klass)
{
}

static void
td_preferences_dialog_init (TdPreferencesDialog *self)
{
  adw_dialog_set_title (ADW_DIALOG (self), _("Preferences"));
  adw_preferences_dialog_set_search_enabled (ADW_PREFERENCES_DIALOG (self), TRUE);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

/**
 * td_preferences_dialog_new:
 * @settings: the settings to show and change
 * @catalogue: the models to choose from
 * @accounts: (element-type TdAccount): the accounts whose keys are shown, one at least
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
td_preferences_dialog_new (TdSettings  *settings,
                           TdCatalogue *catalogue,
                           GListModel  *accounts)
{
  TdPreferencesDialog *self = g_object_new (TD_TYPE_PREFERENCES_DIALOG, NULL);

  self->general_page = td_general_page_new (settings, catalogue);
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), self->general_page);
  self->keys_page = td_keys_page_new (accounts);
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), self->keys_page);

  return ADW_DIALOG (self);
}
