/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Edits one text with a token map behind it and prints what that took as one line of JSON:
 *
 *   bench-token-map ENCODING FILE KEYS [SEED]
 *
 * build_ratio is the time to build the map over the time to encode the same text with a new encoder, as the map does,
 * median of paired rounds. A key is one inserted or deleted character: at random places a few are typed, taken from
 * elsewhere in the text or from a line of prose, and then deleted again. Times are those of tk_token_map_splice() and
 * of reading the text for it, in processor time, so that another program's turn is not counted as ours.
 */

#include "tokenizer/tk-token-map.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 5
#define TYPED 12
/* Characters from one known byte position to the next. */
#define STEP 128

/* The text of the file, which stays as it is, and what was typed at one place in it. */
typedef struct
{
  char *text;
  size_t length;
  size_t n_characters;
  size_t *steps;

  size_t position; /* in characters */
  char typed[TYPED * 4];
  size_t typed_length;
  size_t n_typed;

  char *window;
  size_t window_size;
} Document;

static void
fail (const char *what)
{
  fprintf (stderr, "bench-token-map: %s\n", what);
  exit (1);
}

static double
now_us (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static uint64_t
next_random (uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static size_t
next_character (const char *text,
                size_t      length,
                size_t      pos)
{
  for (pos++; pos < length && ((unsigned char) text[pos] & 0xc0) == 0x80; )
    pos++;
  return pos;
}

static void
load (Document   *doc,
      const char *path)
{
  FILE *file = fopen (path, "rb");
  size_t n = 0;

  memset (doc, 0, sizeof *doc);
  if (file == NULL || fseek (file, 0, SEEK_END) != 0)
    fail ("the file cannot be read");
  doc->length = (size_t) ftell (file);
  rewind (file);
  doc->text = malloc (doc->length + 1);
  doc->steps = malloc ((doc->length / STEP + 2) * sizeof *doc->steps);
  if (doc->text == NULL || doc->steps == NULL || fread (doc->text, 1, doc->length, file) != doc->length)
    fail ("the file cannot be read");
  fclose (file);
  for (size_t pos = 0; pos < doc->length; pos = next_character (doc->text, doc->length, pos))
    if (n++ % STEP == 0)
      doc->steps[(n - 1) / STEP] = pos;
  doc->n_characters = n;
}

static size_t
byte_of (const Document *doc,
         size_t          character)
{
  size_t pos;

  if (character >= doc->n_characters)
    return doc->length;
  pos = doc->steps[character / STEP];
  for (size_t i = character % STEP; i > 0; i--)
    pos = next_character (doc->text, doc->length, pos);
  return pos;
}

static void
append (Document *doc,
        size_t   *n,
        size_t    first,
        size_t    end)
{
  memcpy (doc->window + *n, doc->text + first, end - first);
  *n += end - first;
}

/* Text before what was typed, that, and text behind it. Like a gap buffer it copies when a window has it in it. */
static const char *
read_cb (size_t  first,
         size_t  n_characters,
         size_t *n_bytes,
         void   *user_data)
{
  Document *doc = user_data;
  size_t end = first + n_characters;
  size_t behind = doc->position + doc->n_typed;
  size_t n = 0;

  if (doc->window_size < n_characters * 4 + sizeof doc->typed)
    {
      doc->window_size = n_characters * 4 + sizeof doc->typed;
      free (doc->window);
      doc->window = malloc (doc->window_size);
      if (doc->window == NULL)
        fail ("no memory");
    }
  if (first < doc->position)
    append (doc, &n, byte_of (doc, first), byte_of (doc, end < doc->position ? end : doc->position));
  for (size_t i = doc->position, pos = 0, next; pos < doc->typed_length; i++, pos = next)
    {
      next = next_character (doc->typed, doc->typed_length, pos);
      for (; i >= first && i < end && pos < next; pos++)
        doc->window[n++] = doc->typed[pos];
    }
  if (end > behind)
    append (doc, &n, byte_of (doc, (first > behind ? first : behind) - doc->n_typed),
            byte_of (doc, end - doc->n_typed));
  *n_bytes = n;
  return doc->window;
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static bool
ignore_cb (const TkId     *ids,
           const uint32_t *lengths,
           size_t          n_tokens,
           void           *user_data)
{
  size_t *n = user_data;

  *n += n_tokens;
  return true;
}

static double
splice (TkTokenMap *map,
        Document   *doc,
        size_t      position,
        size_t      removed,
        size_t      inserted)
{
  TkEdit edit = { position, removed, inserted };
  TkChange change;
  TkError error;
  double start = now_us ();

  if (!tk_token_map_splice (map, &edit, read_cb, doc, &change, &error))
    fail (error.message);
  return now_us () - start;
}

static size_t
type_and_delete (TkTokenMap *map,
                 Document   *doc,
                 uint64_t   *random,
                 double     *times)
{
  static const char prose[] = "The prices, in dollars (USD), aren't what they were: 123.45 {\n  \"key\": null }\n";
  bool copy = next_random (random) % 2 == 0;
  size_t from = copy ? byte_of (doc, next_random (random) % doc->n_characters)
                     : next_random (random) % (sizeof prose - 1);
  const char *source = copy ? doc->text : prose;
  size_t length = copy ? doc->length : sizeof prose - 1;
  size_t n = 0;

  doc->position = next_random (random) % (doc->n_characters + 1);
  while (doc->n_typed < TYPED && from < length)
    {
      size_t next = next_character (source, length, from);

      memcpy (doc->typed + doc->typed_length, source + from, next - from);
      doc->typed_length += next - from;
      from = next;
      times[n++] = splice (map, doc, doc->position + doc->n_typed++, 0, 1);
    }
  while (doc->n_typed > 0)
    {
      do
        doc->typed_length--;
      while (((unsigned char) doc->typed[doc->typed_length] & 0xc0) == 0x80);
      doc->n_typed--;
      times[n++] = splice (map, doc, doc->position + doc->n_typed, 1, 0);
    }
  return n;
}

int
main (int   argc,
      char *argv[])
{
  double encode[ROUNDS], build[ROUNDS], ratios[ROUNDS];
  TkEncodingId id;
  TkError error;
  TkEncoding *encoding;
  TkTokenMap *map;
  Document doc;
  uint64_t random = 0x9e3779b97f4a7c15;
  size_t wanted, n = 0, n_tokens;
  double *times;

  if (argc < 4 || !tk_encoding_id_from_name (argv[1], &id))
    fail ("usage: bench-token-map ENCODING FILE KEYS [SEED]");
  load (&doc, argv[2]);
  wanted = (size_t) strtoull (argv[3], NULL, 10);
  if (argc > 4)
    random ^= strtoull (argv[4], NULL, 10);
  encoding = tk_encoding_open (id, NULL, &error);
  if (encoding == NULL)
    fail (error.message);
  map = tk_token_map_new (encoding, TK_SPECIAL_AS_TEXT);

  for (int i = 0; i < ROUNDS; i++)
    {
      double start = now_us ();
      TkEncoder *encoder = tk_encoder_new (encoding);

      n_tokens = 0;
      if (!tk_encode_each (encoder, doc.text, doc.length, NULL, ignore_cb, &n_tokens, &error))
        fail (error.message);
      tk_encoder_free (encoder);
      encode[i] = now_us () - start;
      start = now_us ();
      if (!tk_token_map_build (map, doc.text, doc.length, NULL, &error))
        fail (error.message);
      build[i] = now_us () - start;
      ratios[i] = build[i] / encode[i];
    }
  qsort (encode, ROUNDS, sizeof *encode, compare);
  qsort (build, ROUNDS, sizeof *build, compare);
  qsort (ratios, ROUNDS, sizeof *ratios, compare);
  n_tokens = tk_token_map_get_total (map).tokens;
  printf ("{\"encoding\": \"%s\", \"bytes\": %zu, \"tokens\": %zu, \"bytes_per_token\": %.3f, \"encode_ms\": %.2f, "
          "\"build_ms\": %.2f, \"build_ratio\": %.3f",
          argv[1], doc.length, n_tokens, (double) tk_token_map_get_memory (map) / (double) n_tokens,
          encode[ROUNDS / 2] / 1e3, build[ROUNDS / 2] / 1e3, ratios[ROUNDS / 2]);

  times = malloc ((wanted + 2 * TYPED) * sizeof *times);
  if (times == NULL)
    fail ("no memory");
  while (n < wanted)
    n += type_and_delete (map, &doc, &random, times + n);
  if (tk_token_map_get_total (map).tokens != n_tokens)
    fail ("the edits were taken back but the tokens are not what they were");
  qsort (times, n, sizeof *times, compare);
  printf (", \"keys\": %zu, \"key_us_p50\": %.2f, \"key_us_p99\": %.2f, \"key_us_max\": %.2f, "
          "\"bytes_per_token_after\": %.3f}\n",
          n, times[n / 2], times[n * 99 / 100], times[n - 1],
          (double) tk_token_map_get_memory (map) / (double) n_tokens);

  tk_token_map_free (map);
  tk_encoding_free (encoding);
  free (times);
  free (doc.text);
  free (doc.steps);
  free (doc.window);
  return 0;
}
