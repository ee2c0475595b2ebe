/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What was done to a text, to be undone and redone. Places are characters of the document. */
typedef struct _TdEditHistory TdEditHistory;

/** One thing to do to the text: put @text in at @position, or take it, @n_characters long, out there. */
typedef void (*TdEditFunc) (gboolean    insert,
                            gsize       position,
                            const char *text,
                            gsize       n_characters,
                            gpointer    user_data);

TdEditHistory *td_edit_history_new        (void);
void           td_edit_history_free       (TdEditHistory       *self);
void           td_edit_history_clear      (TdEditHistory       *self);

void           td_edit_history_begin      (TdEditHistory       *self,
                                           gsize                insert,
                                           gsize                bound);
void           td_edit_history_end        (TdEditHistory       *self);
void           td_edit_history_inserted   (TdEditHistory       *self,
                                           gsize                position,
                                           const char          *text,
                                           gsize                n_bytes);
void           td_edit_history_removed    (TdEditHistory       *self,
                                           gsize                position,
                                           const char          *text,
                                           gsize                n_bytes);

gboolean       td_edit_history_can_undo   (const TdEditHistory *self);
gboolean       td_edit_history_can_redo   (const TdEditHistory *self);
void           td_edit_history_undo       (TdEditHistory       *self,
                                           TdEditFunc           edit,
                                           gpointer             user_data,
                                           gsize               *insert,
                                           gsize               *bound);
void           td_edit_history_redo       (TdEditHistory       *self,
                                           TdEditFunc           edit,
                                           gpointer             user_data,
                                           gsize               *insert,
                                           gsize               *bound);

void           td_edit_history_mark_saved (TdEditHistory       *self);
gboolean       td_edit_history_is_saved   (const TdEditHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdEditHistory, td_edit_history_free)

G_END_DECLS
