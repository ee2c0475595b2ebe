/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-compare-text.h"
#include "app/td-settings.h"

G_BEGIN_DECLS

#define TD_TYPE_COLUMN_CHOICE (td_column_choice_get_type ())

G_DECLARE_FINAL_TYPE (TdColumnChoice, td_column_choice, TD, COLUMN_CHOICE, GObject)

TdColumnChoice *td_column_choice_new         (void);
void            td_column_choice_restore     (TdColumnChoice  *self,
                                              TdSettings      *settings);
gboolean        td_column_choice_get         (TdColumnChoice  *self,
                                              TdCompareColumn  column);
void            td_column_choice_set         (TdColumnChoice  *self,
                                              TdCompareColumn  column,
                                              gboolean         chosen);
GActionGroup   *td_column_choice_get_actions (TdColumnChoice  *self);
GMenuModel     *td_column_choice_get_menu    (TdColumnChoice  *self);

G_END_DECLS
