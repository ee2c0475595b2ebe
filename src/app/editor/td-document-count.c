/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-count-job.h"
#include "app/editor/td-document-private.h"
#include "app/editor/td-words.h"

/* Up to this many characters a text is counted from scratch between two frames; a longer one goes to worker threads. */
#define SMALL_TEXT 8192

/* Counting everything --------------------------------------------------------------------------------------------- */

void
_td_document_stop_workers (TdDocument *self)
{
  _td_document_forget_head (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->snapshot, g_bytes_unref);
  for (guint i = 0; i < TD_N_SPECIAL_VOCABULARIES; i++)
    g_clear_pointer (&self->ahead[i], tk_token_map_free);
  memset (self->started, 0, sizeof self->started);
  self->edited = FALSE;
}

GBytes *
_td_document_copy_text (TdDocument *self)
{
  char *text = td_text_buffer_dup_text (self->buffer, 0, G_MAXSIZE);

  return g_bytes_new_take (text, strlen (text));
}

/* A worker's callback may come after the document has gone, or after a newer copy of the text was taken: it knows the
 * document weakly, and the copy it counted by the cancellable. */
typedef struct
{
  GWeakRef document;
  GCancellable *cancellable;
  TdVocabulary vocabulary;
} Request;

static Request *
request_new (TdDocument   *self,
             TdVocabulary  vocabulary)
{
  Request *request = g_new0 (Request, 1);

  g_weak_ref_init (&request->document, self);
  request->cancellable = g_object_ref (self->cancellable);
  request->vocabulary = vocabulary;

  return request;
}

/* Returns the document if it still waits for this result. */
static TdDocument *
request_free (Request *request)
{
  TdDocument *self = g_weak_ref_get (&request->document);

  if (self != NULL && self->cancellable != request->cancellable)
    g_clear_object (&self);

  g_weak_ref_clear (&request->document);
  g_object_unref (request->cancellable);
  g_free (request);

  return self;
}

/* When nothing is left to be counted, nobody needs the copy of the text any more. */
void
_td_document_finish_if_all_known (TdDocument *self)
{
  if (self->n_loads > 0)
    return;

  for (guint i = 0; i < td_vocabularies_get_n (self->special); i++)
    {
      if (self->maps[i] == NULL)
        return;
    }

  if (self->words_known)
    _td_document_stop_workers (self);
}

static void
words_counted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdDocument) self = request_free (user_data);
  gssize n_words = td_count_words_finish (result, NULL);

  if (self == NULL || n_words < 0)
    return;

  self->n_words = (guint64) ((gint64) n_words + self->words_delta);
  self->words_known = self->n_loads == 0;
  self->words_ahead = self->n_loads > 0;

  _td_document_finish_if_all_known (self);
  _td_document_queue_counts_changed (self);
}

static void
start_all_workers (TdDocument *self)
{
  for (TdVocabulary i = 0; i < td_vocabularies_get_n (self->special); i++)
    _td_document_start_worker (self, i);
}

static void
tokens_counted_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  TdVocabulary vocabulary = ((Request *) user_data)->vocabulary;
  g_autoptr (TdDocument) self = request_free (user_data);
  g_autoptr (GError) error = NULL;
  TkTokenMap *map = td_count_tokens_finish (result, &error);

  if (self == NULL)
    {
      g_clear_pointer (&map, tk_token_map_free);
      return;
    }

  if (map == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        _td_document_set_error (self, error);
      return;
    }

  if (self->n_loads > 0)
    {
      self->ahead[vocabulary] = map;
      start_all_workers (self);
      return;
    }

  if (self->edited)
    {
      TkEdit edit = {
        .position = self->edited_start,
        .removed = self->edited_old_end - self->edited_start,
        .inserted = self->edited_new_end - self->edited_start,
      };
      TkChange change;
      TkError table_error;

      /* Far-apart edits while the worker ran: following them would take as long as counting. */
      if (edit.inserted > TD_LARGE_EDIT ||
          !tk_token_map_splice (map, &edit, _td_document_read, self, &change, &table_error))
        {
          tk_token_map_free (map);
          _td_document_queue_recount (self);
          return;
        }
    }

  self->maps[vocabulary] = map;
  if (vocabulary == _td_document_get_painted (self))
    {
      _td_document_forget_head (self);
      _td_document_emit_all_tokens_changed (self);
    }

  start_all_workers (self);
  _td_document_finish_if_all_known (self);
  _td_document_queue_counts_changed (self);
}

void
_td_document_start_worker (TdDocument   *self,
              TdVocabulary  vocabulary)
{
  g_autoptr (GError) error = NULL;
  const TkEncoding *encoding;

  if (self->started[vocabulary])
    return;

  self->started[vocabulary] = TRUE;
  encoding = td_encodings_get (td_vocabulary_get_encoding (vocabulary), &error);
  if (encoding == NULL)
    _td_document_set_error (self, error);
  else
    td_count_tokens_async (self->snapshot, encoding, self->special, self->cancellable,
                           tokens_counted_cb, request_new (self, vocabulary));
}

static void
start_workers (TdDocument *self,
               GBytes     *text)
{
  self->snapshot = g_bytes_ref (text);
  self->cancellable = g_cancellable_new ();
  self->words_delta = 0;
  self->words_ahead = FALSE;

  /* The first result starts the other workers. */
  td_count_words_async (self->snapshot, self->cancellable, words_counted_cb, request_new (self, 0));
  _td_document_start_worker (self, _td_document_get_painted (self));
}

/**
 * _td_document_count_ahead:
 * @self: a document that is loading
 * @text: what its text will be
 *
 * Starts to count that. Nothing of it can be seen before _td_document_take_ahead().
 */
void
_td_document_count_ahead (TdDocument *self,
                          GBytes     *text)
{
  g_return_if_fail (self->n_loads > 0);

  _td_document_stop_workers (self);
  self->n_recounts++;
  start_workers (self, text);
}

/**
 * _td_document_take_ahead:
 * @self: a document that has been loaded
 * @text: what its text is now
 *
 * Gives out what has been counted of it by now; the rest follows as it is counted.
 *
 * Returns: whether @text is what is being counted
 */
gboolean
_td_document_take_ahead (TdDocument *self,
                         GBytes     *text)
{
  gboolean has_painted = self->ahead[_td_document_get_painted (self)] != NULL;

  if (self->snapshot != text)
    return FALSE;

  for (guint i = 0; i < TD_N_SPECIAL_VOCABULARIES; i++)
    self->maps[i] = g_steal_pointer (&self->ahead[i]);
  self->words_known = self->words_ahead;

  if (has_painted)
    _td_document_forget_head (self);
  else
    _td_document_count_head (self, text);
  _td_document_emit_all_tokens_changed (self);
  _td_document_queue_counts_changed (self);

  return TRUE;
}

void
_td_document_recount_now (TdDocument *self,
             GBytes     *text)
{
  TdWordsState state = { 0 };
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  for (TdVocabulary i = 0; i < td_vocabularies_get_n (self->special); i++)
    {
      g_autoptr (GError) error = NULL;
      const TkEncoding *encoding = td_encodings_get (td_vocabulary_get_encoding (i), &error);
      TkError table_error;

      if (encoding == NULL)
        {
          _td_document_set_error (self, error);
          continue;
        }

      self->maps[i] = tk_token_map_new (encoding, self->special);
      if (!tk_token_map_build (self->maps[i], data, length, NULL, &table_error))
        {
          g_critical ("Cannot count a text that GtkTextBuffer accepted: %s", table_error.message);
          g_clear_pointer (&self->maps[i], tk_token_map_free);
        }
    }

  self->n_words = td_words_count (&state, data, length);
  self->words_known = TRUE;
  _td_document_emit_all_tokens_changed (self);
}

void
_td_document_recount (TdDocument *self,
         GBytes     *text)
{
  g_autoptr (GBytes) copy = text != NULL ? g_bytes_ref (text) : _td_document_copy_text (self);

  g_clear_handle_id (&self->recount_source, g_source_remove);
  _td_document_stop_workers (self);
  self->n_recounts++;

  if (td_text_buffer_get_n_characters (self->buffer) <= SMALL_TEXT)
    _td_document_recount_now (self, copy);
  else
    {
      start_workers (self, copy);
      _td_document_count_head (self, copy);
    }

  _td_document_queue_counts_changed (self);
}

static gboolean
recount_source_cb (gpointer user_data)
{
  TdDocument *self = user_data;

  self->recount_source = 0;
  _td_document_recount (self, NULL);

  return G_SOURCE_REMOVE;
}

/* Nothing is known any more. A text that is small now is counted before anybody can ask; otherwise the main loop first
 * finishes whatever is changing it. */
void
_td_document_queue_recount (TdDocument *self)
{
  _td_document_stop_workers (self);
  for (guint i = 0; i < TD_N_SPECIAL_VOCABULARIES; i++)
    g_clear_pointer (&self->maps[i], tk_token_map_free);
  self->words_known = FALSE;

  _td_document_emit_all_tokens_changed (self);
  _td_document_queue_counts_changed (self);

  if (self->n_loads == 0 && self->recount_source == 0)
    self->recount_source = g_idle_add_full (G_PRIORITY_DEFAULT, recount_source_cb, self, NULL);
}

/**
 * td_document_get_token_map_of:
 * @self: the document
 * @encoding: any encoding
 *
 * Returns: (transfer none) (nullable): the tokens of the text in @encoding, valid until the text changes, or %NULL while
 *   they are being counted
 */
const TkTokenMap *
td_document_get_token_map_of (TdDocument   *self,
                              TkEncodingId  encoding)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (encoding < TK_N_ENCODINGS, NULL);

  return self->maps[td_vocabulary_with_special (encoding, self->special)];
}

/**
 * td_document_get_parse_special:
 * @self: the document
 *
 * Returns: whether text that spells a special token, such as "<|endoftext|>", counts as that token
 */
gboolean
td_document_get_parse_special (TdDocument *self)
{
  g_return_val_if_fail (TD_IS_DOCUMENT (self), FALSE);

  return self->special == TK_SPECIAL_PARSE;
}

/**
 * td_document_set_parse_special:
 * @self: the document
 * @parse_special: whether text that spells a special token counts as that token, or as the text it is
 *
 * Everything is counted anew, in two more encodings if special tokens are parsed.
 */
void
td_document_set_parse_special (TdDocument *self,
                               gboolean    parse_special)
{
  TkSpecialMode special = parse_special ? TK_SPECIAL_PARSE : TK_SPECIAL_AS_TEXT;

  g_return_if_fail (TD_IS_DOCUMENT (self));

  if (self->special == special)
    return;

  self->special = special;
  _td_document_queue_recount (self);
  g_object_notify (G_OBJECT (self), "parse-special");
}

guint
_td_document_get_n_recounts (TdDocument *self)
{
  return self->n_recounts;
}
