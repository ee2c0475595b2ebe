/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/td-price-period.h"

G_BEGIN_DECLS

/*
 * One object being read. After a failure all reading functions return their empty value, so that a whole object can
 * be read first and checked once.
 */
typedef struct
{
  JsonObject *object;
  const char *where;   /* the model's id, for messages */
  GHashTable *sources; /* the known sources by key */
  GError *error;
} TdJsonReader;

void        td_json_reader_fail          (TdJsonReader       *reader,
                                          const char         *member,
                                          const char         *format,
                                          ...) G_GNUC_PRINTF (3, 4);
gboolean    td_json_reader_check_members (TdJsonReader       *reader,
                                          const char * const *known);
JsonNode   *td_json_reader_find          (TdJsonReader       *reader,
                                          const char         *member);
const char *td_json_reader_string        (TdJsonReader       *reader,
                                          const char         *member,
                                          gboolean            required);
TdDate      td_json_reader_date          (TdJsonReader       *reader,
                                          const char         *member);
gboolean    td_json_reader_boolean       (TdJsonReader       *reader,
                                          const char         *member);
TdPrice     td_json_reader_price         (TdJsonReader       *reader,
                                          const char         *member);
gint64      td_json_reader_integer       (TdJsonReader       *reader,
                                          const char         *member,
                                          gint64              minimum,
                                          gint64              maximum);
guint64     td_json_reader_tokens        (TdJsonReader       *reader,
                                          const char         *member);
int         td_json_reader_enum          (TdJsonReader       *reader,
                                          const char         *member,
                                          GType               type,
                                          int                 default_value,
                                          gboolean            required);
char      **td_json_reader_strings       (TdJsonReader       *reader,
                                          const char         *member);
char      **td_json_reader_sources       (TdJsonReader       *reader);
JsonArray  *td_json_reader_array         (TdJsonReader       *reader,
                                          const char         *member);
gboolean    td_json_reader_enter         (TdJsonReader       *outer,
                                          const char         *member,
                                          TdJsonReader       *inner);
gboolean    td_json_reader_enter_element (TdJsonReader       *outer,
                                          const char         *member,
                                          JsonArray          *array,
                                          guint               index,
                                          TdJsonReader       *inner);
void        td_json_reader_leave         (TdJsonReader       *outer,
                                          TdJsonReader       *inner);

/* td-price-period-reader.c: the period that @reader's object describes. */
TdPricePeriod *td_price_period_read (TdJsonReader *reader);

G_END_DECLS
