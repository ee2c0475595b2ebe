/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat/td-chat-rules.h"

/*
 * Sources: OpenAI's cookbook, How_to_count_tokens_with_tiktoken.ipynb at c81359c, for the numbers and for the models
 * whose counts it compared with the service's; for gpt-3.5-turbo-0301 the same at 06d9feb; openai/harmony,
 * docs/format.md, for gpt-oss. For all newer models nothing is published, and GPT-4o's numbers are used.
 */

/* The models for which the notebook shows that its numbers are those of the service. The name gpt-3.5-turbo has meant
 * gpt-3.5-turbo-0125 since February 2024, and the notebook takes it for that too. */
static const char * const COMPARED[] = {
  "gpt-3.5-turbo",
  "gpt-3.5-turbo-0125",
  "gpt-3.5-turbo-0301",
  "gpt-3.5-turbo-0613",
  "gpt-3.5-turbo-16k-0613",
  "gpt-4-0314",
  "gpt-4-0613",
  "gpt-4-32k",
  "gpt-4o-2024-08-06",
  "gpt-4o-mini-2024-07-18",
};

#define NEWEST_PER_MESSAGE 3
#define NEWEST_PER_NAME 1
#define NEWEST_REPLY_PRIMING 3

#define FUNCTION_INIT_CL100K 10
#define FUNCTION_INIT_O200K 7

static gboolean
was_compared (TdModel *model)
{
  for (guint i = 0; i < G_N_ELEMENTS (COMPARED); i++)
    {
      if (td_model_has_name (model, COMPARED[i]))
        return TRUE;
    }

  return FALSE;
}

/* Whether the model takes messages, and in which vocabulary. */
static gboolean
find_vocabulary (TdModel          *model,
                 TdChatVocabulary *vocabulary,
                 gboolean         *is_harmony)
{
  TdModelKind kind = td_model_get_kind (model);
  const char *name = td_model_get_encoding (model);
  TkEncodingId id;

  if (kind == TD_MODEL_KIND_COMPLETION || kind == TD_MODEL_KIND_EMBEDDING)
    return FALSE;
  if (name == NULL || !tk_encoding_id_from_name (name, &id))
    return FALSE;

  *is_harmony = id == TK_ENCODING_O200K_HARMONY;

  switch (tk_encoding_id_ordinary (id))
    {
    case TK_ENCODING_CL100K_BASE:
      *vocabulary = TD_CHAT_VOCABULARY_CL100K;
      return TRUE;
    case TK_ENCODING_O200K_BASE:
      *vocabulary = TD_CHAT_VOCABULARY_O200K;
      return TRUE;
    case TK_ENCODING_R50K_BASE:
    case TK_ENCODING_P50K_BASE:
    case TK_ENCODING_GPT2:
    case TK_ENCODING_P50K_EDIT:
    case TK_ENCODING_O200K_HARMONY:
    case TK_N_ENCODINGS:
    default:
      return FALSE;
    }
}

/**
 * td_chat_rules_for_model:
 * @rules: (out caller-allocates): the rules
 * @model: a model, which has to outlive @rules
 *
 * Finds how a model counts conversations.
 *
 * Returns: %FALSE if it takes none, or if its tokens cannot be counted here
 */
gboolean
td_chat_rules_for_model (TdChatRules *rules,
                         TdModel     *model)
{
  TdChatOverhead overhead;

  g_return_val_if_fail (rules != NULL && TD_IS_MODEL (model), FALSE);

  *rules = (TdChatRules) { 0 };
  if (!find_vocabulary (model, &rules->vocabulary, &rules->is_harmony))
    return FALSE;

  rules->images = td_model_get_image_formula (model);
  rules->is_assumed = td_model_get_exactness (model) != TD_EXACTNESS_EXACT;
  rules->function_init = rules->vocabulary == TD_CHAT_VOCABULARY_CL100K ? FUNCTION_INIT_CL100K : FUNCTION_INIT_O200K;

  if (rules->is_harmony)
    {
      rules->tools = TD_CHAT_TOOLS_HARMONY;
      rules->exactness = TD_CHAT_EXACT;
      return TRUE;
    }

  overhead = td_model_get_chat_overhead (model);
  rules->per_message = overhead.known ? overhead.per_message : NEWEST_PER_MESSAGE;
  rules->per_name = overhead.known ? overhead.per_name : NEWEST_PER_NAME;
  rules->reply_priming = overhead.known ? overhead.reply_priming : NEWEST_REPLY_PRIMING;
  rules->tools = overhead.known ? TD_CHAT_TOOLS_BY_FIELDS : TD_CHAT_TOOLS_AS_TYPESCRIPT;
  rules->exactness = overhead.known && was_compared (model) && !rules->is_assumed ? TD_CHAT_EXACT : TD_CHAT_ESTIMATE;

  return TRUE;
}

/** Returns: whether both count every conversation alike */
gboolean
td_chat_rules_equal (const TdChatRules *a,
                     const TdChatRules *b)
{
  return a->vocabulary == b->vocabulary && a->is_harmony == b->is_harmony && a->per_message == b->per_message
         && a->per_name == b->per_name && a->reply_priming == b->reply_priming && a->tools == b->tools
         && a->function_init == b->function_init && a->exactness == b->exactness && a->is_assumed == b->is_assumed
         && a->images == b->images;
}

/**
 * td_chat_rules_describe:
 * @rules: the rules of @model
 * @model: a model
 *
 * Says in words what is added around the messages, where the numbers come from, and how sure they are.
 *
 * Returns: (transfer full): a few translated sentences
 */
char *
td_chat_rules_describe (const TdChatRules *rules,
                        TdModel           *model)
{
  g_autofree char *numbers = NULL;

  if (rules->is_harmony)
    return g_strdup (_("gpt-oss reads conversations in the harmony format, which OpenAI has published. The special "
                       "tokens around each message are counted one by one, so the number is exact for these messages. "
                       "A service may put a system message of its own before them."));

  numbers = g_strdup_printf (_("Each message adds %d tokens besides those of its role, a name %d besides its own, and "
                               "%d tokens begin the answer."),
                             rules->per_message, rules->per_name, rules->reply_priming);

  if (rules->exactness == TD_CHAT_EXACT)
    return g_strdup_printf (_("%s OpenAI’s cookbook compared these numbers with the service’s for %s. Functions, calls "
                              "and images are estimates."), numbers, td_model_get_name (model));

  if (rules->tools == TD_CHAT_TOOLS_BY_FIELDS)
    return g_strdup_printf (_("%s OpenAI’s cookbook gives these numbers for the versions before and after %s, so the "
                              "sum is an estimate."), numbers, td_model_get_name (model));

  return g_strdup_printf (_("%s OpenAI has published these numbers for GPT-4o, and none for %s: the sum is an "
                            "estimate."), numbers, td_model_get_name (model));
}

/** Returns: the encoding that has the ordinary tokens of @vocabulary */
TkEncodingId
td_chat_vocabulary_get_encoding (TdChatVocabulary vocabulary)
{
  return vocabulary == TD_CHAT_VOCABULARY_CL100K ? TK_ENCODING_CL100K_BASE : TK_ENCODING_O200K_BASE;
}
