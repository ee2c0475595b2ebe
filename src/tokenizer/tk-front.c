/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tk-front-private.h"

#include "tk-pages-private.h"

#include <string.h>

static size_t
size_of (unsigned bits)
{
  return (sizeof (TkShort) << bits) + (sizeof (TkMiddle) << (bits - TK_FRONT_MIDDLE_LESS)) +
         (sizeof (TkLong) << (bits - TK_FRONT_LONG_LESS));
}

/* Eight NUL bytes have the key of an empty place, and would find one where they belong, the first. So that one starts
 * with a key that belongs elsewhere. */
static void
mark_first (TkFronts *fronts)
{
  fronts->shorts[0].key = 1;
}

static void
allocate (TkFronts *fronts,
          unsigned  bits)
{
  fronts->shorts = tk_pages_allocate (size_of (bits));
  fronts->middles = (TkMiddle *) (fronts->shorts + ((size_t) 1 << bits));
  fronts->longs = (TkLong *) (fronts->middles + ((size_t) 1 << (bits - TK_FRONT_MIDDLE_LESS)));
  fronts->bits = bits;
  fronts->n_looked = 0;
  fronts->n_missing = 0;
  mark_first (fronts);
}

static void
grow (TkFronts *fronts,
      unsigned  to_bits)
{
  TkFronts old = *fronts;
  const unsigned bits = old.bits;

  allocate (fronts, to_bits);
  for (size_t i = 0; i >> bits == 0; i++)
    if (old.shorts[i].tokens != 0)
      *tk_front_short (fronts, old.shorts[i].key) = old.shorts[i];
  for (size_t i = 0; i >> (bits - TK_FRONT_MIDDLE_LESS) == 0; i++)
    if (old.middles[i].tokens != 0)
      *tk_front_middle (fronts, old.middles[i].first, old.middles[i].last) = old.middles[i];
  for (size_t i = 0; i >> (bits - TK_FRONT_LONG_LESS) == 0; i++)
    if (old.longs[i].tokens != 0)
      *tk_front_long (fronts, old.longs[i]) = old.longs[i];
  tk_pages_free (old.shorts, size_of (bits));
}

void
tk_fronts_init (TkFronts *fronts)
{
  allocate (fronts, TK_FRONT_FIRST_BITS);
}

void
tk_fronts_clear (TkFronts *fronts)
{
  tk_pages_free (fronts->shorts, size_of (fronts->bits));
}

void
tk_fronts_forget (TkFronts *fronts)
{
  memset (fronts->shorts, 0, size_of (fronts->bits));
  mark_first (fronts);
}

void
tk_fronts_adapt (TkFronts *fronts)
{
  if (fronts->bits < TK_FRONT_PAGE_BITS)
    {
      /* Each missing piece costs some 40 ns, a large page as much as some thousand of them. */
      if (fronts->n_missing >> fronts->bits >= 4)
        grow (fronts, TK_FRONT_PAGE_BITS);
      return;
    }
  if (fronts->n_looked >> fronts->bits < 4)
    return;
  if (fronts->bits < TK_FRONT_MAX_BITS && fronts->n_missing > fronts->n_looked / 16)
    grow (fronts, TK_FRONT_MAX_BITS);
  fronts->n_looked = 0;
  fronts->n_missing = 0;
}
