/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "cli/td-cli-input.h"
#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/**
 * TdCliTokens:
 *
 * The encodings a command needs, opened when first asked for. Zero-initialise it.
 */
typedef struct
{
  TkEncoding *encodings[TK_N_ENCODINGS];
  TkEncoder *encoders[TK_N_ENCODINGS];
} TdCliTokens;

void        td_cli_tokens_clear        (TdCliTokens      *tokens);
TkEncoding *td_cli_tokens_get_encoding (TdCliTokens      *tokens,
                                        TkEncodingId      id);
gboolean    td_cli_tokens_count        (TdCliTokens      *tokens,
                                        TkEncodingId      id,
                                        const TdCliInput *input,
                                        TkSpecialMode     special,
                                        guint64          *n_tokens);
gboolean    td_cli_tokens_encode       (TdCliTokens      *tokens,
                                        TkEncodingId      id,
                                        const TdCliInput *input,
                                        TkSpecialMode     special,
                                        TkTokensFunc      func,
                                        gpointer          user_data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdCliTokens, td_cli_tokens_clear)

G_END_DECLS
