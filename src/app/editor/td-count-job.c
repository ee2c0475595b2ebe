/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-count-job.h"
#include "app/editor/td-words.h"

/* Words are counted in pieces of this many bytes, between which a cancelled job ends. */
#define WORDS_PIECE (256 * 1024)

typedef struct
{
  GBytes *text;
  const TkEncoding *encoding;
  TkSpecialMode special;
  GCancellable *cancellable;
  gulong cancelled_handler;
  atomic_bool cancelled;
} Job;

static void
job_free (Job *job)
{
  g_cancellable_disconnect (job->cancellable, job->cancelled_handler);
  g_clear_object (&job->cancellable);
  g_bytes_unref (job->text);
  g_free (job);
}

static void
cancelled_cb (GCancellable *cancellable,
              Job          *job)
{
  atomic_store (&job->cancelled, true);
}

static void
count_tokens_thread (GTask        *task,
                     gpointer      source_object,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  Job *job = task_data;
  TkTokenMap *map = tk_token_map_new (job->encoding, job->special);
  gsize length;
  const char *text = g_bytes_get_data (job->text, &length);
  TkError error = { 0 };

  if (tk_token_map_build (map, text, length, &job->cancelled, &error))
    {
      g_task_return_pointer (task, map, (GDestroyNotify) tk_token_map_free);
      return;
    }

  tk_token_map_free (map);
  g_task_return_new_error (task, G_IO_ERROR,
                           error.code == TK_ERROR_CANCELLED ? G_IO_ERROR_CANCELLED : G_IO_ERROR_FAILED,
                           "%s", error.message);
}

static void
count_words_thread (GTask        *task,
                    gpointer      source_object,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  Job *job = task_data;
  gsize length;
  const char *text = g_bytes_get_data (job->text, &length);
  TdWordsState state = { 0 };
  guint64 n_words = 0;
  gsize start = 0;

  while (start < length)
    {
      gsize end = MIN (start + WORDS_PIECE, length);

      /* A piece ends before a character, never inside one. */
      while (end < length && ((guchar) text[end] & 0xC0) == 0x80)
        end++;

      if (g_task_return_error_if_cancelled (task))
        return;

      n_words += td_words_count (&state, text + start, end - start);
      start = end;
    }

  g_task_return_int (task, (gssize) n_words);
}

static void
start_job (GBytes              *text,
           const TkEncoding    *encoding,
           TkSpecialMode        special,
           GTaskThreadFunc      func,
           gpointer             source_tag,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->text = g_bytes_ref (text);
  job->encoding = encoding;
  job->special = special;
  g_set_object (&job->cancellable, cancellable);
  if (cancellable != NULL)
    job->cancelled_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), job, NULL);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, func);
}

/**
 * td_count_tokens_async:
 * @text: valid UTF-8
 * @encoding: the encoding to use
 * @special: what to do with the spelling of special tokens
 * @cancellable: (nullable): a cancellable; the job ends soon after it is cancelled
 * @callback: called in the thread-default main context of the caller
 * @user_data: data for @callback
 *
 * Builds the token map of @text in a worker thread.
 */
void
td_count_tokens_async (GBytes              *text,
                       const TkEncoding    *encoding,
                       TkSpecialMode        special,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  start_job (text, encoding, special, count_tokens_thread, td_count_tokens_async, cancellable, callback, user_data);
}

/**
 * td_count_tokens_finish:
 * @result: the result given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full): the map, or %NULL
 */
TkTokenMap *
td_count_tokens_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, td_count_tokens_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * td_count_words_async:
 * @text: valid UTF-8
 * @cancellable: (nullable): a cancellable; the job ends soon after it is cancelled
 * @callback: called in the thread-default main context of the caller
 * @user_data: data for @callback
 *
 * Counts the words of @text in a worker thread.
 */
void
td_count_words_async (GBytes              *text,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  start_job (text, NULL, TK_SPECIAL_AS_TEXT, count_words_thread, td_count_words_async, cancellable, callback, user_data);
}

/**
 * td_count_words_finish:
 * @result: the result given to the callback
 * @error: return location for an error
 *
 * Returns: the number of words, or -1
 */
gssize
td_count_words_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, td_count_words_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
