/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-entry-mark.h"

/**
 * td_entry_mark:
 * @row: a row something was typed into
 * @reason: (nullable): what is wrong with it and how to mend it, or %NULL if nothing is
 *
 * Shows, and tells assistive technology, whether the text of a row can be used.
 */
void
td_entry_mark (AdwEntryRow *row,
               const char  *reason)
{
  if (reason != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");

  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               reason != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), reason);
}
