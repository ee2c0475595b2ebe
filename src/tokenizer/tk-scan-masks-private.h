/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Finding piece boundaries 64 bytes at a time.
 *
 * A window of 64 bytes starts at a boundary that is known. Each class of characters becomes a number of 64 bits, one
 * for each byte of the window; then the rules of a pattern are a few operations on these numbers for all 64 places at
 * once, without a branch to guess wrong: most pieces are five bytes long and no two neighbours are alike.
 *
 *   text     I  ' d   s a y   n o !  \n
 *   letter   1  0 1 0 1 1 1 0 1 1 0  0
 *   start    1  1 0 1 0 0 0 1 0 0 1  0
 *
 * The patterns never look back beyond the piece's own start, so nothing need be carried from window to window: the next
 * one starts at the last boundary found. Wherever the rules are not that simple - characters beyond ASCII, white space
 * whose end is not in sight, blank lines that hold blanks - the window ends early, and if not even one boundary is
 * left, one piece is matched character by character by the function that is the measure of all this, tk_piece_end_*().
 *
 * This file holds the rules. tk-scan-{sse2,avx2,avx512}.c each make the masks in their own way and include it.
 */

#pragma once

#include "tk-scan-private.h"
#include "tk-split-private.h"

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))
#define WINDOW 64

/* One bit for each byte of the window. */
typedef struct
{
  uint64_t letter;
  uint64_t lower; /* bit 5 of the byte: tells lower case from upper where there is a letter */
  uint64_t digit;
  uint64_t space; /* with line ends */
  uint64_t newline;
  uint64_t blank; /* 0x20 alone */
  uint64_t apostrophe;
  uint64_t slash;
  uint64_t high; /* not ASCII */
} Masks;

/* The bits below bit @n, 0 <= n <= 64. */
ALWAYS_INLINE uint64_t
below (unsigned n)
{
  return n < 64 ? (UINT64_C (1) << n) - 1 : UINT64_MAX;
}

/* The length of the contraction whose apostrophe is at @p: 2, 3 or 0. All three bytes must be there and be ASCII. */
ALWAYS_INLINE unsigned
contraction (const unsigned char *p,
             bool                 fold)
{
  unsigned char a = p[1] | (fold ? 0x20 : 0);
  unsigned char b = p[2] | (fold ? 0x20 : 0);

  if (a == 's' || a == 'd' || a == 'm' || a == 't')
    return 2;
  if ((a == 'l' && b == 'l') || ((a == 'v' || a == 'r') && b == 'e'))
    return 3;
  return 0;
}

/* Extends the bits of @from upward through the adjacent ones of @through. Such runs are short, so this ends soon. */
ALWAYS_INLINE uint64_t
extend (uint64_t from,
        uint64_t through)
{
  uint64_t all = from;

  while ((from = from << 1 & through & ~all) != 0)
    all |= from;
  return all;
}

/* Every third place of a run of digits, from its start. */
ALWAYS_INLINE uint64_t
digit_starts (uint64_t digit)
{
  uint64_t starts = digit & ~(digit << 1);
  uint64_t four = digit & digit << 1 & digit << 2 & digit << 3;

  for (uint64_t next = starts << 3 & four; next != 0; next = next << 3 & four)
    starts |= next;
  return starts;
}

/*
 * Applies the contractions among @apostrophes to @starts: in r50k_base and cl100k_base they are pieces of their own, in
 * o200k_base the end of the word before them. One too near to *@valid to be seen whole ends the window.
 */
ALWAYS_INLINE uint64_t
apply_contractions (const unsigned char *p,
                    uint64_t             apostrophes,
                    uint64_t             starts,
                    TkSplitKind          kind,
                    unsigned            *valid)
{
  uint64_t behind = 0;

  for (; apostrophes != 0; apostrophes &= apostrophes - 1)
    {
      unsigned at = (unsigned) __builtin_ctzll (apostrophes);
      uint64_t bit = UINT64_C (1) << at;
      unsigned length;

      /* A contraction right behind another is not the end of a word. */
      if (at + 4 >= *valid || (behind & bit) != 0)
        {
          *valid = at + (kind == TK_SPLIT_O200K ? 0 : 1);
          break;
        }
      length = contraction (p + at, kind != TK_SPLIT_R50K);
      if (length == 0)
        continue;
      starts &= ~(bit << 1 | bit << 2);
      starts |= bit << length;
      if (kind == TK_SPLIT_O200K)
        {
          starts &= ~bit;
          behind |= bit << length;
        }
    }
  return starts;
}

/* r50k_base and p50k_base. Returns the starts of pieces in the window; those below *@valid are right. */
ALWAYS_INLINE uint64_t
legacy_starts (const unsigned char *p,
               const Masks         *m,
               unsigned            *valid)
{
  uint64_t punctuation = ~(m->letter | m->digit | m->space);
  uint64_t runs, starts;

  runs = (m->letter & ~(m->letter << 1)) | (m->digit & ~(m->digit << 1)) | (punctuation & ~(punctuation << 1));
  runs &= ~(m->blank << 1);
  starts = runs | (m->space & ~(m->space << 1)) | (m->space & ~(m->space >> 1));

  /* Whether white space is the last of its run tells the byte behind it. */
  if (*valid > 0)
    (*valid)--;
  if (m->apostrophe != 0)
    starts = apply_contractions (p, m->apostrophe & runs & below (*valid), starts, TK_SPLIT_R50K, valid);
  return starts;
}

/* cl100k_base and o200k_base, likewise. */
ALWAYS_INLINE uint64_t
modern_starts (const unsigned char *p,
               const Masks         *m,
               TkSplitKind          kind,
               unsigned            *valid)
{
  uint64_t known = below (*valid);
  uint64_t punctuation = ~(m->letter | m->digit | m->space) & known;
  uint64_t newline = m->newline & known;
  uint64_t space = m->space & known;
  uint64_t tail, blanks, alone, starts, indent;

  /* Line ends (o200k_base: and slashes) behind punctuation belong to it. */
  tail = newline & punctuation << 1;
  if (tail != 0)
    {
      tail = extend (tail, kind == TK_SPLIT_O200K ? newline | (m->slash & known) : newline);
      punctuation &= ~tail;
      newline &= ~tail;
      space &= ~tail;
    }
  blanks = space & ~newline;

  /* Punctuation takes one 0x20 before it. A word takes one blank, or punctuation that stands alone. */
  alone = punctuation & ~(punctuation << 1) & ~(m->blank << 1);
  starts = alone | (m->letter & ~(m->letter << 1) & ~((blanks | alone) << 1));
  if (kind == TK_SPLIT_O200K)
    starts |= m->letter & ~m->lower & (m->letter & m->lower) << 1;
  starts |= digit_starts (m->digit);

  /* A run of white space starts a piece, and so does its last blank. */
  starts |= (space & ~(space << 1)) | (blanks & ~(m->space >> 1));
  indent = newline << 1 & blanks;
  if (indent != 0)
    {
      /* So do blanks behind a line end, unless another line end follows them. Adding the first place of each run to the
       * runs carries to the place behind them. */
      uint64_t sum;
      bool unseen = __builtin_add_overflow (blanks, indent, &sum);

      if (unseen || (sum & ~blanks & (m->newline | ~known)) != 0)
        *valid = (unsigned) __builtin_ctzll (indent);
      starts |= indent;
    }

  /* Whether a blank is the last of its run tells the byte behind it. */
  if (*valid > 0)
    (*valid)--;
  if (m->apostrophe != 0)
    starts = apply_contractions (p, m->apostrophe & below (*valid) & (kind == TK_SPLIT_O200K ? m->letter << 1 : alone),
                                 starts, kind, valid);
  return starts;
}

/* Writes the places of the bits of @starts, plus @base. Returns their number. */
ALWAYS_INLINE size_t
write_ends (uint64_t  starts,
            uint32_t  base,
            uint32_t *ends)
{
  size_t n = (size_t) __builtin_popcountll (starts);

  /* By eights, some of them for nothing, instead of a loop whose end is guessed wrong. */
  for (size_t i = 0; i < n; i += 8)
    for (size_t k = 0; k < 8; k++)
      {
        ends[i + k] = base + (uint32_t) __builtin_ctzll (starts | UINT64_C (1) << 63);
        starts &= starts - 1;
      }
  return n;
}

#define MAX_PATIENCE 32

/* The loop over windows; @make_masks is the including file's own. */
ALWAYS_INLINE size_t
scan_windows (TkSplitKind          kind,
              TkPieceEndFunc       piece_end,
              const unsigned char *text,
              size_t               length,
              size_t               start,
              uint32_t            *ends,
              size_t               max,
              bool                *ascii,
              void               (*make_masks) (const unsigned char *p, Masks *m))
{
  size_t pos = start;
  size_t n = 0;
  /* In text that windows are of no use for, most are not even tried: so many pieces are matched singly in between. */
  unsigned patience = 1;

  *ascii = true;
  while (n < max && pos < length)
    {
      /* More than a window, since white space at the end of the text is different. */
      if (length - pos > WINDOW && pos - start < UINT32_MAX - WINDOW)
        {
          Masks m;
          unsigned valid;
          uint64_t starts;

          make_masks (text + pos, &m);
          *ascii &= m.high == 0;
          valid = m.high != 0 ? (unsigned) __builtin_ctzll (m.high) : WINDOW;
          starts = kind == TK_SPLIT_R50K ? legacy_starts (text + pos, &m, &valid)
                                         : modern_starts (text + pos, &m, kind, &valid);
          starts &= below (valid) & ~UINT64_C (1);
          if (starts != 0)
            {
              n += write_ends (starts, (uint32_t) (pos - start), ends + n);
              pos += 63u - (unsigned) __builtin_clzll (starts);
              patience = 1;
              continue;
            }
        }
      for (unsigned i = 0; i < patience && n < max && pos < length; i++)
        {
          pos = piece_end (text, length, pos);
          *ascii = false;
          if (pos - start > UINT32_MAX)
            return n;
          ends[n++] = (uint32_t) (pos - start);
        }
      patience = patience < MAX_PATIENCE ? patience * 2 : MAX_PATIENCE;
    }
  return n;
}

#define DEFINE_SCAN(name, kind, cpu, attributes) \
  attributes size_t \
  tk_scan_##name##_##cpu (const unsigned char *text, size_t length, size_t start, uint32_t *ends, size_t max, \
                bool *ascii) \
  { \
    return scan_windows (kind, tk_piece_end_##name, text, length, start, ends, max, ascii, make_masks); \
  }

#define DEFINE_SCANS(cpu, attributes) \
  DEFINE_SCAN (r50k, TK_SPLIT_R50K, cpu, attributes) \
  DEFINE_SCAN (cl100k, TK_SPLIT_CL100K, cpu, attributes) \
  DEFINE_SCAN (o200k, TK_SPLIT_O200K, cpu, attributes)
