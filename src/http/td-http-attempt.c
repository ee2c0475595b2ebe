/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "http/td-http-attempt.h"
#include "http/td-http-error.h"
#include "http/td-http-request-private.h"
#include "http/td-http-rules.h"
#include "http/td-http-url.h"

#define CHUNK_BYTES (64 * 1024)
#define MAX_ERROR_BYTES (64 * 1024)

/*
 * TdHttpAttempt:
 *
 * One message to one address and the answer to it, without redirects and retries.
 *
 * Each attempt has a session and so a connection of its own, and is broken off by shutting down the socket under
 * libsoup, never by a GCancellable: a cancellation that coincides with the arrival of the headers makes libsoup
 * before 3.6.6 free an item of its queue that it goes on using. A new connection for each message also means that
 * nothing of one request can be seen by another.
 *
 * The owner has one reference and the operation under way in libsoup the other; the latter outlives an owner that
 * doesn't want to wait.
 */
struct _TdHttpAttempt
{
  grefcount ref_count;

  /* owned */
  SoupSession *session;
  SoupMessage *message;
  GSocket *socket;
  GInputStream *stream;
  GByteArray *buffer;
  GBytes *body;
  guint8 *chunk;
  gsize max_bytes;

  /* borrowed; none once the owner has heard of the end or has gone */
  TdHttpAttemptFunc func;
  gpointer user_data;
  gboolean is_abandoned;
};

static void
unref_attempt (TdHttpAttempt *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_object_unref (self->session);
  g_clear_object (&self->socket);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->buffer, g_byte_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->chunk);
  g_free (self);
}

static void
report (TdHttpAttempt *self,
        const GError  *failure)
{
  TdHttpAttemptFunc func = g_steal_pointer (&self->func);

  if (func != NULL)
    func (self, failure, self->user_data);
}

/* With both directions shut the kernel answers whatever else arrives with a reset, so that even a server that sends for
 * ever is heard no more. */
static void
break_off (TdHttpAttempt *self)
{
  if (self->socket != NULL)
    g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

static void
stream_closed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
  unref_attempt (user_data);
}

/* Takes the operation's reference. A stream that is just dropped reads the rest of its body and blocks meanwhile. */
static void
close_stream (TdHttpAttempt *self)
{
  g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, stream_closed_cb, self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  TdHttpAttempt *self = user_data;
  g_autoptr (GError) failure = NULL;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &failure);

  if (self->is_abandoned || n_read < 0)
    {
      report (self, failure);
      close_stream (self);
    }
  else if (n_read == 0)
    {
      self->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->buffer));
      report (self, NULL);
      close_stream (self);
    }
  else if ((gsize) n_read > self->max_bytes - self->buffer->len)
    {
      break_off (self);
      /* The status of an error says enough without the body. */
      if (SOUP_STATUS_IS_SUCCESSFUL (td_http_attempt_get_status (self)))
        g_set_error_literal (&failure, TD_HTTP_ERROR, TD_HTTP_ERROR_TOO_LARGE, "The answer is too large");
      report (self, failure);
      close_stream (self);
    }
  else
    {
      g_byte_array_append (self->buffer, self->chunk, n_read);
      g_input_stream_read_async (self->stream, self->chunk, CHUNK_BYTES, G_PRIORITY_DEFAULT, NULL, read_cb, self);
    }
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  TdHttpAttempt *self = user_data;
  g_autoptr (GError) failure = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &failure);

  if (self->stream == NULL)
    {
      report (self, failure);
      unref_attempt (self);
    }
  else if (self->is_abandoned)
    {
      break_off (self);
      close_stream (self);
    }
  else if (td_http_rules_is_redirect (td_http_attempt_get_status (self)))
    {
      /* Nobody wants a redirect's body, however long it may be. */
      break_off (self);
      report (self, NULL);
      close_stream (self);
    }
  else
    {
      if (!SOUP_STATUS_IS_SUCCESSFUL (td_http_attempt_get_status (self)))
        self->max_bytes = MAX_ERROR_BYTES;
      self->buffer = g_byte_array_new ();
      self->chunk = g_malloc (CHUNK_BYTES);
      g_input_stream_read_async (self->stream, self->chunk, CHUNK_BYTES, G_PRIORITY_DEFAULT, NULL, read_cb, self);
    }
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  TdHttpAttempt      *self)
{
  /* There may have been several connections in the making; the one that is connected is the one that is used. */
  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    g_set_object (&self->socket, g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));

  if (self->is_abandoned)
    break_off (self);
}

/* libsoup would collect the whole body of a 421 in memory, however long it is, and ask once more on a new connection,
 * which is what this one is already. */
static void
got_headers_cb (SoupMessage   *message,
                TdHttpAttempt *self)
{
  g_autoptr (GError) error = NULL;

  if (soup_message_get_status (message) != SOUP_STATUS_MISDIRECTED_REQUEST)
    return;

  break_off (self);
  error = td_http_error_new_for_answer (SOUP_STATUS_MISDIRECTED_REQUEST, NULL, 0);
  report (self, error);
  /* So that the second connection is broken off as well. */
  self->is_abandoned = TRUE;
}

/* The only place where a key is put into a message. */
static void
apply_key (SoupMessage   *message,
           TdHttpRequest *request)
{
  g_autofree char *value = NULL;

  if (request->key == NULL)
    return;

  value = g_strconcat ("Bearer ", request->key, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
  explicit_bzero (value, strlen (value));
}

/**
 * td_http_attempt_start:
 * @request: what to ask
 * @uri: where to ask it, an address accepted by td_http_url_parse()
 * @func: called at the end
 * @user_data: data for @func
 *
 * Returns: (transfer full): the attempt
 */
TdHttpAttempt *
td_http_attempt_start (TdHttpRequest     *request,
                       GUri              *uri,
                       TdHttpAttemptFunc  func,
                       gpointer           user_data)
{
  TdHttpAttempt *self = g_new0 (TdHttpAttempt, 1);
  SoupMessageHeaders *headers;

  g_ref_count_init (&self->ref_count);
  self->session = soup_session_new_with_options ("user-agent", "TokenDesk/" PACKAGE_VERSION, NULL);
  self->message = soup_message_new_from_uri (request->method, uri);
  self->max_bytes = request->max_bytes;
  self->func = func;
  self->user_data = user_data;

  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  /* The server of a 401 gets no second try with other credentials. With this feature on, libsoup collects the whole
   * body of a 401 in memory first. */
  soup_message_disable_feature (self->message, SOUP_TYPE_AUTH_MANAGER);
  g_signal_connect (self->message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (got_headers_cb), self);

  headers = soup_message_get_request_headers (self->message);
  apply_key (self->message, request);
  if (request->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->etag);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (self->message, request->content_type, request->body);

  g_ref_count_inc (&self->ref_count);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, NULL, sent_cb, self);

  return self;
}

/**
 * td_http_attempt_free:
 * @self: (transfer full): an attempt
 *
 * Lets go of an attempt. If it is still under way its function isn't called any more, and its connection is broken
 * off at once or as soon as there is one.
 */
void
td_http_attempt_free (TdHttpAttempt *self)
{
  if (self->func != NULL)
    {
      self->func = NULL;
      self->is_abandoned = TRUE;
      break_off (self);
    }

  unref_attempt (self);
}

/**
 * td_http_attempt_get_status:
 * @self: an attempt that was answered
 *
 * Returns: the HTTP status
 */
guint
td_http_attempt_get_status (TdHttpAttempt *self)
{
  return soup_message_get_status (self->message);
}

/**
 * td_http_attempt_get_headers:
 * @self: an attempt that was answered
 *
 * Returns: (transfer none): the answer's headers
 */
SoupMessageHeaders *
td_http_attempt_get_headers (TdHttpAttempt *self)
{
  return soup_message_get_response_headers (self->message);
}

/**
 * td_http_attempt_get_body:
 * @self: an attempt that was answered
 *
 * Returns: (transfer none) (nullable): the answer's body, or %NULL if it was not wanted
 */
GBytes *
td_http_attempt_get_body (TdHttpAttempt *self)
{
  return self->body;
}
