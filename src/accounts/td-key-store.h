/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsecret/secret.h>

G_BEGIN_DECLS

/**
 * TdKeyStorage:
 * @TD_KEY_STORAGE_UNKNOWN: not looked for yet
 * @TD_KEY_STORAGE_NONE: there is no key
 * @TD_KEY_STORAGE_KEYRING: the key is in the keyring
 * @TD_KEY_STORAGE_MEMORY: the key is kept for this run only, because the keyring can't be used
 *
 * Where a key is kept.
 */
typedef enum
{
  TD_KEY_STORAGE_UNKNOWN,
  TD_KEY_STORAGE_NONE,
  TD_KEY_STORAGE_KEYRING,
  TD_KEY_STORAGE_MEMORY,
} TdKeyStorage;

/**
 * TdKeyringState:
 * @TD_KEYRING_UNKNOWN: nothing was asked of it yet
 * @TD_KEYRING_USABLE: it did what it was asked to
 * @TD_KEYRING_UNUSABLE: there is none, or it is locked and stays so
 *
 * What is known of the keyring from the last time it was used.
 */
typedef enum
{
  TD_KEYRING_UNKNOWN,
  TD_KEYRING_USABLE,
  TD_KEYRING_UNUSABLE,
} TdKeyringState;

#define TD_TYPE_KEY_STORAGE (td_key_storage_get_type ())
#define TD_TYPE_KEYRING_STATE (td_keyring_state_get_type ())
#define TD_TYPE_KEY_STORE (td_key_store_get_type ())

GType           td_key_storage_get_type        (void);
GType           td_keyring_state_get_type      (void);

G_DECLARE_FINAL_TYPE (TdKeyStore, td_key_store, TD, KEY_STORE, GObject)

TdKeyStore     *td_key_store_new               (void);

TdKeyringState  td_key_store_get_keyring_state (TdKeyStore           *self);

void            td_key_store_find_async        (TdKeyStore           *self,
                                                const char           *provider,
                                                const char           *host,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
TdKeyStorage    td_key_store_find_finish       (TdKeyStore           *self,
                                                GAsyncResult         *result,
                                                GError              **error);

void            td_key_store_store_async       (TdKeyStore           *self,
                                                const char           *provider,
                                                const char           *host,
                                                const char           *label,
                                                SecretValue          *key,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
TdKeyStorage    td_key_store_store_finish      (TdKeyStore           *self,
                                                GAsyncResult         *result,
                                                GError              **error);

void            td_key_store_lookup_async      (TdKeyStore           *self,
                                                const char           *provider,
                                                const char           *host,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
SecretValue    *td_key_store_lookup_finish     (TdKeyStore           *self,
                                                GAsyncResult         *result,
                                                GError              **error);

void            td_key_store_clear_async       (TdKeyStore           *self,
                                                const char           *provider,
                                                const char           *host,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        td_key_store_clear_finish      (TdKeyStore           *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
