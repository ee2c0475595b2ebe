/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-price-change.h"

G_BEGIN_DECLS

#define TD_TYPE_PROPOSAL (td_proposal_get_type ())

G_DECLARE_FINAL_TYPE (TdProposal, td_proposal, TD, PROPOSAL, GObject)

TdProposal    *td_proposal_new          (TdPriceChange *change);
TdPriceChange *td_proposal_get_change   (TdProposal    *self);
gboolean       td_proposal_get_accepted (TdProposal    *self);
void           td_proposal_set_accepted (TdProposal    *self,
                                         gboolean       accepted);

G_END_DECLS
