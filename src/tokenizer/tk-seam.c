/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-seam-private.h"

#include "tk-unicode-private.h"

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
      uint32_t after = tk_utf8_read (bytes + pos, &size);

      if (is_seam (seams, before, after))
        return pos;
      before = after;
    }
  return TK_SEAM_NONE;
}

TkRun
tk_run_of (const TkEncoding *encoding,
           uint32_t          code_point)
{
  const uint8_t *seams = seams_of (encoding);
  unsigned set = TK_CLASS_BIT (tk_class_of (code_point));

  if (seams == o200k_seams)
    {
      switch (tk_class_of (code_point))
        {
        case TK_CLASS_LOWER:
          return TK_RUN_LETTERS;
        case TK_CLASS_CASELESS:
          return TK_RUN_CASELESS;
        case TK_CLASS_UPPER:
          return TK_RUN_UPPER;
        case TK_CLASS_OTHER:
          return code_point == '/' ? TK_RUN_NONE : TK_RUN_PUNCTUATION;
        default:
          return TK_RUN_NONE;
        }
    }
  if (set & LETTER)
    return TK_RUN_LETTERS;
  if (set & TK_SET_PUNCTUATION)
    return TK_RUN_PUNCTUATION;
  return set & NUMBER && seams == r50k_seams ? TK_RUN_NUMBERS : TK_RUN_NONE;
}
