/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows in four 128-bit registers, by what every x86-64 processor has. */

#ifdef __x86_64__

#include "tk-scan-masks-private.h"

#include <emmintrin.h>

#define N_PARTS 4

typedef struct
{
  __m128i part[N_PARTS];
} Window;

ALWAYS_INLINE uint64_t
mask_of (const Window *w)
{
  uint64_t mask = 0;

  for (int i = 0; i < N_PARTS; i++)
    mask |= (uint64_t) (uint32_t) _mm_movemask_epi8 (w->part[i]) << (16 * i);
  return mask;
}

ALWAYS_INLINE uint64_t
equal (const Window *w,
       char          c)
{
  Window result;

  for (int i = 0; i < N_PARTS; i++)
    result.part[i] = _mm_cmpeq_epi8 (w->part[i], _mm_set1_epi8 (c));
  return mask_of (&result);
}

/* There is no comparison of unsigned bytes, but x < n exactly if min (x, n - 1) = x. */
ALWAYS_INLINE uint64_t
in_range (const Window *w,
          char          set,
          char          first,
          char          n)
{
  Window result;

  for (int i = 0; i < N_PARTS; i++)
    {
      __m128i x = _mm_sub_epi8 (_mm_or_si128 (w->part[i], _mm_set1_epi8 (set)), _mm_set1_epi8 (first));

      result.part[i] = _mm_cmpeq_epi8 (_mm_min_epu8 (x, _mm_set1_epi8 ((char) (n - 1))), x);
    }
  return mask_of (&result);
}

ALWAYS_INLINE void
make_masks (const unsigned char *p,
            Masks               *m)
{
  Window w, shifted;

  for (int i = 0; i < N_PARTS; i++)
    {
      w.part[i] = _mm_loadu_si128 ((const __m128i *) (const void *) (p + 16 * i));
      shifted.part[i] = _mm_slli_epi16 (w.part[i], 2);
    }
  m->letter = in_range (&w, 0x20, 'a', 26);
  m->lower = mask_of (&shifted);
  m->digit = in_range (&w, 0, '0', 10);
  m->blank = equal (&w, ' ');
  m->space = m->blank | in_range (&w, 0, '\t', 5);
  m->newline = equal (&w, '\n') | equal (&w, '\r');
  m->apostrophe = equal (&w, '\'');
  m->slash = equal (&w, '/');
  m->high = mask_of (&w);
}

ALWAYS_INLINE void
make_high_masks (const unsigned char *p,
                 HighMasks           *m)
{
  Window w;

  for (int i = 0; i < N_PARTS; i++)
    w.part[i] = _mm_loadu_si128 ((const __m128i *) (const void *) (p + 16 * i));
  m->lead = in_range (&w, 0, (char) 0xc0, 64);
  m->cased2 = in_range (&w, 0, (char) 0xc4, 7) | in_range (&w, 0, (char) 0xd0, 2);
  m->caseless2 = equal (&w, (char) 0xda);
  m->caseless3 = in_range (&w, 0, (char) 0xe4, 6) | in_range (&w, 0, (char) 0xeb, 2);
  m->hexagram = equal (&w, (char) 0xe4) & (equal (&w, (char) 0xb7) >> 1 | UINT64_C (1) << 63);
  m->c5 = equal (&w, (char) 0xc5);
  m->wide = in_range (&w, 0, (char) 0xe0, 16) & ~equal (&w, (char) 0xe2);
}

#define write_ends write_ends_by_eights

DEFINE_SCANS (sse2, )

#endif
