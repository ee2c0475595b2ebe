/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "td-test-await.h"
#include "td-test-log.h"
#include "td-test-store.h"

/* The store over libsecret's encrypted file, which is what it has in a Flatpak. */

static char *file;

static void
count_cb (TdKeyStore *store,
          const char *provider,
          const char *host,
          gpointer    user_data)
{
  guint *n = user_data;

  g_assert_cmpstr (provider, ==, "openai");
  g_assert_cmpstr (host, ==, "api.openai.com");
  ++*n;
}

static void
test_round_trip (void)
{
  TdKeyStore *store = td_key_store_new ();
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_signal_connect (store, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_cmpint (td_key_store_get_keyring_state (store), ==, TD_KEYRING_UNKNOWN);

  g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_NONE);
  g_assert_cmpint (td_key_store_get_keyring_state (store), ==, TD_KEYRING_USABLE);
  td_test_store_assert_key (store, "api.openai.com", NULL);
  g_assert_cmpuint (n_changes, ==, 0);

  g_assert_cmpint (td_test_store_store (store, "api.openai.com", TD_TEST_KEY), ==, TD_KEY_STORAGE_KEYRING);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_KEYRING);
  td_test_store_assert_key (store, "api.openai.com", TD_TEST_KEY);

  /* Another host knows nothing of it. */
  g_assert_cmpint (td_test_store_find (store, "relay.example.com"), ==, TD_KEY_STORAGE_NONE);
  td_test_store_assert_key (store, "relay.example.com", NULL);

  /* There is one key for a host. */
  g_assert_cmpint (td_test_store_store (store, "api.openai.com", TD_TEST_OTHER_KEY), ==, TD_KEY_STORAGE_KEYRING);
  td_test_store_assert_key (store, "api.openai.com", TD_TEST_OTHER_KEY);

  g_assert_true (td_test_store_clear (store, "api.openai.com", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_cmpint (td_test_store_find (store, "api.openai.com"), ==, TD_KEY_STORAGE_NONE);
  td_test_store_assert_key (store, "api.openai.com", NULL);

  /* Clearing what isn't there is no error. */
  g_assert_true (td_test_store_clear (store, "api.openai.com", &error));
  g_assert_no_error (error);

  g_assert_finalize_object (store);
}

static void
test_file_is_encrypted (void)
{
  TdKeyStore *store = td_key_store_new ();
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  td_test_store_store (store, "api.openai.com", TD_TEST_KEY);
  g_file_get_contents (file, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_null (g_strstr_len (contents, length, TD_TEST_KEY));

  g_assert_true (td_test_store_clear (store, "api.openai.com", NULL));
  g_assert_finalize_object (store);
}

static void
test_cancel (void)
{
  TdKeyStore *store = td_key_store_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) looked_up = NULL;
  g_autoptr (GAsyncResult) cleared = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);

  td_key_store_find_async (store, "openai", "api.openai.com", cancellable, td_test_done_cb, &found);
  g_assert_cmpint (td_key_store_find_finish (store, td_test_await (&found), &error), ==, TD_KEY_STORAGE_UNKNOWN);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  td_key_store_lookup_async (store, "openai", "api.openai.com", cancellable, td_test_done_cb, &looked_up);
  g_assert_null (td_key_store_lookup_finish (store, td_test_await (&looked_up), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  td_key_store_clear_async (store, "openai", "api.openai.com", cancellable, td_test_done_cb, &cleared);
  g_assert_false (td_key_store_clear_finish (store, td_test_await (&cleared), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* None of which is the keyring's fault. */
  g_assert_cmpint (td_key_store_get_keyring_state (store), !=, TD_KEYRING_UNUSABLE);

  /* They refer to the store. */
  g_clear_object (&found);
  g_clear_object (&looked_up);
  g_clear_object (&cleared);
  g_assert_finalize_object (store);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  td_test_log_capture ();

  folder = g_dir_make_tmp ("tokendesk-keys-XXXXXX", NULL);
  g_assert_nonnull (folder);
  file = g_build_filename (folder, "keys.keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "a password of the tests", TRUE);

  g_test_add_func ("/accounts/key-store/file/round-trip", test_round_trip);
  g_test_add_func ("/accounts/key-store/file/is-encrypted", test_file_is_encrypted);
  g_test_add_func ("/accounts/key-store/file/cancel", test_cancel);

  status = g_test_run ();
  td_test_log_assert_lacks (TD_TEST_KEY);

  g_unlink (file);
  g_rmdir (folder);
  g_free (file);

  return status;
}
