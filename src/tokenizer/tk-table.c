/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-table-private.h"

#include "tk-error-private.h"
#include "tk-pages-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Fits the second-level cache beside what else is there. */
#define READ_SIZE (128 * 1024)

/* A section of at least @min bytes, in whole @element bytes; NULL if the header does not describe one. */
static const void *
section (const TkTableHeader *header,
         TkSection            which,
         size_t               element,
         uint64_t             min)
{
  uint64_t offset = header->sections[which].offset;
  uint64_t size = header->sections[which].size;

  if (offset % TK_TABLE_ALIGNMENT != 0 || offset < sizeof *header || offset > header->file_size ||
      size > header->file_size - offset || size < min || size % element != 0)
    return NULL;
  return (const char *) header + offset;
}

/* Everything in the header but the checksum and the sections. @size is the file's. */
static bool
check_header (const TkTableHeader *header,
              size_t               size,
              const char          *path,
              const char          *name,
              TkError             *error)
{
  if (size < sizeof *header || memcmp (header->magic, TK_TABLE_MAGIC, sizeof header->magic) != 0)
    return tk_fail (error, TK_ERROR_TABLE_FOREIGN, 0, "%s is not a token table", path);
  if (header->byte_order != TK_TABLE_BYTE_ORDER)
    return tk_fail (error, TK_ERROR_TABLE_FOREIGN, 0, "%s was made for another kind of machine", path);
  if (header->version != TK_TABLE_VERSION)
    return tk_fail (error, TK_ERROR_TABLE_FOREIGN, 0, "%s has format %u, this program needs %u", path,
                    (unsigned) header->version, (unsigned) TK_TABLE_VERSION);
  if (header->file_size != size)
    return tk_fail (error, TK_ERROR_TABLE_DAMAGED, 0, "%s is truncated: it has %zu of %llu bytes", path, size,
                    (unsigned long long) header->file_size);
  if (strncmp (header->name, name, sizeof header->name) != 0)
    return tk_fail (error, TK_ERROR_TABLE_FOREIGN, 0, "%s holds %.16s, not %s", path, header->name, name);
  return true;
}

/* read() until @size bytes are there. */
static bool
read_fully (int         fd,
            void       *buffer,
            size_t      size,
            const char *path,
            TkError    *error)
{
  char *p = buffer;

  while (size > 0)
    {
      ssize_t n = read (fd, p, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return tk_fail (error, TK_ERROR_TABLE_MISSING, 0, "Cannot read the token table %s: %s", path,
                        n < 0 ? strerror (errno) : "it has become shorter");
      p += n;
      size -= (size_t) n;
    }
  return true;
}

/*
 * Checks header and checksum by reading the file through a small buffer. To read it where it is mapped would be simpler
 * but slower: the processor has to be told of each of some thousand pages at its first touch, whether it is ever needed
 * again or not, while copies of the file's pages go through the cache.
 */
static bool
check_file (int            fd,
            size_t         size,
            TkTableHeader *header,
            const char    *path,
            const char    *name,
            TkError       *error)
{
  const size_t skip = offsetof (TkTableHeader, file_size);
  TkChecksum checksum;
  char *buffer;
  bool ok = true;

  if (size < sizeof *header)
    return tk_fail (error, TK_ERROR_TABLE_FOREIGN, 0, "%s is not a token table", path);
  if (!read_fully (fd, header, sizeof *header, path, error) || !check_header (header, size, path, name, error))
    return false;
  tk_checksum_init (&checksum);
  tk_checksum_add (&checksum, (const char *) header + skip, sizeof *header - skip);
  buffer = tk_realloc (NULL, 1, READ_SIZE);
  tk_pages_prepare (buffer, READ_SIZE, READ_SIZE);
  for (size_t left = size - sizeof *header; ok && left > 0; )
    {
      size_t n = left < READ_SIZE ? left : READ_SIZE;

      ok = read_fully (fd, buffer, n, path, error);
      if (ok)
        tk_checksum_add (&checksum, buffer, n);
      left -= n;
    }
  free (buffer);
  if (ok && header->checksum != tk_checksum_end (&checksum))
    return tk_fail (error, TK_ERROR_TABLE_DAMAGED, 0, "%s is damaged: its checksum does not match", path);
  return ok;
}

static bool
find_sections (TkTable    *table,
               const char *path,
               TkError    *error)
{
  const TkTableHeader *header = table->header;
  uint64_t n = header->n_ids;

  table->n_ids = header->n_ids;
  table->offsets = section (header, TK_SECTION_OFFSETS, sizeof *table->offsets, (n + 1) * sizeof *table->offsets);
  table->bytes = section (header, TK_SECTION_BYTES, 1, 256);
  table->splits = section (header, TK_SECTION_SPLITS, sizeof *table->splits, n * sizeof *table->splits);
  table->prefixes = section (header, TK_SECTION_PREFIXES, sizeof *table->prefixes, n * sizeof *table->prefixes);
  table->trie = section (header, TK_SECTION_TRIE, sizeof *table->trie, 257 * sizeof *table->trie);
  table->pairs = section (header, TK_SECTION_PAIRS, sizeof *table->pairs, 16);
  table->n_pair_slots = header->sections[TK_SECTION_PAIRS].size / sizeof *table->pairs;
  table->pair_filter = section (header, TK_SECTION_PAIR_FILTER, sizeof *table->pair_filter,
                                TK_PAIR_FILTER_WORDS * sizeof *table->pair_filter);
  table->characters = section (header, TK_SECTION_CHARACTERS, sizeof *table->characters,
                               TK_N_CHARACTERS * sizeof *table->characters);
  table->boundaries = section (header, TK_SECTION_BOUNDARIES, sizeof *table->boundaries,
                               TK_BOUNDARY_WORDS * sizeof *table->boundaries);
  table->words = section (header, TK_SECTION_WORDS, sizeof *table->words, sizeof *table->words);
  table->n_buckets = header->sections[TK_SECTION_WORDS].size / sizeof *table->words;
  if (table->offsets == NULL || table->bytes == NULL || table->splits == NULL || table->prefixes == NULL ||
      table->trie == NULL || table->pairs == NULL || table->pair_filter == NULL || table->characters == NULL ||
      table->boundaries == NULL || table->words == NULL)
    return tk_fail (error, TK_ERROR_TABLE_DAMAGED, 0, "%s is damaged: its sections do not fit", path);
  return true;
}

bool
tk_table_open (TkTable    *table,
               const char *path,
               const char *name,
               TkError    *error)
{
  TkTableHeader header;
  struct stat info;
  void *map;
  int fd;

  memset (table, 0, sizeof *table);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat (fd, &info) < 0)
    {
      tk_fail (error, TK_ERROR_TABLE_MISSING, 0, "Cannot open the token table %s: %s", path, strerror (errno));
      if (fd >= 0)
        close (fd);
      return false;
    }
  if (!S_ISREG (info.st_mode) || info.st_size <= 0)
    {
      close (fd);
      return tk_fail (error, TK_ERROR_TABLE_FOREIGN, 0, "%s is not a token table", path);
    }

  if (!check_file (fd, (size_t) info.st_size, &header, path, name, error))
    {
      close (fd);
      return false;
    }
  map = mmap (NULL, (size_t) info.st_size, PROT_READ, MAP_SHARED, fd, 0);
  close (fd);
  if (map == MAP_FAILED)
    return tk_fail (error, TK_ERROR_TABLE_MISSING, 0, "Cannot map the token table %s: %s", path, strerror (errno));

  table->header = map;
  /* A file that another program writes to at this moment is not what was checked. */
  if (memcmp (map, &header, sizeof header) != 0)
    tk_fail (error, TK_ERROR_TABLE_DAMAGED, 0, "%s is damaged: it is being changed", path);
  else if (find_sections (table, path, error))
    return true;
  munmap (map, (size_t) info.st_size);
  memset (table, 0, sizeof *table);
  return false;
}

void
tk_table_close (TkTable *table)
{
  if (table->header != NULL)
    munmap ((void *) table->header, table->header->file_size);
  memset (table, 0, sizeof *table);
}

TkId
tk_table_find (const TkTable *table,
               const char    *bytes,
               size_t         length)
{
  TkTrieNode node = table->trie[TK_TRIE_ROOT];
  TkId id;

  for (size_t i = 0; i < length; i++)
    {
      unsigned char c = (unsigned char) bytes[i];

      if (!tk_trie_may_have (node, c))
        return TK_ID_NONE;
      node = table->trie[tk_trie_base (node) + c];
      if (tk_trie_label (node) != c)
        return TK_ID_NONE;
    }
  id = tk_trie_id (node);
  return length == 0 || id == TK_TRIE_NO_ID ? TK_ID_NONE : id;
}
