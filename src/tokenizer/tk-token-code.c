/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-token-code-private.h"

#include <string.h>
#include <threads.h>

/* The shapes that get a code, a row a range: @bytes, from @first to @last characters, @newlines, @inside. Chosen by
 * how many tokens of the four vocabularies have them; what is left out takes the escape. ASCII without newlines,
 * which is 1 to 64 bytes long, is not listed. */
static const struct
{
  uint8_t bytes;
  uint8_t first;
  uint8_t last;
  uint8_t newlines;
  uint8_t inside;
} ranges[] = {
  /* Parts of split characters, and letters of two, three and four bytes, alone or behind a blank or two. */
  { 2, 1, 1, 0 },    { 3, 1, 2, 0 },    { 4, 1, 3, 0 },    { 5, 2, 4, 0 },    { 6, 2, 5, 0 },    { 7, 3, 6, 0 },
  { 8, 2, 7, 0 },    { 9, 3, 8, 0 },    { 10, 4, 9, 0 },   { 11, 4, 10, 0 },  { 12, 4, 6, 0 },   { 12, 8, 11, 0 },
  { 13, 5, 7, 0 },   { 13, 10, 12, 0 }, { 14, 5, 7, 0 },   { 14, 11, 13, 0 }, { 15, 5, 8, 0 },   { 15, 13, 14, 0 },
  { 16, 6, 6, 0 },   { 16, 8, 8, 0 },   { 16, 14, 15, 0 }, { 17, 9, 9, 0 },   { 17, 15, 16, 0 }, { 18, 6, 6, 0 },
  { 18, 9, 9, 0 },   { 18, 17, 17, 0 }, { 19, 7, 7, 0 },   { 19, 9, 10, 0 },  { 20, 10, 10, 0 }, { 21, 7, 7, 0 },
  { 21, 11, 11, 0 }, { 22, 8, 8, 0 },   { 22, 11, 11, 0 }, { 23, 12, 12, 0 }, { 24, 8, 8, 0 },   { 24, 12, 12, 0 },
  { 25, 9, 9, 0 },   { 25, 13, 13, 0 }, { 27, 9, 9, 0 },   { 27, 14, 14, 0 }, { 28, 10, 10, 0 }, { 29, 15, 15, 0 },
  { 30, 10, 10, 0 }, { 31, 11, 11, 0 }, { 31, 16, 16, 0 }, { 33, 11, 11, 0 }, { 34, 12, 12, 0 }, { 37, 13, 13, 0 },
  { 1, 0, 0, 0, 1 }, { 2, 0, 1, 0, 1 }, { 3, 0, 2, 0, 1 }, { 4, 1, 2, 0, 1 }, { 5, 1, 2, 0, 1 }, { 6, 2, 2, 0, 1 },
  { 7, 2, 2, 0, 1 }, { 8, 2, 2, 0, 1 }, { 10, 3, 3, 0, 1 }, { 13, 4, 4, 0, 1 }, { 16, 5, 5, 0, 1 },
  /* One line end or several, with the blanks and the punctuation around them. */
  { 1, 1, 1, 1 },    { 2, 2, 2, 1 },    { 3, 2, 3, 1 },    { 4, 2, 4, 1 },    { 5, 3, 5, 1 },    { 6, 4, 4, 1 },
  { 6, 6, 6, 1 },    { 7, 3, 3, 1 },    { 7, 7, 7, 1 },    { 8, 8, 8, 1 },    { 9, 9, 9, 1 },    { 10, 10, 10, 1 },
  { 11, 11, 11, 1 }, { 12, 12, 12, 1 }, { 13, 13, 13, 1 }, { 2, 2, 2, 2 },    { 3, 3, 3, 2 },    { 4, 3, 4, 2 },
  { 5, 3, 5, 2 },    { 6, 4, 4, 2 },    { 6, 6, 6, 2 },    { 7, 4, 4, 2 },    { 7, 7, 7, 2 },    { 8, 4, 4, 2 },
  { 8, 8, 8, 2 },    { 9, 9, 9, 2 },    { 10, 10, 10, 2 }, { 3, 3, 3, 3 },    { 4, 4, 4, 3 },    { 5, 5, 5, 3 },
  { 6, 6, 6, 3 },    { 7, 7, 7, 3 },    { 8, 8, 8, 3 },    { 4, 4, 4, 4 },    { 5, 5, 5, 4 },    { 6, 6, 6, 4 },
  { 7, 7, 7, 4 },    { 8, 8, 8, 4 },    { 5, 5, 5, 5 },    { 6, 6, 6, 5 },    { 6, 6, 6, 6 },    { 8, 8, 8, 8 },
};

static TkCodeTables tables_once;
static once_flag tables_flag = ONCE_FLAG_INIT;

static void
add_shape (unsigned *code,
           unsigned  bytes,
           unsigned  characters,
           unsigned  newlines,
           unsigned  inside)
{
  tables_once.shapes[*code] = tk_packed_shape (bytes, characters, newlines);
  tables_once.inside[*code] = (uint8_t) inside;
  if (newlines > 0)
    tables_once.broken[newlines][bytes][characters] = (uint8_t) *code;
  else
    {
      if (bytes == characters)
        tables_once.ascii[bytes] = (uint8_t) *code;
      if (bytes < TK_CODE_PLAIN_BYTES)
        tables_once.plain[inside][bytes][characters] = (uint8_t) *code;
    }
  ++*code;
}

/* Codes are given in order. For ASCII they are the length in bytes. */
static void
make_tables (void)
{
  unsigned code = TK_CODE_ESCAPE + 1;

  for (unsigned bytes = 1; bytes < sizeof tables_once.ascii; bytes++)
    add_shape (&code, bytes, bytes, 0, 0);
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    for (unsigned characters = ranges[i].first; characters <= ranges[i].last && code < 256; characters++)
      add_shape (&code, ranges[i].bytes, characters, ranges[i].newlines, ranges[i].inside);
}

const TkCodeTables *
tk_code_tables (void)
{
  call_once (&tables_flag, make_tables);
  return &tables_once;
}

static inline uint8_t
find_code (const TkCodeTables *tables,
           TkShape             shape)
{
  if (shape.newlines == 0)
    {
      if (shape.bytes == shape.characters)
        return shape.bytes < sizeof tables->ascii ? tables->ascii[shape.bytes] : TK_CODE_ESCAPE;
      if (shape.bytes < TK_CODE_PLAIN_BYTES && shape.characters < TK_CODE_PLAIN_BYTES)
        return tables->plain[shape.inside][shape.bytes][shape.characters];
    }
  else if (!shape.inside && shape.newlines < TK_CODE_NEWLINE_BYTES && shape.bytes < TK_CODE_NEWLINE_BYTES
           && shape.characters < TK_CODE_NEWLINE_BYTES)
    return tables->broken[shape.newlines][shape.bytes][shape.characters];
  return TK_CODE_ESCAPE;
}

static size_t
write_number (uint8_t  *code,
              uint64_t  number)
{
  size_t n = 0;

  for (; number >= 0x80; number >>= 7)
    code[n++] = (uint8_t) (number | 0x80);
  code[n++] = (uint8_t) number;
  return n;
}

static size_t
read_number (const uint8_t *code,
             uint64_t      *number)
{
  size_t n = 0;

  *number = 0;
  do
    *number |= (uint64_t) (code[n] & 0x7f) << 7 * n;
  while (code[n++] & 0x80);
  return n;
}

size_t
tk_code_write (const TkCodeTables *tables,
               TkShape             shape,
               uint8_t            *code)
{
  size_t n = 1;

  code[0] = find_code (tables, shape);
  if (code[0] != TK_CODE_ESCAPE)
    return 1;
  n += write_number (code + n, shape.bytes);
  n += write_number (code + n, shape.characters);
  n += write_number (code + n, (uint64_t) shape.newlines << 1 | shape.inside);
  return n;
}

size_t
tk_code_read (const TkCodeTables *tables,
              const uint8_t      *code,
              TkShape            *shape)
{
  uint64_t number;
  size_t n = 1;

  if (code[0] != TK_CODE_ESCAPE)
    {
      *shape = tk_packed_unpack (tables->shapes[code[0]]);
      shape->inside = tables->inside[code[0]];
      return 1;
    }
  n += read_number (code + n, &number);
  shape->bytes = (uint32_t) number;
  n += read_number (code + n, &number);
  shape->characters = (uint32_t) number;
  n += read_number (code + n, &number);
  shape->newlines = (uint32_t) (number >> 1);
  shape->inside = number & 1;
  return n;
}

/* The shape of the token of @n bytes at @text, byte by byte. */
static TkShape
measure (const unsigned char *text,
         size_t               n)
{
  TkShape shape = { (uint32_t) n, 0, 0, (text[0] & 0xc0) == 0x80 };

  for (size_t i = 0; i < n; i++)
    {
      shape.characters += (text[i] & 0xc0) != 0x80;
      shape.newlines += text[i] == '\n';
    }
  return shape;
}

#define REPEAT(byte) (UINT64_C (0x0101010101010101) * (byte))

/* The @n bytes at @text, 1 to 8, below as many zero bytes as are missing; eight can be read. */
static inline uint64_t
load (const unsigned char *text,
      uint32_t             n)
{
  uint64_t word;

  memcpy (&word, text, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64 (word);
#endif
  return word << (64 - 8 * n);
}

#define TOPS REPEAT (0x80)

/* The top bit of every byte that is a newline. */
static inline uint64_t
newlines_in (uint64_t word)
{
  uint64_t other = word ^ REPEAT ('\n');

  return ~((other & ~TOPS) + ~TOPS) & ~other & TOPS;
}

/* Not 0 if there is a newline. Half the steps, but other bits may be set as well. */
static inline uint64_t
any_newline_in (uint64_t word)
{
  uint64_t other = word ^ REPEAT ('\n');

  return (other - REPEAT (1)) & ~other & TOPS;
}

/* How many top bits of bytes are set in @bits, which has no others. */
static inline uint32_t
count_tops (uint64_t bits)
{
  return (uint32_t) ((bits >> 7) * REPEAT (1) >> 56);
}

/* The code for the token of the @n bytes in @word if it is a short one. For ASCII without a newline that is its
 * length. A continuation byte is 10xxxxxx. */
static inline uint8_t
code_of_word (const TkCodeTables *tables,
              uint64_t            word,
              uint32_t            n)
{
  uint64_t any_newline = any_newline_in (word);
  uint64_t continuations;
  uint32_t characters, inside;

  if (__builtin_expect (((word & TOPS) | any_newline) == 0, 1))
    return (uint8_t) n;
  continuations = word & ~(word << 1) & TOPS;
  characters = n - count_tops (continuations);
  inside = continuations >> (64 - 8 * n + 7) & 1;
  if (any_newline == 0)
    return tables->plain[inside][n][characters];
  return inside ? TK_CODE_ESCAPE : tables->broken[count_tops (newlines_in (word))][n][characters];
}

/* Writes the code of a token that is long, unusual or near the end of the text. */
static __attribute__ ((noinline)) size_t
write_slowly (const TkCodeTables  *tables,
              const unsigned char *text,
              size_t               length,
              uint32_t             n,
              uint8_t             *code,
              TkPackedShape       *sum)
{
  TkShape shape = { n, n, 0, 0 };

  if (n <= 8 || n > 16 || length < 16 || code_of_word (tables, load (text, 8), 8) != 8
      || code_of_word (tables, load (text + 8, n - 8), n - 8) != n - 8)
    shape = measure (text, n);
  *sum += tk_packed_shape (shape.bytes, shape.characters, shape.newlines);
  return tk_code_write (tables, shape, code);
}

/* Building a map of 10 MB codes two or three million tokens, so the everyday ones go through registers. */
size_t
tk_code_write_all (const TkCodeTables *tables,
                   const char         *text,
                   size_t              length,
                   const uint32_t     *lengths,
                   size_t              n_tokens,
                   uint8_t            *codes,
                   TkPackedShape      *sum)
{
  const unsigned char *bytes = (const unsigned char *) text;
  const uint32_t *end = lengths + n_tokens;
  ptrdiff_t last = (ptrdiff_t) length - 8; /* where a word can still be read */
  ptrdiff_t at = 0;
  TkPackedShape total = 0;
  uint8_t *code = codes;

  for (; lengths < end; lengths++)
    {
      uint32_t n = *lengths;

      *code = TK_CODE_ESCAPE;
      if (__builtin_expect (n <= 8 && at <= last, 1))
        *code = code_of_word (tables, load (bytes + at, n), n);
      if (__builtin_expect (*code != TK_CODE_ESCAPE, 1))
        {
          total += tables->shapes[*code++];
        }
      else
        {
          /* A sum of its own, so that the other one can stay in a register. */
          TkPackedShape more = 0;

          code += write_slowly (tables, bytes + at, length - (size_t) at, n, code, &more);
          total += more;
        }
      at += n;
    }
  *sum = total;
  return (size_t) (code - codes);
}
