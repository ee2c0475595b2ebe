/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TD_CLI_NAME "tokendesk-cli"

/**
 * TdCliStatus:
 * @TD_CLI_OK: all went well
 * @TD_CLI_FAILED: the input or the output was bad
 * @TD_CLI_USAGE: the command line was bad
 *
 * What the program exits with.
 */
typedef enum
{
  TD_CLI_OK = 0,
  TD_CLI_FAILED = 1,
  TD_CLI_USAGE = 2
} TdCliStatus;

TdCliStatus td_cli_count     (int          argc,
                              char       **argv);
TdCliStatus td_cli_encode    (int          argc,
                              char       **argv);
TdCliStatus td_cli_decode    (int          argc,
                              char       **argv);
TdCliStatus td_cli_compare   (int          argc,
                              char       **argv);
TdCliStatus td_cli_chat      (int          argc,
                              char       **argv);
TdCliStatus td_cli_files     (int          argc,
                              char       **argv);
TdCliStatus td_cli_models    (int          argc,
                              char       **argv);
TdCliStatus td_cli_refresh   (int          argc,
                              char       **argv);

void        td_cli_complain  (const char  *format,
                              ...) G_GNUC_PRINTF (1, 2);

gboolean    td_cli_can_write (void);

G_END_DECLS
