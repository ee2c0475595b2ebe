/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-tokenizer.h"

/** Returns a place up to which the text is well-formed and where a character starts: not beyond the first mistake, and
 * near it or near the end. */
size_t tk_utf8_skip_avx2 (const unsigned char *text,
                          size_t               length);
/** The first mistake from @pos on, where a character starts; the measure for the above. */
size_t tk_utf8_check_from (const unsigned char *text,
                           size_t               length,
                           size_t               pos);
