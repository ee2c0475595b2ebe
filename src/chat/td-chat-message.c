/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat/td-chat-message-private.h"

/**
 * TdChatMessage:
 *
 * One message of a conversation: who speaks, and what. It remembers the JSON it was read from, so that what is not
 * shown here is written back as it came.
 *
 * A text that came in several parts is one text here, with a line break between the parts; once it is edited it is
 * written as one part. All functions belong to one thread.
 */
G_DEFINE_FINAL_TYPE (TdChatMessage, td_chat_message, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ROLE,
  PROP_TEXT,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char * const ROLE_NAMES[TD_CHAT_N_ROLES] = {
  [TD_CHAT_ROLE_SYSTEM] = "system",
  [TD_CHAT_ROLE_DEVELOPER] = "developer",
  [TD_CHAT_ROLE_USER] = "user",
  [TD_CHAT_ROLE_ASSISTANT] = "assistant",
  [TD_CHAT_ROLE_TOOL] = "tool",
  [TD_CHAT_ROLE_FUNCTION] = "function",
};

/** Returns: (transfer none): the role as JSON spells it, which is also what the model reads */
const char *
td_chat_role_to_name (TdChatRole role)
{
  g_return_val_if_fail (role < TD_CHAT_N_ROLES, "");

  return ROLE_NAMES[role];
}

/**
 * td_chat_role_from_name:
 * @name: a role as JSON spells it
 * @role: (out): the role
 *
 * Returns: whether there is such a role
 */
gboolean
td_chat_role_from_name (const char *name,
                        TdChatRole *role)
{
  for (guint i = 0; i < TD_CHAT_N_ROLES; i++)
    {
      if (g_strcmp0 (ROLE_NAMES[i], name) == 0)
        {
          *role = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
clear_call (gpointer data)
{
  TdChatCall *call = data;

  g_free (call->name);
  g_free (call->arguments);
  g_free (call->id);
}

static void
forget_tokens (TdChatMessage *self)
{
  self->serial++;
  for (guint i = 0; i < TD_CHAT_N_VOCABULARIES; i++)
    self->tokens_known[i] = FALSE;
}

static void
td_chat_message_finalize (GObject *object)
{
  TdChatMessage *self = TD_CHAT_MESSAGE (object);

  g_free (self->text);
  g_free (self->name);
  g_free (self->channel);
  g_free (self->call_id);
  g_free (self->function);
  g_array_unref (self->calls);
  g_array_unref (self->images);
  g_clear_pointer (&self->json, json_object_unref);

  G_OBJECT_CLASS (td_chat_message_parent_class)->finalize (object);
}

static void
td_chat_message_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TdChatMessage *self = TD_CHAT_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_ROLE:
      g_value_set_uint (value, self->role);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_chat_message_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TdChatMessage *self = TD_CHAT_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_ROLE:
      td_chat_message_set_role (self, g_value_get_uint (value));
      break;
    case PROP_TEXT:
      td_chat_message_set_text (self, g_value_get_string (value));
      break;
    case PROP_NAME:
      td_chat_message_set_name (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_chat_message_class_init (TdChatMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = td_chat_message_finalize;
  object_class->get_property = td_chat_message_get_property;
  object_class->set_property = td_chat_message_set_property;

  properties[PROP_ROLE] = g_param_spec_uint ("role", NULL, NULL, 0, TD_CHAT_N_ROLES - 1, TD_CHAT_ROLE_SYSTEM, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_chat_message_init (TdChatMessage *self)
{
  self->text = g_strdup ("");
  self->calls = g_array_new (FALSE, TRUE, sizeof (TdChatCall));
  g_array_set_clear_func (self->calls, clear_call);
  self->images = g_array_new (FALSE, TRUE, sizeof (TdChatImage));
}

/**
 * td_chat_message_new:
 * @role: who speaks
 * @text: what
 *
 * Returns: (transfer full): a new message
 */
TdChatMessage *
td_chat_message_new (TdChatRole  role,
                     const char *text)
{
  TdChatMessage *self = g_object_new (TD_TYPE_CHAT_MESSAGE, NULL);

  self->role = role;
  g_set_str (&self->text, text);

  return self;
}

/** Returns: who speaks */
TdChatRole
td_chat_message_get_role (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), TD_CHAT_ROLE_USER);

  return self->role;
}

/** Sets who speaks. Nothing happens where td_chat_message_can_set_role() says no. */
void
td_chat_message_set_role (TdChatMessage *self,
                          TdChatRole     role)
{
  g_return_if_fail (TD_IS_CHAT_MESSAGE (self) && role < TD_CHAT_N_ROLES);

  if (self->role == role || !td_chat_message_can_set_role (self))
    return;

  self->role = role;
  self->role_changed = TRUE;
  forget_tokens (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
}

/** Returns: whether somebody else could have said this: calls of functions and their answers have no role in JSON */
gboolean
td_chat_message_can_set_role (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), FALSE);

  return self->kind == TD_CHAT_KIND_MESSAGE || self->kind == TD_CHAT_KIND_INPUT_TEXT;
}

/** Returns: (transfer none): what is said, which may be empty */
const char *
td_chat_message_get_text (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), "");

  return self->text;
}

/** Sets what is said. @text is UTF-8. */
void
td_chat_message_set_text (TdChatMessage *self,
                          const char    *text)
{
  g_return_if_fail (TD_IS_CHAT_MESSAGE (self));

  if (!g_set_str (&self->text, text != NULL ? text : ""))
    return;

  self->text_changed = TRUE;
  self->n_texts = 1;
  forget_tokens (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/** Returns: (transfer none) (nullable): the name of the one who speaks, where the message has one */
const char *
td_chat_message_get_name (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), NULL);

  return self->name;
}

/** Sets the name of the one who speaks; %NULL or an empty one takes it away. */
void
td_chat_message_set_name (TdChatMessage *self,
                          const char    *name)
{
  g_return_if_fail (TD_IS_CHAT_MESSAGE (self));

  if (!g_set_str (&self->name, name != NULL && *name != '\0' ? name : NULL))
    return;

  self->name_changed = TRUE;
  forget_tokens (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/** Returns: (transfer none) (nullable): harmony's channel, where the message says one */
const char *
td_chat_message_get_channel (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), NULL);

  return self->channel;
}

/** Returns: (transfer none) (nullable): the id of the call that this message answers */
const char *
td_chat_message_get_call_id (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), NULL);

  return self->call_id;
}

/** Returns: (transfer none) (nullable): the function whose answer this is, as far as it is known */
const char *
td_chat_message_get_function (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), NULL);

  return self->name != NULL ? self->name : self->function;
}

/* Private: what the conversation knows of the call that this message answers. */
void
_td_chat_message_set_function (TdChatMessage *self,
                               const char    *function)
{
  if (g_set_str (&self->function, function))
    forget_tokens (self);
}

/** Returns: how many functions the message calls */
guint
td_chat_message_get_n_calls (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), 0);

  return self->calls->len;
}

/** Returns: (transfer none): one of the calls */
const TdChatCall *
td_chat_message_get_call (TdChatMessage *self,
                          guint          index)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self) && index < self->calls->len, NULL);

  return &g_array_index (self->calls, TdChatCall, index);
}

/** Returns: how many pictures the message has */
guint
td_chat_message_get_n_images (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), 0);

  return self->images->len;
}

/** Returns: (transfer none): one of the pictures */
const TdChatImage *
td_chat_message_get_image (TdChatMessage *self,
                           guint          index)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self) && index < self->images->len, NULL);

  return &g_array_index (self->images, TdChatImage, index);
}

/** Returns: how many parts there are that cannot be counted here, such as sound and files */
guint
td_chat_message_get_n_unknown (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), 0);

  return self->n_unknown;
}

/**
 * td_chat_message_is_plain:
 * @self: a message
 *
 * Returns: whether it is of the kind whose tokens OpenAI's cookbook has compared with the service's own: a text from
 *   system, user or assistant
 */
gboolean
td_chat_message_is_plain (TdChatMessage *self)
{
  g_return_val_if_fail (TD_IS_CHAT_MESSAGE (self), FALSE);

  return (self->role == TD_CHAT_ROLE_SYSTEM || self->role == TD_CHAT_ROLE_USER || self->role == TD_CHAT_ROLE_ASSISTANT)
         && (self->kind == TD_CHAT_KIND_MESSAGE || self->kind == TD_CHAT_KIND_INPUT_TEXT)
         && self->n_texts <= 1 && self->n_unknown == 0 && self->images->len == 0 && self->calls->len == 0;
}
