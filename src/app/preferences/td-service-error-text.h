/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *td_service_error_text (const GError *error,
                             const char   *host);
char *td_credit_error_text  (const GError *error,
                             const char   *host);

G_END_DECLS
