/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TdChatRole:
 * @TD_CHAT_ROLE_FUNCTION: what the role "tool" was called in 2023; read and written, no longer offered
 *
 * Who speaks.
 */
typedef enum
{
  TD_CHAT_ROLE_SYSTEM,
  TD_CHAT_ROLE_DEVELOPER,
  TD_CHAT_ROLE_USER,
  TD_CHAT_ROLE_ASSISTANT,
  TD_CHAT_ROLE_TOOL,
  TD_CHAT_ROLE_FUNCTION
} TdChatRole;

#define TD_CHAT_N_ROLES (TD_CHAT_ROLE_FUNCTION + 1)

const char *td_chat_role_to_name   (TdChatRole  role);
gboolean    td_chat_role_from_name (const char *name,
                                    TdChatRole *role);

/**
 * TdChatCall:
 * @name: the function
 * @arguments: what it is called with, as the model wrote it
 * @id: (nullable): what the answer refers to
 *
 * A function that an assistant's message calls.
 */
typedef struct
{
  char *name;
  char *arguments;
  char *id;
} TdChatCall;

/**
 * TdChatImage:
 * @width: in pixels, or 0 if the image is elsewhere or of an unknown kind
 * @height: in pixels, or 0
 * @low_detail: whether the model is to look at it only roughly
 *
 * A picture within a message.
 */
typedef struct
{
  guint width;
  guint height;
  gboolean low_detail;
} TdChatImage;

#define TD_TYPE_CHAT_MESSAGE (td_chat_message_get_type ())

G_DECLARE_FINAL_TYPE (TdChatMessage, td_chat_message, TD, CHAT_MESSAGE, GObject)

TdChatMessage     *td_chat_message_new            (TdChatRole     role,
                                                   const char    *text);

TdChatRole         td_chat_message_get_role       (TdChatMessage *self);
void               td_chat_message_set_role       (TdChatMessage *self,
                                                   TdChatRole     role);
gboolean           td_chat_message_can_set_role   (TdChatMessage *self);
const char        *td_chat_message_get_text       (TdChatMessage *self);
void               td_chat_message_set_text       (TdChatMessage *self,
                                                   const char    *text);
const char        *td_chat_message_get_name       (TdChatMessage *self);
void               td_chat_message_set_name       (TdChatMessage *self,
                                                   const char    *name);
const char        *td_chat_message_get_channel    (TdChatMessage *self);
const char        *td_chat_message_get_call_id    (TdChatMessage *self);
const char        *td_chat_message_get_function   (TdChatMessage *self);
guint              td_chat_message_get_n_calls    (TdChatMessage *self);
const TdChatCall  *td_chat_message_get_call       (TdChatMessage *self,
                                                   guint          index);
guint              td_chat_message_get_n_images   (TdChatMessage *self);
const TdChatImage *td_chat_message_get_image      (TdChatMessage *self,
                                                   guint          index);
guint              td_chat_message_get_n_unknown  (TdChatMessage *self);
gboolean           td_chat_message_is_plain       (TdChatMessage *self);

G_END_DECLS
