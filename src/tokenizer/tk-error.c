/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-error-private.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool
tk_fail (TkError     *error,
         TkErrorCode  code,
         size_t       position,
         const char  *format,
         ...)
{
  va_list args;

  if (error == NULL)
    return false;
  error->code = code;
  error->position = position;
  va_start (args, format);
  vsnprintf (error->message, sizeof error->message, format, args);
  va_end (args);
  return false;
}

void
tk_out_of_memory (void)
{
  fputs ("tokenizer: out of memory\n", stderr);
  abort ();
}

void *
tk_realloc (void   *memory,
            size_t  n,
            size_t  size)
{
  size_t bytes;
  void *moved = NULL;

  if (!__builtin_mul_overflow (n, size, &bytes))
    moved = realloc (memory, bytes > 0 ? bytes : 1);
  if (moved == NULL)
    tk_out_of_memory ();
  return moved;
}
