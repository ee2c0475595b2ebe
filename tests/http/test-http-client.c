/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "http/td-http-client-private.h"
#include "http/td-json.h"
#include "td-test-log.h"
#include "td-test-server.h"

#define KEY "sk-test-3f9c1d7e5b"

typedef struct
{
  TdTestServer *server;
  TdHttpClient *client;
  GArray *waits;
} Fixture;

static guint
wait_hook (guint    milliseconds,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  g_array_append_val (fixture->waits, milliseconds);

  return 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = td_test_server_new (NULL);
  fixture->client = td_http_client_new ();
  fixture->waits = g_array_new (FALSE, FALSE, sizeof (guint));
  td_http_client_set_wait_hook (fixture->client, wait_hook, fixture);
}

/* Also the place where every test proves that it let no key out. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->client);
  td_test_server_free (fixture->server);
  g_array_unref (fixture->waits);
  td_test_log_assert_lacks (KEY);
}

typedef struct
{
  TdHttpResponse *response;
  GError *error;
  gboolean is_done;
} Outcome;

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->response = td_http_client_send_finish (TD_HTTP_CLIENT (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static TdHttpResponse *
send_request (TdHttpClient   *client,
              TdHttpRequest  *request,
              GError        **error)
{
  Outcome outcome = { 0 };

  td_http_client_send_async (client, request, NULL, sent_cb, &outcome);
  while (!outcome.is_done)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true ((outcome.response == NULL) != (outcome.error == NULL));
  if (outcome.error != NULL)
    {
      g_assert_null (strstr (outcome.error->message, KEY));
      g_propagate_error (error, outcome.error);
    }

  return outcome.response;
}

static TdHttpRequest *
keyed_request (Fixture    *fixture,
               const char *method,
               const char *path)
{
  g_autofree char *url = td_test_server_get_url (fixture->server, path);
  TdHttpRequest *request = td_http_request_new (method, url);

  td_http_request_set_bearer (request, KEY);

  return request;
}

static void
assert_fails (Fixture       *fixture,
              TdHttpRequest *request,
              TdHttpError    code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHttpResponse) response = send_request (fixture->client, request, &error);

  g_assert_null (response);
  g_assert_error (error, TD_HTTP_ERROR, (int) code);
}

static void
assert_body (TdHttpResponse *response,
             const char     *text)
{
  GBytes *body = td_http_response_get_body (response);

  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), text, strlen (text));
}

static void
test_ok (Fixture       *fixture,
         gconstpointer  data)
{
  g_autoptr (TdHttpRequest) request = keyed_request (fixture, "GET", "/v1/models");
  g_autoptr (TdHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *authorization = NULL;
  g_autofree char *agent = NULL;
  g_autofree char *cookie = NULL;

  td_test_server_answer (fixture->server, "/v1/models", 200, "{}", "X-Request-Id", "abc", "Set-Cookie", "a=b", NULL);
  response = send_request (fixture->client, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (td_http_response_get_status (response), ==, 200);
  g_assert_cmpstr (td_http_response_get_header (response, "x-request-id"), ==, "abc");
  g_assert_null (td_http_response_get_header (response, "ETag"));
  assert_body (response, "{}");

  authorization = td_test_server_get_request_header (fixture->server, 0, "Authorization");
  g_assert_cmpstr (authorization, ==, "Bearer " KEY);
  agent = td_test_server_get_request_header (fixture->server, 0, "User-Agent");
  g_assert_cmpstr (agent, ==, "TokenDesk/" PACKAGE_VERSION);

  /* Nothing a server sets comes back with the next request. */
  g_clear_pointer (&response, td_http_response_unref);
  response = send_request (fixture->client, request, &error);
  g_assert_no_error (error);
  cookie = td_test_server_get_request_header (fixture->server, 1, "Cookie");
  g_assert_null (cookie);

  td_test_log_assert_has ("/v1/models");
}

static void
test_no_key (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *url = td_test_server_get_url (fixture->server, "/prices");
  g_autoptr (TdHttpRequest) request = td_http_request_new ("GET", url);
  g_autoptr (TdHttpResponse) response = NULL;
  g_autofree char *authorization = NULL;

  td_test_server_answer (fixture->server, "/prices", 200, "[]", NULL);
  response = send_request (fixture->client, request, NULL);
  g_assert_nonnull (response);
  authorization = td_test_server_get_request_header (fixture->server, 0, "Authorization");
  g_assert_null (authorization);
}

static void
test_etag (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *url = td_test_server_get_url (fixture->server, "/prices");
  g_autoptr (TdHttpRequest) first = td_http_request_new ("GET", url);
  g_autoptr (TdHttpRequest) second = td_http_request_new ("GET", url);
  g_autoptr (TdHttpRequest) forged = td_http_request_new ("GET", url);
  g_autoptr (TdHttpResponse) response = NULL;
  g_autofree char *condition = NULL;
  g_autofree char *forged_condition = NULL;

  td_test_server_answer (fixture->server, "/prices", 200, "[1]", "ETag", "\"v1\"", NULL);
  td_test_server_answer (fixture->server, "/prices", 304, "", "ETag", "\"v1\"", NULL);

  response = send_request (fixture->client, first, NULL);
  g_assert_cmpstr (td_http_response_get_header (response, "ETag"), ==, "\"v1\"");

  td_http_request_set_etag (second, td_http_response_get_header (response, "ETag"));
  g_clear_pointer (&response, td_http_response_unref);
  response = send_request (fixture->client, second, NULL);
  g_assert_nonnull (response);
  g_assert_cmpuint (td_http_response_get_status (response), ==, 304);
  assert_body (response, "");
  condition = td_test_server_get_request_header (fixture->server, 1, "If-None-Match");
  g_assert_cmpstr (condition, ==, "\"v1\"");

  /* An unasked-for 304 is no answer, and a stored text with a line break in it is no ETag. */
  td_http_request_set_etag (forged, "\"v1\"\r\nX-Evil: 1");
  assert_fails (fixture, forged, TD_HTTP_ERROR_BAD_ANSWER);
  forged_condition = td_test_server_get_request_header (fixture->server, 2, "If-None-Match");
  g_assert_null (forged_condition);
}

typedef struct
{
  guint status;
  const char *body;
  TdHttpError code;
} StatusCase;

#define OPENAI_ERROR(type, code) \
  "{\"error\":{\"type\":" type ",\"message\":\"No: " KEY "\",\"param\":null,\"code\":" code "}}"

static const StatusCase status_cases[] = {
  { 400, "", TD_HTTP_ERROR_REFUSED },
  { 401, OPENAI_ERROR ("\"invalid_request_error\"", "\"invalid_api_key\""), TD_HTTP_ERROR_UNAUTHORIZED },
  { 401, "", TD_HTTP_ERROR_UNAUTHORIZED },
  { 402, "", TD_HTTP_ERROR_QUOTA },
  { 403, OPENAI_ERROR ("\"request_forbidden\"", "\"unsupported_country_region_territory\""), TD_HTTP_ERROR_REGION },
  { 403, OPENAI_ERROR ("\"insufficient_permissions\"", "null"), TD_HTTP_ERROR_FORBIDDEN },
  { 403, "<html>", TD_HTTP_ERROR_FORBIDDEN },
  { 404, "", TD_HTTP_ERROR_NOT_FOUND },
  { 410, "", TD_HTTP_ERROR_NOT_FOUND },
  { 421, "", TD_HTTP_ERROR_REFUSED },
  { 418, "{\"error\":\"teapot\"}", TD_HTTP_ERROR_REFUSED },
  { 429, "", TD_HTTP_ERROR_RATE_LIMITED },
  { 429, OPENAI_ERROR ("\"requests\"", "\"rate_limit_exceeded\""), TD_HTTP_ERROR_RATE_LIMITED },
  { 429, OPENAI_ERROR ("\"insufficient_quota\"", "\"insufficient_quota\""), TD_HTTP_ERROR_QUOTA },
  { 429, OPENAI_ERROR ("\"insufficient_quota\"", "\"credit_balance_exhausted\""), TD_HTTP_ERROR_QUOTA },
  { 429, OPENAI_ERROR ("\"insufficient_quota\"", "\"something_new\""), TD_HTTP_ERROR_QUOTA },
  { 451, "", TD_HTTP_ERROR_REGION },
  { 500, "", TD_HTTP_ERROR_SERVER },
  { 501, "", TD_HTTP_ERROR_SERVER },
  { 503, OPENAI_ERROR ("\"insufficient_quota\"", "null"), TD_HTTP_ERROR_SERVER },
  { 599, "", TD_HTTP_ERROR_SERVER },
};

static void
test_statuses (Fixture       *fixture,
               gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (status_cases); i++)
    {
      const StatusCase *test_case = &status_cases[i];
      g_autofree char *path = g_strdup_printf ("/case/%u", i);
      g_autoptr (TdHttpRequest) request = keyed_request (fixture, "GET", path);
      g_autoptr (TdHttpResponse) response = NULL;
      g_autoptr (GError) error = NULL;

      td_test_server_answer (fixture->server, path, test_case->status, test_case->body, NULL);
      td_http_request_set_retries (request, 0);
      response = send_request (fixture->client, request, &error);
      g_assert_error (error, TD_HTTP_ERROR, (int) test_case->code);
      g_assert_cmpuint (td_http_error_get_status (error), ==, test_case->status);
    }

  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, G_N_ELEMENTS (status_cases));
}

static void
test_retry_after (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (TdHttpRequest) request = keyed_request (fixture, "GET", "/busy");
  g_autoptr (TdHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *authorization = NULL;

  td_test_server_answer (fixture->server, "/busy", 429, "", "Retry-After", "3", NULL);
  td_test_server_answer (fixture->server, "/busy", 503, "",
                         "Date", "Tue, 24 Nov 2026 07:00:00 GMT", "Retry-After", "Tue, 24 Nov 2026 07:00:07 GMT", NULL);
  td_test_server_answer (fixture->server, "/busy", 200, "ok", NULL);

  response = send_request (fixture->client, request, &error);
  g_assert_no_error (error);
  assert_body (response, "ok");
  g_assert_cmpuint (fixture->waits->len, ==, 2);
  g_assert_cmpuint (g_array_index (fixture->waits, guint, 0), ==, 3000);
  g_assert_cmpuint (g_array_index (fixture->waits, guint, 1), ==, 7000);
  authorization = td_test_server_get_request_header (fixture->server, 2, "Authorization");
  g_assert_cmpstr (authorization, ==, "Bearer " KEY);
}

static void
test_retries_are_bounded (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (TdHttpRequest) request = keyed_request (fixture, "GET", "/down");
  g_autoptr (TdHttpRequest) patient = keyed_request (fixture, "GET", "/later");
  g_autoptr (TdHttpRequest) broke = keyed_request (fixture, "GET", "/broke");
  g_autoptr (TdHttpRequest) post = keyed_request (fixture, "POST", "/down");
  g_autoptr (TdHttpRequest) count = keyed_request (fixture, "POST", "/down");
  g_autoptr (TdHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  td_test_server_answer (fixture->server, "/down", 500, "", "Retry-After", "soon", NULL);
  assert_fails (fixture, request, TD_HTTP_ERROR_SERVER);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 3);
  g_assert_cmpuint (fixture->waits->len, ==, 2);
  g_assert_cmpuint (g_array_index (fixture->waits, guint, 0), ==, 500);
  g_assert_cmpuint (g_array_index (fixture->waits, guint, 1), ==, 1000);

  /* Longer than the time limit allows: said at once. */
  td_test_server_answer (fixture->server, "/later", 429, "", "Retry-After", "60", NULL);
  response = send_request (fixture->client, patient, &error);
  g_assert_error (error, TD_HTTP_ERROR, TD_HTTP_ERROR_RATE_LIMITED);
  g_assert_cmpuint (td_http_error_get_retry_after (error), ==, 60);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 4);

  /* No waiting refills an account. */
  td_test_server_answer (fixture->server, "/broke", 429, OPENAI_ERROR ("\"insufficient_quota\"", "null"),
                         "Retry-After", "1", NULL);
  assert_fails (fixture, broke, TD_HTTP_ERROR_QUOTA);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 5);

  /* A POST may have done something. */
  assert_fails (fixture, post, TD_HTTP_ERROR_SERVER);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 6);

  td_http_request_set_idempotent (count, TRUE);
  td_http_request_set_retries (count, 1);
  assert_fails (fixture, count, TD_HTTP_ERROR_SERVER);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 8);
}

static void
test_post (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (TdHttpRequest) request = keyed_request (fixture, "POST", "/count");
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (TdHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *type = NULL;
  g_autofree char *length = NULL;

  td_test_server_answer (fixture->server, "/count", 200, "7", NULL);
  td_http_request_set_body (request, "application/json", body);
  response = send_request (fixture->client, request, &error);
  g_assert_no_error (error);
  line = td_test_server_get_request (fixture->server, 0);
  g_assert_cmpstr (line, ==, "POST /count");
  type = td_test_server_get_request_header (fixture->server, 0, "Content-Type");
  g_assert_cmpstr (type, ==, "application/json");
  length = td_test_server_get_request_header (fixture->server, 0, "Content-Length");
  g_assert_cmpstr (length, ==, "7");
}

static void
test_redirects (Fixture       *fixture,
                gconstpointer  data)
{
  TdTestServer *other = td_test_server_new (NULL);
  g_autofree char *elsewhere = td_test_server_get_url (other, "/models");
  g_autoptr (TdHttpRequest) moved = keyed_request (fixture, "GET", "/moved");
  g_autoptr (TdHttpRequest) away = keyed_request (fixture, "GET", "/away");
  g_autoptr (TdHttpRequest) plain = keyed_request (fixture, "GET", "/plain");
  g_autoptr (TdHttpRequest) circle = keyed_request (fixture, "GET", "/circle");
  g_autoptr (TdHttpRequest) nowhere = keyed_request (fixture, "GET", "/nowhere");
  g_autoptr (TdHttpRequest) post = keyed_request (fixture, "POST", "/moved");
  g_autofree char *away_url = td_test_server_get_url (fixture->server, "/away");
  g_autoptr (TdHttpRequest) keyless = td_http_request_new ("GET", away_url);
  g_autoptr (TdHttpResponse) response = NULL;
  g_autofree char *authorization = NULL;

  /* On the same server, and with a body that never ends. */
  td_test_server_answer_raw (fixture->server, "/moved",
                             "HTTP/1.1 308 Moved\r\nLocation: ../new\r\nContent-Length: 99999999999\r\n\r\n",
                             TD_TEST_RAW_ENDLESS);
  td_test_server_answer (fixture->server, "/new", 200, "here", NULL);
  response = send_request (fixture->client, moved, NULL);
  g_assert_nonnull (response);
  assert_body (response, "here");
  authorization = td_test_server_get_request_header (fixture->server, 1, "Authorization");
  g_assert_cmpstr (authorization, ==, "Bearer " KEY);

  td_test_server_answer (other, "/models", 200, "trap", NULL);
  td_test_server_answer (fixture->server, "/away", 302, "", "Location", elsewhere, NULL);
  assert_fails (fixture, away, TD_HTTP_ERROR_REDIRECT);
  assert_fails (fixture, keyless, TD_HTTP_ERROR_REDIRECT);
  assert_fails (fixture, post, TD_HTTP_ERROR_REDIRECT);

  td_test_server_answer (fixture->server, "/plain", 301, "", "Location", "http://example.com/", NULL);
  assert_fails (fixture, plain, TD_HTTP_ERROR_REDIRECT);
  td_test_server_answer (fixture->server, "/nowhere", 301, "", NULL);
  assert_fails (fixture, nowhere, TD_HTTP_ERROR_REDIRECT);

  td_test_server_answer (fixture->server, "/circle", 302, "", "Location", "/circle", NULL);
  assert_fails (fixture, circle, TD_HTTP_ERROR_REDIRECT);

  g_assert_cmpuint (td_test_server_get_n_requests (other), ==, 0);
  td_test_server_free (other);
}

static GBytes *
compress (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GError) error = NULL;
  GBytes *compressed = g_converter_convert_bytes (G_CONVERTER (compressor), bytes, &error);

  g_assert_no_error (error);

  return compressed;
}

static void
test_broken_answers (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (TdHttpRequest) cut = keyed_request (fixture, "GET", "/cut");
  g_autoptr (TdHttpRequest) cut_chunk = keyed_request (fixture, "GET", "/cut-chunk");
  g_autoptr (TdHttpRequest) nothing = keyed_request (fixture, "GET", "/nothing");
  g_autoptr (TdHttpRequest) noise = keyed_request (fixture, "GET", "/noise");
  g_autoptr (TdHttpRequest) gzip = keyed_request (fixture, "GET", "/gzip");
  g_autoptr (GBytes) text = g_bytes_new_static ("{\"data\":[],\"object\":\"list\"}", 27);
  g_autoptr (GBytes) whole = compress (text);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_autoptr (TdHttpResponse) response = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  td_test_server_answer_raw (fixture->server, "/cut", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":",
                             TD_TEST_RAW_CUT);
  assert_fails (fixture, cut, TD_HTTP_ERROR_CONNECTION);

  td_test_server_answer_raw (fixture->server, "/cut-chunk",
                             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", TD_TEST_RAW_CUT);
  assert_fails (fixture, cut_chunk, TD_HTTP_ERROR_CONNECTION);

  td_test_server_answer_raw (fixture->server, "/nothing", "", TD_TEST_RAW_CUT);
  assert_fails (fixture, nothing, TD_HTTP_ERROR_CONNECTION);

  td_test_server_answer_raw (fixture->server, "/noise", "SSH-2.0-OpenSSH\r\n\r\n", TD_TEST_RAW_CUT);
  assert_fails (fixture, noise, TD_HTTP_ERROR_BAD_ANSWER);

  td_test_server_answer_bytes (fixture->server, "/gzip", half, "Content-Encoding", "gzip");
  /* libsoup is content with what it could unpack. Whoever reads it isn't. */
  response = send_request (fixture->client, gzip, NULL);
  g_assert_nonnull (response);
  root = td_json_parse (td_http_response_get_body (response), &error);
  g_assert_error (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ANSWER);
}

static void
test_size_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *zeros = g_malloc0 (1024 * 1024);
  g_autoptr (GBytes) large = g_bytes_new_static (zeros, 1024 * 1024);
  g_autoptr (GBytes) bomb = compress (large);
  g_autoptr (TdHttpRequest) endless = keyed_request (fixture, "GET", "/endless");
  g_autoptr (TdHttpRequest) packed = keyed_request (fixture, "GET", "/packed");
  g_autoptr (TdHttpRequest) fitting = keyed_request (fixture, "GET", "/packed");
  g_autoptr (TdHttpRequest) complaint = keyed_request (fixture, "GET", "/complaint");
  g_autoptr (TdHttpRequest) misdirected = keyed_request (fixture, "GET", "/misdirected");
  g_autoptr (TdHttpResponse) response = NULL;

  td_test_server_answer_raw (fixture->server, "/endless",
                             "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nand on and on and on and on and on and on",
                             TD_TEST_RAW_ENDLESS);
  td_http_request_set_max_bytes (endless, 100000);
  assert_fails (fixture, endless, TD_HTTP_ERROR_TOO_LARGE);

  /* A megabyte in a thousand bytes. */
  g_assert_cmpuint (g_bytes_get_size (bomb), <, 10000);
  td_test_server_answer_bytes (fixture->server, "/packed", bomb, "Content-Encoding", "gzip");
  td_http_request_set_max_bytes (packed, 1024 * 1024 - 1);
  assert_fails (fixture, packed, TD_HTTP_ERROR_TOO_LARGE);

  td_http_request_set_max_bytes (fitting, 1024 * 1024);
  response = send_request (fixture->client, fitting, NULL);
  g_assert_nonnull (response);
  g_assert_true (g_bytes_equal (td_http_response_get_body (response), large));

  /* An error stays what it is however much is said about it. */
  td_test_server_answer_bytes (fixture->server, "/complaint", large, "X-Nothing", "1");
  td_test_server_answer_raw (fixture->server, "/complaint",
                             "HTTP/1.1 401 No\r\nConnection: close\r\n\r\nno and no and no and no and no and no and no",
                             TD_TEST_RAW_ENDLESS);
  g_clear_pointer (&response, td_http_response_unref);
  response = send_request (fixture->client, complaint, NULL);
  g_assert_nonnull (response);
  assert_fails (fixture, complaint, TD_HTTP_ERROR_UNAUTHORIZED);

  td_test_server_answer_raw (fixture->server, "/misdirected",
                             "HTTP/1.1 421 No\r\nConnection: close\r\n\r\nno and no and no and no and no and no and no",
                             TD_TEST_RAW_ENDLESS);
  assert_fails (fixture, misdirected, TD_HTTP_ERROR_REFUSED);
}

static void
test_time_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (TdHttpRequest) silent = keyed_request (fixture, "GET", "/silent");
  g_autoptr (TdHttpRequest) slow = keyed_request (fixture, "GET", "/slow");

  td_test_server_answer_raw (fixture->server, "/silent", "", TD_TEST_RAW_HANG);
  td_http_request_set_time_limit (silent, 100);
  assert_fails (fixture, silent, TD_HTTP_ERROR_TIMED_OUT);

  td_test_server_answer_raw (fixture->server, "/slow", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel",
                             TD_TEST_RAW_HANG);
  td_http_request_set_time_limit (slow, 100);
  assert_fails (fixture, slow, TD_HTTP_ERROR_TIMED_OUT);
}

static void
cancel_and_check (Fixture       *fixture,
                  TdHttpRequest *request,
                  guint          n_requests)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  td_http_client_send_async (fixture->client, request, cancellable, sent_cb, &outcome);
  td_test_server_await_requests (fixture->server, n_requests);
  g_assert_false (outcome.is_done);
  g_cancellable_cancel (cancellable);
  while (!outcome.is_done)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (outcome.response);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

static guint
long_wait_hook (guint    milliseconds,
                gpointer user_data)
{
  GCancellable *cancellable = user_data;

  /* Comes true once the client waits. */
  g_cancellable_cancel (cancellable);

  return 1000 * 1000;
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (TdHttpRequest) silent = keyed_request (fixture, "GET", "/silent");
  g_autoptr (TdHttpRequest) slow = keyed_request (fixture, "GET", "/slow");
  g_autoptr (TdHttpRequest) busy = keyed_request (fixture, "GET", "/busy");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  td_test_server_answer_raw (fixture->server, "/silent", "", TD_TEST_RAW_HANG);
  cancel_and_check (fixture, silent, 1);

  td_test_server_answer_raw (fixture->server, "/slow", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel",
                             TD_TEST_RAW_HANG);
  cancel_and_check (fixture, slow, 2);

  /* While it waits to ask again */
  td_test_server_answer (fixture->server, "/busy", 503, "", NULL);
  td_http_client_set_wait_hook (fixture->client, long_wait_hook, cancellable);
  td_http_client_send_async (fixture->client, busy, cancellable, sent_cb, &outcome);
  while (!outcome.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 3);

  /* Before it began */
  outcome.is_done = FALSE;
  td_http_client_send_async (fixture->client, busy, cancellable, sent_cb, &outcome);
  while (!outcome.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 3);
}

static void
test_nobody_there (Fixture       *fixture,
                   gconstpointer  data)
{
  TdTestServer *gone = td_test_server_new (NULL);
  g_autofree char *url = td_test_server_get_url (gone, "/");
  g_autoptr (TdHttpRequest) refused = td_http_request_new ("GET", url);
  /* Reserved never to exist (RFC 6761) */
  g_autoptr (TdHttpRequest) unknown = td_http_request_new ("GET", "https://tokendesk.invalid/");

  td_test_server_free (gone);
  assert_fails (fixture, refused, TD_HTTP_ERROR_CONNECTION);
  assert_fails (fixture, unknown, TD_HTTP_ERROR_OFFLINE);
}

static void
test_tls (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *url = NULL;
  g_autoptr (TdHttpRequest) request = NULL;
  TdTestServer *server;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("GLib has no TLS library here (glib-networking is not installed)");
      return;
    }

  certificate = g_tls_certificate_new_from_file (file, &error);
  g_assert_no_error (error);
  server = td_test_server_new (certificate);
  url = td_test_server_get_url (server, "/v1/models");
  td_test_server_answer (server, "/v1/models", 200, "{}", NULL);

  request = td_http_request_new ("GET", url);
  td_http_request_set_bearer (request, KEY);
  assert_fails (fixture, request, TD_HTTP_ERROR_TLS);
  g_assert_cmpuint (td_test_server_get_n_requests (server), ==, 0);
  td_test_server_free (server);
}

static void
test_addresses (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const refused[] = {
    "", "api.openai.com", "http://api.openai.com/v1", "ftp://127.0.0.1/", "https://", "https:///v1",
    "https://user:secret@api.openai.com/", "http://127.0.0.1.example.com/", "http://localhost.example.com/",
    "file:///etc/passwd", "https://exa mple.com/", "http://0.0.0.0/", "http://10.0.0.1/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (TdHttpRequest) request = td_http_request_new ("GET", refused[i]);

      assert_fails (fixture, request, TD_HTTP_ERROR_BAD_ADDRESS);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  td_test_log_capture ();

#define ADD(path, func) g_test_add ("/http/client/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("ok", test_ok);
  ADD ("no-key", test_no_key);
  ADD ("etag", test_etag);
  ADD ("statuses", test_statuses);
  ADD ("retry-after", test_retry_after);
  ADD ("retries-are-bounded", test_retries_are_bounded);
  ADD ("post", test_post);
  ADD ("redirects", test_redirects);
  ADD ("broken-answers", test_broken_answers);
  ADD ("size-limit", test_size_limit);
  ADD ("time-limit", test_time_limit);
  ADD ("cancel", test_cancel);
  ADD ("nobody-there", test_nobody_there);
  ADD ("tls", test_tls);
  ADD ("addresses", test_addresses);
#undef ADD

  return g_test_run ();
}
