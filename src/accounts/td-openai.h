/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "accounts/td-account.h"

G_BEGIN_DECLS

void     td_openai_test_key_async  (TdAccount            *account,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean td_openai_test_key_finish (TdAccount            *account,
                                    GAsyncResult         *result,
                                    guint                *n_models,
                                    GError              **error);

G_END_DECLS
