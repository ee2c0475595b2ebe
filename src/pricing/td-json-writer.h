/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "pricing/td-date.h"
#include "pricing/td-money.h"

G_BEGIN_DECLS

/**
 * TdJsonWriter:
 * @text: the document so far, owned by the caller
 * @depth: how many objects and lists are open
 * @is_first: whether the innermost one is still empty
 *
 * Writes a JSON document as it is described. Amounts and prices are written digit by digit, so they
 * stay exact, which they would not as floating-point numbers.
 *
 * A member is given with its name; an element of a list, or the document itself, with %NULL.
 */
typedef struct
{
  GString *text;
  guint depth;
  gboolean is_first;
} TdJsonWriter;

#define TD_JSON_WRITER_INIT(out) { .text = (out), .depth = 0, .is_first = TRUE }

void td_json_append_string  (GString            *out,
                             const char         *text,
                             size_t              length);

void td_json_writer_begin   (TdJsonWriter       *json,
                             const char         *name,
                             char                bracket);
void td_json_writer_end     (TdJsonWriter       *json,
                             char                bracket);
void td_json_writer_raw     (TdJsonWriter       *json,
                             const char         *name,
                             const char         *value);
void td_json_writer_string  (TdJsonWriter       *json,
                             const char         *name,
                             const char         *value);
void td_json_writer_strings (TdJsonWriter       *json,
                             const char         *name,
                             const char * const *values);
void td_json_writer_number  (TdJsonWriter       *json,
                             const char         *name,
                             gint64              value);
void td_json_writer_boolean (TdJsonWriter       *json,
                             const char         *name,
                             gboolean            value);
void td_json_writer_date    (TdJsonWriter       *json,
                             const char         *name,
                             TdDate              value);
void td_json_writer_price   (TdJsonWriter       *json,
                             const char         *name,
                             TdPrice             value);

G_END_DECLS
