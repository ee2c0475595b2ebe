/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>

/** Asks the kernel for large pages where @memory, about to be written for the first time and from its start, is large
 * enough for them, and for the pages before the first of them at once. About @n_written of @size bytes will be written.
 * Only advice: nothing changes but the time that it takes. */
void tk_pages_prepare (void  *memory,
                       size_t size,
                       size_t n_written);

/** Zeroed memory, in large pages unless it is small. Pages are given as they are touched, so @size may be what could at
 * most be needed. Never NULL. */
void *tk_pages_allocate (size_t size);

/** Gives back what tk_pages_allocate() gave for the same @size. @memory nullable. */
void tk_pages_free (void   *memory,
                    size_t  size);
