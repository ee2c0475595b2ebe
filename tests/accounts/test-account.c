/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-account-error.h"
#include "accounts/td-key.h"
#include "accounts/td-openai.h"
#include "td-test-await.h"
#include "td-test-log.h"
#include "td-test-server.h"
#include "td-test-store.h"

/* Keys stay in memory here: no session bus answers at the address that meson.build gives. */

typedef struct
{
  TdTestServer *server;
  TdKeyStore *store;
  TdHttpClient *client;
  TdAccount *account;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *url = NULL;

  fixture->server = td_test_server_new (NULL);
  fixture->store = td_key_store_new ();
  fixture->client = td_http_client_new ();
  fixture->account = td_account_new (td_provider_get_openai (), fixture->store, fixture->client);

  url = td_test_server_get_url (fixture->server, "/v1/");
  td_account_set_base_url (fixture->account, url);
}

static void
await_storage (Fixture      *fixture,
               TdKeyStorage  storage)
{
  while (td_account_get_key_storage (fixture->account) != storage)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  td_test_await_finalized (G_OBJECT (fixture->account));
  td_test_await_finalized (G_OBJECT (fixture->client));
  td_test_await_finalized (G_OBJECT (fixture->store));
  td_test_server_free (fixture->server);
  td_test_log_assert_lacks (TD_TEST_KEY);
}

static void
save_key (Fixture    *fixture,
          const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) key = td_key_new (text, &error);

  g_assert_no_error (error);
  td_account_save_key_async (fixture->account, key, NULL, td_test_done_cb, &result);
  g_assert_cmpint (td_account_save_key_finish (fixture->account, td_test_await (&result), &error), ==,
                   TD_KEY_STORAGE_MEMORY);
  g_assert_no_error (error);
  await_storage (fixture, TD_KEY_STORAGE_MEMORY);
}

/* Returns the number of models, or -1 with an error. */
static int
test_key (Fixture  *fixture,
          GError  **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  guint n_models;

  td_openai_test_key_async (fixture->account, cancellable, td_test_done_cb, &result);
  if (td_openai_test_key_finish (fixture->account, td_test_await (&result), &n_models, error))
    return n_models;

  g_assert_cmpuint (n_models, ==, 0);

  return -1;
}

static void
test_base_url (void)
{
  static const struct
  {
    const char *text;
    const char *url;
  } cases[] = {
    { "https://api.openai.com/v1", "https://api.openai.com/v1" },
    { "  https://API.OpenAI.com/v1/ \n", "https://API.OpenAI.com/v1" },
    { "https://relay.example.com:8443//", "https://relay.example.com:8443" },
    { "https://relay.example.com", "https://relay.example.com" },
    { "http://localhost:11434/v1", "http://localhost:11434/v1" },
    { "http://[::1]:8080/v1/", "http://[::1]:8080/v1" },
    { "http://relay.example.com/v1", NULL },
    { "https://key@relay.example.com/v1", NULL },
    { "https://relay.example.com/v1?key=1", NULL },
    { "https://relay.example.com/v1#a", NULL },
    { "relay.example.com/v1", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = td_account_normalize_base_url (cases[i].text, &error);

      g_assert_cmpstr (url, ==, cases[i].url);
      if (url == NULL)
        g_assert_error (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ADDRESS);
      else
        g_assert_no_error (error);
    }
}

static void
count_cb (TdAccount  *account,
          GParamSpec *pspec,
          gpointer    user_data)
{
  guint *n = user_data;

  ++*n;
}

static void
test_properties (Fixture       *fixture,
                 gconstpointer  data)
{
  TdAccount *account = fixture->account;
  g_autofree char *base_url = NULL;
  g_autofree char *host = NULL;
  TdKeyStorage storage;
  guint n_urls = 0;
  guint n_hosts = 0;

  g_signal_connect (account, "notify::base-url", G_CALLBACK (count_cb), &n_urls);
  g_signal_connect (account, "notify::host", G_CALLBACK (count_cb), &n_hosts);

  td_account_set_base_url (account, "https://Relay.example.com/v1/");
  g_assert_cmpuint (n_urls, ==, 1);
  g_assert_cmpuint (n_hosts, ==, 1);
  g_object_get (account, "base-url", &base_url, "host", &host, "key-storage", &storage, NULL);
  g_assert_cmpstr (base_url, ==, "https://Relay.example.com/v1");
  g_assert_cmpstr (host, ==, "relay.example.com");
  g_assert_cmpint (storage, ==, TD_KEY_STORAGE_UNKNOWN);
  await_storage (fixture, TD_KEY_STORAGE_NONE);

  /* The same host */
  g_object_set (account, "base-url", "https://relay.example.com/v2", NULL);
  g_assert_cmpuint (n_urls, ==, 2);
  g_assert_cmpuint (n_hosts, ==, 1);
  g_assert_cmpint (td_account_get_key_storage (account), ==, TD_KEY_STORAGE_NONE);

  /* The same address */
  g_object_set (account, "base-url", "https://relay.example.com/v2/", NULL);
  g_assert_cmpuint (n_urls, ==, 2);

  /* No address */
  g_object_set (account, "base-url", "http://relay.example.com", NULL);
  g_assert_cmpstr (td_account_get_base_url (account), ==, "https://api.openai.com/v1");
  g_assert_cmpstr (td_account_get_host (account), ==, "api.openai.com");
  g_object_set (account, "base-url", NULL, NULL);
  g_assert_cmpuint (n_urls, ==, 3);
}

static void
test_works (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;
  g_autofree char *authorization = NULL;

  td_test_server_answer (fixture->server, "/v1/models", 200,
                         "{\"object\":\"list\",\"data\":["
                         "{\"id\":\"gpt-5.6-terra\",\"object\":\"model\",\"created\":1686935002,"
                         "\"owned_by\":\"openai\",\"shutdown_date\":null},"
                         "{\"id\":\"gpt-4\",\"object\":\"model\"}, {\"name\":\"no id\"}, 7, null]}", NULL);
  save_key (fixture, TD_TEST_KEY "\n");
  g_assert_cmpint (test_key (fixture, &error), ==, 2);
  g_assert_no_error (error);

  request = td_test_server_get_request (fixture->server, 0);
  g_assert_cmpstr (request, ==, "GET /v1/models");
  authorization = td_test_server_get_request_header (fixture->server, 0, "Authorization");
  g_assert_cmpstr (authorization, ==, "Bearer " TD_TEST_KEY);
}

static void
test_no_key (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (test_key (fixture, &error), ==, -1);
  g_assert_error (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_NO_KEY);
  g_assert_cmpuint (td_test_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_key_stays_with_its_host (Fixture       *fixture,
                              gconstpointer  data)
{
  TdTestServer *other = td_test_server_new (NULL);
  g_autofree char *other_url = td_test_server_get_url (other, "/v1");
  g_autofree char *url = g_strdup (td_account_get_base_url (fixture->account));
  g_autoptr (GError) error = NULL;

  td_test_server_answer (fixture->server, "/v1/models", 200, "{\"data\":[]}", NULL);
  td_test_server_answer (other, "/v1/models", 200, "{\"data\":[]}", NULL);
  save_key (fixture, TD_TEST_KEY);

  td_account_set_base_url (fixture->account, other_url);
  await_storage (fixture, TD_KEY_STORAGE_NONE);
  g_assert_cmpint (test_key (fixture, &error), ==, -1);
  g_assert_error (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_NO_KEY);
  g_clear_error (&error);
  g_assert_cmpuint (td_test_server_get_n_requests (other), ==, 0);

  td_account_set_base_url (fixture->account, url);
  await_storage (fixture, TD_KEY_STORAGE_MEMORY);
  g_assert_cmpint (test_key (fixture, &error), ==, 0);
  g_assert_no_error (error);

  td_test_server_free (other);
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  save_key (fixture, TD_TEST_KEY);
  td_account_remove_key_async (fixture->account, NULL, td_test_done_cb, &result);
  /* There is no keyring that could say it has none. */
  g_assert_false (td_account_remove_key_finish (fixture->account, td_test_await (&result), &error));
  g_assert_error (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_KEYRING);
  g_clear_error (&error);
  await_storage (fixture, TD_KEY_STORAGE_NONE);
  g_assert_cmpint (test_key (fixture, &error), ==, -1);
  g_assert_error (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_NO_KEY);
}

static void
test_bad_answers (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    guint status;
    const char *body;
    TdHttpError code;
  } cases[] = {
    { 200, "<!doctype html><title>Welcome</title>", TD_HTTP_ERROR_BAD_ANSWER },
    { 200, "{}", TD_HTTP_ERROR_BAD_ANSWER },
    { 200, "[]", TD_HTTP_ERROR_BAD_ANSWER },
    { 200, "{\"data\":{}}", TD_HTTP_ERROR_BAD_ANSWER },
    { 200, "{\"data\":[", TD_HTTP_ERROR_BAD_ANSWER },
    { 200, "", TD_HTTP_ERROR_BAD_ANSWER },
    { 204, "", TD_HTTP_ERROR_BAD_ANSWER },
    { 200, "{\"error\":{\"message\":\"no\",\"code\":\"invalid_api_key\"}}", TD_HTTP_ERROR_UNAUTHORIZED },
    { 200, "{\"error\":{\"message\":\"no\",\"type\":\"insufficient_quota\"}}", TD_HTTP_ERROR_QUOTA },
    { 401, "{\"error\":{\"message\":\"no\",\"code\":\"invalid_api_key\"}}", TD_HTTP_ERROR_UNAUTHORIZED },
    { 403, "{\"error\":{\"code\":\"unsupported_country_region_territory\"}}", TD_HTTP_ERROR_REGION },
    { 404, "", TD_HTTP_ERROR_NOT_FOUND },
    { 429, "{\"error\":{\"type\":\"insufficient_quota\"}}", TD_HTTP_ERROR_QUOTA },
  };

  save_key (fixture, TD_TEST_KEY);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *prefix = g_strdup_printf ("/case-%u", i);
      g_autofree char *path = g_strconcat (prefix, "/models", NULL);
      g_autofree char *url = td_test_server_get_url (fixture->server, prefix);
      g_autoptr (GError) error = NULL;

      td_test_server_answer (fixture->server, path, cases[i].status, cases[i].body, NULL);
      td_account_set_base_url (fixture->account, url);
      g_assert_cmpint (test_key (fixture, &error), ==, -1);
      g_assert_error (error, TD_HTTP_ERROR, (int) cases[i].code);
    }
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_models;

  td_test_server_answer_raw (fixture->server, "/v1/models", "HTTP/1.1 200 OK\r\n", TD_TEST_RAW_HANG);
  save_key (fixture, TD_TEST_KEY);
  td_openai_test_key_async (fixture->account, cancellable, td_test_done_cb, &result);
  td_test_server_await_requests (fixture->server, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (td_openai_test_key_finish (fixture->account, td_test_await (&result), &n_models, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  td_test_log_capture ();

  g_test_add_func ("/accounts/account/base-url", test_base_url);
#define ADD(path, func) g_test_add ("/accounts/account/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("properties", test_properties);
  ADD ("works", test_works);
  ADD ("no-key", test_no_key);
  ADD ("key-stays-with-its-host", test_key_stays_with_its_host);
  ADD ("remove", test_remove);
  ADD ("bad-answers", test_bad_answers);
  ADD ("cancel", test_cancel);
#undef ADD

  return g_test_run ();
}
