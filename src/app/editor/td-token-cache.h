/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Render nodes of painted lines, by line and, for long lines, by part of the line. */
typedef struct _TdTokenCache TdTokenCache;

/** How a line lies in the view. When it no longer does, what was painted for it is no good. */
typedef struct
{
  int x;      /* of its first character: a line without letters takes its direction from the lines around it */
  int y;      /* may change: nodes are relative to it */
  int height;
} TdLineLook;

TdTokenCache *td_token_cache_new          (void);
void          td_token_cache_free         (TdTokenCache      *self);

gboolean      td_token_cache_lookup       (TdTokenCache      *self,
                                           int                line,
                                           guint              part,
                                           const TdLineLook  *look,
                                           GskRenderNode    **node);
void          td_token_cache_insert       (TdTokenCache      *self,
                                           int                line,
                                           guint              part,
                                           const TdLineLook  *look,
                                           GskRenderNode     *node);

void          td_token_cache_clear        (TdTokenCache      *self);
void          td_token_cache_forget_lines (TdTokenCache      *self,
                                           int                first,
                                           int                last,
                                           int                n_added);
void          td_token_cache_keep_near    (TdTokenCache      *self,
                                           int                first,
                                           int                last,
                                           guint              n_shown);

G_END_DECLS
