/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-account-error.h"
#include "accounts/td-key-store.h"

/*
 * TdKeyStore:
 *
 * Keeps keys in the keyring: the Secret Service or, in a Flatpak, libsecret's encrypted file under the Secret
 * portal's password. Where neither can be had a key stays in this process's memory, and whoever stores it is told so.
 * There is no third place.
 *
 * A key belongs to a provider and to a host, so that it is never found for an address it wasn't meant for.
 *
 * The application has one store, for the main thread.
 */
struct _TdKeyStore
{
  GObject parent_instance;

  /* From an item's name, see item_name(), to its SecretValue */
  GHashTable *memory;
  TdKeyringState keyring_state;
};

G_DEFINE_FINAL_TYPE (TdKeyStore, td_key_store, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (TdKeyStorage, td_key_storage,
                    G_DEFINE_ENUM_VALUE (TD_KEY_STORAGE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (TD_KEY_STORAGE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TD_KEY_STORAGE_KEYRING, "keyring"),
                    G_DEFINE_ENUM_VALUE (TD_KEY_STORAGE_MEMORY, "memory"))

G_DEFINE_ENUM_TYPE (TdKeyringState, td_keyring_state,
                    G_DEFINE_ENUM_VALUE (TD_KEYRING_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (TD_KEYRING_USABLE, "usable"),
                    G_DEFINE_ENUM_VALUE (TD_KEYRING_UNUSABLE, "unusable"))

enum
{
  PROP_0,
  PROP_KEYRING_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A search for fewer attributes than an item has finds it, so an attribute added later would not keep new kinds of keys
 * apart from old ones. Hence "purpose": there are keys for requests, and there can be others, such as an organisation's
 * for reading its bills. */
#define ATTRIBUTES \
  { \
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING }, \
    { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING }, \
    { "host", SECRET_SCHEMA_ATTRIBUTE_STRING }, \
    { "purpose", SECRET_SCHEMA_ATTRIBUTE_STRING }, \
    { NULL, 0 }, \
  }

static const SecretSchema schema = { APP_ID ".ApiKey", SECRET_SCHEMA_NONE, ATTRIBUTES };

/* gnome-keyring doesn't know the schemas of what is in a locked keyring, but does know the attributes. */
static const SecretSchema search_schema = { APP_ID ".ApiKey", SECRET_SCHEMA_DONT_MATCH_NAME, ATTRIBUTES };

/*
 * What an operation is about.
 *
 * libsecret gets no cancellable: when it is cancelled while it connects to the keyring it never calls back. So a
 * cancelled operation returns at once, and what libsecret says later changes what is known here, but is not returned
 * any more.
 */
typedef struct
{
  char *provider;
  char *host;
  SecretValue *key;
  GSource *cancel_source;
  gboolean has_returned;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->provider);
  g_free (item->host);
  g_clear_pointer (&item->key, secret_value_unref);
  g_clear_pointer (&item->cancel_source, g_source_unref);
  g_free (item);
}

static char *
item_name (Item *item)
{
  return g_strconcat (item->provider, "\n", item->host, NULL);
}

static GHashTable *
item_attributes (Item *item)
{
  return secret_attributes_build (&schema,
                                  "application", APP_ID,
                                  "provider", item->provider,
                                  "host", item->host,
                                  "purpose", "requests",
                                  NULL);
}

/* Returns whether the result of the operation is still wanted, which it is once. */
static gboolean
take_return (GTask *task)
{
  Item *item = g_task_get_task_data (task);

  if (item->has_returned)
    return FALSE;

  item->has_returned = TRUE;
  if (item->cancel_source != NULL)
    g_source_destroy (item->cancel_source);

  return TRUE;
}

/* Returns whether there is nothing more to do. */
static gboolean
return_if_cancelled (GTask *task)
{
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return FALSE;

  if (take_return (task))
    g_task_return_error_if_cancelled (task);

  return TRUE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  return_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static GTask *
task_new (TdKeyStore          *self,
          const char          *provider,
          const char          *host,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Item *item = g_new0 (Item, 1);

  item->provider = g_strdup (provider);
  item->host = g_strdup (host);
  g_task_set_task_data (task, item, item_free);

  if (cancellable != NULL)
    {
      item->cancel_source = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, item->cancel_source, G_SOURCE_FUNC (cancelled_cb));
    }

  return task;
}

static void
set_keyring_state (TdKeyStore     *self,
                   TdKeyringState  keyring_state)
{
  if (self->keyring_state == keyring_state)
    return;

  self->keyring_state = keyring_state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEYRING_STATE]);
}

/* What a task that was asked where a key is kept has to say. */
static TdKeyStorage
propagate_storage (GTask   *task,
                   GError **error)
{
  gssize storage = g_task_propagate_int (task, error);

  return storage < 0 ? TD_KEY_STORAGE_UNKNOWN : (TdKeyStorage) storage;
}

/* Takes note of how the keyring took a request. */
static void
judge_keyring (TdKeyStore   *self,
               const GError *error)
{
  if (error != NULL)
    g_debug ("The keyring can't be used: %s", error->message);

  set_keyring_state (self, error == NULL ? TD_KEYRING_USABLE : TD_KEYRING_UNUSABLE);
}

static gboolean
forget (TdKeyStore *self,
        Item       *item)
{
  g_autofree char *name = item_name (item);

  return g_hash_table_remove (self->memory, name);
}

static SecretValue *
recall (TdKeyStore *self,
        Item       *item)
{
  g_autofree char *name = item_name (item);

  return g_hash_table_lookup (self->memory, name);
}

static void
emit_changed (TdKeyStore *self,
              Item       *item)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, item->provider, item->host);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  judge_keyring (g_task_get_source_object (task), error);
  if (take_return (task))
    g_task_return_int (task, items != NULL ? TD_KEY_STORAGE_KEYRING : TD_KEY_STORAGE_NONE);

  g_list_free_full (items, g_object_unref);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdKeyStore *self = g_task_get_source_object (task);
  Item *item = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!secret_password_store_finish (result, &error) && error == NULL)
    g_set_error_literal (&error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_KEYRING, "The keyring did not keep the key");

  judge_keyring (self, error);
  if (error == NULL)
    forget (self, item);
  else
    g_hash_table_replace (self->memory, item_name (item), secret_value_ref (item->key));

  emit_changed (self, item);
  if (take_return (task))
    g_task_return_int (task, error == NULL ? TD_KEY_STORAGE_KEYRING : TD_KEY_STORAGE_MEMORY);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) key = secret_password_lookup_binary_finish (result, &error);

  judge_keyring (g_task_get_source_object (task), error);
  if (take_return (task))
    g_task_return_pointer (task, g_steal_pointer (&key), secret_value_unref);
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdKeyStore *self = g_task_get_source_object (task);
  Item *item = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean has_changed;

  /* Returns FALSE without an error if there was nothing to clear. */
  secret_password_clear_finish (result, &error);

  judge_keyring (self, error);
  has_changed = forget (self, item) || error == NULL;
  if (has_changed)
    emit_changed (self, item);

  if (!take_return (task))
    return;

  /* A key in memory doesn't mean that a keyring which can't be used now has no older one. */
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_KEYRING, "The keyring did not remove the key");
}

static void
td_key_store_finalize (GObject *object)
{
  TdKeyStore *self = TD_KEY_STORE (object);

  g_hash_table_unref (self->memory);

  G_OBJECT_CLASS (td_key_store_parent_class)->finalize (object);
}

static void
td_key_store_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TdKeyStore *self = TD_KEY_STORE (object);

  switch (property_id)
    {
    case PROP_KEYRING_STATE:
      g_value_set_enum (value, self->keyring_state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_key_store_class_init (TdKeyStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_key_store_finalize;
  object_class->get_property = td_key_store_get_property;

  properties[PROP_KEYRING_STATE] =
    g_param_spec_enum ("keyring-state", NULL, NULL, TD_TYPE_KEYRING_STATE, TD_KEYRING_UNKNOWN,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TdKeyStore::changed:
   * @provider: a provider's id
   * @host: a host
   *
   * A key was stored or cleared.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", TD_TYPE_KEY_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
td_key_store_init (TdKeyStore *self)
{
  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, secret_value_unref);
}

/**
 * td_key_store_new:
 *
 * Returns: (transfer full): a store; the keyring isn't touched before something is asked of it
 */
TdKeyStore *
td_key_store_new (void)
{
  return g_object_new (TD_TYPE_KEY_STORE, NULL);
}

/**
 * td_key_store_get_keyring_state:
 * @self: a store
 *
 * Returns: what is known of the keyring
 */
TdKeyringState
td_key_store_get_keyring_state (TdKeyStore *self)
{
  g_return_val_if_fail (TD_IS_KEY_STORE (self), TD_KEYRING_UNKNOWN);

  return self->keyring_state;
}

/**
 * td_key_store_find_async:
 * @self: a store
 * @provider: a provider's id
 * @host: the host the key is for
 * @cancellable: (nullable): ends the wait
 * @callback: called when it is known
 * @user_data: data for @callback
 *
 * Finds out where a key is kept, without reading it and without asking anybody to unlock a keyring.
 */
void
td_key_store_find_async (TdKeyStore          *self,
                         const char          *provider,
                         const char          *host,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GHashTable) attributes = NULL;

  g_return_if_fail (TD_IS_KEY_STORE (self));
  g_return_if_fail (provider != NULL && host != NULL);

  task = task_new (self, provider, host, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_key_store_find_async);
  g_task_set_static_name (task, "td-key-store-find");
  if (return_if_cancelled (task))
    return;

  if (recall (self, g_task_get_task_data (task)) != NULL)
    {
      take_return (task);
      g_task_return_int (task, TD_KEY_STORAGE_MEMORY);
      return;
    }

  attributes = item_attributes (g_task_get_task_data (task));
  secret_password_searchv (&search_schema, attributes, SECRET_SEARCH_NONE, NULL, found_cb,
                           g_steal_pointer (&task));
}

/**
 * td_key_store_find_finish:
 * @self: a store
 * @result: the result given to the callback
 * @error: return location for `G_IO_ERROR_CANCELLED`
 *
 * Returns: where the key is kept, or %TD_KEY_STORAGE_UNKNOWN with an error
 */
TdKeyStorage
td_key_store_find_finish (TdKeyStore    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), TD_KEY_STORAGE_UNKNOWN);

  return propagate_storage (G_TASK (result), error);
}

/**
 * td_key_store_store_async:
 * @self: a store
 * @provider: a provider's id
 * @host: the host the key is for
 * @label: what the desktop's tool for passwords shows
 * @key: the key
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Keeps a key in place of the one that is there, for good if there is a keyring and for this run otherwise.
 */
void
td_key_store_store_async (TdKeyStore          *self,
                          const char          *provider,
                          const char          *host,
                          const char          *label,
                          SecretValue         *key,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  Item *item;

  g_return_if_fail (TD_IS_KEY_STORE (self));
  g_return_if_fail (provider != NULL && host != NULL && label != NULL && key != NULL);

  task = task_new (self, provider, host, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_key_store_store_async);
  g_task_set_static_name (task, "td-key-store-store");
  if (return_if_cancelled (task))
    return;

  item = g_task_get_task_data (task);
  item->key = secret_value_ref (key);
  attributes = item_attributes (item);
  secret_password_storev_binary (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, key, NULL, stored_cb,
                                 g_steal_pointer (&task));
}

/**
 * td_key_store_store_finish:
 * @self: a store
 * @result: the result given to the callback
 * @error: return location for `G_IO_ERROR_CANCELLED`
 *
 * Returns: where the key is kept from now on, or %TD_KEY_STORAGE_UNKNOWN with an error
 */
TdKeyStorage
td_key_store_store_finish (TdKeyStore    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), TD_KEY_STORAGE_UNKNOWN);

  return propagate_storage (G_TASK (result), error);
}

/**
 * td_key_store_lookup_async:
 * @self: a store
 * @provider: a provider's id
 * @host: the host the key is for
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Reads a key. The desktop may ask for the keyring's password.
 */
void
td_key_store_lookup_async (TdKeyStore          *self,
                           const char          *provider,
                           const char          *host,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  SecretValue *key;

  g_return_if_fail (TD_IS_KEY_STORE (self));
  g_return_if_fail (provider != NULL && host != NULL);

  task = task_new (self, provider, host, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_key_store_lookup_async);
  g_task_set_static_name (task, "td-key-store-lookup");
  if (return_if_cancelled (task))
    return;

  key = recall (self, g_task_get_task_data (task));
  if (key != NULL)
    {
      take_return (task);
      g_task_return_pointer (task, secret_value_ref (key), secret_value_unref);
      return;
    }

  attributes = item_attributes (g_task_get_task_data (task));
  secret_password_lookupv (&schema, attributes, NULL, looked_up_cb, g_steal_pointer (&task));
}

/**
 * td_key_store_lookup_finish:
 * @self: a store
 * @result: the result given to the callback
 * @error: return location for `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the key, or %NULL without an error if there is none or the keyring stays locked
 */
SecretValue *
td_key_store_lookup_finish (TdKeyStore    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * td_key_store_clear_async:
 * @self: a store
 * @provider: a provider's id
 * @host: the host the key is for
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Removes a key from the keyring and from memory.
 */
void
td_key_store_clear_async (TdKeyStore          *self,
                          const char          *provider,
                          const char          *host,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GHashTable) attributes = NULL;

  g_return_if_fail (TD_IS_KEY_STORE (self));
  g_return_if_fail (provider != NULL && host != NULL);

  task = task_new (self, provider, host, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_key_store_clear_async);
  g_task_set_static_name (task, "td-key-store-clear");
  if (return_if_cancelled (task))
    return;

  attributes = item_attributes (g_task_get_task_data (task));
  secret_password_clearv (&schema, attributes, NULL, cleared_cb, g_steal_pointer (&task));
}

/**
 * td_key_store_clear_finish:
 * @self: a store
 * @result: the result given to the callback
 * @error: return location for a `TD_ACCOUNT_ERROR_KEYRING` or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the key is known to be gone; if not, it is still gone from memory
 */
gboolean
td_key_store_clear_finish (TdKeyStore    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
