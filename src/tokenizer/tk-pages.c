/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Large pages for large arrays.
 *
 * The kernel gives memory page by page, at each first touch. That takes a microsecond or more, on a virtual machine up
 * to twenty: for the ids of 10 MB of English, 8 MB in 2,000 pages, as long as encoding them. In pages of 2 MB it is
 * four touches, and the addresses of all that is written fit the processor's own table of pages.
 */

#include "tk-pages-private.h"

#include "tk-error-private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE_PAGE ((uintptr_t) 2 << 20)
/* Less than this is rather given page by page than a large page cleared for it. */
#define MIN_LARGE ((size_t) 128 << 10)
/* Asking for less than this takes longer than it saves. */
#define MIN_AT_ONCE ((size_t) 16 << 10)

void
tk_pages_prepare (void  *memory,
                  size_t size,
                  size_t n_written)
{
  uintptr_t begin = (uintptr_t) memory;
  uintptr_t start = (begin + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
  uintptr_t end = (begin + size) & ~(LARGE_PAGE - 1);

#ifdef MADV_HUGEPAGE
  if (start < end)
    madvise ((void *) start, end - start, MADV_HUGEPAGE);
#endif
#ifdef MADV_POPULATE_WRITE
  /* What lies before the first large page, or all if there is none, is given at once at least. */
  if (n_written >= MIN_AT_ONCE)
    {
      uintptr_t page = (uintptr_t) sysconf (_SC_PAGESIZE);

      end = start < end && start < begin + n_written ? start : begin + n_written;
      start = (begin + page - 1) & ~(page - 1);
      end &= ~(page - 1);
      if (start < end)
        madvise ((void *) start, end - start, MADV_POPULATE_WRITE);
    }
#endif
}

void *
tk_pages_allocate (size_t size)
{
  size_t whole = (size + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
  char *mapping, *start;
  size_t before;

  if (size < MIN_LARGE)
    {
      void *memory = calloc (1, size);

      if (memory == NULL)
        tk_out_of_memory ();
      tk_pages_prepare (memory, size, size);
      return memory;
    }
  mapping = mmap (NULL, whole + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED)
    tk_out_of_memory ();
  before = -(uintptr_t) mapping & (LARGE_PAGE - 1);
  start = mapping + before;
  if (before > 0)
    munmap (mapping, before);
  munmap (start + whole, LARGE_PAGE - before);
  tk_pages_prepare (start, whole, 0);
  return start;
}

void
tk_pages_free (void   *memory,
               size_t  size)
{
  if (size < MIN_LARGE)
    free (memory);
  else if (memory != NULL)
    munmap (memory, (size + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1));
}
