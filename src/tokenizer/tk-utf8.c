/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-utf8-private.h"

#include "tk-scan-private.h"

#include <string.h>

/* The length of the well-formed sequence at @p of which @left bytes are there, or 0. The ranges are those of table 3-7
 * of the Unicode Standard: no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t
sequence_length (const unsigned char *p,
                 size_t               left)
{
  unsigned char low = 0x80;
  unsigned char high = 0xbf;
  size_t length;

  if (p[0] < 0xc2 || p[0] > 0xf4)
    return 0;
  length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
  if (left < length)
    return 0;
  if (p[0] == 0xe0)
    low = 0xa0;
  else if (p[0] == 0xed)
    high = 0x9f;
  else if (p[0] == 0xf0)
    low = 0x90;
  else if (p[0] == 0xf4)
    high = 0x8f;
  if (p[1] < low || p[1] > high)
    return 0;
  for (size_t i = 2; i < length; i++)
    if ((p[i] & 0xc0) != 0x80)
      return 0;
  return length;
}

size_t
tk_utf8_check_from (const unsigned char *text,
                    size_t               length,
                    size_t               pos)
{
  while (pos < length)
    {
      uint64_t word;
      size_t size;

      if (length - pos >= sizeof word)
        {
          memcpy (&word, text + pos, sizeof word);
          if ((word & UINT64_C (0x8080808080808080)) == 0)
            {
              pos += sizeof word;
              continue;
            }
        }
      size = text[pos] < 0x80 ? 1 : sequence_length (text + pos, length - pos);
      if (size == 0)
        return pos;
      pos += size;
    }
  return pos;
}

size_t
tk_utf8_check (const char *text,
               size_t      length)
{
  const unsigned char *bytes = (const unsigned char *) text;
  size_t pos = 0;

#ifdef __x86_64__
  if (length >= 64 && tk_cpu_detect () >= TK_CPU_AVX2)
    pos = tk_utf8_skip_avx2 (bytes, length);
#endif
  return tk_utf8_check_from (bytes, length, pos);
}
