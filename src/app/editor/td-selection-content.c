/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-selection-content.h"

/**
 * TdSelectionContent:
 *
 * What is selected in a buffer, for clipboards and dragging, as text of the document. Made when somebody asks for it: a
 * selection may be long, and changes with every key.
 */
struct _TdSelectionContent
{
  GdkContentProvider parent_instance;

  /* owned */
  TdTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (TdSelectionContent, td_selection_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
td_selection_content_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new_for_gtype (G_TYPE_STRING);
}

static gboolean
td_selection_content_get_value (GdkContentProvider  *provider,
                                GValue              *value,
                                GError             **error)
{
  TdSelectionContent *self = TD_SELECTION_CONTENT (provider);

  if (!G_VALUE_HOLDS_STRING (value))
    return GDK_CONTENT_PROVIDER_CLASS (td_selection_content_parent_class)->get_value (provider, value, error);

  g_value_take_string (value, td_selection_content_dup_text (self->buffer));

  return TRUE;
}

static void
td_selection_content_finalize (GObject *object)
{
  g_clear_object (&TD_SELECTION_CONTENT (object)->buffer);

  G_OBJECT_CLASS (td_selection_content_parent_class)->finalize (object);
}

static void
td_selection_content_class_init (TdSelectionContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = td_selection_content_finalize;

  provider_class->get_value = td_selection_content_get_value;
  provider_class->ref_formats = td_selection_content_ref_formats;
}

static void
td_selection_content_init (TdSelectionContent *self)
{
}

/**
 * td_selection_content_new:
 * @buffer: the buffer
 *
 * Returns: (transfer full): whatever will be selected in it when it is asked for
 */
GdkContentProvider *
td_selection_content_new (TdTextBuffer *buffer)
{
  TdSelectionContent *self = g_object_new (TD_TYPE_SELECTION_CONTENT, NULL);

  self->buffer = g_object_ref (buffer);

  return GDK_CONTENT_PROVIDER (self);
}

/**
 * td_selection_content_dup_text:
 * @buffer: a buffer
 *
 * Returns: (transfer full): the selected text of the document, "" if nothing is selected
 */
char *
td_selection_content_dup_text (TdTextBuffer *buffer)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);

  return td_text_buffer_dup_text (buffer, td_text_buffer_get_character (&start), td_text_buffer_get_character (&end));
}
