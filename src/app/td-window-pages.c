/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-panel.h"
#include "app/editor/td-document-selection.h"
#include "app/editor/td-encodings-page.h"
#include "app/editor/td-statistics-page.h"
#include "app/editor/td-token-list.h"
#include "app/export/td-export-dialog.h"
#include "app/td-window-private.h"

/* How long the side panel waits for the text, in microseconds. */
#define LONGEST_START 500000

/*
 * The pages of a window. Those of the content are the things that have tokens, such as the text; the action "win.page"
 * chooses one by its name in td-window.ui. Those of the side panel say something about the page that is shown, such as
 * what it costs; "win.side-page" chooses one, and the choice is remembered.
 */

static void
add_page_action (TdWindow     *self,
                 const char   *name,
                 AdwViewStack *stack)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, stack, "visible-child-name");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
place_chosen_cb (TdWindow *self,
                 guint64   first,
                 guint64   end)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);

  adw_view_stack_set_visible_child_name (self->pages, "text");
  gtk_stack_set_visible_child_name (self->text_stack, "bands");
  td_document_select (self->document, first, end);
  gtk_text_view_scroll_to_mark (view, gtk_text_buffer_get_selection_bound (gtk_text_view_get_buffer (view)),
                                0, TRUE, 0, 0.2);
  gtk_widget_grab_focus (GTK_WIDGET (view));
}

/* So many ids are copied by the export, which can be stopped. */
static void
too_many_cb (TdWindow *self)
{
  AdwDialog *dialog = td_export_dialog_new (self->document);
  g_autofree char *note = g_strdup_printf (_("More than %'d ids were to be copied. Copy or save them from here, where it "
                                             "can be stopped."), TD_MOST_COPIED);

  adw_dialog_present (dialog, GTK_WIDGET (self));
  td_export_dialog_show_note (TD_EXPORT_DIALOG (dialog), note);
}

static void
add_text_view (TdWindow   *self,
               const char *name,
               const char *title,
               gboolean    show_text)
{
  GtkWidget *list = td_token_list_new (self->document);

  td_token_list_set_show_text (TD_TOKEN_LIST (list), show_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_stack_add_named (self->text_stack, list, name);
  g_signal_connect_object (list, "place-chosen", G_CALLBACK (place_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "too-many", G_CALLBACK (too_many_cb), self, G_CONNECT_SWAPPED);
}

/* Other views of the text, which are to be looked at. */
static void
add_text_views (TdWindow *self)
{
  g_autoptr (GPropertyAction) action = g_property_action_new ("text-view", self->text_stack, "visible-child-name");

  add_text_view (self, "tokens", _("Tokens"), TRUE);
  add_text_view (self, "ids", _("Ids"), FALSE);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
  td_settings_bind (self->settings, "text-view", self->text_stack, "visible-child-name", G_SETTINGS_BIND_DEFAULT);
}

/* The costs are those of what is on the screen. */
static void
page_changed_cb (TdWindow *self)
{
  GtkWidget *panel = adw_bin_get_child (self->panel_bin);
  gboolean is_chat = g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "chat") == 0;
  TdChatCounter *counter = td_chat_state_get_counter (td_chat_page_get_state (self->chat_page));

  if (panel != NULL)
    td_comparison_set_chat (td_compare_panel_get_comparison (TD_COMPARE_PANEL (panel)), is_chat ? counter : NULL);
}

static void
add_side_pages (TdWindow *self)
{
  GtkWidget *statistics = td_statistics_page_new (self->document);

  adw_bin_set_child (self->panel_bin, td_compare_panel_new (self->document, self->settings, self->catalogue));
  adw_view_stack_add_titled (self->side_pages, td_encodings_page_new (self->document), "encodings", _("Encodings"));
  adw_view_stack_add_titled (self->side_pages, statistics, "statistics", _("Statistics"));
  g_signal_connect_object (statistics, "place-chosen", G_CALLBACK (place_chosen_cb), self, G_CONNECT_SWAPPED);

  page_changed_cb (self);
  add_page_action (self, "side-page", self->side_pages);
  td_settings_bind (self->settings, "side-page", self->side_pages, "visible-child-name", G_SETTINGS_BIND_DEFAULT);
}

/* The side panel, with its table of a hundred models, takes longer than all else in a new window. People want to see their
 * text first, so it comes in the frame behind that which shows the text, unless that takes its time. */
static gboolean
start_up_tick_cb (GtkWidget     *widget,
                  GdkFrameClock *frame_clock,
                  gpointer       user_data)
{
  TdWindow *self = TD_WINDOW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (frame_clock);

  if (self->first_frame_time == 0)
    self->first_frame_time = now;
  if (self->first_frame_time == now ||
      (now < self->first_frame_time + LONGEST_START && (self->opening != NULL || !td_token_view_is_painted (self->view))))
    return G_SOURCE_CONTINUE;

  add_side_pages (self);

  return G_SOURCE_REMOVE;
}

/**
 * _td_window_has_side_pages:
 * @self: a window
 *
 * Returns: whether the side panel is there, which is behind the first frames
 */
gboolean
_td_window_has_side_pages (TdWindow *self)
{
  return adw_bin_get_child (self->panel_bin) != NULL;
}

void
_td_window_set_up_pages (TdWindow *self)
{
  g_autoptr (GPropertyAction) encoding = g_property_action_new ("encoding", self->document, "encoding");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (encoding));
  add_text_views (self);

  td_chat_page_set_up (self->chat_page, self->catalogue, self->document);
  g_signal_connect_object (self->pages, "notify::visible-child-name", G_CALLBACK (page_changed_cb), self,
                           G_CONNECT_SWAPPED);
  add_page_action (self, "page", self->pages);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), start_up_tick_cb, NULL, NULL);
}
