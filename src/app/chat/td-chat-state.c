/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/chat/td-chat-state.h"
#include "app/chat/td-chat-text.h"
#include "app/editor/td-encodings.h"
#include "chat/td-chat-harmony.h"
#include "pricing/td-format.h"

/**
 * TdChatState:
 *
 * What the rows and the footer of a page share: the conversation, its counter, and the model it is counted for.
 *
 * "counts-changed" says that numbers may have changed, "look-changed" that texts have to be split anew, "removed" that
 * a message has gone, and "placed" that one was added or moved and wants to be seen.
 */

#define DEFAULT_MODEL "gpt-4o"

/* How many bytes of a message are shown as long as it is not edited, and how many are looked at to split them. */
#define SHOWN_BYTES 3000
#define SPLIT_BYTES (SHOWN_BYTES + 200)

struct _TdChatState
{
  GObject parent_instance;

  /* owned */
  TdChat *chat;
  TdChatCounter *counter;
  GListModel *models;
  TdModel *model;
  TkEncoder *encoders[TD_CHAT_N_VOCABULARIES];

  TdChatRules rules;
  gboolean show_special;
};

G_DEFINE_FINAL_TYPE (TdChatState, td_chat_state, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SHOW_SPECIAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  COUNTS_CHANGED,
  LOOK_CHANGED,
  REMOVED,
  PLACED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const TkEncoding *
open_encoding (TkEncodingId   id,
               gpointer       user_data,
               GError       **error)
{
  return td_encodings_get (id, error);
}

static void
emit_counts_changed (TdChatState *self)
{
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
}

static gboolean
takes_chats (gpointer item,
             gpointer user_data)
{
  TdChatRules rules;

  return td_chat_rules_for_model (&rules, item);
}

static void
td_chat_state_dispose (GObject *object)
{
  TdChatState *self = TD_CHAT_STATE (object);

  g_clear_object (&self->counter);
  g_clear_object (&self->chat);
  g_clear_object (&self->models);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (td_chat_state_parent_class)->dispose (object);
}

static void
td_chat_state_finalize (GObject *object)
{
  TdChatState *self = TD_CHAT_STATE (object);

  for (guint i = 0; i < TD_CHAT_N_VOCABULARIES; i++)
    g_clear_pointer (&self->encoders[i], tk_encoder_free);

  G_OBJECT_CLASS (td_chat_state_parent_class)->finalize (object);
}

static void
td_chat_state_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_SPECIAL:
      g_value_set_boolean (value, TD_CHAT_STATE (object)->show_special);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_chat_state_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_SPECIAL:
      td_chat_state_set_show_special (TD_CHAT_STATE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_chat_state_class_init (TdChatStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = td_chat_state_dispose;
  object_class->finalize = td_chat_state_finalize;
  object_class->get_property = td_chat_state_get_property;
  object_class->set_property = td_chat_state_set_property;

  /* Whether messages are shown as gpt-oss reads them, with the special tokens around them. */
  properties[PROP_SHOW_SPECIAL] =
    g_param_spec_boolean ("show-special", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[COUNTS_CHANGED] = g_signal_new ("counts-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[LOOK_CHANGED] = g_signal_new ("look-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   TD_TYPE_CHAT_MESSAGE, G_TYPE_UINT);
  signals[PLACED] = g_signal_new ("placed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
td_chat_state_init (TdChatState *self)
{
  self->chat = td_chat_new ();
  self->counter = td_chat_counter_new (self->chat, open_encoding, NULL);
  g_signal_connect_object (self->counter, "changed", G_CALLBACK (emit_counts_changed), self, G_CONNECT_SWAPPED);
}

/**
 * td_chat_state_new:
 * @catalogue: where the models are
 *
 * Returns: (transfer full): an empty conversation for GPT-4o
 */
TdChatState *
td_chat_state_new (TdCatalogue *catalogue)
{
  TdChatState *self = g_object_new (TD_TYPE_CHAT_STATE, NULL);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (takes_chats, NULL, NULL));

  self->models = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (catalogue)), filter));
  td_chat_state_set_model (self, td_catalogue_find (catalogue, DEFAULT_MODEL));

  return self;
}

/** Returns: (transfer none): the conversation */
TdChat *
td_chat_state_get_chat (TdChatState *self)
{
  g_return_val_if_fail (TD_IS_CHAT_STATE (self), NULL);

  return self->chat;
}

/** Returns: (transfer none): what counts it */
TdChatCounter *
td_chat_state_get_counter (TdChatState *self)
{
  g_return_val_if_fail (TD_IS_CHAT_STATE (self), NULL);

  return self->counter;
}

/** Returns: (transfer none): the models that take conversations and can be counted for */
GListModel *
td_chat_state_get_models (TdChatState *self)
{
  g_return_val_if_fail (TD_IS_CHAT_STATE (self), NULL);

  return self->models;
}

/** Returns: (transfer none): the model that is counted for */
TdModel *
td_chat_state_get_model (TdChatState *self)
{
  g_return_val_if_fail (TD_IS_CHAT_STATE (self), NULL);

  return self->model;
}

/** Sets the model that is counted for. One that takes no conversations is refused. */
void
td_chat_state_set_model (TdChatState *self,
                         TdModel     *model)
{
  TdChatRules rules;

  g_return_if_fail (TD_IS_CHAT_STATE (self));

  if (model == NULL || model == self->model || !td_chat_rules_for_model (&rules, model))
    return;

  g_set_object (&self->model, model);
  self->rules = rules;
  g_signal_emit (self, signals[LOOK_CHANGED], 0);
  emit_counts_changed (self);
}

/** Returns: (transfer none): how that model counts */
const TdChatRules *
td_chat_state_get_rules (TdChatState *self)
{
  g_return_val_if_fail (TD_IS_CHAT_STATE (self), NULL);

  return &self->rules;
}

/** Returns: whether messages are shown with their special tokens, where the model has them */
gboolean
td_chat_state_get_show_special (TdChatState *self)
{
  g_return_val_if_fail (TD_IS_CHAT_STATE (self), FALSE);

  return self->show_special;
}

/** Sets whether messages are shown with their special tokens. */
void
td_chat_state_set_show_special (TdChatState *self,
                                gboolean     show_special)
{
  g_return_if_fail (TD_IS_CHAT_STATE (self));

  if (self->show_special == show_special)
    return;

  self->show_special = show_special;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SPECIAL]);
  g_signal_emit (self, signals[LOOK_CHANGED], 0);
}

/* Changing the list ------------------------------------------------------------------------------------------------ */

/**
 * td_chat_state_add:
 * @self: the state
 * @after: (nullable): the message to add one after; %NULL for the end
 * @role: who speaks
 * @text: what
 *
 * Adds a message, which wants to be edited if it is empty.
 */
void
td_chat_state_add (TdChatState   *self,
                   TdChatMessage *after,
                   TdChatRole     role,
                   const char    *text)
{
  g_autoptr (TdChatMessage) message = td_chat_message_new (role, text);
  guint index;

  g_return_if_fail (TD_IS_CHAT_STATE (self));

  if (after != NULL && td_chat_find (self->chat, after, &index))
    index++;
  else
    index = td_chat_get_n_messages (self->chat);

  td_chat_insert (self->chat, index, message);
  g_signal_emit (self, signals[PLACED], 0, index, *text == '\0');
}

/** Moves a message by some places, as far as there is room. */
void
td_chat_state_move (TdChatState   *self,
                    TdChatMessage *message,
                    int            places)
{
  guint index;
  int target;

  g_return_if_fail (TD_IS_CHAT_STATE (self));

  if (!td_chat_find (self->chat, message, &index))
    return;

  target = CLAMP ((int) index + places, 0, (int) td_chat_get_n_messages (self->chat) - 1);
  if (target == (int) index)
    return;

  td_chat_move (self->chat, index, (guint) target);
  g_signal_emit (self, signals[PLACED], 0, (guint) target, FALSE);
}

/** Moves a message to where another one is. */
void
td_chat_state_move_to (TdChatState   *self,
                       TdChatMessage *message,
                       TdChatMessage *target)
{
  guint from;
  guint to;

  g_return_if_fail (TD_IS_CHAT_STATE (self));

  if (td_chat_find (self->chat, message, &from) && td_chat_find (self->chat, target, &to))
    td_chat_state_move (self, message, (int) to - (int) from);
}

/** Takes a message out; "removed" tells where it was. */
void
td_chat_state_remove (TdChatState   *self,
                      TdChatMessage *message)
{
  g_autoptr (TdChatMessage) kept = g_object_ref (message);
  guint index;

  g_return_if_fail (TD_IS_CHAT_STATE (self));

  if (!td_chat_find (self->chat, message, &index))
    return;

  td_chat_remove (self->chat, index);
  g_signal_emit (self, signals[REMOVED], 0, kept, index);
}

/* Showing ---------------------------------------------------------------------------------------------------------- */

static TkEncoder *
get_encoder (TdChatState *self)
{
  TdChatVocabulary vocabulary = self->rules.vocabulary;

  if (self->encoders[vocabulary] == NULL)
    {
      const TkEncoding *encoding = td_encodings_get (td_chat_vocabulary_get_encoding (vocabulary), NULL);

      if (encoding != NULL)
        self->encoders[vocabulary] = tk_encoder_new (encoding);
    }

  return self->encoders[vocabulary];
}

/* The largest place between characters that is no farther than @limit. */
static gsize
cut (const char *text,
     gsize       limit)
{
  gsize length = strlen (text);

  if (length <= limit)
    return length;

  while (limit > 0 && ((guchar) text[limit] & 0xc0) == 0x80)
    limit--;

  return limit;
}

static void
append_text (TdChatState *self,
             GString     *out,
             GArray      *spans,
             const char  *text)
{
  TkEncoder *encoder = get_encoder (self);
  gsize shown = cut (text, SHOWN_BYTES);
  gsize split = cut (text, SPLIT_BYTES);
  g_autofree TkId *ids = g_new (TkId, split + 1);
  g_autofree guint32 *lengths = g_new (guint32, split + 1);
  gsize n_tokens = 0;
  gsize at = 0;

  if (encoder != NULL && !tk_encode (encoder, text, split, NULL, ids, lengths, split, &n_tokens, NULL))
    n_tokens = 0;

  for (gsize i = 0; i < n_tokens && at < shown; i++)
    {
      TdChatSpan span = { .n_bytes = (guint32) MIN (lengths[i], shown - at) };

      g_array_append_val (spans, span);
      at += span.n_bytes;
    }

  g_string_append_len (out, text, (gssize) shown);
  if (shown < strlen (text))
    g_string_append (out, "…");
}

/* Only the content may be cut, and what follows it is still shown: the ellipsis is no token and gets a span. */
static void
append_segments (TdChatState *self,
                 GString     *out,
                 GArray      *spans,
                 GArray      *segments)
{
  for (guint i = 0; i < segments->len; i++)
    {
      const TdChatSegment *segment = &g_array_index (segments, TdChatSegment, i);
      gsize before = out->len;

      if (segment->is_special)
        {
          TdChatSpan span = { .n_bytes = (guint32) strlen (segment->text), .is_special = TRUE };

          g_array_append_val (spans, span);
          g_string_append (out, segment->text);
          continue;
        }

      append_text (self, out, spans, segment->text);
      if (out->len - before != strlen (segment->text))
        g_array_index (spans, TdChatSpan, spans->len - 1).n_bytes += (guint32) strlen ("…");
    }
}

/**
 * td_chat_state_render:
 * @self: the state
 * @message: a message
 * @spans: (inout): receives the #TdChatSpan of the tokens
 *
 * Gives the beginning of a message to be looked at, alone or with its special tokens.
 *
 * Returns: (transfer full): the text; an ellipsis at its end says that there is more
 */
char *
td_chat_state_render (TdChatState   *self,
                      TdChatMessage *message,
                      GArray        *spans)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (TD_IS_CHAT_STATE (self), NULL);

  if (self->show_special && self->rules.is_harmony)
    {
      g_autoptr (GArray) segments = td_chat_segments_new ();

      td_chat_harmony_append (segments, message, NULL);
      td_chat_harmony_append_calls (segments, message);
      append_segments (self, out, spans, segments);
    }
  else
    {
      append_text (self, out, spans, td_chat_message_get_text (message));
    }

  return g_string_free (out, FALSE);
}

/** Returns: (transfer none): the sign before a number that is not exact, or nothing */
const char *
td_chat_exactness_mark (TdChatExactness exactness)
{
  static const char * const marks[] = { "", "≈\302\240", "≥\302\240" };

  return marks[exactness];
}

/**
 * td_chat_state_describe:
 * @self: the state
 * @message: a message
 * @in_words: whether for a tooltip and for assistive technology, rather than for the corner of a row
 *
 * Returns: (transfer full): the tokens of a message, as "12 + 4"; "…" while they are being counted
 */
char *
td_chat_state_describe (TdChatState   *self,
                        TdChatMessage *message,
                        gboolean       in_words)
{
  g_autofree char *text = NULL;
  g_autofree char *rest = NULL;
  TdChatCount count;

  g_return_val_if_fail (TD_IS_CHAT_STATE (self), NULL);

  if (!td_chat_counter_get_message (self->counter, message, &self->rules, &count))
    return g_strdup ("…");

  text = td_number_format (count.text);
  rest = td_number_format (count.total - count.text);

  if (!in_words)
    return g_strdup_printf ("%s%s + %s", td_chat_exactness_mark (count.exactness), text, rest);

  /* Translators: tokens of a message; both are numbers */
  return g_strdup_printf (_("%s tokens of text and %s around it"), text, rest);
}
