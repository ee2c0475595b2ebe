/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <pango/pango.h>

#include "app/editor/td-text-statistics.h"
#include "app/editor/td-words.h"

/*
 * What a text gives in tokens, beyond the counts that a document keeps.
 *
 * The usual rules of thumb speak of English words or of Chinese characters, and texts have both. So the tokens are
 * parted: those that have bytes of Chinese characters or of East Asian punctuation are set beside the Chinese
 * characters, all others beside the words that are no Chinese characters.
 */

/* Graphemes of text beyond ASCII are found in pieces of about this many bytes. */
#define PIECE_BYTES 4096

static inline gboolean
is_chinese (gunichar c)
{
  return c >= 0x2E80 && g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

static inline gboolean
is_east_asian_punctuation (gunichar c)
{
  return (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3020) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
         (c >= 0xFF5B && c <= 0xFF65);
}

/* Characters and graphemes ----------------------------------------------------------------------------------------- */

static guint64
count_graphemes_in_piece (const char *text,
                          gsize       length)
{
  g_autofree PangoLogAttr *attrs = NULL;
  glong n_characters = g_utf8_strlen (text, (gssize) length);
  guint64 n = 0;

  attrs = g_new0 (PangoLogAttr, n_characters + 1);
  pango_default_break (text, (int) length, NULL, attrs, (int) n_characters + 1);
  for (glong i = 0; i < n_characters; i++)
    n += attrs[i].is_cursor_position;

  return n;
}

/* Before a letter of these nothing goes on that began before. */
static gboolean
begins_grapheme (const char *p)
{
  return g_ascii_isalnum (*p) || is_chinese (g_utf8_get_char (p));
}

static guint64
count_graphemes (const char   *text,
                 gsize         length,
                 GCancellable *cancellable)
{
  const char *end = text + length;
  guint64 n = 0;

  for (const char *p = text; p < end && !g_cancellable_is_cancelled (cancellable);)
    {
      const char *piece = p;

      /* A character of ASCII is one of its own unless a mark follows; only CR LF are one together. */
      while (p < end && (guchar) *p < 0x80)
        p++;
      if (p < end && p > piece)
        p--;
      for (const char *q = piece; q < p; q++)
        n += *q != '\n' || q == piece || q[-1] != '\r';
      if (p == end)
        break;

      piece = p;
      do
        p = g_utf8_next_char (p);
      while (p < end && (p - piece < PIECE_BYTES || !begins_grapheme (p)));
      n += count_graphemes_in_piece (piece, p - piece);
    }

  return n;
}

static void
count_characters (TdTextStatistics *self,
                  const char       *text,
                  gsize             length)
{
  const char *end = text + length;
  TdWordsState state = { 0 };

  self->n_bytes = length;
  self->n_lines = 1;
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      self->n_characters++;
      if (*p == '\n')
        self->n_lines++;
      else if ((guchar) *p >= 0xE2 && is_chinese (g_utf8_get_char (p)))
        self->n_chinese++;
    }
  self->n_words = td_words_count (&state, text, length);
}

/* Tokens ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  TdTextStatistics *self;
  TdEncodingStatistics *encoding;
  const char *text;
  gsize at;
  gboolean in_chinese; /* the character that the walk is in */
  GCancellable *cancellable;

  /* for the ranked encoding, else NULL */
  guint32 *n_times;
  TdHeavyLine line;
} Walk;

/* Keeps the heaviest lines in their order. */
static void
rank_line (Walk *walk)
{
  TdTextStatistics *self = walk->self;
  guint i = self->n_heavy;

  if (walk->line.n_tokens == 0)
    return;

  while (i > 0 && self->heavy[i - 1].n_tokens < walk->line.n_tokens)
    i--;
  if (i == TD_N_RANKED)
    return;

  self->n_heavy = MIN (self->n_heavy + 1, TD_N_RANKED);
  memmove (&self->heavy[i + 1], &self->heavy[i], (self->n_heavy - 1 - i) * sizeof *self->heavy);
  self->heavy[i] = walk->line;
}

static bool
walk_tokens (const TkId     *ids,
             const uint32_t *lengths,
             size_t          n_tokens,
             void           *user_data)
{
  Walk *walk = user_data;

  for (size_t i = 0; i < n_tokens; i++)
    {
      gboolean is_chinese_token = FALSE;

      walk->line.n_tokens++;
      if (walk->n_times != NULL)
        walk->n_times[ids[i]]++;

      for (const char *p = walk->text + walk->at, *end = p + lengths[i]; p < end; p++)
        {
          guchar byte = *p;

          if ((byte & 0xC0) != 0x80)
            {
              walk->in_chinese = FALSE;
              if (byte >= 0xE2)
                {
                  gunichar c = g_utf8_get_char (p);

                  walk->in_chinese = is_chinese (c) || is_east_asian_punctuation (c);
                }
              walk->line.n_characters++;
            }
          is_chinese_token |= walk->in_chinese;

          if (byte == '\n' && walk->n_times != NULL)
            {
              TdHeavyLine next = {
                .line = walk->line.line + 1,
                .first_character = walk->line.first_character + walk->line.n_characters,
              };

              rank_line (walk);
              walk->line = next;
            }
        }

      walk->at += lengths[i];
      walk->encoding->n_tokens++;
      walk->encoding->n_chinese_tokens += is_chinese_token;
    }

  return !g_cancellable_is_cancelled (walk->cancellable);
}

static void
rank_tokens (TdTextStatistics *self,
             const guint32    *n_times,
             guint32           n_ids)
{
  for (TkId id = 0; id < n_ids; id++)
    {
      guint i = self->n_frequent;

      if (n_times[id] == 0)
        continue;

      while (i > 0 && self->frequent[i - 1].n_times < n_times[id])
        i--;
      if (i == TD_N_RANKED)
        continue;

      self->n_frequent = MIN (self->n_frequent + 1, TD_N_RANKED);
      memmove (&self->frequent[i + 1], &self->frequent[i], (self->n_frequent - 1 - i) * sizeof *self->frequent);
      self->frequent[i] = (TdFrequentToken) { id, n_times[id] };
    }
}

static gboolean
count_tokens (TdTextStatistics  *self,
              TdVocabulary       vocabulary,
              const char        *text,
              gsize              length,
              TkSpecialMode      special,
              GCancellable      *cancellable,
              GError           **error)
{
  gboolean is_ranked = vocabulary == td_vocabulary_from_encoding (self->ranked);
  TkEncodingId id = is_ranked ? self->ranked : td_vocabulary_get_encoding (vocabulary);
  const TkEncoding *encoding = td_encodings_get (id, error);
  TkOptions options = { .special = special };
  g_autofree guint32 *n_times = NULL;
  TkEncoder *encoder;
  TkError table_error = { 0 };
  gboolean done;
  Walk walk = {
    .self = self,
    .encoding = &self->encodings[vocabulary],
    .text = text,
    .cancellable = cancellable,
  };

  if (encoding == NULL)
    return FALSE;

  if (is_ranked)
    n_times = g_new0 (guint32, tk_encoding_get_n_vocab (encoding));
  walk.n_times = n_times;

  encoder = tk_encoder_new (encoding);
  done = tk_encode_each (encoder, text, length, &options, walk_tokens, &walk, &table_error);
  tk_encoder_free (encoder);
  if (!done)
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, table_error.message);
      return FALSE;
    }

  if (is_ranked)
    {
      rank_line (&walk);
      rank_tokens (self, n_times, tk_encoding_get_n_vocab (encoding));
    }

  return TRUE;
}

/**
 * td_text_statistics_new:
 * @text: valid UTF-8
 * @ranked: the encoding whose most frequent tokens and heaviest lines to find
 * @special: what to do with the spelling of special tokens
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Takes about as long as encoding @text in all encodings. Any thread may call it.
 *
 * Returns: (transfer full): the statistics, to be freed with g_free(), or %NULL
 */
TdTextStatistics *
td_text_statistics_new (GBytes         *text,
                        TkEncodingId    ranked,
                        TkSpecialMode   special,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_autofree TdTextStatistics *self = g_new0 (TdTextStatistics, 1);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  self->ranked = ranked;
  for (TdVocabulary i = 0; i < TD_N_VOCABULARIES; i++)
    {
      if (!count_tokens (self, i, data, length, special, cancellable, error))
        return NULL;
    }

  count_characters (self, data, length);
  self->n_graphemes = count_graphemes (data, length, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

typedef struct
{
  GBytes *text;
  TkEncodingId ranked;
  TkSpecialMode special;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->text);
  g_free (job);
}

static void
job_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  TdTextStatistics *self = td_text_statistics_new (job->text, job->ranked, job->special, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * td_text_statistics_new_async:
 * @text: valid UTF-8
 * @ranked: the encoding whose most frequent tokens and heaviest lines to find
 * @special: what to do with the spelling of special tokens
 * @cancellable: (nullable): a cancellable
 * @callback: called in the thread-default main context of the caller
 * @user_data: data for @callback
 *
 * Like td_text_statistics_new(), in a worker thread.
 */
void
td_text_statistics_new_async (GBytes              *text,
                              TkEncodingId         ranked,
                              TkSpecialMode        special,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->text = g_bytes_ref (text);
  job->ranked = ranked;
  job->special = special;
  g_task_set_source_tag (task, td_text_statistics_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, job_thread);
}

/**
 * td_text_statistics_new_finish:
 * @result: the result given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full): the statistics, to be freed with g_free(), or %NULL
 */
TdTextStatistics *
td_text_statistics_new_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, td_text_statistics_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** Returns: the words that are no Chinese characters */
guint64
td_text_statistics_get_other_words (const TdTextStatistics *self)
{
  return self->n_words > self->n_chinese ? self->n_words - self->n_chinese : 0;
}

/** Returns: the tokens of @vocabulary that hold nothing Chinese */
guint64
td_text_statistics_get_other_tokens (const TdTextStatistics *self,
                                     TdVocabulary            vocabulary)
{
  const TdEncodingStatistics *encoding = &self->encodings[vocabulary];

  return encoding->n_tokens - encoding->n_chinese_tokens;
}
