/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The eight classes of code points that the split patterns tell apart, by Unicode 16.0, and how to read a code point.
 */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* build-aux/unicode-classes.mjs writes these numbers into tk-unicode-data.c. */
typedef enum
{
  TK_CLASS_OTHER,    /* punctuation, symbols, controls, unassigned: not \s, \p{L}, \p{M} or \p{N} */
  TK_CLASS_MARK,     /* \p{M} */
  TK_CLASS_UPPER,    /* \p{Lu} and \p{Lt} */
  TK_CLASS_LOWER,    /* \p{Ll} */
  TK_CLASS_CASELESS, /* \p{Lm} and \p{Lo} */
  TK_CLASS_NUMBER,   /* \p{N} */
  TK_CLASS_SPACE,    /* \s without the next */
  TK_CLASS_NEWLINE   /* [\r\n] */
} TkClass;

/* Sets of classes, so that membership is one shift and one test. */
#define TK_CLASS_BIT(class) (1u << (class))
#define TK_SET_LETTER \
  (TK_CLASS_BIT (TK_CLASS_UPPER) | TK_CLASS_BIT (TK_CLASS_LOWER) | TK_CLASS_BIT (TK_CLASS_CASELESS))
#define TK_SET_NUMBER TK_CLASS_BIT (TK_CLASS_NUMBER)
#define TK_SET_NEWLINE TK_CLASS_BIT (TK_CLASS_NEWLINE)
#define TK_SET_SPACE (TK_CLASS_BIT (TK_CLASS_SPACE) | TK_SET_NEWLINE)
#define TK_SET_MARK TK_CLASS_BIT (TK_CLASS_MARK)
#define TK_SET_PUNCTUATION (TK_CLASS_BIT (TK_CLASS_OTHER) | TK_SET_MARK)
/* o200k's two halves of a word overlap in the caseless letters and the marks. */
#define TK_SET_FLAT (TK_CLASS_BIT (TK_CLASS_CASELESS) | TK_SET_MARK)
#define TK_SET_HEAD (TK_CLASS_BIT (TK_CLASS_UPPER) | TK_SET_FLAT)
#define TK_SET_TAIL (TK_CLASS_BIT (TK_CLASS_LOWER) | TK_SET_FLAT)

extern const uint8_t tk_class_index[0x110000 / 128];
extern const uint8_t tk_class_blocks[][128];

static inline TkClass
tk_class_of (uint32_t code_point)
{
  return (TkClass) tk_class_blocks[tk_class_index[code_point >> 7]][code_point & 127];
}

/* Reads the code point at @p, which must be well-formed, and its length in bytes. */
static inline uint32_t
tk_utf8_read (const unsigned char *p,
              size_t              *length)
{
  if (p[0] < 0x80)
    {
      *length = 1;
      return p[0];
    }
  if (p[0] < 0xe0)
    {
      *length = 2;
      return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
    }
  if (p[0] < 0xf0)
    {
      *length = 3;
      return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    }
  *length = 4;
  return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}
