/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-look-up-private.h"

static inline uint64_t
keep (uint64_t bytes,
      uint32_t length)
{
  /* Whatever it does with longer ones. */
  return bytes & tk_word_masks[length & 15][0];
}

void
tk_look_up_portable (const TkFronts      *fronts,
                     TkChunk             *chunk,
                     const uint32_t      *asked,
                     size_t               n_asked,
                     const unsigned char *readable_end)
{
  look_up (fronts, chunk, asked, n_asked, readable_end, keep);
}

TkLookUpFunc
tk_look_up_func (TkCpu cpu)
{
#ifdef __x86_64__
  if (cpu >= TK_CPU_AVX512)
    return tk_look_up_avx512;
  if (cpu >= TK_CPU_AVX2)
    return tk_look_up_avx2;
#endif
  return tk_look_up_portable;
}
