/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-encoding-private.h"
#include "tk-token-tree-private.h"

/** Codes that a map always has room for, so that there is always a place for none. */
#define TK_CODES_MIN 64

/*
 * The map is a tree of token lengths and what is needed to make them. It remembers neither text nor ids nor where
 * pieces begin: an edit finds the safe places to start and to stop in the text itself (tk-seam-private.h).
 *
 * For example, with cl100k_base, "." typed behind "world":
 *
 *    text    Hello|,| world| and|⏎|more        Hello|,| world|.| and|⏎|more
 *    seams        *         *                            * ===== *
 *    tokens    5   1    6    4  1    4           5   1   6    1   4   1   4
 *
 * The last seam before the edit is in front of " world", the first one behind it is in front of " and". What lies
 * between, " world.", is encoded alone; the first of its two tokens is what it was, so the tree gets one token
 * inserted.
 */
struct _TkTokenMap
{
  const TkEncoding *encoding;
  TkEncoder *encoder;
  TkSpecialMode special;
  TkTokenTree tree;

  /* The codes of the tokens that an edit made; kept from one edit to the next. */
  uint8_t *codes;
  size_t n_codes;
  size_t allocated;
};
