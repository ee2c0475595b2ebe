/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "http/td-http-error.h"
#include "http/td-json.h"

/* What a message can't say: numbers the caller may want to show or act on. */
typedef struct
{
  guint status;
  guint retry_after;
} TdHttpErrorPrivate;

static void
td_http_error_private_init (TdHttpErrorPrivate *self)
{
}

static void
td_http_error_private_copy (const TdHttpErrorPrivate *source,
                            TdHttpErrorPrivate       *target)
{
  *target = *source;
}

static void
td_http_error_private_clear (TdHttpErrorPrivate *self)
{
}

G_DEFINE_EXTENDED_ERROR (TdHttpError, td_http_error)

/* The words by which OpenAI, and the many services that speak its protocol, say why. They stand in "code" or "type". */
static const struct
{
  const char  *word;
  TdHttpError  code;
} reasons[] = {
  { "billing_hard_limit_reached", TD_HTTP_ERROR_QUOTA },
  { "billing_not_active", TD_HTTP_ERROR_QUOTA },
  { "credit_balance_exhausted", TD_HTTP_ERROR_QUOTA },
  { "insufficient_quota", TD_HTTP_ERROR_QUOTA },
  { "organization_spend_limit_exceeded", TD_HTTP_ERROR_QUOTA },
  { "organization_usage_limit_exceeded", TD_HTTP_ERROR_QUOTA },
  { "project_spend_limit_exceeded", TD_HTTP_ERROR_QUOTA },
  { "unsupported_country_region_territory", TD_HTTP_ERROR_REGION },
  { "invalid_api_key", TD_HTTP_ERROR_UNAUTHORIZED },
  { "rate_limit_exceeded", TD_HTTP_ERROR_RATE_LIMITED },
};

static gboolean
find_reason (JsonObject  *object,
             const char  *member,
             TdHttpError *code)
{
  const char *word = td_json_object_get_string (object, member);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_str_equal (word, reasons[i].word))
        {
          *code = reasons[i].code;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
find_reason_in_body (GBytes      *body,
                     TdHttpError *code)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *error_object = NULL;

  if (body == NULL || g_bytes_get_size (body) == 0)
    return FALSE;

  root = td_json_parse (body, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    error_object = td_json_object_get_object (json_node_get_object (root), "error");

  if (error_object == NULL)
    return FALSE;

  return find_reason (error_object, "code", code) || find_reason (error_object, "type", code);
}

static TdHttpError
code_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return TD_HTTP_ERROR_UNAUTHORIZED;
    case 402:
      return TD_HTTP_ERROR_QUOTA;
    case 403:
      return TD_HTTP_ERROR_FORBIDDEN;
    case 404:
    case 410:
      return TD_HTTP_ERROR_NOT_FOUND;
    case 407:
      return TD_HTTP_ERROR_CONNECTION;
    case 408:
      return TD_HTTP_ERROR_TIMED_OUT;
    case 429:
      return TD_HTTP_ERROR_RATE_LIMITED;
    case 451:
      return TD_HTTP_ERROR_REGION;
    default:
      break;
    }

  if (status >= 500 && status < 600)
    return TD_HTTP_ERROR_SERVER;

  if (status >= 400 && status < 500)
    return TD_HTTP_ERROR_REFUSED;

  return TD_HTTP_ERROR_BAD_ANSWER;
}

static const char *
message_for_code (TdHttpError code)
{
  switch (code)
    {
    case TD_HTTP_ERROR_OFFLINE:
      return "The host can't be reached";
    case TD_HTTP_ERROR_CONNECTION:
      return "The connection was refused or broken off";
    case TD_HTTP_ERROR_TLS:
      return "No secure connection";
    case TD_HTTP_ERROR_TIMED_OUT:
      return "No complete answer in time";
    case TD_HTTP_ERROR_UNAUTHORIZED:
      return "The key was not accepted";
    case TD_HTTP_ERROR_FORBIDDEN:
      return "The key lacks the permission";
    case TD_HTTP_ERROR_REGION:
      return "Not offered in this country or region";
    case TD_HTTP_ERROR_NOT_FOUND:
      return "Nothing at this address";
    case TD_HTTP_ERROR_RATE_LIMITED:
      return "Too many requests";
    case TD_HTTP_ERROR_QUOTA:
      return "No credit left, or a spending limit reached";
    case TD_HTTP_ERROR_REFUSED:
      return "The request was refused";
    case TD_HTTP_ERROR_SERVER:
      return "The server is in trouble";
    case TD_HTTP_ERROR_BAD_ADDRESS:
    case TD_HTTP_ERROR_TOO_LARGE:
    case TD_HTTP_ERROR_REDIRECT:
    case TD_HTTP_ERROR_BAD_ANSWER:
    default:
      return "Not a usable answer";
    }
}

/**
 * td_http_error_new_for_answer:
 * @status: the HTTP status
 * @body: (nullable): the answer's body, looked at for the reason only
 * @retry_after: after how many seconds the server wants to be asked again, or 0
 *
 * Finds out what an answer that isn't a success means. A relay may answer 200 and tell of an error in the body; such a
 * body is understood too.
 *
 * Returns: (transfer full): the error
 */
GError *
td_http_error_new_for_answer (guint   status,
                              GBytes *body,
                              guint   retry_after)
{
  TdHttpErrorPrivate *extra;
  TdHttpError code = code_for_status (status);
  GError *error;

  /* The server's own troubles stay its troubles whatever words come with them. */
  if (code != TD_HTTP_ERROR_SERVER)
    find_reason_in_body (body, &code);

  error = g_error_new (TD_HTTP_ERROR, code, "%s (HTTP %u)", message_for_code (code), status);
  extra = td_http_error_get_private (error);
  extra->status = status;
  extra->retry_after = retry_after;

  return error;
}

/* Codes of G_IO_ERROR and G_RESOLVER_ERROR come from GIO's own sockets; a proxy that can't be reached or says no
 * looks to a person like a connection that fails. */
static TdHttpError
code_for_io_error (int io_code)
{
  switch (io_code)
    {
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return TD_HTTP_ERROR_OFFLINE;
    case G_IO_ERROR_TIMED_OUT:
      return TD_HTTP_ERROR_TIMED_OUT;
    case G_IO_ERROR_INVALID_DATA:
      return TD_HTTP_ERROR_BAD_ANSWER;
    default:
      return TD_HTTP_ERROR_CONNECTION;
    }
}

/**
 * td_http_error_new_for_failure:
 * @failure: an error of libsoup, GIO or the TLS library
 *
 * Returns: (transfer full): the same failure in this domain; a cancellation is copied as it is
 */
GError *
td_http_error_new_for_failure (const GError *failure)
{
  TdHttpError code = TD_HTTP_ERROR_BAD_ANSWER;

  g_return_val_if_fail (failure != NULL, NULL);

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) || failure->domain == TD_HTTP_ERROR)
    return g_error_copy (failure);

  if (failure->domain == G_RESOLVER_ERROR)
    code = TD_HTTP_ERROR_OFFLINE;
  else if (failure->domain == G_TLS_ERROR)
    code = TD_HTTP_ERROR_TLS;
  else if (failure->domain == G_IO_ERROR)
    code = code_for_io_error (failure->code);

  return g_error_new_literal (TD_HTTP_ERROR, code, message_for_code (code));
}

/**
 * td_http_error_get_status:
 * @error: an error in the domain `TD_HTTP_ERROR`
 *
 * Returns: the HTTP status that caused it, or 0 if no answer came
 */
guint
td_http_error_get_status (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == TD_HTTP_ERROR, 0);

  return td_http_error_get_private (error)->status;
}

/**
 * td_http_error_get_retry_after:
 * @error: an error in the domain `TD_HTTP_ERROR`
 *
 * Returns: after how many seconds the server wants to be asked again, or 0 if it didn't say
 */
guint
td_http_error_get_retry_after (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == TD_HTTP_ERROR, 0);

  return td_http_error_get_private (error)->retry_after;
}
