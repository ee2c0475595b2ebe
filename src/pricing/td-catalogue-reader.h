/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/td-model.h"

G_BEGIN_DECLS

/*
 * What a catalogue file says, before it becomes a #TdCatalogue. @sources maps a key to the JsonObject that describes
 * the source.
 */
typedef struct
{
  TdDate as_of;
  GPtrArray *models;
  GHashTable *sources;
} TdCatalogueData;

TdCatalogueData *td_catalogue_data_new_from_bytes (GBytes           *bytes,
                                                   TdModelOrigin     origin,
                                                   GError          **error);
void             td_catalogue_data_free           (TdCatalogueData  *data);

TdModel         *td_model_read                    (JsonObject       *object,
                                                   GHashTable       *sources,
                                                   TdDate            as_of,
                                                   TdModelOrigin     origin,
                                                   GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCatalogueData, td_catalogue_data_free)

G_END_DECLS
