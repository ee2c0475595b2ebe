/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * UTF-8 checked 32 bytes at a time.
 *
 * What can be wrong with two neighbouring bytes is told by the upper half of the first, its lower half and the upper
 * half of the second: each is looked up in a table of 16 sets of possible mistakes, and a mistake is there if all three
 * sets hold it. Only that a third or fourth byte has to continue a character is checked apart, from the bytes two and
 * three places before. See J. Keiser, D. Lemire: Validating UTF-8 in less than one instruction per byte (2021).
 */

#ifdef __x86_64__

#include "tk-utf8-private.h"

#include <immintrin.h>
#include <stdbool.h>

#define AVX2 __attribute__ ((target ("avx2")))
#define AVX2_INLINE AVX2 static inline __attribute__ ((always_inline))
#define STEP 32

/* The mistakes, one bit each. */
enum
{
  TOO_SHORT = 1 << 0,  /* a lead byte, and no continuation after it */
  TOO_LONG = 1 << 1,   /* ASCII, and a continuation after it */
  OVERLONG_3 = 1 << 2, /* E0 80 to E0 9F */
  TOO_LARGE = 1 << 3,  /* F4 90 and above */
  SURROGATE = 1 << 4,  /* ED A0 to ED BF */
  OVERLONG_2 = 1 << 5, /* C0 and C1 */
  LARGER = 1 << 6,     /* F5 and above; F0 80 to F0 8F, which is overlong, shares the bit */
  TWO_CONTS = 1 << 7   /* two continuations: a mistake unless the bytes before want it */
};
#define ANY_CONT (TOO_SHORT | TWO_CONTS)
#define CARRY (TOO_SHORT | TOO_LONG | TWO_CONTS)

#define TABLE(...) _mm256_setr_epi8 (__VA_ARGS__, __VA_ARGS__)

/* @current moved up by @n bytes, the last ones of @before moving in. */
#define PREVIOUS(current, before, n) \
  _mm256_alignr_epi8 (current, _mm256_permute2x128_si256 (before, current, 0x21), 16 - (n))

AVX2_INLINE __m256i
upper_half (__m256i v)
{
  return _mm256_and_si256 (_mm256_srli_epi16 (v, 4), _mm256_set1_epi8 (0x0f));
}

AVX2_INLINE __m256i
special_cases (__m256i v,
               __m256i before)
{
  const __m256i first_upper = TABLE (TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
                                     (char) TWO_CONTS, (char) TWO_CONTS, (char) TWO_CONTS, (char) TWO_CONTS,
                                     TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
                                     TOO_SHORT | TOO_LARGE | LARGER);
  const __m256i first_lower = TABLE ((char) (CARRY | OVERLONG_3 | OVERLONG_2 | LARGER), (char) (CARRY | OVERLONG_2),
                                     (char) CARRY, (char) CARRY, (char) (CARRY | TOO_LARGE),
                                     (char) (CARRY | TOO_LARGE | LARGER), (char) (CARRY | TOO_LARGE | LARGER),
                                     (char) (CARRY | TOO_LARGE | LARGER), (char) (CARRY | TOO_LARGE | LARGER),
                                     (char) (CARRY | TOO_LARGE | LARGER), (char) (CARRY | TOO_LARGE | LARGER),
                                     (char) (CARRY | TOO_LARGE | LARGER), (char) (CARRY | TOO_LARGE | LARGER),
                                     (char) (CARRY | TOO_LARGE | LARGER | SURROGATE),
                                     (char) (CARRY | TOO_LARGE | LARGER), (char) (CARRY | TOO_LARGE | LARGER));
  const __m256i second_upper = TABLE (TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
                                      TOO_SHORT,
                                      (char) (TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | LARGER),
                                      (char) (TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE),
                                      (char) (TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE),
                                      (char) (TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE),
                                      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
  __m256i previous = PREVIOUS (v, before, 1);
  __m256i lower_half = _mm256_and_si256 (previous, _mm256_set1_epi8 (0x0f));

  return _mm256_and_si256 (_mm256_and_si256 (_mm256_shuffle_epi8 (first_upper, upper_half (previous)),
                                             _mm256_shuffle_epi8 (first_lower, lower_half)),
                           _mm256_shuffle_epi8 (second_upper, upper_half (v)));
}

/* Not zero where something is wrong. */
AVX2_INLINE __m256i
mistakes (__m256i v,
          __m256i before)
{
  __m256i third = _mm256_subs_epu8 (PREVIOUS (v, before, 2), _mm256_set1_epi8 ((char) (0xe0 - 0x80)));
  __m256i fourth = _mm256_subs_epu8 (PREVIOUS (v, before, 3), _mm256_set1_epi8 ((char) (0xf0 - 0x80)));
  __m256i wanted = _mm256_and_si256 (_mm256_or_si256 (third, fourth), _mm256_set1_epi8 ((char) 0x80));

  return _mm256_xor_si256 (special_cases (v, before), wanted);
}

AVX2 size_t
tk_utf8_skip_avx2 (const unsigned char *text,
                   size_t               length)
{
  __m256i before = _mm256_setzero_si256 ();
  size_t pos = 0;
  size_t back;

  while (length - pos >= STEP)
    {
      __m256i v = _mm256_loadu_si256 ((const __m256i *) (const void *) (text + pos));

      /* An ASCII block after an ASCII block, which most are, has nothing to be looked up. */
      if (_mm256_movemask_epi8 (_mm256_or_si256 (v, before)) != 0)
        {
          __m256i wrong = mistakes (v, before);

          if (!_mm256_testz_si256 (wrong, wrong))
            break;
        }
      before = v;
      pos += STEP;
    }
  /* Back to the start of the character that may be unfinished. */
  for (back = 0; back < 3 && back < pos && (text[pos - 1 - back] & 0xc0) == 0x80; )
    back++;
  if (back < pos && text[pos - 1 - back] >= 0xc0)
    back++;
  else
    back = 0;
  return pos - back;
}

#endif
