/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "http/td-http-error.h"
#include "http/td-http-request.h"
#include "http/td-http-response.h"

G_BEGIN_DECLS

#define TD_TYPE_HTTP_CLIENT (td_http_client_get_type ())

G_DECLARE_FINAL_TYPE (TdHttpClient, td_http_client, TD, HTTP_CLIENT, GObject)

TdHttpClient   *td_http_client_new         (void);

void            td_http_client_send_async  (TdHttpClient         *self,
                                            TdHttpRequest        *request,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
TdHttpResponse *td_http_client_send_finish (TdHttpClient         *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
