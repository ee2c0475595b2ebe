/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "pricing/td-price-change.h"

G_BEGIN_DECLS

#define TD_TYPE_OVERLAY (td_overlay_get_type ())

G_DECLARE_FINAL_TYPE (TdOverlay, td_overlay, TD, OVERLAY, GObject)

TdOverlay *td_overlay_new            (const char      *path);
char      *td_overlay_dup_user_path  (void);

gboolean   td_overlay_load           (TdOverlay       *self,
                                      GError         **error);
gboolean   td_overlay_add            (TdOverlay       *self,
                                      TdPriceChange  **changes,
                                      guint            n_changes,
                                      GError         **error);
gboolean   td_overlay_remove         (TdOverlay       *self,
                                      TdPriceChange   *change,
                                      GError         **error);
gboolean   td_overlay_clear          (TdOverlay       *self,
                                      GError         **error);
char      *td_overlay_to_json        (TdOverlay       *self);
int        td_overlay_import         (TdOverlay       *self,
                                      GBytes          *bytes,
                                      GError         **error);
GPtrArray *td_overlay_apply          (TdOverlay       *self,
                                      GPtrArray       *models);
gboolean   td_overlay_is_damaged     (TdOverlay       *self);
const char *td_overlay_get_path      (TdOverlay       *self);

G_END_DECLS
