/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat/td-chat-json.h"
#include "chat/td-chat-message-private.h"

/* Writes messages as they were read, but for what has been changed since. */

/* Private: writes any JSON. */
void
_td_chat_write_node (TdJsonWriter *json,
                     const char   *name,
                     JsonNode     *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *member;
      JsonNode *value;

      td_json_writer_begin (json, name, '{');
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &member, &value))
        _td_chat_write_node (json, member, value);
      td_json_writer_end (json, '}');
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      td_json_writer_begin (json, name, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        _td_chat_write_node (json, NULL, json_array_get_element (array, i));
      td_json_writer_end (json, ']');
    }
  else if (td_chat_json_is_string (node))
    {
      td_json_writer_string (json, name, json_node_get_string (node));
    }
  else
    {
      g_autofree char *value = td_chat_json_print (node);

      td_json_writer_raw (json, name, value);
    }
}

static gboolean
is_text_part (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) && td_chat_json_string (json_node_get_object (node), "text") != NULL;
}

/* The part with another text. */
static void
write_text_part (TdChatMessage *self,
                 TdJsonWriter  *json,
                 JsonObject    *part)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  td_json_writer_begin (json, NULL, '{');
  json_object_iter_init_ordered (&iter, part);
  while (json_object_iter_next_ordered (&iter, &member, &value))
    {
      if (g_str_equal (member, "text"))
        td_json_writer_string (json, member, self->text);
      else
        _td_chat_write_node (json, member, value);
    }
  td_json_writer_end (json, '}');
}

/* The first text becomes all of the text; what is no text stays. */
static void
write_parts (TdChatMessage *self,
             TdJsonWriter  *json,
             const char    *name,
             JsonArray     *parts)
{
  guint n_parts = json_array_get_length (parts);
  gboolean written = FALSE;

  for (guint i = 0; i < n_parts; i++)
    written |= is_text_part (json_array_get_element (parts, i));

  td_json_writer_begin (json, name, '[');
  if (!written)
    {
      td_json_writer_begin (json, NULL, '{');
      td_json_writer_string (json, "type", "text");
      td_json_writer_string (json, "text", self->text);
      td_json_writer_end (json, '}');
    }
  for (guint i = 0; i < n_parts; i++)
    {
      JsonNode *part = json_array_get_element (parts, i);

      if (!is_text_part (part))
        _td_chat_write_node (json, NULL, part);
      else if (written)
        write_text_part (self, json, json_node_get_object (part));

      written &= !is_text_part (part);
    }
  td_json_writer_end (json, ']');
}

static void
write_text (TdChatMessage *self,
            TdJsonWriter  *json,
            const char    *name,
            JsonNode      *old)
{
  if (old != NULL && !self->text_changed)
    _td_chat_write_node (json, name, old);
  else if (old != NULL && JSON_NODE_HOLDS_ARRAY (old))
    write_parts (self, json, name, json_node_get_array (old));
  else
    td_json_writer_string (json, name, self->text);
}

static void
write_new (TdChatMessage *self,
           TdJsonWriter  *json)
{
  td_json_writer_string (json, "role", td_chat_role_to_name (self->role));
  if (self->name != NULL)
    td_json_writer_string (json, "name", self->name);
  td_json_writer_string (json, "content", self->text);
}

static void
write_members (TdChatMessage *self,
               TdJsonWriter  *json)
{
  const char *text_member = self->kind == TD_CHAT_KIND_CALL_OUTPUT ? "output" : "content";
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, self->json);
  while (json_object_iter_next_ordered (&iter, &member, &value))
    {
      if (self->role_changed && g_str_equal (member, "role"))
        td_json_writer_string (json, member, td_chat_role_to_name (self->role));
      else if (g_str_equal (member, text_member))
        write_text (self, json, member, value);
      else if (!self->name_changed || !g_str_equal (member, "name"))
        _td_chat_write_node (json, member, value);
      else if (self->name != NULL)
        td_json_writer_string (json, member, self->name);
    }

  if (self->text_changed && !json_object_has_member (self->json, text_member))
    td_json_writer_string (json, text_member, self->text);
  if (self->name_changed && self->name != NULL && !json_object_has_member (self->json, "name"))
    td_json_writer_string (json, "name", self->name);
}

/* Private: writes the message as an element of a list. */
void
_td_chat_message_write (TdChatMessage *self,
                        TdJsonWriter  *json)
{
  td_json_writer_begin (json, NULL, '{');
  if (self->json != NULL)
    write_members (self, json);
  else
    write_new (self, json);
  td_json_writer_end (json, '}');
}
