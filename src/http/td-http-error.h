/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_HTTP_ERROR (td_http_error_quark ())

/**
 * TdHttpError:
 * @TD_HTTP_ERROR_BAD_ADDRESS: the address is malformed, or neither https nor this computer
 * @TD_HTTP_ERROR_OFFLINE: the host's name can't be resolved or no network leads to it
 * @TD_HTTP_ERROR_CONNECTION: the host refused the connection or broke it off
 * @TD_HTTP_ERROR_TLS: no secure connection: the certificate is wrong or the handshake failed
 * @TD_HTTP_ERROR_TIMED_OUT: no complete answer within the time limit
 * @TD_HTTP_ERROR_TOO_LARGE: the answer is larger than the caller's limit
 * @TD_HTTP_ERROR_REDIRECT: the server sends the request on to where it must not go, or in circles
 * @TD_HTTP_ERROR_UNAUTHORIZED: 401, the key is wrong, revoked or missing
 * @TD_HTTP_ERROR_FORBIDDEN: 403, the key is right and lacks the permission
 * @TD_HTTP_ERROR_REGION: 403, the service isn't offered in the country the request comes from
 * @TD_HTTP_ERROR_NOT_FOUND: 404 or 410, the host has nothing at this address
 * @TD_HTTP_ERROR_RATE_LIMITED: 429, too many requests; later ones will be served
 * @TD_HTTP_ERROR_QUOTA: 402 or 429, no credit left or a spending limit reached; waiting doesn't help
 * @TD_HTTP_ERROR_REFUSED: any other 4xx
 * @TD_HTTP_ERROR_SERVER: 5xx, the server is in trouble
 * @TD_HTTP_ERROR_BAD_ANSWER: the answer isn't what the protocol or the caller expects
 *
 * Why a request gave no usable answer. A cancelled request has the usual `G_IO_ERROR_CANCELLED` instead.
 *
 * The messages are for logs, in English. They never contain what a server sent, which may repeat a key, nor the query
 * of an address.
 */
typedef enum
{
  TD_HTTP_ERROR_BAD_ADDRESS,
  TD_HTTP_ERROR_OFFLINE,
  TD_HTTP_ERROR_CONNECTION,
  TD_HTTP_ERROR_TLS,
  TD_HTTP_ERROR_TIMED_OUT,
  TD_HTTP_ERROR_TOO_LARGE,
  TD_HTTP_ERROR_REDIRECT,
  TD_HTTP_ERROR_UNAUTHORIZED,
  TD_HTTP_ERROR_FORBIDDEN,
  TD_HTTP_ERROR_REGION,
  TD_HTTP_ERROR_NOT_FOUND,
  TD_HTTP_ERROR_RATE_LIMITED,
  TD_HTTP_ERROR_QUOTA,
  TD_HTTP_ERROR_REFUSED,
  TD_HTTP_ERROR_SERVER,
  TD_HTTP_ERROR_BAD_ANSWER,
} TdHttpError;

GQuark  td_http_error_quark           (void);

GError *td_http_error_new_for_answer  (guint         status,
                                       GBytes       *body,
                                       guint         retry_after);
GError *td_http_error_new_for_failure (const GError *failure);

guint   td_http_error_get_status      (const GError *error);
guint   td_http_error_get_retry_after (const GError *error);

G_END_DECLS
