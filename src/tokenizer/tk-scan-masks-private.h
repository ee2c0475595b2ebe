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
 * one starts at the last boundary found. A character beyond ASCII has the bits of its class at all its bytes. Most are
 * known by their lead byte to be letters; the others are looked up one by one. Wherever the rules are not that simple -
 * white space and digits beyond ASCII, white space whose end is not in sight, blank lines that hold blanks - the window
 * ends early, and if not even one boundary is left, one piece is matched character by character by the function that is
 * the measure of all this, tk_piece_end_*().
 *
 * This file holds the rules. tk-scan-{sse2,avx2,avx512}.c each make the masks in their own way and include it.
 */

#pragma once

#include "tk-scan-private.h"
#include "tk-split-private.h"
#include "tk-unicode-private.h"

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))
#define WINDOW 64

/* One bit for each byte of the window. */
typedef struct
{
  uint64_t letter;
  uint64_t lower; /* bit 5 of the byte: tells lower case from upper where there is an ASCII letter */
  uint64_t digit;
  uint64_t space; /* with line ends */
  uint64_t newline;
  uint64_t blank; /* 0x20 alone */
  uint64_t apostrophe;
  uint64_t slash;
  uint64_t high; /* not ASCII */
} Masks;

/* The same for the bytes beyond ASCII, in a window that has some. */
typedef struct
{
  uint64_t lead;
  uint64_t cased2;   /* the leads of two bytes that are letters whatever follows: U+0100 to U+02BF, U+0400 to U+047F */
  uint64_t caseless2; /* U+0680 to U+06BF */
  uint64_t caseless3; /* and of three bytes: U+4E00 to U+9FFF, U+B000 to U+CFFF; U+4000 to U+4FFF but for the next */
  uint64_t hexagram; /* E4 that B7 follows, or may follow: U+4DC0 to U+4DFF are symbols */
  uint64_t c5;       /* the lead of U+017F, which a contraction may hold */
  uint64_t wide;     /* see tk_is_wide() */
} HighMasks;

/* What the characters of a window beyond ASCII are, a bit for each of their bytes. */
typedef struct
{
  uint64_t upper;  /* o200k_base: Lu, Lt */
  uint64_t lower;  /* o200k_base: Ll */
  uint64_t letter; /* all letters; o200k_base: the caseless ones and marks, which are flat */
  uint64_t mark;   /* o200k_base */
  uint64_t after;  /* the bytes of a character after its first */
} HighClasses;

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

/* Extends the bits of @from upward through the adjacent ones of @through, of which they are some. */
ALWAYS_INLINE uint64_t
extend (uint64_t from,
        uint64_t through)
{
  /* The first of them in each run carries through the rest of the run. */
  return (through & ~(through + from)) | from;
}

/* Every third place of a run of digits, from its start. */
ALWAYS_INLINE uint64_t
digit_starts (uint64_t digit)
{
  uint64_t four = digit & digit << 1 & digit << 2 & digit << 3;
  uint64_t starts = digit & ~(digit << 1);

  /* Two steps are enough for twelve digits, and need no guess of how many there are. */
  starts |= starts << 3 & four;
  starts |= starts << 6 & four & four << 3;
  for (uint64_t next = starts << 3 & four & ~starts; __builtin_expect (next != 0, 0); next = next << 3 & four)
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
               const HighClasses   *h,
               unsigned            *valid)
{
  uint64_t letter = m->letter | h->letter;
  uint64_t punctuation = ~(letter | m->digit | m->space);
  uint64_t runs, starts;

  runs = (letter & ~(letter << 1)) | (m->digit & ~(m->digit << 1)) | (punctuation & ~(punctuation << 1));
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
               const HighClasses   *h,
               TkSplitKind          kind,
               unsigned            *valid)
{
  uint64_t known = below (*valid);
  uint64_t letter = m->letter | h->letter | h->upper | h->lower;
  uint64_t punctuation = ~(letter | m->digit | m->space) & known;
  uint64_t newline = m->newline & known;
  uint64_t space = m->space & known;
  uint64_t tail, blanks, alone, prefix, starts, indent, sum, contractions;
  bool unseen;

  /* Line ends (o200k_base: and slashes) behind punctuation belong to it. */
  tail = extend (newline & punctuation << 1, kind == TK_SPLIT_O200K ? newline | (m->slash & known) : newline);
  punctuation &= ~tail;
  newline &= ~tail;
  space &= ~tail;
  blanks = space & ~newline;

  /* Punctuation takes one 0x20 before it. A word takes one blank, or punctuation that stands alone. */
  alone = punctuation & ~(punctuation << 1) & ~(m->blank << 1);
  prefix = blanks | alone;
  if (h->after != 0)
    for (unsigned i = 1; i < 4; i++)
      prefix |= prefix << 1 & h->after;
  starts = alone | (letter & ~(letter << 1) & ~(prefix << 1));
  if (kind == TK_SPLIT_O200K)
    starts |= ((m->letter & ~m->lower) | (h->upper & ~h->after)) & ((m->letter & m->lower) | h->lower) << 1;
  starts |= digit_starts (m->digit);

  /* A run of white space starts a piece, and so does its last blank. */
  starts |= (space & ~(space << 1)) | (blanks & ~(m->space >> 1));
  /* So do blanks behind a line end, unless another line end follows them. Adding the first place of each run to the
   * runs carries to the place behind them. */
  indent = newline << 1 & blanks;
  starts |= indent;
  unseen = __builtin_add_overflow (blanks, indent, &sum);
  if (unseen || (sum & ~blanks & (m->newline | ~known)) != 0)
    *valid = (unsigned) __builtin_ctzll (indent);

  /* Whether a blank is the last of its run tells the byte behind it. */
  if (*valid > 0)
    (*valid)--;
  contractions = m->apostrophe & (letter >> 1 | UINT64_C (1) << 63) & (kind == TK_SPLIT_O200K ? letter << 1 : alone);
  if ((contractions & below (*valid)) != 0)
    starts = apply_contractions (p, contractions & below (*valid), starts, kind, valid);
  return starts;
}

/* The bytes of the characters of @size bytes that start at @lead. */
ALWAYS_INLINE uint64_t
spread (uint64_t lead,
        unsigned size)
{
  return lead | lead << 1 | (size > 2 ? lead << 2 : 0);
}

/* Sorts the characters beyond ASCII into classes, and ends the window where one is of none that the rules know. */
ALWAYS_INLINE HighClasses
classify_high (const unsigned char *p,
               const Masks         *m,
               const HighMasks     *high,
               TkSplitKind          kind,
               unsigned            *valid)
{
  const bool with_case = kind == TK_SPLIT_O200K;
  uint64_t caseless3 = high->caseless3 & ~high->hexagram;
  uint64_t letters2 = high->caseless2 | (with_case ? 0 : high->cased2);
  uint64_t rest = high->lead & ~(caseless3 | letters2);
  uint64_t bad = 0;
  HighClasses h = { .letter = spread (caseless3, 3) | spread (letters2, 2), .after = m->high & ~high->lead };

  for (; rest != 0; rest &= rest - 1)
    {
      unsigned at = (unsigned) __builtin_ctzll (rest);
      size_t size;
      unsigned set = TK_CLASS_BIT (tk_class_of (tk_utf8_read (p + at, &size)));
      uint64_t bytes = ((UINT64_C (1) << size) - 1) << at;

      h.letter |= set & (with_case ? TK_SET_FLAT : TK_SET_LETTER) ? bytes : 0;
      if (with_case)
        {
          h.upper |= set & TK_CLASS_BIT (TK_CLASS_UPPER) ? bytes : 0;
          h.lower |= set & TK_CLASS_BIT (TK_CLASS_LOWER) ? bytes : 0;
          h.mark |= set & TK_SET_MARK ? bytes : 0;
        }
      bad |= set & (TK_SET_SPACE | TK_SET_NUMBER) ? UINT64_C (1) << at : 0;
    }
  if (with_case)
    {
      /* A mark that begins a word, a capital behind a flat character: how far the word reaches is a longer story. */
      uint64_t word = m->letter | h.letter | h.upper | h.lower;

      bad |= h.mark & ~h.after & ~(word << 1);
      bad |= (h.upper | (m->letter & ~m->lower)) & h.letter << 1;
    }
  if (kind != TK_SPLIT_R50K)
    bad |= m->apostrophe & high->c5 >> 1;
  if (bad != 0)
    *valid = (unsigned) __builtin_ctzll (bad);
  return h;
}

/* Writes the places of the bits of @starts, plus @base. Returns their number. */
ALWAYS_INLINE size_t
write_ends_by_eights (uint64_t  starts,
                      uint32_t  base,
                      uint32_t *ends)
{
  size_t n = (size_t) __builtin_popcountll (starts);

  /* Some of them for nothing, instead of a loop whose end is guessed wrong. */
  for (size_t i = 0; i < n; i += 8)
    for (size_t k = 0; k < 8; k++)
      {
        ends[i + k] = base + (uint32_t) __builtin_ctzll (starts | UINT64_C (1) << 63);
        starts &= starts - 1;
      }
  return n;
}

#define MAX_PATIENCE 32
/* Bytes to fetch ahead. */
#define PREFETCH 2048

/* The starts of pieces in the window at @p, but for its own. */
ALWAYS_INLINE uint64_t
window_starts (TkSplitKind          kind,
               const unsigned char *p,
               bool                *wide,
               void               (*make_masks) (const unsigned char *p, Masks *m),
               void               (*make_high_masks) (const unsigned char *p, HighMasks *m))
{
  Masks m;
  HighClasses h = { 0 };
  unsigned valid = WINDOW;
  uint64_t starts;

  /* The text is read a few KB at a time, too little for the processor to see that more will follow. */
  __builtin_prefetch (p + PREFETCH);
  make_masks (p, &m);
  if (m.high != 0)
    {
      HighMasks high;

      make_high_masks (p, &high);
      *wide |= high.wide != 0;
      h = classify_high (p, &m, &high, kind, &valid);
    }
  starts = kind == TK_SPLIT_R50K ? legacy_starts (p, &m, &h, &valid) : modern_starts (p, &m, &h, kind, &valid);
  return starts & below (valid) & ~UINT64_C (1);
}

/* The loop over windows; the last three are the including file's own. */
ALWAYS_INLINE size_t
scan_windows (TkSplitKind          kind,
              TkPieceEndFunc       piece_end,
              const unsigned char *text,
              size_t               length,
              size_t               start,
              uint32_t            *ends,
              size_t               max,
              bool                *wide,
              const atomic_bool   *cancelled,
              void               (*make_masks) (const unsigned char *p, Masks *m),
              void               (*make_high_masks) (const unsigned char *p, HighMasks *m),
              size_t             (*write_ends) (uint64_t starts, uint32_t base, uint32_t *ends))
{
  size_t pos = start;
  size_t n = 0;
  /* In text that windows are of no use for, most are not even tried: so many pieces are matched singly in between. */
  unsigned patience = 1;

  *wide = false;
  while (n < max && pos < length && pos - start < TK_SCAN_BYTES)
    {
      /* More than a window, since white space at the end of the text is different. */
      if (length - pos > WINDOW)
        {
          uint64_t starts = window_starts (kind, text + pos, wide, make_masks, make_high_masks);

          if (starts != 0)
            {
              n += write_ends (starts, (uint32_t) (pos - start), ends + n);
              pos += 63u - (unsigned) __builtin_clzll (starts);
              patience = 1;
              continue;
            }
        }
      for (unsigned i = 0; i < patience && n < max && pos < length && pos - start < TK_SCAN_BYTES; i++)
        {
          *wide |= tk_piece_is_wide (text, length, pos);
          pos = piece_end (text, length, pos, cancelled);
          if (pos == TK_PIECE_CANCELLED || pos - start > UINT32_MAX)
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
                bool *wide, const atomic_bool *cancelled) \
  { \
    return scan_windows (kind, tk_piece_end_##name, text, length, start, ends, max, wide, cancelled, make_masks, \
                         make_high_masks, write_ends); \
  }

#define DEFINE_SCANS(cpu, attributes) \
  DEFINE_SCAN (r50k, TK_SPLIT_R50K, cpu, attributes) \
  DEFINE_SCAN (cl100k, TK_SPLIT_CL100K, cpu, attributes) \
  DEFINE_SCAN (o200k, TK_SPLIT_O200K, cpu, attributes)
