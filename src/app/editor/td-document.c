/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <time.h>

#include "app/editor/td-document-private.h"
#include "app/editor/td-words.h"

/* When following edits has taken this long since the main loop last ran (replacing every match, say), the rest of them
 * is not followed: everything is counted anew in worker threads. */
#define BURST_MICROSECONDS 8000

/* Characters read from the buffer on both sides of what is needed, so that the four maps share one reading. */
#define READ_MARGIN 256

/**
 * TdDocument:
 *
 * A text and its exact counts, kept up while the text is edited.
 *
 * The document owns the buffer and one token map for each vocabulary. Small edits, undo and redo included, are followed
 * at once on the main thread, so the frame that shows a letter can show its tokens. What is too much for that (opening,
 * a large paste) is counted in worker threads from an immutable copy of the text: first the encoding the editor paints
 * with and the words, then the other encodings. Edits made meanwhile are merged into one span per copy and applied to
 * each result as it arrives. Until then the counts concerned are unknown; no old number is given out.
 *
 * All functions belong to the main thread.
 */
G_DEFINE_FINAL_TYPE (TdDocument, td_document, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_BUFFER,
  PROP_COUNTING,
  PROP_ENCODING,
  PROP_ERROR,
  PROP_LOADING,
  PROP_PARSE_SPECIAL,
  PROP_PROGRESS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_COUNTS_CHANGED,
  SIGNAL_TOKENS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
changed_source_cb (gpointer user_data)
{
  TdDocument *self = user_data;
  gboolean counting = td_document_get_counting (self);

  self->changed_source = 0;
  self->burst = 0;

  g_object_ref (self);
  g_signal_emit (self, signals[SIGNAL_COUNTS_CHANGED], 0);
  if (self->was_counting != counting)
    {
      self->was_counting = counting;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNTING]);
    }
  g_object_unref (self);

  return G_SOURCE_REMOVE;
}

/* Told once for all edits of one turn of the main loop, but before the next frame is drawn. */
void
_td_document_queue_counts_changed (TdDocument *self)
{
  if (self->changed_source == 0)
    self->changed_source = g_idle_add_full (G_PRIORITY_DEFAULT, changed_source_cb, self, NULL);
}

static void
emit_tokens_changed (TdDocument *self,
                     gsize       first,
                     gsize       n_characters)
{
  g_signal_emit (self, signals[SIGNAL_TOKENS_CHANGED], 0, (guint) first, (guint) n_characters);
}

void
_td_document_emit_all_tokens_changed (TdDocument *self)
{
  emit_tokens_changed (self, 0, G_MAXUINT);
}

TdVocabulary
_td_document_get_painted (TdDocument *self)
{
  return td_vocabulary_with_special (self->encoding, self->special);
}

void
_td_document_set_error (TdDocument   *self,
           const GError *error)
{
  if (g_set_str (&self->error, error != NULL ? error->message : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Reading the buffer ---------------------------------------------------------------------------------------------- */

static void
forget_window (TdDocument *self)
{
  g_clear_pointer (&self->window, g_free);
  self->window_characters = 0;
}

const char *
_td_document_read (gsize     first,
         gsize     n_characters,
         gsize    *n_bytes,
         gpointer  user_data)
{
  TdDocument *self = user_data;
  gsize total = td_text_buffer_get_n_characters (self->buffer);
  const char *start;

  first = MIN (first, total);
  n_characters = MIN (n_characters, total - first);

  if (self->window == NULL ||
      first < self->window_first ||
      first + n_characters > self->window_first + self->window_characters)
    {
      gsize window_first = first > READ_MARGIN ? first - READ_MARGIN : 0;
      gsize window_end = MIN (first + n_characters + READ_MARGIN, total);

      g_free (self->window);
      self->window = td_text_buffer_dup_text (self->buffer, window_first, window_end);
      self->window_bytes = strlen (self->window);
      self->window_first = window_first;
      self->window_characters = window_end - window_first;
    }

  start = g_utf8_offset_to_pointer (self->window, first - self->window_first);
  *n_bytes = self->window + self->window_bytes - start;

  return start;
}

static guint64
count_words_starting_in (TdDocument *self,
                         gsize       first,
                         gsize       n_characters)
{
  TdWordsState state = { 0 };
  gsize context = MIN (first, TD_WORDS_CONTEXT);
  gsize total = td_text_buffer_get_n_characters (self->buffer);
  gsize n_bytes;
  const char *text;
  const char *start;
  const char *end;

  n_characters = MIN (n_characters, total - first);
  text = _td_document_read (first - context, context + n_characters, &n_bytes, self);
  start = g_utf8_offset_to_pointer (text, context);
  end = g_utf8_offset_to_pointer (start, n_characters);
  td_words_count (&state, text, start - text);

  return td_words_count (&state, start, end - start);
}

/* Following edits ------------------------------------------------------------------------------------------------- */

static void
merge_edit (TdDocument   *self,
            const TkEdit *edit)
{
  gsize removed_end = edit->position + edit->removed;

  if (!self->edited)
    {
      self->edited = TRUE;
      self->edited_start = edit->position;
      self->edited_old_end = edit->position;
      self->edited_new_end = edit->position;
    }

  if (removed_end > self->edited_new_end)
    {
      self->edited_old_end += removed_end - self->edited_new_end;
      self->edited_new_end = removed_end;
    }
  self->edited_start = MIN (self->edited_start, edit->position);
  self->edited_new_end = self->edited_new_end - edit->removed + edit->inserted;
}

static gboolean
splice_maps (TdDocument   *self,
             const TkEdit *edit)
{
  TdVocabulary painted = _td_document_get_painted (self);
  gsize first = edit->position;
  gsize end = edit->position + edit->inserted;

  for (TdVocabulary i = 0; i < td_vocabularies_get_n (self->special); i++)
    {
      TkChange change;
      TkError error;

      if (self->maps[i] == NULL)
        continue;

      if (!tk_token_map_splice (self->maps[i], edit, _td_document_read, self, &change, &error))
        {
          g_critical ("Cannot follow an edit: %s", error.message);
          return FALSE;
        }

      if (i == painted)
        {
          first = MIN (first, change.start.characters);
          end = MAX (end, change.start.characters + change.new_characters);
        }
    }

  emit_tokens_changed (self, first, end - first);

  return TRUE;
}

/* The processor's time, not the clock's: on a busy machine a pause says nothing about the edit. */
static gint64
get_own_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
follow_edit (TdDocument   *self,
             const TkEdit *edit)
{
  gint64 start = get_own_time ();

  /* What somebody else changes meanwhile the text that is counted ahead does not have. */
  self->load_disturbed |= self->n_loads > 0 && !self->load_edits;
  if (self->n_loads > 0 || self->recount_source != 0)
    return;

  if (self->snapshot != NULL)
    merge_edit (self, edit);
  if (self->head != NULL)
    {
      _td_document_forget_head (self);
      _td_document_emit_all_tokens_changed (self);
    }

  if (edit->inserted > TD_LARGE_EDIT || edit->removed > TD_LARGE_EDIT ||
      self->burst > BURST_MICROSECONDS ||
      !splice_maps (self, edit))
    {
      _td_document_queue_recount (self);
      return;
    }

  self->burst += get_own_time () - start;
  _td_document_queue_counts_changed (self);
}

/* The words that an edit of @n_characters at @position may change the number of. */
static guint64
words_around (TdDocument *self,
              gsize       position,
              gsize       n_characters)
{
  if (n_characters > TD_LARGE_EDIT || self->n_loads > 0 || self->recount_source != 0)
    return 0;

  return count_words_starting_in (self, position, n_characters + TD_WORDS_CONTEXT);
}

static void
add_words (TdDocument *self,
           guint64     words_after)
{
  gint64 delta = (gint64) words_after - (gint64) self->words_before;

  self->words_delta += delta;
  self->n_words = (guint64) ((gint64) self->n_words + delta);
}

static void
commit_cb (GtkTextBuffer            *buffer,
           GtkTextBufferNotifyFlags  flags,
           guint                     position,
           guint                     length,
           gpointer                  user_data)
{
  TdDocument *self = user_data;
  const TdSoftBreaks *breaks = td_text_buffer_get_soft_breaks (self->buffer);
  TkEdit edit = { .position = td_soft_breaks_to_document (breaks, position) };
  gboolean before = flags == GTK_TEXT_BUFFER_NOTIFY_BEFORE_INSERT || flags == GTK_TEXT_BUFFER_NOTIFY_BEFORE_DELETE;

  /* Only where the text is broken changes: the lines of the view do, and nothing of the document. */
  if (td_text_buffer_is_arranging (self->buffer))
    {
      if (!before)
        emit_tokens_changed (self, edit.position > 0 ? edit.position - 1 : 0, 2);
      return;
    }

  forget_window (self);

  switch (flags)
    {
    case GTK_TEXT_BUFFER_NOTIFY_BEFORE_INSERT:
      self->words_before = words_around (self, edit.position, 0);
      return;

    case GTK_TEXT_BUFFER_NOTIFY_BEFORE_DELETE:
      self->removing = td_soft_breaks_to_document (breaks, position + length) - edit.position;
      self->words_before = words_around (self, edit.position, self->removing);
      return;

    case GTK_TEXT_BUFFER_NOTIFY_AFTER_INSERT:
      edit.inserted = td_soft_breaks_to_document (breaks, position + length) - edit.position;
      break;

    case GTK_TEXT_BUFFER_NOTIFY_AFTER_DELETE:
      edit.removed = self->removing;
      break;

    default:
      g_return_if_reached ();
    }

  add_words (self, words_around (self, edit.position, edit.inserted));
  follow_edit (self, &edit);
  forget_window (self);
}

/* Object ---------------------------------------------------------------------------------------------------------- */

static void
td_document_dispose (GObject *object)
{
  TdDocument *self = TD_DOCUMENT (object);

  _td_document_stop_workers (self);
  g_clear_handle_id (&self->recount_source, g_source_remove);
  g_clear_handle_id (&self->changed_source, g_source_remove);
  if (self->commit_handler != 0)
    gtk_text_buffer_remove_commit_notify (GTK_TEXT_BUFFER (self->buffer), self->commit_handler);
  self->commit_handler = 0;

  G_OBJECT_CLASS (td_document_parent_class)->dispose (object);
}

static void
td_document_finalize (GObject *object)
{
  TdDocument *self = TD_DOCUMENT (object);

  for (guint i = 0; i < TD_N_SPECIAL_VOCABULARIES; i++)
    g_clear_pointer (&self->maps[i], tk_token_map_free);
  g_clear_object (&self->buffer);
  g_free (self->error);
  g_free (self->window);

  G_OBJECT_CLASS (td_document_parent_class)->finalize (object);
}

static void
td_document_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TdDocument *self = TD_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_BUFFER:
      g_value_set_object (value, self->buffer);
      break;

    case PROP_COUNTING:
      g_value_set_boolean (value, td_document_get_counting (self));
      break;

    case PROP_ENCODING:
      g_value_set_uint (value, self->encoding);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, self->n_loads > 0);
      break;

    case PROP_PARSE_SPECIAL:
      g_value_set_boolean (value, td_document_get_parse_special (self));
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_document_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TdDocument *self = TD_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_ENCODING:
      td_document_set_encoding (self, g_value_get_uint (value));
      break;

    case PROP_PARSE_SPECIAL:
      td_document_set_parse_special (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_document_class_init (TdDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_document_dispose;
  object_class->finalize = td_document_finalize;
  object_class->get_property = td_document_get_property;
  object_class->set_property = td_document_set_property;

  properties[PROP_BUFFER] =
    g_param_spec_object ("buffer", NULL, NULL, TD_TYPE_TEXT_BUFFER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNTING] =
    g_param_spec_boolean ("counting", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ENCODING] =
    g_param_spec_uint ("encoding", NULL, NULL,
                       0, TK_N_ENCODINGS - 1, TK_ENCODING_O200K_BASE,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PARSE_SPECIAL] =
    g_param_spec_boolean ("parse-special", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TdDocument::counts-changed:
   *
   * One of the numbers changed, became known or became unknown. Emitted from the main loop, before the next frame.
   */
  signals[SIGNAL_COUNTS_CHANGED] =
    g_signal_new ("counts-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * TdDocument::tokens-changed:
   * @first: the first character that changed or whose token changed
   * @n_characters: how many of them there are now, %G_MAXUINT for the whole text
   *
   * The tokens the editor paints changed, or the text they lie in. Emitted at once.
   */
  signals[SIGNAL_TOKENS_CHANGED] =
    g_signal_new ("tokens-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
td_document_init (TdDocument *self)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  self->buffer = td_text_buffer_new ();
  self->encoding = TK_ENCODING_O200K_BASE;

  /* What is shown is what is counted and saved: no line end that exists only in the file, no tags of a language. */
  gtk_source_buffer_set_implicit_trailing_newline (GTK_SOURCE_BUFFER (self->buffer), FALSE);
  gtk_source_buffer_set_highlight_syntax (GTK_SOURCE_BUFFER (self->buffer), FALSE);
  gtk_source_buffer_set_highlight_matching_brackets (GTK_SOURCE_BUFFER (self->buffer), FALSE);

  self->commit_handler =
    gtk_text_buffer_add_commit_notify (GTK_TEXT_BUFFER (self->buffer),
                                       GTK_TEXT_BUFFER_NOTIFY_BEFORE_INSERT |
                                       GTK_TEXT_BUFFER_NOTIFY_AFTER_INSERT |
                                       GTK_TEXT_BUFFER_NOTIFY_BEFORE_DELETE |
                                       GTK_TEXT_BUFFER_NOTIFY_AFTER_DELETE,
                                       commit_cb, self, NULL);
  _td_document_recount_now (self, nothing);
}

/**
 * td_document_new:
 *
 * Returns: (transfer full): an empty document
 */
TdDocument *
td_document_new (void)
{
  return g_object_new (TD_TYPE_DOCUMENT, NULL);
}

/**
 * td_document_get_buffer:
 * @self: the document
 *
 * Returns: (transfer none): the text
 */
TdTextBuffer *
td_document_get_buffer (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);

  return self->buffer;
}

/**
 * td_document_get_encoding:
 * @self: the document
 *
 * Returns: the encoding that the editor paints with
 */
TkEncodingId
td_document_get_encoding (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), TK_ENCODING_O200K_BASE);

  return self->encoding;
}

/**
 * td_document_set_encoding:
 * @self: the document
 * @encoding: the encoding that the editor paints with from now on
 *
 * Costs nothing when the text has been counted: the maps of all encodings are kept.
 */
void
td_document_set_encoding (TdDocument   *self,
                          TkEncodingId  encoding)
{
  gboolean shows_snapshot;

  g_return_if_fail (TD_IS_DOCUMENT (self));
  g_return_if_fail (encoding < TK_N_ENCODINGS);

  if (self->encoding == encoding)
    return;

  /* While another text is being loaded, its head is there as soon as the buffer has so much of it. */
  shows_snapshot = self->n_loads == 0 || self->head != NULL;
  self->encoding = encoding;
  _td_document_forget_head (self);
  if (self->snapshot != NULL)
    {
      _td_document_start_worker (self, _td_document_get_painted (self));
      if (shows_snapshot && !self->edited && td_document_get_token_map (self) == NULL)
        _td_document_count_head (self, self->snapshot);
    }
  _td_document_emit_all_tokens_changed (self);
  _td_document_queue_counts_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENCODING]);
}

/**
 * td_document_get_token_count:
 * @self: the document
 * @encoding: any encoding
 * @n_tokens: (out): return location for the number of tokens of the whole text
 *
 * Returns: %FALSE while the tokens are being counted
 */
gboolean
td_document_get_token_count (TdDocument   *self,
                             TkEncodingId  encoding,
                             guint64      *n_tokens)
{
  const TkTokenMap *map;

  g_return_val_if_fail (TD_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (encoding < TK_N_ENCODINGS, FALSE);

  map = td_document_get_token_map_of (self, encoding);
  if (map == NULL)
    return FALSE;

  *n_tokens = tk_token_map_get_total (map).tokens;

  return TRUE;
}

/**
 * td_document_get_n_characters:
 * @self: the document
 *
 * Returns: the number of code points of the text, always known
 */
guint64
td_document_get_n_characters (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), 0);

  return td_text_buffer_get_n_characters (self->buffer);
}

/**
 * td_document_get_n_bytes:
 * @self: the document
 *
 * Returns: the length of the text in UTF-8, or 0 while no encoding has been counted yet
 */
guint64
td_document_get_n_bytes (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), 0);

  for (guint i = 0; i < TD_N_VOCABULARIES; i++)
    {
      if (self->maps[i] != NULL)
        return tk_token_map_get_total (self->maps[i]).bytes;
    }

  return 0;
}

/**
 * td_document_get_n_words:
 * @self: the document
 *
 * What a word is, is written down in td-words.c.
 *
 * Returns: the number of words, or 0 while they are being counted
 */
guint64
td_document_get_n_words (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), 0);

  return self->words_known ? self->n_words : 0;
}

/**
 * td_document_get_words_known:
 * @self: the document
 *
 * Returns: %FALSE while the words are being counted
 */
gboolean
td_document_get_words_known (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), FALSE);

  return self->words_known;
}

/**
 * td_document_get_counting:
 * @self: the document
 *
 * Returns: whether any number is not known yet
 */
gboolean
td_document_get_counting (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), FALSE);

  if (self->error != NULL)
    return FALSE;

  for (guint i = 0; i < td_vocabularies_get_n (self->special); i++)
    {
      if (self->maps[i] == NULL)
        return TRUE;
    }

  return !self->words_known;
}

/**
 * td_document_get_token_map:
 * @self: the document
 *
 * Returns: (transfer none) (nullable): the tokens that the editor paints, valid until the text changes, or %NULL while
 *   they are being counted
 */
const TkTokenMap *
td_document_get_token_map (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);

  return self->maps[_td_document_get_painted (self)];
}

/**
 * td_document_get_error:
 * @self: the document
 *
 * Returns: (nullable): why nothing can be counted, in words for the user
 */
const char *
td_document_get_error (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);

  return self->error;
}

/**
 * td_document_dup_text:
 * @self: the document
 *
 * Returns: (transfer full): a copy of the whole text as UTF-8
 */
GBytes *
td_document_dup_text (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);

  /* The copy that is being counted, if it still holds, costs nothing. */
  if (self->snapshot != NULL && !self->edited && self->n_loads == 0)
    return g_bytes_ref (self->snapshot);

  return _td_document_copy_text (self);
}
