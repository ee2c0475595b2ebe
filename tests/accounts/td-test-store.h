/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "accounts/td-key-store.h"

G_BEGIN_DECLS

#define TD_TEST_KEY "sk-test-8a41c6f0d2"
#define TD_TEST_OTHER_KEY "sk-test-b7e95d13aa"

TdKeyStorage  td_test_store_find       (TdKeyStore *store,
                                        const char *host);
TdKeyStorage  td_test_store_store      (TdKeyStore *store,
                                        const char *host,
                                        const char *key);
void          td_test_store_assert_key (TdKeyStore *store,
                                        const char *host,
                                        const char *key);
gboolean      td_test_store_clear      (TdKeyStore *store,
                                        const char *host,
                                        GError    **error);

G_END_DECLS
