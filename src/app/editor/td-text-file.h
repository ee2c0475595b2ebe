/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void    td_text_file_read_async   (GFile                *file,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
GBytes *td_text_file_read_finish  (GFile                *file,
                                   GAsyncResult         *result,
                                   char                **etag,
                                   GError              **error);

void    td_text_file_write_async  (GFile                *file,
                                   GBytes               *text,
                                   const char           *etag,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean
        td_text_file_write_finish (GFile                *file,
                                   GAsyncResult         *result,
                                   char                **etag,
                                   GError              **error);

char   *td_text_file_dup_name     (GFile                *file);

G_END_DECLS
