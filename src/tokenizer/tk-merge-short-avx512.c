/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys in registers: setting one and finding the least takes a few instructions, and nothing waits for memory. */

#ifdef __x86_64__

#include "tk-shorts-private.h"

#include <immintrin.h>

#define TARGET __attribute__ ((target ("avx512f,avx512bw,bmi,bmi2,lzcnt")))
#define INLINE TARGET static inline __attribute__ ((always_inline))

typedef struct
{
  __m512i low;
  __m512i high;
} Keys;

INLINE Keys
keys_load (const int32_t *from)
{
  return (Keys) { _mm512_loadu_si512 (from), _mm512_loadu_si512 (from + 16) };
}

INLINE void
keys_set (Keys    *keys,
          unsigned at,
          int32_t  key)
{
  const uint32_t mask = UINT32_C (1) << at;
  const __m512i all = _mm512_set1_epi32 (key);

  keys->low = _mm512_mask_mov_epi32 (keys->low, (__mmask16) mask, all);
  keys->high = _mm512_mask_mov_epi32 (keys->high, (__mmask16) (mask >> 16), all);
}

INLINE int32_t
keys_least (const Keys *keys,
            unsigned    n)
{
  (void) n;
  return _mm512_reduce_min_epi32 (_mm512_min_epi32 (keys->low, keys->high));
}

#include "tk-merge-keys-private.h"

TARGET size_t
tk_shorts_merge_avx512 (const TkShorts *shorts,
                        unsigned        position,
                        size_t          length,
                        TkId           *ids,
                        uint64_t       *bounds)
{
  return merge_with (shorts, position, length, ids, bounds);
}

#endif
