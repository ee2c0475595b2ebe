/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-seam-private.h"

#include <string.h>

#define OTHER TK_CLASS_BIT (TK_CLASS_OTHER)
#define MARK TK_CLASS_BIT (TK_CLASS_MARK)
#define UPPER TK_CLASS_BIT (TK_CLASS_UPPER)
#define LETTER TK_SET_LETTER
#define NUMBER TK_SET_NUMBER
#define SPACE TK_SET_SPACE

/*
 * For each pattern and the class of the first character: before which classes there is a seam. The patterns stand
 * above their scanners in tk-split.c. Nothing follows white space: a blank may belong to what comes, and how a run of
 * it is cut depends on what stops it. Only a line end in cl100k and o200k takes the run before it along wherever it
 * stands.
 */
static const uint8_t r50k_seams[] = {
  [TK_CLASS_OTHER] = LETTER | NUMBER | SPACE,
  [TK_CLASS_MARK] = LETTER | NUMBER | SPACE,
  [TK_CLASS_UPPER] = OTHER | MARK | NUMBER | SPACE,
  [TK_CLASS_LOWER] = OTHER | MARK | NUMBER | SPACE,
  [TK_CLASS_CASELESS] = OTHER | MARK | NUMBER | SPACE,
  [TK_CLASS_NUMBER] = OTHER | MARK | LETTER | SPACE,
  [TK_CLASS_SPACE] = 0,
  [TK_CLASS_NEWLINE] = 0,
};

static const uint8_t cl100k_seams[] = {
  [TK_CLASS_OTHER] = NUMBER | TK_CLASS_BIT (TK_CLASS_SPACE),
  [TK_CLASS_MARK] = NUMBER | TK_CLASS_BIT (TK_CLASS_SPACE),
  [TK_CLASS_UPPER] = OTHER | MARK | NUMBER | SPACE,
  [TK_CLASS_LOWER] = OTHER | MARK | NUMBER | SPACE,
  [TK_CLASS_CASELESS] = OTHER | MARK | NUMBER | SPACE,
  [TK_CLASS_NUMBER] = OTHER | MARK | LETTER | SPACE,
  [TK_CLASS_SPACE] = 0,
  [TK_CLASS_NEWLINE] = OTHER | MARK | LETTER | NUMBER,
};

static const uint8_t o200k_seams[] = {
  [TK_CLASS_OTHER] = NUMBER | TK_CLASS_BIT (TK_CLASS_SPACE),
  [TK_CLASS_MARK] = NUMBER | TK_CLASS_BIT (TK_CLASS_SPACE),
  [TK_CLASS_UPPER] = OTHER | NUMBER | SPACE,
  [TK_CLASS_LOWER] = OTHER | UPPER | NUMBER | SPACE,
  [TK_CLASS_CASELESS] = OTHER | NUMBER | SPACE,
  [TK_CLASS_NUMBER] = OTHER | MARK | LETTER | SPACE,
  [TK_CLASS_SPACE] = 0,
  [TK_CLASS_NEWLINE] = OTHER | MARK | LETTER | NUMBER,
};

static const uint8_t *
seams_of (const TkEncoding *encoding)
{
  if (encoding->piece_end == tk_piece_end_r50k)
    return r50k_seams;
  if (encoding->piece_end == tk_piece_end_cl100k)
    return cl100k_seams;
  return o200k_seams;
}

/* What the classes cannot tell: contractions, and o200k's slashes behind punctuation and line ends. */
static inline bool
is_exception (const uint8_t *seams,
              uint32_t       before,
              uint32_t       after)
{
  if (seams == r50k_seams)
    return before == '\'';
  if (seams != o200k_seams)
    return false;
  switch (after)
    {
    case '\'':
      return true;
    case '/':
      return before == '\n' || before == '\r';
    case 'E': /* 'vE 'rE */
      return before == 'v' || before == 'r';
    case 'L':
      return before == 'l';
    default:
      return false;
    }
}

static inline bool
is_seam (const uint8_t *seams,
         uint32_t       before,
         uint32_t       after)
{
  return seams[tk_class_of (before)] & TK_CLASS_BIT (tk_class_of (after)) && !is_exception (seams, before, after);
}

bool
tk_is_seam (const TkEncoding *encoding,
            uint32_t          before,
            uint32_t          after)
{
  return is_seam (seams_of (encoding), before, after);
}

#define REPEAT(byte) (UINT64_C (0x0101010101010101) * (byte))

/* Whether there can be no seam among the eight bytes at @bytes and the character @next to them: they are all the same
 * as that, or digits like it. That is what a long stretch without a seam is most often. */
static inline bool
is_dull (const unsigned char *bytes,
         uint32_t             next)
{
  uint64_t word;

  memcpy (&word, bytes, sizeof word);
  if (next - '0' < 10)
    return ((word & REPEAT (0xf0)) | (((word + REPEAT (6)) & REPEAT (0xf0)) >> 4)) == REPEAT (0x33);
  return next < 0x80 && word == REPEAT (next);
}

size_t
tk_seam_find_last (const TkEncoding *encoding,
                   const char       *text,
                   size_t            start,
                   size_t            end)
{
  const unsigned char *bytes = (const unsigned char *) text;
  const uint8_t *seams = seams_of (encoding);
  uint32_t after = 0;
  size_t seam = TK_SEAM_NONE;
  size_t pos = end;

  while (pos > start)
    {
      uint32_t before;
      size_t size;

      if (seam != TK_SEAM_NONE && pos - start > 8 && is_dull (bytes + pos - 8, after) && !is_seam (seams, after, after))
        {
          pos -= 8;
          seam = pos;
          continue;
        }
      do
        pos--;
      while ((bytes[pos] & 0xc0) == 0x80);
      before = tk_utf8_read (bytes + pos, &size);
      if (seam != TK_SEAM_NONE && is_seam (seams, before, after))
        return seam;
      after = before;
      seam = pos;
    }
  return TK_SEAM_NONE;
}

size_t
tk_seam_find_first (const TkEncoding *encoding,
                    const char       *text,
                    size_t            start,
                    size_t            end)
{
  const unsigned char *bytes = (const unsigned char *) text;
  const uint8_t *seams = seams_of (encoding);
  size_t pos = start;
  uint32_t before;
  size_t size;

  if (pos >= end)
    return TK_SEAM_NONE;
  before = tk_utf8_read (bytes + pos, &size);
  for (pos += size; pos < end; pos += size)
    {
      uint32_t after;

      if (end - pos > 8 && is_dull (bytes + pos, before) && !is_seam (seams, before, before))
        {
          size = 8;
          continue;
        }
      after = tk_utf8_read (bytes + pos, &size);
      if (is_seam (seams, before, after))
        return pos;
      before = after;
    }
  return TK_SEAM_NONE;
}

static inline bool
is_subset (unsigned set,
           unsigned of)
{
  return (set & ~of) == 0;
}

/* White space in cl100k_base and o200k_base. */
static TkRun
white_space_run (unsigned after)
{
  return after & TK_SET_NEWLINE ? TK_RUN_LINES : TK_RUN_BLANKS;
}

static TkRun
o200k_run (unsigned before,
           unsigned near,
           unsigned first,
           unsigned after)
{
  unsigned all = before | after;

  /* Small letters end a word only at its end, and where a word has only letters without case that must be looked at.
   * Marks alone could be punctuation. */
  if (is_subset (all, TK_SET_TAIL))
    {
      if (!(before & LETTER))
        return all == MARK ? TK_RUN_MARKS : TK_RUN_NONE;
      return after & TK_CLASS_BIT (TK_CLASS_LOWER) ? TK_RUN_SOLID : TK_RUN_CASELESS;
    }
  if (all == UPPER)
    return TK_RUN_UPPER;
  /* Behind a capital the word has not come to its TAIL, and it does not end before the last flat character. A mark could
   * be the prefix of a word that begins with it. */
  if (is_subset (all, TK_SET_HEAD))
    return near & UPPER && first & LETTER && after & TK_SET_FLAT ? TK_RUN_SOLID : TK_RUN_NONE;
  if (is_subset (all, OTHER | TK_RUN_SLASH) && before & OTHER)
    return TK_RUN_SOLID;
  if (is_subset (all, TK_RUN_SLASH | TK_SET_NEWLINE) && before & TK_RUN_SLASH)
    {
      if (!(after & TK_SET_NEWLINE))
        return TK_RUN_SLASHES;
      return first & TK_RUN_SLASH ? TK_RUN_SOLID : TK_RUN_SLASHES_GONE_ON;
    }
  return is_subset (all, SPACE) ? white_space_run (after) : TK_RUN_NONE;
}

TkRun
tk_run_between (const TkEncoding *encoding,
                unsigned          before,
                unsigned          near,
                unsigned          first,
                unsigned          after)
{
  const uint8_t *seams = seams_of (encoding);
  unsigned all = before | after;

  if (seams == o200k_seams)
    return o200k_run (before, near, first, after);
  if (is_subset (all, LETTER) || is_subset (all, TK_SET_PUNCTUATION | TK_RUN_SLASH))
    return TK_RUN_SOLID;
  if (seams == r50k_seams)
    return is_subset (all, NUMBER) || is_subset (all, SPACE) ? TK_RUN_SOLID : TK_RUN_NONE;
  return is_subset (all, SPACE) ? white_space_run (after) : TK_RUN_NONE;
}
