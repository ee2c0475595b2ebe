/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

#include "app/editor/td-soft-breaks.h"

G_BEGIN_DECLS

#define TD_TYPE_TEXT_BUFFER (td_text_buffer_get_type ())

G_DECLARE_FINAL_TYPE (TdTextBuffer, td_text_buffer, TD, TEXT_BUFFER, GtkSourceBuffer)

TdTextBuffer       *td_text_buffer_new                   (void);

/* Where the characters of the document are in the view, see TdSoftBreaks. */
const TdSoftBreaks *td_text_buffer_get_soft_breaks       (TdTextBuffer      *self);
gsize               td_text_buffer_get_n_characters      (TdTextBuffer      *self);
gsize               td_text_buffer_get_character         (const GtkTextIter *iter);
void                td_text_buffer_get_iter_at_character (TdTextBuffer      *self,
                                                          GtkTextIter       *iter,
                                                          gsize              character);
char               *td_text_buffer_dup_text              (TdTextBuffer      *self,
                                                          gsize              first,
                                                          gsize              end);
int                 td_text_buffer_get_line              (const GtkTextIter *iter);
gboolean            td_text_buffer_starts_line           (const GtkTextIter *iter);
gboolean            td_text_buffer_ends_line             (const GtkTextIter *iter);
gboolean            td_text_buffer_is_soft_break         (const GtkTextIter *iter);

/* Whether what changes right now are only soft breaks: no character of the document comes or goes. */
gboolean            td_text_buffer_is_arranging          (TdTextBuffer      *self);

/* For those who search in the buffer itself. */
void                td_text_buffer_keep_together         (TdTextBuffer      *self,
                                                          const char        *text,
                                                          gboolean           case_sensitive);

/* Undo, in place of GtkTextBuffer's own ("undoable" and "redoable" properties). */
gboolean            td_text_buffer_get_undoable          (TdTextBuffer      *self);
gboolean            td_text_buffer_get_redoable          (TdTextBuffer      *self);
void                td_text_buffer_undo                  (TdTextBuffer      *self);
void                td_text_buffer_redo                  (TdTextBuffer      *self);
void                td_text_buffer_begin_step            (TdTextBuffer      *self);
void                td_text_buffer_end_step              (TdTextBuffer      *self);
void                td_text_buffer_begin_irreversible    (TdTextBuffer      *self);
void                td_text_buffer_end_irreversible      (TdTextBuffer      *self);

G_END_DECLS
