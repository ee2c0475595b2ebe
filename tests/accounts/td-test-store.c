/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-key.h"
#include "td-test-await.h"
#include "td-test-store.h"

/* The store's calls, waited for. */

TdKeyStorage
td_test_store_find (TdKeyStore *store,
                    const char *host)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TdKeyStorage storage;

  td_key_store_find_async (store, "openai", host, NULL, td_test_done_cb, &result);
  storage = td_key_store_find_finish (store, td_test_await (&result), &error);
  g_assert_no_error (error);

  return storage;
}

TdKeyStorage
td_test_store_store (TdKeyStore *store,
                     const char *host,
                     const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = td_key_new (key, &error);
  TdKeyStorage storage;

  g_assert_no_error (error);
  td_key_store_store_async (store, "openai", host, "A key of the tests", value, NULL, td_test_done_cb, &result);
  storage = td_key_store_store_finish (store, td_test_await (&result), &error);
  g_assert_no_error (error);

  return storage;
}

void
td_test_store_assert_key (TdKeyStore *store,
                          const char *host,
                          const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = NULL;

  td_key_store_lookup_async (store, "openai", host, NULL, td_test_done_cb, &result);
  value = td_key_store_lookup_finish (store, td_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (value != NULL ? secret_value_get_text (value) : NULL, ==, key);
}

gboolean
td_test_store_clear (TdKeyStore  *store,
                     const char  *host,
                     GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_key_store_clear_async (store, "openai", host, NULL, td_test_done_cb, &result);

  return td_key_store_clear_finish (store, td_test_await (&result), error);
}
