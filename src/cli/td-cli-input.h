/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TdCliInput:
 * @label: what to call it in messages
 * @text: its bytes, not NUL-terminated
 * @length: how many
 *
 * A file, mapped, or a stream, read to its end.
 */
typedef struct
{
  char *label;
  const char *text;
  size_t length;
  GMappedFile *file;
  char *buffer;
} TdCliInput;

gboolean td_cli_input_open  (TdCliInput *input,
                             const char *name);
void     td_cli_input_clear (TdCliInput *input);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdCliInput, td_cli_input_clear)

G_END_DECLS
