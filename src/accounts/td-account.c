/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "accounts/td-account-error.h"
#include "accounts/td-account.h"
#include "accounts/td-key.h"
#include "http/td-http-url.h"

/*
 * TdAccount:
 *
 * What the user has with a provider: an address, and a key for the host of that address. Everything that needs the key
 * goes through td_account_send_async(), which reads it from the store for that one request.
 *
 * Whoever uses another address has another host and so no key there, until one is given for it; the key for the first
 * host stays where it is and is never sent to the other.
 *
 * Owned by the application, used in the main thread.
 */
struct _TdAccount
{
  GObject parent_instance;

  /* owned */
  TdKeyStore *key_store;
  TdHttpClient *http_client;
  char *base_url;
  char *host;
  GCancellable *find_cancellable;

  /* borrowed */
  const TdProvider *provider;

  TdKeyStorage key_storage;
};

G_DEFINE_FINAL_TYPE (TdAccount, td_account, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_BASE_URL,
  PROP_HOST,
  PROP_KEY_STORAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_key_storage (TdAccount    *self,
                 TdKeyStorage  key_storage)
{
  if (self->key_storage == key_storage)
    return;

  self->key_storage = key_storage;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY_STORAGE]);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TdAccount) self = user_data;
  g_autoptr (GError) error = NULL;
  TdKeyStorage storage = td_key_store_find_finish (TD_KEY_STORE (source), result, &error);

  /* Cancelled: a later search is under way, or nobody wants to know. */
  if (error == NULL)
    set_key_storage (self, storage);
}

static void
find_key (TdAccount *self)
{
  g_cancellable_cancel (self->find_cancellable);
  g_clear_object (&self->find_cancellable);
  self->find_cancellable = g_cancellable_new ();

  td_key_store_find_async (self->key_store, self->provider->id, self->host, self->find_cancellable, found_cb,
                           g_object_ref (self));
}

static void
key_changed_cb (TdAccount  *self,
                const char *provider,
                const char *host)
{
  if (g_str_equal (provider, self->provider->id) && g_str_equal (host, self->host))
    find_key (self);
}

static void
td_account_dispose (GObject *object)
{
  TdAccount *self = TD_ACCOUNT (object);

  g_cancellable_cancel (self->find_cancellable);
  g_clear_object (&self->find_cancellable);
  g_clear_object (&self->key_store);
  g_clear_object (&self->http_client);

  G_OBJECT_CLASS (td_account_parent_class)->dispose (object);
}

static void
td_account_finalize (GObject *object)
{
  TdAccount *self = TD_ACCOUNT (object);

  g_free (self->base_url);
  g_free (self->host);

  G_OBJECT_CLASS (td_account_parent_class)->finalize (object);
}

static void
td_account_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TdAccount *self = TD_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_BASE_URL:
      g_value_set_string (value, self->base_url);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case PROP_KEY_STORAGE:
      g_value_set_enum (value, self->key_storage);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_account_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  TdAccount *self = TD_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_BASE_URL:
      td_account_set_base_url (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
td_account_class_init (TdAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_account_dispose;
  object_class->finalize = td_account_finalize;
  object_class->get_property = td_account_get_property;
  object_class->set_property = td_account_set_property;

  /**
   * TdAccount:base-url:
   *
   * The address that requests start with, without a slash at the end. Set to what is no such address, it becomes the
   * provider's own.
   */
  properties[PROP_BASE_URL] =
    g_param_spec_string ("base-url", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * TdAccount:host:
   *
   * The host of the address, and its port if it is unusual: what the key belongs to.
   */
  properties[PROP_HOST] =
    g_param_spec_string ("host", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * TdAccount:key-storage:
   *
   * Where the key for the host is kept.
   */
  properties[PROP_KEY_STORAGE] =
    g_param_spec_enum ("key-storage", NULL, NULL, TD_TYPE_KEY_STORAGE, TD_KEY_STORAGE_UNKNOWN,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_account_init (TdAccount *self)
{
}

/**
 * td_account_new:
 * @provider: who sells the tokens
 * @key_store: where keys are kept
 * @http_client: the way to the network
 *
 * Returns: (transfer full): an account at the provider's own address
 */
TdAccount *
td_account_new (const TdProvider *provider,
                TdKeyStore       *key_store,
                TdHttpClient     *http_client)
{
  TdAccount *self;

  g_return_val_if_fail (provider != NULL, NULL);
  g_return_val_if_fail (TD_IS_KEY_STORE (key_store), NULL);
  g_return_val_if_fail (TD_IS_HTTP_CLIENT (http_client), NULL);

  self = g_object_new (TD_TYPE_ACCOUNT, NULL);
  self->provider = provider;
  self->key_store = g_object_ref (key_store);
  self->http_client = g_object_ref (http_client);
  g_signal_connect_object (key_store, "changed", G_CALLBACK (key_changed_cb), self, G_CONNECT_SWAPPED);
  td_account_set_base_url (self, provider->base_url);

  return self;
}

/**
 * td_account_get_provider:
 * @self: an account
 *
 * Returns: (transfer none): the provider
 */
const TdProvider *
td_account_get_provider (TdAccount *self)
{
  g_return_val_if_fail (TD_IS_ACCOUNT (self), NULL);

  return self->provider;
}

/**
 * td_account_get_key_store:
 * @self: an account
 *
 * Returns: (transfer none): where the account's key is kept
 */
TdKeyStore *
td_account_get_key_store (TdAccount *self)
{
  g_return_val_if_fail (TD_IS_ACCOUNT (self), NULL);

  return self->key_store;
}

/**
 * td_account_get_base_url:
 * @self: an account
 *
 * Returns: (transfer none): the address that requests start with
 */
const char *
td_account_get_base_url (TdAccount *self)
{
  g_return_val_if_fail (TD_IS_ACCOUNT (self), NULL);

  return self->base_url;
}

/**
 * td_account_set_base_url:
 * @self: an account
 * @base_url: (nullable): an address; one that td_account_normalize_base_url() refuses stands for the provider's own
 *
 * Where the provider's address is fixed, nothing changes.
 */
void
td_account_set_base_url (TdAccount  *self,
                         const char *base_url)
{
  g_autofree char *normalized = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_if_fail (TD_IS_ACCOUNT (self));

  if (base_url != NULL && !self->provider->is_fixed)
    normalized = td_account_normalize_base_url (base_url, NULL);
  if (normalized == NULL)
    normalized = g_strdup (self->provider->base_url);

  if (!g_set_str (&self->base_url, normalized))
    return;

  uri = td_http_url_parse (normalized, NULL);
  host = td_http_url_get_host (uri);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->host, host))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOST]);
      set_key_storage (self, TD_KEY_STORAGE_UNKNOWN);
      find_key (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BASE_URL]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * td_account_get_host:
 * @self: an account
 *
 * Returns: (transfer none): the host of the address
 */
const char *
td_account_get_host (TdAccount *self)
{
  g_return_val_if_fail (TD_IS_ACCOUNT (self), NULL);

  return self->host;
}

/**
 * td_account_get_key_storage:
 * @self: an account
 *
 * Returns: where the account's key is kept
 */
TdKeyStorage
td_account_get_key_storage (TdAccount *self)
{
  g_return_val_if_fail (TD_IS_ACCOUNT (self), TD_KEY_STORAGE_UNKNOWN);

  return self->key_storage;
}

/**
 * td_account_normalize_base_url:
 * @text: an address as typed
 * @error: return location for a `TD_HTTP_ERROR_BAD_ADDRESS`
 *
 * Brings an address into the form that paths can be appended to: without space around it and slashes at its end. It has
 * to be https, or http to this computer, and can't have a query.
 *
 * Returns: (transfer full) (nullable): the address
 */
char *
td_account_normalize_base_url (const char  *text,
                               GError     **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  uri = td_http_url_parse (stripped, error);
  if (uri == NULL)
    return NULL;

  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ADDRESS,
                           "An address that paths are appended to can't have a query");
      return NULL;
    }

  url = g_uri_to_string (uri);
  for (gsize length = strlen (url); length > 0 && url[length - 1] == '/'; length--)
    url[length - 1] = '\0';

  return g_steal_pointer (&url);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TdKeyStorage storage = td_key_store_store_finish (TD_KEY_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, storage);
}

/**
 * td_account_save_key_async:
 * @self: an account
 * @key: a key made by td_key_new()
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Keeps a key for the account's host, in place of the one that is there.
 */
void
td_account_save_key_async (TdAccount           *self,
                           SecretValue         *key,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (TD_IS_ACCOUNT (self));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_account_save_key_async);
  g_task_set_static_name (task, "td-account-save-key");

  /* Translators: the name of an entry in the desktop's list of passwords. %1$s is a service such as OpenAI, %2$s the
   * host the key is for, such as api.openai.com. */
  label = g_strdup_printf (_("TokenDesk: %1$s API key for %2$s"), self->provider->name, self->host);
  td_key_store_store_async (self->key_store, self->provider->id, self->host, label, key, cancellable, saved_cb,
                            g_steal_pointer (&task));
}

/**
 * td_account_save_key_finish:
 * @self: an account
 * @result: the result given to the callback
 * @error: return location for `G_IO_ERROR_CANCELLED`
 *
 * Returns: where the key is kept from now on, or %TD_KEY_STORAGE_UNKNOWN with an error
 */
TdKeyStorage
td_account_save_key_finish (TdAccount     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  gssize storage;

  g_return_val_if_fail (g_task_is_valid (result, self), TD_KEY_STORAGE_UNKNOWN);

  storage = g_task_propagate_int (G_TASK (result), error);

  return storage < 0 ? TD_KEY_STORAGE_UNKNOWN : (TdKeyStorage) storage;
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (td_key_store_clear_finish (TD_KEY_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * td_account_remove_key_async:
 * @self: an account
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Removes the key for the account's host wherever it is kept.
 */
void
td_account_remove_key_async (TdAccount           *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TD_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_account_remove_key_async);
  g_task_set_static_name (task, "td-account-remove-key");

  td_key_store_clear_async (self->key_store, self->provider->id, self->host, cancellable, removed_cb,
                            g_steal_pointer (&task));
}

/**
 * td_account_remove_key_finish:
 * @self: an account
 * @result: the result given to the callback
 * @error: return location for a `TD_ACCOUNT_ERROR_KEYRING` or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the key is gone
 */
gboolean
td_account_remove_key_finish (TdAccount     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * td_account_new_request:
 * @self: an account
 * @method: GET or POST
 * @path: what to append to the account's address, starting with a slash
 *
 * Returns: (transfer full): a request for td_account_send_async()
 */
TdHttpRequest *
td_account_new_request (TdAccount  *self,
                        const char *method,
                        const char *path)
{
  g_autofree char *url = NULL;

  g_return_val_if_fail (TD_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (path != NULL && *path == '/', NULL);

  url = g_strconcat (self->base_url, path, NULL);

  return td_http_request_new (method, url);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TdHttpResponse *response = td_http_client_send_finish (TD_HTTP_CLIENT (source), result, &error);

  if (response == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, response, (GDestroyNotify) td_http_response_unref);
}

static void
key_looked_up_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdAccount *self = g_task_get_source_object (task);
  TdHttpRequest *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) stored = td_key_store_lookup_finish (TD_KEY_STORE (source), result, &error);
  g_autoptr (SecretValue) key = NULL;
  const char *text = stored != NULL ? secret_value_get_text (stored) : NULL;

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (text == NULL)
    {
      g_task_return_new_error (task, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_NO_KEY, "There is no key for this address");
      return;
    }

  /* Other programs can write to a keyring. */
  key = td_key_new (text, &error);
  if (key == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  td_http_request_set_bearer (request, secret_value_get_text (key));
  td_http_client_send_async (self->http_client, request, cancellable, sent_cb, g_steal_pointer (&task));
}

/**
 * td_account_send_async:
 * @self: an account
 * @request: (transfer none): a request made by td_account_new_request(), for nothing else afterwards
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is complete or there will be none
 * @user_data: data for @callback
 *
 * Sends a request with the account's key, which may mean that the desktop asks for the keyring's password.
 */
void
td_account_send_async (TdAccount           *self,
                       TdHttpRequest       *request,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  GError *error = NULL;

  g_return_if_fail (TD_IS_ACCOUNT (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_account_send_async);
  g_task_set_static_name (task, "td-account-send");
  g_task_set_task_data (task, td_http_request_ref (request), (GDestroyNotify) td_http_request_unref);

  uri = td_http_url_parse (td_http_request_get_url (request), &error);
  if (uri == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* The key is the one of the host that the request goes to, whatever the account's address has become meanwhile. */
  host = td_http_url_get_host (uri);
  td_key_store_lookup_async (self->key_store, self->provider->id, host, cancellable, key_looked_up_cb,
                             g_steal_pointer (&task));
}

/**
 * td_account_send_finish:
 * @self: an account
 * @result: the result given to the callback
 * @error: return location for a `TD_ACCOUNT_ERROR`, a `TD_HTTP_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the answer, if it is a success
 */
TdHttpResponse *
td_account_send_finish (TdAccount     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
