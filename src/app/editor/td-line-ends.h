/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How the lines of a text end. */
typedef enum
{
  TD_LINE_END_NONE,  /* there is one line */
  TD_LINE_END_LF,
  TD_LINE_END_CRLF,
  TD_LINE_END_CR,
  TD_LINE_END_MIXED
} TdLineEnd;

TdLineEnd  td_line_ends_detect  (GBytes    *text);
GBytes    *td_line_ends_convert (GBytes    *text,
                                 TdLineEnd  line_end);

G_END_DECLS
