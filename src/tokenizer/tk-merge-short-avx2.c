/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least of eight keys at a time. */

#ifdef __x86_64__

#include "tk-shorts-private.h"

#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__ ((target ("avx2,bmi,bmi2,lzcnt")))
#define INLINE TARGET static inline __attribute__ ((always_inline))

typedef struct
{
  int32_t keys[TK_MERGE_SHORT_MAX];
} Keys;

INLINE Keys
keys_load (const int32_t *from)
{
  Keys keys;

  memcpy (keys.keys, from, sizeof keys.keys);
  return keys;
}

INLINE void
keys_set (Keys    *keys,
          unsigned at,
          int32_t  key)
{
  keys->keys[at] = key;
}

INLINE int32_t
keys_least (const Keys *keys,
            unsigned    n)
{
  __m256i least = _mm256_loadu_si256 ((const __m256i *) keys->keys);
  __m128i half;

  for (unsigned i = 8; i < n; i += 8)
    least = _mm256_min_epi32 (least, _mm256_loadu_si256 ((const __m256i *) (keys->keys + i)));
  half = _mm_min_epi32 (_mm256_castsi256_si128 (least), _mm256_extracti128_si256 (least, 1));
  half = _mm_min_epi32 (half, _mm_shuffle_epi32 (half, 0x4e));
  half = _mm_min_epi32 (half, _mm_shuffle_epi32 (half, 0xb1));
  return _mm_cvtsi128_si32 (half);
}

#include "tk-merge-keys-private.h"

TARGET size_t
tk_shorts_merge_avx2 (const TkShorts *shorts,
                      unsigned        position,
                      size_t          length,
                      TkId           *ids,
                      uint64_t       *bounds)
{
  return merge_with (shorts, position, length, ids, bounds);
}

#endif
