/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-document-private.h"

/* What a view takes in without a frame being late. */
#define SLICE (128 * 1024)

/* How long slices go in one after the other before the next frame. */
#define TURN_MICROSECONDS 8000

/* Behind input and frames, before the views lay out what they do not show: that takes as long as ten times the loading,
 * and is done better once all is there. */
#define PRIORITY (GDK_PRIORITY_REDRAW + 1)

typedef struct
{
  GBytes *text;
  gsize done;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_bytes_unref (load->text);
  g_free (load);
}

/* Inserts the next slice, which ends neither inside a character nor inside a line end. */
static void
insert_slice (GtkTextBuffer *buffer,
              Load          *load)
{
  gsize length;
  const char *text = g_bytes_get_data (load->text, &length);
  gsize end = MIN (load->done + SLICE, length);
  GtkTextIter iter;

  if (length == 0)
    return;

  while (end < length && ((guchar) text[end] & 0xC0) == 0x80)
    end++;
  while (end < length && text[end - 1] == '\r')
    end++;

  gtk_text_buffer_get_end_iter (buffer, &iter);
  gtk_text_buffer_insert (buffer, &iter, text + load->done, (int) (end - load->done));
  load->done = end;
}

static void
finish (GTask *task)
{
  TdDocument *self = g_task_get_source_object (task);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self));
  Load *load = g_task_get_task_data (task);
  gboolean complete = load->done == g_bytes_get_size (load->text);
  GtkTextIter start;

  td_text_buffer_end_irreversible (td_document_get_buffer (self));
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_set_modified (buffer, FALSE);
  _td_document_end_load (self, complete ? load->text : NULL);

  if (complete)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error_if_cancelled (task);
}

static gboolean
insert_slice_cb (gpointer user_data)
{
  GTask *task = user_data;
  TdDocument *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  gsize length = g_bytes_get_size (load->text);
  gint64 end = g_get_monotonic_time () + TURN_MICROSECONDS;

  while (!g_cancellable_is_cancelled (g_task_get_cancellable (task)) && load->done < length)
    {
      insert_slice (GTK_TEXT_BUFFER (td_document_get_buffer (self)), load);
      if (load->done < length && g_get_monotonic_time () > end)
        {
          _td_document_set_progress (self, (double) load->done / (double) length);
          return G_SOURCE_CONTINUE;
        }
    }

  _td_document_set_progress (self, 1);
  finish (task);

  return G_SOURCE_REMOVE;
}

/**
 * td_document_load_async:
 * @self: the document
 * @text: valid UTF-8 without NUL
 * @cancellable: (nullable): a cancellable; what was inserted by then stays
 * @callback: called when the text is in the buffer
 * @user_data: data for @callback
 *
 * Replaces the text, which cannot be undone. A long text goes in slice by slice with frames in between; views should
 * not let it be edited while "loading" is set. The counts follow later.
 */
void
td_document_load_async (TdDocument          *self,
                        GBytes              *text,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GtkTextBuffer *buffer;
  Load *load;

  g_return_if_fail (TD_IS_DOCUMENT (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (!td_document_get_loading (self));

  load = g_new0 (Load, 1);
  load->text = g_bytes_ref (text);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_document_load_async);
  g_task_set_task_data (task, load, load_free);

  buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self));
  _td_document_begin_load (self);
  td_text_buffer_begin_irreversible (td_document_get_buffer (self));
  gtk_text_buffer_set_text (buffer, "", 0);

  if (g_bytes_get_size (text) > SLICE)
    {
      g_idle_add_full (PRIORITY, insert_slice_cb, g_steal_pointer (&task), g_object_unref);
      return;
    }

  insert_slice (buffer, load);
  finish (task);
}

/**
 * td_document_load_finish:
 * @self: the document
 * @result: the result given to the callback
 * @error: return location for an error
 *
 * Returns: whether the whole text is in the buffer
 */
gboolean
td_document_load_finish (TdDocument    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
_td_document_begin_load (TdDocument *self)
{
  self->n_loads++;
  self->progress = 0;
  g_clear_handle_id (&self->recount_source, g_source_remove);
  _td_document_queue_recount (self);
  if (self->n_loads == 1)
    g_object_notify (G_OBJECT (self), "loading");
}

void
_td_document_set_progress (TdDocument *self,
                           double      progress)
{
  self->progress = progress;
  g_object_notify (G_OBJECT (self), "progress");
}

void
_td_document_end_load (TdDocument *self,
                       GBytes     *text)
{
  g_return_if_fail (self->n_loads > 0);

  if (--self->n_loads == 0)
    {
      _td_document_recount (self, text);
      g_object_notify (G_OBJECT (self), "loading");
    }
}
