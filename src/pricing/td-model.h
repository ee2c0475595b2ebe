/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "pricing/td-image.h"
#include "pricing/td-price-period.h"

G_BEGIN_DECLS

/**
 * TdModelKind:
 *
 * What a model does with a text.
 */
typedef enum
{
  TD_MODEL_KIND_CHAT,
  TD_MODEL_KIND_REASONING,
  TD_MODEL_KIND_COMPLETION,
  TD_MODEL_KIND_EMBEDDING,
  TD_MODEL_KIND_OPEN_WEIGHTS
} TdModelKind;

/**
 * TdExactness:
 * @TD_EXACTNESS_EXACT: the model is known to use its bundled encoding; counts are exact
 * @TD_EXACTNESS_ASSUMED: the encoding is unpublished; counts by the most likely one wear "≈"
 * @TD_EXACTNESS_REMOTE_ONLY: no public tokenizer; only the vendor's count endpoint knows
 * @TD_EXACTNESS_NOT_BUNDLED: a public tokenizer exists, but TokenDesk does not carry it
 *
 * How sure a token count made here is.
 */
typedef enum
{
  TD_EXACTNESS_EXACT,
  TD_EXACTNESS_ASSUMED,
  TD_EXACTNESS_REMOTE_ONLY,
  TD_EXACTNESS_NOT_BUNDLED
} TdExactness;

/**
 * TdModelStatus:
 *
 * The state as the catalogue gives it; for a given day use td_model_get_availability().
 */
typedef enum
{
  TD_MODEL_STATUS_UNKNOWN,
  TD_MODEL_STATUS_ACTIVE,
  TD_MODEL_STATUS_DEPRECATED,
  TD_MODEL_STATUS_SHUTDOWN
} TdModelStatus;

/**
 * TdAvailability:
 *
 * Whether a model could be called on a given day.
 */
typedef enum
{
  TD_AVAILABILITY_AVAILABLE,
  TD_AVAILABILITY_NOT_YET_RELEASED,
  TD_AVAILABILITY_SHUT_DOWN
} TdAvailability;

/**
 * TdModelOrigin:
 *
 * Who says so: the catalogue that came with TokenDesk, an accepted refresh, the user, or nobody.
 */
typedef enum
{
  TD_MODEL_ORIGIN_BUNDLED,
  TD_MODEL_ORIGIN_REFRESH,
  TD_MODEL_ORIGIN_USER,
  TD_MODEL_ORIGIN_UNLISTED
} TdModelOrigin;

/**
 * TdChatOverhead:
 *
 * Tokens the chat format adds around the texts of a conversation; all 0 and @known FALSE where no numbers exist.
 */
typedef struct
{
  gboolean known;
  int per_message;
  int per_name;
  int reply_priming;
} TdChatOverhead;

#define TD_TYPE_MODEL (td_model_get_type ())

G_DECLARE_FINAL_TYPE (TdModel, td_model, TD, MODEL, GObject)

TdModel              *td_model_new_unlisted         (const char  *id,
                                                     const char  *encoding,
                                                     TdExactness  exactness);

const char           *td_model_get_id               (TdModel     *self);
const char           *td_model_get_name             (TdModel     *self);
const char           *td_model_get_vendor           (TdModel     *self);
const char           *td_model_get_vendor_name      (TdModel     *self);
const char * const   *td_model_get_aliases          (TdModel     *self);
TdModelKind           td_model_get_kind             (TdModel     *self);
TdModelOrigin         td_model_get_origin           (TdModel     *self);
const char           *td_model_get_encoding         (TdModel     *self);
TdExactness           td_model_get_exactness        (TdModel     *self);
guint64               td_model_get_context_window   (TdModel     *self);
guint64               td_model_get_max_input        (TdModel     *self);
guint64               td_model_get_max_output       (TdModel     *self);
TdDate                td_model_get_knowledge_cutoff (TdModel     *self);
TdDate                td_model_get_released         (TdModel     *self);
TdModelStatus         td_model_get_status           (TdModel     *self);
TdDate                td_model_get_shutdown         (TdModel     *self);
const char           *td_model_get_replacement      (TdModel     *self);
const TdImageFormula *td_model_get_image_formula    (TdModel     *self);
TdChatOverhead        td_model_get_chat_overhead    (TdModel     *self);
const char           *td_model_get_note             (TdModel     *self);
const char * const   *td_model_get_sources          (TdModel     *self);
const char * const   *td_model_get_unverified       (TdModel     *self);
gboolean              td_model_is_verified          (TdModel     *self,
                                                     const char  *field);

guint                 td_model_get_n_prices         (TdModel     *self);
const TdPricePeriod  *td_model_get_price            (TdModel     *self,
                                                     guint        index);
const TdPricePeriod  *td_model_get_price_on         (TdModel     *self,
                                                     TdDate       date);
const TdPricePeriod  *td_model_get_last_price       (TdModel     *self,
                                                     TdDate       date);
TdAvailability        td_model_get_availability     (TdModel     *self,
                                                     TdDate       date);
gboolean              td_model_has_name             (TdModel     *self,
                                                     const char  *name);

G_END_DECLS
