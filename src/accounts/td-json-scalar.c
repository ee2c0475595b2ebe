/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Values of JSON as they were written. json-glib turns each number with a point into a double, and 49.1 is none: money
 * has to be read from the digits themselves.
 *
 * The document must have been found valid by a parser before. So nothing is checked here, and what isn't found is not
 * there.
 */

#include "config.h"

#include <string.h>

#include "accounts/td-json-scalar.h"

static const char *
skip_space (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

/* From a quotation mark to behind its partner. */
static const char *
skip_string (const char *at)
{
  for (at++; *at != '"'; at++)
    {
      if (*at == '\\')
        at++;
    }

  return at + 1;
}

static const char *
skip_value (const char *at)
{
  guint depth = 0;

  do
    {
      if (*at == '"')
        {
          at = skip_string (at);
          continue;
        }

      if (*at == '{' || *at == '[')
        depth++;
      else if (*at == '}' || *at == ']')
        depth--;
      at++;
    }
  while (depth > 0 || strchr (",]} \t\r\n", *at) == NULL);

  return at;
}

/* The value of a member of the object at @at: of two of one name the last, as with json-glib. Names that are written
 * with escapes are none that is looked for. */
static const char *
find_member (const char *at,
             const char *name,
             size_t      length)
{
  const char *found = NULL;

  for (at = skip_space (at + 1); *at == '"'; at = skip_space (at + 1))
    {
      const char *end = skip_string (at);
      const char *value = skip_space (skip_space (end) + 1);

      if ((size_t) (end - at) == length + 2 && strncmp (at + 1, name, length) == 0)
        found = value;

      at = skip_space (skip_value (value));
      if (*at != ',')
        break;
    }

  return found;
}

static const char *
find_element (const char *at,
              guint64     index)
{
  for (at = skip_space (at + 1); *at != ']'; at = skip_space (at + 1))
    {
      if (index-- == 0)
        return at;

      at = skip_space (skip_value (at));
      if (*at != ',')
        break;
    }

  return NULL;
}

/**
 * td_json_scalar_dup:
 * @json: a document that is known to be valid JSON
 * @path: names of members and places in arrays, separated by slashes, as in "list/0/amount"
 *
 * Finds a text, a number, `true`, `false` or `null`, in time that grows with the length of the document.
 *
 * Returns: (transfer full) (nullable): what is written there, a text without its quotation marks; %NULL if there is
 *   nothing, or an object, an array, or a text with escapes
 */
char *
td_json_scalar_dup (const char *json,
                    const char *path)
{
  const char *at = skip_space (json);
  const char *end;

  while (at != NULL && *path != '\0')
    {
      size_t length = strcspn (path, "/");

      if (*at == '{')
        at = find_member (at, path, length);
      else if (*at == '[' && g_ascii_isdigit (*path))
        at = find_element (at, g_ascii_strtoull (path, NULL, 10));
      else
        at = NULL;
      path += length;
      path += *path == '/';
    }

  if (at == NULL || *at == '{' || *at == '[')
    return NULL;

  if (*at != '"')
    return g_strndup (at, strcspn (at, ",]} \t\r\n"));

  end = skip_string (at);

  return memchr (at, '\\', end - at) == NULL ? g_strndup (at + 1, end - at - 2) : NULL;
}
