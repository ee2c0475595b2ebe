/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/editor/td-search-bar.h"
#include "app/editor/td-text-buffer.h"

/**
 * TdSearchBar:
 *
 * Finds and replaces text in a source view.
 *
 * Keys: Enter and Ctrl+G find the next match, Shift+Ctrl+G the previous one, Escape closes the bar and goes back to the
 * text.
 */
struct _TdSearchBar
{
  GtkWidget parent_instance;

  /* owned */
  GtkSourceView *view;
  GtkSourceSearchSettings *search_settings;
  GtkSourceSearchContext *context;
  GCancellable *cancellable;

  /* template */
  GtkRevealer *revealer;
  GtkEditable *entry;
  GtkEditable *replacement;
  GtkLabel *matches;
  GtkToggleButton *case_button;
  GtkToggleButton *replace_button;
};

G_DEFINE_FINAL_TYPE (TdSearchBar, td_search_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_VIEW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
update_matches (TdSearchBar *self)
{
  g_autofree char *text = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter start;
  GtkTextIter end;
  int n_matches;
  int position;

  if (self->context == NULL || gtk_source_search_settings_get_search_text (self->search_settings) == NULL)
    {
      gtk_label_set_label (self->matches, "");
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      return;
    }

  n_matches = gtk_source_search_context_get_occurrences_count (self->context);
  if (n_matches < 0)
    return;

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  position = gtk_source_search_context_get_occurrence_position (self->context, &start, &end);

  if (position > 0)
    /* Translators: which match is selected, and how many there are. */
    text = g_strdup_printf (_("%d of %d"), position, n_matches);
  else
    text = g_strdup_printf ("%d", n_matches);
  gtk_label_set_label (self->matches, text);

  if (n_matches == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
select_match (TdSearchBar       *self,
              const GtkTextIter *start,
              const GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  gtk_text_buffer_select_range (buffer, start, end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
  update_matches (self);
}

static void
forward_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdSearchBar) self = user_data;
  GtkTextIter start;
  GtkTextIter end;

  if (gtk_source_search_context_forward_finish (GTK_SOURCE_SEARCH_CONTEXT (source), result, &start, &end, NULL, NULL) &&
      self->view != NULL)
    select_match (self, &start, &end);
}

static void
backward_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdSearchBar) self = user_data;
  GtkTextIter start;
  GtkTextIter end;

  if (gtk_source_search_context_backward_finish (GTK_SOURCE_SEARCH_CONTEXT (source), result, &start, &end, NULL, NULL) &&
      self->view != NULL)
    select_match (self, &start, &end);
}

/* No match shall lie on both sides of a soft break, where the context does not find it. */
static void
keep_matches_together (TdSearchBar *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  const char *text = gtk_source_search_settings_get_search_text (self->search_settings);

  if (TD_IS_TEXT_BUFFER (buffer) && text != NULL)
    td_text_buffer_keep_together (TD_TEXT_BUFFER (buffer), text,
                                  gtk_source_search_settings_get_case_sensitive (self->search_settings));
}

static void
new_search (TdSearchBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  keep_matches_together (self);
}

static void
find_from (TdSearchBar *self,
           gboolean     from_end_of_selection)
{
  GtkTextIter start;
  GtkTextIter end;

  if (self->context == NULL)
    return;

  new_search (self);
  gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), &start, &end);
  gtk_source_search_context_forward_async (self->context, from_end_of_selection ? &end : &start, self->cancellable,
                                           forward_cb, g_object_ref (self));
}

static void
search_changed_cb (TdSearchBar *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  gtk_source_search_settings_set_search_text (self->search_settings, text[0] != '\0' ? text : NULL);
  if (text[0] != '\0')
    find_from (self, FALSE);
  update_matches (self);
}

static void
replace_cb (TdSearchBar *self)
{
  GtkTextIter start;
  GtkTextIter end;
  const char *text = gtk_editable_get_text (self->replacement);

  if (self->context == NULL || !gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)))
    return;

  gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), &start, &end);
  if (gtk_source_search_context_get_occurrence_position (self->context, &start, &end) > 0)
    gtk_source_search_context_replace (self->context, &start, &end, text, (int) strlen (text), NULL);

  td_search_bar_find_next (self);
}

static void
replace_all_cb (TdSearchBar *self)
{
  const char *text = gtk_editable_get_text (self->replacement);

  if (self->context == NULL || !gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)))
    return;

  keep_matches_together (self);
  gtk_source_search_context_replace_all (self->context, text, (int) strlen (text), NULL);
  update_matches (self);
}

static void
td_search_bar_dispose (GObject *object)
{
  TdSearchBar *self = TD_SEARCH_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_clear_object (&self->search_settings);
  g_clear_object (&self->view);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_SEARCH_BAR);

  G_OBJECT_CLASS (td_search_bar_parent_class)->dispose (object);
}

static void
td_search_bar_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TdSearchBar *self = TD_SEARCH_BAR (object);

  switch (prop_id)
    {
    case PROP_VIEW:
      g_value_set_object (value, self->view);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_search_bar_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TdSearchBar *self = TD_SEARCH_BAR (object);

  switch (prop_id)
    {
    case PROP_VIEW:
      td_search_bar_set_view (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
close_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  td_search_bar_close (TD_SEARCH_BAR (widget));
}

static void
td_search_bar_class_init (TdSearchBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_search_bar_dispose;
  object_class->get_property = td_search_bar_get_property;
  object_class->set_property = td_search_bar_set_property;

  properties[PROP_VIEW] =
    g_param_spec_object ("view", NULL, NULL, GTK_SOURCE_TYPE_VIEW,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/td-search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TdSearchBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, TdSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, TdSearchBar, replacement);
  gtk_widget_class_bind_template_child (widget_class, TdSearchBar, matches);
  gtk_widget_class_bind_template_child (widget_class, TdSearchBar, case_button);
  gtk_widget_class_bind_template_child (widget_class, TdSearchBar, replace_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, td_search_bar_find_next);
  gtk_widget_class_bind_template_callback (widget_class, td_search_bar_find_previous);
  gtk_widget_class_bind_template_callback (widget_class, td_search_bar_close);
  gtk_widget_class_install_action (widget_class, "search-bar.close", NULL, close_cb);
  /* From everything in the bar; the entry of the search has the key for itself. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "search-bar.close", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
td_search_bar_init (TdSearchBar *self)
{
  self->search_settings = gtk_source_search_settings_new ();
  gtk_source_search_settings_set_wrap_around (self->search_settings, TRUE);

  gtk_widget_init_template (GTK_WIDGET (self));

  g_object_bind_property (self->case_button, "active", self->search_settings, "case-sensitive", G_BINDING_SYNC_CREATE);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->entry), NULL);
}

/**
 * td_search_bar_new:
 * @view: (nullable): the view to search in
 *
 * Returns: (transfer floating): a search bar, closed
 */
GtkWidget *
td_search_bar_new (GtkSourceView *view)
{
  return g_object_new (TD_TYPE_SEARCH_BAR, "view", view, NULL);
}

/**
 * td_search_bar_get_view:
 * @self: the search bar
 *
 * Returns: (transfer none) (nullable): the view
 */
GtkSourceView *
td_search_bar_get_view (TdSearchBar *self)
{
  g_return_val_if_fail (TD_IS_SEARCH_BAR (self), NULL);

  return self->view;
}

/**
 * td_search_bar_set_view:
 * @self: the search bar
 * @view: (nullable): the view to search in
 */
void
td_search_bar_set_view (TdSearchBar   *self,
                        GtkSourceView *view)
{
  g_return_if_fail (TD_IS_SEARCH_BAR (self));

  if (self->view == view)
    return;

  td_search_bar_close (self);
  g_set_object (&self->view, view);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

/**
 * td_search_bar_open:
 * @self: the search bar
 * @replace: whether to show the row for replacing too
 *
 * Shows the bar and puts the selection, if it lies in one line, into the entry.
 */
void
td_search_bar_open (TdSearchBar *self,
                    gboolean     replace)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;
  GtkTextIter end;

  g_return_if_fail (TD_IS_SEARCH_BAR (self));

  if (self->view == NULL)
    return;

  /* Only while the bar is open: the context scans the whole text and marks all matches. */
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  if (self->context == NULL)
    {
      self->context = gtk_source_search_context_new (GTK_SOURCE_BUFFER (buffer), self->search_settings);
      g_signal_connect_object (self->context, "notify::occurrences-count", G_CALLBACK (update_matches), self,
                               G_CONNECT_SWAPPED);
    }

  if (TD_IS_TEXT_BUFFER (buffer) && gtk_text_buffer_get_selection_bounds (buffer, &start, &end) &&
      td_text_buffer_get_line (&start) == td_text_buffer_get_line (&end))
    {
      g_autofree char *selection = td_text_buffer_dup_text (TD_TEXT_BUFFER (buffer),
                                                            td_text_buffer_get_character (&start),
                                                            td_text_buffer_get_character (&end));

      gtk_editable_set_text (self->entry, selection);
    }

  if (replace)
    gtk_toggle_button_set_active (self->replace_button, TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  search_changed_cb (self);
}

/**
 * td_search_bar_close:
 * @self: the search bar
 *
 * Hides the bar, stops searching and gives the focus back to the text.
 */
void
td_search_bar_close (TdSearchBar *self)
{
  g_return_if_fail (TD_IS_SEARCH_BAR (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  if (gtk_revealer_get_reveal_child (self->revealer))
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
    }
}

/**
 * td_search_bar_find_next:
 * @self: the search bar
 *
 * Selects the next match, from the start again after the last.
 */
void
td_search_bar_find_next (TdSearchBar *self)
{
  g_return_if_fail (TD_IS_SEARCH_BAR (self));

  find_from (self, TRUE);
}

/**
 * td_search_bar_find_previous:
 * @self: the search bar
 *
 * Selects the previous match, from the end again before the first.
 */
void
td_search_bar_find_previous (TdSearchBar *self)
{
  GtkTextIter start;

  g_return_if_fail (TD_IS_SEARCH_BAR (self));

  if (self->context == NULL)
    return;

  new_search (self);
  gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), &start, NULL);
  gtk_source_search_context_backward_async (self->context, &start, self->cancellable, backward_cb, g_object_ref (self));
}
