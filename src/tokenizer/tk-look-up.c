/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-look-up-private.h"

static inline uint64_t
keep (uint64_t bytes,
      uint32_t length)
{
  /* Whatever it does with longer ones. */
  return bytes & tk_word_masks[length & 15][0];
}

size_t
tk_look_up_portable (TkEncoder           *encoder,
                     const unsigned char *base,
                     const uint32_t      *bounds,
                     size_t               n_bounds,
                     const uint32_t      *asked,
                     size_t               n)
{
  return look_up (encoder, base, bounds, n_bounds, asked, n, keep);
}

TkLookUpFunc
tk_look_up_func (TkCpu cpu)
{
#ifdef __x86_64__
  if (cpu >= TK_CPU_AVX2)
    return tk_look_up_avx2;
#endif
  return tk_look_up_portable;
}
