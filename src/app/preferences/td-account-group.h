/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "accounts/td-account.h"

G_BEGIN_DECLS

#define TD_TYPE_ACCOUNT_GROUP (td_account_group_get_type ())

G_DECLARE_FINAL_TYPE (TdAccountGroup, td_account_group, TD, ACCOUNT_GROUP, AdwPreferencesGroup)

GtkWidget *td_account_group_new (TdAccount *account);

G_END_DECLS
