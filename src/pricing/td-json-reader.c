/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reading JSON strictly: unknown members, wrong types and odd values are failures that name the object and the member,
 * so that a mistake in a list of models is found where it was made.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-catalogue.h"
#include "pricing/td-json-reader.h"

/* Far beyond any model, and small enough for sums of tokens never to overflow. */
#define MAX_TOKENS G_GINT64_CONSTANT (1000000000000)

/* Notes what is wrong with @member, unless something was wrong before. */
void
td_json_reader_fail (TdJsonReader *reader,
                     const char   *member,
                     const char   *format,
                     ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  if (reader->error != NULL)
    return;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: an error in a list of models: where, which field, and what is wrong, as in
   * “gpt-4”, “input”: this is not a price. */
  reader->error = g_error_new (TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_VALUE, _("“%s”, “%s”: %s"), reader->where, member,
                               reason);
}

/* Makes any member but the @known ones (NULL-terminated) a failure: a misspelt name must not pass as unknown. */
gboolean
td_json_reader_check_members (TdJsonReader       *reader,
                              const char * const *known)
{
  g_autoptr (GList) members = json_object_get_members (reader->object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!g_strv_contains (known, l->data))
        td_json_reader_fail (reader, l->data, _("there is no such field."));
    }

  return reader->error == NULL;
}

/* The member if it is there, not null, and reading has not failed. */
JsonNode *
td_json_reader_find (TdJsonReader *reader,
                     const char   *member)
{
  JsonNode *node;

  if (reader->error != NULL)
    return NULL;

  node = json_object_get_member (reader->object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/* A text that is not empty, borrowed; NULL if there is none. */
const char *
td_json_reader_string (TdJsonReader *reader,
                       const char   *member,
                       gboolean      required)
{
  JsonNode *node = td_json_reader_find (reader, member);
  const char *text = NULL;

  if (node == NULL)
    {
      if (required)
        td_json_reader_fail (reader, member, _("this field is missing."));
      return NULL;
    }

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  if (text == NULL || *text == '\0')
    {
      td_json_reader_fail (reader, member, _("this must be a text."));
      return NULL;
    }

  return text;
}

/* A date, or TD_DATE_NONE if there is none. */
TdDate
td_json_reader_date (TdJsonReader *reader,
                     const char   *member)
{
  const char *text = td_json_reader_string (reader, member, FALSE);
  TdDate date = TD_DATE_NONE;

  if (text != NULL && !td_date_parse (text, &date))
    td_json_reader_fail (reader, member, _("“%s” is not a date like 2023-04-19 or 2023-04."), text);

  return date;
}

/* A truth value, FALSE if there is none. */
gboolean
td_json_reader_boolean (TdJsonReader *reader,
                        const char   *member)
{
  JsonNode *node = td_json_reader_find (reader, member);

  if (node == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      td_json_reader_fail (reader, member, _("this must be true or false."));
      return FALSE;
    }

  return json_node_get_boolean (node);
}

/* A price, or TD_PRICE_UNKNOWN if there is none. */
TdPrice
td_json_reader_price (TdJsonReader *reader,
                      const char   *member)
{
  JsonNode *node = td_json_reader_find (reader, member);
  TdPrice price = TD_PRICE_UNKNOWN;

  if (node == NULL)
    return price;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
      !td_price_parse (json_node_get_string (node), &price))
    {
      td_json_reader_fail (reader, member, _("a price is a text like \"0.075\", in US dollars per million tokens."));
      return TD_PRICE_UNKNOWN;
    }

  return price;
}

/* A whole number between @minimum and @maximum, 0 if there is none. */
gint64
td_json_reader_integer (TdJsonReader *reader,
                        const char   *member,
                        gint64        minimum,
                        gint64        maximum)
{
  JsonNode *node = td_json_reader_find (reader, member);
  gint64 value = 0;

  if (node == NULL)
    return 0;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    value = json_node_get_int (node);
  else
    td_json_reader_fail (reader, member, _("this must be a whole number."));

  if (reader->error == NULL && (value < minimum || value > maximum))
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, value);

      td_json_reader_fail (reader, member, _("%s is out of range."), number);
    }

  return value;
}

/* A number of tokens above 0, or 0 if there is none. */
guint64
td_json_reader_tokens (TdJsonReader *reader,
                       const char   *member)
{
  return (guint64) td_json_reader_integer (reader, member, 1, MAX_TOKENS);
}

/* The value whose nick the member names, or @default_value if there is none. */
int
td_json_reader_enum (TdJsonReader *reader,
                     const char   *member,
                     GType         type,
                     int           default_value,
                     gboolean      required)
{
  const char *nick = td_json_reader_string (reader, member, required);
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *value;

  if (nick == NULL)
    return default_value;

  value = g_enum_get_value_by_nick (klass, nick);
  if (value == NULL)
    {
      td_json_reader_fail (reader, member, _("“%s” is not one of the values known here."), nick);
      return default_value;
    }

  return value->value;
}

/* A list of texts, owned by the caller; empty if there is none. */
char **
td_json_reader_strings (TdJsonReader *reader,
                        const char   *member)
{
  JsonNode *node = td_json_reader_find (reader, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL)
    return g_strv_builder_end (builder);

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      td_json_reader_fail (reader, member, _("this must be a list of texts."));
      return g_strv_builder_end (builder);
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        {
          td_json_reader_fail (reader, member, _("this must be a list of texts."));
          break;
        }
      g_strv_builder_add (builder, json_node_get_string (element));
    }

  return g_strv_builder_end (builder);
}

/* The keys in "sources", of which there must be one at least, and all known. */
char **
td_json_reader_sources (TdJsonReader *reader)
{
  g_auto (GStrv) keys = td_json_reader_strings (reader, "sources");

  if (keys[0] == NULL)
    td_json_reader_fail (reader, "sources", _("this field is missing."));

  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (!g_hash_table_contains (reader->sources, keys[i]))
        td_json_reader_fail (reader, "sources", _("there is no source “%s”."), keys[i]);
    }

  return g_steal_pointer (&keys);
}

/* The list that is the value of @member, NULL if there is none. */
JsonArray *
td_json_reader_array (TdJsonReader *reader,
                      const char   *member)
{
  JsonNode *node = td_json_reader_find (reader, member);

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      td_json_reader_fail (reader, member, _("this must be a list of objects."));
      return NULL;
    }

  return json_node_get_array (node);
}

/* Starts reading the object that is the value of @member; FALSE if there is none. */
gboolean
td_json_reader_enter (TdJsonReader *outer,
                      const char   *member,
                      TdJsonReader *inner)
{
  JsonNode *node = td_json_reader_find (outer, member);

  if (node == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      td_json_reader_fail (outer, member, _("this must be an object."));
      return FALSE;
    }

  *inner = (TdJsonReader) { json_node_get_object (node), outer->where, outer->sources, NULL };

  return TRUE;
}

/* Starts reading element @index of the list @member; FALSE if it is not an object. */
gboolean
td_json_reader_enter_element (TdJsonReader *outer,
                              const char   *member,
                              JsonArray    *array,
                              guint         index,
                              TdJsonReader *inner)
{
  JsonNode *element = json_array_get_element (array, index);

  if (!JSON_NODE_HOLDS_OBJECT (element))
    {
      td_json_reader_fail (outer, member, _("this must be a list of objects."));
      return FALSE;
    }

  *inner = (TdJsonReader) { json_node_get_object (element), outer->where, outer->sources, NULL };

  return TRUE;
}

/* Ends what an enter function began, and hands a failure outwards. */
void
td_json_reader_leave (TdJsonReader *outer,
                      TdJsonReader *inner)
{
  if (inner->error != NULL && outer->error == NULL)
    outer->error = g_steal_pointer (&inner->error);
  g_clear_error (&inner->error);
}
