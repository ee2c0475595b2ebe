/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * tk-make-table NAME RANKS TABLE: turns a rank file into the table that encoders map. Runs at build time.
 *
 * A rank file has one line per token, its bytes in base64 and its rank, which is its id. Everything that can be known
 * about the vocabulary beforehand is worked out here, and what the encoder relies on is proved here: that every single
 * byte is a token, and that merging a token's own bytes ends with exactly two parts and then the token, so that it can
 * be reached and has one way of being made.
 */

#include "tk-make-characters.h"
#include "tk-make-trie.h"
#include "tk-table-private.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TOKEN_LENGTH 256

static const char *output_path;

static void die (const char *format, ...) __attribute__ ((format (printf, 1, 2), noreturn));

static void
die (const char *format,
     ...)
{
  va_list args;

  fputs ("tk-make-table: ", stderr);
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fputc ('\n', stderr);
  if (output_path != NULL)
    remove (output_path);
  exit (EXIT_FAILURE);
}

static void *
allocate (size_t n,
          size_t size)
{
  void *memory = calloc (n, size);

  if (memory == NULL)
    die ("out of memory");
  return memory;
}

static char *
read_file (const char *path,
           size_t     *length)
{
  FILE *file = fopen (path, "rb");
  char *data;
  long size;

  if (file == NULL || fseek (file, 0, SEEK_END) != 0 || (size = ftell (file)) < 0 || fseek (file, 0, SEEK_SET) != 0)
    die ("cannot read %s: %s", path, strerror (errno));
  data = allocate ((size_t) size + 1, 1);
  if (fread (data, 1, (size_t) size, file) != (size_t) size)
    die ("cannot read %s", path);
  fclose (file);
  *length = (size_t) size;
  return data;
}

/* The rank file ---------------------------------------------------------------------------------------------------- */

static int
base64_value (char c)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = c != '\0' ? strchr (alphabet, c) : NULL;

  return found != NULL ? (int) (found - alphabet) : -1;
}

/* Decodes base64 up to the first blank and returns what follows it. */
static const char *
read_base64 (const char    *p,
             unsigned char *bytes,
             size_t        *length)
{
  unsigned bits = 0;
  int n_bits = 0;
  int value;

  *length = 0;
  for (; (value = base64_value (*p)) >= 0; p++)
    {
      bits = (bits << 6 | (unsigned) value) & 0xffff;
      n_bits += 6;
      if (n_bits >= 8)
        {
          n_bits -= 8;
          if (*length == MAX_TOKEN_LENGTH)
            return NULL;
          bytes[(*length)++] = (unsigned char) (bits >> n_bits);
        }
    }
  while (*p == '=')
    p++;
  return *p == ' ' && *length > 0 ? p + 1 : NULL;
}

static void
read_ranks (TkVocabulary *vocabulary,
            const char   *path)
{
  size_t length;
  char *data = read_file (path, &length);
  const char *p = data;
  size_t max_rows = length / 4 + 1;
  size_t used = 0;
  unsigned line = 0;

  vocabulary->bytes = allocate (length + MAX_TOKEN_LENGTH, 1);
  vocabulary->starts = allocate (max_rows + 1, sizeof *vocabulary->starts);
  vocabulary->lengths = allocate (max_rows + 1, sizeof *vocabulary->lengths);
  while (*p != '\0')
    {
      char *end;
      size_t size;
      unsigned long rank;

      line++;
      p = read_base64 (p, vocabulary->bytes + used, &size);
      if (p == NULL)
        die ("%s:%u: expected base64, a blank and a rank", path, line);
      rank = strtoul (p, &end, 10);
      if (end == p || *end != '\n' || rank >= max_rows || rank >= TK_TRIE_NO_ID || rank < vocabulary->n_ids)
        die ("%s:%u: the rank is not a number larger than the last", path, line);
      vocabulary->starts[rank] = (uint32_t) used;
      vocabulary->lengths[rank] = (uint32_t) size;
      vocabulary->n_ids = (uint32_t) rank + 1;
      used += size;
      p = end + 1;
    }
  vocabulary->n_bytes = used;
  free (data);
}

/* Merges ----------------------------------------------------------------------------------------------------------- */

static TkId
find (const TkTrieNode    *trie,
      const unsigned char *bytes,
      size_t               length)
{
  TkTable table = { .trie = trie };
  TkId id = tk_table_find (&table, (const char *) bytes, length);

  return id;
}

/* Merges the bytes of @id, lowest rank first, with the tokens of lower rank than its own, and records the two parts
 * that are left. Slow and obvious. */
static void
split_token (const TkVocabulary *vocabulary,
             const TkTrieNode   *trie,
             TkId                id,
             TkSplit            *split)
{
  const unsigned char *bytes = vocabulary->bytes + vocabulary->starts[id];
  uint32_t ends[MAX_TOKEN_LENGTH];
  unsigned n = vocabulary->lengths[id];

  for (unsigned i = 0; i < n; i++)
    ends[i] = i + 1;
  while (n > 2)
    {
      TkId best = id;
      unsigned best_at = 0;

      for (unsigned i = 0; i + 1 < n; i++)
        {
          unsigned start = i > 0 ? ends[i - 1] : 0;
          TkId merged = find (trie, bytes + start, ends[i + 1] - start);

          if (merged < best)
            {
              best = merged;
              best_at = i;
            }
        }
      if (best == id)
        die ("token %u cannot be reached by merging", (unsigned) id);
      memmove (ends + best_at, ends + best_at + 1, (n - best_at - 1) * sizeof *ends);
      n--;
    }
  split->left = n == 1 ? id : find (trie, bytes, ends[0]);
  split->right = n == 1 ? id : find (trie, bytes + ends[0], ends[1] - ends[0]);
  if (split->left > id || split->right > id)
    die ("token %u cannot be reached by merging", (unsigned) id);
}

static TkSplit *
make_splits (const TkVocabulary *vocabulary,
             const TkTrieNode   *trie)
{
  TkSplit *splits = allocate (vocabulary->n_ids, sizeof *splits);

  for (TkId id = 0; id < vocabulary->n_ids; id++)
    {
      if (vocabulary->lengths[id] > 0)
        split_token (vocabulary, trie, id, &splits[id]);
      else
        splits[id] = (TkSplit) { id, id };
    }
  for (unsigned c = 0; c < 256; c++)
    {
      unsigned char byte = (unsigned char) c;

      if (find (trie, &byte, 1) == TK_ID_NONE)
        die ("there is no token for the byte %u", c);
    }
  return splits;
}

static TkId *
make_prefixes (const TkVocabulary *vocabulary,
               const TkTrieNode   *trie)
{
  TkId *prefixes = allocate (vocabulary->n_ids, sizeof *prefixes);

  for (TkId id = 0; id < vocabulary->n_ids; id++)
    {
      prefixes[id] = TK_ID_NONE;
      for (uint32_t n = vocabulary->lengths[id]; n > 1 && prefixes[id] == TK_ID_NONE; n--)
        prefixes[id] = find (trie, vocabulary->bytes + vocabulary->starts[id], n - 1);
    }
  return prefixes;
}

static uint64_t *
make_pairs (const TkVocabulary *vocabulary,
            const TkSplit      *splits,
            size_t             *n_slots)
{
  /* Seven slots in ten are taken: the filter spares most searches that find nothing, which are the long ones. */
  size_t n = (size_t) vocabulary->n_ids * 10 / 7 + 1;
  uint64_t *pairs = allocate (n, sizeof *pairs);

  memset (pairs, 0xff, n * sizeof *pairs);
  for (TkId id = 0; id < vocabulary->n_ids; id++)
    {
      uint64_t key = tk_pair_key (splits[id].left, splits[id].right);
      size_t slot = tk_pair_slot (tk_pair_hash (key), n);

      if (splits[id].left == id)
        continue;
      for (; pairs[slot] != TK_PAIR_EMPTY; slot = slot + 1 < n ? slot + 1 : 0)
        if ((pairs[slot] & TK_PAIR_KEY_MASK) == key)
          die ("token %u is made like another one", (unsigned) id);
      pairs[slot] = key | (uint64_t) id << 36;
    }
  *n_slots = n;
  return pairs;
}

static uint64_t *
make_pair_filter (const TkVocabulary *vocabulary,
                  const TkSplit      *splits)
{
  uint64_t *filter = allocate (TK_PAIR_FILTER_WORDS, sizeof *filter);

  for (TkId id = 0; id < vocabulary->n_ids; id++)
    {
      uint64_t hash = tk_pair_hash (tk_pair_key (splits[id].left, splits[id].right));

      if (splits[id].left != id)
        filter[tk_pair_filter_word (hash)] |= UINT64_C (1) << tk_pair_filter_bit (hash);
    }
  return filter;
}

static TkWordBucket *
make_words (const TkVocabulary *vocabulary,
            size_t             *n_buckets)
{
  /* Four places in five are taken: nearly every search ends in its first bucket. */
  size_t n = vocabulary->n_ids * 5 / (4 * TK_BUCKET_WORDS) + 1;
  TkWordBucket *buckets = allocate (n, sizeof *buckets);

  for (TkId id = 0; id < vocabulary->n_ids; id++)
    {
      unsigned char bytes[TK_WORD_BYTES] = { 0 };
      uint32_t length = vocabulary->lengths[id];
      TkWordKey key;
      size_t at;
      unsigned place = 0;

      if (length == 0 || length > TK_WORD_MAX_LENGTH)
        continue;
      memcpy (bytes, vocabulary->bytes + vocabulary->starts[id], length);
      key = tk_word_key (bytes, length);
      for (at = tk_word_bucket (tk_word_hash (key), n); buckets[at].keys[place].high != 0; )
        if (++place == TK_BUCKET_WORDS)
          {
            at = at + 1 < n ? at + 1 : 0;
            place = 0;
          }
      buckets[at].keys[place] = key;
      buckets[at].ids[place] = id;
    }
  *n_buckets = n;
  return buckets;
}

/* The table file --------------------------------------------------------------------------------------------------- */

typedef struct
{
  char *data;
  size_t size;
} Output;

static void
add_section (Output    *output,
             TkSection  which,
             const void *data,
             size_t     size)
{
  size_t offset = (output->size + TK_TABLE_ALIGNMENT - 1) / TK_TABLE_ALIGNMENT * TK_TABLE_ALIGNMENT;
  TkTableHeader *header;

  output->data = realloc (output->data, offset + size);
  if (output->data == NULL)
    die ("out of memory");
  memset (output->data + output->size, 0, offset - output->size);
  memcpy (output->data + offset, data, size);
  output->size = offset + size;
  header = (TkTableHeader *) output->data;
  header->sections[which].offset = offset;
  header->sections[which].size = size;
}

static void
write_table (const Output *output)
{
  FILE *file = fopen (output_path, "wb");

  if (file == NULL || fwrite (output->data, 1, output->size, file) != output->size || fclose (file) != 0)
    die ("cannot write %s: %s", output_path, strerror (errno));
}

int
main (int    argc,
      char **argv)
{
  TkVocabulary vocabulary = { 0 };
  TkTrieNode *trie;
  TkSplit *splits;
  TkId *prefixes;
  uint64_t *pairs, *pair_filter, *boundaries;
  TkCharacter *characters;
  TkWordBucket *words;
  uint32_t *offsets;
  size_t n_nodes, n_pairs, n_buckets;
  TkTableHeader header = {
    .byte_order = TK_TABLE_BYTE_ORDER,
    .version = TK_TABLE_VERSION,
  };
  Output output = { allocate (1, sizeof header), sizeof header };
  size_t skip = offsetof (TkTableHeader, file_size);

  if (argc != 4 || strlen (argv[1]) >= sizeof header.name)
    {
      fputs ("usage: tk-make-table NAME RANKS TABLE\n", stderr);
      return 2;
    }
  output_path = argv[3];
  /* The file holds the letters without the NUL that ends them in C. */
  memcpy (header.magic, TK_TABLE_MAGIC, sizeof header.magic);
  read_ranks (&vocabulary, argv[2]);
  trie = tk_make_trie (&vocabulary, &n_nodes);
  if (trie == NULL)
    die ("the trie does not fit its node format");
  splits = make_splits (&vocabulary, trie);
  prefixes = make_prefixes (&vocabulary, trie);
  pairs = make_pairs (&vocabulary, splits, &n_pairs);
  pair_filter = make_pair_filter (&vocabulary, splits);
  characters = allocate (TK_N_CHARACTERS, sizeof *characters);
  boundaries = allocate (TK_BOUNDARY_WORDS, sizeof *boundaries);
  if (!tk_make_characters (&vocabulary, trie, characters, boundaries))
    die ("out of memory");
  words = make_words (&vocabulary, &n_buckets);
  offsets = allocate (vocabulary.n_ids + 1, sizeof *offsets);
  for (TkId id = 0; id < vocabulary.n_ids; id++)
    offsets[id + 1] = offsets[id] + vocabulary.lengths[id];

  strcpy (header.name, argv[1]);
  header.n_ids = vocabulary.n_ids;
  memcpy (output.data, &header, sizeof header);
  add_section (&output, TK_SECTION_OFFSETS, offsets, (vocabulary.n_ids + 1) * sizeof *offsets);
  add_section (&output, TK_SECTION_BYTES, vocabulary.bytes, vocabulary.n_bytes);
  add_section (&output, TK_SECTION_SPLITS, splits, vocabulary.n_ids * sizeof *splits);
  add_section (&output, TK_SECTION_PREFIXES, prefixes, vocabulary.n_ids * sizeof *prefixes);
  add_section (&output, TK_SECTION_TRIE, trie, n_nodes * sizeof *trie);
  add_section (&output, TK_SECTION_PAIRS, pairs, n_pairs * sizeof *pairs);
  add_section (&output, TK_SECTION_PAIR_FILTER, pair_filter, TK_PAIR_FILTER_WORDS * sizeof *pair_filter);
  add_section (&output, TK_SECTION_CHARACTERS, characters, TK_N_CHARACTERS * sizeof *characters);
  add_section (&output, TK_SECTION_BOUNDARIES, boundaries, TK_BOUNDARY_WORDS * sizeof *boundaries);
  add_section (&output, TK_SECTION_WORDS, words, n_buckets * sizeof *words);
  ((TkTableHeader *) output.data)->file_size = output.size;
  ((TkTableHeader *) output.data)->checksum = tk_table_checksum (output.data + skip, output.size - skip);
  write_table (&output);

  /* Not for tidiness: with the leak sanitizer on, the build would stop here. */
  free (boundaries);
  free (characters);
  free (output.data);
  free (offsets);
  free (pair_filter);
  free (words);
  free (pairs);
  free (prefixes);
  free (splits);
  free (trie);
  free (vocabulary.bytes);
  free (vocabulary.starts);
  free (vocabulary.lengths);
  return 0;
}
