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
