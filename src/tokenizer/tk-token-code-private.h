/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Token codes: how the token map writes down what a token spans.
 *
 * All that the map wants to know of a token is its shape: how many bytes, characters and newlines it has, and whether
 * it begins inside a character. The four vocabularies together have fewer than 400 shapes, and those that matter have
 * a code of one byte. Whatever else
 * comes is the byte TK_CODE_ESCAPE and three variable-length numbers.
 *
 * For example in o200k_base, with shapes written bytes.characters.newlines:
 *
 *    "Hello" "," " world" ";⏎"       5.5.0  1.1.0  6.6.0  2.2.1      4 bytes
 *    "我是" "刘" "志" "军"            6.2.0  3.1.0  3.1.0  3.1.0      4 bytes
 *    96 spaces                       escape 96 96 0                 4 bytes
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TK_CODE_ESCAPE 0
/* The longest code: the escape and three numbers below 2^32 of five bytes. */
#define TK_CODE_MAX 16

/* What a token spans. Characters are those whose first byte lies in the token; @inside is 1 if the token begins with
 * other bytes of a character, else 0. */
typedef struct
{
  uint32_t bytes;
  uint32_t characters;
  uint32_t newlines;
  uint32_t inside;
} TkShape;

/*
 * A shape, or the sum of up to 1,024 shapes with a code, in one word: adding words adds all three fields. 24 bits of
 * bytes, 24 of characters, 16 of newlines. No shape with a code has more than 64 of anything, so nothing overflows.
 */
typedef uint64_t TkPackedShape;

#define TK_PACKED_BITS 24
#define TK_PACKED_MASK ((UINT64_C (1) << TK_PACKED_BITS) - 1)

/* Which code has which shape and the other way round. */
#define TK_CODE_PLAIN_BYTES 40   /* shapes without newlines: fewer bytes */
#define TK_CODE_NEWLINE_BYTES 16 /* shapes with newlines: fewer bytes */

typedef struct
{
  TkPackedShape shapes[256];
  uint8_t ascii[65]; /* no newlines, as many characters as bytes */
  uint8_t inside[256]; /* [code] */
  /* No newlines: [inside][bytes][characters] */
  uint8_t plain[2][TK_CODE_PLAIN_BYTES][TK_CODE_PLAIN_BYTES];
  /* Not inside: [newlines][bytes][characters] */
  uint8_t broken[TK_CODE_NEWLINE_BYTES][TK_CODE_NEWLINE_BYTES][TK_CODE_NEWLINE_BYTES];
} TkCodeTables;

static inline TkPackedShape
tk_packed_shape (uint32_t bytes,
                 uint32_t characters,
                 uint32_t newlines)
{
  return bytes | (uint64_t) characters << TK_PACKED_BITS | (uint64_t) newlines << 2 * TK_PACKED_BITS;
}

/* Says nothing about being inside. */
static inline TkShape
tk_packed_unpack (TkPackedShape packed)
{
  TkShape shape = {
    .bytes = packed & TK_PACKED_MASK,
    .characters = packed >> TK_PACKED_BITS & TK_PACKED_MASK,
    .newlines = packed >> 2 * TK_PACKED_BITS,
  };

  return shape;
}

/** The tables, made when first asked for. Thread-safe. */
const TkCodeTables *tk_code_tables   (void);

/** Writes the code of @shape to @code, which has room for TK_CODE_MAX bytes, and returns its length. */
size_t              tk_code_write    (const TkCodeTables *tables,
                                      TkShape             shape,
                                      uint8_t            *code);

/** Reads the code at @code into *@shape and returns its length. */
size_t              tk_code_read     (const TkCodeTables *tables,
                                      const uint8_t      *code,
                                      TkShape            *shape);

/* So many tokens are coded at a time: their codes, even if all are of the longest kind, and their sum are bounded. */
#define TK_CODE_BATCH 16

/**
 * Writes the codes of @n_tokens tokens, TK_CODE_BATCH at most, which follow each other from @text on. @codes has room
 * for TK_CODE_MAX bytes each. The @length bytes at @text may go on behind the last token. Returns the length of the
 * codes, and what they span in *@sum.
 */
size_t              tk_code_write_all (const TkCodeTables *tables,
                                       const char         *text,
                                       size_t              length,
                                       const uint32_t     *lengths,
                                       size_t              n_tokens,
                                       uint8_t            *codes,
                                       TkPackedShape      *sum);
