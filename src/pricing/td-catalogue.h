/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "pricing/td-model.h"
#include "pricing/td-overlay.h"

G_BEGIN_DECLS

/**
 * TdCatalogueError:
 * @TD_CATALOGUE_ERROR_SYNTAX: not JSON
 * @TD_CATALOGUE_ERROR_FORMAT: JSON of another kind or version
 * @TD_CATALOGUE_ERROR_VALUE: a value that cannot be right; the message names the model and the field
 *
 * Why a catalogue was refused. A refused catalogue leaves the one in use as it was.
 */
typedef enum
{
  TD_CATALOGUE_ERROR_SYNTAX,
  TD_CATALOGUE_ERROR_FORMAT,
  TD_CATALOGUE_ERROR_VALUE
} TdCatalogueError;

#define TD_CATALOGUE_ERROR (td_catalogue_error_quark ())
GQuark td_catalogue_error_quark (void);

#define TD_TYPE_CATALOGUE (td_catalogue_get_type ())

G_DECLARE_FINAL_TYPE (TdCatalogue, td_catalogue, TD, CATALOGUE, GObject)

TdCatalogue *td_catalogue_new             (void);
TdCatalogue *td_catalogue_new_bundled     (GError      **error);
gboolean     td_catalogue_load_bytes      (TdCatalogue  *self,
                                           GBytes       *bytes,
                                           GError      **error);
gboolean     td_catalogue_load_bundled    (TdCatalogue  *self,
                                           GError      **error);
gboolean     td_catalogue_load_file       (TdCatalogue  *self,
                                           const char   *path,
                                           GError      **error);
void         td_catalogue_set_overlay     (TdCatalogue  *self,
                                           TdOverlay    *overlay);
TdOverlay   *td_catalogue_get_overlay     (TdCatalogue  *self);
TdDate       td_catalogue_get_as_of       (TdCatalogue  *self);
TdModel     *td_catalogue_find            (TdCatalogue  *self,
                                           const char   *name);
char       **td_catalogue_list_sources    (TdCatalogue  *self);
char        *td_catalogue_dup_source_text (TdCatalogue  *self,
                                           const char   *key);
TdDate       td_catalogue_get_source_date (TdCatalogue  *self,
                                           const char   *key);
const char  *td_catalogue_get_source_url  (TdCatalogue  *self,
                                           const char   *key);

G_END_DECLS
