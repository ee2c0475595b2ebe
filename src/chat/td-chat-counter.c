/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "chat/td-chat-counter-private.h"
#include "chat/td-chat-harmony.h"

/**
 * TdChatCounter:
 *
 * Keeps the tokens of a conversation up to date. What is short is counted at once, before the next frame; long texts
 * are counted in a worker thread from a copy, and whatever has changed meanwhile again. Until then a number is not
 * known; no old one is given out. The sums of one vocabulary serve all models that share it.
 *
 * "changed" says that any number may have changed. All functions belong to one thread.
 */

/* So many bytes are counted on the main thread: less than a millisecond. */
#define SMALL_BYTES (8 * 1024)

/* hmarr/openai-chat-tokens: what the definitions add besides their text, what a message of the system saves, and what
 * it costs to forbid or to force a call. */
#define TYPESCRIPT_OVERHEAD 9
#define TYPESCRIPT_SYSTEM_DISCOUNT 4
#define CHOICE_NONE 1
#define CHOICE_NAMED 4

/* <|start|>assistant */
#define HARMONY_PROMPT_SPECIALS 1

typedef struct
{
  guint serial;        /* of the conversation, when this was computed */
  gboolean is_current;
  gboolean is_known;
  TdChatSums sums;
} Cache;

struct _TdChatCounter
{
  GObject parent_instance;

  /* owned */
  TdChat *chat;
  TkEncoder *encoders[TD_CHAT_N_VOCABULARIES];
  struct _Job *job;    /* nullable: what a worker is counting */
  char *error;         /* nullable */

  TdChatOpenFunc open;
  gpointer user_data;
  guint64 role_tokens[TD_CHAT_N_VOCABULARIES][TD_CHAT_N_ROLES];
  Cache caches[TD_CHAT_N_VOCABULARIES];
  guint update_id;
};

G_DEFINE_FINAL_TYPE (TdChatCounter, td_chat_counter, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean update_cb (gpointer user_data);

static void
queue_update (TdChatCounter *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_DEFAULT, update_cb, self, NULL);
}

static gboolean
fail (TdChatCounter *self,
      const char    *message)
{
  g_set_str (&self->error, message);

  return FALSE;
}

static TkEncoder *
get_encoder (TdChatCounter    *self,
             TdChatVocabulary  vocabulary)
{
  g_autoptr (GError) error = NULL;
  const TkEncoding *encoding;

  if (self->encoders[vocabulary] != NULL)
    return self->encoders[vocabulary];

  encoding = self->open (td_chat_vocabulary_get_encoding (vocabulary), self->user_data, &error);
  if (encoding == NULL)
    {
      fail (self, error != NULL ? error->message : "");
      return NULL;
    }

  self->encoders[vocabulary] = tk_encoder_new (encoding);
  for (guint i = 0; i < TD_CHAT_N_ROLES; i++)
    {
      const char *role = td_chat_role_to_name (i);
      TkError role_error;
      gsize n_tokens = 0;

      tk_count (self->encoders[vocabulary], role, strlen (role), NULL, &n_tokens, &role_error);
      self->role_tokens[vocabulary][i] = n_tokens;
    }

  return self->encoders[vocabulary];
}

/* Counting --------------------------------------------------------------------------------------------------------- */

typedef struct
{
  TdChatMessage *message;  /* the one that is shown */
  TdChatMessage *snapshot; /* the worker's */
  guint serial;
  TdChatTokens tokens[TD_CHAT_N_VOCABULARIES];
} JobItem;

typedef struct _Job
{
  GArray *items;
  const TkEncoding *encodings[TD_CHAT_N_VOCABULARIES];
} Job;

static void
clear_item (gpointer data)
{
  JobItem *item = data;

  g_clear_object (&item->message);
  g_clear_object (&item->snapshot);
}

static void
job_free (Job *job)
{
  g_array_unref (job->items);
  g_free (job);
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Job *job = data;
  TkError error;
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < TD_CHAT_N_VOCABULARIES; i++)
    {
      TkEncoder *encoder = tk_encoder_new (job->encodings[i]);

      for (guint j = 0; ok && j < job->items->len; j++)
        {
          JobItem *item = &g_array_index (job->items, JobItem, j);

          ok = _td_chat_message_count (item->snapshot, i, encoder, &item->tokens[i], &error);
        }
      tk_encoder_free (encoder);
    }

  g_task_return_boolean (task, ok);
}

static void
job_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  TdChatCounter *self = TD_CHAT_COUNTER (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  gboolean ok = g_task_propagate_boolean (G_TASK (result), NULL);

  if (self->job != job)
    return;

  self->job = NULL;
  for (guint i = 0; ok && i < job->items->len; i++)
    {
      JobItem *item = &g_array_index (job->items, JobItem, i);

      if (item->serial != item->message->serial)
        continue;

      for (guint j = 0; j < TD_CHAT_N_VOCABULARIES; j++)
        {
          item->message->tokens[j] = item->tokens[j];
          item->message->tokens_known[j] = TRUE;
        }
    }

  if (!ok)
    fail (self, _("The conversation could not be counted."));
  for (guint i = 0; i < TD_CHAT_N_VOCABULARIES; i++)
    self->caches[i].is_current = FALSE;
  queue_update (self);
}

static void
start_job (TdChatCounter *self,
           GPtrArray     *messages)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, job_done_cb, NULL);
  Job *job = g_new0 (Job, 1);

  job->items = g_array_new (FALSE, TRUE, sizeof (JobItem));
  g_array_set_clear_func (job->items, clear_item);
  for (guint i = 0; i < messages->len; i++)
    {
      TdChatMessage *message = g_ptr_array_index (messages, i);
      JobItem item = {
        .message = g_object_ref (message),
        .snapshot = _td_chat_message_snapshot (message),
        .serial = message->serial,
      };

      g_array_append_val (job->items, item);
    }
  for (guint i = 0; i < TD_CHAT_N_VOCABULARIES; i++)
    job->encodings[i] = self->open (td_chat_vocabulary_get_encoding (i), self->user_data, NULL);

  self->job = job;
  g_task_set_source_tag (task, start_job);
  g_task_set_name (task, "count a conversation");
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, run_job);
}

static gboolean
count_now (TdChatCounter *self,
           GPtrArray     *messages)
{
  for (guint i = 0; i < messages->len; i++)
    {
      TdChatMessage *message = g_ptr_array_index (messages, i);

      for (guint j = 0; j < TD_CHAT_N_VOCABULARIES; j++)
        {
          TkError error;

          if (!_td_chat_message_count (message, j, self->encoders[j], &message->tokens[j], &error))
            return fail (self, error.message);
          message->tokens_known[j] = TRUE;
        }
    }

  for (guint i = 0; i < TD_CHAT_N_VOCABULARIES; i++)
    self->caches[i].is_current = FALSE;

  return TRUE;
}

static gsize
measure (TdChatMessage *message)
{
  gsize size = 64 + strlen (message->text);

  for (guint i = 0; i < message->calls->len; i++)
    size += strlen (g_array_index (message->calls, TdChatCall, i).arguments);

  return size;
}

/* What is not known yet; borrowed from the conversation. */
static GPtrArray *
find_unknown (TdChatCounter *self,
              gsize         *n_bytes)
{
  GPtrArray *messages = g_ptr_array_new ();
  guint n = td_chat_get_n_messages (self->chat);

  *n_bytes = 0;
  for (guint i = 0; i < n; i++)
    {
      TdChatMessage *message = td_chat_get_message (self->chat, i);

      if (message->tokens_known[0])
        continue;
      g_ptr_array_add (messages, message);
      *n_bytes += measure (message);
    }

  return messages;
}

static void
update (TdChatCounter *self,
        gboolean       at_once)
{
  g_autoptr (GPtrArray) messages = NULL;
  gsize n_bytes;

  for (guint i = 0; i < TD_CHAT_N_VOCABULARIES; i++)
    {
      if (get_encoder (self, i) == NULL)
        return;
    }

  messages = find_unknown (self, &n_bytes);
  if (messages->len == 0)
    return;

  /* What a worker is busy with is not counted here too; it looks again when it is done. */
  if (at_once || (n_bytes <= SMALL_BYTES && self->job == NULL))
    count_now (self, messages);
  else if (self->job == NULL)
    start_job (self, messages);
}

static gboolean
update_cb (gpointer user_data)
{
  TdChatCounter *self = user_data;

  self->update_id = 0;
  update (self, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Object ----------------------------------------------------------------------------------------------------------- */

static void
td_chat_counter_dispose (GObject *object)
{
  TdChatCounter *self = TD_CHAT_COUNTER (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->chat);

  G_OBJECT_CLASS (td_chat_counter_parent_class)->dispose (object);
}

static void
td_chat_counter_finalize (GObject *object)
{
  TdChatCounter *self = TD_CHAT_COUNTER (object);

  for (guint i = 0; i < TD_CHAT_N_VOCABULARIES; i++)
    g_clear_pointer (&self->encoders[i], tk_encoder_free);
  g_free (self->error);

  G_OBJECT_CLASS (td_chat_counter_parent_class)->finalize (object);
}

static void
td_chat_counter_class_init (TdChatCounterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_chat_counter_dispose;
  object_class->finalize = td_chat_counter_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
td_chat_counter_init (TdChatCounter *self)
{
}

/**
 * td_chat_counter_new:
 * @chat: a conversation
 * @open: gives encodings; workers use what it gave
 * @user_data: for @open
 *
 * Returns: (transfer full): a new counter
 */
TdChatCounter *
td_chat_counter_new (TdChat         *chat,
                     TdChatOpenFunc  open,
                     gpointer        user_data)
{
  TdChatCounter *self = g_object_new (TD_TYPE_CHAT_COUNTER, NULL);

  g_return_val_if_fail (TD_IS_CHAT (chat) && open != NULL, self);

  self->chat = g_object_ref (chat);
  self->open = open;
  self->user_data = user_data;
  g_signal_connect_object (chat, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  queue_update (self);

  return self;
}

/** Returns: (transfer none): the conversation */
TdChat *
td_chat_counter_get_chat (TdChatCounter *self)
{
  g_return_val_if_fail (TD_IS_CHAT_COUNTER (self), NULL);

  return self->chat;
}

/** Returns: whether a number is not known yet */
gboolean
td_chat_counter_get_counting (TdChatCounter *self)
{
  g_return_val_if_fail (TD_IS_CHAT_COUNTER (self), FALSE);

  return self->error == NULL && (self->job != NULL || self->update_id != 0);
}

/** Returns: (transfer none) (nullable): why nothing can be counted */
const char *
td_chat_counter_get_error (TdChatCounter *self)
{
  g_return_val_if_fail (TD_IS_CHAT_COUNTER (self), NULL);

  return self->error;
}

/** Counts now what has not been counted yet, however long it takes: for programs without a main loop. */
void
td_chat_counter_finish (TdChatCounter *self)
{
  g_return_if_fail (TD_IS_CHAT_COUNTER (self));

  g_clear_handle_id (&self->update_id, g_source_remove);
  update (self, TRUE);
}

/* Numbers ---------------------------------------------------------------------------------------------------------- */

static const TdChatSums *
get_sums (TdChatCounter    *self,
          TdChatVocabulary  vocabulary)
{
  Cache *cache = &self->caches[vocabulary];
  guint n = td_chat_get_n_messages (self->chat);

  if (self->error != NULL || self->encoders[vocabulary] == NULL)
    return NULL;

  if (!cache->is_current || cache->serial != td_chat_get_serial (self->chat))
    {
      cache->serial = td_chat_get_serial (self->chat);
      cache->is_current = TRUE;
      cache->is_known = TRUE;
      cache->sums = (TdChatSums) { 0 };
      for (guint i = 0; i < n && cache->is_known; i++)
        {
          TdChatMessage *message = td_chat_get_message (self->chat, i);

          cache->is_known = message->tokens_known[vocabulary];
          _td_chat_sums_add (&cache->sums, message, &message->tokens[vocabulary]);
        }
    }

  return cache->is_known ? &cache->sums : NULL;
}

static TdChatMessage *
find_system (TdChat *chat)
{
  for (guint i = 0; i < td_chat_get_n_messages (chat); i++)
    {
      if (td_chat_message_get_role (td_chat_get_message (chat, i)) == TD_CHAT_ROLE_SYSTEM)
        return td_chat_get_message (chat, i);
    }

  return NULL;
}

static gboolean
count_text (TkEncoder  *encoder,
            const char *text,
            gint64     *sum)
{
  TkError error;
  gsize n_tokens;

  if (!tk_count (encoder, text, strlen (text), NULL, &n_tokens, &error))
    return FALSE;

  *sum += (gint64) n_tokens;

  return TRUE;
}

/* Where there are functions, the first message of the system ends with a line end. */
static gboolean
count_line_end (TdChatCounter    *self,
                TdChatVocabulary  vocabulary,
                gint64           *sum)
{
  TdChatMessage *message = find_system (self->chat);
  g_autofree char *text = NULL;

  if (message == NULL)
    return TRUE;

  *sum -= TYPESCRIPT_SYSTEM_DISCOUNT;
  if (*message->text == '\0' || g_str_has_suffix (message->text, "\n"))
    return TRUE;

  text = g_strconcat (message->text, "\n", NULL);
  *sum -= (gint64) message->tokens[vocabulary].text;

  return count_text (self->encoders[vocabulary], text, sum);
}

static gboolean
count_typescript (TdChatCounter    *self,
                  TdChatVocabulary  vocabulary,
                  guint64          *n_tokens)
{
  g_autofree char *text = td_chat_tools_to_typescript (td_chat_get_tools (self->chat));
  gint64 sum = TYPESCRIPT_OVERHEAD;
  gboolean is_none;
  const char *function;

  if (!count_text (self->encoders[vocabulary], text, &sum) || !count_line_end (self, vocabulary, &sum))
    return FALSE;

  function = td_chat_get_tool_choice (self->chat, &is_none);
  sum += is_none ? CHOICE_NONE : 0;
  if (function != NULL)
    {
      sum += CHOICE_NAMED;
      if (!count_text (self->encoders[vocabulary], function, &sum))
        return FALSE;
    }

  *n_tokens = (guint64) MAX (sum, 0);

  return TRUE;
}

/* What the definitions add to the message that they are written into. */
static gboolean
count_harmony (TdChatCounter *self,
               guint64       *n_tokens,
               gboolean      *is_sure)
{
  g_autofree char *text = td_chat_tools_to_harmony (td_chat_get_tools (self->chat), is_sure);
  g_autoptr (GArray) segments = td_chat_segments_new ();
  TdChatMessage *message = NULL;
  gboolean is_own;
  guint index = td_chat_harmony_find_tools (self->chat, &is_own);
  TkError error;

  if (is_own)
    {
      td_chat_harmony_append_tools (segments, text);
    }
  else
    {
      message = td_chat_get_message (self->chat, index);
      td_chat_harmony_append (segments, message, text);
    }

  if (!td_chat_segments_count (segments, self->encoders[TD_CHAT_VOCABULARY_O200K], n_tokens, &error))
    return FALSE;
  if (message != NULL)
    *n_tokens -= MIN (*n_tokens, message->tokens[TD_CHAT_VOCABULARY_O200K].harmony);

  return TRUE;
}

static gboolean
count_tools (TdChatCounter     *self,
             const TdChatRules *rules,
             TdChatToolFormula  formula,
             guint64           *n_tokens,
             gboolean          *is_sure)
{
  TdChatTools *tools = td_chat_get_tools (self->chat);
  TkError error;

  *n_tokens = 0;
  *is_sure = FALSE;
  if (tools == NULL || td_chat_tools_get_n (tools) == 0)
    {
      *is_sure = tools == NULL || td_chat_tools_get_n_unknown (tools) == 0;
      return TRUE;
    }

  switch (formula)
    {
    case TD_CHAT_TOOLS_BY_FIELDS:
      return td_chat_tools_count_fields (tools, self->encoders[rules->vocabulary], rules->function_init, n_tokens,
                                         &error);
    case TD_CHAT_TOOLS_AS_TYPESCRIPT:
      return count_typescript (self, rules->vocabulary, n_tokens);
    case TD_CHAT_TOOLS_HARMONY:
    default:
      return count_harmony (self, n_tokens, is_sure);
    }
}

/**
 * td_chat_counter_get_tools:
 * @self: a counter
 * @rules: how a model counts
 * @formula: the formula to use, whatever @rules say
 * @n_tokens: (out): the tokens of the definitions of functions
 *
 * Returns: whether they are known
 */
gboolean
td_chat_counter_get_tools (TdChatCounter     *self,
                           const TdChatRules *rules,
                           TdChatToolFormula  formula,
                           guint64           *n_tokens)
{
  gboolean is_sure;

  g_return_val_if_fail (TD_IS_CHAT_COUNTER (self), FALSE);

  return get_sums (self, rules->vocabulary) != NULL && count_tools (self, rules, formula, n_tokens, &is_sure);
}

/* What begins the answer. */
static guint64
count_priming (TdChatCounter     *self,
               const TdChatRules *rules)
{
  if (rules->is_harmony)
    return HARMONY_PROMPT_SPECIALS + self->role_tokens[rules->vocabulary][TD_CHAT_ROLE_ASSISTANT];

  return (guint64) MAX (rules->reply_priming, 0);
}

/**
 * td_chat_counter_get_total:
 * @self: a counter
 * @rules: how a model counts
 * @count: (out caller-allocates): the tokens of the whole conversation
 *
 * An empty conversation without functions has none. Costs the same however long the conversation is, but for the first
 * time after a change.
 *
 * Returns: %FALSE while they are being counted, or if they cannot be
 */
gboolean
td_chat_counter_get_total (TdChatCounter     *self,
                           const TdChatRules *rules,
                           TdChatCount       *count)
{
  const TdChatSums *sums;
  TdChatTools *tools;
  guint n;
  gboolean is_sure = TRUE;

  g_return_val_if_fail (TD_IS_CHAT_COUNTER (self) && rules != NULL && count != NULL, FALSE);

  *count = (TdChatCount) { 0 };
  sums = get_sums (self, rules->vocabulary);
  if (sums == NULL)
    return FALSE;

  n = td_chat_get_n_messages (self->chat);
  tools = td_chat_get_tools (self->chat);
  if (n == 0 && tools == NULL)
    return TRUE;

  _td_chat_sums_apply (sums, rules, self->role_tokens[rules->vocabulary], count);
  count->overhead += count_priming (self, rules);
  for (guint i = 0; sums->n_images > 0 && i < n; i++)
    _td_chat_count_images (td_chat_get_message (self->chat, i), rules, count);

  if (!count_tools (self, rules, rules->tools, &count->tools, &is_sure))
    return FALSE;
  if (tools != NULL)
    count->n_unknown += td_chat_tools_get_n_unknown (tools);

  is_sure &= rules->exactness == TD_CHAT_EXACT && (rules->is_harmony ? sums->n_unsure_harmony : sums->n_unsure) == 0;
  _td_chat_count_finish (count, is_sure);

  return TRUE;
}

/**
 * td_chat_counter_get_message:
 * @self: a counter
 * @message: one of its conversation's messages
 * @rules: how a model counts
 * @count: (out caller-allocates): the tokens of the message
 *
 * The definitions of functions and what begins the answer belong to no message; with them, the messages add up to
 * the total.
 *
 * Returns: %FALSE while they are being counted, or if they cannot be
 */
gboolean
td_chat_counter_get_message (TdChatCounter     *self,
                             TdChatMessage     *message,
                             const TdChatRules *rules,
                             TdChatCount       *count)
{
  TdChatSums sums = { 0 };
  gboolean is_sure;

  g_return_val_if_fail (TD_IS_CHAT_COUNTER (self) && TD_IS_CHAT_MESSAGE (message), FALSE);
  g_return_val_if_fail (rules != NULL && count != NULL, FALSE);

  *count = (TdChatCount) { 0 };
  if (self->error != NULL || !message->tokens_known[rules->vocabulary] || self->encoders[rules->vocabulary] == NULL)
    return FALSE;

  _td_chat_sums_add (&sums, message, &message->tokens[rules->vocabulary]);
  _td_chat_sums_apply (&sums, rules, self->role_tokens[rules->vocabulary], count);
  _td_chat_count_images (message, rules, count);
  is_sure = rules->exactness == TD_CHAT_EXACT && (rules->is_harmony ? sums.n_unsure_harmony : sums.n_unsure) == 0;
  _td_chat_count_finish (count, is_sure);

  return TRUE;
}
