/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat/td-chat-counter-private.h"
#include "chat/td-chat-harmony.h"
#include "pricing/td-quote.h"

/* From hmarr/openai-chat-tokens, for want of anything official: what a call adds besides name and arguments, and what
 * the role "function" saves. */
#define CALL_OVERHEAD 3
#define FUNCTION_ROLE_DISCOUNT 2

static gboolean
add_text (TkEncoder  *encoder,
          const char *text,
          guint64    *sum,
          TkError    *error)
{
  gsize n_tokens;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (!tk_count (encoder, text, strlen (text), NULL, &n_tokens, error))
    return FALSE;

  *sum += n_tokens;

  return TRUE;
}

/* The text has been counted already, and may be long. */
static gboolean
count_harmony (TdChatMessage *self,
               TkEncoder     *encoder,
               TdChatTokens  *tokens,
               TkError       *error)
{
  g_autoptr (GArray) frame = td_chat_segments_new ();
  g_autoptr (GArray) calls = td_chat_segments_new ();

  td_chat_harmony_append (frame, self, NULL);
  td_chat_harmony_append_calls (calls, self);

  for (guint i = 0; i < frame->len; i++)
    {
      const TdChatSegment *segment = &g_array_index (frame, TdChatSegment, i);

      if (segment->is_special)
        tokens->harmony++;
      else if (g_str_equal (segment->text, self->text))
        tokens->harmony += tokens->text;
      else if (!add_text (encoder, segment->text, &tokens->harmony, error))
        return FALSE;
    }

  return td_chat_segments_count (calls, encoder, &tokens->harmony_calls, error);
}

/* Private: counts a message's texts. Any thread may do this with a message that no other one uses. */
gboolean
_td_chat_message_count (TdChatMessage    *self,
                        TdChatVocabulary  vocabulary,
                        TkEncoder        *encoder,
                        TdChatTokens     *tokens,
                        TkError          *error)
{
  *tokens = (TdChatTokens) { 0 };

  if (!add_text (encoder, self->text, &tokens->text, error) || !add_text (encoder, self->name, &tokens->name, error))
    return FALSE;

  for (guint i = 0; i < self->calls->len; i++)
    {
      const TdChatCall *call = &g_array_index (self->calls, TdChatCall, i);

      if (!add_text (encoder, call->name, &tokens->calls, error)
          || !add_text (encoder, call->arguments, &tokens->calls, error))
        return FALSE;
    }

  return vocabulary != TD_CHAT_VOCABULARY_O200K || count_harmony (self, encoder, tokens, error);
}

/* Private: a copy of what is counted, for another thread. */
TdChatMessage *
_td_chat_message_snapshot (TdChatMessage *self)
{
  TdChatMessage *copy = td_chat_message_new (self->role, self->text);

  copy->kind = self->kind;
  copy->name = g_strdup (self->name);
  copy->channel = g_strdup (self->channel);
  copy->function = g_strdup (self->function);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const TdChatCall *call = &g_array_index (self->calls, TdChatCall, i);
      TdChatCall copied = { g_strdup (call->name), g_strdup (call->arguments), g_strdup (call->id) };

      g_array_append_val (copy->calls, copied);
    }

  return copy;
}

/* Private: whether it is a message of its own, rather than an item of another kind. */
gboolean
_td_chat_message_has_frame (TdChatMessage *self)
{
  return self->kind != TD_CHAT_KIND_OPAQUE && self->kind != TD_CHAT_KIND_CALL;
}

static gboolean
is_sure_in_harmony (TdChatMessage *message)
{
  gboolean is_answer = message->role == TD_CHAT_ROLE_TOOL || message->role == TD_CHAT_ROLE_FUNCTION;

  return message->n_texts <= 1 && message->n_unknown == 0 && message->images->len == 0
         && (!is_answer || td_chat_message_get_function (message) != NULL);
}

/* Private: adds a message. */
void
_td_chat_sums_add (TdChatSums         *sums,
                   TdChatMessage      *message,
                   const TdChatTokens *tokens)
{
  sums->text += tokens->text;
  sums->name += tokens->name;
  sums->calls += tokens->calls;
  sums->harmony += tokens->harmony;
  sums->harmony_calls += tokens->harmony_calls;
  sums->n_roles[message->role] += _td_chat_message_has_frame (message) ? 1 : 0;
  sums->n_names += message->name != NULL ? 1 : 0;
  sums->n_calls += message->calls->len;
  sums->n_images += message->images->len;
  sums->n_unknown += message->n_unknown;
  sums->n_unsure += td_chat_message_is_plain (message) ? 0 : 1;
  sums->n_unsure_harmony += is_sure_in_harmony (message) ? 0 : 1;
}

/* Private: what stands around the messages, and what they call. */
void
_td_chat_sums_apply (const TdChatSums  *sums,
                     const TdChatRules *rules,
                     const guint64     *role_tokens,
                     TdChatCount       *count)
{
  gint64 overhead = 0;

  count->text = sums->text;
  count->n_unknown = sums->n_unknown;

  if (rules->is_harmony)
    {
      count->calls = sums->harmony_calls;
      count->overhead = sums->harmony - MIN (sums->text, sums->harmony);
      return;
    }

  for (guint i = 0; i < TD_CHAT_N_ROLES; i++)
    overhead += (gint64) sums->n_roles[i] * (rules->per_message + (gint64) role_tokens[i]);
  overhead += (gint64) sums->name + (gint64) sums->n_names * rules->per_name;
  overhead -= (gint64) sums->n_roles[TD_CHAT_ROLE_FUNCTION] * FUNCTION_ROLE_DISCOUNT;

  count->overhead = (guint64) MAX (overhead, 0);
  count->calls = sums->calls + (guint64) sums->n_calls * CALL_OVERHEAD;
}

/* Private: adds the pictures of a message, as far as their size is known. */
void
_td_chat_count_images (TdChatMessage     *message,
                       const TdChatRules *rules,
                       TdChatCount       *count)
{
  for (guint i = 0; i < message->images->len; i++)
    {
      const TdChatImage *image = &g_array_index (message->images, TdChatImage, i);
      guint64 n_tokens = rules->images != NULL
                         ? td_image_formula_count (rules->images, image->width, image->height, image->low_detail)
                         : TD_TOKENS_UNKNOWN;

      if (n_tokens == TD_TOKENS_UNKNOWN)
        count->n_unknown++;
      else
        count->images += n_tokens;
    }
}

/* Private: adds up. */
void
_td_chat_count_finish (TdChatCount *count,
                       gboolean     is_sure)
{
  count->total = count->text + count->overhead + count->calls + count->images + count->tools;

  if (count->n_unknown > 0)
    count->exactness = TD_CHAT_AT_LEAST;
  else
    count->exactness = is_sure ? TD_CHAT_EXACT : TD_CHAT_ESTIMATE;
}
