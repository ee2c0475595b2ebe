/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The file of an overlay: an object with “format” and the list “changes”. Prices and numbers of tokens are texts, as in
 * the catalogue. A change of a field has its name, the value before and after, and the days; an added model holds an
 * object as in a catalogue.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-catalogue-reader.h"
#include "pricing/td-catalogue.h"
#include "pricing/td-json-reader.h"
#include "pricing/td-json-writer.h"
#include "pricing/td-overlay-json.h"
#include "pricing/td-pricing-enums.h"
#include "pricing/td-quote.h"
#include "pricing/td-strict-json.h"

#define FORMAT "tokendesk.overlay/1"
#define MAX_BYTES (2 * 1024 * 1024)
#define MAX_CHANGES 5000
#define MAX_TEXT 200

/* What stands for the source in the object of an added model: the change itself says where it is from. */
#define SOURCE_KEY "OVERLAY"

static const char *
nick_of (GType type,
         int   value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

/* Writing ---------------------------------------------------------------------------------------------------------- */

static void
write_value (TdJsonWriter  *json,
             const char    *name,
             TdChangeField  field,
             gint64         value)
{
  g_autofree char *text = NULL;

  if (value == TD_CHANGE_UNKNOWN)
    return;

  text = td_change_field_is_price (field) ? td_price_to_decimal (value) : g_strdup_printf ("%" G_GINT64_FORMAT, value);
  td_json_writer_string (json, name, text);
}

static void
write_price (TdJsonWriter *json,
             const char   *name,
             TdPrice       price)
{
  write_value (json, name, TD_CHANGE_FIELD_INPUT, price);
}

static void
write_prices (TdJsonWriter   *json,
              const TdPrices *prices)
{
  write_price (json, "input", prices->input);
  write_price (json, "cached_input", prices->cached_input);
  write_price (json, "cache_write", prices->cache_write);
  write_price (json, "cache_write_long", prices->cache_write_long);
  write_price (json, "output", prices->output);
}

static void
write_period (TdJsonWriter        *json,
              const TdPricePeriod *period)
{
  static const char * const sources[] = { SOURCE_KEY, NULL };

  td_json_writer_begin (json, NULL, '{');
  td_json_writer_date (json, "from", period->from);
  td_json_writer_string (json, "precision", nick_of (TD_TYPE_DATE_PRECISION, period->precision));
  td_json_writer_string (json, "confidence", nick_of (TD_TYPE_CONFIDENCE, period->confidence));
  write_prices (json, &period->services[TD_SERVICE_STANDARD]);
  if (period->long_context_above != 0)
    {
      td_json_writer_begin (json, "long_context", '{');
      td_json_writer_number (json, "above", period->long_context_above);
      write_prices (json, &period->long_context);
      td_json_writer_end (json, '}');
    }
  td_json_writer_strings (json, "sources", sources);
  td_json_writer_end (json, '}');
}

static void
write_tokens (TdJsonWriter *json,
              const char   *name,
              guint64       tokens)
{
  if (tokens != 0)
    td_json_writer_number (json, name, tokens);
}

static void
write_model (TdJsonWriter *json,
             TdModel      *model)
{
  static const char * const sources[] = { SOURCE_KEY, NULL };

  td_json_writer_begin (json, "entry", '{');
  td_json_writer_string (json, "id", td_model_get_id (model));
  td_json_writer_string (json, "name", td_model_get_name (model));
  td_json_writer_string (json, "vendor", td_model_get_vendor (model));
  td_json_writer_string (json, "kind", nick_of (TD_TYPE_MODEL_KIND, td_model_get_kind (model)));
  if (td_model_get_encoding (model) != NULL)
    td_json_writer_string (json, "encoding", td_model_get_encoding (model));
  td_json_writer_string (json, "exactness", nick_of (TD_TYPE_EXACTNESS, td_model_get_exactness (model)));
  write_tokens (json, "context_window", td_model_get_context_window (model));
  td_json_writer_string (json, "status", nick_of (TD_TYPE_MODEL_STATUS, td_model_get_status (model)));

  td_json_writer_begin (json, "prices", '[');
  for (guint i = 0; i < td_model_get_n_prices (model); i++)
    write_period (json, td_model_get_price (model, i));
  td_json_writer_end (json, ']');

  td_json_writer_strings (json, "sources", sources);
  td_json_writer_end (json, '}');
}

static void
write_change (TdJsonWriter  *json,
              TdPriceChange *change)
{
  TdChangeField field = td_price_change_get_field (change);

  td_json_writer_begin (json, NULL, '{');
  td_json_writer_string (json, "model", td_price_change_get_model_id (change));
  td_json_writer_string (json, "field", nick_of (TD_TYPE_CHANGE_FIELD, field));
  td_json_writer_string (json, "origin", nick_of (TD_TYPE_MODEL_ORIGIN, td_price_change_get_origin (change)));
  write_value (json, "old", field, td_price_change_get_old_value (change));
  write_value (json, "new", field, td_price_change_get_new_value (change));
  td_json_writer_date (json, "from", td_price_change_get_from (change));
  td_json_writer_date (json, "accepted", td_price_change_get_accepted (change));
  if (td_price_change_get_source (change) != NULL)
    td_json_writer_string (json, "source", td_price_change_get_source (change));
  if (field == TD_CHANGE_FIELD_MODEL)
    write_model (json, td_price_change_get_model (change));
  td_json_writer_end (json, '}');
}

/* Writes the whole file; @changes are TdPriceChange. Never fails. */
char *
td_overlay_json_write (GPtrArray *changes)
{
  GString *out = g_string_new (NULL);
  TdJsonWriter json = TD_JSON_WRITER_INIT (out);

  td_json_writer_begin (&json, NULL, '{');
  td_json_writer_string (&json, "format", FORMAT);
  td_json_writer_string (&json, "currency", "USD");
  td_json_writer_begin (&json, "changes", '[');
  for (guint i = 0; i < changes->len; i++)
    write_change (&json, g_ptr_array_index (changes, i));
  td_json_writer_end (&json, ']');
  td_json_writer_end (&json, '}');

  return g_string_free_and_steal (out);
}

/* Reading ---------------------------------------------------------------------------------------------------------- */

/* A text to be shown: short, and on one line. */
static const char *
read_text (TdJsonReader *reader,
           const char   *member,
           gboolean      required)
{
  const char *text = td_json_reader_string (reader, member, required);

  for (const char *c = text; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
    {
      if (!g_unichar_isprint (g_utf8_get_char (c)))
        {
          td_json_reader_fail (reader, member, _("this must be a text."));
          return NULL;
        }
    }

  if (text != NULL && g_utf8_strlen (text, -1) > MAX_TEXT)
    {
      td_json_reader_fail (reader, member, _("this is too long."));
      return NULL;
    }

  return text;
}

static gint64
read_value (TdJsonReader  *reader,
            const char    *member,
            TdChangeField  field,
            gboolean       required)
{
  const char *text = td_json_reader_string (reader, member, required);
  guint64 tokens;
  TdPrice price;

  if (text == NULL)
    return TD_CHANGE_UNKNOWN;

  if (td_change_field_is_price (field) && td_price_parse (text, &price) && price > 0)
    return price;
  if (!td_change_field_is_price (field) &&
      g_ascii_string_to_unsigned (text, 10, 1, G_GINT64_CONSTANT (1000000000000), &tokens, NULL))
    return tokens;

  td_json_reader_fail (reader, member, _("“%s” is not a value of this field."), text);

  return TD_CHANGE_UNKNOWN;
}

static TdDate
read_day (TdJsonReader *reader,
          const char   *member)
{
  TdDate day = td_json_reader_date (reader, member);

  if (reader->error == NULL && !td_date_is_full (day))
    td_json_reader_fail (reader, member, _("this field is missing."));

  return day;
}

static TdModel *
read_entry (TdJsonReader  *reader,
            TdModelOrigin  origin)
{
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *node = td_json_reader_find (reader, "entry");
  TdModel *model;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      td_json_reader_fail (reader, "entry", _("this must be an object."));
      return NULL;
    }

  g_hash_table_add (sources, (gpointer) SOURCE_KEY);
  model = td_model_read (json_node_get_object (node), sources, TD_DATE_NONE, origin, &reader->error);
  if (model != NULL && g_strcmp0 (td_model_get_id (model), reader->where) != 0)
    td_json_reader_fail (reader, "entry", _("this is another model."));

  return model;
}

static TdPriceChange *
read_change (JsonNode  *node,
             GError   **error)
{
  static const char * const known[] = { "model", "field", "origin", "old", "new", "from", "accepted", "source", "entry",
                                        NULL };
  TdJsonReader reader = { NULL, FORMAT, NULL, NULL };
  g_autoptr (TdPriceChange) change = NULL;
  g_autoptr (TdModel) model = NULL;
  TdChangeField field;
  TdModelOrigin origin;
  TdDate from, accepted;
  gint64 old_value, new_value;
  const char *id, *source;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT,
                           _("An entry of the list of changes is not an object."));
      return NULL;
    }

  reader.object = json_node_get_object (node);
  id = read_text (&reader, "model", TRUE);
  reader.where = id != NULL ? id : FORMAT;
  td_json_reader_check_members (&reader, known);
  field = td_json_reader_enum (&reader, "field", TD_TYPE_CHANGE_FIELD, TD_CHANGE_FIELD_INPUT, TRUE);
  origin = td_json_reader_enum (&reader, "origin", TD_TYPE_MODEL_ORIGIN, TD_MODEL_ORIGIN_REFRESH, TRUE);
  from = read_day (&reader, "from");
  accepted = read_day (&reader, "accepted");
  source = read_text (&reader, "source", FALSE);
  if (source != NULL && !g_str_has_prefix (source, "https://") && !g_str_has_prefix (source, "http://"))
    td_json_reader_fail (&reader, "source", _("this must be an address that begins with https://."));
  if (origin != TD_MODEL_ORIGIN_REFRESH && origin != TD_MODEL_ORIGIN_USER)
    td_json_reader_fail (&reader, "origin", _("this must be “refresh” or “user”."));

  old_value = read_value (&reader, "old", field, FALSE);
  new_value = read_value (&reader, "new", field, field != TD_CHANGE_FIELD_MODEL);
  if (field == TD_CHANGE_FIELD_MODEL)
    model = read_entry (&reader, origin);

  if (reader.error != NULL)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }

  change = model != NULL ? td_price_change_new_model (model, from)
                         : td_price_change_new (id, field, old_value, new_value, from);
  td_price_change_set_origin (change, origin, accepted, source);

  return g_steal_pointer (&change);
}

/*
 * Reads a whole file strictly. Returns TdPriceChange objects, or NULL and sets @error (TD_CATALOGUE_ERROR) if anything
 * in it cannot be right.
 */
GPtrArray *
td_overlay_json_read (GBytes  *bytes,
                      GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) root = td_strict_json_parse (bytes, MAX_BYTES, error);
  JsonObject *object;
  JsonNode *list;

  if (root == NULL)
    return NULL;

  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  list = object != NULL ? json_object_get_member (object, "changes") : NULL;
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list) ||
      g_strcmp0 (json_object_get_string_member_with_default (object, "format", NULL), FORMAT) != 0 ||
      json_array_get_length (json_node_get_array (list)) > MAX_CHANGES)
    {
      g_set_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT,
                   _("This is not a list of changes in the format “%s”."), FORMAT);
      return NULL;
    }

  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      TdPriceChange *change = read_change (json_array_get_element (json_node_get_array (list), i), error);

      if (change == NULL)
        return NULL;
      g_ptr_array_add (changes, change);
    }

  return g_steal_pointer (&changes);
}
