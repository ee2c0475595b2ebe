/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "accounts/td-account-error.h"
#include "accounts/td-key.h"

/* Far longer than any service's keys. */
#define MAX_KEY_BYTES 4096

/**
 * td_key_new:
 * @text: what was typed or pasted
 * @error: return location for a `TD_ACCOUNT_ERROR_BAD_KEY`
 *
 * Makes a key of a text. Space around it, which comes along when pasting, is left out. Within a key there are printable
 * ASCII characters only: anything else is a mistake, and would be a danger in a header.
 *
 * Returns: (transfer full) (nullable): the key, in memory that is never written to disk
 */
SecretValue *
td_key_new (const char  *text,
            GError     **error)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  while (g_ascii_isspace (*text))
    text++;

  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;

  if (length == 0 || length > MAX_KEY_BYTES)
    {
      g_set_error_literal (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_BAD_KEY,
                           length == 0 ? "The key is empty" : "The key is too long");
      return NULL;
    }

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (text[i]))
        {
          g_set_error_literal (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_BAD_KEY,
                               "The key contains a character that keys don't have");
          return NULL;
        }
    }

  return secret_value_new (text, length, "text/plain");
}
