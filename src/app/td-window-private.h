/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chat/td-chat-page.h"
#include "app/drafts/td-draft-keeper.h"
#include "app/editor/td-encoding-switch.h"
#include "app/editor/td-format-button.h"
#include "app/editor/td-search-bar.h"
#include "app/editor/td-status-bar.h"
#include "app/editor/td-token-view.h"
#include "app/td-window.h"

G_BEGIN_DECLS

/* A wish to save, see td-window-files.c. */
typedef struct _TdSave TdSave;

struct _TdWindow
{
  AdwApplicationWindow parent_instance;

  /* owned */
  TdSettings *settings;
  TdCatalogue *catalogue;
  TdDocument *document;
  GFile *file;             /* NULL for a text that has none yet */
  char *etag;              /* the version of the file that was read or written last */
  GCancellable *cancellable;
  gboolean closing;        /* the user has decided about the changes */
  GFile *opening;          /* nullable: the file being read */
  gboolean saving;
  TdSave *next_save;       /* nullable: asked for while another one was being written */
  gboolean close_when_saved;
  GFileMonitor *monitor;   /* nullable: of the file */
  guint look_source;
  char *seen_etag;         /* nullable: the version that the user has been told of */
  gboolean file_gone;
  TdDraftStore *draft_store;
  TdDraftKeeper *draft_keeper;
  gint64 first_frame_time; /* 0 before it */
  TdDraftKeeper *chat_keeper; /* of the conversation */
  gboolean closing_chat;      /* the user has decided about the conversation */
  gboolean close_when_exported;
  GPtrArray *drafts;       /* nullable: of an earlier run, on offer in the banner */

  /* template */
  AdwToolbarView *toolbar_view;
  GtkMenuButton *recent_button;
  GtkMenuButton *menu_button;
  GtkMenuButton *view_button;
  GMenu *main_menu;
  GMenu *recent_menu;
  GMenu *view_menu;
  AdwWindowTitle *window_title;
  TdEncodingSwitch *encoding_switch;
  AdwBanner *error_banner;
  AdwBanner *drafts_banner;
  AdwBanner *changed_banner;
  AdwMultiLayoutView *layouts;
  AdwOverlaySplitView *split_view;
  AdwBottomSheet *bottom_sheet;
  AdwViewStack *pages;        /* what is counted: the text and other things that have tokens */
  AdwViewStack *side_pages;   /* what is said about it: what it costs, and more */
  TdSearchBar *search_bar;
  GtkStack *text_stack;       /* the text with bands, its tokens, its ids */
  TdTokenView *view;
  GtkProgressBar *progress_bar;
  GtkWidget *example_button;
  TdStatusBar *status_bar;
  TdFormatButton *format_button; /* of the status bar */
  TdChatPage *chat_page;
  AdwBin *panel_bin;
  AdwBin *files_bin;
};

/* td-window-drafts.c */
void _td_window_start_drafts               (TdWindow       *self);
void _td_window_start_chat_drafts          (TdWindow       *self);
void _td_window_confirm_close_chat         (TdWindow       *self);

/* td-window-pages.c */
void _td_window_set_up_pages               (TdWindow       *self);
gboolean
     _td_window_has_side_pages             (TdWindow       *self);

/* td-window-files.c */
void _td_window_set_file                   (TdWindow       *self,
                                            GFile          *file,
                                            char           *etag,
                                            const char     *charset);
void _td_window_show_error                 (TdWindow       *self,
                                            const char     *heading,
                                            const char     *body);
void _td_window_class_install_file_actions (GtkWidgetClass *widget_class);
void _td_window_add_drop_target            (TdWindow       *self);
void _td_window_update_title               (TdWindow       *self);
void _td_window_confirm_close              (TdWindow       *self);
void _td_window_save_what_waited           (TdWindow       *self);

/* td-window-folder.c */
void _td_window_set_up_files_page          (TdWindow       *self);

/* td-window-monitor.c */
void _td_window_set_up_monitor             (TdWindow       *self);
void _td_window_watch_file                 (TdWindow       *self);
void _td_window_stop_monitor               (TdWindow       *self);

/* td-window-open.c */
void _td_window_class_install_open_actions (GtkWidgetClass *widget_class);
void _td_window_show_read_error            (TdWindow       *self,
                                            GFile          *file,
                                            const GError   *error);
TdWindow *
     _td_window_find                       (TdWindow       *self,
                                            GFile          *file);
GtkFileDialog *
     _td_window_new_file_dialog            (TdWindow       *self);

/* td-window-recent.c */
void _td_window_class_install_recent_actions (GtkWidgetClass *widget_class);
void _td_window_set_up_recent              (TdWindow       *self);
void _td_window_forget_recent              (TdWindow       *self,
                                            GFile          *file);

G_END_DECLS
