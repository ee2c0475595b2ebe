/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/drafts/td-draft-store.h"
#include "app/editor/td-document.h"
#include "chat/td-chat.h"

G_BEGIN_DECLS

#define TD_TYPE_DRAFT_KEEPER (td_draft_keeper_get_type ())

G_DECLARE_FINAL_TYPE (TdDraftKeeper, td_draft_keeper, TD, DRAFT_KEEPER, GObject)

TdDraftKeeper *td_draft_keeper_new          (TdDraftStore  *store,
                                             TdDocument    *document);
TdDraftKeeper *td_draft_keeper_new_for_chat (TdDraftStore  *store,
                                             TdChat        *chat);

gboolean       td_draft_keeper_get_modified (TdDraftKeeper *self);
void           td_draft_keeper_set_saved    (TdDraftKeeper *self,
                                             guint          serial);

gboolean       td_draft_keeper_get_enabled  (TdDraftKeeper *self);
void           td_draft_keeper_set_enabled  (TdDraftKeeper *self,
                                             gboolean       enabled);
void           td_draft_keeper_set_file     (TdDraftKeeper *self,
                                             GFile         *file,
                                             const char    *etag,
                                             const char    *charset);
void           td_draft_keeper_hold         (TdDraftKeeper *self);
void           td_draft_keeper_release      (TdDraftKeeper *self);
void           td_draft_keeper_take_over    (TdDraftKeeper *self,
                                             TdDraft       *draft);
void           td_draft_keeper_discard      (TdDraftKeeper *self);

G_END_DECLS
