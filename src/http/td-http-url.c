/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>

#include "http/td-http-error.h"
#include "http/td-http-url.h"

/* The flags libsoup wants of a GUri: what the server gets is what was written, with scheme-based defaults added. */
#define URL_FLAGS SOUP_HTTP_URI_FLAGS

static int
effective_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;

  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

/**
 * td_http_url_is_loopback:
 * @uri: a URI with a host
 *
 * Returns: whether the host is this machine by its very name, without asking a resolver
 */
gboolean
td_http_url_is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* The parser of URIs takes nearly anything for a host. */
static gboolean
is_host (const char *host)
{
  g_autofree char *ascii = g_hostname_is_ip_address (host) ? g_strdup (host) : g_hostname_to_ascii (host);

  if (ascii == NULL || *ascii == '\0' || *ascii == '.')
    return FALSE;

  for (const char *c = ascii; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("-._:%", *c) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * td_http_url_parse:
 * @url: an address as a person or a server wrote it
 * @error: return location for a `TD_HTTP_ERROR_BAD_ADDRESS`
 *
 * Parses an address and checks that this program may talk to it: https, or http to this very machine, with a host and
 * without a user name or password, which would end up in logs.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL
 */
GUri *
td_http_url_parse (const char  *url,
                   GError     **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *host;

  g_return_val_if_fail (url != NULL, NULL);

  uri = g_uri_parse (url, URL_FLAGS, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || !is_host (host))
    {
      g_set_error_literal (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ADDRESS, "This is not the address of a server");
      return NULL;
    }

  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ADDRESS,
                           "An address must not contain a user name or a password");
      return NULL;
    }

  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return g_steal_pointer (&uri);

  if (g_str_equal (g_uri_get_scheme (uri), "http") && td_http_url_is_loopback (uri))
    return g_steal_pointer (&uri);

  g_set_error_literal (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ADDRESS,
                       "Only https addresses are allowed, or http on this computer");

  return NULL;
}

/**
 * td_http_url_same_origin:
 * @a: an address
 * @b: another address
 *
 * Returns: whether both have the same scheme, host and port, that is, whether what may be sent to one may be sent to
 *   the other
 */
gboolean
td_http_url_same_origin (GUri *a,
                         GUri *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
    && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
    && effective_port (a) == effective_port (b);
}

/**
 * td_http_url_get_host:
 * @uri: an address accepted by td_http_url_parse()
 *
 * Returns: (transfer full): the lower-case host, followed by the port where it isn't the scheme's own
 */
char *
td_http_url_get_host (GUri *uri)
{
  g_autofree char *host = NULL;
  gboolean is_ipv6;
  int port;
  int default_port;

  g_return_val_if_fail (uri != NULL, NULL);

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  is_ipv6 = strchr (host, ':') != NULL;
  port = effective_port (uri);
  default_port = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;

  if (port != default_port)
    return g_strdup_printf (is_ipv6 ? "[%s]:%d" : "%s:%d", host, port);

  return is_ipv6 ? g_strdup_printf ("[%s]", host) : g_steal_pointer (&host);
}

/**
 * td_http_url_describe:
 * @uri: an address
 *
 * Returns: (transfer full): the address for a log line: without the query, which may hold what nobody should read
 */
char *
td_http_url_describe (GUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
}
