/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "chat/td-chat-message.h"
#include "chat/td-chat-rules.h"
#include "pricing/td-json-writer.h"

G_BEGIN_DECLS

/**
 * TdChatKind:
 * @TD_CHAT_KIND_MESSAGE: an element of "messages", or an item of "input" that is a message
 * @TD_CHAT_KIND_INPUT_TEXT: "input" itself, where it is a string
 * @TD_CHAT_KIND_INSTRUCTIONS: the member "instructions" beside "input"
 * @TD_CHAT_KIND_CALL: an item of "input" that calls a function
 * @TD_CHAT_KIND_CALL_OUTPUT: an item of "input" that answers such a call
 * @TD_CHAT_KIND_OPAQUE: another item of "input", which is kept as it is
 *
 * What a message is in JSON.
 */
typedef enum
{
  TD_CHAT_KIND_MESSAGE,
  TD_CHAT_KIND_INPUT_TEXT,
  TD_CHAT_KIND_INSTRUCTIONS,
  TD_CHAT_KIND_CALL,
  TD_CHAT_KIND_CALL_OUTPUT,
  TD_CHAT_KIND_OPAQUE
} TdChatKind;

/**
 * TdChatTokens:
 *
 * The tokens of a message's texts in one vocabulary; all else that is counted follows from them.
 */
typedef struct
{
  guint64 text;
  guint64 name;
  guint64 calls;
  /* The message in harmony's form, and the messages that its calls are there; 0 in another vocabulary. */
  guint64 harmony;
  guint64 harmony_calls;
} TdChatTokens;

struct _TdChatMessage
{
  GObject parent_instance;

  /* owned */
  char *text;
  char *name;        /* nullable */
  char *channel;     /* nullable: harmony's, where the JSON has one */
  char *call_id;     /* nullable */
  char *function;    /* nullable: of the call with that id */
  GArray *calls;     /* of TdChatCall */
  GArray *images;    /* of TdChatImage */
  JsonObject *json;  /* nullable: as it was read; never changed */

  TdChatRole role;
  TdChatKind kind;
  guint n_texts;     /* how many parts the text was read from */
  guint n_unknown;   /* parts that nobody can count, such as sound */

  /* What differs from @json. */
  gboolean role_changed;
  gboolean text_changed;
  gboolean name_changed;

  /* td-chat-counter.c */
  TdChatTokens tokens[TD_CHAT_N_VOCABULARIES];
  gboolean tokens_known[TD_CHAT_N_VOCABULARIES];
  guint serial;      /* changes with everything that is counted */
};

/* td-chat-message.c */
void           _td_chat_message_set_function (TdChatMessage *self,
                                              const char    *function);

/* td-chat-message-reader.c */
TdChatMessage *_td_chat_message_read  (JsonNode       *node,
                                       gboolean        is_input,
                                       guint           number,
                                       GError        **error);

/* td-chat-writer.c */
void           _td_chat_message_write (TdChatMessage  *self,
                                       TdJsonWriter   *json);
void           _td_chat_write_node    (TdJsonWriter   *json,
                                       const char     *name,
                                       JsonNode       *node);

G_END_DECLS
