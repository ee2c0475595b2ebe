/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-proposal.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_PROPOSAL_ROW (td_proposal_row_get_type ())

G_DECLARE_FINAL_TYPE (TdProposalRow, td_proposal_row, TD, PROPOSAL_ROW, AdwBin)

GtkWidget *td_proposal_row_new          (TdCatalogue   *catalogue);
void       td_proposal_row_set_proposal (TdProposalRow *self,
                                         TdProposal    *proposal);

G_END_DECLS
