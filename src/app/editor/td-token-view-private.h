/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/td-selection-content.h"
#include "app/editor/td-token-cache.h"
#include "app/editor/td-token-view.h"

G_BEGIN_DECLS

struct _TdTokenView
{
  GtkSourceView parent_instance;

  /* owned */
  TdDocument *document;
  char *placeholder_text;
  PangoLayout *placeholder_layout;
  TdTokenCache *cache;
  GtkSourceGutterRenderer *line_numbers; /* nullable; of the gutter */
  GtkSourceGutterRenderer *line_tokens;  /* likewise */
  GCancellable *pasting;
  GdkContentProvider *selection; /* nullable: what the primary clipboard offers of it */

  /* of the font; the width is below 0 until it is asked for */
  int line_end_width;
  double advance;

  int n_lines;
  int text_width;
  guint repaint_tick;
  guint n_shown;
  gboolean show_boundaries;
  gboolean show_line_tokens;
  gboolean has_preedit;
  gboolean painted;
};

/* td-token-view-draw.c */
void _td_token_view_forget_all        (TdTokenView       *self);
void _td_token_view_forget_lines      (TdTokenView       *self,
                                       int                first,
                                       int                last,
                                       int                n_added);
void _td_token_view_tokens_changed_cb (TdTokenView       *self,
                                       guint              first,
                                       guint              n_characters);
void _td_token_view_draw              (TdTokenView       *self,
                                       GtkSnapshot       *snapshot);

/* td-token-view-edit.c */
void _td_token_view_class_init_edit   (TdTokenViewClass  *klass);
void _td_token_view_follow_selection  (TdTokenView       *self,
                                       TdDocument        *document);
void _td_token_view_init_edit         (TdTokenView       *self);
gboolean
     _td_token_view_tab               (TdTokenView       *self,
                                       gboolean           unindent);
void _td_token_view_update_undo       (TdTokenView       *self);

G_END_DECLS
