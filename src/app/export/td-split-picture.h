/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

/** The longest text a picture is made of, in characters. */
#define TD_PICTURE_CHARACTERS 20000

GBytes *td_split_picture_new (GBytes            *text,
                              const TkEncoding  *encoding,
                              TkSpecialMode      special,
                              gboolean           dark,
                              gboolean           as_svg,
                              GCancellable      *cancellable,
                              GError           **error);

G_END_DECLS
