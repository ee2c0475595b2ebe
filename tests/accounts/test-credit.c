/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-account-error.h"
#include "accounts/td-credit.h"
#include "accounts/td-json-scalar.h"
#include "accounts/td-key.h"
#include "td-test-await.h"
#include "td-test-log.h"
#include "td-test-server.h"
#include "td-test-store.h"

/* Answers as the services document them, answers no service should give, and one real request over a socket. */

static const TdProvider *
find_provider (const char *id)
{
  for (guint i = 0; td_provider_get_nth (i) != NULL; i++)
    {
      if (g_str_equal (td_provider_get_nth (i)->id, id))
        return td_provider_get_nth (i);
    }

  g_error ("There is no provider %s.", id);
}

static void
test_providers (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_true (td_provider_get_nth (0) == td_provider_get_openai ());
  for (guint i = 0; td_provider_get_nth (i) != NULL; i++)
    {
      const TdProvider *provider = td_provider_get_nth (i);
      g_autofree char *url = td_account_normalize_base_url (provider->base_url, NULL);

      g_assert_true (g_hash_table_add (ids, (gpointer) provider->id));
      g_assert_cmpstr (url, ==, provider->base_url);
      g_assert_true (g_str_has_prefix (url, "https://"));
      /* Whoever is asked for credit is asked at no other host. */
      g_assert_cmpint (provider->is_fixed, ==, provider->credit_kind != TD_CREDIT_KIND_NONE);
    }
}

static void
test_scalars (void)
{
  static const char json[] = " {\"a\" : [ 1.50 , {\"b\":\"x,}\\\"\"}, \"plain\" ,[ ] ],\n \"c\":{\"a\":null,"
                             "\"d\":-2e-3} , \"e\":true, \"f\":{}, \"g\":[], \"h\":1, \"i\":{\"a\":2}, \"h\":3,"
                             "\"i\":{}}";
  static const struct
  {
    const char *path;
    const char *value;
  } cases[] = {
    { "a/0", "1.50" }, { "a/1", NULL }, { "a/1/b", NULL }, { "a/2", "plain" }, { "a/3", NULL }, { "a/3/0", NULL },
    { "a/4", NULL }, { "a", NULL }, { "c/a", "null" }, { "c/d", "-2e-3" }, { "e", "true" }, { "e/f", NULL },
    { "d", NULL }, { "f/a", NULL }, { "g/0", NULL }, { "0", NULL }, { "", NULL },
    /* Of two of one name the last, as json-glib has it. */
    { "h", "3" }, { "i/a", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = td_json_scalar_dup (json, cases[i].path);

      g_test_message ("%s", cases[i].path);
      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

/* Reads an answer, and writes what it says as the settings keep it, without the time. */
static char *
read_answer (const char  *provider_id,
             const char  *body,
             GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  TdCredit credit;

  if (td_credit_read (&credit, find_provider (provider_id), bytes, error))
    return td_credit_to_text (&credit, provider_id);

  g_assert_cmpuint (credit.n_amounts, ==, 0);

  return NULL;
}

static void
test_answers (void)
{
  static const struct
  {
    const char *provider;
    const char *body;
    const char *text;
  } cases[] = {
    { "deepseek",
      "{\"is_available\":true,\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"110.00\","
      "\"granted_balance\":\"10.00\",\"topped_up_balance\":\"100.00\"}]}",
      "deepseek 0 CNY 110" },
    { "deepseek",
      "{\"is_available\":true,\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"0.10\"},"
      "{\"currency\":\"USD\",\"total_balance\":\"-5.25\"}]}",
      "deepseek 0 CNY 0.1 USD -5.25" },
    /* 49.58894 is no double: through one it would become 49.588940000000001. */
    { "moonshot-cn",
      "{\"code\":0,\"data\":{\"available_balance\":49.58894,\"voucher_balance\":46.58893,\"cash_balance\":3.00001},"
      "\"scode\":\"0x0\",\"status\":true}",
      "moonshot-cn 0 CNY 49.58894" },
    { "moonshot-ai", "{\"data\":{\"available_balance\":1e2}}", "moonshot-ai 0 USD 100" },
    { "siliconflow",
      "{\"code\":20000,\"message\":\"OK\",\"status\":true,\"data\":{\"id\":\"a\",\"balance\":\"0.88\","
      "\"chargeBalance\":\"88.00\",\"totalBalance\":\"88.88\"}}",
      "siliconflow 0 CNY 88.88" },
    { "openrouter",
      "{\"data\":{\"label\":\"sk-or-v1-0e6...\",\"usage\":1.2,\"limit\":10,\"limit_remaining\":8.8,"
      "\"limit_reset\":null,\"is_free_tier\":false,\"expires_at\":null}}",
      "openrouter 0 USD 8.8" },
    /* What a sum of doubles looks like: cut after fifteen places, never rounded up. */
    { "openrouter", "{\"data\":{\"limit_remaining\":8.7999999999999998}}", "openrouter 0 USD 8.799999999999999" },
    { "openrouter", "{\"data\":{\"limit_remaining\":12.5E-1}}", "openrouter 0 USD 1.25" },
    { "openrouter", "{\"data\":{\"limit_remaining\":0}}", "openrouter 0 USD 0" },
    { "openrouter", "{\"data\":{\"limit_remaining\":5e-20}}", "openrouter 0 USD 0" },
    { "openrouter", "{\"data\":{\"limit_remaining\":-8.7999999999999998}}", "openrouter 0 USD -8.799999999999999" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_answer (cases[i].provider, cases[i].body, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_bad_answers (void)
{
  static const struct
  {
    const char *provider;
    const char *body;
    int code;
  } cases[] = {
    { "deepseek", "", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "<html>", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "[]", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{}", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "7", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[]}", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[{\"currency\":\"CNY\"}]}", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[{\"total_balance\":\"1\"}]}", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[{\"currency\":\"<b>\",\"total_balance\":\"1\"}]}", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[{\"currency\":\"cny\",\"total_balance\":\"1\"}]}", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"1.2.3\"}]}",
      TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"1,5\"}]}", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"\"}]}", TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek", "{\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"NaN\"}]}", TD_HTTP_ERROR_BAD_ANSWER },
    /* One of two names is not taken for the other. */
    { "deepseek",
      "{\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"1\",\"total_balance\":\"2\"}]}",
      TD_HTTP_ERROR_BAD_ANSWER },
    { "deepseek",
      "{\"balance_infos\":[{\"currency\":\"AAA\",\"total_balance\":\"1\"},"
      "{\"currency\":\"BBB\",\"total_balance\":\"1\"},"
      "{\"currency\":\"CCC\",\"total_balance\":\"1\"},{\"currency\":\"DDD\",\"total_balance\":\"1\"},"
      "{\"currency\":\"EEE\",\"total_balance\":\"1\"}]}",
      TD_HTTP_ERROR_BAD_ANSWER },
    { "moonshot-cn", "{\"data\":{\"available_balance\":null}}", TD_HTTP_ERROR_BAD_ANSWER },
    { "moonshot-cn", "{\"data\":{\"available_balance\":true}}", TD_HTTP_ERROR_BAD_ANSWER },
    { "moonshot-cn", "{\"data\":{\"available_balance\":{}}}", TD_HTTP_ERROR_BAD_ANSWER },
    { "moonshot-cn", "{\"data\":{\"available_balance\":1e31}}", TD_HTTP_ERROR_BAD_ANSWER },
    { "moonshot-cn", "{\"data\":{\"available_balance\":1e30}}", TD_HTTP_ERROR_BAD_ANSWER },
    { "siliconflow", "{\"error\":{\"code\":\"invalid_api_key\"}}", TD_HTTP_ERROR_UNAUTHORIZED },
    { "openrouter", "{\"data\":{}}", TD_HTTP_ERROR_BAD_ANSWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].body);
      g_assert_null (read_answer (cases[i].provider, cases[i].body, &error));
      g_assert_error (error, TD_HTTP_ERROR, cases[i].code);
    }
}

static void
test_no_limit (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_answer ("openrouter", "{\"data\":{\"limit\":null,\"limit_remaining\":null}}", &error));
  g_assert_error (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_NO_LIMIT);
}

static void
test_keeping (void)
{
  static const char * const good[] = { "deepseek", "deepseek 1795525205 CNY 110 USD -0.5", "openrouter 7 USD 8.8" };
  static const char * const bad[] = { "", " ", "deepseek 7 CNY", "deepseek x CNY 1", "deepseek 7 CNY 1 US 1",
                                      "deepseek 7 CNY one", "deepseek -7 CNY 1",
                                      "deepseek 7 AAA 1 BBB 1 CCC 1 DDD 1 EEE 1" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *provider = NULL;
      g_autofree char *text = NULL;
      TdCredit credit;

      g_assert_true (td_credit_parse (good[i], &provider, &credit));
      text = td_credit_to_text (&credit, provider);
      g_assert_cmpstr (text, ==, good[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TdCredit credit;

      g_test_message ("%s", bad[i]);
      g_assert_false (td_credit_parse (bad[i], NULL, &credit));
      g_assert_cmpuint (credit.n_amounts, ==, 0);
    }
}

/* A request -------------------------------------------------------------------------------------------------------- */

typedef struct
{
  TdTestServer *server;
  TdKeyStore *store;
  TdHttpClient *client;
  TdProvider provider;
  char *url;
  TdAccount *account;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SecretValue) key = td_key_new (TD_TEST_KEY, NULL);

  fixture->server = td_test_server_new (NULL);
  fixture->store = td_key_store_new ();
  fixture->client = td_http_client_new ();
  fixture->url = td_test_server_get_url (fixture->server, "/v1");
  fixture->provider = *find_provider ("moonshot-cn");
  fixture->provider.base_url = fixture->url;
  fixture->account = td_account_new (&fixture->provider, fixture->store, fixture->client);

  td_account_save_key_async (fixture->account, key, NULL, td_test_done_cb, &result);
  g_assert_cmpint (td_account_save_key_finish (fixture->account, td_test_await (&result), NULL), ==,
                   TD_KEY_STORAGE_MEMORY);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  td_test_await_finalized (G_OBJECT (fixture->account));
  td_test_await_finalized (G_OBJECT (fixture->client));
  td_test_await_finalized (G_OBJECT (fixture->store));
  td_test_server_free (fixture->server);
  g_free (fixture->url);
  td_test_log_assert_lacks (TD_TEST_KEY);
}

static gboolean
fetch (Fixture   *fixture,
       TdCredit  *credit,
       GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_credit_fetch_async (fixture->account, NULL, td_test_done_cb, &result);

  return td_credit_fetch_finish (fixture->account, td_test_await (&result), credit, error);
}

static void
test_fetch (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;
  g_autofree char *authorization = NULL;
  TdCredit credit;

  td_test_server_answer (fixture->server, "/v1/users/me/balance", 200,
                         "{\"code\":0,\"data\":{\"available_balance\":49.58894},\"status\":true}", NULL);
  g_assert_true (fetch (fixture, &credit, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (credit.n_amounts, ==, 1);
  g_assert_cmpstr (credit.amounts[0].currency, ==, "CNY");
  g_assert_cmpint (credit.read_at, >=, before);
  g_assert_cmpint (credit.read_at, <=, g_get_real_time () / G_USEC_PER_SEC);

  request = td_test_server_get_request (fixture->server, 0);
  g_assert_cmpstr (request, ==, "GET /v1/users/me/balance");
  authorization = td_test_server_get_request_header (fixture->server, 0, "Authorization");
  g_assert_cmpstr (authorization, ==, "Bearer " TD_TEST_KEY);
}

static void
test_fetch_errors (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *large = g_strnfill (70000, ' ');
  const struct
  {
    guint status;
    const char *body;
    int code;
  } cases[] = {
    { 401, "{\"error\":{\"message\":\"Incorrect key " TD_TEST_KEY "\",\"code\":\"invalid_api_key\"}}",
      TD_HTTP_ERROR_UNAUTHORIZED },
    { 404, "", TD_HTTP_ERROR_NOT_FOUND },
    { 200, "{", TD_HTTP_ERROR_BAD_ANSWER },
    { 200, large, TD_HTTP_ERROR_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      TdCredit credit;

      td_test_server_answer (fixture->server, "/v1/users/me/balance", cases[i].status, cases[i].body, NULL);
      g_assert_false (fetch (fixture, &credit, &error));
      g_assert_error (error, TD_HTTP_ERROR, cases[i].code);
      g_assert_null (strstr (error->message, TD_TEST_KEY));
    }
}

/* The address of such a service can't be changed, so its key goes nowhere else. */
static void
test_fixed_host (Fixture       *fixture,
                 gconstpointer  data)
{
  td_account_set_base_url (fixture->account, "https://relay.example.com/v1");
  g_assert_cmpstr (td_account_get_base_url (fixture->account), ==, fixture->url);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  td_test_log_capture ();

  g_test_add_func ("/accounts/credit/providers", test_providers);
  g_test_add_func ("/accounts/credit/scalars", test_scalars);
  g_test_add_func ("/accounts/credit/answers", test_answers);
  g_test_add_func ("/accounts/credit/bad-answers", test_bad_answers);
  g_test_add_func ("/accounts/credit/no-limit", test_no_limit);
  g_test_add_func ("/accounts/credit/keeping", test_keeping);
#define ADD(path, func) g_test_add ("/accounts/credit/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("fetch", test_fetch);
  ADD ("fetch-errors", test_fetch_errors);
  ADD ("fixed-host", test_fixed_host);
#undef ADD

  return g_test_run ();
}
