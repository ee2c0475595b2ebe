/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "chat/td-chat-json.h"
#include "chat/td-chat-private.h"

/**
 * TdChat:
 *
 * A conversation: a list of #TdChatMessage, and the functions that the model may call. It is read from and written to
 * the JSON of OpenAI's interfaces: a list of messages, a request with "messages", or one with "input". What it does not
 * know it keeps.
 *
 * "changed" says that anything that is counted has changed. All functions belong to one thread.
 */

struct _TdChat
{
  GObject parent_instance;

  /* owned */
  GPtrArray *messages;
  TdChatTools *tools;       /* nullable */
  const char *tools_member; /* the member of @body they are */
  JsonObject *body;         /* nullable: the request; never changed */

  TdChatContainer container;
  guint serial;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdChat, td_chat, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
emit_changed (TdChat *self)
{
  self->serial++;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_messages (TdChat    *self,
               guint      index,
               GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++)
    {
      TdChatMessage *message = g_ptr_array_index (messages, i);

      g_signal_connect_swapped (message, "notify", G_CALLBACK (emit_changed), self);
      g_ptr_array_insert (self->messages, (int) (index + i), g_object_ref (message));
    }
}

static void
release_message (TdChat        *self,
                 TdChatMessage *message)
{
  g_signal_handlers_disconnect_by_func (message, emit_changed, self);
}

/* Reading ---------------------------------------------------------------------------------------------------------- */

static void
replace (TdChat         *self,
         TdChatContents *contents)
{
  guint n_removed = self->messages->len;

  for (guint i = 0; i < n_removed; i++)
    release_message (self, g_ptr_array_index (self->messages, i));
  g_ptr_array_set_size (self->messages, 0);

  g_clear_pointer (&self->tools, td_chat_tools_free);
  g_clear_pointer (&self->body, json_object_unref);
  self->tools = g_steal_pointer (&contents->tools);
  self->tools_member = contents->tools_member;
  self->body = g_steal_pointer (&contents->body);
  self->container = contents->container;
  take_messages (self, 0, contents->messages);
  _td_chat_resolve_calls (self->messages);

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, self->messages->len);
  emit_changed (self);
}

/**
 * td_chat_load:
 * @self: a conversation
 * @json: a list of messages, or a request that has one
 * @length: its length in bytes
 * @error: return location for a #TdChatError
 *
 * Replaces everything by what @json says. If that cannot be read, everything stays.
 *
 * Returns: whether it could be read
 */
gboolean
td_chat_load (TdChat      *self,
              const char  *json,
              gsize        length,
              GError     **error)
{
  g_auto (TdChatContents) contents = { 0 };

  g_return_val_if_fail (TD_IS_CHAT (self), FALSE);

  if (!_td_chat_contents_read (&contents, json, length, error))
    return FALSE;

  replace (self, &contents);

  return TRUE;
}

/**
 * td_chat_append_json:
 * @self: a conversation
 * @json: as for td_chat_load()
 * @length: its length in bytes
 * @error: return location for a #TdChatError
 *
 * Adds messages at the end; of a request only the messages, and the functions if there are none yet.
 *
 * Returns: whether it could be read
 */
gboolean
td_chat_append_json (TdChat      *self,
                     const char  *json,
                     gsize        length,
                     GError     **error)
{
  g_auto (TdChatContents) contents = { 0 };
  guint index = self->messages->len;

  g_return_val_if_fail (TD_IS_CHAT (self), FALSE);

  if (!_td_chat_contents_read (&contents, json, length, error))
    return FALSE;

  if (index == 0 && self->tools == NULL && self->body == NULL)
    {
      replace (self, &contents);
      return TRUE;
    }

  for (guint i = 0; i < contents.messages->len; i++)
    {
      TdChatMessage *message = g_ptr_array_index (contents.messages, i);

      if (message->kind == TD_CHAT_KIND_INPUT_TEXT || message->kind == TD_CHAT_KIND_INSTRUCTIONS)
        message->kind = TD_CHAT_KIND_MESSAGE;
      if (message->kind != TD_CHAT_KIND_MESSAGE && self->container != TD_CHAT_CONTAINER_INPUT)
        {
          g_set_error_literal (error, TD_CHAT_ERROR, TD_CHAT_ERROR_FORMAT,
                               _("These are items of the Responses interface, which cannot stand beside messages of the "
                                 "other one. Clear the conversation first."));
          return FALSE;
        }
    }

  take_messages (self, index, contents.messages);
  if (self->tools == NULL)
    self->tools = g_steal_pointer (&contents.tools);
  _td_chat_resolve_calls (self->messages);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 0, contents.messages->len);
  emit_changed (self);

  return TRUE;
}

/* Writing ---------------------------------------------------------------------------------------------------------- */

static TdChatMessage *
find_instructions (TdChat *self)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      TdChatMessage *message = g_ptr_array_index (self->messages, i);

      if (message->kind == TD_CHAT_KIND_INSTRUCTIONS)
        return message;
    }

  return NULL;
}

static void
write_list (TdChat       *self,
            TdJsonWriter *json,
            const char   *name,
            gboolean      with_instructions)
{
  td_json_writer_begin (json, name, '[');
  for (guint i = 0; i < self->messages->len; i++)
    {
      TdChatMessage *message = g_ptr_array_index (self->messages, i);

      if (with_instructions || message->kind != TD_CHAT_KIND_INSTRUCTIONS)
        _td_chat_message_write (message, json);
    }
  td_json_writer_end (json, ']');
}

static void
write_input (TdChat       *self,
             TdJsonWriter *json)
{
  TdChatMessage *instructions = find_instructions (self);
  guint n_items = self->messages->len - (instructions != NULL ? 1 : 0);
  TdChatMessage *last = self->messages->len > 0 ? g_ptr_array_index (self->messages, self->messages->len - 1) : NULL;

  if (n_items == 1 && last->kind == TD_CHAT_KIND_INPUT_TEXT && last->role == TD_CHAT_ROLE_USER && last->name == NULL)
    td_json_writer_string (json, "input", last->text);
  else
    write_list (self, json, "input", FALSE);
}

static void
write_body (TdChat       *self,
            TdJsonWriter *json)
{
  TdChatMessage *instructions = find_instructions (self);
  const char *list_member = self->container == TD_CHAT_CONTAINER_INPUT ? "input" : "messages";
  gboolean tools_written = self->tools == NULL;
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, self->body);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    {
      if (g_str_equal (member, list_member) && self->container == TD_CHAT_CONTAINER_INPUT)
        write_input (self, json);
      else if (g_str_equal (member, list_member))
        write_list (self, json, member, TRUE);
      else if (self->container == TD_CHAT_CONTAINER_INPUT && g_str_equal (member, "instructions") &&
               td_chat_json_is_string (node))
        {
          if (instructions != NULL)
            td_json_writer_string (json, member, instructions->text);
        }
      else if (g_str_equal (member, self->tools_member) && !JSON_NODE_HOLDS_NULL (node))
        {
          if (self->tools != NULL)
            _td_chat_write_node (json, member, td_chat_tools_get_node (self->tools));
          tools_written = TRUE;
        }
      else
        _td_chat_write_node (json, member, node);
    }

  if (!tools_written)
    _td_chat_write_node (json, self->tools_member, td_chat_tools_get_node (self->tools));
}

/**
 * td_chat_to_json:
 * @self: a conversation
 *
 * Writes everything as it was read: a list, or a request. A list becomes a request when functions are defined.
 *
 * Returns: (transfer full): JSON
 */
char *
td_chat_to_json (TdChat *self)
{
  GString *text = g_string_new (NULL);
  TdJsonWriter json = TD_JSON_WRITER_INIT (text);

  g_return_val_if_fail (TD_IS_CHAT (self), NULL);

  if (self->body == NULL && self->tools == NULL)
    {
      write_list (self, &json, NULL, TRUE);
      return g_string_free (text, FALSE);
    }

  td_json_writer_begin (&json, NULL, '{');
  if (self->body != NULL)
    {
      write_body (self, &json);
    }
  else
    {
      write_list (self, &json, self->container == TD_CHAT_CONTAINER_INPUT ? "input" : "messages", TRUE);
      _td_chat_write_node (&json, "tools", td_chat_tools_get_node (self->tools));
    }
  td_json_writer_end (&json, '}');

  return g_string_free (text, FALSE);
}

/** Returns: (transfer full): the messages alone, as a list */
char *
td_chat_messages_to_json (TdChat *self)
{
  GString *text = g_string_new (NULL);
  TdJsonWriter json = TD_JSON_WRITER_INIT (text);

  g_return_val_if_fail (TD_IS_CHAT (self), NULL);

  write_list (self, &json, NULL, TRUE);

  return g_string_free (text, FALSE);
}

/* The list --------------------------------------------------------------------------------------------------------- */

static GType
td_chat_get_item_type (GListModel *list)
{
  return TD_TYPE_CHAT_MESSAGE;
}

static guint
td_chat_get_n_items (GListModel *list)
{
  return TD_CHAT (list)->messages->len;
}

static gpointer
td_chat_get_item (GListModel *list,
                  guint       position)
{
  TdChat *self = TD_CHAT (list);

  return position < self->messages->len ? g_object_ref (g_ptr_array_index (self->messages, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = td_chat_get_item_type;
  iface->get_n_items = td_chat_get_n_items;
  iface->get_item = td_chat_get_item;
}

static void
td_chat_finalize (GObject *object)
{
  TdChat *self = TD_CHAT (object);

  for (guint i = 0; i < self->messages->len; i++)
    release_message (self, g_ptr_array_index (self->messages, i));
  g_ptr_array_unref (self->messages);
  g_clear_pointer (&self->tools, td_chat_tools_free);
  g_clear_pointer (&self->body, json_object_unref);

  G_OBJECT_CLASS (td_chat_parent_class)->finalize (object);
}

static void
td_chat_class_init (TdChatClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_chat_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
td_chat_init (TdChat *self)
{
  self->messages = g_ptr_array_new_with_free_func (g_object_unref);
  self->tools_member = "tools";
}

/** Returns: (transfer full): an empty conversation */
TdChat *
td_chat_new (void)
{
  return g_object_new (TD_TYPE_CHAT, NULL);
}

/** Returns: how many messages there are */
guint
td_chat_get_n_messages (TdChat *self)
{
  g_return_val_if_fail (TD_IS_CHAT (self), 0);

  return self->messages->len;
}

/** Returns: (transfer none): a message */
TdChatMessage *
td_chat_get_message (TdChat *self,
                     guint   index)
{
  g_return_val_if_fail (TD_IS_CHAT (self) && index < self->messages->len, NULL);

  return g_ptr_array_index (self->messages, index);
}

/**
 * td_chat_find:
 * @self: a conversation
 * @message: a message
 * @index: (out) (optional): where it is
 *
 * Returns: whether it is part of the conversation
 */
gboolean
td_chat_find (TdChat        *self,
              TdChatMessage *message,
              guint         *index)
{
  g_return_val_if_fail (TD_IS_CHAT (self), FALSE);

  return g_ptr_array_find (self->messages, message, index);
}

/** Adds a message before the one at @index, or at the end. */
void
td_chat_insert (TdChat        *self,
                guint          index,
                TdChatMessage *message)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new ();

  g_return_if_fail (TD_IS_CHAT (self) && TD_IS_CHAT_MESSAGE (message) && index <= self->messages->len);

  g_ptr_array_add (messages, message);
  take_messages (self, index, messages);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 0, 1);
  emit_changed (self);
}

/** Takes a message out. */
void
td_chat_remove (TdChat *self,
                guint   index)
{
  g_return_if_fail (TD_IS_CHAT (self) && index < self->messages->len);

  release_message (self, g_ptr_array_index (self->messages, index));
  g_ptr_array_remove_index (self->messages, index);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 1, 0);
  emit_changed (self);
}

/** Moves the message at @from to where the one at @to is; those between make room. */
void
td_chat_move (TdChat *self,
              guint   from,
              guint   to)
{
  TdChatMessage *message;

  g_return_if_fail (TD_IS_CHAT (self) && from < self->messages->len && to < self->messages->len);

  if (from == to)
    return;

  message = g_ptr_array_steal_index (self->messages, from);
  g_ptr_array_insert (self->messages, (int) to, message);
  g_list_model_items_changed (G_LIST_MODEL (self), MIN (from, to), MAX (from, to) - MIN (from, to) + 1,
                              MAX (from, to) - MIN (from, to) + 1);
  emit_changed (self);
}

/** Takes everything out: the messages, the functions, and what else a request said. */
void
td_chat_clear (TdChat *self)
{
  g_auto (TdChatContents) contents = { .tools_member = "tools" };

  g_return_if_fail (TD_IS_CHAT (self));

  contents.messages = g_ptr_array_new_with_free_func (g_object_unref);
  replace (self, &contents);
}

/* Functions -------------------------------------------------------------------------------------------------------- */

/** Returns: (transfer none) (nullable): the functions that the model may call */
TdChatTools *
td_chat_get_tools (TdChat *self)
{
  g_return_val_if_fail (TD_IS_CHAT (self), NULL);

  return self->tools;
}

/** Returns: (transfer full): the functions as JSON; empty if there are none */
char *
td_chat_dup_tools_text (TdChat *self)
{
  GString *text = g_string_new (NULL);
  TdJsonWriter json = TD_JSON_WRITER_INIT (text);

  g_return_val_if_fail (TD_IS_CHAT (self), NULL);

  if (self->tools != NULL)
    _td_chat_write_node (&json, NULL, td_chat_tools_get_node (self->tools));

  return g_string_free (text, FALSE);
}

/* The list of functions in @node, which may be the list, a request that has one, or one function. */
static JsonNode *
find_tools (JsonNode *node)
{
  JsonNode *wrapped;
  JsonArray *array;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_ref (node);

  object = json_node_get_object (node);
  if (td_chat_json_find (object, "tools") != NULL)
    return json_node_ref (td_chat_json_find (object, "tools"));
  if (td_chat_json_find (object, "functions") != NULL)
    return json_node_ref (td_chat_json_find (object, "functions"));

  array = json_array_new ();
  json_array_add_element (array, json_node_ref (node));
  wrapped = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (wrapped, array);

  return wrapped;
}

/**
 * td_chat_set_tools_text:
 * @self: a conversation
 * @text: JSON: a list of definitions, one definition, or a request; nothing for none
 * @error: return location for a #TdChatError
 *
 * Sets the functions. If @text cannot be read they stay as they are.
 *
 * Returns: whether it could be read
 */
gboolean
td_chat_set_tools_text (TdChat      *self,
                        const char  *text,
                        GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (TdChatTools) tools = NULL;

  g_return_val_if_fail (TD_IS_CHAT (self), FALSE);

  if (*stripped != '\0')
    {
      g_autoptr (JsonNode) root = td_chat_json_parse (text, strlen (text), error);
      g_autoptr (JsonNode) node = root != NULL ? find_tools (root) : NULL;

      tools = node != NULL ? td_chat_tools_new (node, error) : NULL;
      if (tools == NULL)
        return FALSE;
    }

  g_clear_pointer (&self->tools, td_chat_tools_free);
  self->tools = g_steal_pointer (&tools);
  emit_changed (self);

  return TRUE;
}

/**
 * td_chat_get_tool_choice:
 * @self: a conversation
 * @is_none: (out): whether the request forbids all calls
 *
 * Returns: (transfer none) (nullable): the function that the request wants to be called
 */
const char *
td_chat_get_tool_choice (TdChat   *self,
                         gboolean *is_none)
{
  static const char * const members[] = { "tool_choice", "function_call" };

  g_return_val_if_fail (TD_IS_CHAT (self), NULL);

  *is_none = FALSE;
  for (guint i = 0; self->body != NULL && i < G_N_ELEMENTS (members); i++)
    {
      JsonObject *choice = td_chat_json_object (self->body, members[i]);
      JsonObject *function = choice != NULL ? td_chat_json_object (choice, "function") : NULL;

      *is_none |= g_strcmp0 (td_chat_json_string (self->body, members[i]), "none") == 0;
      if (choice != NULL)
        return td_chat_json_string (function != NULL ? function : choice, "name");
    }

  return NULL;
}

/** Returns: a number that changes whenever "changed" is emitted */
guint
td_chat_get_serial (TdChat *self)
{
  g_return_val_if_fail (TD_IS_CHAT (self), 0);

  return self->serial;
}
