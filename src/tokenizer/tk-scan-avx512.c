/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows in one 512-bit register; every comparison gives its mask at once. */

#ifdef __x86_64__

#include "tk-scan-masks-private.h"

#include <immintrin.h>

#define AVX512 __attribute__ ((target ("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))

AVX512 static inline __attribute__ ((always_inline)) uint64_t
in_range (__m512i       v,
          unsigned char first,
          unsigned char n)
{
  return _mm512_cmplt_epu8_mask (_mm512_sub_epi8 (v, _mm512_set1_epi8 ((char) first)), _mm512_set1_epi8 ((char) n));
}

AVX512 static inline __attribute__ ((always_inline)) void
make_masks (const unsigned char *p,
            Masks               *m)
{
  __m512i v = _mm512_loadu_si512 (p);
  __m512i lower = _mm512_set1_epi8 (0x20);

  m->letter = in_range (_mm512_or_si512 (v, lower), 'a', 26);
  m->lower = _mm512_test_epi8_mask (v, lower);
  m->digit = in_range (v, '0', 10);
  m->blank = _mm512_cmpeq_epi8_mask (v, lower);
  m->space = m->blank | in_range (v, '\t', 5);
  m->newline = _mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ('\n'));
  m->newline |= _mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ('\r'));
  m->apostrophe = _mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ('\''));
  m->slash = _mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ('/'));
  m->high = _mm512_movepi8_mask (v);
}

AVX512 static inline __attribute__ ((always_inline)) void
make_high_masks (const unsigned char *p,
                 HighMasks           *m)
{
  __m512i v = _mm512_loadu_si512 (p);
  uint64_t e4 = _mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ((char) 0xe4));

  m->lead = _mm512_cmpge_epu8_mask (v, _mm512_set1_epi8 ((char) 0xc0));
  m->cased2 = in_range (v, 0xc4, 7) | in_range (v, 0xd0, 2);
  m->caseless2 = _mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ((char) 0xda));
  m->caseless3 = in_range (v, 0xe4, 6) | in_range (v, 0xeb, 2);
  m->hexagram = e4 & (_mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ((char) 0xb7)) >> 1 | UINT64_C (1) << 63);
  m->c5 = _mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ((char) 0xc5));
  m->wide = in_range (v, 0xe0, 16) & ~_mm512_cmpeq_epi8_mask (v, _mm512_set1_epi8 ((char) 0xe2));
}

/* The places that are asked for, moved together; 32 of them always. */
AVX512 static inline __attribute__ ((always_inline)) size_t
write_ends (uint64_t  starts,
            uint32_t  base,
            uint32_t *ends)
{
  static const unsigned char places[WINDOW] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63
  };
  __m512i packed = _mm512_maskz_compress_epi8 (starts, _mm512_loadu_si512 (places));
  __m512i all = _mm512_set1_epi32 ((int) base);
  size_t n = (size_t) __builtin_popcountll (starts);

  _mm512_storeu_si512 (ends, _mm512_add_epi32 (all, _mm512_cvtepu8_epi32 (_mm512_castsi512_si128 (packed))));
  _mm512_storeu_si512 (ends + 16,
                       _mm512_add_epi32 (all, _mm512_cvtepu8_epi32 (_mm512_extracti32x4_epi32 (packed, 1))));
  if (__builtin_expect (n > 32, 0))
    {
      _mm512_storeu_si512 (ends + 32,
                           _mm512_add_epi32 (all, _mm512_cvtepu8_epi32 (_mm512_extracti32x4_epi32 (packed, 2))));
      _mm512_storeu_si512 (ends + 48,
                           _mm512_add_epi32 (all, _mm512_cvtepu8_epi32 (_mm512_extracti32x4_epi32 (packed, 3))));
    }
  return n;
}

DEFINE_SCANS (avx512, AVX512)

#endif
