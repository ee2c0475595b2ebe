/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void td_entry_mark (AdwEntryRow *row,
                    const char  *reason);

G_END_DECLS
