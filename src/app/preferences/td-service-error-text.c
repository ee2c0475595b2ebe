/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "accounts/td-account-error.h"
#include "app/preferences/td-service-error-text.h"
#include "http/td-http-error.h"

static char *
account_error_text (const GError *error,
                    const char   *host)
{
  switch (error->code)
    {
    case TD_ACCOUNT_ERROR_NO_KEY:
      return g_strdup_printf (_("No key for %s could be read. Save one, or unlock your keyring."), host);
    case TD_ACCOUNT_ERROR_BAD_KEY:
      return g_strdup (_("This is not an API key: keys have no spaces, accents or line breaks. Copy the key again."));
    case TD_ACCOUNT_ERROR_KEYRING:
      return g_strdup (_("Your keyring could not be asked to remove the key. If it has one, unlock it and try again."));
    case TD_ACCOUNT_ERROR_NO_LIMIT:
      return g_strdup_printf (_("%s sets no limit for this key, and does not say how much credit the account has."),
                              host);
    default:
      return NULL;
    }
}

static char *
rate_limit_text (const GError *error,
                 const char   *host)
{
  guint seconds = td_http_error_get_retry_after (error);

  if (seconds == 0)
    return g_strdup_printf (_("Too many requests to %s. Wait a minute and try again."), host);

  /* Translators: %1$s is a host, such as api.openai.com, %2$u a number of seconds */
  return g_strdup_printf (ngettext ("Too many requests to %1$s. Try again in %2$u second.",
                                    "Too many requests to %1$s. Try again in %2$u seconds.", seconds),
                          host, seconds);
}

/* What can go wrong before there is an answer, or with an answer of any kind. */
static char *
connection_text (const GError *error,
                 const char   *host)
{
  switch (error->code)
    {
    case TD_HTTP_ERROR_BAD_ADDRESS:
      return g_strdup (_("This address cannot be used: it must begin with https://, or with http:// for a service on "
                         "this computer, and have no password in it."));
    case TD_HTTP_ERROR_OFFLINE:
      return g_strdup_printf (_("%s cannot be reached. Check your network and the base URL."), host);
    case TD_HTTP_ERROR_CONNECTION:
      return g_strdup_printf (_("The connection to %s failed or broke off. Check your network and the base URL, and "
                                "try again."), host);
    case TD_HTTP_ERROR_TLS:
      return g_strdup_printf (_("There is no secure connection to %s: its certificate is not trusted. Check the base "
                                "URL and the date of this computer."), host);
    case TD_HTTP_ERROR_TIMED_OUT:
      return g_strdup_printf (_("%s did not answer in time. Try again later."), host);
    case TD_HTTP_ERROR_REDIRECT:
      return g_strdup_printf (_("%s points to another server, where your key was not sent. If you trust that server, "
                                "enter its address as base URL."), host);
    case TD_HTTP_ERROR_TOO_LARGE:
    case TD_HTTP_ERROR_BAD_ANSWER:
      return g_strdup_printf (_("%s answered, but not as this kind of service does. Check the base URL."), host);
    default:
      return NULL;
    }
}

/* What a service means by its answer. */
static char *
answer_text (const GError *error,
             const char   *host)
{
  switch (error->code)
    {
    case TD_HTTP_ERROR_UNAUTHORIZED:
      return g_strdup_printf (_("%s did not accept the key. It may be incomplete, revoked or made for another "
                                "service."), host);
    case TD_HTTP_ERROR_FORBIDDEN:
      return g_strdup_printf (_("%s knows the key, but the key lacks the permission. Give it more permissions or use "
                                "another one."), host);
    case TD_HTTP_ERROR_REGION:
      return g_strdup_printf (_("%s does not offer its service in the country or region you are connected from."),
                              host);
    case TD_HTTP_ERROR_QUOTA:
      return g_strdup_printf (_("%s knows the key, but there is no credit left or a spending limit is reached. Check "
                                "the billing page of your account."), host);
    case TD_HTTP_ERROR_NOT_FOUND:
      return g_strdup_printf (_("%s has no such service at the base URL. Check its end, which often is “/v1”."),
                              host);
    case TD_HTTP_ERROR_RATE_LIMITED:
      return rate_limit_text (error, host);
    case TD_HTTP_ERROR_REFUSED:
      /* Translators: %1$s is a host, such as api.openai.com, %2$u a number such as 400 */
      return g_strdup_printf (_("%1$s refused the request (HTTP %2$u). Check the base URL."), host,
                              td_http_error_get_status (error));
    case TD_HTTP_ERROR_SERVER:
      /* Translators: %1$s is a host, such as api.openai.com, %2$u a number such as 503 */
      return g_strdup_printf (_("%1$s has trouble of its own (HTTP %2$u). Try again later."), host,
                              td_http_error_get_status (error));
    default:
      return NULL;
    }
}

/**
 * td_service_error_text:
 * @error: why a service was of no use: a `TD_ACCOUNT_ERROR` or a `TD_HTTP_ERROR`
 * @host: the service's host
 *
 * Says in the user's language what happened and what to do about it.
 *
 * Returns: (transfer full): one or two sentences, without markup
 */
char *
td_service_error_text (const GError *error,
                       const char   *host)
{
  char *text = NULL;

  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);

  if (error->domain == TD_ACCOUNT_ERROR)
    text = account_error_text (error, host);
  else if (error->domain == TD_HTTP_ERROR)
    text = connection_text (error, host);

  if (text == NULL && error->domain == TD_HTTP_ERROR)
    text = answer_text (error, host);

  g_return_val_if_fail (text != NULL, g_strdup (error->message));

  return text;
}

/**
 * td_credit_error_text:
 * @error: why the credit that is left isn't known: a `TD_ACCOUNT_ERROR` or a `TD_HTTP_ERROR`
 * @host: the service's host
 *
 * The same where the service's address can't be changed, so that there is none to check.
 *
 * Returns: (transfer full): one or two sentences, without markup
 */
char *
td_credit_error_text (const GError *error,
                      const char   *host)
{
  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);

  if (error->domain != TD_HTTP_ERROR)
    return td_service_error_text (error, host);

  switch (error->code)
    {
    case TD_HTTP_ERROR_OFFLINE:
    case TD_HTTP_ERROR_CONNECTION:
      return g_strdup_printf (_("%s cannot be reached, or the connection broke off. Check your network and try again."),
                              host);
    case TD_HTTP_ERROR_TLS:
      return g_strdup_printf (_("There is no secure connection to %s: its certificate is not trusted."), host);
    case TD_HTTP_ERROR_REDIRECT:
      return g_strdup_printf (_("%s leads on to an address that must not be followed."), host);
    case TD_HTTP_ERROR_NOT_FOUND:
    case TD_HTTP_ERROR_REFUSED:
    case TD_HTTP_ERROR_TOO_LARGE:
    case TD_HTTP_ERROR_BAD_ANSWER:
      return g_strdup_printf (_("%s answered, but not with the credit that is left. Look at the website of the "
                                "service."), host);
    default:
      return td_service_error_text (error, host);
    }
}
