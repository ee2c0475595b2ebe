/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "td-test-store.h"

/* One run of a program that has a key, for test-keyring.py: keyring-step STEP. Each assertion that fails ends it. */

int
main (int   argc,
      char *argv[])
{
  TdKeyStore *store = td_key_store_new ();
  const char *step = argc == 2 ? argv[1] : "";
  g_autoptr (GError) error = NULL;

  if (g_str_equal (step, "empty"))
    {
      g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_NONE);
      g_assert_cmpint (td_key_store_get_keyring_state (store), ==, TD_KEYRING_USABLE);
    }
  else if (g_str_equal (step, "store"))
    {
      g_assert_cmpint (td_test_store_store (store, "api.openai.com", TD_TEST_KEY), ==, TD_KEY_STORAGE_KEYRING);
    }
  else if (g_str_equal (step, "read"))
    {
      g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_KEYRING);
      td_test_store_assert_key (store, "api.openai.com", TD_TEST_KEY);
      g_assert_cmpint (td_test_store_find (store, "relay.example.com"), ==, TD_KEY_STORAGE_NONE);
    }
  else if (g_str_equal (step, "locked"))
    {
      /* Whether there is a key can be told without unlocking. With nobody to ask for the password a new one is kept in
       * memory. */
      g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_KEYRING);
      g_assert_cmpint (td_test_store_store (store, "api.openai.com", TD_TEST_OTHER_KEY), ==, TD_KEY_STORAGE_MEMORY);
      g_assert_cmpint (td_key_store_get_keyring_state (store), ==, TD_KEYRING_UNUSABLE);
      td_test_store_assert_key (store, "api.openai.com", TD_TEST_OTHER_KEY);
    }
  else if (g_str_equal (step, "clear"))
    {
      g_assert_true (td_test_store_clear (store, "api.openai.com", &error));
      g_assert_no_error (error);
      g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_NONE);
    }
  else
    {
      g_printerr ("No such step.\n");
      return 2;
    }

  g_assert_finalize_object (store);

  return 0;
}
