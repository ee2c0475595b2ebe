/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "http/td-http-client.h"
#include "pricing/td-price-feed.h"

G_BEGIN_DECLS

/** The list that is asked unless the user has chosen another: genai-prices' data file, version 2. */
#define TD_PRICE_REFRESH_DEFAULT_URL \
  "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json"

#define TD_TYPE_PRICE_REFRESH (td_price_refresh_get_type ())

G_DECLARE_FINAL_TYPE (TdPriceRefresh, td_price_refresh, TD, PRICE_REFRESH, GObject)

TdPriceRefresh *td_price_refresh_new          (TdHttpClient         *http_client,
                                               const char           *cache_path);
char           *td_price_refresh_dup_cache_path (void);
void            td_price_refresh_fetch_async  (TdPriceRefresh       *self,
                                               const char           *url,
                                               TdDate                today,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
TdPriceFeed    *td_price_refresh_fetch_finish (TdPriceRefresh       *self,
                                               GAsyncResult         *result,
                                               GError              **error);
char           *td_price_refresh_dup_host     (const char           *url);
char           *td_price_refresh_error_text   (const GError         *error,
                                               const char           *url);

G_END_DECLS
