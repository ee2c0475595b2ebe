/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/drafts/td-draft.h"

G_BEGIN_DECLS

#define TD_TYPE_DRAFTS_DIALOG (td_drafts_dialog_get_type ())

G_DECLARE_FINAL_TYPE (TdDraftsDialog, td_drafts_dialog, TD, DRAFTS_DIALOG, AdwDialog)

AdwDialog *td_drafts_dialog_new (GPtrArray *drafts);

G_END_DECLS
