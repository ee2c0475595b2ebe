/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/td-cli-filter.h"
#include "pricing/td-currency.h"
#include "pricing/td-quote.h"

G_BEGIN_DECLS

/**
 * TdCliCompareOptions:
 *
 * The command line of “compare” as it was given. Zero-initialise it.
 */
typedef struct
{
  char *models;
  char *baseline;
  char *output_tokens;
  char *output_ratio;
  char *reasoning_tokens;
  char *images;
  char *image_size;
  char *cached_share;
  char *cache_write_share;
  char *calls;
  char *budget;
  char *currency;
  char *rate;
  char *rate_date;
  char *on;
  char *time;
  char *format;
  char *columns;
  char **files;
  TdCliFilter filter;
  gboolean batch;
  gboolean flex;
  gboolean priority;
  gboolean cache_write_long;
  gboolean image_low;
  gboolean no_overlay;
} TdCliCompareOptions;

void     td_cli_compare_options_clear        (TdCliCompareOptions        *options);
gboolean td_cli_compare_options_parse        (TdCliCompareOptions        *options,
                                              int                         argc,
                                              char                      **argv);
gboolean td_cli_compare_options_get_scenario (const TdCliCompareOptions  *options,
                                              TdScenario                 *scenario);
gboolean td_cli_compare_options_get_currency (const TdCliCompareOptions  *options,
                                              TdCurrency                 *currency);
gboolean td_cli_compare_options_get_budget   (const TdCliCompareOptions  *options,
                                              const TdCurrency           *currency,
                                              TdMoney                    *budget);
gboolean td_cli_compare_options_get_columns  (const TdCliCompareOptions  *options,
                                              GArray                    **columns);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdCliCompareOptions, td_cli_compare_options_clear)

G_END_DECLS
