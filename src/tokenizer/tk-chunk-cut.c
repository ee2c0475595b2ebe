/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Pieces cut where no token can cross (see tk-characters-private.h), before they are looked up: clauses of Chinese and
 * Japanese, which seldom come twice, and long words of the other scripts whose characters take three bytes. Most parts
 * are a single character then, whose tokens the table file knows: they need not be looked up at all.
 */

#include "tk-chunk-private.h"

#include "tk-characters-private.h"

static inline bool
is_to_be_cut (const unsigned char *p,
              size_t               length)
{
  unsigned char lead = p[0];

  if (__builtin_expect (length <= 6, 1))
    return false;
  if (lead < 0x80)
    lead = p[1];
  return tk_is_wide (lead) && (length > TK_WORD_MAX_LENGTH || (lead >= 0xe3 && lead <= 0xe9));
}

/* Adds a part that ends at @end: one that consists of the character @last, or has to be looked up. */
static inline void
add_part (TkChunk    *chunk,
          TkCut      *cut,
          uint32_t    end,
          bool        is_single,
          TkCharacter last)
{
  chunk->tokens[cut->n_parts] = last;
  chunk->asked[cut->n_asked] = (uint32_t) cut->n_parts;
  cut->n_asked += !(is_single & (tk_character_count (last) != 0));
  chunk->parts[++cut->n_parts] = end;
}

/* tk_boundary_is_open() for two characters of three bytes, without a branch: a quarter to three quarters of the
 * boundaries in Chinese have the flags that make it ask the filter. */
static inline bool
is_open (const uint64_t *boundaries,
         uint32_t        a,
         TkCharacter     left,
         uint32_t        b,
         TkCharacter     right)
{
  unsigned both = (unsigned) (left & (right >> TK_OPENS_LEFT_SHIFT)) & TK_OPENS_MASK;
  uint64_t bits = tk_boundary_bits (a, b);
  bool is_known = (boundaries[tk_boundary_word (a, b)] & bits) == bits;

  return (both > TK_OPENS_RIGHT) | ((both == TK_OPENS_RIGHT) & is_known);
}

typedef struct
{
  uint32_t code;
  uint32_t size; /* 0 before the first */
  TkCharacter entry;
} Character;

/* The character at @p, and whether a part ends before it, which @last does not if it is none. */
static inline Character
next_character (const TkTable       *table,
                const unsigned char *p,
                Character            last,
                bool                *is_end)
{
  Character next;

  if (__builtin_expect ((p[0] & 0xf0) == 0xe0 && last.size == 3, 1))
    {
      next.size = 3;
      next.code = (uint32_t) (p[0] & 0x0f) << 12 | (uint32_t) (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
      next.entry = table->characters[next.code];
      *is_end = !is_open (table->boundaries, last.code, last.entry, next.code, next.entry);
    }
  else
    {
      next.size = tk_character_length (p[0]);
      next.code = tk_character_decode (p, next.size);
      next.entry = next.code < TK_N_CHARACTERS ? table->characters[next.code] : TK_CHARACTER_UNKNOWN;
      *is_end = last.size > 0 && !tk_boundary_is_open (table->boundaries, last.code, last.entry, next.code, next.entry);
    }
  return next;
}

/*
 * Adds the parts of base[start..end) to the chunk until it is full. Returns where it came to. At each character the
 * part before it is written, whether it ends there or not: which of them do cannot be guessed, so the number of parts
 * is what tells.
 */
static uint32_t
cut_piece (TkEncoder *encoder,
           TkChunk   *chunk,
           uint32_t   start,
           uint32_t   end,
           TkCut     *cut)
{
  const TkTable *table = &encoder->encoding->table;
  const unsigned char *base = chunk->base;
  TkTokens *tokens = chunk->tokens;
  uint32_t *parts = chunk->parts;
  uint32_t *asked = chunk->asked;
  size_t n_parts = cut->n_parts;
  size_t n_asked = cut->n_asked;
  uint32_t pos = start;
  uint32_t last_start = start;
  uint32_t part_start = start;
  Character last = { 0 };

  while (pos < end)
    {
      bool is_end;
      const Character next = next_character (table, base + pos, last, &is_end);

      tokens[n_parts] = last.entry;
      asked[n_asked] = (uint32_t) n_parts;
      n_asked += is_end & !((last_start == part_start) & (tk_character_count (last.entry) != 0));
      parts[n_parts + 1] = pos;
      n_parts += is_end;
      part_start = is_end ? pos : part_start;
      if (__builtin_expect (n_parts == TK_CHUNK_MAX, 0))
        break;
      last_start = pos;
      last = next;
      pos += next.size;
    }
  cut->n_parts = n_parts;
  cut->n_asked = n_asked;
  if (pos == end)
    add_part (chunk, cut, end, last_start == part_start, last.entry);
  return pos;
}

void
tk_chunk_cut (TkEncoder      *encoder,
              TkChunk        *chunk,
              const uint32_t *pieces,
              TkCut          *cut)
{
  uint32_t pos = cut->start;

  cut->n_asked = 0;
  cut->n_parts = 0;
  chunk->parts[0] = pos;
  while (cut->piece < cut->n_pieces && cut->n_parts < TK_CHUNK_MAX)
    {
      uint32_t end = pieces[cut->piece + 1];

      if (__builtin_expect (is_to_be_cut (chunk->base + pos, end - pos), 0))
        {
          pos = cut_piece (encoder, chunk, pos, end, cut);
        }
      else
        {
          add_part (chunk, cut, end, false, 0);
          pos = end;
        }
      cut->piece += pos == end;
    }
  cut->start = pos;
  chunk->bounds = chunk->parts;
  chunk->n = cut->n_parts;
}
