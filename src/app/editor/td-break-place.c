/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <pango/pango.h>

#include "app/editor/td-break-place.h"

/* So many characters before the wanted place are looked at. */
#define MAX_BACK 256

/* What pango sees of the text: enough for any cluster that people write. */
#define CLUSTER_BACK 64
#define CLUSTER_AHEAD 16

/* Between two such characters every encoding cuts (see tk-seam.c), and so does the screen; letters are not separated from
 * an apostrophe, which may begin a contraction. */
static gboolean
is_seam (gunichar before,
         gunichar after)
{
  return (after == ' ' || (after < 0x80 && g_ascii_ispunct ((char) after) && after != '\'')) &&
         g_unichar_isalnum (before);
}

static gsize
find_seam (const char *text,
           const char *place,
           gsize       wanted)
{
  gsize n_back = MIN (wanted - 1, MAX_BACK);

  for (gsize i = 0; i < n_back; i++)
    {
      const char *before = g_utf8_prev_char (place);

      if (is_seam (g_utf8_get_char (before), g_utf8_get_char (place)))
        return wanted - i;

      place = before;
    }

  return 0;
}

static gsize
find_cluster (const char *text,
              const char *end,
              const char *place,
              gsize       wanted)
{
  const char *start = place;
  const char *stop = place;
  g_autofree PangoLogAttr *attributes = NULL;
  gsize n_before = 0;
  gsize n_after = 0;

  for (; start > text && n_before < CLUSTER_BACK; n_before++)
    start = g_utf8_prev_char (start);
  for (; stop < end && n_after < CLUSTER_AHEAD; n_after++)
    stop = g_utf8_next_char (stop);

  attributes = g_new0 (PangoLogAttr, n_before + n_after + 1);
  pango_get_log_attrs (start, (int) (stop - start), -1, pango_language_get_default (),
                       attributes, (int) (n_before + n_after + 1));
  for (gsize i = n_before; i > 0; i--)
    {
      if (attributes[i].is_cursor_position)
        return wanted - (n_before - i);
    }

  return wanted;
}

/**
 * td_break_place_find:
 * @text: the rest of a line, which is too long to stay in one piece
 * @n_bytes: its length in bytes
 * @wanted: how many characters of it may stay together; more than 0, fewer than it has
 *
 * Finds where to break it: between tokens of every encoding where possible, never inside what people see as one
 * character unless that is longer than any that means something.
 *
 * Returns: the number of characters before the break, more than 0 and at most @wanted
 */
gsize
td_break_place_find (const char *text,
                     gsize       n_bytes,
                     gsize       wanted)
{
  const char *place = g_utf8_offset_to_pointer (text, (glong) wanted);
  gsize found = find_seam (text, place, wanted);

  return found > 0 ? found : find_cluster (text, text + n_bytes, place, wanted);
}

/**
 * td_break_place_is_inside:
 * @before: a character
 * @after: the one behind it
 *
 * Returns: whether a break between the two, which an edit has brought there, separates what belongs together: a mark
 *   from its letter, or the parts of a joined emoji
 */
gboolean
td_break_place_is_inside (gunichar before,
                          gunichar after)
{
  return g_unichar_ismark (after) || after == 0x200D || before == 0x200D || (after >= 0x1F3FB && after <= 0x1F3FF);
}
