/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tokenizer/tk-token-map.h"

G_BEGIN_DECLS

void        td_count_tokens_async  (GBytes               *text,
                                    const TkEncoding     *encoding,
                                    TkSpecialMode         special,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
TkTokenMap *td_count_tokens_finish (GAsyncResult         *result,
                                    GError              **error);

void        td_count_words_async   (GBytes               *text,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gssize      td_count_words_finish  (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
