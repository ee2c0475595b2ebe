/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows in one 512-bit register; every comparison gives its mask at once. */

#ifdef __x86_64__

#include "tk-scan-masks-private.h"

#include <immintrin.h>

#define AVX512 __attribute__ ((target ("avx512f,avx512bw,bmi,bmi2,lzcnt,popcnt")))

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

DEFINE_SCANS (avx512, AVX512)

#endif
