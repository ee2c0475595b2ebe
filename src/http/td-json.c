/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "http/td-http-error.h"
#include "http/td-json.h"

/* No answer we read is nested deeper than a dozen levels. The parser recurses, so depth is checked before it starts. */
#define MAX_DEPTH 64

static gboolean
is_too_deep (const char *text,
             gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      switch (text[i])
        {
        case '\\':
          /* Outside of a string a backslash is a mistake that the parser reports. */
          i += in_string ? 1 : 0;
          break;
        case '"':
          in_string = !in_string;
          break;
        case '[':
        case '{':
          if (!in_string && ++depth > MAX_DEPTH)
            return TRUE;
          break;
        case ']':
        case '}':
          if (!in_string && depth > 0)
            depth--;
          break;
        default:
          break;
        }
    }

  return FALSE;
}

/**
 * td_json_parse:
 * @bytes: what a server sent
 * @error: return location for a `TD_HTTP_ERROR_BAD_ANSWER`
 *
 * Parses JSON from a stranger: anything that isn't UTF-8, isn't JSON or is nested absurdly deep is an error, and the
 * error's message repeats nothing of it.
 *
 * Returns: (transfer full) (nullable): the root, which is never %NULL without an error
 */
JsonNode *
td_json_parse (GBytes  *bytes,
               GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *text;
  gsize length;
  JsonNode *root;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  parser = json_parser_new_immutable ();

  if (length == 0
      || !g_utf8_validate_len (text, length, NULL)
      || is_too_deep (text, length)
      || !json_parser_load_from_data (parser, text, length, &local_error)
      || (root = json_parser_steal_root (parser)) == NULL)
    {
      g_set_error_literal (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ANSWER, "The answer is not valid JSON");
      return NULL;
    }

  return root;
}

static JsonNode *
get_member (JsonObject   *object,
            const char   *name,
            JsonNodeType  type)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  node = json_object_get_member (object, name);

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

/**
 * td_json_object_get_object:
 * @object: a JSON object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the member, or %NULL if it is missing or no object
 */
JsonObject *
td_json_object_get_object (JsonObject *object,
                           const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/**
 * td_json_object_get_array:
 * @object: a JSON object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the member, or %NULL if it is missing or no array
 */
JsonArray *
td_json_object_get_array (JsonObject *object,
                          const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

/**
 * td_json_object_get_string:
 * @object: a JSON object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the member, or %NULL if it is missing or no string
 */
const char *
td_json_object_get_string (JsonObject *object,
                           const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}
