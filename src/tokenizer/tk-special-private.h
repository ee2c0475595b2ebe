/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The special tokens of each encoding: ids that no merging produces, spelled `<|name|>`.
 */

#pragma once

#include "tk-tokenizer.h"

/** No spelling is longer. */
#define TK_SPECIAL_MAX_LENGTH 24

typedef struct
{
  TkId id;
  uint32_t length;
  char spelling[TK_SPECIAL_MAX_LENGTH];
} TkSpecial;

/* In the order of ids. One id may have two spellings: the first is the one it decodes to. */
typedef struct
{
  TkSpecial *items;
  size_t n_items;
  uint16_t *slots; /* hash of the spelling -> index + 1, linear probing */
  size_t slots_mask;
} TkSpecials;

void             tk_specials_init    (TkSpecials       *specials,
                                      TkEncodingId      id);
void             tk_specials_clear   (TkSpecials       *specials);
/** The special token spelled exactly so, or NULL. */
const TkSpecial *tk_specials_match   (const TkSpecials *specials,
                                      const char       *bytes,
                                      size_t            length);
/** The first spelling of @id, or NULL. */
const TkSpecial *tk_specials_lookup  (const TkSpecials *specials,
                                      TkId              id);
/** The first special token in text[start..length), with its position; NULL if there is none. Linear. */
const TkSpecial *tk_specials_find    (const TkSpecials *specials,
                                      const char       *text,
                                      size_t            length,
                                      size_t            start,
                                      size_t           *position);
