/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-catalogue-reader.h"
#include "pricing/td-catalogue.h"
#include "pricing/td-pricing-resources.h"

/**
 * TdCatalogue:
 *
 * All models and what is known of them, as a #GListModel of #TdModel in the order of the file: by vendor, oldest
 * first. The catalogue that comes with TokenDesk is compiled in, so that it is always there.
 *
 * Loading replaces the whole list and emits #GListModel::items-changed once; a list that cannot be read leaves
 * everything as it was. An overlay is laid over it whenever one of the two changes. Use it from one thread.
 */

#define BUNDLED_PATH APP_PATH "/pricing/models.json"

/* Our own is a tenth of this; a larger one is a mistake or an attack. */
#define MAX_FILE_SIZE (8 * 1024 * 1024)

struct _TdCatalogue
{
  GObject parent_instance;

  /* owned */
  TdCatalogueData *data;
  TdOverlay *overlay;
  GPtrArray *models;   /* those of data with the overlay laid over them; NULL while there are none */
  GHashTable *by_name; /* lower-case id or alias -> TdModel, borrowed from models */
};

static GType
td_catalogue_get_item_type (GListModel *list)
{
  return TD_TYPE_MODEL;
}

static guint
td_catalogue_get_n_items (GListModel *list)
{
  TdCatalogue *self = TD_CATALOGUE (list);

  return self->models != NULL ? self->models->len : 0;
}

static gpointer
td_catalogue_get_item (GListModel *list,
                       guint       position)
{
  TdCatalogue *self = TD_CATALOGUE (list);

  if (self->models == NULL || position >= self->models->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->models, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = td_catalogue_get_item_type;
  iface->get_n_items = td_catalogue_get_n_items;
  iface->get_item = td_catalogue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TdCatalogue, td_catalogue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

G_DEFINE_QUARK (td-catalogue-error-quark, td_catalogue_error)

static void
td_catalogue_dispose (GObject *object)
{
  TdCatalogue *self = TD_CATALOGUE (object);

  g_clear_object (&self->overlay);

  G_OBJECT_CLASS (td_catalogue_parent_class)->dispose (object);
}

static void
td_catalogue_finalize (GObject *object)
{
  TdCatalogue *self = TD_CATALOGUE (object);

  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->data, td_catalogue_data_free);

  G_OBJECT_CLASS (td_catalogue_parent_class)->finalize (object);
}

static void
td_catalogue_class_init (TdCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_catalogue_dispose;
  object_class->finalize = td_catalogue_finalize;
}

static void
td_catalogue_init (TdCatalogue *self)
{
}

static gboolean
add_name (GHashTable  *by_name,
          const char  *name,
          TdModel     *model,
          GError     **error)
{
  if (g_hash_table_insert (by_name, g_ascii_strdown (name, -1), model))
    return TRUE;

  g_set_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_VALUE, _("Two models answer to the name “%s”."), name);

  return FALSE;
}

static GHashTable *
index_names (GPtrArray  *models,
             GError    **error)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < models->len; i++)
    {
      TdModel *model = g_ptr_array_index (models, i);
      const char * const *aliases = td_model_get_aliases (model);

      if (!add_name (by_name, td_model_get_id (model), model, error))
        return NULL;

      for (guint j = 0; aliases[j] != NULL; j++)
        {
          if (!add_name (by_name, aliases[j], model, error))
            return NULL;
        }
    }

  return g_steal_pointer (&by_name);
}

/* Makes the list anew from the file and the overlay. */
static void
lay_over (TdCatalogue *self)
{
  guint n_removed = td_catalogue_get_n_items (G_LIST_MODEL (self));
  GPtrArray *models;
  GHashTable *by_name;

  if (self->data == NULL)
    return;

  models = self->overlay != NULL ? td_overlay_apply (self->overlay, self->data->models)
                                 : g_ptr_array_ref (self->data->models);
  /* An overlay adds no name that is taken. */
  by_name = index_names (models, NULL);
  g_assert (by_name != NULL);

  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  self->by_name = by_name;
  self->models = models;

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, models->len);
}

/**
 * td_catalogue_new:
 *
 * Returns: (transfer full): an empty catalogue
 */
TdCatalogue *
td_catalogue_new (void)
{
  return g_object_new (TD_TYPE_CATALOGUE, NULL);
}

/**
 * td_catalogue_new_bundled:
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the catalogue that comes with TokenDesk
 */
TdCatalogue *
td_catalogue_new_bundled (GError **error)
{
  g_autoptr (TdCatalogue) self = td_catalogue_new ();

  if (!td_catalogue_load_bundled (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * td_catalogue_load_bytes:
 * @self: a catalogue
 * @bytes: a list of models in JSON
 * @error: return location for an error of domain %TD_CATALOGUE_ERROR
 *
 * Replaces all models by those of @bytes.
 *
 * Returns: whether that worked; otherwise nothing has changed
 */
gboolean
td_catalogue_load_bytes (TdCatalogue  *self,
                         GBytes       *bytes,
                         GError      **error)
{
  g_autoptr (TdCatalogueData) data = NULL;
  g_autoptr (GHashTable) by_name = NULL;

  g_return_val_if_fail (TD_IS_CATALOGUE (self), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  data = td_catalogue_data_new_from_bytes (bytes, TD_MODEL_ORIGIN_BUNDLED, error);
  if (data == NULL)
    return FALSE;

  by_name = index_names (data->models, error);
  if (by_name == NULL)
    return FALSE;

  g_clear_pointer (&self->data, td_catalogue_data_free);
  self->data = g_steal_pointer (&data);
  lay_over (self);

  return TRUE;
}

/**
 * td_catalogue_load_bundled:
 * @self: a catalogue
 * @error: return location for an error
 *
 * Replaces all models by those that come with TokenDesk.
 *
 * Returns: whether that worked
 */
gboolean
td_catalogue_load_bundled (TdCatalogue  *self,
                           GError      **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (TD_IS_CATALOGUE (self), FALSE);

  bytes = g_resource_lookup_data (td_pricing_get_resource (), BUNDLED_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL && td_catalogue_load_bytes (self, bytes, error);
}

/**
 * td_catalogue_load_file:
 * @self: a catalogue
 * @path: a file
 * @error: return location for an error of domain %TD_CATALOGUE_ERROR or %G_FILE_ERROR
 *
 * Replaces all models by those of a file. Reads it at once: not for the main loop of a window.
 *
 * Returns: whether that worked; otherwise nothing has changed
 */
gboolean
td_catalogue_load_file (TdCatalogue  *self,
                        const char   *path,
                        GError      **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (TD_IS_CATALOGUE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  file = g_mapped_file_new (path, FALSE, error);
  if (file == NULL)
    return FALSE;

  if (g_mapped_file_get_length (file) > MAX_FILE_SIZE)
    {
      g_set_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT, _("The file “%s” is too large."), path);
      return FALSE;
    }

  bytes = g_mapped_file_get_bytes (file);

  return td_catalogue_load_bytes (self, bytes, error);
}

/**
 * td_catalogue_set_overlay:
 * @self: a catalogue
 * @overlay: (nullable): what to lay over its models, or %NULL to show them as they are in the file
 *
 * Shows changed and added models, and follows @overlay.
 */
void
td_catalogue_set_overlay (TdCatalogue *self,
                          TdOverlay   *overlay)
{
  g_return_if_fail (TD_IS_CATALOGUE (self));
  g_return_if_fail (overlay == NULL || TD_IS_OVERLAY (overlay));

  if (self->overlay == overlay)
    return;

  if (self->overlay != NULL)
    g_signal_handlers_disconnect_by_func (self->overlay, lay_over, self);
  g_set_object (&self->overlay, overlay);
  if (overlay != NULL)
    g_signal_connect_object (overlay, "items-changed", G_CALLBACK (lay_over), self, G_CONNECT_SWAPPED);
  lay_over (self);
}

/** Returns: (transfer none) (nullable): what is laid over its models */
TdOverlay *
td_catalogue_get_overlay (TdCatalogue *self)
{
  g_return_val_if_fail (TD_IS_CATALOGUE (self), NULL);

  return self->overlay;
}

/**
 * td_catalogue_get_as_of:
 * @self: a catalogue
 *
 * Returns: the day the prices were gathered, or %TD_DATE_NONE if nothing is loaded
 */
TdDate
td_catalogue_get_as_of (TdCatalogue *self)
{
  g_return_val_if_fail (TD_IS_CATALOGUE (self), TD_DATE_NONE);

  return self->data != NULL ? self->data->as_of : TD_DATE_NONE;
}

/**
 * td_catalogue_find:
 * @self: a catalogue
 * @name: an id or alias, in any case
 *
 * Returns: (transfer none) (nullable): the model of that name
 */
TdModel *
td_catalogue_find (TdCatalogue *self,
                   const char  *name)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (TD_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (self->by_name == NULL)
    return NULL;

  key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->by_name, key);
}

/**
 * td_catalogue_list_sources:
 * @self: a catalogue
 *
 * Returns: (transfer full): the keys of all sources, those of the overlay too, sorted and %NULL-terminated
 */
char **
td_catalogue_list_sources (TdCatalogue *self)
{
  g_autoptr (GHashTable) keys = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autoptr (GList) sorted = NULL;
  guint n_changes;

  g_return_val_if_fail (TD_IS_CATALOGUE (self), NULL);

  keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (self->data != NULL)
    {
      GHashTableIter iter;
      gpointer key;

      g_hash_table_iter_init (&iter, self->data->sources);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        g_hash_table_add (keys, g_strdup (key));
    }

  n_changes = self->overlay != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->overlay)) : 0;
  for (guint i = 0; i < n_changes; i++)
    {
      g_autoptr (TdPriceChange) change = g_list_model_get_item (G_LIST_MODEL (self->overlay), i);

      g_hash_table_add (keys, td_price_change_get_key (change));
    }

  builder = g_strv_builder_new ();
  sorted = g_list_sort (g_hash_table_get_keys (keys), (GCompareFunc) strcmp);
  for (GList *l = sorted; l != NULL; l = l->next)
    g_strv_builder_add (builder, l->data);

  return g_strv_builder_end (builder);
}

static const char *
get_source_member (TdCatalogue *self,
                   const char  *key,
                   const char  *member)
{
  JsonObject *source = NULL;

  if (self->data != NULL)
    source = g_hash_table_lookup (self->data->sources, key);

  return source != NULL ? json_object_get_string_member_with_default (source, member, NULL) : NULL;
}

/* The change of the overlay that a source's key stands for. */
static TdPriceChange *
find_change (TdCatalogue *self,
             const char  *key)
{
  guint n_changes = self->overlay != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->overlay)) : 0;

  for (guint i = 0; i < n_changes; i++)
    {
      g_autoptr (TdPriceChange) change = g_list_model_get_item (G_LIST_MODEL (self->overlay), i);
      g_autofree char *change_key = td_price_change_get_key (change);

      if (g_str_equal (change_key, key))
        /* The overlay keeps it alive. */
        return change;
    }

  return NULL;
}

/**
 * td_catalogue_dup_source_text:
 * @self: a catalogue
 * @key: a key from td_model_get_sources() or #TdPricePeriod
 *
 * Returns: (transfer full) (nullable): what the source is, in English as the catalogue has it, or translated if it is
 *   an accepted change or the user
 */
char *
td_catalogue_dup_source_text (TdCatalogue *self,
                              const char  *key)
{
  TdPriceChange *change;
  g_autofree char *date = NULL;

  g_return_val_if_fail (TD_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  change = find_change (self, key);
  if (change == NULL)
    return g_strdup (get_source_member (self, key, "text"));

  date = td_date_format (td_price_change_get_accepted (change));
  if (td_price_change_get_origin (change) == TD_MODEL_ORIGIN_USER)
    /* Translators: a source of prices; %s is a date */
    return g_strdup_printf (_("Entered by you on %s"), date);

  /* Translators: a source of prices; %s is a date */
  return g_strdup_printf (_("Price list, refreshed on %s"), date);
}

/**
 * td_catalogue_get_source_date:
 * @self: a catalogue
 * @key: a key from td_model_get_sources() or #TdPricePeriod
 *
 * Returns: the day the source is of, or that the user accepted it; none if that is not known
 */
TdDate
td_catalogue_get_source_date (TdCatalogue *self,
                              const char  *key)
{
  TdPriceChange *change;
  const char *text;
  TdDate date;

  g_return_val_if_fail (TD_IS_CATALOGUE (self), TD_DATE_NONE);
  g_return_val_if_fail (key != NULL, TD_DATE_NONE);

  change = find_change (self, key);
  if (change != NULL)
    return td_price_change_get_accepted (change);

  text = get_source_member (self, key, "date");

  return text != NULL && td_date_parse (text, &date) ? date : TD_DATE_NONE;
}

/**
 * td_catalogue_get_source_url:
 * @self: a catalogue
 * @key: a key from td_model_get_sources() or #TdPricePeriod
 *
 * Returns: (transfer none) (nullable): where the source can be read
 */
const char *
td_catalogue_get_source_url (TdCatalogue *self,
                             const char  *key)
{
  TdPriceChange *change;

  g_return_val_if_fail (TD_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  change = find_change (self, key);

  return change != NULL ? td_price_change_get_source (change) : get_source_member (self, key, "url");
}
