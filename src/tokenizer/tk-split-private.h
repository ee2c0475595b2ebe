/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Splitting text into pieces, the stretches within which tokens are merged.
 *
 * Each vocabulary has one published regular expression for it. These scanners match the same text by hand, over tables
 * of one pinned Unicode version, in time linear to the piece and what it has to look ahead: never more than the white
 * space, the contraction or the one character that follows.
 */

#pragma once

#include "tk-tokenizer.h"

/**
 * Finds where the piece that starts at @start ends. @text must be well-formed UTF-8, @start < @length the start of a
 * character, and @length the end of the text: some patterns treat white space at the very end differently.
 *
 * A piece depends on nothing before @start, so this works from any boundary. Thread-safe.
 */
size_t tk_piece_end (const TkEncoding *encoding,
                     const char       *text,
                     size_t            length,
                     size_t            start);

/*
 * The three patterns. A piece may be as long as the text, so within one the wish to cancel, @cancelled, nullable, is
 * looked at every TK_BYTES_PER_LOOK bytes. Then they return TK_PIECE_CANCELLED.
 */
typedef size_t (*TkPieceEndFunc) (const unsigned char *text,
                                  size_t               length,
                                  size_t               start,
                                  const atomic_bool   *cancelled);

/** No piece ends there. */
#define TK_PIECE_CANCELLED SIZE_MAX
#define TK_BYTES_PER_LOOK ((size_t) 256 * 1024)

size_t tk_piece_end_r50k   (const unsigned char *text,
                            size_t               length,
                            size_t               start,
                            const atomic_bool   *cancelled);
size_t tk_piece_end_cl100k (const unsigned char *text,
                            size_t               length,
                            size_t               start,
                            const atomic_bool   *cancelled);
size_t tk_piece_end_o200k  (const unsigned char *text,
                            size_t               length,
                            size_t               start,
                            const atomic_bool   *cancelled);
