/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/td-application.h"

G_BEGIN_DECLS

/* td-application-actions.c */
void _td_application_add_actions (TdApplication *self);

G_END_DECLS
