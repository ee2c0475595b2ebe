/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdatomic.h>

#include <glib/gi18n.h>

#include "app/editor/td-encodings.h"
#include "app/export/td-export-job.h"
#include "app/export/td-split-picture.h"

/* What is written at a time. */
#define PIECE_BYTES (256 * 1024)

/**
 * TdExportJob:
 *
 * Writes the tokens of a text, in a worker thread: into a file, which is replaced only once all is written, or into
 * memory for the clipboard.
 */
struct _TdExportJob
{
  GObject parent_instance;

  TdExportKind kind;
  GBytes *text;
  TkEncodingId encoding;
  TkSpecialMode special;
  gboolean dark;
  atomic_size_t n_done; /* bytes of the text */
};

G_DEFINE_FINAL_TYPE (TdExportJob, td_export_job, G_TYPE_OBJECT)

static const struct
{
  const char *title;
  TdSplitFormat format;
  const char *extension; /* of pictures */
} kinds[TD_N_EXPORT_KINDS] = {
  [TD_EXPORT_LIST] = { N_("List of Ids (Python, JSON)"), TD_SPLIT_LIST, NULL },
  [TD_EXPORT_JSON] = { N_("JSON"), TD_SPLIT_JSON, NULL },
  [TD_EXPORT_CSV] = { N_("CSV"), TD_SPLIT_CSV, NULL },
  [TD_EXPORT_MARKDOWN] = { N_("Markdown"), TD_SPLIT_MARKDOWN, NULL },
  [TD_EXPORT_HTML] = { N_("HTML with Colors"), TD_SPLIT_HTML, NULL },
  [TD_EXPORT_PNG] = { N_("Picture (PNG)"), TD_N_SPLIT_FORMATS, "png" },
  [TD_EXPORT_SVG] = { N_("Picture (SVG)"), TD_N_SPLIT_FORMATS, "svg" },
};

/* Where the writing goes. */
typedef struct
{
  TdExportJob *job;
  TdSplitWriter *writer;
  GString *out;
  GOutputStream *stream; /* NULL: it stays in memory */
  GCancellable *cancellable;
  const char *bytes;
  GError *error;
} Sink;

static gboolean
drain (Sink *sink)
{
  gboolean written;

  if (sink->stream == NULL)
    {
      if (sink->out->len <= TD_EXPORT_CLIPBOARD_BYTES)
        return TRUE;
      g_set_error_literal (&sink->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                           _("This is too much for the clipboard. Save it in a file."));
      return FALSE;
    }

  written = g_output_stream_write_all (sink->stream, sink->out->str, sink->out->len, NULL, sink->cancellable,
                                       &sink->error);
  g_string_truncate (sink->out, 0);

  return written;
}

static bool
tokens_cb (const TkId     *ids,
           const uint32_t *lengths,
           size_t          n_tokens,
           void           *user_data)
{
  Sink *sink = user_data;
  gsize n_bytes = 0;

  for (size_t i = 0; i < n_tokens; i++)
    n_bytes += lengths[i];

  td_split_writer_add (sink->writer, sink->bytes, ids, lengths, n_tokens);
  sink->bytes += n_bytes;
  atomic_fetch_add (&sink->job->n_done, n_bytes);
  if (g_cancellable_set_error_if_cancelled (sink->cancellable, &sink->error))
    return false;

  return sink->out->len < PIECE_BYTES || drain (sink);
}

static gboolean
write_split (TdExportJob      *self,
             const TkEncoding *encoding,
             Sink             *sink)
{
  TkOptions options = { .special = self->special };
  TkEncoder *encoder = tk_encoder_new (encoding);
  TkError table_error = { 0 };
  gboolean done;
  gsize length;

  sink->bytes = g_bytes_get_data (self->text, &length);
  sink->writer = td_split_writer_new (kinds[self->kind].format, encoding, sink->out);
  done = tk_encode_each (encoder, sink->bytes, length, &options, tokens_cb, sink, &table_error);
  tk_encoder_free (encoder);
  if (done)
    {
      td_split_writer_end (sink->writer);
      done = drain (sink);
    }
  else if (sink->error == NULL)
    {
      g_set_error_literal (&sink->error, G_IO_ERROR, G_IO_ERROR_FAILED, table_error.message);
    }
  td_split_writer_free (sink->writer);

  return done;
}

static gboolean
write_picture (TdExportJob      *self,
               const TkEncoding *encoding,
               Sink             *sink)
{
  g_autoptr (GBytes) picture = NULL;
  gsize length;
  const char *data;

  picture = td_split_picture_new (self->text, encoding, self->special, self->dark, self->kind == TD_EXPORT_SVG,
                                  sink->cancellable, &sink->error);
  if (picture == NULL)
    return FALSE;

  data = g_bytes_get_data (picture, &length);
  g_string_append_len (sink->out, data, (gssize) length);

  return drain (sink);
}

static void
run_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  TdExportJob *self = source_object;
  GFile *file = task_data;
  GError *error = NULL;
  const TkEncoding *encoding = td_encodings_get (self->encoding, &error);
  g_autoptr (GFileOutputStream) stream = NULL;
  Sink sink = { .job = self, .cancellable = cancellable };
  gboolean done;

  if (encoding != NULL && file != NULL)
    stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  sink.stream = G_OUTPUT_STREAM (stream);
  sink.out = g_string_new (NULL);
  done = kinds[self->kind].format < TD_N_SPLIT_FORMATS ? write_split (self, encoding, &sink)
                                                        : write_picture (self, encoding, &sink);
  if (stream != NULL && done)
    {
      done = g_output_stream_close (sink.stream, cancellable, &sink.error);
    }
  else if (stream != NULL)
    {
      g_autoptr (GCancellable) discard = g_cancellable_new ();

      /* A stream that is closed while cancelled leaves the old file as it was. */
      g_cancellable_cancel (discard);
      g_output_stream_close (sink.stream, discard, NULL);
    }

  if (done)
    g_task_return_pointer (task, g_string_free_to_bytes (sink.out), (GDestroyNotify) g_bytes_unref);
  else
    {
      g_string_free (sink.out, TRUE);
      g_task_return_error (task, sink.error);
    }
}

static void
td_export_job_finalize (GObject *object)
{
  g_bytes_unref (TD_EXPORT_JOB (object)->text);

  G_OBJECT_CLASS (td_export_job_parent_class)->finalize (object);
}

static void
td_export_job_class_init (TdExportJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_export_job_finalize;
}

static void
td_export_job_init (TdExportJob *self)
{
  atomic_init (&self->n_done, 0);
}

/**
 * td_export_job_new:
 * @kind: what to make
 * @text: valid UTF-8
 * @encoding: the encoding to use
 * @special: what to do with the spelling of special tokens
 * @dark: whether a picture is light on dark
 *
 * Returns: (transfer full): a job to run once
 */
TdExportJob *
td_export_job_new (TdExportKind   kind,
                   GBytes        *text,
                   TkEncodingId   encoding,
                   TkSpecialMode  special,
                   gboolean       dark)
{
  TdExportJob *self = g_object_new (TD_TYPE_EXPORT_JOB, NULL);

  self->kind = kind;
  self->text = g_bytes_ref (text);
  self->encoding = encoding;
  self->special = special;
  self->dark = dark;

  return self;
}

/** Returns: how much of the text has been written, from 0 to 1 */
double
td_export_job_get_progress (TdExportJob *self)
{
  gsize length = g_bytes_get_size (self->text);

  return length > 0 ? (double) atomic_load (&self->n_done) / (double) length : 1;
}

/**
 * td_export_job_run_async:
 * @self: a job
 * @file: (nullable): the file to replace, or %NULL to keep the result in memory
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 */
void
td_export_job_run_async (TdExportJob         *self,
                         GFile               *file,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, td_export_job_run_async);
  if (file != NULL)
    g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, run_thread);
}

/**
 * td_export_job_run_finish:
 * @self: the job
 * @result: the result given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full): what was made, or the rest of it that was still in memory if it went to a file; %NULL after
 *   an error, with the file as it was
 */
GBytes *
td_export_job_run_finish (TdExportJob   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** Returns: what to call @kind */
const char *
td_export_kind_get_title (TdExportKind kind)
{
  g_return_val_if_fail (kind < TD_N_EXPORT_KINDS, NULL);

  return _(kinds[kind].title);
}

/** Returns: what the names of such files end with, without the point */
const char *
td_export_kind_get_extension (TdExportKind kind)
{
  g_return_val_if_fail (kind < TD_N_EXPORT_KINDS, NULL);

  return kinds[kind].extension != NULL ? kinds[kind].extension : td_split_format_get_extension (kinds[kind].format);
}
