/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pricing/td-json-writer.h"

/**
 * td_json_append_string:
 * @out: where to write
 * @text: UTF-8
 * @length: how many bytes
 *
 * Writes a JSON string with its quotation marks.
 */
void
td_json_append_string (GString    *out,
                       const char *text,
                       size_t      length)
{
  g_string_append_c (out, '"');

  for (size_t i = 0; i < length; i++)
    {
      guchar c = text[i];

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, c);
    }

  g_string_append_c (out, '"');
}

/* Writes what comes before a value: the comma, the indentation and the name. */
static void
print_start (TdJsonWriter *json,
             const char   *name)
{
  if (json->depth > 0)
    g_string_append_printf (json->text, "%s%*s", json->is_first ? "\n" : ",\n", json->depth * 2, "");
  json->is_first = FALSE;

  if (name != NULL)
    {
      td_json_append_string (json->text, name, strlen (name));
      g_string_append (json->text, ": ");
    }
}

/**
 * td_json_writer_begin:
 * @json: a document
 * @name: (nullable): the member's name
 * @bracket: "{" or "["
 *
 * Begins an object or a list.
 */
void
td_json_writer_begin (TdJsonWriter *json,
                      const char   *name,
                      char          bracket)
{
  print_start (json, name);
  g_string_append_c (json->text, bracket);
  json->depth++;
  json->is_first = TRUE;
}

/**
 * td_json_writer_end:
 * @json: a document
 * @bracket: "}" or "]"
 *
 * Ends what td_json_writer_begin() began, and the document with its outermost.
 */
void
td_json_writer_end (TdJsonWriter *json,
                    char          bracket)
{
  json->depth--;
  if (!json->is_first)
    g_string_append_printf (json->text, "\n%*s", json->depth * 2, "");
  g_string_append_c (json->text, bracket);
  json->is_first = FALSE;

  if (json->depth == 0)
    g_string_append_c (json->text, '\n');
}

/**
 * td_json_writer_raw:
 * @json: a document
 * @name: (nullable): the member's name
 * @value: (nullable): a number as it is to be written; %NULL for null
 *
 * Writes a number.
 */
void
td_json_writer_raw (TdJsonWriter *json,
                    const char   *name,
                    const char   *value)
{
  print_start (json, name);
  g_string_append (json->text, value != NULL ? value : "null");
}

/**
 * td_json_writer_string:
 * @json: a document
 * @name: (nullable): the member's name
 * @value: (nullable): a text; %NULL for null
 *
 * Writes a text.
 */
void
td_json_writer_string (TdJsonWriter *json,
                       const char   *name,
                       const char   *value)
{
  print_start (json, name);
  if (value != NULL)
    td_json_append_string (json->text, value, strlen (value));
  else
    g_string_append (json->text, "null");
}

/**
 * td_json_writer_strings:
 * @json: a document
 * @name: (nullable): the member's name
 * @values: texts, %NULL-terminated
 *
 * Writes a list of texts in one line.
 */
void
td_json_writer_strings (TdJsonWriter       *json,
                        const char         *name,
                        const char * const *values)
{
  print_start (json, name);
  g_string_append_c (json->text, '[');
  for (guint i = 0; values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (json->text, ", ");
      td_json_append_string (json->text, values[i], strlen (values[i]));
    }
  g_string_append_c (json->text, ']');
}

/**
 * td_json_writer_number:
 * @json: a document
 * @name: (nullable): the member's name
 * @value: a number
 *
 * Writes a whole number.
 */
void
td_json_writer_number (TdJsonWriter *json,
                       const char   *name,
                       gint64        value)
{
  print_start (json, name);
  g_string_append_printf (json->text, "%" G_GINT64_FORMAT, value);
}

/**
 * td_json_writer_boolean:
 * @json: a document
 * @name: (nullable): the member's name
 * @value: a truth value
 *
 * Writes true or false.
 */
void
td_json_writer_boolean (TdJsonWriter *json,
                        const char   *name,
                        gboolean      value)
{
  print_start (json, name);
  g_string_append (json->text, value ? "true" : "false");
}

/**
 * td_json_writer_date:
 * @json: a document
 * @name: (nullable): the member's name
 * @value: a date; no date becomes null
 *
 * Writes a date as a text.
 */
void
td_json_writer_date (TdJsonWriter *json,
                     const char   *name,
                     TdDate        value)
{
  char buffer[TD_DATE_ISO_SIZE];

  td_json_writer_string (json, name, td_date_is_set (value) ? td_date_to_iso (value, buffer) : NULL);
}

/**
 * td_json_writer_price:
 * @json: a document
 * @name: (nullable): the member's name
 * @value: a price; unknown becomes null
 *
 * Writes a price for a million tokens as an exact number.
 */
void
td_json_writer_price (TdJsonWriter *json,
                      const char   *name,
                      TdPrice       value)
{
  g_autofree char *number = value >= 0 ? td_price_to_decimal (value) : NULL;

  td_json_writer_raw (json, name, number);
}
