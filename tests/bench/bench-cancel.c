/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long an encoding goes on after it was cancelled, as one line of JSON:
 *
 *   bench-cancel ENCODING FILE TIMES
 *
 * Each time a thread begins to encode the file with a new encoder and is cancelled at another moment of its work.
 */

#include "tokenizer/tk-tokenizer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct
{
  const TkEncoding *encoding;
  const char *text;
  size_t length;
  atomic_bool cancelled;
  bool finished;
  double end_ms;
} Job;

static double
now_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void
fail (const char *what)
{
  fprintf (stderr, "bench-cancel: %s\n", what);
  exit (1);
}

static void *
run (void *data)
{
  Job *job = data;
  TkEncoder *encoder = tk_encoder_new (job->encoding);
  TkOptions options = { .cancelled = &job->cancelled };
  TkError error;
  size_t n;

  job->finished = tk_count (encoder, job->text, job->length, &options, &n, &error);
  job->end_ms = now_ms ();
  tk_encoder_free (encoder);
  return NULL;
}

static char *
load (const char *path,
      size_t     *length)
{
  FILE *file = fopen (path, "rb");
  char *text;

  if (file == NULL || fseek (file, 0, SEEK_END) != 0)
    fail ("cannot open the text");
  *length = (size_t) ftell (file);
  rewind (file);
  text = malloc (*length + 1);
  if (text == NULL || fread (text, 1, *length, file) != *length)
    fail ("cannot read the text");
  fclose (file);
  return text;
}

/* The time one call takes that nobody cancels. */
static double
whole_ms (Job *job)
{
  double start = now_ms ();

  run (job);
  return job->end_ms - start;
}

int
main (int    argc,
      char **argv)
{
  Job job = { 0 };
  TkEncodingId id;
  TkError error;
  double whole, worst = 0;
  int times, n_cancelled = 0;

  if (argc != 4 || !tk_encoding_id_from_name (argv[1], &id))
    fail ("usage: bench-cancel ENCODING FILE TIMES");
  job.encoding = tk_encoding_open (id, NULL, &error);
  if (job.encoding == NULL)
    fail (error.message);
  job.text = load (argv[2], &job.length);
  times = atoi (argv[3]);
  whole = whole_ms (&job);

  for (int i = 0; i < times; i++)
    {
      double wait = whole * (i + 0.5) / times;
      struct timespec pause = { (time_t) (wait / 1e3), (long) (wait * 1e6) % 1000000000 };
      pthread_t thread;
      double start;

      atomic_store (&job.cancelled, false);
      if (pthread_create (&thread, NULL, run, &job) != 0)
        fail ("no more threads");
      nanosleep (&pause, NULL);
      start = now_ms ();
      atomic_store (&job.cancelled, true);
      pthread_join (thread, NULL);
      if (job.finished)
        continue;
      n_cancelled++;
      worst = job.end_ms - start > worst ? job.end_ms - start : worst;
    }
  printf ("{\"whole_ms\": %.3f, \"cancelled\": %d, \"worst_ms\": %.3f}\n", whole, n_cancelled, worst);
  free ((char *) job.text);
  tk_encoding_free ((TkEncoding *) job.encoding);
  return 0;
}
