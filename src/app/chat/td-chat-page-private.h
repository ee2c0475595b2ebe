/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chat/td-chat-footer.h"
#include "app/chat/td-chat-page.h"

G_BEGIN_DECLS

struct _TdChatPage
{
  AdwBin parent_instance;

  /* owned */
  TdChatState *state;
  TdDocument *document;
  GCancellable *cancellable;
  guint exported_serial; /* of the conversation that is being written */

  /* template */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkDropDown *model_choice;
  GtkToggleButton *special_button;
  GtkListView *list;
  TdChatFooter *footer;
};

/* Says that an export has ended, well or not. */
void _td_chat_page_emit_exported        (TdChatPage     *self,
                                         gboolean        done);

/* td-chat-page-files.c: what comes from elsewhere and goes there. */
void _td_chat_page_install_file_actions (GtkWidgetClass *widget_class);
void _td_chat_page_offer_undo           (TdChatPage     *self,
                                         const char     *title,
                                         char           *json);
void _td_chat_page_tell                 (TdChatPage     *self,
                                         const char     *title);
void _td_chat_page_complain             (TdChatPage     *self,
                                         const char     *heading,
                                         const GError   *error);

G_END_DECLS
