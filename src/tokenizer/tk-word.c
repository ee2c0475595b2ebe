/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-word-private.h"

#define BYTES(n) ((UINT64_C (1) << (8 * (n))) - 1)
#define ALL UINT64_MAX

const uint64_t tk_word_masks[TK_WORD_BYTES][2] = {
  { 0, 0 }, { BYTES (1), 0 }, { BYTES (2), 0 }, { BYTES (3), 0 },
  { BYTES (4), 0 }, { BYTES (5), 0 }, { BYTES (6), 0 }, { BYTES (7), 0 },
  { ALL, 0 }, { ALL, BYTES (1) }, { ALL, BYTES (2) }, { ALL, BYTES (3) },
  { ALL, BYTES (4) }, { ALL, BYTES (5) }, { ALL, BYTES (6) }, { ALL, BYTES (7) },
};
