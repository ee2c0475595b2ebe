/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/drafts/td-draft.h"

G_BEGIN_DECLS

#define TD_TYPE_DRAFT_STORE (td_draft_store_get_type ())

G_DECLARE_FINAL_TYPE (TdDraftStore, td_draft_store, TD, DRAFT_STORE, GObject)

TdDraftStore *td_draft_store_new         (const char           *folder);
const char   *td_draft_store_get_error   (TdDraftStore         *self);

char         *td_draft_store_new_id      (TdDraftStore         *self);
void          td_draft_store_write       (TdDraftStore         *self,
                                          const char           *id,
                                          TdDraft              *draft);
void          td_draft_store_remove      (TdDraftStore         *self,
                                          const char           *id);
void          td_draft_store_rename      (TdDraftStore         *self,
                                          const char           *id,
                                          const char           *new_id);
void          td_draft_store_flush       (TdDraftStore         *self);

void          td_draft_store_find_async  (TdDraftStore         *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GPtrArray    *td_draft_store_find_finish (TdDraftStore         *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
