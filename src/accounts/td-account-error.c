/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-account-error.h"

G_DEFINE_QUARK (td-account-error-quark, td_account_error)
