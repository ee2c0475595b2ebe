/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

char *td_catalogue_to_json (TdCatalogue *catalogue,
                            TdDate       date);

G_END_DECLS
