/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "http/td-http-request.h"

G_BEGIN_DECLS

/* What the client decides by: pure functions, private to src/http. */

guint     td_http_rules_get_retry_after (SoupMessageHeaders  *headers);
gboolean  td_http_rules_is_passing      (const GError        *error);
gboolean  td_http_rules_is_redirect     (guint                status);
GUri     *td_http_rules_get_redirect    (TdHttpRequest       *request,
                                         GUri                *from,
                                         SoupMessageHeaders  *headers,
                                         GError             **error);

G_END_DECLS
