/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "td-test-server.h"

/*
 * TdTestServer:
 *
 * A SoupServer on 127.0.0.1, in a thread of its own, that answers by a script. Each path has a queue of answers; the
 * last one stays. A path without answers gives 404. Every request is recorded.
 */
struct _TdTestServer
{
  GThread *thread;
  GMainContext *context;
  GTlsCertificate *certificate;
  char *base_url;
  int is_ending;

  GMutex mutex;
  GCond cond;
  /* Guarded by the mutex */
  gboolean is_ready;
  GHashTable *answers;
  GPtrArray *requests;

  /* The server thread's own */
  GPtrArray *connections;
};

typedef struct
{
  guint status;
  GBytes *body;
  GPtrArray *headers;
  gboolean is_used;
  gboolean is_raw;
  TdTestRaw raw;
} Answer;

typedef struct
{
  char *line;
  SoupMessageHeaders *headers;
} Request;

/* A connection taken away from libsoup. */
typedef struct
{
  GIOStream *stream;
  GBytes *text;
  TdTestRaw raw;
} RawConnection;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_bytes_unref (answer->body);
  g_ptr_array_unref (answer->headers);
  g_free (answer);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->line);
  soup_message_headers_unref (request->headers);
  g_free (request);
}

static void
raw_connection_free (gpointer data)
{
  RawConnection *connection = data;

  g_io_stream_close (connection->stream, NULL, NULL);
  g_object_unref (connection->stream);
  g_bytes_unref (connection->text);
  g_free (connection);
}

static void
raw_written_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  RawConnection *connection = user_data;
  gboolean is_written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  if (connection->raw == TD_TEST_RAW_CUT)
    g_io_stream_close (connection->stream, NULL, NULL);
  else if (connection->raw == TD_TEST_RAW_ENDLESS && is_written)
    g_output_stream_write_all_async (G_OUTPUT_STREAM (source), g_bytes_get_data (connection->text, NULL),
                                     g_bytes_get_size (connection->text), G_PRIORITY_LOW, NULL, raw_written_cb,
                                     connection);
}

static void
answer_raw (TdTestServer      *self,
            SoupServerMessage *message,
            Answer            *answer)
{
  RawConnection *connection = g_new0 (RawConnection, 1);

  connection->stream = soup_server_message_steal_connection (message);
  connection->text = g_bytes_ref (answer->body);
  connection->raw = answer->raw;
  g_ptr_array_add (self->connections, connection);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (connection->stream),
                                   g_bytes_get_data (connection->text, NULL), g_bytes_get_size (connection->text),
                                   G_PRIORITY_LOW, NULL, raw_written_cb, connection);
}

static void
handler_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TdTestServer *self = user_data;
  Request *request = g_new0 (Request, 1);
  GQueue *queue;
  Answer *answer;

  request->line = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  request->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, request);
  queue = g_hash_table_lookup (self->answers, path);
  answer = queue != NULL ? g_queue_peek_head (queue) : NULL;
  if (answer != NULL && answer->is_used && g_queue_get_length (queue) > 1)
    {
      answer_free (g_queue_pop_head (queue));
      answer = g_queue_peek_head (queue);
    }
  if (answer != NULL)
    answer->is_used = TRUE;
  g_mutex_unlock (&self->mutex);
  /* For td_test_server_await_requests() in the main thread. */
  g_main_context_wakeup (NULL);

  if (answer == NULL)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (answer->is_raw)
    answer_raw (self, message, answer);
  else
    {
      SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

      soup_server_message_set_status (message, answer->status, NULL);
      for (guint i = 0; i < answer->headers->len; i += 2)
        soup_message_headers_replace (headers, answer->headers->pdata[i], answer->headers->pdata[i + 1]);
      if (g_bytes_get_size (answer->body) > 0)
        soup_message_body_append_bytes (soup_server_message_get_response_body (message), answer->body);
    }
}

static gpointer
thread_func (gpointer data)
{
  TdTestServer *self = data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new ("tls-certificate", self->certificate, NULL);
  soup_server_add_handler (server, NULL, handler_cb, self, NULL);
  soup_server_listen_local (server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY | (self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0),
                            &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (server);
  g_mutex_lock (&self->mutex);
  self->base_url = g_uri_to_string (uris->data);
  self->is_ready = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  while (!g_atomic_int_get (&self->is_ending))
    g_main_context_iteration (self->context, TRUE);

  soup_server_disconnect (server);
  for (guint i = 0; i < self->connections->len; i++)
    g_io_stream_close (((RawConnection *) self->connections->pdata[i])->stream, NULL, NULL);
  /* Writes that are still under way notice the closed stream before their data goes. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

TdTestServer *
td_test_server_new (GTlsCertificate *certificate)
{
  TdTestServer *self = g_new0 (TdTestServer, 1);

  self->context = g_main_context_new ();
  self->certificate = certificate;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->connections = g_ptr_array_new_with_free_func (raw_connection_free);

  self->thread = g_thread_new ("test-server", thread_func, self);
  g_mutex_lock (&self->mutex);
  while (!self->is_ready)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

void
td_test_server_free (TdTestServer *self)
{
  GHashTableIter iter;
  gpointer queue;

  g_atomic_int_set (&self->is_ending, TRUE);
  g_main_context_wakeup (self->context);
  g_thread_join (self->thread);

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, NULL, &queue))
    g_queue_free_full (queue, answer_free);

  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->connections);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->base_url);
  g_free (self);
}

char *
td_test_server_get_url (TdTestServer *self,
                        const char   *path)
{
  g_assert_true (g_str_has_suffix (self->base_url, "/") && *path == '/');

  return g_strconcat (self->base_url, path + 1, NULL);
}

static Answer *
add_answer (TdTestServer *self,
            const char   *path,
            GBytes       *body)
{
  Answer *answer = g_new0 (Answer, 1);
  GQueue *queue;

  answer->status = SOUP_STATUS_OK;
  answer->body = g_bytes_ref (body);
  answer->headers = g_ptr_array_new_with_free_func (g_free);

  queue = g_hash_table_lookup (self->answers, path);
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->answers, g_strdup (path), queue);
    }
  g_queue_push_tail (queue, answer);

  return answer;
}

/* Followed by names and values of headers, and NULL. */
void
td_test_server_answer (TdTestServer *self,
                       const char   *path,
                       guint         status,
                       const char   *body,
                       ...)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  Answer *answer;
  va_list args;

  g_mutex_lock (&self->mutex);
  answer = add_answer (self, path, bytes);
  answer->status = status;
  va_start (args, body);
  for (const char *text = va_arg (args, const char *); text != NULL; text = va_arg (args, const char *))
    g_ptr_array_add (answer->headers, g_strdup (text));
  va_end (args);
  g_mutex_unlock (&self->mutex);
}

void
td_test_server_answer_bytes (TdTestServer *self,
                             const char   *path,
                             GBytes       *body,
                             const char   *header,
                             const char   *value)
{
  Answer *answer;

  g_mutex_lock (&self->mutex);
  answer = add_answer (self, path, body);
  g_ptr_array_add (answer->headers, g_strdup (header));
  g_ptr_array_add (answer->headers, g_strdup (value));
  g_mutex_unlock (&self->mutex);
}

void
td_test_server_answer_raw (TdTestServer *self,
                           const char   *path,
                           const char   *text,
                           TdTestRaw     raw)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  Answer *answer;

  g_mutex_lock (&self->mutex);
  answer = add_answer (self, path, bytes);
  answer->is_raw = TRUE;
  answer->raw = raw;
  g_mutex_unlock (&self->mutex);
}

guint
td_test_server_get_n_requests (TdTestServer *self)
{
  guint n_requests;

  g_mutex_lock (&self->mutex);
  n_requests = self->requests->len;
  g_mutex_unlock (&self->mutex);

  return n_requests;
}

/* The method and the path of the request number @index, from 0. */
char *
td_test_server_get_request (TdTestServer *self,
                            guint         index)
{
  char *line;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  line = g_strdup (((Request *) self->requests->pdata[index])->line);
  g_mutex_unlock (&self->mutex);

  return line;
}

char *
td_test_server_get_request_header (TdTestServer *self,
                                   guint         index,
                                   const char   *name)
{
  char *value;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  value = g_strdup (soup_message_headers_get_one (((Request *) self->requests->pdata[index])->headers, name));
  g_mutex_unlock (&self->mutex);

  return value;
}

/* Runs the default main context until so many requests have come in. */
void
td_test_server_await_requests (TdTestServer *self,
                               guint         n_requests)
{
  while (td_test_server_get_n_requests (self) < n_requests)
    g_main_context_iteration (NULL, TRUE);
}
