/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Large pages for large arrays.
 *
 * The kernel gives memory page by page, at each first touch. That takes a microsecond or more, on a virtual machine
 * several: for the ids of 10 MB of English, 8 MB in 2,000 pages, as long as encoding them. In pages of 2 MB it is four
 * touches, and the addresses of all that is written fit the processor's own table of pages.
 */

#include "tk-pages-private.h"

#include "tk-error-private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LARGE_PAGE ((uintptr_t) 2 << 20)

void
tk_pages_prepare (void  *memory,
                  size_t size)
{
#ifdef MADV_HUGEPAGE
  uintptr_t start = ((uintptr_t) memory + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
  uintptr_t end = ((uintptr_t) memory + size) & ~(LARGE_PAGE - 1);

  if (start < end)
    madvise ((void *) start, end - start, MADV_HUGEPAGE);
#endif
}

void *
tk_pages_allocate (size_t size)
{
  void *memory;

  if (size % LARGE_PAGE != 0)
    {
      memory = calloc (1, size);
    }
  else
    {
      memory = aligned_alloc (LARGE_PAGE, size);
      if (memory != NULL)
        {
          tk_pages_prepare (memory, size);
          memset (memory, 0, size);
        }
    }
  if (memory == NULL)
    tk_out_of_memory ();
  return memory;
}
