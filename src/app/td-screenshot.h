/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/td-window.h"

G_BEGIN_DECLS

void     td_screenshot_take_async  (TdWindow             *window,
                                    const char           *path,
                                    const char * const   *actions,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean td_screenshot_take_finish (TdWindow             *window,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
