/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat/td-chat-harmony.h"
#include "chat/td-chat-message-private.h"

/*
 * The format gpt-oss reads, after openai/harmony: docs/format.md for the form, src/encoding.rs for what is tokenized
 * together. Special tokens stand between the texts, so no token of a text reaches into another one.
 *
 *   <|start|>ROLE[:NAME][ to=RECIPIENT][<|channel|>CHANNEL][ <|constrain|>TYPE]<|message|>CONTENT<|end|>
 *
 * The texts of a conversation become this: an assistant's answer is on the channel "final", what it says before
 * calling functions and the calls are on "commentary", a tool's answer carries the name of its function and is addressed
 * to the assistant. A developer's message gets the heading "# Instructions"; the functions are defined at its end.
 */

#define INSTRUCTIONS "# Instructions\n\n"

static void
clear_segment (gpointer data)
{
  TdChatSegment *segment = data;

  g_free (segment->text);
}

/** Returns: (transfer full): an empty list of #TdChatSegment */
GArray *
td_chat_segments_new (void)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (TdChatSegment));

  g_array_set_clear_func (segments, clear_segment);

  return segments;
}

static void
append (GArray     *segments,
        gboolean    is_special,
        const char *text)
{
  TdChatSegment segment = { .text = g_strdup (text), .is_special = is_special };

  if (*text == '\0')
    g_free (segment.text);
  else
    g_array_append_val (segments, segment);
}

static void
append_special (GArray     *segments,
                const char *text)
{
  append (segments, TRUE, text);
}

static void
append_text (GArray     *segments,
             const char *text)
{
  append (segments, FALSE, text);
}

static void
append_channel (GArray     *segments,
                const char *channel)
{
  append_special (segments, "<|channel|>");
  append_text (segments, channel);
}

/** Returns: (transfer full): all segments as one text */
char *
td_chat_segments_to_text (GArray *segments)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < segments->len; i++)
    g_string_append (text, g_array_index (segments, TdChatSegment, i).text);

  return g_string_free (text, FALSE);
}

/**
 * td_chat_segments_count:
 * @segments: a list of #TdChatSegment
 * @encoder: one of o200k_base or o200k_harmony
 * @n_tokens: (out): the tokens
 * @error: what went wrong
 *
 * Returns: whether they could be counted
 */
gboolean
td_chat_segments_count (GArray    *segments,
                        TkEncoder *encoder,
                        guint64   *n_tokens,
                        TkError   *error)
{
  *n_tokens = 0;
  for (guint i = 0; i < segments->len; i++)
    {
      const TdChatSegment *segment = &g_array_index (segments, TdChatSegment, i);
      gsize n = 1;

      if (!segment->is_special && !tk_count (encoder, segment->text, strlen (segment->text), NULL, &n, error))
        return FALSE;
      *n_tokens += n;
    }

  return TRUE;
}

static void
append_author (GArray        *segments,
               TdChatMessage *message)
{
  TdChatRole role = td_chat_message_get_role (message);
  const char *name = td_chat_message_get_name (message);

  if (role == TD_CHAT_ROLE_TOOL || role == TD_CHAT_ROLE_FUNCTION)
    {
      const char *function = td_chat_message_get_function (message);
      g_autofree char *author = function == NULL ? g_strdup (td_chat_role_to_name (role))
                                : strchr (function, '.') != NULL ? g_strdup (function)
                                                                 : g_strconcat ("functions.", function, NULL);

      append_text (segments, author);
      append_text (segments, " to=assistant");
      return;
    }

  append_text (segments, td_chat_role_to_name (role));
  if (name != NULL)
    {
      g_autofree char *suffix = g_strconcat (":", name, NULL);

      append_text (segments, suffix);
    }
}

static const char *
find_channel (TdChatMessage *message)
{
  TdChatRole role = td_chat_message_get_role (message);

  if (td_chat_message_get_channel (message) != NULL)
    return td_chat_message_get_channel (message);
  if (role == TD_CHAT_ROLE_TOOL || role == TD_CHAT_ROLE_FUNCTION)
    return "commentary";
  if (role == TD_CHAT_ROLE_ASSISTANT)
    return td_chat_message_get_n_calls (message) > 0 ? "commentary" : "final";

  return NULL;
}

/* A developer's message is one text with headings, which it may already have. */
static void
append_instructions (GArray        *segments,
                     TdChatMessage *message,
                     const char    *tools)
{
  const char *text = td_chat_message_get_text (message);
  g_autofree char *whole = g_strconcat (g_str_has_prefix (text, "# ") ? "" : INSTRUCTIONS, text,
                                        tools != NULL ? "\n\n" : "", tools, NULL);

  append_text (segments, whole);
}

/**
 * td_chat_harmony_append:
 * @segments: where to add
 * @message: a message
 * @tools: (nullable): definitions of functions to write into it, if it is a developer's
 *
 * Adds a message, without the functions it calls. An assistant that only calls functions says nothing here.
 */
void
td_chat_harmony_append (GArray        *segments,
                        TdChatMessage *message,
                        const char    *tools)
{
  const char *channel = find_channel (message);

  if (message->kind == TD_CHAT_KIND_OPAQUE)
    return;
  if (*td_chat_message_get_text (message) == '\0' && td_chat_message_get_n_calls (message) > 0)
    return;

  append_special (segments, "<|start|>");
  append_author (segments, message);
  if (channel != NULL)
    append_channel (segments, channel);
  append_special (segments, "<|message|>");
  if (td_chat_message_get_role (message) == TD_CHAT_ROLE_DEVELOPER)
    append_instructions (segments, message, tools);
  else
    append_text (segments, td_chat_message_get_text (message));
  append_special (segments, "<|end|>");
}

/**
 * td_chat_harmony_append_calls:
 * @segments: where to add
 * @message: a message
 *
 * Adds the functions that it calls, each of which is a message in harmony.
 */
void
td_chat_harmony_append_calls (GArray        *segments,
                              TdChatMessage *message)
{
  for (guint i = 0; i < td_chat_message_get_n_calls (message); i++)
    {
      const TdChatCall *call = td_chat_message_get_call (message, i);
      g_autofree char *recipient = g_strconcat (" to=functions.", call->name, NULL);

      append_special (segments, "<|start|>");
      append_text (segments, "assistant");
      append_text (segments, recipient);
      append_channel (segments, "commentary");
      append_text (segments, " ");
      append_special (segments, "<|constrain|>");
      append_text (segments, "json");
      append_special (segments, "<|message|>");
      append_text (segments, call->arguments);
      append_special (segments, "<|call|>");
    }
}

/** Adds a developer's message of its own that defines functions. */
void
td_chat_harmony_append_tools (GArray     *segments,
                              const char *tools)
{
  append_special (segments, "<|start|>");
  append_text (segments, "developer");
  append_special (segments, "<|message|>");
  append_text (segments, tools);
  append_special (segments, "<|end|>");
}

/** Adds what begins the answer. */
void
td_chat_harmony_append_prompt (GArray *segments)
{
  append_special (segments, "<|start|>");
  append_text (segments, "assistant");
}

/**
 * td_chat_harmony_find_tools:
 * @chat: a conversation
 * @is_own: (out): whether the functions need a message of their own
 *
 * Finds where the functions are defined: in the first developer's message, or else in one after the system's first.
 *
 * Returns: the index of that message, or of the one that theirs comes before
 */
guint
td_chat_harmony_find_tools (TdChat   *chat,
                            gboolean *is_own)
{
  guint n = td_chat_get_n_messages (chat);
  guint n_system = 0;

  for (guint i = 0; i < n; i++)
    {
      if (td_chat_message_get_role (td_chat_get_message (chat, i)) == TD_CHAT_ROLE_DEVELOPER)
        {
          *is_own = FALSE;
          return i;
        }
    }

  while (n_system < n && td_chat_message_get_role (td_chat_get_message (chat, n_system)) == TD_CHAT_ROLE_SYSTEM)
    n_system++;

  *is_own = TRUE;

  return n_system;
}

/**
 * td_chat_harmony_render:
 * @chat: a conversation
 *
 * Writes all of it as gpt-oss reads it, up to the beginning of the answer.
 *
 * Returns: (transfer full): a list of #TdChatSegment
 */
GArray *
td_chat_harmony_render (TdChat *chat)
{
  GArray *segments = td_chat_segments_new ();
  TdChatTools *tools = td_chat_get_tools (chat);
  gboolean is_sure;
  gboolean is_own;
  guint at = td_chat_harmony_find_tools (chat, &is_own);
  g_autofree char *definitions = tools != NULL && td_chat_tools_get_n (tools) > 0
                                 ? td_chat_tools_to_harmony (tools, &is_sure) : NULL;

  for (guint i = 0; i < td_chat_get_n_messages (chat); i++)
    {
      TdChatMessage *message = td_chat_get_message (chat, i);

      if (i == at && is_own && definitions != NULL)
        td_chat_harmony_append_tools (segments, definitions);
      td_chat_harmony_append (segments, message, i == at ? definitions : NULL);
      td_chat_harmony_append_calls (segments, message);
    }

  if (at >= td_chat_get_n_messages (chat) && definitions != NULL)
    td_chat_harmony_append_tools (segments, definitions);
  td_chat_harmony_append_prompt (segments);

  return segments;
}
