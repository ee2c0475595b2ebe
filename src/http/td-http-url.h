/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri     *td_http_url_parse       (const char  *url,
                                   GError     **error);
gboolean  td_http_url_is_loopback (GUri        *uri);
gboolean  td_http_url_same_origin (GUri        *a,
                                   GUri        *b);
char     *td_http_url_get_host    (GUri        *uri);
char     *td_http_url_describe    (GUri        *uri);

G_END_DECLS
