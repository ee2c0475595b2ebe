/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void td_test_log_capture      (void);
void td_test_log_assert_lacks (const char *secret);
void td_test_log_assert_has   (const char *text);

G_END_DECLS
