/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-edit-history.h"

/* The oldest steps are forgotten beyond so many of them, or when they hold so many bytes; the newest always stays. */
#define MAX_STEPS 2000
#define MAX_BYTES (256 * 1024 * 1024)

/*
 * GtkTextBuffer's own history counts the characters of the view, which has breaks that come and go without being part
 * of the text; this one counts those of the document, so that it need not know of them.
 *
 * A step is what one command of the user did. Keys typed one after the other, up to the end of a word, are one step, and
 * so are characters taken away one after the other.
 */
typedef struct
{
  gboolean insert;
  gsize position;
  gsize n_characters;
  GString *text;
} Edit;

typedef struct
{
  GArray *edits; /* of Edit */
  gsize insert;  /* the cursor before the step */
  gsize bound;
} Step;

struct _TdEditHistory
{
  GPtrArray *steps;
  guint n_done;       /* the steps from here on were undone */
  gint64 saved;       /* the number of steps done when the text was saved; -1 if that cannot be reached any more */
  gsize n_bytes;
  guint depth;        /* of begin and end */
  Step *open;         /* nullable: being recorded */
  gboolean is_closed; /* whether nothing may be added to the last step */
};

static void
edit_clear (gpointer data)
{
  g_string_free (((Edit *) data)->text, TRUE);
}

static gsize
step_get_bytes (const Step *step)
{
  gsize n_bytes = sizeof (Step);

  for (guint i = 0; i < step->edits->len; i++)
    n_bytes += sizeof (Edit) + g_array_index (step->edits, Edit, i).text->len;

  return n_bytes;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  if (step == NULL)
    return;

  g_array_unref (step->edits);
  g_free (step);
}

/**
 * td_edit_history_new:
 *
 * Returns: (transfer full): a history of nothing, of a text that is saved
 */
TdEditHistory *
td_edit_history_new (void)
{
  TdEditHistory *self = g_new0 (TdEditHistory, 1);

  self->steps = g_ptr_array_new_with_free_func (step_free);

  return self;
}

/**
 * td_edit_history_free:
 * @self: (transfer full): a history
 */
void
td_edit_history_free (TdEditHistory *self)
{
  g_clear_pointer (&self->open, step_free);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/**
 * td_edit_history_clear:
 * @self: a history
 *
 * Forgets everything that was done, also in a step that has begun and not ended.
 */
void
td_edit_history_clear (TdEditHistory *self)
{
  g_clear_pointer (&self->open, step_free);
  g_ptr_array_set_size (self->steps, 0);
  self->n_done = 0;
  self->n_bytes = 0;
  self->saved = 0;
}

/* Recording -------------------------------------------------------------------------------------------------------- */

static void
forget_undone (TdEditHistory *self)
{
  while (self->steps->len > self->n_done)
    {
      self->n_bytes -= step_get_bytes (g_ptr_array_index (self->steps, self->steps->len - 1));
      g_ptr_array_set_size (self->steps, (int) self->steps->len - 1);
    }
  if (self->saved > (gint64) self->n_done)
    self->saved = -1;
}

static void
forget_oldest (TdEditHistory *self)
{
  while (self->steps->len > 1 && (self->steps->len > MAX_STEPS || self->n_bytes > MAX_BYTES))
    {
      self->n_bytes -= step_get_bytes (g_ptr_array_index (self->steps, 0));
      g_ptr_array_remove_index (self->steps, 0);
      self->n_done--;
      self->saved = MAX (self->saved - 1, -1);
    }
}

static gboolean
goes_on_typing (const Edit *last,
                const Edit *next)
{
  const char *end = last->text->str + last->text->len;
  gunichar before = g_utf8_get_char (g_utf8_find_prev_char (last->text->str, end));
  gunichar c = g_utf8_get_char (next->text->str);

  return next->position == last->position + last->n_characters &&
         c != '\n' && c != '\r' && before != '\n' && before != '\r' &&
         (!g_unichar_isspace (before) || g_unichar_isspace (c));
}

/* Adds what @step did to the step before it, if that is how people think of it. */
static gboolean
merge (TdEditHistory *self,
       Step          *step)
{
  const Edit *next = &g_array_index (step->edits, Edit, 0);
  Step *last_step;
  Edit *last;

  if (self->is_closed || self->n_done == 0 || step->edits->len != 1 || next->n_characters != 1)
    return FALSE;

  last_step = g_ptr_array_index (self->steps, self->n_done - 1);
  last = &g_array_index (last_step->edits, Edit, 0);
  if (last_step->edits->len != 1 || last->insert != next->insert)
    return FALSE;

  if (next->insert && goes_on_typing (last, next))
    {
      g_string_append_len (last->text, next->text->str, (gssize) next->text->len);
    }
  else if (!next->insert && next->position == last->position)
    {
      g_string_append_len (last->text, next->text->str, (gssize) next->text->len);
    }
  else if (!next->insert && next->position + 1 == last->position)
    {
      g_string_prepend_len (last->text, next->text->str, (gssize) next->text->len);
      last->position--;
    }
  else
    {
      return FALSE;
    }

  last->n_characters++;
  self->n_bytes += next->text->len;
  step_free (step);

  return TRUE;
}

/**
 * td_edit_history_begin:
 * @self: a history
 * @insert: where the cursor is
 * @bound: where the other end of the selection is
 *
 * What is recorded until the matching td_edit_history_end() is one step. May be nested.
 */
void
td_edit_history_begin (TdEditHistory *self,
                       gsize          insert,
                       gsize          bound)
{
  if (self->depth++ > 0)
    return;

  self->open = g_new0 (Step, 1);
  self->open->edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  g_array_set_clear_func (self->open->edits, edit_clear);
  self->open->insert = insert;
  self->open->bound = bound;
}

/**
 * td_edit_history_end:
 * @self: a history
 */
void
td_edit_history_end (TdEditHistory *self)
{
  Step *step;

  g_return_if_fail (self->depth > 0);

  if (--self->depth > 0 || self->open == NULL)
    return;

  step = g_steal_pointer (&self->open);
  if (step->edits->len == 0)
    {
      step_free (step);
      return;
    }

  forget_undone (self);
  if (!merge (self, step))
    {
      g_ptr_array_add (self->steps, step);
      self->n_done++;
      self->n_bytes += step_get_bytes (step);
      /* Typing goes on after one character, not after a text that was pasted. */
      self->is_closed = FALSE;
      forget_oldest (self);
    }
}

static void
record (TdEditHistory *self,
        gboolean       insert,
        gsize          position,
        const char    *text,
        gsize          n_bytes)
{
  Edit edit = { .insert = insert, .position = position };
  gboolean alone = self->depth == 0;

  if (n_bytes == 0 || (self->depth > 0 && self->open == NULL))
    return;

  if (alone)
    td_edit_history_begin (self, position, position);
  edit.text = g_string_new_len (text, (gssize) n_bytes);
  edit.n_characters = (gsize) g_utf8_strlen (text, (gssize) n_bytes);
  g_array_append_val (self->open->edits, edit);
  if (alone)
    td_edit_history_end (self);
}

/**
 * td_edit_history_inserted:
 * @self: a history
 * @position: where the text was put
 * @text: the text
 * @n_bytes: its length in bytes
 */
void
td_edit_history_inserted (TdEditHistory *self,
                          gsize          position,
                          const char    *text,
                          gsize          n_bytes)
{
  record (self, TRUE, position, text, n_bytes);
}

/**
 * td_edit_history_removed:
 * @self: a history
 * @position: where the text was
 * @text: the text
 * @n_bytes: its length in bytes
 */
void
td_edit_history_removed (TdEditHistory *self,
                         gsize          position,
                         const char    *text,
                         gsize          n_bytes)
{
  record (self, FALSE, position, text, n_bytes);
}

/* Undoing ---------------------------------------------------------------------------------------------------------- */

/**
 * td_edit_history_can_undo:
 * @self: a history
 *
 * Returns: whether there is a step to undo
 */
gboolean
td_edit_history_can_undo (const TdEditHistory *self)
{
  return self->n_done > 0 && self->depth == 0;
}

/**
 * td_edit_history_can_redo:
 * @self: a history
 *
 * Returns: whether there is a step to redo
 */
gboolean
td_edit_history_can_redo (const TdEditHistory *self)
{
  return self->n_done < self->steps->len && self->depth == 0;
}

/**
 * td_edit_history_undo:
 * @self: a history that can undo
 * @edit: called for everything that is to be done to the text, in this order; it must not record that
 * @user_data: data for @edit
 * @insert: (out): where the cursor was before the step
 * @bound: (out): where the other end of the selection was
 */
void
td_edit_history_undo (TdEditHistory *self,
                      TdEditFunc     edit,
                      gpointer       user_data,
                      gsize         *insert,
                      gsize         *bound)
{
  const Step *step;

  g_return_if_fail (td_edit_history_can_undo (self));

  step = g_ptr_array_index (self->steps, --self->n_done);
  self->is_closed = TRUE;
  for (guint i = step->edits->len; i > 0; i--)
    {
      const Edit *done = &g_array_index (step->edits, Edit, i - 1);

      edit (!done->insert, done->position, done->text->str, done->n_characters, user_data);
    }
  *insert = step->insert;
  *bound = step->bound;
}

/**
 * td_edit_history_redo:
 * @self: a history that can redo
 * @edit: called for everything that is to be done to the text, in this order; it must not record that
 * @user_data: data for @edit
 * @insert: (out): where the cursor belongs afterwards
 * @bound: (out): the same
 */
void
td_edit_history_redo (TdEditHistory *self,
                      TdEditFunc     edit,
                      gpointer       user_data,
                      gsize         *insert,
                      gsize         *bound)
{
  const Step *step;

  g_return_if_fail (td_edit_history_can_redo (self));

  step = g_ptr_array_index (self->steps, self->n_done++);
  self->is_closed = TRUE;
  for (guint i = 0; i < step->edits->len; i++)
    {
      const Edit *undone = &g_array_index (step->edits, Edit, i);

      edit (undone->insert, undone->position, undone->text->str, undone->n_characters, user_data);
      *insert = undone->position + (undone->insert ? undone->n_characters : 0);
      *bound = *insert;
    }
}

/* Saving ----------------------------------------------------------------------------------------------------------- */

/**
 * td_edit_history_mark_saved:
 * @self: a history
 *
 * The text is now what was saved.
 */
void
td_edit_history_mark_saved (TdEditHistory *self)
{
  self->saved = self->n_done;
  self->is_closed = TRUE;
}

/**
 * td_edit_history_is_saved:
 * @self: a history
 *
 * Returns: whether undoing or redoing has led back to the text that was saved
 */
gboolean
td_edit_history_is_saved (const TdEditHistory *self)
{
  return self->saved == (gint64) self->n_done;
}
