/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "http/td-http-response.h"

G_BEGIN_DECLS

TdHttpResponse *td_http_response_new (guint               status,
                                      SoupMessageHeaders *headers,
                                      GBytes             *body);

G_END_DECLS
