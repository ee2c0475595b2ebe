/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "http/td-http-url.h"
#include "pricing/td-catalogue.h"
#include "refresh/td-price-refresh.h"

#define TIME_LIMIT_MS 30000

/*
 * TdPriceRefresh:
 *
 * Fetches a price list when it is asked to, and at no other time. The last good one is kept in the cache with the
 * server's mark of it (ETag), so that a list that has not changed is not sent again; a copy that is damaged or from
 * another address is ignored.
 *
 * The copy is one file: a line with the address, a line with the mark, then the list as it came. Reading, checking and
 * writing happen in a thread.
 */
struct _TdPriceRefresh
{
  GObject parent_instance;

  /* owned */
  TdHttpClient *http_client;
  char *cache_path;
};

G_DEFINE_FINAL_TYPE (TdPriceRefresh, td_price_refresh, G_TYPE_OBJECT)

/* One fetch: first the copy is read, then the server asked, then what is there is checked. */
typedef struct
{
  char *url;
  char *cache_path;
  TdDate today;

  char *etag;   /* of the copy, or NULL if there is none */
  GBytes *copy;

  char *new_etag;
  GBytes *body;
  gboolean is_new;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_free (fetch->url);
  g_free (fetch->cache_path);
  g_free (fetch->etag);
  g_free (fetch->new_etag);
  g_clear_pointer (&fetch->copy, g_bytes_unref);
  g_clear_pointer (&fetch->body, g_bytes_unref);
  g_free (fetch);
}

static void
td_price_refresh_finalize (GObject *object)
{
  TdPriceRefresh *self = TD_PRICE_REFRESH (object);

  g_clear_object (&self->http_client);
  g_free (self->cache_path);

  G_OBJECT_CLASS (td_price_refresh_parent_class)->finalize (object);
}

static void
td_price_refresh_class_init (TdPriceRefreshClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_price_refresh_finalize;
}

static void
td_price_refresh_init (TdPriceRefresh *self)
{
}

/**
 * td_price_refresh_new:
 * @http_client: the way to the network
 * @cache_path: (nullable): where the last list is kept, or %NULL to keep none
 *
 * Returns: (transfer full): a refresh, which does nothing until asked
 */
TdPriceRefresh *
td_price_refresh_new (TdHttpClient *http_client,
                      const char   *cache_path)
{
  TdPriceRefresh *self = g_object_new (TD_TYPE_PRICE_REFRESH, NULL);

  self->http_client = g_object_ref (http_client);
  self->cache_path = g_strdup (cache_path);

  return self;
}

/** Returns: (transfer full): where the last list is kept */
char *
td_price_refresh_dup_cache_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "tokendesk", "price-list", NULL);
}

/* In a thread: takes the copy apart, if there is one of this address. */
static void
read_copy (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  g_autofree char *text = NULL;
  char *line_end, *mark_end;
  size_t length;

  if (fetch->cache_path != NULL && g_file_get_contents (fetch->cache_path, &text, &length, NULL))
    {
      line_end = strchr (text, '\n');
      mark_end = line_end != NULL ? strchr (line_end + 1, '\n') : NULL;
      if (mark_end != NULL)
        {
          *line_end = '\0';
          *mark_end = '\0';
          if (g_str_equal (text, fetch->url) && line_end[1] != '\0')
            {
              fetch->etag = g_strdup (line_end + 1);
              fetch->copy = g_bytes_new (mark_end + 1, length - (mark_end + 1 - text));
            }
        }
    }

  g_task_return_boolean (task, TRUE);
}

static void
write_copy (Fetch *fetch)
{
  g_autofree char *folder = g_path_get_dirname (fetch->cache_path);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  size_t length;
  const char *body = g_bytes_get_data (fetch->body, &length);

  g_string_append_printf (text, "%s\n%s\n", fetch->url, fetch->new_etag);
  g_string_append_len (text, body, length);

  /* Without a copy the list is sent once more next time: nothing to bother the user with. */
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents (fetch->cache_path, text->str, text->len, &error))
    g_debug ("The price list was not kept: %s", error != NULL ? error->message : "no folder");
}

/* In a thread: a list of a megabyte takes longer to check than a frame. */
static void
check_body (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  GError *error = NULL;
  TdPriceFeed *feed = td_price_feed_new_from_bytes (fetch->body, fetch->today, &error);

  if (feed != NULL && fetch->is_new && fetch->cache_path != NULL && fetch->new_etag != NULL &&
      strpbrk (fetch->new_etag, "\r\n") == NULL)
    write_copy (fetch);
  if (feed == NULL && !fetch->is_new)
    g_remove (fetch->cache_path);

  if (feed != NULL)
    g_task_return_pointer (task, feed, (GDestroyNotify) td_price_feed_free);
  else
    g_task_return_error (task, error);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TdPriceFeed *feed = g_task_propagate_pointer (G_TASK (result), &error);

  if (feed != NULL)
    g_task_return_pointer (task, feed, (GDestroyNotify) td_price_feed_free);
  else
    g_task_return_error (task, error);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TdHttpResponse) response = td_http_client_send_finish (TD_HTTP_CLIENT (source), result, &error);
  g_autoptr (GTask) check = NULL;

  if (response == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  fetch->is_new = td_http_response_get_status (response) != 304;
  fetch->body = g_bytes_ref (fetch->is_new ? td_http_response_get_body (response) : fetch->copy);
  fetch->new_etag = g_strdup (td_http_response_get_header (response, "ETag"));

  check = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), checked_cb, g_object_ref (task));
  g_task_set_task_data (check, fetch, NULL);
  g_task_run_in_thread (check, check_body);
}

static void
copy_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  TdPriceRefresh *self = TD_PRICE_REFRESH (source);
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (TdHttpRequest) request = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  request = td_http_request_new ("GET", fetch->url);
  td_http_request_set_max_bytes (request, TD_PRICE_FEED_MAX_BYTES);
  td_http_request_set_time_limit (request, TIME_LIMIT_MS);
  if (fetch->copy != NULL)
    td_http_request_set_etag (request, fetch->etag);

  td_http_client_send_async (self->http_client, request, g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

/**
 * td_price_refresh_fetch_async:
 * @self: a refresh
 * @url: the address of a price list
 * @today: the day whose prices are wanted
 * @cancellable: (nullable): cancels the fetch
 * @callback: called when the list is there, or there will be none
 * @user_data: data for @callback
 *
 * Asks the server for its list.
 */
void
td_price_refresh_fetch_async (TdPriceRefresh      *self,
                              const char          *url,
                              TdDate               today,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) reading = NULL;
  Fetch *fetch;

  g_return_if_fail (TD_IS_PRICE_REFRESH (self));
  g_return_if_fail (url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_price_refresh_fetch_async);
  g_task_set_static_name (task, "td-price-refresh-fetch");

  fetch = g_new0 (Fetch, 1);
  fetch->url = g_strdup (url);
  fetch->cache_path = g_strdup (self->cache_path);
  fetch->today = today;
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);

  /* The outer task keeps the data alive. */
  reading = g_task_new (self, NULL, copy_read_cb, g_object_ref (task));
  g_task_set_task_data (reading, fetch, NULL);
  g_task_run_in_thread (reading, read_copy);
}

/**
 * td_price_refresh_fetch_finish:
 * @self: a refresh
 * @result: the result given to the callback
 * @error: return location for a `TD_HTTP_ERROR`, `TD_CATALOGUE_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the list
 */
TdPriceFeed *
td_price_refresh_fetch_finish (TdPriceRefresh  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** Returns: (transfer full): the host of an address, or the address itself if it is none */
char *
td_price_refresh_dup_host (const char *url)
{
  g_autoptr (GUri) uri = td_http_url_parse (url, NULL);

  return uri != NULL ? td_http_url_get_host (uri) : g_strdup (url);
}

/**
 * td_price_refresh_error_text:
 * @error: why there is no list: a `TD_HTTP_ERROR` or `TD_CATALOGUE_ERROR`
 * @url: the address that was asked
 *
 * Returns: (transfer full): what happened and what to do about it, without markup
 */
char *
td_price_refresh_error_text (const GError *error,
                             const char   *url)
{
  g_autofree char *host = td_price_refresh_dup_host (url);

  if (error->domain != TD_HTTP_ERROR)
    return g_strdup (error->message);

  switch (error->code)
    {
    case TD_HTTP_ERROR_BAD_ADDRESS:
      return g_strdup (_("This address cannot be used: it must begin with https://, or with http:// for a service on "
                         "this computer, and have no password in it."));
    case TD_HTTP_ERROR_OFFLINE:
    case TD_HTTP_ERROR_CONNECTION:
      return g_strdup_printf (_("%s cannot be reached, or the connection broke off. Check your network and try again."),
                              host);
    case TD_HTTP_ERROR_TLS:
      return g_strdup_printf (_("There is no secure connection to %s: its certificate is not trusted."), host);
    case TD_HTTP_ERROR_TIMED_OUT:
      return g_strdup_printf (_("%s did not answer in time. Try again later."), host);
    case TD_HTTP_ERROR_TOO_LARGE:
      return g_strdup_printf (_("What %s sent is too large for a price list."), host);
    case TD_HTTP_ERROR_REDIRECT:
      return g_strdup_printf (_("%s leads on to an address that must not be followed."), host);
    case TD_HTTP_ERROR_NOT_FOUND:
      return g_strdup_printf (_("%s has no price list at this address. Check the address."), host);
    case TD_HTTP_ERROR_BAD_ANSWER:
      return g_strdup_printf (_("What %s sent is not complete, or not a price list."), host);
    default:
      /* Translators: %1$s is a host, %2$u a number such as 503 */
      return g_strdup_printf (_("%1$s did not give out its price list (HTTP %2$u). Try again later."), host,
                              td_http_error_get_status (error));
    }
}
