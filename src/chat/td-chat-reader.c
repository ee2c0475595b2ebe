/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads JSON into what a #TdChat then takes over: nothing of it changes before all has been read. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat/td-chat-json.h"
#include "chat/td-chat-private.h"

void
_td_chat_contents_clear (TdChatContents *contents)
{
  g_clear_pointer (&contents->messages, g_ptr_array_unref);
  g_clear_pointer (&contents->tools, td_chat_tools_free);
  g_clear_pointer (&contents->body, json_object_unref);
}

static void
add_special (TdChatContents *contents,
             TdChatRole      role,
             TdChatKind      kind,
             const char     *text)
{
  TdChatMessage *message = td_chat_message_new (role, text);

  message->kind = kind;
  g_ptr_array_add (contents->messages, message);
}

static gboolean
read_list (TdChatContents  *contents,
           JsonArray       *list,
           GError         **error)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      TdChatMessage *message = _td_chat_message_read (json_array_get_element (list, i),
                                                      contents->container == TD_CHAT_CONTAINER_INPUT, i + 1, error);

      if (message == NULL)
        return FALSE;
      g_ptr_array_add (contents->messages, message);
    }

  return TRUE;
}

static gboolean
read_tools (TdChatContents  *contents,
            GError         **error)
{
  JsonNode *node = td_chat_json_find (contents->body, "tools");

  contents->tools_member = node == NULL && td_chat_json_find (contents->body, "functions") != NULL ? "functions"
                                                                                                   : "tools";
  if (node == NULL)
    node = td_chat_json_find (contents->body, contents->tools_member);
  if (node == NULL)
    return TRUE;

  contents->tools = td_chat_tools_new (node, error);

  return contents->tools != NULL;
}

static gboolean
read_input (TdChatContents  *contents,
            JsonNode        *input,
            GError         **error)
{
  const char *instructions = td_chat_json_string (contents->body, "instructions");

  contents->container = TD_CHAT_CONTAINER_INPUT;
  if (JSON_NODE_HOLDS_ARRAY (input) && !read_list (contents, json_node_get_array (input), error))
    return FALSE;
  if (td_chat_json_is_string (input))
    add_special (contents, TD_CHAT_ROLE_USER, TD_CHAT_KIND_INPUT_TEXT, json_node_get_string (input));

  if (instructions != NULL)
    {
      add_special (contents, TD_CHAT_ROLE_DEVELOPER, TD_CHAT_KIND_INSTRUCTIONS, instructions);
      g_ptr_array_insert (contents->messages, 0,
                          g_ptr_array_steal_index (contents->messages, contents->messages->len - 1));
    }

  return TRUE;
}

static gboolean
read_request (TdChatContents  *contents,
              JsonObject      *body,
              GError         **error)
{
  JsonNode *messages = td_chat_json_find (body, "messages");
  JsonNode *input = td_chat_json_find (body, "input");

  contents->body = json_object_ref (body);
  if (!read_tools (contents, error))
    return FALSE;

  if (messages != NULL && JSON_NODE_HOLDS_ARRAY (messages))
    {
      contents->container = TD_CHAT_CONTAINER_MESSAGES;
      return read_list (contents, json_node_get_array (messages), error);
    }

  if (messages == NULL && input != NULL && (JSON_NODE_HOLDS_ARRAY (input) || td_chat_json_is_string (input)))
    return read_input (contents, input, error);

  g_set_error_literal (error, TD_CHAT_ERROR, TD_CHAT_ERROR_FORMAT,
                       _("This is no conversation: it has to be a list of messages, or an object with the list "
                         "“messages” or “input”."));

  return FALSE;
}

/* A list of items that are no messages can only be input. */
static TdChatContainer
guess_container (JsonArray *list)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && !json_object_has_member (json_node_get_object (node), "role")
          && td_chat_json_string (json_node_get_object (node), "type") != NULL)
        return TD_CHAT_CONTAINER_INPUT;
    }

  return TD_CHAT_CONTAINER_LIST;
}

void
_td_chat_resolve_calls (GPtrArray *messages)
{
  g_autoptr (GHashTable) functions = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < messages->len; i++)
    {
      TdChatMessage *message = g_ptr_array_index (messages, i);
      const char *id = td_chat_message_get_call_id (message);

      for (guint j = 0; j < td_chat_message_get_n_calls (message); j++)
        {
          const TdChatCall *call = td_chat_message_get_call (message, j);

          if (call->id != NULL)
            g_hash_table_insert (functions, call->id, call->name);
        }

      if (id != NULL)
        _td_chat_message_set_function (message, g_hash_table_lookup (functions, id));
    }
}

gboolean
_td_chat_contents_read (TdChatContents  *contents,
                        const char      *json,
                        gsize            length,
                        GError         **error)
{
  g_autoptr (JsonNode) root = td_chat_json_parse (json, length, error);

  if (root == NULL)
    return FALSE;

  contents->messages = g_ptr_array_new_with_free_func (g_object_unref);
  contents->tools_member = "tools";

  if (JSON_NODE_HOLDS_ARRAY (root))
    {
      contents->container = guess_container (json_node_get_array (root));
      return read_list (contents, json_node_get_array (root), error);
    }

  if (JSON_NODE_HOLDS_OBJECT (root))
    return read_request (contents, json_node_get_object (root), error);

  g_set_error_literal (error, TD_CHAT_ERROR, TD_CHAT_ERROR_FORMAT,
                       _("This is no conversation: it has to be a list of messages, or an object with the list "
                         "“messages” or “input”."));

  return FALSE;
}
