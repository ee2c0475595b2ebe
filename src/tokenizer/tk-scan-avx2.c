/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows in two 256-bit registers. */

#ifdef __x86_64__

#include "tk-scan-masks-private.h"

#include <immintrin.h>

#define AVX2 __attribute__ ((target ("avx2,bmi,bmi2,lzcnt,popcnt")))

AVX2 static inline __attribute__ ((always_inline)) uint64_t
mask_of (__m256i low,
         __m256i high)
{
  return (uint32_t) _mm256_movemask_epi8 (low) | (uint64_t) (uint32_t) _mm256_movemask_epi8 (high) << 32;
}

AVX2 static inline __attribute__ ((always_inline)) uint64_t
equal (__m256i low,
       __m256i high,
       char    c)
{
  __m256i all = _mm256_set1_epi8 (c);

  return mask_of (_mm256_cmpeq_epi8 (low, all), _mm256_cmpeq_epi8 (high, all));
}

/* There is no comparison of unsigned bytes, but x < n exactly if min (x, n - 1) = x. */
AVX2 static inline __attribute__ ((always_inline)) uint64_t
in_range (__m256i low,
          __m256i high,
          char    first,
          char    n)
{
  __m256i all = _mm256_set1_epi8 (first);
  __m256i last = _mm256_set1_epi8 ((char) (n - 1));

  low = _mm256_sub_epi8 (low, all);
  high = _mm256_sub_epi8 (high, all);
  return mask_of (_mm256_cmpeq_epi8 (_mm256_min_epu8 (low, last), low),
                  _mm256_cmpeq_epi8 (_mm256_min_epu8 (high, last), high));
}

AVX2 static inline __attribute__ ((always_inline)) void
make_masks (const unsigned char *p,
            Masks               *m)
{
  __m256i low = _mm256_loadu_si256 ((const __m256i *) (const void *) p);
  __m256i high = _mm256_loadu_si256 ((const __m256i *) (const void *) (p + 32));
  __m256i lower = _mm256_set1_epi8 (0x20);

  m->letter = in_range (_mm256_or_si256 (low, lower), _mm256_or_si256 (high, lower), 'a', 26);
  m->lower = mask_of (_mm256_slli_epi16 (low, 2), _mm256_slli_epi16 (high, 2));
  m->digit = in_range (low, high, '0', 10);
  m->blank = equal (low, high, ' ');
  m->space = m->blank | in_range (low, high, '\t', 5);
  m->newline = equal (low, high, '\n') | equal (low, high, '\r');
  m->apostrophe = equal (low, high, '\'');
  m->slash = equal (low, high, '/');
  m->high = mask_of (low, high);
}

AVX2 static inline __attribute__ ((always_inline)) void
make_high_masks (const unsigned char *p,
                 HighMasks           *m)
{
  __m256i low = _mm256_loadu_si256 ((const __m256i *) (const void *) p);
  __m256i high = _mm256_loadu_si256 ((const __m256i *) (const void *) (p + 32));

  m->lead = in_range (low, high, (char) 0xc0, 64);
  m->cased2 = in_range (low, high, (char) 0xc4, 7) | in_range (low, high, (char) 0xd0, 2);
  m->caseless2 = equal (low, high, (char) 0xda);
  m->caseless3 = in_range (low, high, (char) 0xe4, 6) | in_range (low, high, (char) 0xeb, 2);
  m->hexagram = equal (low, high, (char) 0xe4) & (equal (low, high, (char) 0xb7) >> 1 | UINT64_C (1) << 63);
  m->c5 = equal (low, high, (char) 0xc5);
  m->wide = in_range (low, high, (char) 0xe0, 16) & ~equal (low, high, (char) 0xe2);
}

#define write_ends write_ends_by_eights

DEFINE_SCANS (avx2, AVX2)

#endif
