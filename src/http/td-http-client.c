/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>

#include "http/td-http-client-private.h"
#include "http/td-http-request-private.h"
#include "http/td-http-response-private.h"
#include "http/td-http-rules.h"
#include "http/td-http-url.h"

#define CHUNK_BYTES (64 * 1024)
#define MAX_ERROR_BYTES (64 * 1024)
#define MAX_REDIRECTS 5
#define FIRST_WAIT_MS 500
#define SECOND_MS 1000

/*
 * TdHttpClient:
 *
 * The one way out to the network. It speaks to https addresses and to this computer only; a request's key goes to the
 * server of the request's address and never follows a redirect elsewhere; every request has a time limit that counts
 * redirects and retries and a limit on the size of the decompressed answer; overload is met with a few patient retries.
 *
 * There is no cookie jar, no cache on disk and no certificate exception. Proxies are those GLib finds. The application
 * holds one client, for the main thread.
 */
struct _TdHttpClient
{
  GObject parent_instance;

  /* owned */
  SoupSession *session;

  /* borrowed */
  TdHttpWaitHook wait_hook;
  gpointer wait_hook_data;
};

G_DEFINE_FINAL_TYPE (TdHttpClient, td_http_client, G_TYPE_OBJECT)

/*
 * One request on its way through redirects and retries.
 *
 * The caller's cancellable and the time limit both lead to `attempt`, which is what libsoup and the streams are given. The
 * flag says afterwards which of them it was.
 */
typedef struct
{
  TdHttpRequest *request;
  GUri *uri;
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  guint8 *chunk;
  GCancellable *attempt;
  GSource *cancel_source;
  GSource *limit_source;
  GSource *wait_source;
  gint64 deadline;
  guint n_retries;
  guint n_redirects;
  gboolean timed_out;
} Sending;

static void start_attempt (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);

  g_clear_pointer (source, g_source_unref);
}

static void
stream_closed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
}

/* Ends an attempt whatever has come of it. A stream that is just dropped reads the rest of its body in a blocking way; one
 * closed with a cancelled cancellable lets go of the connection. */
static void
end_attempt (Sending *sending)
{
  if (sending->stream != NULL)
    g_input_stream_close_async (sending->stream, G_PRIORITY_DEFAULT, sending->attempt, stream_closed_cb, NULL);

  g_clear_object (&sending->stream);
  g_clear_object (&sending->message);
  g_clear_pointer (&sending->body, g_byte_array_unref);
}

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  clear_source (&sending->cancel_source);
  clear_source (&sending->limit_source);
  clear_source (&sending->wait_source);
  end_attempt (sending);
  td_http_request_unref (sending->request);
  g_clear_pointer (&sending->uri, g_uri_unref);
  g_free (sending->chunk);
  g_clear_object (&sending->attempt);
  g_free (sending);
}

/* A task refers to its client and the sources refer to the task, so they have to go before it can end. */
static void
finish (GTask          *task,
        TdHttpResponse *response,
        GError         *error)
{
  Sending *sending = g_task_get_task_data (task);

  clear_source (&sending->cancel_source);
  clear_source (&sending->limit_source);
  clear_source (&sending->wait_source);

  if (error != NULL)
    {
      /* Whatever is still on its way is not wanted any more. */
      g_cancellable_cancel (sending->attempt);
      g_debug ("%s failed: %s",
                        sending->request->method, error->message);
    }

  end_attempt (sending);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, response, (GDestroyNotify) td_http_response_unref);
}

static void
finish_with_failure (GTask        *task,
                     const GError *failure)
{
  Sending *sending = g_task_get_task_data (task);

  if (sending->timed_out && g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    finish (task, NULL, g_error_new_literal (TD_HTTP_ERROR, TD_HTTP_ERROR_TIMED_OUT, "No complete answer in time"));
  else
    finish (task, NULL, td_http_error_new_for_failure (failure));
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);

  g_cancellable_cancel (sending->attempt);

  /* While waiting to ask again nothing else is under way that would notice. */
  if (sending->wait_source != NULL)
    {
      g_autoptr (GError) failure = NULL;

      g_cancellable_set_error_if_cancelled (sending->attempt, &failure);
      finish_with_failure (task, failure);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
time_limit_cb (gpointer user_data)
{
  Sending *sending = g_task_get_task_data (user_data);

  sending->timed_out = TRUE;
  g_cancellable_cancel (sending->attempt);

  return G_SOURCE_REMOVE;
}

static gboolean
wait_over_cb (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Sending *sending = g_task_get_task_data (task);

  clear_source (&sending->wait_source);
  start_attempt (task);

  return G_SOURCE_REMOVE;
}

/* Takes the error if it will be tried again. */
static gboolean
try_again_later (GTask  *task,
                 GError *error)
{
  TdHttpClient *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  guint wait;

  if (!sending->request->idempotent
      || sending->n_retries >= sending->request->retries
      || !td_http_rules_is_passing (error))
    return FALSE;

  wait = td_http_error_get_retry_after (error) * SECOND_MS;
  if (wait == 0)
    wait = FIRST_WAIT_MS << MIN (sending->n_retries, 6);

  /* A wait that the time limit would cut off only hides the answer already at hand. */
  if (g_get_monotonic_time () + wait * G_TIME_SPAN_MILLISECOND >= sending->deadline)
    return FALSE;

  if (self->wait_hook != NULL)
    wait = self->wait_hook (wait, self->wait_hook_data);

  g_debug ("%s, asking again in %u ms", error->message, wait);
  g_error_free (error);

  sending->n_retries++;
  end_attempt (sending);
  sending->wait_source = g_timeout_source_new (wait);
  g_task_attach_source (task, sending->wait_source, wait_over_cb);

  return TRUE;
}

static void
follow_redirect (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  GUri *target = NULL;

  if (++sending->n_redirects > MAX_REDIRECTS)
    error = g_error_new_literal (TD_HTTP_ERROR, TD_HTTP_ERROR_REDIRECT, "The server redirects in circles");
  else
    target = td_http_rules_get_redirect (sending->request, sending->uri,
                                         soup_message_get_response_headers (sending->message), &error);

  if (target == NULL)
    {
      finish (task, NULL, error);
      return;
    }

  /* Nobody wants the redirect's own body, however long it may be. */
  g_cancellable_cancel (sending->attempt);
  end_attempt (sending);
  g_object_unref (sending->attempt);
  sending->attempt = g_cancellable_new ();

  g_uri_unref (sending->uri);
  sending->uri = target;
  start_attempt (task);
}

static void
conclude (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  guint status = soup_message_get_status (sending->message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (sending->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&sending->body));
  GError *error;

  g_debug ("HTTP %u, %" G_GSIZE_FORMAT " bytes", status,
                    g_bytes_get_size (body));

  if ((status >= 200 && status < 300) || (status == 304 && sending->request->etag != NULL))
    {
      finish (task, td_http_response_new (status, headers, body), NULL);
      return;
    }

  error = td_http_error_new_for_answer (status, body, td_http_rules_get_retry_after (headers));
  if (!try_again_later (task, error))
    finish (task, NULL, error);
}

/* The answer's body is longer than allowed. Of a success it is of no use then; of an error the status says enough. */
static void
give_up_body (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  guint status = soup_message_get_status (sending->message);
  guint retry_after = td_http_rules_get_retry_after (soup_message_get_response_headers (sending->message));

  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    finish (task, NULL, g_error_new_literal (TD_HTTP_ERROR, TD_HTTP_ERROR_TOO_LARGE, "The answer is too large"));
  else
    finish (task, NULL, td_http_error_new_for_answer (status, NULL, retry_after));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) failure = NULL;
  gboolean is_success = SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (sending->message));
  gsize limit = is_success ? sending->request->max_bytes : MAX_ERROR_BYTES;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &failure);

  if (n_read < 0)
    {
      finish_with_failure (task, failure);
      return;
    }

  if (n_read == 0)
    {
      conclude (task);
      return;
    }

  if ((gsize) n_read > limit - sending->body->len)
    {
      give_up_body (task);
      return;
    }

  g_byte_array_append (sending->body, sending->chunk, n_read);
  g_input_stream_read_async (sending->stream, sending->chunk, CHUNK_BYTES, G_PRIORITY_DEFAULT, sending->attempt, read_cb,
                             g_steal_pointer (&task));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) failure = NULL;

  sending->stream = soup_session_send_finish (SOUP_SESSION (source), result, &failure);
  if (sending->stream == NULL)
    {
      finish_with_failure (task, failure);
      return;
    }

  if (td_http_rules_is_redirect (soup_message_get_status (sending->message)))
    {
      follow_redirect (task);
      return;
    }

  sending->body = g_byte_array_new ();
  g_input_stream_read_async (sending->stream, sending->chunk, CHUNK_BYTES, G_PRIORITY_DEFAULT, sending->attempt, read_cb,
                             g_steal_pointer (&task));
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

static void
start_attempt (GTask *task)
{
  TdHttpClient *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  TdHttpRequest *request = sending->request;
  g_autofree char *description = td_http_url_describe (sending->uri);

  g_debug ("%s %s", request->method, description);

  sending->message = soup_message_new_from_uri (request->method, sending->uri);
  soup_message_add_flags (sending->message, SOUP_MESSAGE_NO_REDIRECT);
  apply_key (sending->message, request);

  if (request->etag != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (sending->message), "If-None-Match", request->etag);

  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (sending->message, request->content_type, request->body);

  soup_session_send_async (self->session, sending->message, G_PRIORITY_DEFAULT, sending->attempt, sent_cb,
                           g_object_ref (task));
}

static void
td_http_client_dispose (GObject *object)
{
  TdHttpClient *self = TD_HTTP_CLIENT (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (td_http_client_parent_class)->dispose (object);
}

static void
td_http_client_class_init (TdHttpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_http_client_dispose;
}

static void
td_http_client_init (TdHttpClient *self)
{
  self->session = soup_session_new_with_options ("user-agent", "TokenDesk/" PACKAGE_VERSION, NULL);
}

/**
 * td_http_client_new:
 *
 * Returns: (transfer full): a client bound to the calling thread's default main context
 */
TdHttpClient *
td_http_client_new (void)
{
  return g_object_new (TD_TYPE_HTTP_CLIENT, NULL);
}

/**
 * td_http_client_send_async:
 * @self: a client
 * @request: what to ask, which stays as it is from now on
 * @cancellable: (nullable): cancels the request, after which nothing of it goes on
 * @callback: called when the answer is complete or there will be none
 * @user_data: data for @callback
 *
 * Sends a request and collects the answer.
 */
void
td_http_client_send_async (TdHttpClient        *self,
                           TdHttpRequest       *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Sending *sending;
  GError *error = NULL;

  g_return_if_fail (TD_IS_HTTP_CLIENT (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_http_client_send_async);
  g_task_set_static_name (task, "td-http-client-send");
  /* finish() has the true reason, which the task must not replace by its own look at the cancellable. */
  g_task_set_check_cancellable (task, FALSE);

  sending = g_new0 (Sending, 1);
  sending->request = td_http_request_ref (request);
  sending->attempt = g_cancellable_new ();
  sending->chunk = g_malloc (CHUNK_BYTES);
  sending->deadline = g_get_monotonic_time () + request->time_limit * G_TIME_SPAN_MILLISECOND;
  g_task_set_task_data (task, sending, sending_free);

  sending->uri = td_http_url_parse (request->url, &error);
  if (sending->uri == NULL)
    {
      finish (task, NULL, error);
      return;
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      finish (task, NULL, error);
      return;
    }

  if (cancellable != NULL)
    {
      sending->cancel_source = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, sending->cancel_source, G_SOURCE_FUNC (cancelled_cb));
    }

  sending->limit_source = g_timeout_source_new (request->time_limit);
  g_task_attach_source (task, sending->limit_source, time_limit_cb);

  start_attempt (task);
}

/**
 * td_http_client_send_finish:
 * @self: a client
 * @result: the result given to the callback
 * @error: return location for a `TD_HTTP_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the answer, if it is a success
 */
TdHttpResponse *
td_http_client_send_finish (TdHttpClient  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Declared in the private header. */
void
td_http_client_set_wait_hook (TdHttpClient   *self,
                              TdHttpWaitHook  hook,
                              gpointer        user_data)
{
  g_return_if_fail (TD_IS_HTTP_CLIENT (self));

  self->wait_hook = hook;
  self->wait_hook_data = user_data;
}
