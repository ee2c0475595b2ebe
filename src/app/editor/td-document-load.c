/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-document-private.h"

/* What a view takes in without a frame being late: in bytes when text comes, in characters when it goes. */
#define SLICE (64 * 1024)

/* How long slices go in one after the other before the next frame. */
#define TURN_MICROSECONDS 8000

/* Behind input and frames, before the views lay out what they do not show: that takes as long as ten times the loading,
 * and is done better once all is there. */
#define PRIORITY (GDK_PRIORITY_REDRAW + 1)

/*
 * A text that takes the place of what is in the buffer, or of a part of it, slice by slice with frames in between. What
 * the buffer will hold then is known before the first slice goes in, so it is counted meanwhile.
 */
typedef struct
{
  GBytes *text;
  gsize done;          /* bytes of it that are in the buffer */
  gboolean undoable;

  /* in characters of the document */
  gsize first;         /* where it begins */
  gsize removed_end;   /* what lies between goes, the last of it first */
  gsize place;         /* where the next slice goes */

  GBytes *whole;       /* nullable: what the buffer will hold */
  GByteArray *copy;    /* nullable: so much of it has been copied from the buffer and the text, */
  gsize copied;        /* and that was before this character of the buffer */
  gboolean has_text;   /* whether the text is in the copy */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->copy, g_byte_array_unref);
  g_clear_pointer (&load->whole, g_bytes_unref);
  g_bytes_unref (load->text);
  g_free (load);
}

static gboolean
load_is_done (const Load *load)
{
  return load->whole != NULL && load->first == load->removed_end && load->done == g_bytes_get_size (load->text);
}

static void
append_range (TdTextBuffer *buffer,
              GByteArray   *copy,
              gsize         first,
              gsize         end)
{
  g_autofree char *text = td_text_buffer_dup_text (buffer, first, end);

  g_byte_array_append (copy, (const guint8 *) text, (guint) strlen (text));
}

/* The text around the one that comes stays as it is. */
static void
copy_slice (TdTextBuffer *buffer,
            Load         *load)
{
  gsize n_characters = td_text_buffer_get_n_characters (buffer);
  gsize end = MIN (load->copied + SLICE, load->has_text ? n_characters : load->first);

  append_range (buffer, load->copy, load->copied, end);
  load->copied = end;
  if (!load->has_text && end == load->first)
    {
      load->has_text = TRUE;
      g_byte_array_append (load->copy, g_bytes_get_data (load->text, NULL), (guint) g_bytes_get_size (load->text));
      load->copied = load->removed_end;
    }
  if (load->has_text && load->copied == n_characters)
    load->whole = g_byte_array_free_to_bytes (g_steal_pointer (&load->copy));
}

static void
remove_slice (TdTextBuffer *buffer,
              Load         *load)
{
  gsize first = load->removed_end - MIN (load->removed_end - load->first, SLICE);
  GtkTextIter start;
  GtkTextIter end;

  td_text_buffer_get_iter_at_character (buffer, &start, first);
  td_text_buffer_get_iter_at_character (buffer, &end, load->removed_end);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (buffer), &start, &end);
  load->removed_end = first;
}

/* A slice ends behind a line if it has one, at any rate neither inside a character nor inside a line end. */
static gsize
find_slice_end (const Load *load)
{
  gsize length;
  const char *text = g_bytes_get_data (load->text, &length);
  gsize end = MIN (load->done + SLICE, length);
  const char *newline;

  if (end == length)
    return end;

  newline = memrchr (text + load->done, '\n', end - load->done);
  if (newline != NULL)
    return (gsize) (newline + 1 - text);

  while (end < length && ((guchar) text[end] & 0xC0) == 0x80)
    end++;
  while (end < length && text[end - 1] == '\r')
    end++;

  return end;
}

static void
insert_slice (TdTextBuffer *buffer,
              Load         *load)
{
  const char *text = g_bytes_get_data (load->text, NULL);
  gsize end = find_slice_end (load);
  GtkTextIter iter;

  if (end == load->done)
    return;

  td_text_buffer_get_iter_at_character (buffer, &iter, load->place);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), &iter, text + load->done, (int) (end - load->done));
  load->place = td_text_buffer_get_character (&iter);
  load->done = end;
}

static void
go_on (TdDocument *self,
       Load       *load)
{
  TdTextBuffer *buffer = td_document_get_buffer (self);

  self->load_edits = TRUE;
  if (load->whole == NULL)
    {
      copy_slice (buffer, load);
      if (load->whole != NULL)
        _td_document_count_ahead (self, load->whole);
    }
  else if (load->removed_end > load->first)
    {
      remove_slice (buffer, load);
    }
  else
    {
      gboolean is_first = load->done == 0;

      insert_slice (buffer, load);
      if (is_first && load->first == 0)
        _td_document_count_head (self, load->whole);
    }
  self->load_edits = FALSE;
}

static void
finish (GTask *task)
{
  TdDocument *self = g_task_get_source_object (task);
  TdTextBuffer *buffer = td_document_get_buffer (self);
  Load *load = g_task_get_task_data (task);
  gboolean complete = load_is_done (load);
  GtkTextIter cursor;

  if (load->undoable)
    {
      td_text_buffer_get_iter_at_character (buffer, &cursor, load->place);
      td_text_buffer_end_step (buffer);
    }
  else
    {
      td_text_buffer_end_irreversible (buffer);
      gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (buffer), &cursor);
    }
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), &cursor);
  if (!load->undoable)
    gtk_text_buffer_set_modified (GTK_TEXT_BUFFER (buffer), FALSE);
  _td_document_end_load (self, complete ? load->whole : NULL);

  if (complete)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error_if_cancelled (task);
}

static gboolean
go_on_cb (gpointer user_data)
{
  GTask *task = user_data;
  TdDocument *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  gint64 end = g_get_monotonic_time () + TURN_MICROSECONDS;

  while (!g_cancellable_is_cancelled (g_task_get_cancellable (task)) && !load_is_done (load))
    {
      go_on (self, load);
      if (!load_is_done (load) && g_get_monotonic_time () > end)
        {
          _td_document_set_progress (self, (double) load->done / MAX (1, (double) g_bytes_get_size (load->text)));
          return G_SOURCE_CONTINUE;
        }
    }

  _td_document_set_progress (self, 1);
  finish (task);

  return G_SOURCE_REMOVE;
}

static void
start (GTask *task)
{
  TdDocument *self = g_task_get_source_object (task);
  TdTextBuffer *buffer = td_document_get_buffer (self);
  Load *load = g_task_get_task_data (task);
  gboolean is_small = g_bytes_get_size (load->text) <= SLICE && load->removed_end - load->first <= SLICE;

  /* Whoever is told may end what an input method had begun, which is an edit. */
  _td_document_begin_load (self, load->undoable);

  load->place = load->first;
  if (load->first == 0 && load->removed_end == td_text_buffer_get_n_characters (buffer))
    load->whole = g_bytes_ref (load->text);
  else
    load->copy = g_byte_array_new ();

  if (load->undoable)
    td_text_buffer_begin_step (buffer);
  else
    td_text_buffer_begin_irreversible (buffer);

  if (!is_small)
    {
      if (load->whole != NULL)
        _td_document_count_ahead (self, load->whole);
      g_idle_add_full (PRIORITY, go_on_cb, g_object_ref (task), g_object_unref);
      return;
    }

  while (!load_is_done (load))
    go_on (self, load);
  finish (task);
}

/**
 * td_document_load_async:
 * @self: the document
 * @text: valid UTF-8 without NUL
 * @cancellable: (nullable): a cancellable; what was inserted by then stays
 * @callback: called when the text is in the buffer
 * @user_data: data for @callback
 *
 * Replaces the text, which cannot be undone. A long text goes in slice by slice with frames in between, and is counted
 * meanwhile; views should not let it be edited while "loading" is set.
 */
void
td_document_load_async (TdDocument          *self,
                        GBytes              *text,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (TD_IS_DOCUMENT (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (!td_document_get_loading (self));

  load = g_new0 (Load, 1);
  load->text = g_bytes_ref (text);
  load->removed_end = td_document_get_n_characters (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_document_load_async);
  g_task_set_task_data (task, load, load_free);
  start (task);
}

/**
 * td_document_paste_async:
 * @self: the document
 * @text: valid UTF-8 without NUL
 * @cancellable: (nullable): a cancellable; what was inserted by then stays, and can be undone
 * @callback: called when the text is in the buffer
 * @user_data: data for @callback
 *
 * Puts the text in the place of the selection, or at the cursor, as one step that can be undone. Otherwise like
 * td_document_load_async(), and finished by the same function.
 */
void
td_document_paste_async (TdDocument          *self,
                         GBytes              *text,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GtkTextIter first;
  GtkTextIter end;
  Load *load;

  g_return_if_fail (TD_IS_DOCUMENT (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (!td_document_get_loading (self));

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self->buffer), &first, &end);
  load = g_new0 (Load, 1);
  load->text = g_bytes_ref (text);
  load->undoable = TRUE;
  load->first = td_text_buffer_get_character (&first);
  load->removed_end = td_text_buffer_get_character (&end);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_document_paste_async);
  g_task_set_task_data (task, load, load_free);
  start (task);
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

/**
 * td_document_get_loading:
 * @self: the document
 *
 * Returns: whether the text is being replaced by another, and must not be edited
 */
gboolean
td_document_get_loading (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), FALSE);

  return self->n_loads > 0;
}

/**
 * td_document_get_pasting:
 * @self: the document
 *
 * Returns: whether a text is on its way in that was pasted, and belongs to what is there
 */
gboolean
td_document_get_pasting (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), FALSE);

  return self->n_loads > 0 && self->is_pasting;
}

/**
 * td_document_get_progress:
 * @self: the document
 *
 * Returns: how much of the text has been loaded, from 0 to 1
 */
double
td_document_get_progress (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), 0);

  return self->progress;
}

void
_td_document_begin_load (TdDocument *self,
                         gboolean    is_paste)
{
  self->n_loads++;
  self->is_pasting = is_paste;
  self->load_disturbed = FALSE;
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

  if (--self->n_loads > 0)
    return;

  self->is_pasting = FALSE;
  if (self->load_disturbed)
    text = NULL;
  if (text == NULL || !_td_document_take_ahead (self, text))
    _td_document_recount (self, text);
  g_object_notify (G_OBJECT (self), "loading");
  /* Whoever was told may have asked for the text. */
  _td_document_finish_if_all_known (self);
}
