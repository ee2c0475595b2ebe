/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tk-tokenizer.h"

/** Fills @error (nullable) and returns false, so that a caller can return the call. */
bool  tk_fail    (TkError     *error,
                  TkErrorCode  code,
                  size_t       position,
                  const char  *format,
                  ...) __attribute__ ((format (printf, 4, 5)));

/** Like realloc() for @n elements of @size bytes, but never NULL: without memory the program ends here. */
void *tk_realloc (void        *memory,
                  size_t       n,
                  size_t       size);

/** The one way out when memory is not to be had. */
void  tk_out_of_memory (void) __attribute__ ((noreturn));
