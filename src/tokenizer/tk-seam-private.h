/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Seams: places where a text is cut into pieces whatever stands before and behind.
 *
 * Where a piece ends can depend on what comes before it (three digits are a piece, so which three?) and on what comes
 * after (is this the last blank?). But between many two characters there is always a cut, because no piece of the
 * pattern may hold the first followed by the second:
 *
 *    cl100k_base:   The| dog|'s 2 bones|,|⏎|and  2024|.       | is a seam, and a cut of the text
 *                                    ^^^^   ^        not seams: a word may start with a blank, digits follow digits
 *
 * A seam counts only if in addition the pieces before it are the same when the text ends there. So the text between
 * two seams can be encoded alone, and gives just the tokens it has within the whole. That is what makes editing
 * cheap: the pieces between the last seam before an edit and the first one behind it are all that can change, and a
 * seam is found by looking at two characters. Nothing has to be stored for it.
 *
 * Seams are close to each other in any text people write: at most word ends in English, at each punctuation mark in
 * Chinese. A stretch without one is a single piece (letters without end, say), digits, or white space.
 */

#pragma once

#include "tk-encoding-private.h"
#include "tk-unicode-private.h"

/*
 * Runs: long stretches without a seam which are one piece whatever is around them.
 *
 * Characters of some classes stay together: where TK_RUN_DEPTH of them stand on either side of a place, that place is
 * inside a piece, and this piece ends where it would end if it began there. (Fewer are not enough: a contraction, 'll,
 * may take the first three.) So an edit in a million letters need not go back to the first of them.
 *
 * Some need a look at what is farther away. White space, but for r50k_base's, is cut behind its last line end, unless
 * that belongs to punctuation before it. In o200k_base a word is HEAD characters, then TAIL characters, and caseless
 * letters and marks are both. So whether capitals behind caseless letters belong to their word depends on how it began
 * (not with small letters), and on what the capitals end with (something that is a TAIL). Where a capital stands before
 * the place and something caseless behind it, both are known. Marks alone are part of a word, or of punctuation if that
 * is what stands before them. And there slashes are punctuation, but behind a line end only slashes and line ends go on
 * with it.
 */
typedef enum
{
  TK_RUN_NONE,           /* no such run: numbers where three are a piece… */
  TK_RUN_SOLID,          /* nothing to look at */
  TK_RUN_CASELESS,       /* o200k_base: letters without case, and marks */
  TK_RUN_MARKS,          /* o200k_base: nothing but marks */
  TK_RUN_UPPER,          /* o200k_base */
  TK_RUN_SLASHES,        /* o200k_base: nothing but slashes behind the place, slashes or line ends before it */
  TK_RUN_SLASHES_GONE_ON, /* o200k_base: a line end that belongs to the slash before it; nothing can begin there */
  TK_RUN_BLANKS,         /* no line end follows at once */
  TK_RUN_LINES           /* a line end is among what follows */
} TkRun;

#define TK_RUN_DEPTH 4

/** Besides the classes, in sets of them: slashes, which are then not in TK_CLASS_OTHER. */
#define TK_RUN_SLASH (1u << 15)

/** The class of a character as a set. */
static inline unsigned
tk_run_class (uint32_t code_point)
{
  return code_point == '/' ? TK_RUN_SLASH : TK_CLASS_BIT (tk_class_of (code_point));
}

/* So many of those before a place cannot be part of a contraction that began farther back. */
#define TK_RUN_NEAR 2

/** The run around a place that has characters of the classes @before and @after on its two sides, TK_RUN_DEPTH of them
 * each, TK_RUN_NEAR of the classes @near right before it, and one of @first right behind it. */
TkRun  tk_run_between      (const TkEncoding *encoding,
                            unsigned          before,
                            unsigned          near,
                            unsigned          first,
                            unsigned          after);

/* No seam found. */
#define TK_SEAM_NONE SIZE_MAX

/** Whether there is a seam between the characters @before and @after wherever they stand next to each other. O(1). */
bool   tk_is_seam          (const TkEncoding *encoding,
                            uint32_t          before,
                            uint32_t          after);

/**
 * The last seam in @text which has both its characters in text[start..end), or TK_SEAM_NONE. Both are starts of
 * characters of well-formed UTF-8.
 */
size_t tk_seam_find_last   (const TkEncoding *encoding,
                            const char       *text,
                            size_t            start,
                            size_t            end);
/** The first one. */
size_t tk_seam_find_first  (const TkEncoding *encoding,
                            const char       *text,
                            size_t            start,
                            size_t            end);
