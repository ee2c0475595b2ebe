/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-table-private.h"

/* A vocabulary in memory; an id that does not exist has length 0. */
typedef struct
{
  unsigned char *bytes;
  size_t n_bytes;
  uint32_t *starts;
  uint32_t *lengths;
  uint32_t n_ids;
} TkVocabulary;

/** Builds the double array over all tokens; NULL if it does not fit the node format. Freed with free(). */
TkTrieNode *tk_make_trie (const TkVocabulary *vocabulary,
                          size_t             *n_nodes);
