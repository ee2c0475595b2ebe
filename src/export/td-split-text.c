/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "export/td-split-text.h"

/**
 * td_split_append_visible:
 * @out: what to append to
 * @bytes: a token
 * @length: its length
 *
 * Appends the text of a token so that all of it can be seen: spaces and line ends as signs, what cannot be printed by
 * its number, and a byte that is only a part of a character as \xNN.
 */
void
td_split_append_visible (GString    *out,
                         const char *bytes,
                         gsize       length)
{
  const char *end = bytes + length;

  for (const char *p = bytes; p < end;)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02X", (guchar) *p);
          p++;
          continue;
        }

      if (c == ' ')
        g_string_append (out, "␣");
      else if (c == '\n')
        g_string_append (out, "↵");
      else if (c == '\r')
        g_string_append (out, "␍");
      else if (c == '\t')
        g_string_append (out, "⇥");
      else if (!g_unichar_isprint (c) || g_unichar_isspace (c))
        g_string_append_printf (out, "U+%04X", c);
      else
        g_string_append_unichar (out, c);
      p = g_utf8_next_char (p);
    }
}

/**
 * td_split_append_hex:
 * @out: what to append to
 * @bytes: a token
 * @length: its length
 *
 * Appends the bytes, two digits each, with spaces between.
 */
void
td_split_append_hex (GString    *out,
                     const char *bytes,
                     gsize       length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, i > 0 ? " %02X" : "%02X", (guchar) bytes[i]);
}
