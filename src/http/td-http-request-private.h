/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "http/td-http-request.h"

G_BEGIN_DECLS

/* Read by the client only. The key is wiped when the request goes. */
struct _TdHttpRequest
{
  char *method;
  char *url;
  char *key;
  char *etag;
  char *content_type;
  GBytes *body;
  gsize max_bytes;
  guint time_limit;
  guint retries;
  gboolean idempotent;
};

G_END_DECLS
