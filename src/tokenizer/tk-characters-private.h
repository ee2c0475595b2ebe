/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Closed boundaries: why Chinese need not be merged.
 *
 * A piece such as a clause of Chinese is long, but hardly any token reaches across two of its characters. A merge
 * across the boundary between a and b needs three tokens: one that ends at the boundary, one that starts there, and the
 * two together. Where the vocabulary has none that fits a and b, the boundary is closed: nothing on one side can change
 * the tokens of the other, so the piece may be cut there, and a character between two closed boundaries has tokens that
 * are known beforehand. cl100k_base has 193 open pairs of Han characters, o200k_base some 3,500, out of 440 million.
 *
 * The test must never call an open boundary closed; the other mistake only costs time. So pairs of whole characters are
 * kept in a small bit filter, and tokens that hold only the tail of the one or the head of the other character, which
 * are few, by flags: the boundary counts as open if both sides have the flag of the same kind.
 */

#pragma once

#include "tk-table-private.h"

/* What a TkCharacter packs: six flags, the number of its tokens (0: not known), and up to three ids of 18 bits. */
enum
{
  TK_OPENS_RIGHT = 1 << 0,         /* the last character of a left half */
  TK_OPENS_RIGHT_BY_TAIL = 1 << 1, /* its last bytes are a left half */
  TK_OPENS_RIGHT_BY_HEAD = 1 << 2, /* ends a left half whose right half has only the head of the next character */
  TK_OPENS_LEFT = 1 << 3,          /* the same three, seen from the right of the boundary */
  TK_OPENS_LEFT_BY_TAIL = 1 << 4,
  TK_OPENS_LEFT_BY_HEAD = 1 << 5
};
#define TK_OPENS_MASK 7u
#define TK_OPENS_LEFT_SHIFT 3
#define TK_CHARACTER_COUNT_SHIFT 6
/* A character beyond the table: open to both sides, tokens not known. */
#define TK_CHARACTER_UNKNOWN UINT64_C (0x3f)

static inline unsigned
tk_character_count (TkCharacter c)
{
  return c >> TK_CHARACTER_COUNT_SHIFT & 3;
}

static inline unsigned
tk_character_id_shift (unsigned index)
{
  return 8 + 18 * index;
}

static inline TkId
tk_character_id (TkCharacter c,
                 unsigned    index)
{
  return (TkId) (c >> tk_character_id_shift (index)) & TK_TRIE_NO_ID;
}

/** The length of the UTF-8 sequence that starts with @lead, in bytes. */
static inline unsigned
tk_character_length (unsigned char lead)
{
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

static inline uint32_t
tk_character_decode (const unsigned char *p,
                     unsigned             length)
{
  switch (length)
    {
    case 1:
      return p[0];
    case 2:
      return (uint32_t) (p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    case 3:
      return (uint32_t) (p[0] & 0x0f) << 12 | (uint32_t) (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    default:
      return (uint32_t) (p[0] & 0x07) << 18 | (uint32_t) (p[1] & 0x3f) << 12 | (uint32_t) (p[2] & 0x3f) << 6 |
             (p[3] & 0x3f);
    }
}

/* A pair sets two bits of one word: one cache line visited, and a tenth of the false alarms of one bit. */
static inline uint32_t
tk_boundary_hash (uint32_t a,
                  uint32_t b)
{
  return (a * UINT32_C (0x9e3779b1)) ^ (b * UINT32_C (0x85ebca77));
}

static inline uint32_t
tk_boundary_word (uint32_t a,
                  uint32_t b)
{
  return tk_boundary_hash (a, b) >> 20;
}

static inline uint64_t
tk_boundary_bits (uint32_t a,
                  uint32_t b)
{
  uint32_t hash = tk_boundary_hash (a, b);

  return UINT64_C (1) << (hash >> 14 & 63) | UINT64_C (1) << (hash >> 8 & 63);
}

/** Whether a token might reach from character @a, whose entry is @left, to @b, whose entry is @right. Between two ASCII
 * characters always: nearly all their pairs are open, and the filter is kept free of them. */
static inline bool
tk_boundary_is_open (const uint64_t *boundaries,
                     uint32_t        a,
                     TkCharacter     left,
                     uint32_t        b,
                     TkCharacter     right)
{
  unsigned both = (unsigned) (left & (right >> TK_OPENS_LEFT_SHIFT)) & TK_OPENS_MASK;
  uint64_t bits;

  if ((a | b) < 0x80)
    return true;
  if (both == 0)
    return false;
  if (both != TK_OPENS_RIGHT || a >= TK_N_CHARACTERS || b >= TK_N_CHARACTERS)
    return true;
  bits = tk_boundary_bits (a, b);
  return (boundaries[tk_boundary_word (a, b)] & bits) == bits;
}
