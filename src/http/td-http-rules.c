/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "http/td-http-error.h"
#include "http/td-http-request-private.h"
#include "http/td-http-rules.h"
#include "http/td-http-url.h"

#define MAX_RETRY_AFTER (24 * 60 * 60)

/**
 * td_http_rules_get_retry_after:
 * @headers: an answer's headers
 *
 * Reads `Retry-After`, which holds a number of seconds or a date.
 *
 * Returns: the seconds, a day at most; 0 without a usable header
 */
guint
td_http_rules_get_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  const char *now_text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return MIN (seconds, MAX_RETRY_AFTER);

  then = soup_date_time_new_from_http_string (text);
  if (then == NULL)
    return 0;

  /* The server's own clock is the one the date was made with. */
  now = now_text != NULL ? soup_date_time_new_from_http_string (now_text) : NULL;
  if (now == NULL)
    now = g_date_time_new_now_utc ();

  return CLAMP (g_date_time_difference (then, now) / G_TIME_SPAN_SECOND, 0, MAX_RETRY_AFTER);
}

/**
 * td_http_rules_is_passing:
 * @error: why a request failed
 *
 * Returns: whether the same request may well succeed a little later
 */
gboolean
td_http_rules_is_passing (const GError *error)
{
  guint status;

  if (g_error_matches (error, TD_HTTP_ERROR, TD_HTTP_ERROR_RATE_LIMITED))
    return TRUE;

  if (!g_error_matches (error, TD_HTTP_ERROR, TD_HTTP_ERROR_SERVER))
    return FALSE;

  /* What a server doesn't implement it won't a second later either. */
  status = td_http_error_get_status (error);

  return status != SOUP_STATUS_NOT_IMPLEMENTED && status != SOUP_STATUS_HTTP_VERSION_NOT_SUPPORTED;
}

/**
 * td_http_rules_is_redirect:
 * @status: an HTTP status
 *
 * Returns: whether the answer names another address to ask
 */
gboolean
td_http_rules_is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY
    || status == SOUP_STATUS_FOUND
    || status == SOUP_STATUS_SEE_OTHER
    || status == SOUP_STATUS_TEMPORARY_REDIRECT
    || status == SOUP_STATUS_PERMANENT_REDIRECT;
}

/**
 * td_http_rules_get_redirect:
 * @request: the request that is to be sent on
 * @from: the address that answered
 * @headers: the answer's headers
 * @error: return location for a `TD_HTTP_ERROR_REDIRECT`
 *
 * Finds where the request may go on to. A key and a body stay with the server they were meant for, and no server out
 * there can point the program at this computer.
 *
 * Returns: (transfer full) (nullable): the next address
 */
GUri *
td_http_rules_get_redirect (TdHttpRequest       *request,
                            GUri                *from,
                            SoupMessageHeaders  *headers,
                            GError             **error)
{
  const char *location = soup_message_headers_get_one (headers, "Location");
  g_autoptr (GUri) stated = NULL;
  g_autoptr (GUri) target = NULL;
  const char *problem = NULL;

  if (location != NULL)
    stated = g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL);

  if (stated != NULL)
    {
      g_autofree char *text = g_uri_to_string (stated);

      target = td_http_url_parse (text, NULL);
    }

  if (target == NULL)
    problem = "The server redirects to an address that isn't allowed";
  else if (!g_str_equal (request->method, "GET"))
    problem = "The server redirects a request that has a body";
  else if (!td_http_url_same_origin (from, target) && request->key != NULL)
    problem = "The server redirects a request that has a key to another server";
  else if (!td_http_url_same_origin (from, target) && td_http_url_is_loopback (target))
    problem = "The server redirects to this computer";

  if (problem != NULL)
    {
      g_set_error_literal (error, TD_HTTP_ERROR, TD_HTTP_ERROR_REDIRECT, problem);
      return NULL;
    }

  return g_steal_pointer (&target);
}
