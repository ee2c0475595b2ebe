/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/editor/td-line-ends.h"

/**
 * td_line_ends_detect:
 * @text: a text
 *
 * Linear, some gigabytes a second.
 *
 * Returns: how its lines end
 */
TdLineEnd
td_line_ends_detect (GBytes *text)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  const char *end = data + length;
  gboolean seen[TD_LINE_END_MIXED] = { FALSE };
  guint n_kinds = 0;
  TdLineEnd kind = TD_LINE_END_NONE;

  if (data == NULL)
    return TD_LINE_END_NONE;

  for (const char *p = data; (p = memchr (p, '\r', (gsize) (end - p))) != NULL; p++)
    seen[p + 1 < end && p[1] == '\n' ? TD_LINE_END_CRLF : TD_LINE_END_CR] = TRUE;
  for (const char *p = data; !seen[TD_LINE_END_LF] && (p = memchr (p, '\n', (gsize) (end - p))) != NULL; p++)
    seen[TD_LINE_END_LF] = p == data || p[-1] != '\r';

  for (TdLineEnd i = TD_LINE_END_LF; i < TD_LINE_END_MIXED; i++)
    {
      if (seen[i])
        {
          kind = i;
          n_kinds++;
        }
    }

  return n_kinds > 1 ? TD_LINE_END_MIXED : kind;
}

/**
 * td_line_ends_convert:
 * @text: a text
 * @line_end: LF, CRLF or CR
 *
 * Returns: (transfer full): the text with all its lines ended that way
 */
GBytes *
td_line_ends_convert (GBytes    *text,
                      TdLineEnd  line_end)
{
  static const char * const ends[] = {
    [TD_LINE_END_LF] = "\n", [TD_LINE_END_CRLF] = "\r\n", [TD_LINE_END_CR] = "\r",
  };
  gsize length;
  const char *p = g_bytes_get_data (text, &length);
  const char *end = p + length;
  GString *result;

  g_return_val_if_fail (line_end >= TD_LINE_END_LF && line_end <= TD_LINE_END_CR, NULL);

  result = g_string_sized_new (length + length / 16);
  while (p < end)
    {
      gsize n = 0;

      while (p + n < end && p[n] != '\n' && p[n] != '\r')
        n++;
      g_string_append_len (result, p, (gssize) n);
      p += n;
      if (p == end)
        break;
      p += p[0] == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
      g_string_append (result, ends[line_end]);
    }

  return g_string_free_to_bytes (result);
}
