/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The keys of eight short pieces at once: they lie within 64 bytes nearly always, so that one permutation of these
 * moves each piece to the 64 bits of its key. A fifth of the instructions of eight loads one by one.
 */

#ifdef __x86_64__

#include "tk-look-up-private.h"

#include <immintrin.h>

#define AVX512 __attribute__ ((target ("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,bmi,bmi2")))
#define AVX512_INLINE AVX512 static inline __attribute__ ((always_inline))
#define SPAN 64

AVX512_INLINE uint64_t
keep (uint64_t bytes,
      uint32_t length)
{
  /* The instruction sees 8 bits of the number, which wrap around for long pieces: whatever it does with them. */
  return _bzhi_u64 (bytes, 8 * length);
}

/* The keys of the pieces between the nine bounds from @bounds on, which are no more than SPAN bytes apart. */
AVX512_INLINE __m512i
eight_keys (const unsigned char *base,
            const uint32_t      *bounds)
{
  const __m512i tags_to_7 = _mm512_loadu_si512 (tk_short_tags);
  const __m512i tags_from_8 = _mm512_setr_epi64 (0, -1, -1, -1, -1, -1, -1, -1);
  __m256i starts = _mm256_loadu_si256 ((const __m256i *) (const void *) bounds);
  __m256i ends = _mm256_loadu_si256 ((const __m256i *) (const void *) (bounds + 1));
  __m512i places = _mm512_cvtepu32_epi64 (_mm256_sub_epi32 (starts, _mm256_set1_epi32 ((int) bounds[0])));
  __m512i lengths = _mm512_cvtepu32_epi64 (_mm256_sub_epi32 (ends, starts));
  __m512i text = _mm512_loadu_si512 (base + bounds[0]);
  __m512i keys, tags;

  /* Eight bytes from each start on, whatever they are beyond the end of the piece. */
  places = _mm512_shuffle_epi8 (places, _mm512_set_epi64 (0x0808080808080808, 0, 0x0808080808080808, 0,
                                                          0x0808080808080808, 0, 0x0808080808080808, 0));
  places = _mm512_add_epi8 (places, _mm512_set1_epi64 (0x0706050403020100));
  keys = _mm512_permutexvar_epi8 (places, text);

  /* A longer piece shifts out everything; it gets a tag of all ones. */
  tags = _mm512_permutex2var_epi64 (tags_to_7, _mm512_min_epu64 (lengths, _mm512_set1_epi64 (TK_SHORT_MAX + 1)),
                                    tags_from_8);
  lengths = _mm512_sub_epi64 (_mm512_set1_epi64 (64), _mm512_slli_epi64 (lengths, 3));
  keys = _mm512_and_si512 (keys, _mm512_srlv_epi64 (_mm512_set1_epi64 (-1), lengths));
  return _mm512_or_si512 (keys, tags);
}

AVX512_INLINE void
find_places_by_eights (const TkFronts      *fronts,
                       TkChunk             *chunk,
                       const unsigned char *readable_end)
{
  const unsigned char *base = chunk->base;
  const uint32_t *bounds = chunk->bounds;
  const __m512i factor = _mm512_set1_epi64 ((long long) TK_FRONT_FACTOR_1);
  const __m512i front = _mm512_set1_epi64 ((long long) (uintptr_t) fronts->shorts);
  const __m128i shift = _mm_cvtsi32_si128 ((int) (64 - fronts->bits));
  size_t k;

  for (k = 0; k + 8 <= chunk->n; k += 8)
    {
      __m512i keys, places;

      if (__builtin_expect (bounds[k + 8] - bounds[k] > SPAN || readable_end - base < (ptrdiff_t) bounds[k] + SPAN, 0))
        {
          find_places (*fronts, chunk, NULL, k, k + 8, readable_end, false, keep);
          continue;
        }
      keys = eight_keys (base, bounds + k);
      places = _mm512_srl_epi64 (_mm512_mullo_epi64 (keys, factor), shift);
      places = _mm512_add_epi64 (front, _mm512_slli_epi64 (places, 4));
      _mm512_storeu_si512 (chunk->keys + k, keys);
      _mm512_storeu_si512 (chunk->places + k, places);
      for (unsigned i = 0; i < 8; i++)
        __builtin_prefetch (chunk->places[k + i]);
    }
  find_places (*fronts, chunk, NULL, k, chunk->n, readable_end, false, keep);
}

_Static_assert (sizeof (TkShort) == 1 << 4, "places are found by a shift");

AVX512 void
tk_look_up_avx512 (const TkFronts      *fronts,
                   TkChunk             *chunk,
                   const uint32_t      *asked,
                   size_t               n_asked,
                   const unsigned char *readable_end)
{
  if (asked != NULL || is_near_end (chunk, readable_end))
    {
      look_up (fronts, chunk, asked, n_asked, readable_end, keep);
      return;
    }
  find_places_by_eights (fronts, chunk, readable_end);
  compare (fronts, chunk, NULL, 0);
}

#endif
