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

/* Adds the parts of base[start..end) to the chunk until it is full. Returns where it came to. */
static uint32_t
cut_piece (TkEncoder           *encoder,
           const unsigned char *base,
           uint32_t             start,
           uint32_t             end,
           TkCut               *cut)
{
  const TkTable *table = &encoder->encoding->table;
  TkChunk *chunk = encoder->chunk;
  uint32_t pos = start;
  uint32_t last_code = 0;
  uint32_t last_start = start;
  TkCharacter last = 0;

  while (pos < end)
    {
      unsigned size = tk_character_length (base[pos]);
      uint32_t code = tk_character_decode (base + pos, size);
      TkCharacter entry = code < TK_N_CHARACTERS ? table->characters[code] : TK_CHARACTER_UNKNOWN;

      if (pos > start && !tk_boundary_is_open (table->boundaries, last_code, last, code, entry))
        {
          add_part (chunk, cut, pos, last_start == chunk->parts[cut->n_parts], last);
          if (cut->n_parts == TK_CHUNK_PIECES)
            return pos;
        }
      last_start = pos;
      last_code = code;
      last = entry;
      pos += size;
    }
  add_part (chunk, cut, end, last_start == chunk->parts[cut->n_parts], last);
  return end;
}

void
tk_chunk_cut (TkEncoder           *encoder,
              const unsigned char *base,
              TkCut               *cut)
{
  TkChunk *chunk = encoder->chunk;
  uint32_t pos = cut->start;

  cut->n_parts = 0;
  cut->n_asked = 0;
  chunk->parts[0] = pos;
  while (cut->piece < cut->n_pieces && cut->n_parts < TK_CHUNK_PIECES)
    {
      uint32_t end = chunk->pieces[cut->piece + 1];

      if (__builtin_expect (is_to_be_cut (base + pos, end - pos), 0))
        {
          pos = cut_piece (encoder, base, pos, end, cut);
        }
      else
        {
          add_part (chunk, cut, end, false, 0);
          pos = end;
        }
      cut->piece += pos == end;
    }
  cut->start = pos;
}
