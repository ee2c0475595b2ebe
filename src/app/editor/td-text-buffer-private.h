/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-edit-history.h"
#include "app/editor/td-text-buffer.h"

G_BEGIN_DECLS

/* Paragraphs up to this many characters stay in one piece; it takes GTK some 4 ms to lay out that many. */
#define TD_LONGEST_PIECE 4000

/* How long the pieces of a longer one are made, and up to which length two of them are joined. */
#define TD_USUAL_PIECE 2000

struct _TdTextBuffer
{
  GtkSourceBuffer parent_instance;

  /* owned */
  TdSoftBreaks *breaks;
  TdEditHistory *history;
  GArray *coming;        /* of gsize: where the text that is being inserted has breaks */
  GtkTextTag *hidden;    /* on the breaks; of the tag table */

  guint commit_handler;
  guint removing;        /* characters of the view, between the two notifications of a deletion */
  guint n_irreversible;
  gboolean arranging;
  gboolean replaying;
  gboolean was_undoable;
  gboolean was_redoable;
};

/* td-text-buffer-breaks.c */
GString *_td_text_buffer_add_breaks (TdTextBuffer      *self,
                                     const GtkTextIter *iter,
                                     const char        *text,
                                     gsize              n_bytes);
void     _td_text_buffer_hide_break (TdTextBuffer      *self,
                                     gsize              view);
void     _td_text_buffer_leave_line_end
                                    (GtkTextIter       *iter);
void     _td_text_buffer_arrange    (TdTextBuffer      *self,
                                     gsize              first,
                                     gsize              end);

G_END_DECLS
