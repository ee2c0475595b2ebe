/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-column-choice.h"
#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

GMenu *td_compare_menus_new_currency (void);
GMenu *td_compare_menus_new_main     (TdColumnChoice *choice);
GMenu *td_compare_menus_new_filter   (TdCatalogue    *catalogue);

G_END_DECLS
