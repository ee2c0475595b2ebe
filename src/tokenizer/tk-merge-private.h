/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The ways to merge a piece. tk_merge() chooses; all give the same tokens.
 */

#pragma once

#include "tk-encoder-private.h"

/* Up to this many bytes tk_merge_short() is the fastest; beyond, its table of all tokens in the text grows too large.
 * */
#define TK_MERGE_SHORT_MAX 32

/** Merges 1 to TK_MERGE_SHORT_MAX bytes. */
bool tk_merge_short      (TkEncoder           *encoder,
                          const unsigned char *bytes,
                          size_t               length,
                          TkSink              *sink);
/** Merges any number of bytes in linear time. */
bool tk_merge_long       (TkEncoder           *encoder,
                          const unsigned char *bytes,
                          size_t               length,
                          TkSink              *sink);
/** Merges whole characters, cutting where no token can cross: for text beyond ASCII. */
bool tk_merge_characters (TkEncoder           *encoder,
                          const unsigned char *bytes,
                          size_t               length,
                          TkSink              *sink);
