/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pricing/td-catalogue.h"
#include "pricing/td-model-filter.h"
#include "pricing/td-model-order.h"

G_BEGIN_DECLS

/**
 * TdCliFilter:
 *
 * Which models a command line asks for, and in which order; the same as in the window. Zero-initialise it, put
 * %TD_CLI_FILTER_ENTRIES among the options, and then call td_cli_filter_check().
 */
typedef struct
{
  char *search;
  char *vendor;
  char *price_range;
  char *min_context;
  char *sort;
  gboolean available;
  gboolean exact;
  gboolean descending;

  /* after td_cli_filter_check() */
  TdModelFilter rules;
  char **words;
  TdRowKey key;
} TdCliFilter;

#define TD_CLI_FILTER_ENTRIES(filter) \
  { "search", 's', 0, G_OPTION_ARG_STRING, &(filter)->search, \
    N_("Only models with these words in name, other names, vendor or encoding"), N_("WORDS") }, \
  { "vendor", 0, 0, G_OPTION_ARG_STRING, &(filter)->vendor, N_("Only models of vendor V"), N_("V") }, \
  { "available", 0, 0, G_OPTION_ARG_NONE, &(filter)->available, N_("Only models that can be called on that day"), \
    NULL }, \
  { "exact", 0, 0, G_OPTION_ARG_NONE, &(filter)->exact, N_("Only models whose tokens are counted exactly"), NULL }, \
  { "price-range", 0, 0, G_OPTION_ARG_STRING, &(filter)->price_range, \
    N_("Only models whose input costs that much per million tokens, in US dollars, as 0.5-2, -2 or 2-"), \
    N_("FROM-TO") }, \
  { "min-context", 0, 0, G_OPTION_ARG_STRING, &(filter)->min_context, \
    N_("Only models with a context window of N tokens or more"), N_("N") }, \
  { "sort", 0, 0, G_OPTION_ARG_STRING, &(filter)->sort, \
    N_("Sort by a column of the window, as total-cost; what is not known comes last"), N_("COLUMN") }, \
  { "descending", 0, 0, G_OPTION_ARG_NONE, &(filter)->descending, N_("Sort the largest first"), NULL }

void     td_cli_filter_clear  (TdCliFilter       *filter);
gboolean td_cli_filter_check  (TdCliFilter       *filter,
                               TdCatalogue       *catalogue);
gboolean td_cli_filter_is_any (const TdCliFilter *filter);
void     td_cli_filter_apply  (const TdCliFilter *filter,
                               GPtrArray         *models,
                               const TdScenario  *scenario,
                               const guint64     *tokens,
                               const TdQuote     *baseline);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdCliFilter, td_cli_filter_clear)

G_END_DECLS
