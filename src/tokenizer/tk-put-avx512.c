/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The ids of four pieces at once: each of their three places gets its own 32 bits, and those that hold a token are
 * moved together. A quarter of the instructions of one piece after the other, and none of them a branch.
 */

#ifdef __x86_64__

#include "tk-chunk-private.h"

#include <immintrin.h>

#define AVX512 __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512vbmi,bmi,bmi2,popcnt")))

/* Puts the ids of four pieces, and returns how many they are; or does something else and returns 0 if one of the pieces
 * has more tokens than three. */
AVX512 static inline __attribute__ ((always_inline)) size_t
put_four (const TkTokens *tokens,
          TkId           *ids)
{
  /* Of each piece twice 64 bits: the first and second id from bits 8 and 26, the third from bit 44; and from bit 6 on
   * the number of tokens for each. */
  const __m512i twice = _mm512_setr_epi64 (0, 0, 1, 1, 2, 2, 3, 3);
  const __m512i id_bits = _mm512_set4_epi64 (0x043c342c043c342c, 0x322a221a20181008, 0x043c342c043c342c,
                                             0x322a221a20181008);
  const __m512i count_bits = _mm512_set1_epi64 (0x1e160e061e160e06);
  const __m512i index = _mm512_set4_epi32 (3, 2, 1, 0);
  __m512i all = _mm512_permutexvar_epi64 (twice, _mm512_castsi256_si512 (
                                                   _mm256_loadu_si256 ((const __m256i *) (const void *) tokens)));
  __m512i counts = _mm512_and_si512 (_mm512_multishift_epi64_epi8 (count_bits, all), _mm512_set1_epi32 (3));
  __m512i four = _mm512_and_si512 (_mm512_multishift_epi64_epi8 (id_bits, all), _mm512_set1_epi32 (TK_TOKENS_ID));
  __mmask16 used = _mm512_cmplt_epi32_mask (index, counts);

  _mm512_storeu_si512 (ids, _mm512_maskz_compress_epi32 (used, four));
  return (used & 0x1111) == 0x1111 ? (size_t) __builtin_popcount (used) : 0;
}

AVX512 size_t
tk_put_avx512 (const TkTokens *tokens,
               size_t          first,
               size_t          n,
               TkId           *ids,
               size_t         *n_ids)
{
  size_t i = first;
  size_t at = 0;
  size_t several = 1;

  for (; i + 4 <= n && several > 0; i += several > 0 ? 4 : 0)
    {
      several = put_four (tokens + i, ids + at);
      at += several;
    }
  i = tk_put_portable (tokens, i, n, ids + at, &several);
  *n_ids = at + several;
  return i;
}

AVX512 size_t
tk_tally_avx512 (const TkTokens *tokens,
                 size_t          n,
                 bool           *all_known)
{
  __m512i sum = _mm512_setzero_si512 ();
  __mmask8 unknown = 0;

  for (size_t i = 0; i < n; i += 8)
    {
      __mmask8 there = _bzhi_u32 (0xff, n - i < 8 ? (unsigned) (n - i) : 8);
      __m512i eight = _mm512_maskz_loadu_epi64 (there, tokens + i);
      __m512i counts = _mm512_and_si512 (_mm512_srli_epi64 (eight, TK_TOKENS_COUNT_SHIFT), _mm512_set1_epi64 (3));
      __mmask8 more = _mm512_testn_epi64_mask (counts, counts);
      __m512i of_records = _mm512_and_si512 (_mm512_srli_epi64 (eight, TK_TOKENS_RECORD_COUNT_SHIFT),
                                             _mm512_set1_epi64 (0xff));
      __m512i places = _mm512_and_si512 (_mm512_srli_epi64 (eight, TK_TOKENS_ID_SHIFT),
                                         _mm512_set1_epi64 (TK_TOKENS_NO_RECORD));

      sum = _mm512_add_epi64 (sum, counts);
      sum = _mm512_mask_add_epi64 (sum, more, sum, of_records);
      unknown |= _mm512_mask_cmpeq_epi64_mask (more, places, _mm512_set1_epi64 (TK_TOKENS_NO_RECORD));
    }
  *all_known = unknown == 0;
  return (size_t) _mm512_reduce_add_epi64 (sum);
}

#endif
