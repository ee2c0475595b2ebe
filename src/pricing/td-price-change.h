/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-model.h"

G_BEGIN_DECLS

/**
 * TdChangeField:
 * @TD_CHANGE_FIELD_LONG_ABOVE: from how many input tokens on the long-context prices apply
 * @TD_CHANGE_FIELD_MODEL: the whole model, which the catalogue does not have
 *
 * What of a model a change is about.
 */
typedef enum
{
  TD_CHANGE_FIELD_INPUT,
  TD_CHANGE_FIELD_CACHED_INPUT,
  TD_CHANGE_FIELD_CACHE_WRITE,
  TD_CHANGE_FIELD_CACHE_WRITE_LONG,
  TD_CHANGE_FIELD_OUTPUT,
  TD_CHANGE_FIELD_LONG_ABOVE,
  TD_CHANGE_FIELD_LONG_INPUT,
  TD_CHANGE_FIELD_LONG_CACHED_INPUT,
  TD_CHANGE_FIELD_LONG_CACHE_WRITE,
  TD_CHANGE_FIELD_LONG_CACHE_WRITE_LONG,
  TD_CHANGE_FIELD_LONG_OUTPUT,
  TD_CHANGE_FIELD_CONTEXT_WINDOW,
  TD_CHANGE_FIELD_MODEL,
  TD_N_CHANGE_FIELDS /*< skip >*/
} TdChangeField;

/**
 * TdChangeDoubts:
 * @TD_CHANGE_DOUBT_JUMP: ten times as much as before, or a tenth, or beyond
 * @TD_CHANGE_DOUBT_CACHED: cached input costs more than other input
 * @TD_CHANGE_DOUBT_HIGH: more than $1,000 for a million tokens
 * @TD_CHANGE_DOUBT_OLD: what the list goes by is older than what the catalogue goes by, which has had the chance to know
 *
 * Why a change looks like a mistake.
 */
typedef enum
{
  TD_CHANGE_DOUBT_JUMP   = 1 << 0,
  TD_CHANGE_DOUBT_CACHED = 1 << 1,
  TD_CHANGE_DOUBT_HIGH   = 1 << 2,
  TD_CHANGE_DOUBT_OLD    = 1 << 3
} TdChangeDoubts;

/** A value nobody knows. */
#define TD_CHANGE_UNKNOWN ((gint64) -1)

#define TD_TYPE_PRICE_CHANGE (td_price_change_get_type ())

G_DECLARE_FINAL_TYPE (TdPriceChange, td_price_change, TD, PRICE_CHANGE, GObject)

TdPriceChange  *td_price_change_new           (const char     *model_id,
                                               TdChangeField   field,
                                               gint64          old_value,
                                               gint64          new_value,
                                               TdDate          from);
TdPriceChange  *td_price_change_new_model     (TdModel        *model,
                                               TdDate          from);
void            td_price_change_set_origin    (TdPriceChange  *self,
                                               TdModelOrigin   origin,
                                               TdDate          accepted,
                                               const char     *source);

const char     *td_price_change_get_model_id  (TdPriceChange  *self);
TdModel        *td_price_change_get_model     (TdPriceChange  *self);
TdChangeField   td_price_change_get_field     (TdPriceChange  *self);
gint64          td_price_change_get_old_value (TdPriceChange  *self);
gint64          td_price_change_get_new_value (TdPriceChange  *self);
TdDate          td_price_change_get_from      (TdPriceChange  *self);
TdDate          td_price_change_get_accepted  (TdPriceChange  *self);
TdModelOrigin   td_price_change_get_origin    (TdPriceChange  *self);
const char     *td_price_change_get_source    (TdPriceChange  *self);
char           *td_price_change_get_key       (TdPriceChange  *self);
TdChangeDoubts  td_price_change_get_doubts    (TdPriceChange  *self);
void            td_price_change_add_doubts    (TdPriceChange  *self,
                                               TdChangeDoubts  doubts);
void            td_price_change_set_evidence  (TdPriceChange  *self,
                                               TdDate          said,
                                               TdDate          known);
TdDate          td_price_change_get_said      (TdPriceChange  *self);
TdDate          td_price_change_get_known     (TdPriceChange  *self);
gboolean        td_price_change_is_credible   (TdPriceChange  *self);
gboolean        td_price_change_is_same       (TdPriceChange  *self,
                                               TdPriceChange  *other);

gboolean        td_change_field_is_price      (TdChangeField   field);
TdPrice        *td_change_field_find          (TdChangeField   field,
                                               TdPricePeriod  *period);

G_END_DECLS
