/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In a file of its own because the build-time converter needs it too. */

#include "tk-table-private.h"

#include <string.h>

#define N_LANES 8

static inline uint64_t
mix (uint64_t hash,
     uint64_t word)
{
  hash ^= word;
  hash = hash << 29 | hash >> 35;
  return hash * UINT64_C (0xd6e8feb86659fd93);
}

uint64_t
tk_table_checksum (const void *data,
                   size_t      size)
{
  /* Independent lanes, because one chain of multiplications would take longer than reading the file: a table is checked
   * each time it is opened. */
  const unsigned char *p = data;
  uint64_t lanes[N_LANES] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  uint64_t hash = size;

  for (; size >= sizeof lanes; size -= sizeof lanes, p += sizeof lanes)
    for (int i = 0; i < N_LANES; i++)
      {
        uint64_t word;

        memcpy (&word, p + 8 * i, sizeof word);
        lanes[i] = mix (lanes[i], word);
      }
  for (int i = 0; i < N_LANES; i++)
    hash = mix (hash, lanes[i]);
  for (; size > 0; size--, p++)
    hash = mix (hash, *p);
  return hash ^ hash >> 32;
}
