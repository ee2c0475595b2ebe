/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat/td-chat-image.h"
#include "chat/td-chat-json.h"
#include "chat/td-chat-message-private.h"

/* Reads messages as OpenAI's two interfaces have them: the elements of "messages" (chat completions) and the items of
 * "input" (responses). */

/* One message being read. */
typedef struct
{
  TdChatMessage *message;
  JsonObject *object;
  guint number;
  gboolean is_input;
  GString *text;
  GError **error;
} Reader;

static gboolean
fail (Reader     *reader,
      const char *field,
      const char *reason)
{
  /* Translators: the number of a message in a list, a field's name in JSON, and what is wrong with it */
  g_set_error (reader->error, TD_CHAT_ERROR, TD_CHAT_ERROR_MESSAGE, _("Message %u, “%s”: %s"), reader->number, field,
               reason);

  return FALSE;
}

static gboolean
read_role (Reader *reader)
{
  JsonNode *node = json_object_get_member (reader->object, "role");
  g_autofree char *reason = NULL;

  if (node == NULL)
    return fail (reader, "role", _("It is missing. It says who speaks, for example “user”."));
  if (!td_chat_json_is_string (node))
    return fail (reader, "role", _("It has to be a string, for example “user”."));
  if (td_chat_role_from_name (json_node_get_string (node), &reader->message->role))
    return TRUE;

  reason = g_strdup_printf (_("There is no role “%.40s”, only system, developer, user, assistant, tool and function."),
                            json_node_get_string (node));

  return fail (reader, "role", reason);
}

static void
add_text (Reader     *reader,
          const char *text)
{
  if (reader->message->n_texts++ > 0)
    g_string_append_c (reader->text, '\n');
  g_string_append (reader->text, text);
}

/* {"image_url": {"url": …, "detail": …}} in one interface, {"image_url": …, "detail": …} in the other. */
static void
add_image (Reader     *reader,
           JsonObject *part)
{
  JsonObject *inner = td_chat_json_object (part, "image_url");
  TdChatImage image = inner != NULL ? td_chat_image_from_url (td_chat_json_string (inner, "url"),
                                                              td_chat_json_string (inner, "detail"))
                                    : td_chat_image_from_url (td_chat_json_string (part, "image_url"),
                                                              td_chat_json_string (part, "detail"));

  g_array_append_val (reader->message->images, image);
}

static gboolean
read_part (Reader     *reader,
           JsonNode   *node,
           const char *field,
           guint       index)
{
  g_autofree char *where = g_strdup_printf ("%s[%u]", field, index);
  JsonObject *part;
  const char *type;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (reader, where, _("A part of a message has to be an object with a “type”."));

  part = json_node_get_object (node);
  type = td_chat_json_string (part, "type");
  if (type == NULL)
    return fail (reader, where, _("A part of a message has to have a “type”, for example “text”."));

  if (g_str_equal (type, "text") || g_str_equal (type, "input_text") || g_str_equal (type, "output_text"))
    {
      const char *text = td_chat_json_string (part, "text");

      if (text == NULL)
        return fail (reader, where, _("A part that is a text has to have a string “text”."));
      add_text (reader, text);
    }
  else if (g_str_equal (type, "image_url") || g_str_equal (type, "input_image"))
    {
      add_image (reader, part);
    }
  else
    {
      reader->message->n_unknown++;
    }

  return TRUE;
}

static gboolean
read_text (Reader     *reader,
           const char *field)
{
  JsonNode *node = td_chat_json_find (reader->object, field);
  JsonArray *parts;

  if (node == NULL)
    return TRUE;

  if (td_chat_json_is_string (node))
    {
      add_text (reader, json_node_get_string (node));
      return TRUE;
    }

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (reader, field, _("It has to be a string or a list of parts."));

  parts = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      if (!read_part (reader, json_array_get_element (parts, i), field, i))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_optional (Reader      *reader,
               const char  *field,
               char       **value)
{
  JsonNode *node = td_chat_json_find (reader->object, field);

  if (node == NULL)
    return TRUE;
  if (!td_chat_json_is_string (node))
    return fail (reader, field, _("It has to be a string."));

  *value = g_strdup (json_node_get_string (node));

  return TRUE;
}

/* @object has "name" and "arguments". */
static gboolean
add_call (Reader     *reader,
          JsonObject *object,
          const char *id,
          const char *where)
{
  const char *name = td_chat_json_string (object, "name");
  const char *arguments = td_chat_json_string (object, "arguments");
  TdChatCall call;

  if (name == NULL)
    return fail (reader, where, _("A call has to have the “name” of the function."));
  if (arguments == NULL)
    return fail (reader, where, _("A call has to have “arguments”, a string of JSON."));

  call = (TdChatCall) { .name = g_strdup (name), .arguments = g_strdup (arguments), .id = g_strdup (id) };
  g_array_append_val (reader->message->calls, call);

  return TRUE;
}

static gboolean
read_calls (Reader *reader)
{
  JsonNode *node = td_chat_json_find (reader->object, "tool_calls");
  JsonNode *single = td_chat_json_find (reader->object, "function_call");

  if (single != NULL)
    {
      if (!JSON_NODE_HOLDS_OBJECT (single))
        return fail (reader, "function_call", _("It has to be an object."));
      if (!add_call (reader, json_node_get_object (single), NULL, "function_call"))
        return FALSE;
    }

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (reader, "tool_calls", _("It has to be a list."));

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (node), i);
      g_autofree char *where = g_strdup_printf ("tool_calls[%u]", i);
      JsonObject *object;
      JsonObject *function;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return fail (reader, where, _("It has to be an object."));

      object = json_node_get_object (element);
      function = td_chat_json_object (object, "function");
      if (function != NULL)
        {
          if (!add_call (reader, function, td_chat_json_string (object, "id"), where))
            return FALSE;
        }
      else if (td_chat_json_string (object, "type") == NULL
               || g_str_equal (td_chat_json_string (object, "type"), "function"))
        return fail (reader, where, _("It has to have an object “function”."));
      else
        reader->message->n_unknown++;
    }

  return TRUE;
}

/* What a message may say beside its text. */
static gboolean
read_rest (Reader *reader)
{
  return read_optional (reader, "name", &reader->message->name)
         && read_optional (reader, "channel", &reader->message->channel)
         && read_optional (reader, "tool_call_id", &reader->message->call_id)
         && read_calls (reader);
}

static gboolean
read_item (Reader     *reader,
           const char *type)
{
  TdChatMessage *message = reader->message;

  if (g_str_equal (type, "function_call"))
    {
      message->kind = TD_CHAT_KIND_CALL;
      message->role = TD_CHAT_ROLE_ASSISTANT;
      return add_call (reader, reader->object, td_chat_json_string (reader->object, "call_id"), "function_call");
    }

  if (g_str_equal (type, "function_call_output"))
    {
      message->kind = TD_CHAT_KIND_CALL_OUTPUT;
      message->role = TD_CHAT_ROLE_TOOL;
      return read_optional (reader, "call_id", &message->call_id) && read_text (reader, "output");
    }

  message->kind = TD_CHAT_KIND_OPAQUE;
  message->role = TD_CHAT_ROLE_ASSISTANT;
  message->n_unknown = 1;

  return TRUE;
}

static gboolean
read_object (Reader *reader)
{
  const char *type = td_chat_json_string (reader->object, "type");

  if (reader->is_input && type != NULL && !g_str_equal (type, "message"))
    return read_item (reader, type);

  if (!read_role (reader) || !read_rest (reader))
    return FALSE;

  if (json_object_get_member (reader->object, "content") == NULL
      && (reader->message->role != TD_CHAT_ROLE_ASSISTANT || reader->message->calls->len + reader->message->n_unknown == 0)
      && td_chat_json_string (reader->object, "refusal") == NULL
      && td_chat_json_object (reader->object, "audio") == NULL)
    return fail (reader, "content", _("It is missing. It is the text of the message."));

  return read_text (reader, "content");
}

/* Private: reads the message that @node is. @number counts from 1, for the error. */
TdChatMessage *
_td_chat_message_read (JsonNode  *node,
                       gboolean   is_input,
                       guint      number,
                       GError   **error)
{
  g_autoptr (TdChatMessage) message = td_chat_message_new (TD_CHAT_ROLE_USER, "");
  g_autoptr (GString) text = g_string_new (NULL);
  Reader reader = { .message = message, .number = number, .is_input = is_input, .text = text, .error = error };

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, TD_CHAT_ERROR, TD_CHAT_ERROR_MESSAGE,
                   _("Message %u is no object with “role” and “content”."), number);
      return NULL;
    }

  reader.object = json_node_get_object (node);
  message->json = json_object_ref (reader.object);
  if (!read_object (&reader))
    return NULL;

  g_set_str (&message->text, text->str);
  /* An audio answer or a refusal beside the text is spoken too. */
  if (td_chat_json_string (reader.object, "refusal") != NULL || td_chat_json_object (reader.object, "audio") != NULL)
    message->n_unknown++;

  return g_steal_pointer (&message);
}
