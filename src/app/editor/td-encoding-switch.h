/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tokenizer/tk-tokenizer.h"

G_BEGIN_DECLS

#define TD_TYPE_ENCODING_SWITCH (td_encoding_switch_get_type ())

G_DECLARE_FINAL_TYPE (TdEncodingSwitch, td_encoding_switch, TD, ENCODING_SWITCH, GtkWidget)

GtkWidget    *td_encoding_switch_new          (void);

TkEncodingId  td_encoding_switch_get_encoding (TdEncodingSwitch *self);
void          td_encoding_switch_set_encoding (TdEncodingSwitch *self,
                                               TkEncodingId      encoding);

gboolean      td_encoding_switch_get_compact  (TdEncodingSwitch *self);
void          td_encoding_switch_set_compact  (TdEncodingSwitch *self,
                                               gboolean          compact);

G_END_DECLS
