/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-line-weights.h"
#include "app/editor/td-token-info.h"

/* So long after the last change the lines are looked through again, and so long at a time. */
#define QUIET_MILLISECONDS 250
#define SLICE_MICROSECONDS 2000

/* The clock is asked once for so many lines. */
#define LINES_PER_LOOK 64

/**
 * TdLineWeights:
 *
 * Which lines of a document have the most tokens. Counted are those that begin in a line, so that the numbers of all
 * lines add up to that of the whole text.
 *
 * All lines are looked through, in slices between frames and some time after the last change; until that is done the old
 * answer stands.
 */
struct _TdLineWeights
{
  GObject parent_instance;

  /* owned */
  TdDocument *document;
  guint wait_source;
  guint scan_source;

  gsize heaviest;
  gsize heavy;

  /* of the lines above scan_line, a line of the view */
  int scan_line;
  gsize scan_heaviest;
  gsize scan_tokens;
  gsize scan_lines; /* that are not empty */
};

G_DEFINE_FINAL_TYPE (TdLineWeights, td_line_weights, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Goes to the next line of the document, over all pieces of this one, or to the end of the text. O(log n). */
static void
forward_line (GtkTextIter *iter)
{
  int line = td_text_buffer_get_line (iter);
  int first = gtk_text_iter_get_line (iter) + 1;
  int end = gtk_text_buffer_get_line_count (gtk_text_iter_get_buffer (iter));

  if (!gtk_text_iter_forward_line (iter) || td_text_buffer_get_line (iter) > line)
    return;

  /* The first of the lines from first to end, which is none, that does not belong to this one any more. */
  while (first < end)
    {
      int middle = first + (end - first) / 2;

      gtk_text_iter_set_line (iter, middle);
      if (td_text_buffer_get_line (iter) > line)
        end = middle;
      else
        first = middle + 1;
    }

  if (end < gtk_text_buffer_get_line_count (gtk_text_iter_get_buffer (iter)))
    gtk_text_iter_set_line (iter, end);
  else
    gtk_text_iter_forward_to_end (iter);
}

/* Looking through all lines ---------------------------------------------------------------------------------------- */

static void
end_scan (TdLineWeights *self)
{
  gsize mean = self->scan_lines > 0 ? self->scan_tokens / self->scan_lines : 0;
  gsize heavy = 0;

  /* What has twice the usual number, and at any rate the heaviest, if it stands out at all. */
  if (self->scan_heaviest > 0)
    heavy = MAX (MIN (2 * mean, self->scan_heaviest), mean + mean / 4 + 1);
  if (self->heaviest == self->scan_heaviest && self->heavy == heavy)
    return;

  self->heaviest = self->scan_heaviest;
  self->heavy = heavy;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
scan_cb (gpointer user_data)
{
  TdLineWeights *self = user_data;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (self->document));
  const TkTokenMap *map = td_document_get_token_map (self->document);
  gint64 end_time = g_get_monotonic_time () + SLICE_MICROSECONDS;
  GtkTextIter iter;
  gsize before;

  if (map == NULL)
    {
      self->scan_source = 0;
      return G_SOURCE_REMOVE;
    }

  gtk_text_buffer_get_iter_at_line (buffer, &iter, self->scan_line);
  before = td_token_count_before (map, td_text_buffer_get_character (&iter));
  for (guint i = 1; !gtk_text_iter_is_end (&iter); i++)
    {
      gboolean is_empty = gtk_text_iter_ends_line (&iter);
      gsize here;

      if (i % LINES_PER_LOOK == 0 && g_get_monotonic_time () > end_time)
        {
          self->scan_line = gtk_text_iter_get_line (&iter);
          return G_SOURCE_CONTINUE;
        }

      forward_line (&iter);
      here = td_token_count_before (map, td_text_buffer_get_character (&iter));
      self->scan_heaviest = MAX (self->scan_heaviest, here - before);
      if (!is_empty)
        {
          self->scan_tokens += here - before;
          self->scan_lines++;
        }
      before = here;
    }

  self->scan_source = 0;
  end_scan (self);

  return G_SOURCE_REMOVE;
}

static gboolean
start_scan_cb (gpointer user_data)
{
  TdLineWeights *self = user_data;

  self->wait_source = 0;
  self->scan_line = 0;
  self->scan_heaviest = 0;
  self->scan_tokens = 0;
  self->scan_lines = 0;
  self->scan_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, scan_cb, self, NULL);

  return G_SOURCE_REMOVE;
}

static void
tokens_changed_cb (TdLineWeights *self)
{
  g_clear_handle_id (&self->scan_source, g_source_remove);
  g_clear_handle_id (&self->wait_source, g_source_remove);
  self->wait_source = g_timeout_add (QUIET_MILLISECONDS, start_scan_cb, self);
}

static void
td_line_weights_dispose (GObject *object)
{
  TdLineWeights *self = TD_LINE_WEIGHTS (object);

  g_clear_handle_id (&self->scan_source, g_source_remove);
  g_clear_handle_id (&self->wait_source, g_source_remove);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (td_line_weights_parent_class)->dispose (object);
}

static void
td_line_weights_class_init (TdLineWeightsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_line_weights_dispose;

  /**
   * TdLineWeights::changed:
   *
   * Other lines than before are the heavy ones.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_line_weights_init (TdLineWeights *self)
{
}

/**
 * td_line_weights_new:
 * @document: the document whose lines to weigh
 *
 * Returns: (transfer full): the weights, which follow @document as long as they live
 */
TdLineWeights *
td_line_weights_new (TdDocument *document)
{
  TdLineWeights *self;

  g_return_val_if_fail (TD_IS_DOCUMENT (document), NULL);

  self = g_object_new (TD_TYPE_LINE_WEIGHTS, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "tokens-changed", G_CALLBACK (tokens_changed_cb), self, G_CONNECT_SWAPPED);
  tokens_changed_cb (self);

  return self;
}

/**
 * td_document_count_line:
 * @document: a document
 * @line: the start of a line of the document
 * @n_tokens: (out): how many tokens begin in it, its end included
 *
 * O(log n), however long the line is.
 *
 * Returns: whether that is known already
 */
gboolean
td_document_count_line (TdDocument        *document,
                        const GtkTextIter *line,
                        gsize             *n_tokens)
{
  GtkTextIter next = *line;
  const TkTokenMap *map;
  gsize known_end;
  gsize end;

  g_return_val_if_fail (TD_IS_DOCUMENT (document), FALSE);

  *n_tokens = 0;
  map = td_document_get_painted_tokens (document, &known_end);
  if (map == NULL)
    return FALSE;

  forward_line (&next);
  end = td_text_buffer_get_character (&next);
  if (end > known_end)
    return FALSE;

  *n_tokens = td_token_count_before (map, end) - td_token_count_before (map, td_text_buffer_get_character (line));

  return TRUE;
}

/**
 * td_line_weights_get_heaviest:
 * @self: the weights
 *
 * Returns: how many tokens the heaviest line has, or 0 while that is not known
 */
gsize
td_line_weights_get_heaviest (TdLineWeights *self)
{
  g_return_val_if_fail (TD_IS_LINE_WEIGHTS (self), 0);

  return self->heaviest;
}

/**
 * td_line_weights_get_heavy:
 * @self: the weights
 *
 * A line is heavy with twice the tokens of the average line that is not empty; the heaviest already when it has a quarter
 * more.
 *
 * Returns: from how many tokens on a line is heavy, or 0 while that is not known
 */
gsize
td_line_weights_get_heavy (TdLineWeights *self)
{
  g_return_val_if_fail (TD_IS_LINE_WEIGHTS (self), 0);

  return self->heavy;
}
