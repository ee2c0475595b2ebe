/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifdef __x86_64__

#include "tk-look-up-private.h"

#include <immintrin.h>

#define AVX2 __attribute__ ((target ("avx2,bmi,bmi2")))

AVX2 static inline uint64_t
keep (uint64_t bytes,
      uint32_t length)
{
  /* The instruction sees 8 bits of the number, which wrap around for long pieces: whatever it does with them. */
  return _bzhi_u64 (bytes, 8 * length);
}

AVX2 void
tk_look_up_avx2 (const TkFronts      *fronts,
                 TkChunk             *chunk,
                 const uint32_t      *asked,
                 size_t               n_asked,
                 const unsigned char *readable_end)
{
  look_up (fronts, chunk, asked, n_asked, readable_end, keep);
}

#endif
