/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Finding the ends of many pieces at once.
 */

#pragma once

#include "tk-tokenizer.h"

/** The three split patterns. */
typedef enum
{
  TK_SPLIT_R50K,
  TK_SPLIT_CL100K,
  TK_SPLIT_O200K,
  TK_N_SPLITS
} TkSplitKind;

/** What the processor can do, from little to much. */
typedef enum
{
  TK_CPU_PORTABLE,
  TK_CPU_SSE2,
  TK_CPU_AVX2,
  TK_CPU_AVX512,
  TK_N_CPUS
} TkCpu;

/* Whether a character of three bytes starts with @lead, other than of the punctuation and symbols from U+2000 on. */
static inline bool
tk_is_wide (unsigned char lead)
{
  return lead >= 0xe0 && lead < 0xf0 && lead != 0xe2;
}

/* Whether the piece that starts at @start has such a character for its first letter. */
static inline bool
tk_piece_is_wide (const unsigned char *text,
                  size_t               length,
                  size_t               start)
{
  return tk_is_wide (text[start]) || (start + 1 < length && tk_is_wide (text[start + 1]));
}

/* More ends than asked for may be written, up to so many. */
#define TK_SCAN_SLACK 72

/* So many bytes behind the start no piece begins that is looked for. */
#define TK_SCAN_BYTES ((size_t) 256 * 1024)

/**
 * Finds up to @max ends of pieces from @start on, as distances from it, and returns their number: 0 only if the first
 * piece is longer than 32 bits can tell, or if it is long and *@cancelled, nullable, becomes true. @text is well-formed
 * and ends at @length, @start < @length is a boundary of pieces, and @ends has room for @max + TK_SCAN_SLACK. *@wide is
 * set if a piece may be wide, see tk_piece_is_wide().
 */
typedef size_t TkScan (const unsigned char *text,
                       size_t               length,
                       size_t               start,
                       uint32_t            *ends,
                       size_t               max,
                       bool                *wide,
                       const atomic_bool   *cancelled);
typedef TkScan *TkScanFunc;

/** The best that this processor can do, or what $TOKENDESK_CPU asks for (portable, sse2, avx2, avx512) if it can. */
TkCpu      tk_cpu_detect (void);
TkScanFunc tk_scan_func  (TkSplitKind kind,
                          TkCpu       cpu);

TkScan tk_scan_r50k_portable, tk_scan_cl100k_portable, tk_scan_o200k_portable;
#ifdef __x86_64__
TkScan tk_scan_r50k_sse2, tk_scan_cl100k_sse2, tk_scan_o200k_sse2;
TkScan tk_scan_r50k_avx2, tk_scan_cl100k_avx2, tk_scan_o200k_avx2;
TkScan tk_scan_r50k_avx512, tk_scan_cl100k_avx512, tk_scan_o200k_avx512;
#endif
