/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-chunk-private.h"

size_t
tk_scan (const TkEncoding    *encoding,
         const unsigned char *text,
         size_t               length,
         size_t               start,
         uint32_t            *ends,
         size_t               max)
{
  size_t pos = start;
  size_t n = 0;

  while (n < max && pos < length)
    {
      pos = encoding->piece_end (text, length, pos);
      if (pos - start > UINT32_MAX)
        break;
      ends[n++] = (uint32_t) (pos - start);
    }
  return n;
}
