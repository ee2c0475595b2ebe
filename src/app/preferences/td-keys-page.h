/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "accounts/td-account.h"

G_BEGIN_DECLS

#define TD_TYPE_KEYS_PAGE (td_keys_page_get_type ())

G_DECLARE_FINAL_TYPE (TdKeysPage, td_keys_page, TD, KEYS_PAGE, AdwPreferencesPage)

AdwPreferencesPage *td_keys_page_new (GListModel *accounts);

G_END_DECLS
