/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TD_TYPE_HTTP_REQUEST (td_http_request_get_type ())

typedef struct _TdHttpRequest TdHttpRequest;

GType          td_http_request_get_type       (void);

TdHttpRequest *td_http_request_new            (const char    *method,
                                               const char    *url);
TdHttpRequest *td_http_request_ref            (TdHttpRequest *self);
void           td_http_request_unref          (TdHttpRequest *self);

const char    *td_http_request_get_url        (TdHttpRequest *self);

void           td_http_request_set_bearer     (TdHttpRequest *self,
                                               const char    *key);
void           td_http_request_set_etag       (TdHttpRequest *self,
                                               const char    *etag);
void           td_http_request_set_body       (TdHttpRequest *self,
                                               const char    *content_type,
                                               GBytes        *body);
void           td_http_request_set_idempotent (TdHttpRequest *self,
                                               gboolean       idempotent);
void           td_http_request_set_max_bytes  (TdHttpRequest *self,
                                               gsize          max_bytes);
void           td_http_request_set_time_limit (TdHttpRequest *self,
                                               guint          milliseconds);
void           td_http_request_set_retries    (TdHttpRequest *self,
                                               guint          retries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdHttpRequest, td_http_request_unref)

G_END_DECLS
