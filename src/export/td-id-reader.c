/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "export/td-id-reader.h"

/* What stands between ids, in lists of Python and JSON, in tables and in lines. */
static gboolean
is_separator (char c)
{
  return c != '\0' && strchr (" \t\r\n,;|[](){}", c) != NULL;
}

/**
 * td_ids_decode:
 * @text: ids, separated by spaces, commas, line ends or brackets
 * @length: its length in bytes
 * @encoding: whose ids they are
 * @result: (out): what they decode to, or why they do not; to be cleared
 *
 * Reads ids as people paste them, and decodes them. Costs O(n).
 */
void
td_ids_decode (const char       *text,
               gsize             length,
               const TkEncoding *encoding,
               TdIdsResult      *result)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *end = text + length;
  const char *p = text;

  memset (result, 0, sizeof *result);
  while (p < end)
    {
      const char *start = p;
      const char *token;
      gsize n_bytes;
      guint64 id = 0;

      if (is_separator (*p))
        {
          p++;
          continue;
        }

      while (p < end && g_ascii_isdigit (*p) && id <= G_MAXUINT32)
        id = id * 10 + (guint64) (*p++ - '0');

      if (id >= TK_ID_NONE)
        result->problem = TD_IDS_TOO_LARGE;
      else if (p == start || (p < end && !is_separator (*p)))
        result->problem = TD_IDS_NOT_A_NUMBER;
      else if ((token = tk_encoding_get_token (encoding, (TkId) id, &n_bytes)) == NULL)
        result->problem = TD_IDS_UNKNOWN;
      else
        {
          g_byte_array_append (bytes, (const guint8 *) token, (guint) n_bytes);
          result->n_ids++;
          continue;
        }

      result->id = (TkId) MIN (id, TK_ID_NONE);
      result->position = (gsize) g_utf8_strlen (text, start - text);
      return;
    }

  result->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * td_ids_result_clear:
 * @result: a result
 */
void
td_ids_result_clear (TdIdsResult *result)
{
  g_clear_pointer (&result->bytes, g_bytes_unref);
}
