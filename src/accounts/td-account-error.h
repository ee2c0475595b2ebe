/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TD_ACCOUNT_ERROR (td_account_error_quark ())

/**
 * TdAccountError:
 * @TD_ACCOUNT_ERROR_NO_KEY: no key is kept for the account
 * @TD_ACCOUNT_ERROR_BAD_KEY: a text that can't be a key: empty, or with spaces or characters keys don't have
 * @TD_ACCOUNT_ERROR_KEYRING: the keyring doesn't do what it is asked to
 * @TD_ACCOUNT_ERROR_NO_LIMIT: the key works, and nothing but the account's own credit limits it, of which it isn't told
 */
typedef enum
{
  TD_ACCOUNT_ERROR_NO_KEY,
  TD_ACCOUNT_ERROR_BAD_KEY,
  TD_ACCOUNT_ERROR_KEYRING,
  TD_ACCOUNT_ERROR_NO_LIMIT,
} TdAccountError;

GQuark td_account_error_quark (void);

G_END_DECLS
