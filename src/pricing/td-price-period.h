/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-date.h"
#include "pricing/td-money.h"

G_BEGIN_DECLS

/**
 * TdPrices:
 *
 * One column of a price list. Each price may be %TD_PRICE_UNKNOWN. Reasoning tokens are billed as output.
 */
typedef struct
{
  TdPrice input;
  TdPrice cached_input;
  TdPrice cache_write;
  TdPrice cache_write_long; /* a cache entry with the longer of two lifetimes */
  TdPrice output;
} TdPrices;

/** How a request is served, and so which column of the price list it is billed by. */
typedef enum
{
  TD_SERVICE_STANDARD,
  TD_SERVICE_BATCH,
  TD_SERVICE_FLEX,
  TD_SERVICE_PRIORITY,
  TD_N_SERVICES /*< skip >*/
} TdService;

/** Where a column of prices comes from. */
typedef enum
{
  TD_PRICE_BASIS_NONE,   /* no such service, or nothing known of it */
  TD_PRICE_BASIS_LISTED, /* a source lists these prices */
  TD_PRICE_BASIS_HALF    /* half the standard prices by the vendor's general rule */
} TdPriceBasis;

/** How exactly the first day of a period is known. */
typedef enum
{
  TD_DATE_PRECISION_DAY,
  TD_DATE_PRECISION_MONTH,
  TD_DATE_PRECISION_ANNOUNCEMENT, /* the day it was announced; it may have come into force somewhat later */
  TD_DATE_PRECISION_OPEN          /* no start is known */
} TdDatePrecision;

/** How well a price is attested. */
typedef enum
{
  TD_CONFIDENCE_OFFICIAL,  /* read on the vendor's own page */
  TD_CONFIDENCE_MIRROR,    /* copies of the vendor's page agree */
  TD_CONFIDENCE_SECONDARY, /* second-hand reports only */
  TD_CONFIDENCE_REFRESH,   /* in a price list whose change the user has accepted */
  TD_CONFIDENCE_USER       /* entered by the user */
} TdConfidence;

/**
 * TdPriceWindow:
 * @from_minute: first minute of the day in UTC
 * @until_minute: the minute after the last
 * @weekdays: bit 0 is Monday, bit 6 Sunday
 *
 * Hours with prices of their own.
 */
typedef struct
{
  guint16 from_minute;
  guint16 until_minute;
  guint8 weekdays;
  TdPrices prices;
} TdPriceWindow;

/**
 * TdPricePeriod:
 * @from: first day in force, or none if the start is unknown
 * @until: the day it is no longer in force, or none while it is
 * @services: one column each; %TD_PRICE_BASIS_NONE in @basis where there is none
 * @long_context_above: if not 0, requests with more input tokens than this are billed as a whole by @long_context
 * @no_caching: the vendor gives no discount for cached input, so all input is billed as @input
 *
 * What a model cost from one day to another. Owned by its #TdModel, immutable.
 */
typedef struct
{
  TdDate from;
  TdDate until;
  TdDatePrecision precision;
  TdConfidence confidence;
  TdPrices services[TD_N_SERVICES];
  TdPriceBasis basis[TD_N_SERVICES];
  guint64 long_context_above;
  TdPrices long_context;
  guint cache_write_long_hours;
  gboolean no_caching;
  TdPriceWindow *windows;
  guint n_windows;
  char **sources;
  char *note;
} TdPricePeriod;

#define TD_PRICES_UNKNOWN                                                                                              \
  ((TdPrices) { TD_PRICE_UNKNOWN, TD_PRICE_UNKNOWN, TD_PRICE_UNKNOWN, TD_PRICE_UNKNOWN, TD_PRICE_UNKNOWN })

TdPricePeriod *td_price_period_new         (void);
TdPricePeriod *td_price_period_copy        (const TdPricePeriod *period);
void           td_price_period_free        (TdPricePeriod       *period);
gboolean       td_price_period_is_in_force (const TdPricePeriod *period,
                                            TdDate               date);
void           td_price_period_select      (const TdPricePeriod *period,
                                            TdService            service,
                                            guint64              input_tokens,
                                            TdDate               date,
                                            int                  minute,
                                            TdPrices            *prices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdPricePeriod, td_price_period_free)

G_END_DECLS
