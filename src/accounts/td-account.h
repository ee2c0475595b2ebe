/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "accounts/td-key-store.h"
#include "accounts/td-provider.h"
#include "http/td-http-client.h"

G_BEGIN_DECLS

#define TD_TYPE_ACCOUNT (td_account_get_type ())

G_DECLARE_FINAL_TYPE (TdAccount, td_account, TD, ACCOUNT, GObject)

TdAccount        *td_account_new                (const TdProvider     *provider,
                                                 TdKeyStore           *key_store,
                                                 TdHttpClient         *http_client);

const TdProvider *td_account_get_provider       (TdAccount            *self);
TdKeyStore       *td_account_get_key_store      (TdAccount            *self);
const char       *td_account_get_base_url       (TdAccount            *self);
void              td_account_set_base_url       (TdAccount            *self,
                                                 const char           *base_url);
const char       *td_account_get_host           (TdAccount            *self);
TdKeyStorage      td_account_get_key_storage    (TdAccount            *self);

char             *td_account_normalize_base_url (const char           *text,
                                                 GError              **error);

void              td_account_save_key_async     (TdAccount            *self,
                                                 SecretValue          *key,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
TdKeyStorage      td_account_save_key_finish    (TdAccount            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

void              td_account_remove_key_async   (TdAccount            *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean          td_account_remove_key_finish  (TdAccount            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

TdHttpRequest    *td_account_new_request        (TdAccount            *self,
                                                 const char           *method,
                                                 const char           *path);
void              td_account_send_async         (TdAccount            *self,
                                                 TdHttpRequest        *request,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
TdHttpResponse   *td_account_send_finish        (TdAccount            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
