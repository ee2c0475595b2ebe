/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "accounts/td-account.h"
#include "app/drafts/td-draft-store.h"
#include "app/td-settings.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

#define TD_TYPE_APPLICATION (td_application_get_type ())

G_DECLARE_FINAL_TYPE (TdApplication, td_application, TD, APPLICATION, AdwApplication)

TdApplication *td_application_new             (void);

TdSettings    *td_application_get_settings    (TdApplication *self);
TdCatalogue   *td_application_get_catalogue   (TdApplication *self);
TdDraftStore  *td_application_get_draft_store (TdApplication *self);
GListModel    *td_application_get_accounts    (TdApplication *self);
int            td_application_get_status      (TdApplication *self);

G_END_DECLS
