/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/compare/td-comparison.h"

G_BEGIN_DECLS

TdCatalogue *test_catalogue_new_small (void);
TdCatalogue *test_catalogue_new_large (guint         n_models);

void         test_flush               (void);
void         test_set_text            (TdComparison *comparison,
                                       const char   *text);
void         test_reset_settings      (TdSettings   *settings);

void         test_close_dialog       (AdwDialog    *dialog);

char        *test_money               (TdMoney       money);

void         test_save_picture        (GtkWidget    *widget,
                                       const char   *path);

G_END_DECLS
