/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "chat/td-chat-json.h"
#include "chat/td-chat-tools.h"
#include "pricing/td-json-writer.h"

/*
 * Three ways to tokens, none of which OpenAI states for its hosted models:
 *
 * - by fields, num_tokens_for_tools() of the cookbook's How_to_count_tokens_with_tiktoken.ipynb at c81359c, which compared
 *   the sums with the service's for gpt-3.5-turbo, gpt-4, gpt-4o and gpt-4o-mini;
 * - as TypeScript, which hmarr/openai-chat-tokens found by experiment, as gpt-tokenizer 4.0.0 writes it;
 * - as harmony writes it, published in openai/harmony, for gpt-oss.
 */

#define PROP_INIT 3
#define PROP_KEY 3
#define ENUM_INIT (-3)
#define ENUM_ITEM 3
#define FUNC_END 12

struct _TdChatTools
{
  JsonNode *node;
  GPtrArray *functions; /* of JsonObject: each with its name */
  guint n_unknown;
};

static gboolean
fail (guint        number,
      const char  *field,
      const char  *reason,
      GError     **error)
{
  /* Translators: the number of a tool in a list, a field's name in JSON, and what is wrong with it */
  g_set_error (error, TD_CHAT_ERROR, TD_CHAT_ERROR_TOOLS, _("Tool %u, “%s”: %s"), number, field, reason);

  return FALSE;
}

/* {"type": "function", "function": {…}}, the same without the inner object, or the inner object alone. */
static gboolean
read_tool (TdChatTools  *self,
           JsonNode     *node,
           guint         number,
           GError      **error)
{
  JsonObject *object;
  JsonNode *parameters;
  const char *type;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, TD_CHAT_ERROR, TD_CHAT_ERROR_TOOLS, _("Tool %u is no object."), number);
      return FALSE;
    }

  object = json_node_get_object (node);
  type = td_chat_json_string (object, "type");
  if (td_chat_json_object (object, "function") != NULL)
    {
      object = td_chat_json_object (object, "function");
    }
  else if (type != NULL && !g_str_equal (type, "function"))
    {
      /* Built in, such as a search of the web: what the model reads of it is not published. */
      self->n_unknown++;
      return TRUE;
    }

  if (td_chat_json_string (object, "name") == NULL)
    return fail (number, "name", _("It is missing. It is what the function is called."), error);

  if (td_chat_json_find (object, "description") != NULL && td_chat_json_string (object, "description") == NULL)
    return fail (number, "description", _("It has to be a string."), error);

  parameters = td_chat_json_find (object, "parameters");
  if (parameters != NULL && !JSON_NODE_HOLDS_OBJECT (parameters))
    return fail (number, "parameters", _("It has to be an object, a JSON schema."), error);

  g_ptr_array_add (self->functions, json_object_ref (object));

  return TRUE;
}

/**
 * td_chat_tools_new:
 * @node: a list of definitions
 * @error: return location for a #TdChatError
 *
 * Returns: (transfer full) (nullable): the tools
 */
TdChatTools *
td_chat_tools_new (JsonNode  *node,
                   GError   **error)
{
  g_autoptr (TdChatTools) self = g_new0 (TdChatTools, 1);
  JsonArray *array;

  self->functions = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, TD_CHAT_ERROR, TD_CHAT_ERROR_TOOLS,
                           _("The tools have to be a list of definitions of functions."));
      return NULL;
    }

  self->node = json_node_ref (node);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!read_tool (self, json_array_get_element (array, i), i + 1, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/** Frees the tools. */
void
td_chat_tools_free (TdChatTools *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_ptr_array_unref (self->functions);
  g_free (self);
}

/** Returns: (transfer none): the list they were read from */
JsonNode *
td_chat_tools_get_node (const TdChatTools *self)
{
  return self->node;
}

/** Returns: how many functions are defined */
guint
td_chat_tools_get_n (const TdChatTools *self)
{
  return self->functions->len;
}

/** Returns: how many of the tools are no functions, so that nothing is known of their tokens */
guint
td_chat_tools_get_n_unknown (const TdChatTools *self)
{
  return self->n_unknown;
}

static JsonObject *
get_properties (JsonObject *schema)
{
  JsonObject *properties = schema != NULL ? td_chat_json_object (schema, "properties") : NULL;

  return properties != NULL && json_object_get_size (properties) > 0 ? properties : NULL;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  const char *text = td_chat_json_string (object, name);

  return text != NULL ? text : "";
}

/* A value of an enumeration, as it is written without quotation marks. */
static char *
dup_value (JsonNode *node)
{
  return td_chat_json_is_string (node) ? g_strdup (json_node_get_string (node)) : td_chat_json_print (node);
}

/* By fields -------------------------------------------------------------------------------------------------------- */

typedef struct
{
  TkEncoder *encoder;
  TkError *error;
  gint64 n_tokens;
} FieldCount;

/* "name:type:description", without the stop at the end. */
static gboolean
count_line (FieldCount *count,
            const char *line)
{
  gsize length = strlen (line);
  gsize n_tokens;

  if (length > 0 && line[length - 1] == '.')
    length--;
  if (!tk_count (count->encoder, line, length, NULL, &n_tokens, count->error))
    return FALSE;

  count->n_tokens += (gint64) n_tokens;

  return TRUE;
}

static gboolean
count_property (FieldCount *count,
                const char *name,
                JsonNode   *node)
{
  JsonObject *property = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *values = property != NULL ? td_chat_json_array (property, "enum") : NULL;
  g_autofree char *line = NULL;

  count->n_tokens += PROP_KEY;
  if (values != NULL)
    {
      count->n_tokens += ENUM_INIT;
      for (guint i = 0; i < json_array_get_length (values); i++)
        {
          g_autofree char *value = dup_value (json_array_get_element (values, i));
          gsize n_tokens;

          if (!tk_count (count->encoder, value, strlen (value), NULL, &n_tokens, count->error))
            return FALSE;
          count->n_tokens += ENUM_ITEM + (gint64) n_tokens;
        }
    }

  line = g_strdup_printf ("%s:%s:%s", name, property != NULL ? get_text (property, "type") : "",
                          property != NULL ? get_text (property, "description") : "");

  return count_line (count, line);
}

/**
 * td_chat_tools_count_fields:
 * @self: tools
 * @encoder: what to count with
 * @function_init: the constant of the model, see #TdChatRules
 * @n_tokens: (out): the tokens
 * @error: what went wrong
 *
 * Counts by the cookbook's formula. It looks at the first level of parameters only.
 *
 * Returns: whether it could be counted
 */
gboolean
td_chat_tools_count_fields (const TdChatTools *self,
                            TkEncoder         *encoder,
                            int                function_init,
                            guint64           *n_tokens,
                            TkError           *error)
{
  FieldCount count = { .encoder = encoder, .error = error };

  for (guint i = 0; i < self->functions->len; i++)
    {
      JsonObject *function = g_ptr_array_index (self->functions, i);
      JsonObject *properties = get_properties (td_chat_json_object (function, "parameters"));
      g_autofree char *line = g_strdup_printf ("%s:%s", get_text (function, "name"), get_text (function, "description"));

      count.n_tokens += function_init;
      if (!count_line (&count, line))
        return FALSE;

      if (properties != NULL)
        {
          JsonObjectIter iter;
          const char *name;
          JsonNode *node;

          count.n_tokens += PROP_INIT;
          json_object_iter_init_ordered (&iter, properties);
          while (json_object_iter_next_ordered (&iter, &name, &node))
            {
              if (!count_property (&count, name, node))
                return FALSE;
            }
        }
    }

  *n_tokens = self->functions->len > 0 ? (guint64) (count.n_tokens + FUNC_END) : 0;

  return TRUE;
}

/* As TypeScript ---------------------------------------------------------------------------------------------------- */

static gboolean
is_required (JsonObject *schema,
             const char *name)
{
  JsonArray *required = td_chat_json_array (schema, "required");

  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    {
      JsonNode *node = json_array_get_element (required, i);

      if (td_chat_json_is_string (node) && g_str_equal (json_node_get_string (node), name))
        return TRUE;
    }

  return FALSE;
}

/* FALSE if there are none. */
static gboolean
append_enum (GString    *out,
             JsonObject *schema,
             gboolean    as_strings)
{
  JsonArray *values = td_chat_json_array (schema, "enum");

  if (values == NULL || json_array_get_length (values) == 0)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      g_autofree char *value = dup_value (json_array_get_element (values, i));

      if (i > 0)
        g_string_append (out, " | ");
      if (as_strings)
        td_json_append_string (out, value, strlen (value));
      else
        g_string_append (out, value);
    }

  return TRUE;
}

static void append_properties (GString    *out,
                               JsonObject *schema,
                               int         indent);

static void
append_type (GString  *out,
             JsonNode *node,
             int       indent)
{
  JsonObject *schema = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = schema != NULL ? get_text (schema, "type") : "";

  if (g_str_equal (type, "string"))
    {
      if (!append_enum (out, schema, TRUE))
        g_string_append (out, "string");
    }
  else if (g_str_equal (type, "integer") || g_str_equal (type, "number"))
    {
      if (!append_enum (out, schema, FALSE))
        g_string_append (out, "number");
    }
  else if (g_str_equal (type, "boolean") || g_str_equal (type, "null"))
    {
      g_string_append (out, type);
    }
  else if (g_str_equal (type, "array"))
    {
      JsonNode *items = td_chat_json_find (schema, "items");

      append_type (out, items, indent);
      g_string_append (out, "[]");
    }
  else if (g_str_equal (type, "object"))
    {
      g_string_append (out, "{\n");
      append_properties (out, schema, indent + 2);
      g_string_append_printf (out, "\n%*s}", indent, "");
    }
  else
    {
      g_string_append (out, "any");
    }
}

/* Separated by line ends, none after the last. Descriptions only on the first level. */
static void
append_properties (GString    *out,
                   JsonObject *schema,
                   int         indent)
{
  JsonObject *properties = get_properties (schema);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean is_first = TRUE;

  if (properties == NULL)
    return;

  json_object_iter_init_ordered (&iter, properties);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const char *description = JSON_NODE_HOLDS_OBJECT (node) ? get_text (json_node_get_object (node), "description")
                                                              : "";

      if (!is_first)
        g_string_append_c (out, '\n');
      is_first = FALSE;

      if (*description != '\0' && indent < 2)
        g_string_append_printf (out, "%*s// %s\n", indent, "", description);
      g_string_append_printf (out, "%*s%s%s: ", indent, "", name, is_required (schema, name) ? "" : "?");
      append_type (out, node, indent);
      g_string_append_c (out, ',');
    }
}

/**
 * td_chat_tools_to_typescript:
 * @self: tools
 *
 * Returns: (transfer full): the definitions as models before gpt-oss are believed to read them
 */
char *
td_chat_tools_to_typescript (const TdChatTools *self)
{
  GString *out = g_string_new ("namespace functions {\n\n");

  for (guint i = 0; i < self->functions->len; i++)
    {
      JsonObject *function = g_ptr_array_index (self->functions, i);
      JsonObject *parameters = td_chat_json_object (function, "parameters");
      const char *description = get_text (function, "description");

      if (*description != '\0')
        g_string_append_printf (out, "// %s\n", description);

      if (get_properties (parameters) == NULL)
        {
          g_string_append_printf (out, "type %s = () => any;\n\n", get_text (function, "name"));
          continue;
        }

      g_string_append_printf (out, "type %s = (_: {\n", get_text (function, "name"));
      append_properties (out, parameters, 0);
      g_string_append (out, "\n}) => any;\n\n");
    }

  g_string_append (out, "} // namespace functions");

  return g_string_free (out, FALSE);
}

/* As harmony ------------------------------------------------------------------------------------------------------- */

static void
append_lines (GString    *out,
              const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      /* As Rust has it, no line follows the last line end. */
      if (lines[i + 1] != NULL || *lines[i] != '\0')
        g_string_append_printf (out, "// %s\n", lines[i]);
    }
}

static void
append_default (GString    *out,
                JsonObject *schema)
{
  JsonNode *node = json_object_get_member (schema, "default");
  JsonArray *values = td_chat_json_array (schema, "enum");
  g_autofree char *value = NULL;

  if (node == NULL)
    return;

  value = JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node) ? dup_value (node) : json_to_string (node, FALSE);
  if (td_chat_json_is_string (node) && (values == NULL || json_array_get_length (values) == 0))
    g_string_append_printf (out, " // default: \"%s\"", value);
  else
    g_string_append_printf (out, " // default: %s", value);
}

static void append_harmony_type (GString  *out,
                                 JsonNode *node,
                                 int       indent,
                                 gboolean *is_sure);

static void
append_harmony_property (GString    *out,
                         JsonObject *schema,
                         const char *name,
                         JsonNode   *node,
                         int         indent,
                         gboolean   *is_sure)
{
  JsonObject *property = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *description = property != NULL ? get_text (property, "description") : "";
  const char *title = property != NULL ? get_text (property, "title") : "";
  JsonArray *examples = property != NULL ? td_chat_json_array (property, "examples") : NULL;
  guint n_examples = examples != NULL ? json_array_get_length (examples) : 0;

  if (*title != '\0')
    g_string_append_printf (out, "%*s// %s\n%*s//\n", indent, "", title, indent, "");
  if (*description != '\0')
    g_string_append_printf (out, "%*s// %s\n", indent, "", description);
  if (n_examples > 0)
    g_string_append_printf (out, "%*s// Examples:\n", indent, "");
  for (guint i = 0; i < n_examples; i++)
    {
      if (td_chat_json_is_string (json_array_get_element (examples, i)))
        g_string_append_printf (out, "%*s// - \"%s\"\n", indent, "", json_array_get_string_element (examples, i));
    }

  g_string_append_printf (out, "%*s%s%s: ", indent, "", name, is_required (schema, name) ? "" : "?");
  append_harmony_type (out, node, indent + 4, is_sure);
  if (property != NULL)
    {
      JsonNode *nullable = td_chat_json_find (property, "nullable");

      if (nullable != NULL && JSON_NODE_HOLDS_VALUE (nullable) && json_node_get_boolean (nullable))
        g_string_append (out, " | null");
    }
  g_string_append_c (out, ',');
  if (property != NULL)
    append_default (out, property);
  g_string_append_c (out, '\n');
}

static void
append_harmony_object (GString    *out,
                       JsonObject *schema,
                       int         indent,
                       gboolean   *is_sure)
{
  JsonObject *properties = get_properties (schema);
  const char *description = get_text (schema, "description");

  if (*description != '\0')
    g_string_append_printf (out, "%*s// %s\n", indent, "", description);
  g_string_append (out, "{\n");

  if (properties != NULL)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *node;

      json_object_iter_init_ordered (&iter, properties);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        append_harmony_property (out, schema, name, node, indent, is_sure);
    }

  g_string_append_printf (out, "%*s}", indent, "");
}

/* ["string", "null"] */
static void
append_types (GString   *out,
              JsonArray *types)
{
  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      JsonNode *node = json_array_get_element (types, i);
      const char *type = td_chat_json_is_string (node) ? json_node_get_string (node) : "any";

      g_string_append_printf (out, "%s%s", i > 0 ? " | " : "", g_str_equal (type, "integer") ? "number" : type);
    }
}

static void
append_harmony_type (GString  *out,
                     JsonNode *node,
                     int       indent,
                     gboolean *is_sure)
{
  JsonObject *schema = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = schema != NULL ? get_text (schema, "type") : "";

  if (schema != NULL && td_chat_json_find (schema, "oneOf") != NULL)
    *is_sure = FALSE;

  if (schema != NULL && td_chat_json_array (schema, "type") != NULL)
    {
      append_types (out, td_chat_json_array (schema, "type"));
    }
  else if (g_str_equal (type, "object"))
    {
      append_harmony_object (out, schema, indent, is_sure);
    }
  else if (g_str_equal (type, "string"))
    {
      if (!append_enum (out, schema, TRUE))
        g_string_append (out, "string");
    }
  else if (g_str_equal (type, "number") || g_str_equal (type, "integer"))
    {
      g_string_append (out, "number");
    }
  else if (g_str_equal (type, "boolean"))
    {
      g_string_append (out, "boolean");
    }
  else if (g_str_equal (type, "array") && td_chat_json_find (schema, "items") != NULL)
    {
      append_harmony_type (out, td_chat_json_find (schema, "items"), indent, is_sure);
      g_string_append (out, "[]");
    }
  else
    {
      g_string_append (out, g_str_equal (type, "array") ? "Array<any>" : "any");
    }
}

/**
 * td_chat_tools_to_harmony:
 * @self: tools
 * @is_sure: (out): whether nothing was met that this writes in a simpler way than harmony's own renderer
 *
 * Returns: (transfer full): the section of the developer's message that defines the functions for gpt-oss
 */
char *
td_chat_tools_to_harmony (const TdChatTools *self,
                          gboolean          *is_sure)
{
  GString *out = g_string_new ("# Tools\n\n## functions\n\nnamespace functions {\n\n");

  *is_sure = TRUE;
  for (guint i = 0; i < self->functions->len; i++)
    {
      JsonObject *function = g_ptr_array_index (self->functions, i);
      JsonNode *parameters = td_chat_json_find (function, "parameters");

      append_lines (out, get_text (function, "description"));
      if (parameters == NULL)
        {
          g_string_append_printf (out, "type %s = () => any;\n\n", get_text (function, "name"));
          continue;
        }

      g_string_append_printf (out, "type %s = (_: ", get_text (function, "name"));
      append_harmony_type (out, parameters, 0, is_sure);
      g_string_append (out, ") => any;\n\n");
    }

  g_string_append (out, "} // namespace functions");

  return g_string_free (out, FALSE);
}
