/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-catalogue.h"

G_BEGIN_DECLS

/** Which field of a form is why there is no model. */
typedef enum
{
  TD_OWN_MODEL_ERROR_NAME,
  TD_OWN_MODEL_ERROR_VENDOR,
  TD_OWN_MODEL_ERROR_CONTEXT_WINDOW,
  TD_OWN_MODEL_ERROR_INPUT,
  TD_OWN_MODEL_ERROR_CACHED_INPUT,
  TD_OWN_MODEL_ERROR_OUTPUT,
  TD_OWN_MODEL_ERROR_FROM
} TdOwnModelError;

#define TD_OWN_MODEL_ERROR (td_own_model_error_quark ())
GQuark td_own_model_error_quark (void);

/**
 * TdOwnModel:
 * @encoding: (nullable): what to count with, or %NULL if nobody knows
 * @context_window: in tokens; empty if unknown
 * @input: US dollars per million tokens; empty if unknown, as the other prices
 * @from: the first day, as YYYY-MM-DD; empty for today
 *
 * A model of the user's own, as it was typed. All is borrowed.
 */
typedef struct
{
  const char *name;
  const char *vendor;
  const char *encoding;
  const char *context_window;
  const char *input;
  const char *cached_input;
  const char *output;
  const char *from;
} TdOwnModel;

TdPriceChange *td_own_model_check (const TdOwnModel  *form,
                                   TdCatalogue       *catalogue,
                                   TdPriceChange     *edited,
                                   GError           **error);

G_END_DECLS
