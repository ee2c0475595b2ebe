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

#define TAG(n) ((uint64_t) (0xf8 + (n)) << 56)

const uint64_t tk_short_tags[TK_SHORT_MAX + 2] = { 0, TAG (1), TAG (2), TAG (3), TAG (4), TAG (5), TAG (6), TAG (7), 0,
                                                   ALL };
