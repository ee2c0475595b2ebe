/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In a file of its own because the build-time converter needs it too. */

#include "tk-table-private.h"

#include <string.h>

static inline uint64_t
mix (uint64_t hash,
     uint64_t word)
{
  hash ^= word;
  hash = hash << 29 | hash >> 35;
  return hash * UINT64_C (0xd6e8feb86659fd93);
}

/* Adds whole blocks of N_LANES words. The lanes are independent, because one chain of multiplications would take longer
 * than reading the file: a table is checked each time it is opened. */
static void
add_blocks (TkChecksum          *checksum,
            const unsigned char *p,
            size_t               n_blocks)
{
  uint64_t lanes[TK_CHECKSUM_LANES];

  memcpy (lanes, checksum->lanes, sizeof lanes);
  for (; n_blocks > 0; n_blocks--, p += TK_CHECKSUM_BLOCK)
    for (int i = 0; i < TK_CHECKSUM_LANES; i++)
      {
        uint64_t word;

        memcpy (&word, p + 8 * i, sizeof word);
        lanes[i] = mix (lanes[i], word);
      }
  memcpy (checksum->lanes, lanes, sizeof lanes);
}

void
tk_checksum_init (TkChecksum *checksum)
{
  memset (checksum, 0, sizeof *checksum);
  for (int i = 0; i < TK_CHECKSUM_LANES; i++)
    checksum->lanes[i] = (uint64_t) i + 1;
}

void
tk_checksum_add (TkChecksum *checksum,
                 const void *data,
                 size_t      size)
{
  const unsigned char *p = data;
  size_t n_rest = checksum->size % TK_CHECKSUM_BLOCK;

  checksum->size += size;
  if (n_rest > 0)
    {
      size_t n = TK_CHECKSUM_BLOCK - n_rest < size ? TK_CHECKSUM_BLOCK - n_rest : size;

      memcpy (checksum->rest + n_rest, p, n);
      if (n_rest + n < TK_CHECKSUM_BLOCK)
        return;
      add_blocks (checksum, checksum->rest, 1);
      p += n;
      size -= n;
    }
  add_blocks (checksum, p, size / TK_CHECKSUM_BLOCK);
  memcpy (checksum->rest, p + size / TK_CHECKSUM_BLOCK * TK_CHECKSUM_BLOCK, size % TK_CHECKSUM_BLOCK);
}

uint64_t
tk_checksum_end (const TkChecksum *checksum)
{
  uint64_t hash = checksum->size;

  for (int i = 0; i < TK_CHECKSUM_LANES; i++)
    hash = mix (hash, checksum->lanes[i]);
  for (size_t i = 0; i < checksum->size % TK_CHECKSUM_BLOCK; i++)
    hash = mix (hash, checksum->rest[i]);
  return hash ^ hash >> 32;
}

uint64_t
tk_table_checksum (const void *data,
                   size_t      size)
{
  TkChecksum checksum;

  tk_checksum_init (&checksum);
  tk_checksum_add (&checksum, data, size);
  return tk_checksum_end (&checksum);
}
