/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs the tokenizer over one text in a fresh process and prints what it took as one line of JSON:
 *
 *   bench-tokenizer ENCODING FILE BYTES ROUNDS [THREADS]
 *   bench-tokenizer settle
 *
 * cold is the first encode: page faults, empty caches and all. warm is the median of ROUNDS more. THREADS cut the text
 * at line ends into as many parts, each with an encoder of its own.
 *
 * settle touches memory and gives it back, so that the next process does not pay for what the host of a virtual machine
 * has taken away: finding it again can take 9 ms for 2 MB, forty times what the kernel takes to clear it.
 */

#include "tokenizer/tk-tokenizer.h"

#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_THREADS 64
#define LARGE_PAGE ((size_t) 2 << 20)
#define SETTLED ((size_t) 64 << 20)

typedef struct
{
  const TkEncoding *encoding;
  TkEncoder *encoder;
  const char *text;
  size_t length;
  TkId *ids;
  size_t n_tokens;
  bool count_only;
} Part;

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
  fprintf (stderr, "bench-tokenizer: %s\n", what);
  exit (1);
}

static void *
run_part (void *data)
{
  Part *part = data;
  TkError error;
  bool ok;

  if (part->encoder == NULL)
    part->encoder = tk_encoder_new (part->encoding);
  if (part->count_only)
    ok = tk_count (part->encoder, part->text, part->length, NULL, &part->n_tokens, &error);
  else
    ok = tk_encode (part->encoder, part->text, part->length, NULL, part->ids, NULL, part->length, &part->n_tokens,
                    &error);
  if (!ok)
    fail (error.message);
  return NULL;
}

/* The time for all parts at once. */
static double
run (Part   *parts,
     int     n_parts,
     bool    count_only)
{
  pthread_t threads[MAX_THREADS];
  double start = now_ms ();

  for (int i = 0; i < n_parts; i++)
    parts[i].count_only = count_only;
  for (int i = 1; i < n_parts; i++)
    if (pthread_create (&threads[i], NULL, run_part, &parts[i]) != 0)
      fail ("no more threads");
  run_part (&parts[0]);
  for (int i = 1; i < n_parts; i++)
    pthread_join (threads[i], NULL);
  return now_ms () - start;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median_of (Part *parts,
           int   n_parts,
           bool  count_only,
           int   rounds)
{
  double times[100] = { 0 };

  for (int i = 0; i < rounds; i++)
    times[i] = run (parts, n_parts, count_only);
  qsort (times, rounds, sizeof times[0], compare_doubles);
  return times[rounds / 2];
}

static const char *
map_file (const char *path,
          size_t     *length)
{
  struct stat st;
  int fd = open (path, O_RDONLY);
  const char *text;

  if (fd < 0 || fstat (fd, &st) != 0)
    fail ("cannot open the text");
  text = mmap (NULL, st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (text == MAP_FAILED)
    fail ("cannot map the text");
  close (fd);
  *length = st.st_size;
  return text;
}

/* Cuts at line ends, so that the parts' tokens are those of the whole but for the few at the seams. */
static int
cut_parts (Part             *parts,
           int               n_parts,
           const TkEncoding *encoding,
           const char       *text,
           size_t            length)
{
  size_t start = 0;

  for (int i = 0; i < n_parts; i++)
    {
      size_t end = i == n_parts - 1 ? length : length / n_parts * (i + 1);

      while (end < length && text[end - 1] != '\n')
        end++;
      memset (&parts[i], 0, sizeof parts[i]);
      parts[i].encoding = encoding;
      parts[i].text = text + start;
      parts[i].length = end - start;
      /* Where a large page begins, as tk_encode() advises. */
      parts[i].ids = aligned_alloc (LARGE_PAGE, ((parts[i].length + 1) * sizeof (TkId) + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1));
      start = end;
    }
  return n_parts;
}

static int
settle (void)
{
  volatile char *memory = aligned_alloc (LARGE_PAGE, SETTLED);

  if (memory == NULL)
    fail ("no memory");
  madvise ((void *) memory, SETTLED, MADV_HUGEPAGE);
  for (size_t i = 0; i < SETTLED; i += 4096)
    memory[i] = 1;
  free ((void *) memory);
  return 0;
}

/* The number of all ids, and a hash of them. */
static uint32_t
hash_ids (const Part *parts,
          int         n_parts,
          size_t     *n_tokens)
{
  uint32_t hash = 0x811c9dc5;

  *n_tokens = 0;
  for (int i = 0; i < n_parts; i++)
    {
      *n_tokens += parts[i].n_tokens;
      for (size_t j = 0; j < parts[i].n_tokens; j++)
        hash = (hash ^ parts[i].ids[j]) * 0x01000193;
    }
  return hash;
}

int
main (int    argc,
      char **argv)
{
  static Part parts[MAX_THREADS];
  TkEncodingId id;
  TkError error;
  TkEncoding *encoding;
  const char *text;
  size_t length, limit, n_tokens, n_ready;
  uint32_t hash;
  int rounds, n_parts;
  double load, cold, warm, count;
  struct rusage usage;
  TkId ready[8];

  if (argc == 2 && strcmp (argv[1], "settle") == 0)
    return settle ();
  if (argc < 5 || !tk_encoding_id_from_name (argv[1], &id))
    fail ("usage: bench-tokenizer ENCODING FILE BYTES ROUNDS [THREADS]");
  text = map_file (argv[2], &length);
  limit = strtoull (argv[3], NULL, 10);
  length = limit < length ? limit : length;
  while (length > 0 && tk_utf8_check (text, length) != length)
    length = tk_utf8_check (text, length);
  rounds = atoi (argv[4]);
  n_parts = argc > 5 ? atoi (argv[5]) : 1;
  if (rounds < 0 || rounds > 100 || n_parts < 1 || n_parts > MAX_THREADS)
    fail ("ROUNDS is 0 to 100, THREADS 1 to 64");

  load = now_ms ();
  encoding = tk_encoding_open (id, NULL, &error);
  if (encoding == NULL)
    fail (error.message);
  n_parts = cut_parts (parts, n_parts, encoding, text, length);
  parts[0].encoder = tk_encoder_new (encoding);
  if (!tk_encode (parts[0].encoder, "ready", 5, NULL, ready, NULL, 8, &n_ready, &error))
    fail (error.message);
  load = now_ms () - load;

  cold = run (parts, n_parts, false);
  hash = hash_ids (parts, n_parts, &n_tokens);
  warm = median_of (parts, n_parts, false, rounds);
  count = median_of (parts, n_parts, true, rounds);

  getrusage (RUSAGE_SELF, &usage);
  printf ("{\"load_ms\": %.3f, \"cold_ms\": %.3f, \"warm_ms\": %.3f, \"count_ms\": %.3f, \"tokens\": %zu, "
          "\"hash\": %" PRIu32 ", \"rss_kb\": %ld}\n",
          load, cold, warm, count, n_tokens, hash, usage.ru_maxrss);
  for (int i = 0; i < n_parts; i++)
    {
      tk_encoder_free (parts[i].encoder);
      free (parts[i].ids);
    }
  tk_encoding_free (encoding);
  return 0;
}
