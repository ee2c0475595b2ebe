/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The three split patterns, one character at a time. This is the portable path and the measure for the faster ones.
 *
 * The comments quote the pattern's alternatives in their order. `L`, `M`, `N` stand for \p{L}, \p{M}, \p{N}.
 */

#include "tk-split-private.h"

#include "tk-unicode-private.h"

/* The class of the character at @pos as a one-bit set, and where the next one starts; the empty set at the end. */
static inline unsigned
peek (const unsigned char *text,
      size_t               length,
      size_t               pos,
      size_t              *next)
{
  size_t size;
  uint32_t c;

  if (pos >= length)
    {
      *next = pos;
      return 0;
    }
  c = tk_utf8_read (text + pos, &size);
  *next = pos + size;
  return TK_CLASS_BIT (tk_class_of (c));
}

/* The end of the run of characters of @set that starts at @pos. */
static inline size_t
run_end (const unsigned char *text,
         size_t               length,
         size_t               pos,
         unsigned             set)
{
  size_t next;

  while (peek (text, length, pos, &next) & set)
    pos = next;
  return pos;
}

/* `N{1,3}` with at least one character already seen before @pos. */
static inline size_t
digits_end (const unsigned char *text,
            size_t               length,
            size_t               pos)
{
  size_t next;

  for (int i = 1; i < 3 && (peek (text, length, pos, &next) & TK_SET_NUMBER); i++)
    pos = next;
  return pos;
}

/* The length of `'(?:[sdmt]|ll|ve|re)` at @pos, or 0. With @fold letters of both cases match, and ſ (U+017F), whose
 * simple case folding is s. */
static inline size_t
contraction_length (const unsigned char *text,
                    size_t               length,
                    size_t               pos,
                    bool                 fold)
{
  unsigned char a, b;

  if (length - pos < 2 || text[pos] != '\'')
    return 0;
  a = text[pos + 1];
  if (fold && a >= 'A' && a <= 'Z')
    a |= 0x20;
  if (a == 's' || a == 'd' || a == 'm' || a == 't')
    return 2;
  if (length - pos < 3)
    return 0;
  b = text[pos + 2];
  if (fold && a == 0xc5 && b == 0xbf)
    return 3;
  if (fold && b >= 'A' && b <= 'Z')
    b |= 0x20;
  if ((a == 'l' && b == 'l') || ((a == 'v' || a == 'r') && b == 'e'))
    return 3;
  return 0;
}

/* A run of white space: where it ends, where its last character starts, and where its last line end ends (0: none). */
typedef struct
{
  size_t end;
  size_t last;
  size_t newline_end;
} Space;

static inline Space
space_run (const unsigned char *text,
           size_t               length,
           size_t               pos)
{
  Space space = { pos, pos, 0 };
  size_t next;
  unsigned set;

  while ((set = peek (text, length, space.end, &next)) & TK_SET_SPACE)
    {
      space.last = space.end;
      space.end = next;
      if (set & TK_SET_NEWLINE)
        space.newline_end = next;
    }
  return space;
}

/* `\s+(?!\S)|\s`: at the end of the text all of it, otherwise all but the last character unless that is the only one.
 * */
static inline size_t
space_end (const Space *space,
           size_t       length,
           size_t       start)
{
  if (space->end == length || space->last == start)
    return space->end;
  return space->last;
}

/**
 * '(?:[sdmt]|ll|ve|re)| ?L++| ?N++| ?[^\sLN]++|\s++$|\s+(?!\S)|\s
 */
size_t
tk_piece_end_r50k (const unsigned char *text,
                   size_t               length,
                   size_t               start)
{
  size_t contraction, next, after;
  unsigned set;
  Space space;

  if ((contraction = contraction_length (text, length, start, false)) > 0)
    return start + contraction;

  set = peek (text, length, start, &next);
  if (text[start] == ' ')
    {
      unsigned following = peek (text, length, next, &after);

      if (following && !(following & TK_SET_SPACE))
        {
          set = following;
          next = after;
        }
    }
  if (set & TK_SET_LETTER)
    return run_end (text, length, next, TK_SET_LETTER);
  if (set & TK_SET_NUMBER)
    return run_end (text, length, next, TK_SET_NUMBER);
  if (set & TK_SET_PUNCTUATION)
    return run_end (text, length, next, TK_SET_PUNCTUATION);

  space = space_run (text, length, start);
  return space_end (&space, length, start);
}

/**
 * '(?i:[sdmt]|ll|ve|re)|[^\r\nLN]?+L++|N{1,3}+| ?[^\sLN]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s
 */
size_t
tk_piece_end_cl100k (const unsigned char *text,
                     size_t               length,
                     size_t               start)
{
  size_t contraction, next, after;
  unsigned set, following;
  Space space;

  if ((contraction = contraction_length (text, length, start, true)) > 0)
    return start + contraction;

  set = peek (text, length, start, &next);
  if (set & TK_SET_LETTER)
    return run_end (text, length, next, TK_SET_LETTER);
  if (set & TK_SET_NUMBER)
    return digits_end (text, length, next);

  following = peek (text, length, next, &after);
  if (!(set & TK_SET_NEWLINE) && (following & TK_SET_LETTER))
    return run_end (text, length, after, TK_SET_LETTER);
  if (text[start] == ' ' && (following & TK_SET_PUNCTUATION))
    {
      set = following;
      next = after;
    }
  if (set & TK_SET_PUNCTUATION)
    {
      next = run_end (text, length, next, TK_SET_PUNCTUATION);
      return run_end (text, length, next, TK_SET_NEWLINE);
    }

  /* `\s++$` comes before `\s*[\r\n]`, so at the end of the text line ends do not cut. */
  space = space_run (text, length, start);
  if (space.end < length && space.newline_end > 0)
    return space.newline_end;
  return space_end (&space, length, start);
}

/*
 * The first two alternatives of o200k without prefix and contraction:
 *
 *   [HEAD]*[TAIL]+ | [HEAD]+[TAIL]*    with HEAD = Lu Lt Lm Lo M and TAIL = Ll Lm Lo M
 *
 * HEAD* takes all it can. If a lower-case letter follows, TAIL+ goes on from there. Otherwise HEAD* gives back down to
 * the last character that is a TAIL too (a caseless letter or a mark), which becomes all of TAIL+. Without one only the
 * second alternative is left, whose TAIL* is then empty.
 *
 * Returns the end, or @pos if neither matches; *@first tells that the first alternative did.
 */
static inline size_t
word_end (const unsigned char *text,
          size_t               length,
          size_t               pos,
          bool                *first)
{
  size_t end = pos;
  size_t flat_end = 0;
  size_t next;
  unsigned set;

  while ((set = peek (text, length, end, &next)) & TK_SET_HEAD)
    {
      end = next;
      if (set & TK_SET_FLAT)
        flat_end = next;
    }
  *first = true;
  if (set & TK_SET_TAIL)
    return run_end (text, length, next, TK_SET_TAIL);
  if (flat_end > 0)
    return flat_end;
  *first = false;
  return end;
}

/**
 * [^\r\nLN]?[HEAD]*[TAIL]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\nLN]?[HEAD]+[TAIL]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|
 * N{1,3}| ?[^\sLN]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
 */
size_t
tk_piece_end_o200k (const unsigned char *text,
                    size_t               length,
                    size_t               start)
{
  size_t next, after, end;
  unsigned set, following;
  bool first;
  Space space;

  set = peek (text, length, start, &next);
  if (set & TK_SET_NUMBER)
    return digits_end (text, length, next);
  if (!(set & TK_SET_NEWLINE))
    {
      size_t word = set & TK_SET_LETTER ? start : next;

      end = word_end (text, length, word, &first);
      /* A mark can be the prefix or the word itself. When the first alternative fails behind it, it is tried without
       * prefix before the second one is, and then matches just the mark. */
      if (!first && (set & TK_SET_MARK))
        end = next;
      else if (end == word)
        end = 0;
      if (end > 0)
        return end + contraction_length (text, length, end, true);
    }

  following = peek (text, length, next, &after);
  if (text[start] == ' ' && (following & TK_SET_PUNCTUATION))
    {
      set = following;
      next = after;
    }
  if (set & TK_SET_PUNCTUATION)
    {
      end = run_end (text, length, next, TK_SET_PUNCTUATION);
      while (end < length && (text[end] == '\r' || text[end] == '\n' || text[end] == '/'))
        end++;
      return end;
    }

  space = space_run (text, length, start);
  if (space.newline_end > 0)
    return space.newline_end;
  return space_end (&space, length, start);
}
