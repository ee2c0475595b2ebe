/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TD_TYPE_HTTP_RESPONSE (td_http_response_get_type ())

typedef struct _TdHttpResponse TdHttpResponse;

GType           td_http_response_get_type   (void);

TdHttpResponse *td_http_response_ref        (TdHttpResponse *self);
void            td_http_response_unref      (TdHttpResponse *self);

guint           td_http_response_get_status (TdHttpResponse *self);
GBytes         *td_http_response_get_body   (TdHttpResponse *self);
const char     *td_http_response_get_header (TdHttpResponse *self,
                                             const char     *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdHttpResponse, td_http_response_unref)

G_END_DECLS
