/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>

/** Asks the kernel for large pages where @memory, about to be written for the first time and from its start, is large
 * enough for them. Only advice: nothing changes but the time that it takes. */
void tk_pages_prepare (void  *memory,
                       size_t size);

/** Zeroed memory for a table, in large pages if it is large. Never NULL; free() takes it. */
void *tk_pages_allocate (size_t size);
