/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "http/td-http-attempt.h"
#include "http/td-http-client-private.h"
#include "http/td-http-request-private.h"
#include "http/td-http-response-private.h"
#include "http/td-http-rules.h"
#include "http/td-http-url.h"

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
 * There are no cookies, no cache on disk and no certificate exceptions. Proxies are those GLib finds. The application
 * holds one client, for the main thread.
 */
struct _TdHttpClient
{
  GObject parent_instance;

  /* borrowed */
  TdHttpWaitHook wait_hook;
  gpointer wait_hook_data;
};

G_DEFINE_FINAL_TYPE (TdHttpClient, td_http_client, G_TYPE_OBJECT)

/* One request on its way through redirects and retries: at any time there is either an attempt or a wait. The request
 * ends with finish(), which the attempt, the time limit and the cancellable all come down to. The source of the time
 * limit is what keeps the task alive until then. */
typedef struct
{
  TdHttpRequest *request;
  GUri *uri;
  TdHttpAttempt *attempt;
  GSource *cancel_source;
  GSource *limit_source;
  GSource *wait_source;
  gint64 deadline;
  guint n_retries;
  guint n_redirects;
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
sending_free (gpointer data)
{
  Sending *sending = data;

  /* finish() has cleared the rest. */
  td_http_request_unref (sending->request);
  g_clear_pointer (&sending->uri, g_uri_unref);
  g_free (sending);
}

/* Takes the response or the error. */
static void
finish (GTask          *task,
        TdHttpResponse *response,
        GError         *error)
{
  g_autoptr (GTask) kept = g_object_ref (task);
  Sending *sending = g_task_get_task_data (task);

  clear_source (&sending->cancel_source);
  clear_source (&sending->limit_source);
  clear_source (&sending->wait_source);
  g_clear_pointer (&sending->attempt, td_http_attempt_free);

  if (error != NULL)
    {
      g_debug ("%s ended: %s", sending->request->method, error->message);
      g_task_return_error (task, error);
    }
  else
    {
      g_task_return_pointer (task, response, (GDestroyNotify) td_http_response_unref);
    }
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  finish (user_data, NULL, error);

  return G_SOURCE_REMOVE;
}

static gboolean
time_limit_cb (gpointer user_data)
{
  finish (user_data, NULL, g_error_new_literal (TD_HTTP_ERROR, TD_HTTP_ERROR_TIMED_OUT, "No complete answer in time"));

  return G_SOURCE_REMOVE;
}

static gboolean
wait_over_cb (gpointer user_data)
{
  GTask *task = user_data;
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
  sending->wait_source = g_timeout_source_new (wait);
  g_task_attach_source (task, sending->wait_source, wait_over_cb);

  return TRUE;
}

static void
follow_redirect (GTask              *task,
                 SoupMessageHeaders *headers)
{
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  GUri *target = NULL;

  if (++sending->n_redirects > MAX_REDIRECTS)
    g_set_error_literal (&error, TD_HTTP_ERROR, TD_HTTP_ERROR_REDIRECT, "The server redirects in circles");
  else
    target = td_http_rules_get_redirect (sending->request, sending->uri, headers, &error);

  if (target == NULL)
    {
      finish (task, NULL, error);
      return;
    }

  g_uri_unref (sending->uri);
  sending->uri = target;
  start_attempt (task);
}

static void
attempt_done_cb (TdHttpAttempt *attempt,
                 const GError  *failure,
                 gpointer       user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Sending *sending = g_task_get_task_data (task);
  SoupMessageHeaders *headers = td_http_attempt_get_headers (attempt);
  guint status = td_http_attempt_get_status (attempt);
  GError *error;

  /* Ours until this function ends, when libsoup's own reference has to be the last. */
  sending->attempt = NULL;

  if (failure != NULL)
    {
      finish (task, NULL, td_http_error_new_for_failure (failure));
    }
  else if (td_http_rules_is_redirect (status))
    {
      follow_redirect (task, headers);
    }
  else if (SOUP_STATUS_IS_SUCCESSFUL (status)
           || (status == SOUP_STATUS_NOT_MODIFIED && sending->request->etag != NULL))
    {
      finish (task, td_http_response_new (status, headers, td_http_attempt_get_body (attempt)), NULL);
    }
  else
    {
      error = td_http_error_new_for_answer (status, td_http_attempt_get_body (attempt),
                                            td_http_rules_get_retry_after (headers));
      if (!try_again_later (task, error))
        finish (task, NULL, error);
    }

  td_http_attempt_free (attempt);
}

static void
start_attempt (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  g_autofree char *description = td_http_url_describe (sending->uri);

  g_debug ("%s %s", sending->request->method, description);
  sending->attempt = td_http_attempt_start (sending->request, sending->uri, attempt_done_cb, task);
}

static void
td_http_client_class_init (TdHttpClientClass *klass)
{
}

static void
td_http_client_init (TdHttpClient *self)
{
}

/**
 * td_http_client_new:
 *
 * Returns: (transfer full): a client
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
 * Sends a request and collects the answer, in the calling thread's default main context.
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

  sending = g_new0 (Sending, 1);
  sending->request = td_http_request_ref (request);
  sending->deadline = g_get_monotonic_time () + request->time_limit * G_TIME_SPAN_MILLISECOND;
  g_task_set_task_data (task, sending, sending_free);

  sending->uri = td_http_url_parse (request->url, &error);
  if (sending->uri == NULL || g_cancellable_set_error_if_cancelled (cancellable, &error))
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
