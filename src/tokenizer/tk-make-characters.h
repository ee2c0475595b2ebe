/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-make-trie.h"

/**
 * Works out the TkCharacter of every character below TK_N_CHARACTERS and the filter of open boundaries. @characters has
 * TK_N_CHARACTERS elements, @boundaries TK_BOUNDARY_WORDS; both are filled. False when memory runs out.
 */
bool tk_make_characters (const TkVocabulary *vocabulary,
                         const TkTrieNode   *trie,
                         TkCharacter        *characters,
                         uint64_t           *boundaries);
