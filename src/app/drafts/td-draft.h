/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_TYPE_DRAFT (td_draft_get_type ())

G_DECLARE_FINAL_TYPE (TdDraft, td_draft, TD, DRAFT, GObject)

/**
 * TdDraftFileState:
 * @TD_DRAFT_FILE_NONE: the text has not been saved to any file yet
 * @TD_DRAFT_FILE_SAME: the file is what it was when the draft was written
 * @TD_DRAFT_FILE_CHANGED: something has written to the file since
 * @TD_DRAFT_FILE_GONE: the file is not there any more, or cannot be looked at
 *
 * How a draft stands to the file its text was opened from.
 */
typedef enum
{
  TD_DRAFT_FILE_NONE,
  TD_DRAFT_FILE_SAME,
  TD_DRAFT_FILE_CHANGED,
  TD_DRAFT_FILE_GONE
} TdDraftFileState;

TdDraft          *td_draft_new            (GBytes       *text,
                                           GFile        *file,
                                           const char   *etag,
                                           const char   *charset,
                                           gint64        saved);
TdDraft          *td_draft_new_chat       (GBytes       *json,
                                           gint64        saved);
TdDraft          *td_draft_parse          (GBytes       *contents);
GBytes           *td_draft_serialize      (TdDraft      *self);

GBytes           *td_draft_get_text       (TdDraft      *self);
gboolean          td_draft_get_is_chat    (TdDraft      *self);
GFile            *td_draft_get_file       (TdDraft      *self);
const char       *td_draft_get_etag       (TdDraft      *self);
const char       *td_draft_get_charset    (TdDraft      *self);
gint64            td_draft_get_saved      (TdDraft      *self);
const char       *td_draft_get_id         (TdDraft      *self);
void              td_draft_set_id         (TdDraft      *self,
                                           const char   *id);
TdDraftFileState  td_draft_get_file_state (TdDraft      *self);
void              td_draft_check_file     (TdDraft      *self,
                                           GCancellable *cancellable);
char             *td_draft_dup_first_words (TdDraft     *self);

G_END_DECLS
