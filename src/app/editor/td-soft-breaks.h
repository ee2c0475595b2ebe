/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Where a view's text has breaks that the document does not have, and which place of the one is which of the other. */
typedef struct _TdSoftBreaks TdSoftBreaks;

TdSoftBreaks *td_soft_breaks_new           (void);
void          td_soft_breaks_free          (TdSoftBreaks       *self);
void          td_soft_breaks_clear         (TdSoftBreaks       *self);

gsize         td_soft_breaks_get_n         (const TdSoftBreaks *self);
gsize         td_soft_breaks_to_document   (const TdSoftBreaks *self,
                                            gsize               view);
gsize         td_soft_breaks_to_view       (const TdSoftBreaks *self,
                                            gsize               document);
gboolean      td_soft_breaks_is_break      (const TdSoftBreaks *self,
                                            gsize               view);
gboolean      td_soft_breaks_find_next     (const TdSoftBreaks *self,
                                            gsize               view,
                                            gsize              *found);
gsize         td_soft_breaks_count         (const TdSoftBreaks *self,
                                            gsize               view_first,
                                            gsize               view_end);

void          td_soft_breaks_add           (TdSoftBreaks       *self,
                                            gsize               view);
void          td_soft_breaks_text_inserted (TdSoftBreaks       *self,
                                            gsize               view,
                                            gsize               n_characters);
gsize         td_soft_breaks_text_deleted  (TdSoftBreaks       *self,
                                            gsize               view,
                                            gsize               n_characters);

gboolean      td_soft_breaks_validate      (const TdSoftBreaks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSoftBreaks, td_soft_breaks_free)

G_END_DECLS
