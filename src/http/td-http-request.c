/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "http/td-http-request-private.h"

/*
 * TdHttpRequest:
 *
 * What to ask of which server, and within which limits. Filled by its maker, then handed to td_http_client_send_async()
 * and not changed any more.
 */

#define DEFAULT_MAX_BYTES (4 * 1024 * 1024)
#define DEFAULT_TIME_LIMIT_MS 30000
#define DEFAULT_RETRIES 2

G_DEFINE_BOXED_TYPE (TdHttpRequest, td_http_request, td_http_request_ref, td_http_request_unref)

static void
free_key (char *key)
{
  if (key == NULL)
    return;

  explicit_bzero (key, strlen (key));
  g_free (key);
}

static void
td_http_request_free (gpointer data)
{
  TdHttpRequest *self = data;

  g_free (self->method);
  g_free (self->url);
  free_key (self->key);
  g_free (self->etag);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
}

/* A header's value must not be able to start another header. */
static gboolean
is_header_value (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if ((guchar) *c < 0x20 || *c == 0x7f)
        return FALSE;
    }

  return *text != '\0';
}

/**
 * td_http_request_new:
 * @method: GET or POST
 * @url: an address; the client checks it with td_http_url_parse() when sending
 *
 * Returns: (transfer full): a request without key and body, for answers up to 4 MiB within 30 seconds, sent again up to
 *   two times if it is a GET
 */
TdHttpRequest *
td_http_request_new (const char *method,
                     const char *url)
{
  TdHttpRequest *self;

  g_return_val_if_fail (g_str_equal (method, "GET") || g_str_equal (method, "POST"), NULL);
  g_return_val_if_fail (url != NULL, NULL);

  self = g_rc_box_new0 (TdHttpRequest);
  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->max_bytes = DEFAULT_MAX_BYTES;
  self->time_limit = DEFAULT_TIME_LIMIT_MS;
  self->retries = DEFAULT_RETRIES;
  self->idempotent = g_str_equal (method, "GET");

  return self;
}

/**
 * td_http_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
TdHttpRequest *
td_http_request_ref (TdHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

/**
 * td_http_request_unref:
 * @self: (transfer full): a request
 *
 * Lets go of the request; with the last reference its copy of the key is wiped.
 */
void
td_http_request_unref (TdHttpRequest *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, td_http_request_free);
}

/**
 * td_http_request_get_url:
 * @self: a request
 *
 * Returns: (transfer none): the address as given
 */
const char *
td_http_request_get_url (TdHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->url;
}

/**
 * td_http_request_set_bearer:
 * @self: a request
 * @key: a key for the server of the request's address
 *
 * Has the client send `Authorization: Bearer KEY`, to this server and to no other.
 */
void
td_http_request_set_bearer (TdHttpRequest *self,
                            const char    *key)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL && is_header_value (key));

  free_key (self->key);
  self->key = g_strdup (key);
}

/**
 * td_http_request_set_etag:
 * @self: a request
 * @etag: (nullable): the ETag of the copy at hand
 *
 * Has the server send the body only if it differs from the copy at hand; if it doesn't, the answer has the status
 * 304. A text that can't be an ETag is ignored: it comes from files that anybody may have written.
 */
void
td_http_request_set_etag (TdHttpRequest *self,
                          const char    *etag)
{
  g_return_if_fail (self != NULL);

  if (etag != NULL && !is_header_value (etag))
    etag = NULL;

  g_set_str (&self->etag, etag);
}

/**
 * td_http_request_set_body:
 * @self: a request
 * @content_type: the body's type
 * @body: the body
 */
void
td_http_request_set_body (TdHttpRequest *self,
                          const char    *content_type,
                          GBytes        *body)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (content_type != NULL && is_header_value (content_type));
  g_return_if_fail (body != NULL);

  g_set_str (&self->content_type, content_type);
  g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
}

/**
 * td_http_request_set_idempotent:
 * @self: a request
 * @idempotent: whether asking twice does no more than asking once
 *
 * Only such requests are sent again by themselves. A GET is one from the start, a POST isn't.
 */
void
td_http_request_set_idempotent (TdHttpRequest *self,
                                gboolean       idempotent)
{
  g_return_if_fail (self != NULL);

  self->idempotent = idempotent;
}

/**
 * td_http_request_set_max_bytes:
 * @self: a request
 * @max_bytes: how long the answer's body may be, after decompression
 */
void
td_http_request_set_max_bytes (TdHttpRequest *self,
                               gsize          max_bytes)
{
  g_return_if_fail (self != NULL);

  self->max_bytes = max_bytes;
}

/**
 * td_http_request_set_time_limit:
 * @self: a request
 * @milliseconds: within which time the answer has to be complete, redirects, waits and retries included
 */
void
td_http_request_set_time_limit (TdHttpRequest *self,
                                guint          milliseconds)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (milliseconds > 0);

  self->time_limit = milliseconds;
}

/**
 * td_http_request_set_retries:
 * @self: a request
 * @retries: how often to ask again when the server is overloaded
 */
void
td_http_request_set_retries (TdHttpRequest *self,
                             guint          retries)
{
  g_return_if_fail (self != NULL);

  self->retries = retries;
}
