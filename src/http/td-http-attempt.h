/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "http/td-http-request.h"

G_BEGIN_DECLS

/* Private to src/http. */

typedef struct _TdHttpAttempt TdHttpAttempt;

/* Called once, unless the attempt is abandoned before. @failure is %NULL if an answer came, whatever its status. */
typedef void (*TdHttpAttemptFunc) (TdHttpAttempt *self,
                                   const GError  *failure,
                                   gpointer       user_data);

TdHttpAttempt      *td_http_attempt_start       (TdHttpRequest     *request,
                                                 GUri              *uri,
                                                 TdHttpAttemptFunc  func,
                                                 gpointer           user_data);
void                td_http_attempt_free        (TdHttpAttempt     *self);

guint               td_http_attempt_get_status  (TdHttpAttempt     *self);
SoupMessageHeaders *td_http_attempt_get_headers (TdHttpAttempt     *self);
GBytes             *td_http_attempt_get_body    (TdHttpAttempt     *self);

G_END_DECLS
