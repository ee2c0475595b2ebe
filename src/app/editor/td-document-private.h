/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-document.h"
#include "app/editor/td-encodings.h"

G_BEGIN_DECLS

/* An edit that inserts or removes more characters than this is not followed but counted anew. */
#define TD_LARGE_EDIT 16384

struct _TdDocument
{
  GObject parent_instance;

  /* owned */
  TdTextBuffer *buffer;
  TkTokenMap *maps[TD_N_SPECIAL_VOCABULARIES]; /* NULL while it is being built, and where it would equal another */
  TkTokenMap *ahead[TD_N_SPECIAL_VOCABULARIES]; /* nullable: of the text that is being loaded, to be maps after that */
  TkTokenMap *head;                    /* nullable, see td-document-head.c */
  GBytes *snapshot;                    /* what the workers count; NULL when none is at work */
  GCancellable *cancellable;           /* of those workers */
  gboolean started[TD_N_SPECIAL_VOCABULARIES]; /* which of them work, or have worked, on the snapshot */
  char *error;
  guint commit_handler;
  guint recount_source;
  guint changed_source;

  TkEncodingId encoding;
  TkSpecialMode special;
  guint n_loads;
  double progress;
  gboolean is_pasting;     /* what is loaded comes into the text, not in its place */
  gboolean load_edits;     /* the loader is changing the buffer */
  gboolean load_disturbed; /* somebody else has, meanwhile */

  guint64 n_words;
  gint64 words_delta; /* by the edits since the snapshot */
  gboolean words_known;
  gboolean words_ahead; /* whether n_words is that of the text that is being loaded */
  gboolean was_counting;

  /* The edits since the snapshot, merged: its characters from edited_start up to edited_old_end are now those up to
   * edited_new_end. */
  gboolean edited;
  gsize edited_start;
  gsize edited_old_end;
  gsize edited_new_end;

  /* Between the two notifications of one edit. */
  gsize removing;
  guint64 words_before;

  gint64 burst;
  guint n_recounts;

  /* What the maps read around an edit. */
  char *window;
  gsize window_first;
  gsize window_characters;
  gsize window_bytes;
};

/* td-document.c */
void         _td_document_queue_counts_changed    (TdDocument   *self);
void         _td_document_emit_all_tokens_changed (TdDocument   *self);
void         _td_document_set_error               (TdDocument   *self,
                                                   const GError *error);
TdVocabulary _td_document_get_painted             (TdDocument   *self);
const char  *_td_document_read                    (gsize         first,
                                                   gsize         n_characters,
                                                   gsize        *n_bytes,
                                                   gpointer      user_data);

/* For the loader: between the two no edit is followed, and afterwards everything is counted, from @text if it is what the
 * buffer holds now (else NULL). */
void         _td_document_begin_load              (TdDocument   *self,
                                                   gboolean      is_paste);
void         _td_document_set_progress            (TdDocument   *self,
                                                   double        progress);
void         _td_document_end_load                (TdDocument   *self,
                                                   GBytes       *text);

/* td-document-head.c */
void         _td_document_forget_head             (TdDocument   *self);
void         _td_document_count_head              (TdDocument   *self,
                                                  GBytes       *text);

/* td-document-count.c */
void         _td_document_stop_workers            (TdDocument   *self);
void         _td_document_start_worker            (TdDocument   *self,
                                                   TdVocabulary  vocabulary);
GBytes      *_td_document_copy_text               (TdDocument   *self);
void         _td_document_recount                 (TdDocument   *self,
                                                   GBytes       *text);
/* What the loader is going to put into the buffer is counted meanwhile; take_ahead returns whether @text is it. */
void         _td_document_count_ahead             (TdDocument   *self,
                                                   GBytes       *text);
gboolean     _td_document_take_ahead              (TdDocument   *self,
                                                   GBytes       *text);
void         _td_document_finish_if_all_known     (TdDocument   *self);
void         _td_document_recount_now             (TdDocument   *self,
                                                   GBytes       *text);
void         _td_document_queue_recount           (TdDocument   *self);
/* How often everything was counted, for tests of what is followed instead. */
guint        _td_document_get_n_recounts          (TdDocument   *self);

G_END_DECLS
