/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "cli/td-cli.h"
#include "pricing/td-catalogue.h"
#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

gboolean     td_cli_parse          (int                  *argc,
                                    char               ***argv,
                                    const GOptionEntry   *entries,
                                    const char           *arguments,
                                    const char           *summary);
void         td_cli_complain_usage (const char           *format,
                                    ...) G_GNUC_PRINTF (1, 2);
gboolean     td_cli_parse_number   (const char           *option,
                                    const char           *text,
                                    guint64              *number);
gboolean     td_cli_parse_day      (const char           *option,
                                    const char           *text,
                                    TdDate               *date);
const char  *td_cli_choose_format  (const char           *format,
                                    const char * const   *known);
TdCliStatus  td_cli_find_encoding  (const char           *encoding,
                                    const char           *model,
                                    TkEncodingId         *id);
TdCatalogue *td_cli_load_catalogue (gboolean              with_overlay);
TdModel     *td_cli_find_model     (TdCatalogue          *catalogue,
                                    const char           *name);
const char  *td_cli_only_file      (char                **files,
                                    gboolean             *ok);

G_END_DECLS
