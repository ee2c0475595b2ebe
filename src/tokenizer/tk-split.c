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

/* Where the loops over characters look at the wish to cancel for the first time; after that they go on in functions of
 * their own, so that short pieces, nearly all, pay for no more than that. */
typedef struct
{
  size_t stop;
  const atomic_bool *cancelled;
} Look;

static inline Look
look_from (size_t             start,
           size_t             length,
           const atomic_bool *cancelled)
{
  return (Look) { length - start > TK_BYTES_PER_LOOK ? start + TK_BYTES_PER_LOOK : length, cancelled };
}

static inline bool
is_cancelled (const Look *look)
{
  return look->cancelled != NULL && atomic_load_explicit (look->cancelled, memory_order_relaxed);
}

#define COLD static __attribute__ ((noinline, cold))

/* Goes on with a run at @pos, where the last look was due. *@flat_end becomes the end of its last flat character. */
COLD size_t
long_run_end (const unsigned char *text,
              size_t               length,
              size_t               pos,
              unsigned             set,
              const Look          *look,
              size_t              *flat_end)
{
  while (pos < length)
    {
      size_t stop = look_from (pos, length, NULL).stop;
      unsigned class = 0;
      size_t next;

      if (is_cancelled (look))
        return TK_PIECE_CANCELLED;
      while (pos < stop && ((class = peek (text, length, pos, &next)) & set))
        {
          pos = next;
          if (class & TK_SET_FLAT)
            *flat_end = next;
        }
      if (!(class & set))
        break;
    }
  return pos;
}

/* The end of the run of characters of @set that starts at @pos. */
static inline size_t
run_end (const unsigned char *text,
         size_t               length,
         size_t               pos,
         unsigned             set,
         const Look          *look)
{
  size_t next, ignored;

  while (peek (text, look->stop, pos, &next) & set)
    pos = next;
  return __builtin_expect (pos < look->stop, 1) ? pos : long_run_end (text, length, pos, set, look, &ignored);
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

static inline unsigned
space_add (const unsigned char *text,
           size_t               length,
           Space               *space)
{
  size_t next;
  unsigned set = peek (text, length, space->end, &next) & TK_SET_SPACE;

  if (set)
    {
      space->last = space->end;
      space->end = next;
      if (set & TK_SET_NEWLINE)
        space->newline_end = next;
    }
  return set;
}

COLD Space
long_space_run (const unsigned char *text,
                size_t               length,
                Space                space,
                const Look          *look)
{
  static const Space cancelled = { TK_PIECE_CANCELLED, TK_PIECE_CANCELLED, TK_PIECE_CANCELLED };
  unsigned set = TK_SET_SPACE;

  while (set && space.end < length)
    {
      size_t stop = look_from (space.end, length, NULL).stop;

      if (is_cancelled (look))
        return cancelled;
      while (space.end < stop && (set = space_add (text, length, &space)))
        ;
    }
  return space;
}

static inline Space
space_run (const unsigned char *text,
           size_t               length,
           size_t               pos,
           const Look          *look)
{
  Space space = { pos, pos, 0 };

  while (space_add (text, look->stop, &space))
    ;
  return __builtin_expect (space.end < look->stop, 1) ? space : long_space_run (text, length, space, look);
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
                   size_t               start,
                   const atomic_bool   *cancelled)
{
  size_t contraction, next, after;
  unsigned set;
  Space space;
  const Look look = look_from (start, length, cancelled);

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
    return run_end (text, length, next, TK_SET_LETTER, &look);
  if (set & TK_SET_NUMBER)
    return run_end (text, length, next, TK_SET_NUMBER, &look);
  if (set & TK_SET_PUNCTUATION)
    return run_end (text, length, next, TK_SET_PUNCTUATION, &look);

  space = space_run (text, length, start, &look);
  return space_end (&space, length, start);
}

/**
 * '(?i:[sdmt]|ll|ve|re)|[^\r\nLN]?+L++|N{1,3}+| ?[^\sLN]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s
 */
size_t
tk_piece_end_cl100k (const unsigned char *text,
                     size_t               length,
                     size_t               start,
                     const atomic_bool   *cancelled)
{
  size_t contraction, next, after;
  unsigned set, following;
  Space space;
  const Look look = look_from (start, length, cancelled);

  if ((contraction = contraction_length (text, length, start, true)) > 0)
    return start + contraction;

  set = peek (text, length, start, &next);
  if (set & TK_SET_LETTER)
    return run_end (text, length, next, TK_SET_LETTER, &look);
  if (set & TK_SET_NUMBER)
    return digits_end (text, length, next);

  following = peek (text, length, next, &after);
  if (!(set & TK_SET_NEWLINE) && (following & TK_SET_LETTER))
    return run_end (text, length, after, TK_SET_LETTER, &look);
  if (text[start] == ' ' && (following & TK_SET_PUNCTUATION))
    {
      set = following;
      next = after;
    }
  if (set & TK_SET_PUNCTUATION)
    {
      next = run_end (text, length, next, TK_SET_PUNCTUATION, &look);
      return next != TK_PIECE_CANCELLED ? run_end (text, length, next, TK_SET_NEWLINE, &look) : next;
    }

  /* `\s++$` comes before `\s*[\r\n]`, so at the end of the text line ends do not cut. */
  space = space_run (text, length, start, &look);
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
 * Returns the end, @pos if neither matches, or TK_PIECE_CANCELLED; *@first tells that the first alternative did.
 */
static inline size_t
word_end (const unsigned char *text,
          size_t               length,
          size_t               pos,
          const Look          *look,
          bool                *first)
{
  size_t end = pos;
  size_t flat_end = 0;
  size_t next;
  unsigned set;

  while ((set = peek (text, look->stop, end, &next)) & TK_SET_HEAD)
    {
      end = next;
      if (set & TK_SET_FLAT)
        flat_end = next;
    }
  *first = true;
  if (__builtin_expect (end >= look->stop, 0))
    {
      end = long_run_end (text, length, end, TK_SET_HEAD, look, &flat_end);
      if (end == TK_PIECE_CANCELLED)
        return end;
      set = peek (text, length, end, &next);
    }
  if (set & TK_SET_TAIL)
    return run_end (text, length, next, TK_SET_TAIL, look);
  if (flat_end > 0)
    return flat_end;
  *first = false;
  return end;
}

/* `[\r\n/]*` */
static inline bool
is_tail (unsigned char c)
{
  return c == '\r' || c == '\n' || c == '/';
}

COLD size_t
long_tail_end (const unsigned char *text,
               size_t               length,
               size_t               pos,
               const Look          *look)
{
  while (pos < length && is_tail (text[pos]))
    {
      size_t stop = look_from (pos, length, NULL).stop;

      if (is_cancelled (look))
        return TK_PIECE_CANCELLED;
      while (pos < stop && is_tail (text[pos]))
        pos++;
    }
  return pos;
}

/**
 * [^\r\nLN]?[HEAD]*[TAIL]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\nLN]?[HEAD]+[TAIL]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|
 * N{1,3}| ?[^\sLN]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
 */
size_t
tk_piece_end_o200k (const unsigned char *text,
                    size_t               length,
                    size_t               start,
                    const atomic_bool   *cancelled)
{
  size_t next, after, end;
  unsigned set, following;
  bool first;
  Space space;
  const Look look = look_from (start, length, cancelled);

  set = peek (text, length, start, &next);
  if (set & TK_SET_NUMBER)
    return digits_end (text, length, next);
  if (!(set & TK_SET_NEWLINE))
    {
      size_t word = set & TK_SET_LETTER ? start : next;

      end = word_end (text, length, word, &look, &first);
      if (end == TK_PIECE_CANCELLED)
        return end;
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
      end = run_end (text, length, next, TK_SET_PUNCTUATION, &look);
      if (end == TK_PIECE_CANCELLED)
        return end;
      while (end < look.stop && is_tail (text[end]))
        end++;
      if (__builtin_expect (end >= look.stop, 0))
        return long_tail_end (text, length, end, &look);
      return end;
    }

  space = space_run (text, length, start, &look);
  if (space.newline_end > 0)
    return space.newline_end;
  return space_end (&space, length, start);
}
