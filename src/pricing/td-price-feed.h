/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/td-model.h"

G_BEGIN_DECLS

/** The most bytes of a feed that are looked at: ten times what genai-prices' has. */
#define TD_PRICE_FEED_MAX_BYTES (4 * 1024 * 1024)

/**
 * TdFeedModel:
 * @vendor: who makes and sells the model
 * @id: its name in requests
 * @match: how other names of it are recognised
 * @prices: what it costs today
 * @long_context_above: if not 0, from how many input tokens on @long_context applies
 * @has_more_tiers: whether there are more steps than the one that is understood here; @long_context is unknown then
 * @context_window: in tokens, or 0
 * @start_date: since when @prices hold, or none
 * @checked: when somebody last compared @prices with the vendor's page, or none
 *
 * One model of a feed. All is borrowed from the feed.
 */
typedef struct
{
  char *vendor;
  char *id;
  char *name;
  JsonObject *match;
  TdPrices prices;
  TdPrices long_context;
  guint64 long_context_above;
  gboolean has_more_tiers;
  guint64 context_window;
  TdDate start_date;
  TdDate checked;
} TdFeedModel;

/**
 * TdPriceFeed:
 *
 * A price list in the format of genai-prices' data files, version 2, as it stands on one day. Of its providers only
 * those are read that make their own models; what resellers ask says nothing of the vendor's price.
 */
typedef struct _TdPriceFeed TdPriceFeed;

TdPriceFeed       *td_price_feed_new_from_bytes (GBytes       *bytes,
                                                 TdDate        today,
                                                 GError      **error);
void               td_price_feed_free           (TdPriceFeed  *feed);
guint              td_price_feed_get_n_models   (TdPriceFeed  *feed);
const TdFeedModel *td_price_feed_get_model      (TdPriceFeed  *feed,
                                                 guint         index);
gboolean           td_feed_model_matches        (const TdFeedModel *model,
                                                 const char        *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdPriceFeed, td_price_feed_free)

G_END_DECLS
