/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdChatError:
 * @TD_CHAT_ERROR_SYNTAX: not JSON
 * @TD_CHAT_ERROR_FORMAT: JSON, but no conversation
 * @TD_CHAT_ERROR_MESSAGE: a message that cannot be; the error names its number and the field
 * @TD_CHAT_ERROR_TOOLS: definitions of functions that cannot be; the error names the number and the field
 *
 * Why something was refused. What there was before stays as it is.
 */
typedef enum
{
  TD_CHAT_ERROR_SYNTAX,
  TD_CHAT_ERROR_FORMAT,
  TD_CHAT_ERROR_MESSAGE,
  TD_CHAT_ERROR_TOOLS
} TdChatError;

#define TD_CHAT_ERROR (td_chat_error_quark ())
GQuark td_chat_error_quark (void);

G_END_DECLS
