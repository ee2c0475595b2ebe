/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/editor/td-token-info.h"
#include "app/export/td-decode-dialog.h"
#include "app/export/td-export-dialog.h"
#include "app/td-window-private.h"

/**
 * TdWindow:
 *
 * One window: one document, its editor, and beside it what the text costs.
 *
 * A wide window shows the comparison at the end of the text, a narrow one in a sheet that rises from below. The same
 * panel serves both. Files are the business of td-window-files.c, the pages of td-window-pages.c.
 */
G_DEFINE_FINAL_TYPE (TdWindow, td_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_SETTINGS,
  PROP_CATALOGUE,
  PROP_DRAFT_STORE,
  PROP_DOCUMENT,
  PROP_FILE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Actions --------------------------------------------------------------------------------------------------------- */

static void
find_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  td_search_bar_open (TD_WINDOW (widget)->search_bar, FALSE);
}

static void
replace_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  td_search_bar_open (TD_WINDOW (widget)->search_bar, TRUE);
}

static void
find_next_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  td_search_bar_find_next (TD_WINDOW (widget)->search_bar);
}

static void
find_previous_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  td_search_bar_find_previous (TD_WINDOW (widget)->search_bar);
}

static void
inspect_token_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  td_status_bar_inspect (TD_WINDOW (widget)->status_bar);
}

/* Selects the characters of the token that holds @character, and says which it is: the bands tell nothing to those who
 * cannot see them. */
static void
select_token (TdWindow *self,
              gsize     character)
{
  TdTextBuffer *buffer = td_document_get_buffer (self->document);
  g_autoptr (GPtrArray) tokens = td_document_dup_tokens_at (self->document, character);
  g_autofree char *spoken = NULL;
  const TdTokenInfo *first;
  const TdTokenInfo *last;
  GtkTextIter start;
  GtkTextIter end;

  /* There is no token further on. */
  if (tokens->len == 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self->view));
      return;
    }

  first = g_ptr_array_index (tokens, 0);
  last = g_ptr_array_index (tokens, tokens->len - 1);
  td_text_buffer_get_iter_at_character (buffer, &start, first->first_character);
  td_text_buffer_get_iter_at_character (buffer, &end, last->first_character + last->n_characters);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (buffer), &start, &end);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->view),
                                      gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (buffer)));

  spoken = td_document_dup_spoken (self->document, tokens);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->view), spoken, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
next_token_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  TdWindow *self = TD_WINDOW (widget);
  GtkTextIter end;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (td_document_get_buffer (self->document)), NULL, &end);
  select_token (self, td_text_buffer_get_character (&end));
}

static void
previous_token_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  TdWindow *self = TD_WINDOW (widget);
  GtkTextIter start;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (td_document_get_buffer (self->document)), &start, NULL);
  if (gtk_text_iter_is_start (&start))
    gtk_widget_error_bell (GTK_WIDGET (self->view));
  else
    select_token (self, td_text_buffer_get_character (&start) - 1);
}

static void
decode_ids_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  adw_dialog_present (td_decode_dialog_new (TD_WINDOW (widget)->document), widget);
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  adw_dialog_present (td_export_dialog_new (TD_WINDOW (widget)->document), widget);
}

static void
show_example_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  td_window_show_example (TD_WINDOW (widget));
}

static void
toggle_panel_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  TdWindow *self = TD_WINDOW (widget);

  if (g_strcmp0 (adw_multi_layout_view_get_layout_name (self->layouts), "narrow") == 0)
    adw_bottom_sheet_set_open (self->bottom_sheet, !adw_bottom_sheet_get_open (self->bottom_sheet));
  else
    adw_overlay_split_view_set_show_sidebar (self->split_view,
                                             !adw_overlay_split_view_get_show_sidebar (self->split_view));
}

/* Following the document ------------------------------------------------------------------------------------------ */

static void
counts_changed_cb (TdWindow *self)
{
  gboolean empty = td_document_get_n_characters (self->document) == 0;

  gtk_widget_set_visible (self->example_button, empty && !td_document_get_loading (self->document));
}

static void
notify_loading_cb (TdWindow *self)
{
  gboolean loading = td_document_get_loading (self->document);

  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), !loading);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), loading);
  counts_changed_cb (self);
  if (!loading)
    _td_window_save_what_waited (self);
}

static void
notify_error_cb (TdWindow *self)
{
  const char *error = td_document_get_error (self->document);

  adw_banner_set_title (self->error_banner, error != NULL ? error : "");
  adw_banner_set_revealed (self->error_banner, error != NULL);
}

static void
save_encoding_cb (TdWindow *self)
{
  TkEncodingId encoding = td_document_get_encoding (self->document);

  td_settings_set_string (self->settings, "encoding", tk_encoding_id_to_name (encoding));
}

/* Object ---------------------------------------------------------------------------------------------------------- */

static void
restore_state (TdWindow *self)
{
  GtkSourceSpaceDrawer *space_drawer = gtk_source_view_get_space_drawer (GTK_SOURCE_VIEW (self->view));
  g_autofree char *name = td_settings_get_string (self->settings, "encoding");
  TkEncodingId encoding;

  if (tk_encoding_id_from_name (name, &encoding))
    td_document_set_encoding (self->document, encoding);

  gtk_window_set_default_size (GTK_WINDOW (self),
                               td_settings_get_int (self->settings, "window-width"),
                               td_settings_get_int (self->settings, "window-height"));
  if (td_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  td_settings_bind (self->settings, "show-panel", self->split_view, "show-sidebar", G_SETTINGS_BIND_DEFAULT);
  td_settings_bind (self->settings, "use-document-font", self->view, "monospace",
                    G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  td_settings_bind (self->settings, "parse-special-tokens", self->document, "parse-special", G_SETTINGS_BIND_GET);
  td_settings_bind (self->settings, "show-token-boundaries", self->view, "show-boundaries", G_SETTINGS_BIND_GET);
  td_settings_bind (self->settings, "show-line-numbers", self->view, "line-numbers", G_SETTINGS_BIND_GET);
  td_settings_bind (self->settings, "show-line-tokens", self->view, "show-line-tokens", G_SETTINGS_BIND_GET);
  td_settings_bind (self->settings, "show-whitespace", space_drawer, "enable-matrix", G_SETTINGS_BIND_GET);
}

static void
save_state (TdWindow *self)
{
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  td_settings_set_int (self->settings, "window-width", width);
  td_settings_set_int (self->settings, "window-height", height);
  td_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
td_window_close_request (GtkWindow *window)
{
  TdWindow *self = TD_WINDOW (window);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));

  /* Until the file is complete the old one is all there is. */
  if (self->saving)
    {
      self->close_when_saved = TRUE;
      return GDK_EVENT_STOP;
    }

  if (!self->closing && gtk_text_buffer_get_modified (buffer))
    {
      _td_window_confirm_close (self);
      return GDK_EVENT_STOP;
    }

  if (!self->closing_chat && td_draft_keeper_get_modified (self->chat_keeper))
    {
      _td_window_confirm_close_chat (self);
      return GDK_EVENT_STOP;
    }

  save_state (self);
  td_draft_keeper_discard (self->draft_keeper);
  td_draft_keeper_discard (self->chat_keeper);

  return GTK_WINDOW_CLASS (td_window_parent_class)->close_request (window);
}

static void
td_window_constructed (GObject *object)
{
  TdWindow *self = TD_WINDOW (object);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));

  G_OBJECT_CLASS (td_window_parent_class)->constructed (object);

  restore_state (self);
  _td_window_start_drafts (self);
  _td_window_set_up_monitor (self);

  td_token_view_set_document (self->view, self->document);
  td_document_widget_set_document (TD_DOCUMENT_WIDGET (self->status_bar), self->document);
  td_format_button_set_document (self->format_button, self->document);
  _td_window_set_up_pages (self);
  _td_window_start_chat_drafts (self);
  _td_window_set_up_files_page (self);
  g_object_bind_property (self->document, "encoding", self->encoding_switch, "encoding",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->document, "progress", self->progress_bar, "fraction", G_BINDING_SYNC_CREATE);

  g_signal_connect_object (self->document, "counts-changed", G_CALLBACK (counts_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::encoding", G_CALLBACK (save_encoding_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::error", G_CALLBACK (notify_error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::loading", G_CALLBACK (notify_loading_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "modified-changed", G_CALLBACK (_td_window_update_title), self, G_CONNECT_SWAPPED);

  _td_window_set_up_recent (self);
  _td_window_add_drop_target (self);
  _td_window_update_title (self);
  notify_error_cb (self);
  counts_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
td_window_dispose (GObject *object)
{
  TdWindow *self = TD_WINDOW (object);

  _td_window_stop_monitor (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_WINDOW);
  g_clear_object (&self->draft_keeper);
  g_clear_object (&self->chat_keeper);
  g_clear_object (&self->draft_store);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->file);
  g_clear_object (&self->opening);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_window_parent_class)->dispose (object);
}

static void
td_window_finalize (GObject *object)
{
  TdWindow *self = TD_WINDOW (object);

  g_free (self->etag);

  G_OBJECT_CLASS (td_window_parent_class)->finalize (object);
}

static void
td_window_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TdWindow *self = TD_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;

    case PROP_CATALOGUE:
      g_value_set_object (value, self->catalogue);
      break;

    case PROP_DRAFT_STORE:
      g_value_set_object (value, self->draft_store);
      break;

    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;

    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_window_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  TdWindow *self = TD_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;

    case PROP_CATALOGUE:
      self->catalogue = g_value_dup_object (value);
      break;

    case PROP_DRAFT_STORE:
      self->draft_store = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_window_class_init (TdWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->constructed = td_window_constructed;
  object_class->dispose = td_window_dispose;
  object_class->finalize = td_window_finalize;
  object_class->get_property = td_window_get_property;
  object_class->set_property = td_window_set_property;

  window_class->close_request = td_window_close_request;

  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, TD_TYPE_SETTINGS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CATALOGUE] =
    g_param_spec_object ("catalogue", NULL, NULL, TD_TYPE_CATALOGUE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DRAFT_STORE] =
    g_param_spec_object ("draft-store", NULL, NULL, TD_TYPE_DRAFT_STORE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, TD_TYPE_DOCUMENT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILE] =
    g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TD_TYPE_CHAT_PAGE);
  g_type_ensure (TD_TYPE_ENCODING_SWITCH);
  g_type_ensure (TD_TYPE_SEARCH_BAR);
  g_type_ensure (TD_TYPE_STATUS_BAR);
  g_type_ensure (TD_TYPE_TOKEN_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TdWindow, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, recent_button);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, view_button);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, view_menu);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, encoding_switch);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, error_banner);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, drafts_banner);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, changed_banner);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, layouts);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, bottom_sheet);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, side_pages);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, text_stack);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, view);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, example_button);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, status_bar);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, chat_page);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, panel_bin);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, files_bin);

  gtk_widget_class_install_action (widget_class, "win.decode-ids", NULL, decode_ids_cb);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "win.find-next", NULL, find_next_cb);
  gtk_widget_class_install_action (widget_class, "win.find-previous", NULL, find_previous_cb);
  gtk_widget_class_install_action (widget_class, "win.inspect-token", NULL, inspect_token_cb);
  gtk_widget_class_install_action (widget_class, "win.next-token", NULL, next_token_cb);
  gtk_widget_class_install_action (widget_class, "win.previous-token", NULL, previous_token_cb);
  gtk_widget_class_install_action (widget_class, "win.replace", NULL, replace_cb);
  gtk_widget_class_install_action (widget_class, "win.show-example", NULL, show_example_cb);
  gtk_widget_class_install_action (widget_class, "win.toggle-panel", NULL, toggle_panel_cb);
  _td_window_class_install_file_actions (widget_class);
  _td_window_class_install_open_actions (widget_class);
  _td_window_class_install_recent_actions (widget_class);
}

static void
td_window_init (TdWindow *self)
{
  self->document = td_document_new ();
  self->cancellable = g_cancellable_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->format_button = td_status_bar_get_format_button (self->status_bar);

  if (TD_DEVEL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

/**
 * td_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a window with an empty document
 */
TdWindow *
td_window_new (TdApplication *application)
{
  g_return_val_if_fail (TD_IS_APPLICATION (application), NULL);

  return g_object_new (TD_TYPE_WINDOW,
                       "application", application,
                       "settings", td_application_get_settings (application),
                       "catalogue", td_application_get_catalogue (application),
                       "draft-store", td_application_get_draft_store (application),
                       NULL);
}

/**
 * td_window_get_document:
 * @self: the window
 *
 * Returns: (transfer none): the document that the window shows
 */
TdDocument *
td_window_get_document (TdWindow *self)
{
  g_return_val_if_fail (TD_IS_WINDOW (self), NULL);

  return self->document;
}

/**
 * td_window_get_file:
 * @self: the window
 *
 * Returns: (transfer none) (nullable): the file that the text was read from or written to
 */
GFile *
td_window_get_file (TdWindow *self)
{
  g_return_val_if_fail (TD_IS_WINDOW (self), NULL);

  return self->file;
}

/**
 * td_window_show_example:
 * @self: the window
 *
 * Puts the example at the cursor, as if it had been pasted: it can be undone.
 */
void
td_window_show_example (TdWindow *self)
{
  g_autoptr (GBytes) example = NULL;
  GtkTextBuffer *buffer;
  gboolean untouched;
  gsize length;
  const char *text;

  g_return_if_fail (TD_IS_WINDOW (self));

  if (td_document_get_loading (self->document))
    return;

  example = g_resources_lookup_data (APP_PATH "/example.txt", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  text = g_bytes_get_data (example, &length);

  buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
  untouched = td_window_is_untouched (self);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, (int) length);
  gtk_text_buffer_end_user_action (buffer);

  /* Nobody would miss the example. */
  if (untouched)
    {
      GtkTextIter start;

      gtk_text_buffer_set_modified (buffer, FALSE);
      gtk_text_buffer_get_start_iter (buffer, &start);
      gtk_text_buffer_place_cursor (buffer, &start);
    }

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * td_window_is_untouched:
 * @self: the window
 *
 * Returns: whether the window holds neither a text nor a file
 */
gboolean
td_window_is_untouched (TdWindow *self)
{
  g_return_val_if_fail (TD_IS_WINDOW (self), FALSE);

  return self->file == NULL &&
         !td_document_get_loading (self->document) &&
         td_document_get_n_characters (self->document) == 0 &&
         !gtk_text_buffer_get_modified (GTK_TEXT_BUFFER (td_document_get_buffer (self->document)));
}

/**
 * td_window_is_settled:
 * @self: the window
 *
 * Returns: whether all that the window will show is loaded, counted and painted, and nothing is being saved; for making
 *   pictures and for tests
 */
gboolean
td_window_is_settled (TdWindow *self)
{
  g_return_val_if_fail (TD_IS_WINDOW (self), FALSE);

  return self->opening == NULL &&
         _td_window_has_side_pages (self) &&
         !self->saving &&
         !td_document_get_loading (self->document) &&
         !td_document_get_counting (self->document) &&
         td_token_view_is_painted (self->view);
}
