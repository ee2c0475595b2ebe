/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The portable scan, and the choice of a better one. */

#include "tk-scan-private.h"

#include "tk-split-private.h"

#include <stdlib.h>
#include <string.h>

static inline size_t
scan (TkPieceEndFunc       piece_end,
      const unsigned char *text,
      size_t               length,
      size_t               start,
      uint32_t            *ends,
      size_t               max,
      bool                *wide,
      const atomic_bool   *cancelled)
{
  size_t pos = start;
  size_t n = 0;

  *wide = false;
  while (n < max && pos < length && pos - start < TK_SCAN_BYTES)
    {
      *wide |= tk_piece_is_wide (text, length, pos);
      pos = piece_end (text, length, pos, cancelled);
      if (pos == TK_PIECE_CANCELLED || pos - start > UINT32_MAX)
        break;
      ends[n++] = (uint32_t) (pos - start);
    }
  return n;
}

#define DEFINE_SCAN(kind) \
  size_t \
  tk_scan_##kind##_portable (const unsigned char *text, size_t length, size_t start, uint32_t *ends, size_t max, \
                bool *wide, const atomic_bool *cancelled) \
  { \
    return scan (tk_piece_end_##kind, text, length, start, ends, max, wide, cancelled); \
  }

DEFINE_SCAN (r50k)
DEFINE_SCAN (cl100k)
DEFINE_SCAN (o200k)

static TkCpu
best_cpu (void)
{
#ifdef __x86_64__
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw") &&
      __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512vl") &&
      __builtin_cpu_supports ("avx512vbmi") && __builtin_cpu_supports ("avx512vbmi2") &&
      __builtin_cpu_supports ("bmi2"))
    return TK_CPU_AVX512;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("bmi2"))
    return TK_CPU_AVX2;
  return TK_CPU_SSE2;
#else
  return TK_CPU_PORTABLE;
#endif
}

TkCpu
tk_cpu_detect (void)
{
  static const char *const names[TK_N_CPUS] = { "portable", "sse2", "avx2", "avx512" };
  const char *wish = getenv ("TOKENDESK_CPU");
  TkCpu best = best_cpu ();

  for (unsigned i = 0; wish != NULL && i < (unsigned) best; i++)
    if (strcmp (wish, names[i]) == 0)
      return (TkCpu) i;
  return best;
}

TkScanFunc
tk_scan_func (TkSplitKind kind,
              TkCpu       cpu)
{
  static const TkScanFunc funcs[TK_N_CPUS][TK_N_SPLITS] = {
    { tk_scan_r50k_portable, tk_scan_cl100k_portable, tk_scan_o200k_portable },
#ifdef __x86_64__
    { tk_scan_r50k_sse2, tk_scan_cl100k_sse2, tk_scan_o200k_sse2 },
    { tk_scan_r50k_avx2, tk_scan_cl100k_avx2, tk_scan_o200k_avx2 },
    { tk_scan_r50k_avx512, tk_scan_cl100k_avx512, tk_scan_o200k_avx512 },
#endif
  };

  return funcs[cpu][kind];
}
