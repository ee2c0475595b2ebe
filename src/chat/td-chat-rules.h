/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-model.h"
#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/**
 * TdChatVocabulary:
 *
 * The vocabularies of the models that take conversations.
 */
typedef enum
{
  TD_CHAT_VOCABULARY_CL100K,
  TD_CHAT_VOCABULARY_O200K
} TdChatVocabulary;

#define TD_CHAT_N_VOCABULARIES 2

/**
 * TdChatExactness:
 * @TD_CHAT_EXACT: what the service counts: OpenAI's cookbook compared it for this model, or the format is published
 * @TD_CHAT_ESTIMATE: something in it rests on numbers that were published for other models, or never
 * @TD_CHAT_AT_LEAST: something in it cannot be counted here at all, and is not part of the number
 *
 * How sure the tokens of a conversation are.
 */
typedef enum
{
  TD_CHAT_EXACT,
  TD_CHAT_ESTIMATE,
  TD_CHAT_AT_LEAST
} TdChatExactness;

/**
 * TdChatToolFormula:
 * @TD_CHAT_TOOLS_BY_FIELDS: the cookbook's: constants around each function, property and value
 * @TD_CHAT_TOOLS_AS_TYPESCRIPT: found out by others: the definitions written as TypeScript, and a constant
 * @TD_CHAT_TOOLS_HARMONY: TypeScript in the developer's message, as harmony publishes it
 *
 * How definitions of functions become tokens.
 */
typedef enum
{
  TD_CHAT_TOOLS_BY_FIELDS,
  TD_CHAT_TOOLS_AS_TYPESCRIPT,
  TD_CHAT_TOOLS_HARMONY
} TdChatToolFormula;

/**
 * TdChatRules:
 * @per_message: tokens around each message, besides those of its role
 * @per_name: tokens added by a name, besides its own
 * @reply_priming: tokens that begin the answer
 * @function_init: tokens around each function by %TD_CHAT_TOOLS_BY_FIELDS
 * @exactness: how sure a conversation of plain messages is
 * @is_assumed: whether the model's encoding has not been published either
 * @images: (nullable): how the model counts pictures, borrowed from the model
 *
 * How a model turns a conversation into tokens. Plain data.
 */
typedef struct
{
  TdChatVocabulary vocabulary;
  gboolean is_harmony;
  int per_message;
  int per_name;
  int reply_priming;
  TdChatToolFormula tools;
  int function_init;
  TdChatExactness exactness;
  gboolean is_assumed;
  const TdImageFormula *images;
} TdChatRules;

gboolean      td_chat_rules_for_model         (TdChatRules       *rules,
                                               TdModel           *model);
gboolean      td_chat_rules_equal             (const TdChatRules *a,
                                               const TdChatRules *b);
char         *td_chat_rules_describe          (const TdChatRules *rules,
                                               TdModel           *model);

TkEncodingId  td_chat_vocabulary_get_encoding (TdChatVocabulary   vocabulary);

G_END_DECLS
