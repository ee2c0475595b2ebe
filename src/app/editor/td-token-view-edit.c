/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-token-view-private.h"

/*
 * Moving, deleting, copying, pasting and undoing in a TdTokenView: what GTK does by itself but for soft breaks, which have to
 * feel like the places where the view wraps a line anyway.
 */

/* From how many bytes pasted, or characters replaced, on it is done in slices. */
#define LARGE_PASTE (128 * 1024)

static GtkTextViewClass *parent_class;

static gboolean
has_breaks (TdTokenView *self)
{
  return self->document != NULL &&
         td_soft_breaks_get_n (td_text_buffer_get_soft_breaks (td_document_get_buffer (self->document))) > 0;
}

static void
get_cursor (TdTokenView *self,
            GtkTextIter *cursor)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  gtk_text_buffer_get_iter_at_mark (buffer, cursor, gtk_text_buffer_get_insert (buffer));
}

static void
put_cursor (TdTokenView       *self,
            const GtkTextIter *cursor,
            gboolean           extend_selection)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  if (extend_selection)
    gtk_text_buffer_move_mark (buffer, gtk_text_buffer_get_insert (buffer), cursor);
  else
    gtk_text_buffer_place_cursor (buffer, cursor);
}

/* From the end of a piece to the start of the next, which is the same place of the document. */
static void
leave_end_of_piece (TdTokenView *self,
                    gboolean     extend_selection)
{
  GtkTextIter cursor;

  get_cursor (self, &cursor);
  if (td_text_buffer_is_soft_break (&cursor) && gtk_text_iter_forward_char (&cursor))
    put_cursor (self, &cursor, extend_selection);
}

/* And the other way round. */
static void
leave_start_of_piece (TdTokenView *self)
{
  GtkTextIter cursor;

  get_cursor (self, &cursor);
  if (gtk_text_iter_starts_line (&cursor) && !td_text_buffer_starts_line (&cursor) &&
      gtk_text_iter_backward_char (&cursor))
    put_cursor (self, &cursor, FALSE);
}

static void
forward_to_line_end (GtkTextIter *iter)
{
  while (!td_text_buffer_ends_line (iter))
    {
      if (gtk_text_iter_ends_line (iter))
        gtk_text_iter_forward_char (iter);
      else
        gtk_text_iter_forward_to_line_end (iter);
    }
}

static void
backward_to_line_start (GtkTextIter *iter)
{
  gtk_text_iter_set_line_offset (iter, 0);
  while (!td_text_buffer_starts_line (iter) && gtk_text_iter_backward_line (iter))
    ;
}

/* Moving ----------------------------------------------------------------------------------------------------------- */

/* One step, which never ends where it began because of a break. */
static void
move_once (TdTokenView     *self,
           GtkMovementStep  step,
           int              direction,
           gboolean         extend_selection)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  gboolean has_selection = gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (view));
  GtkTextIter before;
  GtkTextIter after;

  get_cursor (self, &before);
  parent_class->move_cursor (view, step, direction, extend_selection);
  get_cursor (self, &after);
  /* Without extending it, a step out of a selection goes to its end. */
  if (!gtk_text_iter_equal (&before, &after) && (extend_selection || !has_selection) &&
      td_text_buffer_get_character (&before) == td_text_buffer_get_character (&after))
    parent_class->move_cursor (view, step, direction, extend_selection);

  leave_end_of_piece (self, extend_selection);
}

static void
move_to_line_end (TdTokenView *self,
                  int          count,
                  gboolean     extend_selection)
{
  GtkTextIter cursor;

  get_cursor (self, &cursor);
  if (count > 0)
    forward_to_line_end (&cursor);
  else
    backward_to_line_start (&cursor);
  put_cursor (self, &cursor, extend_selection);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self),
                                      gtk_text_buffer_get_insert (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self))));
}

/* GTK goes to the end of the line, or to its start, and from there to that of the next. */
static void
move_by_line (TdTokenView *self,
              int          direction,
              gboolean     extend_selection)
{
  GtkTextIter cursor;

  get_cursor (self, &cursor);
  if (direction > 0 && td_text_buffer_ends_line (&cursor))
    gtk_text_iter_forward_line (&cursor);
  else if (direction < 0 && td_text_buffer_starts_line (&cursor))
    gtk_text_iter_backward_line (&cursor);
  put_cursor (self, &cursor, extend_selection);
  move_to_line_end (self, direction, extend_selection);
}

static void
td_token_view_move_cursor (GtkTextView     *view,
                           GtkMovementStep  step,
                           int              count,
                           gboolean         extend_selection)
{
  TdTokenView *self = TD_TOKEN_VIEW (view);
  int direction = count > 0 ? 1 : -1;

  if (!has_breaks (self) || !gtk_text_view_get_cursor_visible (view))
    {
      parent_class->move_cursor (view, step, count, extend_selection);
      return;
    }

  switch (step)
    {
    case GTK_MOVEMENT_LOGICAL_POSITIONS:
    case GTK_MOVEMENT_VISUAL_POSITIONS:
    case GTK_MOVEMENT_WORDS:
      for (int i = 0; i < ABS (count); i++)
        move_once (self, step, direction, extend_selection);
      break;

    case GTK_MOVEMENT_PARAGRAPH_ENDS:
      gtk_text_view_reset_im_context (view);
      move_to_line_end (self, count, extend_selection);
      break;

    case GTK_MOVEMENT_PARAGRAPHS:
      gtk_text_view_reset_im_context (view);
      for (int i = 0; i < ABS (count); i++)
        move_by_line (self, direction, extend_selection);
      break;

    case GTK_MOVEMENT_DISPLAY_LINES:
    case GTK_MOVEMENT_DISPLAY_LINE_ENDS:
    case GTK_MOVEMENT_PAGES:
    case GTK_MOVEMENT_BUFFER_ENDS:
    case GTK_MOVEMENT_HORIZONTAL_PAGES:
    default:
      parent_class->move_cursor (view, step, count, extend_selection);
    }
}

/* A third click selects the line, however many pieces it is in. */
static gboolean
td_token_view_extend_selection (GtkTextView            *view,
                                GtkTextExtendSelection  granularity,
                                const GtkTextIter      *location,
                                GtkTextIter            *start,
                                GtkTextIter            *end)
{
  gboolean stop = parent_class->extend_selection (view, granularity, location, start, end);

  if (granularity == GTK_TEXT_EXTEND_SELECTION_LINE && has_breaks (TD_TOKEN_VIEW (view)))
    {
      backward_to_line_start (start);
      /* Behind a line end the next line has begun. */
      if (!td_text_buffer_starts_line (end) || gtk_text_iter_equal (start, end))
        forward_to_line_end (end);
    }

  return stop;
}

/* Deleting --------------------------------------------------------------------------------------------------------- */

static void
td_token_view_backspace (GtkTextView *view)
{
  TdTokenView *self = TD_TOKEN_VIEW (view);

  if (has_breaks (self) && !gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (view)))
    leave_start_of_piece (self);

  parent_class->backspace (view);
}

/* The rest of the line, or with @whole all of it. */
static void
delete_line (TdTokenView *self,
             int          direction,
             gboolean     whole)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start;
  GtkTextIter end;

  get_cursor (self, &start);
  end = start;
  if (whole || direction < 0)
    backward_to_line_start (&start);
  if (whole || direction > 0)
    forward_to_line_end (&end);
  if (whole)
    gtk_text_iter_forward_line (&end);

  gtk_text_view_reset_im_context (GTK_TEXT_VIEW (self));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_interactive (buffer, &start, &end, gtk_text_view_get_editable (GTK_TEXT_VIEW (self)));
  gtk_text_buffer_end_user_action (buffer);
}

static void
td_token_view_delete_from_cursor (GtkTextView   *view,
                                  GtkDeleteType  type,
                                  int            count)
{
  TdTokenView *self = TD_TOKEN_VIEW (view);
  GtkTextIter cursor;

  if (!has_breaks (self))
    {
      parent_class->delete_from_cursor (view, type, count);
      return;
    }

  get_cursor (self, &cursor);
  if (type == GTK_DELETE_PARAGRAPHS)
    {
      delete_line (self, count, TRUE);
      return;
    }
  if (type == GTK_DELETE_PARAGRAPH_ENDS &&
      !(count > 0 ? td_text_buffer_ends_line (&cursor) : td_text_buffer_starts_line (&cursor)))
    {
      delete_line (self, count, FALSE);
      return;
    }

  if (!gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (view)))
    {
      if (count > 0)
        leave_end_of_piece (self, FALSE);
      else
        leave_start_of_piece (self);
    }
  parent_class->delete_from_cursor (view, type, count);
}

/* GtkSourceView moves lines of the buffer; a piece of a line must stay where it is. */
static void
td_token_view_move_lines (GtkSourceView *view,
                          gboolean       down)
{
  TdTokenView *self = TD_TOKEN_VIEW (view);
  GtkTextIter start;
  GtkTextIter end;

  if (has_breaks (self))
    {
      TdTextBuffer *buffer = td_document_get_buffer (self->document);
      const TdSoftBreaks *breaks = td_text_buffer_get_soft_breaks (buffer);

      gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
      /* The neighbours change places with it. */
      backward_to_line_start (&start);
      if (gtk_text_iter_backward_line (&start))
        backward_to_line_start (&start);
      forward_to_line_end (&end);
      if (gtk_text_iter_forward_line (&end))
        forward_to_line_end (&end);
      if (td_soft_breaks_count (breaks, (gsize) gtk_text_iter_get_offset (&start),
                                (gsize) gtk_text_iter_get_offset (&end)) > 0)
        {
          gtk_widget_error_bell (GTK_WIDGET (view));
          return;
        }
    }

  GTK_SOURCE_VIEW_CLASS (parent_class)->move_lines (view, down);
}

/* Indenting -------------------------------------------------------------------------------------------------------- */

/* Where the selected lines begin, the last first: what follows does not move when text is put there or taken away. */
static GArray *
dup_line_starts (const GtkTextIter *start,
                 const GtkTextIter *end)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  GtkTextIter line = *start;

  backward_to_line_start (&line);
  do
    {
      gsize character = td_text_buffer_get_character (&line);

      g_array_prepend_val (starts, character);
      forward_to_line_end (&line);
    }
  while (gtk_text_iter_forward_line (&line) && gtk_text_iter_compare (&line, end) < 0);

  return starts;
}

static void
indent_lines (TdTokenView *self,
              GArray      *starts,
              gboolean     unindent)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  guint width = gtk_source_view_get_tab_width (GTK_SOURCE_VIEW (self));

  gtk_text_buffer_begin_user_action (buffer);
  for (guint i = 0; i < starts->len; i++)
    {
      GtkTextIter start;
      GtkTextIter end;

      td_text_buffer_get_iter_at_character (TD_TEXT_BUFFER (buffer), &start, g_array_index (starts, gsize, i));
      end = start;
      if (!unindent)
        {
          /* An empty line stays empty. */
          if (!gtk_text_iter_ends_line (&start))
            gtk_text_buffer_insert (buffer, &start, "\t", 1);
          continue;
        }

      if (gtk_text_iter_get_char (&end) == '\t')
        gtk_text_iter_forward_char (&end);
      else
        for (guint j = 0; j < width && gtk_text_iter_get_char (&end) == ' '; j++)
          gtk_text_iter_forward_char (&end);
      if (!gtk_text_iter_equal (&start, &end))
        gtk_text_buffer_delete (buffer, &start, &end);
    }
  gtk_text_buffer_end_user_action (buffer);
}

/**
 * _td_token_view_tab:
 * @self: the view
 * @unindent: whether Shift is held
 *
 * The Tab key, where GtkSourceView would indent the pieces of a very long line: that would put tabs into the middle of it.
 *
 * Returns: whether it was done; otherwise it is up to GtkSourceView
 */
gboolean
_td_token_view_tab (TdTokenView *self,
                    gboolean     unindent)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  g_autoptr (GArray) starts = NULL;
  GtkTextIter start;
  GtkTextIter end;

  if (!has_breaks (self) || !gtk_text_view_get_editable (GTK_TEXT_VIEW (self)))
    return FALSE;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  starts = dup_line_starts (&start, &end);
  if (unindent || starts->len > 1)
    {
      indent_lines (self, starts, unindent);
      return TRUE;
    }

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, "\t", 1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));

  return TRUE;
}

static gboolean
key_pressed_cb (TdTokenView     *self,
                guint            key,
                guint            keycode,
                GdkModifierType  state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      (key != GDK_KEY_Tab && key != GDK_KEY_KP_Tab && key != GDK_KEY_ISO_Left_Tab))
    return GDK_EVENT_PROPAGATE;

  return _td_token_view_tab (self, (state & GDK_SHIFT_MASK) != 0) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* Dragging the selection away -------------------------------------------------------------------------------------- */

/* GtkTextView would give the buffer's own text away, and its breaks with it. */
static GdkContentProvider *
prepare_cb (TdTokenView   *self,
            double         x,
            double         y,
            GtkDragSource *source)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  gboolean editable = gtk_text_view_get_editable (view);
  g_autofree char *text = NULL;
  GtkTextIter start;
  GtkTextIter end;
  GtkTextIter place;
  int buffer_x;
  int buffer_y;

  if (!has_breaks (self) || !gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (view), &start, &end))
    return NULL;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (view, &place, buffer_x, buffer_y);
  if (!gtk_text_iter_in_range (&place, &start, &end))
    return NULL;

  gtk_drag_source_set_actions (source, editable ? GDK_ACTION_COPY | GDK_ACTION_MOVE : GDK_ACTION_COPY);
  text = td_selection_content_dup_text (td_document_get_buffer (self->document));

  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

static void
drag_end_cb (TdTokenView *self,
             GdkDrag     *drag,
             gboolean     delete_data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  if (!delete_data)
    return;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, gtk_text_view_get_editable (GTK_TEXT_VIEW (self)));
  gtk_text_buffer_end_user_action (buffer);
}

/**
 * _td_token_view_init_edit:
 * @self: the view, under construction
 *
 * Sees the Tab key and drags before GtkSourceView and GtkTextView do.
 */
void
_td_token_view_init_edit (TdTokenView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  g_signal_connect_object (drag, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/* Copying ---------------------------------------------------------------------------------------------------------- */

static gboolean
copy (TdTokenView *self,
      GdkClipboard *clipboard)
{
  g_autofree char *text = NULL;

  if (self->document == NULL ||
      !gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (td_document_get_buffer (self->document))))
    return FALSE;

  text = td_selection_content_dup_text (td_document_get_buffer (self->document));
  gdk_clipboard_set_text (clipboard, text);

  return TRUE;
}

static void
td_token_view_copy_clipboard (GtkTextView *view)
{
  copy (TD_TOKEN_VIEW (view), gtk_widget_get_clipboard (GTK_WIDGET (view)));
}

static void
td_token_view_cut_clipboard (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  if (!gtk_text_view_get_editable (view))
    {
      gtk_widget_error_bell (GTK_WIDGET (view));
      return;
    }

  if (!copy (TD_TOKEN_VIEW (view), gtk_widget_get_clipboard (GTK_WIDGET (view))))
    return;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
}

/* Pasting ---------------------------------------------------------------------------------------------------------- */

static void
paste_small (TdTokenView *self,
             const char  *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
}

static void
show_cursor (TdTokenView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (gtk_text_view_get_buffer (view)));
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdTokenView) self = user_data;

  if (td_document_load_finish (TD_DOCUMENT (source), result, NULL) && self->document == TD_DOCUMENT (source))
    show_cursor (self);
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TdTokenView) self = user_data;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
  GtkTextIter start;
  GtkTextIter end;

  if (bytes == NULL || self->document == NULL)
    return;
  if (td_document_get_loading (self->document) || !gtk_text_view_get_editable (GTK_TEXT_VIEW (self)))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  /* It may put in what has been typed, which is to be before the paste and outside of its step. */
  gtk_text_view_reset_im_context (GTK_TEXT_VIEW (self));

  gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &start, &end);
  if (g_bytes_get_size (bytes) > LARGE_PASTE ||
      gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start) > LARGE_PASTE)
    {
      td_document_paste_async (self->document, bytes, self->pasting, pasted_cb, g_object_ref (self));
      return;
    }

  paste_small (self, text);
  show_cursor (self);
}

/* GTK inserts any text at once, which for a large one takes longer than a window may stand still. */
static void
td_token_view_paste_clipboard (GtkTextView *view)
{
  TdTokenView *self = TD_TOKEN_VIEW (view);

  if (self->document == NULL || !gtk_text_view_get_editable (view))
    {
      gtk_widget_error_bell (GTK_WIDGET (view));
      return;
    }

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (view)), self->pasting, text_read_cb,
                                 g_object_ref (self));
}

/* Selecting -------------------------------------------------------------------------------------------------------- */

/* GtkTextView offers the buffer's own text for pasting with the middle button; here it is the document's. */
static void
update_primary (TdTokenView *self)
{
  GdkClipboard *clipboard = gtk_widget_get_primary_clipboard (GTK_WIDGET (self));
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));

  if (gtk_text_buffer_get_has_selection (buffer))
    {
      if (self->selection == NULL)
        self->selection = td_selection_content_new (TD_TEXT_BUFFER (buffer));
      gdk_clipboard_set_content (clipboard, self->selection);
    }
  else if (self->selection != NULL)
    {
      if (gdk_clipboard_get_content (clipboard) == self->selection)
        gdk_clipboard_set_content (clipboard, NULL);
      g_clear_object (&self->selection);
    }
}

static void
mark_set_cb (TdTokenView *self,
             GtkTextIter *place,
             GtkTextMark *mark)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  if ((mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer)) &&
      (self->selection != NULL || gtk_text_buffer_get_has_selection (buffer)) &&
      gtk_widget_get_realized (GTK_WIDGET (self)))
    update_primary (self);
}

static void
td_token_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (parent_class)->realize (widget);

  gtk_text_buffer_remove_selection_clipboard (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)),
                                              gtk_widget_get_primary_clipboard (widget));
}

static void
td_token_view_unrealize (GtkWidget *widget)
{
  gtk_text_buffer_add_selection_clipboard (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)),
                                           gtk_widget_get_primary_clipboard (widget));

  GTK_WIDGET_CLASS (parent_class)->unrealize (widget);
}

/**
 * _td_token_view_follow_selection:
 * @self: the view
 * @document: (nullable): the document it shows from now on
 *
 * Sets the view's buffer.
 */
void
_td_token_view_follow_selection (TdTokenView *self,
                                 TdDocument  *document)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkClipboard *clipboard = gtk_widget_get_primary_clipboard (GTK_WIDGET (self));
  gboolean realized = gtk_widget_get_realized (GTK_WIDGET (self));

  g_clear_object (&self->selection);
  if (realized)
    gtk_text_buffer_add_selection_clipboard (gtk_text_view_get_buffer (view), clipboard);
  gtk_text_view_set_buffer (view, document != NULL ? GTK_TEXT_BUFFER (td_document_get_buffer (document)) : NULL);
  if (realized)
    gtk_text_buffer_remove_selection_clipboard (gtk_text_view_get_buffer (view), clipboard);

  if (document == NULL)
    return;

  g_signal_connect_object (td_document_get_buffer (document), "mark-set", G_CALLBACK (mark_set_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (td_document_get_buffer (document), "notify::undoable",
                           G_CALLBACK (_td_token_view_update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_document_get_buffer (document), "notify::redoable",
                           G_CALLBACK (_td_token_view_update_undo), self, G_CONNECT_SWAPPED);
}

/* Undoing ---------------------------------------------------------------------------------------------------------- */

static void
undo_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  TdTokenView *self = TD_TOKEN_VIEW (widget);
  GtkTextView *view = GTK_TEXT_VIEW (widget);

  if (self->document == NULL || !gtk_text_view_get_editable (view))
    return;

  gtk_text_view_reset_im_context (view);
  if (g_str_equal (action_name, "text.undo"))
    td_text_buffer_undo (td_document_get_buffer (self->document));
  else
    td_text_buffer_redo (td_document_get_buffer (self->document));
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (gtk_text_view_get_buffer (view)));
}

/**
 * _td_token_view_update_undo:
 * @self: the view
 *
 * Lets the actions of the same names as GtkTextView's be as the document's history has it.
 */
void
_td_token_view_update_undo (TdTokenView *self)
{
  TdTextBuffer *buffer = self->document != NULL ? td_document_get_buffer (self->document) : NULL;
  gboolean editable = gtk_text_view_get_editable (GTK_TEXT_VIEW (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.undo",
                                 editable && buffer != NULL && td_text_buffer_get_undoable (buffer));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.redo",
                                 editable && buffer != NULL && td_text_buffer_get_redoable (buffer));
}

/**
 * _td_token_view_class_init_edit:
 * @klass: the class of TdTokenView
 */
void
_td_token_view_class_init_edit (TdTokenViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *text_view_class = GTK_TEXT_VIEW_CLASS (klass);

  parent_class = g_type_class_peek_parent (klass);

  widget_class->realize = td_token_view_realize;
  widget_class->unrealize = td_token_view_unrealize;

  text_view_class->backspace = td_token_view_backspace;
  text_view_class->copy_clipboard = td_token_view_copy_clipboard;
  text_view_class->cut_clipboard = td_token_view_cut_clipboard;
  text_view_class->delete_from_cursor = td_token_view_delete_from_cursor;
  text_view_class->extend_selection = td_token_view_extend_selection;
  text_view_class->move_cursor = td_token_view_move_cursor;
  text_view_class->paste_clipboard = td_token_view_paste_clipboard;

  GTK_SOURCE_VIEW_CLASS (klass)->move_lines = td_token_view_move_lines;

  gtk_widget_class_install_action (widget_class, "text.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "text.redo", NULL, undo_cb);
}
