/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-account-error.h"
#include "td-test-log.h"
#include "td-test-store.h"

/* The store on a machine without a keyring: no session bus answers at the address that meson.build gives. */

static void
notify_cb (TdKeyStore *store,
           GParamSpec *pspec,
           gpointer    user_data)
{
  guint *n = user_data;

  ++*n;
}

static void
test_this_run_only (void)
{
  TdKeyStore *store = td_key_store_new ();
  TdKeyStore *next_run;
  g_autoptr (GError) error = NULL;
  guint n_notifications = 0;

  g_signal_connect (store, "notify::keyring-state", G_CALLBACK (notify_cb), &n_notifications);

  g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_NONE);
  g_assert_cmpint (td_key_store_get_keyring_state (store), ==, TD_KEYRING_UNUSABLE);
  g_assert_cmpuint (n_notifications, ==, 1);

  g_assert_cmpint (td_test_store_store (store, "api.openai.com", TD_TEST_KEY), ==, TD_KEY_STORAGE_MEMORY);
  g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_MEMORY);
  td_test_store_assert_key (store, "api.openai.com", TD_TEST_KEY);
  td_test_store_assert_key (store, "relay.example.com", NULL);

  g_assert_cmpint (td_test_store_store (store, "api.openai.com", TD_TEST_OTHER_KEY), ==, TD_KEY_STORAGE_MEMORY);
  td_test_store_assert_key (store, "api.openai.com", TD_TEST_OTHER_KEY);

  /* Nothing else has it. */
  next_run = td_key_store_new ();
  td_test_store_assert_key (next_run, "api.openai.com", NULL);
  g_assert_finalize_object (next_run);

  /* It goes from memory. Whether there is another in a keyring that can't be asked, nobody knows, so it isn't said to
   * be gone. */
  g_assert_false (td_test_store_clear (store, "api.openai.com", &error));
  g_assert_error (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_KEYRING);
  g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_NONE);
  td_test_store_assert_key (store, "api.openai.com", NULL);
  g_assert_cmpuint (n_notifications, ==, 1);

  g_assert_finalize_object (store);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  td_test_log_capture ();

  g_test_add_func ("/accounts/key-store/memory/this-run-only", test_this_run_only);

  status = g_test_run ();
  td_test_log_assert_lacks (TD_TEST_KEY);

  return status;
}
