/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-text-buffer-private.h"

/**
 * TdTextBuffer:
 *
 * The text of a document as the view has it: with soft breaks in very long lines.
 *
 * GTK lays out a paragraph as a whole, which takes most of a second for one of a megabyte, and again for every key. So
 * the buffer puts paragraph ends into such lines that no file, no count, no clipboard and no line number knows of. Where
 * they are stands in TdSoftBreaks; whoever speaks of characters of the document asks here for the iterators, and the
 * other way round. Whatever edits the buffer, the breaks follow within the same edit.
 *
 * GtkTextBuffer's undo would record the breaks, so it is off, and the buffer has a history of the document's characters.
 *
 * All functions belong to the main thread.
 */
G_DEFINE_FINAL_TYPE (TdTextBuffer, td_text_buffer, GTK_SOURCE_TYPE_BUFFER)

enum
{
  PROP_0,
  PROP_REDOABLE,
  PROP_UNDOABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
notify_history (TdTextBuffer *self)
{
  gboolean undoable = td_edit_history_can_undo (self->history);
  gboolean redoable = td_edit_history_can_redo (self->history);

  if (self->was_undoable != undoable)
    {
      self->was_undoable = undoable;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDOABLE]);
    }
  if (self->was_redoable != redoable)
    {
      self->was_redoable = redoable;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDOABLE]);
    }
}

static gboolean
is_recording (TdTextBuffer *self)
{
  return !self->replaying && !self->arranging && self->n_irreversible == 0;
}

/* Following what happens to the text ------------------------------------------------------------------------------- */

static void
commit_cb (GtkTextBuffer            *buffer,
           GtkTextBufferNotifyFlags  flags,
           guint                     position,
           guint                     length,
           gpointer                  user_data)
{
  TdTextBuffer *self = user_data;

  switch (flags)
    {
    case GTK_TEXT_BUFFER_NOTIFY_AFTER_INSERT:
      if (self->arranging)
        {
          td_soft_breaks_add (self->breaks, position);
          return;
        }
      td_soft_breaks_text_inserted (self->breaks, position, length - self->coming->len);
      for (guint i = 0; i < self->coming->len; i++)
        td_soft_breaks_add (self->breaks, position + g_array_index (self->coming, gsize, i));
      return;

    case GTK_TEXT_BUFFER_NOTIFY_BEFORE_DELETE:
      self->removing = length;
      return;

    case GTK_TEXT_BUFFER_NOTIFY_AFTER_DELETE:
      td_soft_breaks_text_deleted (self->breaks, position, self->removing);
      return;

    case GTK_TEXT_BUFFER_NOTIFY_BEFORE_INSERT:
    default:
      return;
    }
}

static void
td_text_buffer_insert_text (GtkTextBuffer *buffer,
                            GtkTextIter   *iter,
                            const char    *text,
                            int            length)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (buffer);
  GString *broken;
  gsize position = (gsize) gtk_text_iter_get_offset (iter);
  gsize first;
  gsize end;

  if (self->arranging)
    {
      GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->insert_text (buffer, iter, text, length);
      return;
    }

  first = td_text_buffer_get_character (iter);
  broken = _td_text_buffer_add_breaks (self, iter, text, (gsize) length);
  if (broken != NULL)
    GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->insert_text (buffer, iter, broken->str, (int) broken->len);
  else
    GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->insert_text (buffer, iter, text, length);
  for (guint i = 0; i < self->coming->len; i++)
    _td_text_buffer_hide_break (self, position + g_array_index (self->coming, gsize, i));
  g_array_set_size (self->coming, 0);
  if (broken != NULL)
    g_string_free (broken, TRUE);

  if (is_recording (self))
    {
      td_edit_history_inserted (self->history, first, text, (gsize) length);
      notify_history (self);
    }

  end = td_text_buffer_get_character (iter);
  if (end - first > 4 * TD_LONGEST_PIECE)
    {
      /* In the middle there are no pieces but those that have just been made. */
      _td_text_buffer_arrange (self, first, first + TD_LONGEST_PIECE);
      _td_text_buffer_arrange (self, end - TD_LONGEST_PIECE, end);
    }
  else
    {
      _td_text_buffer_arrange (self, first, end);
    }
  td_text_buffer_get_iter_at_character (self, iter, end);
}

/**
 * _td_text_buffer_leave_line_end:
 * @iter: a place
 *
 * Moves from between CR and LF, which are one line end, to before them: GTK breaks down where the cursor stands there.
 */
void
_td_text_buffer_leave_line_end (GtkTextIter *iter)
{
  GtkTextIter before = *iter;

  if (gtk_text_iter_get_char (iter) == '\n' && gtk_text_iter_backward_char (&before) &&
      gtk_text_iter_get_char (&before) == '\r')
    *iter = before;
}

/* Before what is between them goes. */
static void
leave_line_end_to_be (TdTextBuffer      *self,
                      const GtkTextIter *start,
                      const GtkTextIter *end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextMark *marks[] = { gtk_text_buffer_get_insert (buffer), gtk_text_buffer_get_selection_bound (buffer) };
  GtkTextIter before = *start;

  if (gtk_text_iter_get_char (end) != '\n' || !gtk_text_iter_backward_char (&before) ||
      gtk_text_iter_get_char (&before) != '\r')
    return;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      GtkTextIter iter;

      gtk_text_buffer_get_iter_at_mark (buffer, &iter, marks[i]);
      if (gtk_text_iter_compare (&iter, start) >= 0 && gtk_text_iter_compare (&iter, end) <= 0)
        gtk_text_buffer_move_mark (buffer, marks[i], &before);
    }
}

static void
td_text_buffer_delete_range (GtkTextBuffer *buffer,
                             GtkTextIter   *start,
                             GtkTextIter   *end)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (buffer);
  gsize first;

  if (self->arranging)
    {
      GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->delete_range (buffer, start, end);
      return;
    }

  gtk_text_iter_order (start, end);
  first = td_text_buffer_get_character (start);
  if (is_recording (self))
    {
      g_autofree char *text = td_text_buffer_dup_text (self, first, td_text_buffer_get_character (end));

      td_edit_history_removed (self->history, first, text, strlen (text));
      notify_history (self);
    }

  leave_line_end_to_be (self, start, end);
  GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->delete_range (buffer, start, end);
  _td_text_buffer_arrange (self, first, first);
  td_text_buffer_get_iter_at_character (self, start, first);
  *end = *start;
}

static void
get_selection (TdTextBuffer *self,
               gsize        *insert,
               gsize        *bound)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  *insert = td_text_buffer_get_character (&iter);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_selection_bound (buffer));
  *bound = td_text_buffer_get_character (&iter);
}

static void
td_text_buffer_begin_user_action (GtkTextBuffer *buffer)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (buffer);
  gsize insert;
  gsize bound;

  if (!self->replaying)
    {
      get_selection (self, &insert, &bound);
      td_edit_history_begin (self->history, insert, bound);
    }

  if (GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->begin_user_action != NULL)
    GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->begin_user_action (buffer);
}

static void
td_text_buffer_end_user_action (GtkTextBuffer *buffer)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (buffer);

  if (GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->end_user_action != NULL)
    GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->end_user_action (buffer);

  if (!self->replaying)
    td_edit_history_end (self->history);
  notify_history (self);
}

static void
td_text_buffer_modified_changed (GtkTextBuffer *buffer)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (buffer);

  if (!gtk_text_buffer_get_modified (buffer) && !self->replaying && !self->arranging)
    td_edit_history_mark_saved (self->history);

  if (GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->modified_changed != NULL)
    GTK_TEXT_BUFFER_CLASS (td_text_buffer_parent_class)->modified_changed (buffer);
}

/* Object ---------------------------------------------------------------------------------------------------------- */

static void
td_text_buffer_constructed (GObject *object)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (object);

  G_OBJECT_CLASS (td_text_buffer_parent_class)->constructed (object);

  self->hidden = gtk_source_buffer_create_source_tag (GTK_SOURCE_BUFFER (self), NULL, "draw-spaces", FALSE, NULL);
}

static void
td_text_buffer_finalize (GObject *object)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (object);

  td_soft_breaks_free (self->breaks);
  td_edit_history_free (self->history);
  g_array_unref (self->coming);

  G_OBJECT_CLASS (td_text_buffer_parent_class)->finalize (object);
}

static void
td_text_buffer_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (object);

  switch (prop_id)
    {
    case PROP_REDOABLE:
      g_value_set_boolean (value, td_text_buffer_get_redoable (self));
      break;

    case PROP_UNDOABLE:
      g_value_set_boolean (value, td_text_buffer_get_undoable (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_text_buffer_class_init (TdTextBufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkTextBufferClass *buffer_class = GTK_TEXT_BUFFER_CLASS (klass);

  object_class->constructed = td_text_buffer_constructed;
  object_class->finalize = td_text_buffer_finalize;
  object_class->get_property = td_text_buffer_get_property;

  buffer_class->begin_user_action = td_text_buffer_begin_user_action;
  buffer_class->delete_range = td_text_buffer_delete_range;
  buffer_class->end_user_action = td_text_buffer_end_user_action;
  buffer_class->insert_text = td_text_buffer_insert_text;
  buffer_class->modified_changed = td_text_buffer_modified_changed;

  properties[PROP_REDOABLE] =
    g_param_spec_boolean ("redoable", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNDOABLE] =
    g_param_spec_boolean ("undoable", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_text_buffer_init (TdTextBuffer *self)
{
  self->breaks = td_soft_breaks_new ();
  self->history = td_edit_history_new ();
  self->coming = g_array_new (FALSE, FALSE, sizeof (gsize));

  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (self), FALSE);
  self->commit_handler =
    gtk_text_buffer_add_commit_notify (GTK_TEXT_BUFFER (self),
                                       GTK_TEXT_BUFFER_NOTIFY_AFTER_INSERT |
                                       GTK_TEXT_BUFFER_NOTIFY_BEFORE_DELETE |
                                       GTK_TEXT_BUFFER_NOTIFY_AFTER_DELETE,
                                       commit_cb, self, NULL);
}

/**
 * td_text_buffer_new:
 *
 * Returns: (transfer full): an empty text
 */
TdTextBuffer *
td_text_buffer_new (void)
{
  return g_object_new (TD_TYPE_TEXT_BUFFER, NULL);
}

/* Places ----------------------------------------------------------------------------------------------------------- */

/**
 * td_text_buffer_get_soft_breaks:
 * @self: the buffer
 *
 * Returns: (transfer none): where the soft breaks are
 */
const TdSoftBreaks *
td_text_buffer_get_soft_breaks (TdTextBuffer *self)
{
  g_return_val_if_fail (TD_IS_TEXT_BUFFER (self), NULL);

  return self->breaks;
}

/**
 * td_text_buffer_get_n_characters:
 * @self: the buffer
 *
 * Returns: the number of characters of the document. O(1).
 */
gsize
td_text_buffer_get_n_characters (TdTextBuffer *self)
{
  g_return_val_if_fail (TD_IS_TEXT_BUFFER (self), 0);

  return (gsize) gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self)) - td_soft_breaks_get_n (self->breaks);
}

/**
 * td_text_buffer_get_character:
 * @iter: a place in a TdTextBuffer
 *
 * Returns: which character of the document @iter is before; both sides of a soft break are the same. O(log n).
 */
gsize
td_text_buffer_get_character (const GtkTextIter *iter)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (gtk_text_iter_get_buffer (iter));

  return td_soft_breaks_to_document (self->breaks, (gsize) gtk_text_iter_get_offset (iter));
}

/**
 * td_text_buffer_get_iter_at_character:
 * @self: the buffer
 * @iter: (out): set to the place before the character, which is behind a soft break there
 * @character: a character of the document, or their number for the end
 *
 * O(log n).
 */
void
td_text_buffer_get_iter_at_character (TdTextBuffer *self,
                                      GtkTextIter  *iter,
                                      gsize         character)
{
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), iter,
                                      (int) td_soft_breaks_to_view (self->breaks, character));
}

static char *
remove_breaks (TdTextBuffer *self,
               char         *slice,
               gsize         view,
               gsize         view_end)
{
  char *read = slice;
  char *write = slice;
  gsize found;

  while (td_soft_breaks_find_next (self->breaks, view, &found) && found < view_end)
    {
      char *place = g_utf8_offset_to_pointer (read, (glong) (found - view));

      memmove (write, read, (gsize) (place - read));
      write += place - read;
      read = g_utf8_next_char (place);
      view = found + 1;
    }
  memmove (write, read, strlen (read) + 1);

  return slice;
}

/**
 * td_text_buffer_dup_text:
 * @self: the buffer
 * @first: the first character of a range of the document
 * @end: the character behind it; may lie past the end of the text
 *
 * Returns: (transfer full): the text of the document in the range
 */
char *
td_text_buffer_dup_text (TdTextBuffer *self,
                         gsize         first,
                         gsize         end)
{
  gsize n_characters = td_text_buffer_get_n_characters (self);
  GtkTextIter start;
  GtkTextIter stop;
  char *slice;

  end = MIN (end, n_characters);
  first = MIN (first, end);
  td_text_buffer_get_iter_at_character (self, &start, first);
  td_text_buffer_get_iter_at_character (self, &stop, end);
  slice = gtk_text_iter_get_slice (&start, &stop);
  if (td_soft_breaks_get_n (self->breaks) == 0)
    return slice;

  return remove_breaks (self, slice, (gsize) gtk_text_iter_get_offset (&start), (gsize) gtk_text_iter_get_offset (&stop));
}

/**
 * td_text_buffer_get_line:
 * @iter: a place in a TdTextBuffer
 *
 * Returns: the number of the line of the document that @iter is in, from 0
 */
int
td_text_buffer_get_line (const GtkTextIter *iter)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (gtk_text_iter_get_buffer (iter));
  gsize view = (gsize) gtk_text_iter_get_offset (iter);

  return gtk_text_iter_get_line (iter) - (int) td_soft_breaks_count (self->breaks, 0, view);
}

/**
 * td_text_buffer_is_soft_break:
 * @iter: a place in a TdTextBuffer
 *
 * Returns: whether what follows is a soft break
 */
gboolean
td_text_buffer_is_soft_break (const GtkTextIter *iter)
{
  TdTextBuffer *self = TD_TEXT_BUFFER (gtk_text_iter_get_buffer (iter));

  return td_soft_breaks_is_break (self->breaks, (gsize) gtk_text_iter_get_offset (iter));
}

/**
 * td_text_buffer_starts_line:
 * @iter: a place in a TdTextBuffer
 *
 * Returns: whether a line of the document begins there
 */
gboolean
td_text_buffer_starts_line (const GtkTextIter *iter)
{
  GtkTextIter before = *iter;

  return gtk_text_iter_starts_line (iter) &&
         (!gtk_text_iter_backward_char (&before) || !td_text_buffer_is_soft_break (&before));
}

/**
 * td_text_buffer_ends_line:
 * @iter: a place in a TdTextBuffer
 *
 * Returns: whether a line of the document ends there
 */
gboolean
td_text_buffer_ends_line (const GtkTextIter *iter)
{
  return gtk_text_iter_ends_line (iter) && !td_text_buffer_is_soft_break (iter);
}

/**
 * td_text_buffer_is_arranging:
 * @self: the buffer
 *
 * Returns: whether the change that is being notified of is one of the soft breaks alone
 */
gboolean
td_text_buffer_is_arranging (TdTextBuffer *self)
{
  return self->arranging;
}

/* Undo ------------------------------------------------------------------------------------------------------------- */

static void
replay_edit (gboolean    insert,
             gsize       position,
             const char *text,
             gsize       n_characters,
             gpointer    user_data)
{
  TdTextBuffer *self = user_data;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start;
  GtkTextIter end;

  td_text_buffer_get_iter_at_character (self, &start, position);
  if (insert)
    {
      gtk_text_buffer_insert (buffer, &start, text, -1);
      return;
    }

  td_text_buffer_get_iter_at_character (self, &end, position + n_characters);
  gtk_text_buffer_delete (buffer, &start, &end);
}

static void
replay (TdTextBuffer *self,
        void (* go)  (TdEditHistory *, TdEditFunc, gpointer, gsize *, gsize *))
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  gsize insert = 0;
  gsize bound = 0;
  GtkTextIter insert_iter;
  GtkTextIter bound_iter;

  self->replaying = TRUE;
  gtk_text_buffer_begin_user_action (buffer);
  go (self->history, replay_edit, self, &insert, &bound);
  gtk_text_buffer_end_user_action (buffer);

  td_text_buffer_get_iter_at_character (self, &insert_iter, insert);
  td_text_buffer_get_iter_at_character (self, &bound_iter, bound);
  _td_text_buffer_leave_line_end (&insert_iter);
  _td_text_buffer_leave_line_end (&bound_iter);
  gtk_text_buffer_select_range (buffer, &insert_iter, &bound_iter);
  gtk_text_buffer_set_modified (buffer, !td_edit_history_is_saved (self->history));
  self->replaying = FALSE;
  notify_history (self);
}

/**
 * td_text_buffer_get_undoable:
 * @self: the buffer
 *
 * Returns: whether there is something to undo
 */
gboolean
td_text_buffer_get_undoable (TdTextBuffer *self)
{
  g_return_val_if_fail (TD_IS_TEXT_BUFFER (self), FALSE);

  return td_edit_history_can_undo (self->history);
}

/**
 * td_text_buffer_get_redoable:
 * @self: the buffer
 *
 * Returns: whether there is something to redo
 */
gboolean
td_text_buffer_get_redoable (TdTextBuffer *self)
{
  g_return_val_if_fail (TD_IS_TEXT_BUFFER (self), FALSE);

  return td_edit_history_can_redo (self->history);
}

/**
 * td_text_buffer_undo:
 * @self: the buffer
 *
 * Undoes the last step, if there is one, and selects what was selected before it.
 */
void
td_text_buffer_undo (TdTextBuffer *self)
{
  g_return_if_fail (TD_IS_TEXT_BUFFER (self));

  if (td_edit_history_can_undo (self->history))
    replay (self, td_edit_history_undo);
}

/**
 * td_text_buffer_redo:
 * @self: the buffer
 *
 * Does again what was undone last, if there is something.
 */
void
td_text_buffer_redo (TdTextBuffer *self)
{
  g_return_if_fail (TD_IS_TEXT_BUFFER (self));

  if (td_edit_history_can_redo (self->history))
    replay (self, td_edit_history_redo);
}

/**
 * td_text_buffer_begin_step:
 * @self: the buffer
 *
 * What is done until the matching td_text_buffer_end_step() is undone in one step, also if the main loop runs in between.
 * Until then nothing can be undone.
 */
void
td_text_buffer_begin_step (TdTextBuffer *self)
{
  gsize insert;
  gsize bound;

  g_return_if_fail (TD_IS_TEXT_BUFFER (self));

  get_selection (self, &insert, &bound);
  td_edit_history_begin (self->history, insert, bound);
  notify_history (self);
}

/**
 * td_text_buffer_end_step:
 * @self: the buffer
 */
void
td_text_buffer_end_step (TdTextBuffer *self)
{
  g_return_if_fail (TD_IS_TEXT_BUFFER (self));

  td_edit_history_end (self->history);
  notify_history (self);
}

/**
 * td_text_buffer_begin_irreversible:
 * @self: the buffer
 *
 * What is done until the matching td_text_buffer_end_irreversible() cannot be undone, nor what was done before.
 */
void
td_text_buffer_begin_irreversible (TdTextBuffer *self)
{
  g_return_if_fail (TD_IS_TEXT_BUFFER (self));

  self->n_irreversible++;
  td_edit_history_clear (self->history);
  notify_history (self);
}

/**
 * td_text_buffer_end_irreversible:
 * @self: the buffer
 */
void
td_text_buffer_end_irreversible (TdTextBuffer *self)
{
  g_return_if_fail (TD_IS_TEXT_BUFFER (self));
  g_return_if_fail (self->n_irreversible > 0);

  self->n_irreversible--;
}
