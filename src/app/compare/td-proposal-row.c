/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-proposal-row.h"
#include "pricing/td-change-text.h"

/* One proposed change: a check mark, what changes, before and after, and why it should be looked at twice. What comes
 * from a price list is shown as plain text. The check button has all of it as its accessible name. */

struct _TdProposalRow
{
  AdwBin parent_instance;

  /* owned */
  TdCatalogue *catalogue;
  TdProposal *proposal;
  GBinding *binding; /* borrowed from the proposal */

  /* template */
  GtkCheckButton *check;
  GtkLabel *title;
  GtkLabel *days;
  GtkWidget *doubts_box;
  GtkLabel *doubts;
  GtkLabel *values;
};

G_DEFINE_FINAL_TYPE (TdProposalRow, td_proposal_row, ADW_TYPE_BIN)

static void
td_proposal_row_dispose (GObject *object)
{
  TdProposalRow *self = TD_PROPOSAL_ROW (object);

  if (self->proposal != NULL)
    td_proposal_row_set_proposal (self, NULL);
  /* First: disposing of the template would unparent a named child behind the bin's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_PROPOSAL_ROW);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (td_proposal_row_parent_class)->dispose (object);
}

static void
td_proposal_row_class_init (TdProposalRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_proposal_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/compare/td-proposal-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TdProposalRow, check);
  gtk_widget_class_bind_template_child (widget_class, TdProposalRow, title);
  gtk_widget_class_bind_template_child (widget_class, TdProposalRow, days);
  gtk_widget_class_bind_template_child (widget_class, TdProposalRow, doubts_box);
  gtk_widget_class_bind_template_child (widget_class, TdProposalRow, doubts);
  gtk_widget_class_bind_template_child (widget_class, TdProposalRow, values);
}

static void
td_proposal_row_init (TdProposalRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** Returns: (transfer floating): a row without a proposal */
GtkWidget *
td_proposal_row_new (TdCatalogue *catalogue)
{
  TdProposalRow *self = g_object_new (TD_TYPE_PROPOSAL_ROW, NULL);

  self->catalogue = g_object_ref (catalogue);

  return GTK_WIDGET (self);
}

static void
show_change (TdProposalRow *self,
             TdPriceChange *change)
{
  g_autofree char *title = td_change_text_title (change, self->catalogue);
  g_autofree char *days = td_change_text_days (change);
  g_autofree char *values = td_change_text_values (change);
  g_autofree char *doubts = td_change_text_doubts (change);
  g_autofree char *name = g_strjoin (", ", title, values, days, doubts, NULL);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->days, days);
  gtk_label_set_text (self->values, values);
  gtk_label_set_text (self->doubts, doubts != NULL ? doubts : "");
  gtk_widget_set_visible (self->doubts_box, doubts != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/** Shows another proposal, or none. */
void
td_proposal_row_set_proposal (TdProposalRow *self,
                              TdProposal    *proposal)
{
  g_return_if_fail (TD_IS_PROPOSAL_ROW (self));

  if (self->binding != NULL)
    g_binding_unbind (self->binding);
  self->binding = NULL;
  g_set_object (&self->proposal, proposal);
  if (proposal == NULL)
    return;

  show_change (self, td_proposal_get_change (proposal));
  self->binding = g_object_bind_property (proposal, "accepted", self->check, "active",
                                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}
