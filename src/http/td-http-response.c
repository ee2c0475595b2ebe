/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "http/td-http-response-private.h"

/*
 * TdHttpResponse:
 *
 * A server's complete answer to a request that succeeded: any 2xx, or 304 for a request with an ETag. Immutable.
 */
struct _TdHttpResponse
{
  guint status;
  SoupMessageHeaders *headers;
  GBytes *body;
};

G_DEFINE_BOXED_TYPE (TdHttpResponse, td_http_response, td_http_response_ref, td_http_response_unref)

static void
td_http_response_free (gpointer data)
{
  TdHttpResponse *self = data;

  soup_message_headers_unref (self->headers);
  g_bytes_unref (self->body);
}

/**
 * td_http_response_ref:
 * @self: a response
 *
 * Returns: (transfer full): @self
 */
TdHttpResponse *
td_http_response_ref (TdHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

/**
 * td_http_response_unref:
 * @self: (transfer full): a response
 */
void
td_http_response_unref (TdHttpResponse *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, td_http_response_free);
}

/**
 * td_http_response_get_status:
 * @self: a response
 *
 * Returns: the HTTP status
 */
guint
td_http_response_get_status (TdHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

/**
 * td_http_response_get_body:
 * @self: a response
 *
 * Returns: (transfer none): the body, which is empty for a 304
 */
GBytes *
td_http_response_get_body (TdHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * td_http_response_get_header:
 * @self: a response
 * @name: a header's name, such as `ETag`
 *
 * Returns: (transfer none) (nullable): the header's value
 */
const char *
td_http_response_get_header (TdHttpResponse *self,
                             const char     *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return soup_message_headers_get_one (self->headers, name);
}

/* Called by the client. */
TdHttpResponse *
td_http_response_new (guint               status,
                      SoupMessageHeaders *headers,
                      GBytes             *body)
{
  TdHttpResponse *self = g_rc_box_new0 (TdHttpResponse);

  self->status = status;
  self->headers = soup_message_headers_ref (headers);
  self->body = g_bytes_ref (body);

  return self;
}
