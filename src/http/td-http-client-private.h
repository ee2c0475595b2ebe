/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "http/td-http-client.h"

G_BEGIN_DECLS

/* Tests see how long the client means to wait before it asks again, and have it wait as long as they return. */
typedef guint (*TdHttpWaitHook) (guint    milliseconds,
                                 gpointer user_data);

void td_http_client_set_wait_hook (TdHttpClient   *self,
                                   TdHttpWaitHook  hook,
                                   gpointer        user_data);

G_END_DECLS
