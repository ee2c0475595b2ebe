/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads a catalogue from JSON. Prices are strings, as JSON numbers would arrive as floating-point ones. A file is
 * taken as a whole or not at all: the first thing that cannot be right ends the reading with an error that names it.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-catalogue-reader.h"
#include "pricing/td-catalogue.h"
#include "pricing/td-model-private.h"
#include "pricing/td-pricing-enums.h"

#define FORMAT "tokendesk.models/1"

/* Far beyond any model, and small enough for sums of tokens never to overflow. */
#define MAX_TOKENS G_GINT64_CONSTANT (1000000000000)

/*
 * One object being read. After a failure all reading functions return their empty value, so that a whole object can
 * be read first and checked once.
 */
typedef struct
{
  JsonObject *object;
  const char *where;
  GHashTable *sources;
  GError *error;
} Reader;

static void fail (Reader     *reader,
                  const char *member,
                  const char *format,
                  ...) G_GNUC_PRINTF (3, 4);

static void
fail (Reader     *reader,
      const char *member,
      const char *format,
      ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  if (reader->error != NULL)
    return;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: an error in a list of models: where, which field, and what is wrong, as in
   * “gpt-4”, “input”: this is not a price. */
  reader->error = g_error_new (TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_VALUE, _("“%s”, “%s”: %s"), reader->where, member,
                               reason);
}

static gboolean
check_members (Reader             *reader,
               const char * const *known)
{
  g_autoptr (GList) members = json_object_get_members (reader->object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!g_strv_contains (known, l->data))
        fail (reader, l->data, _("there is no such field."));
    }

  return reader->error == NULL;
}

/* The member if it is there, not null, and reading has not failed. */
static JsonNode *
find_member (Reader     *reader,
             const char *member)
{
  JsonNode *node;

  if (reader->error != NULL)
    return NULL;

  node = json_object_get_member (reader->object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static const char *
read_string (Reader     *reader,
             const char *member,
             gboolean    required)
{
  JsonNode *node = find_member (reader, member);
  const char *text = NULL;

  if (node == NULL)
    {
      if (required)
        fail (reader, member, _("this field is missing."));
      return NULL;
    }

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  if (text == NULL || *text == '\0')
    {
      fail (reader, member, _("this must be a text."));
      return NULL;
    }

  return text;
}

static TdDate
read_date (Reader     *reader,
           const char *member)
{
  const char *text = read_string (reader, member, FALSE);
  TdDate date = TD_DATE_NONE;

  if (text != NULL && !td_date_parse (text, &date))
    fail (reader, member, _("“%s” is not a date like 2023-04-19 or 2023-04."), text);

  return date;
}

static TdPrice
read_price (Reader     *reader,
            const char *member)
{
  JsonNode *node = find_member (reader, member);
  TdPrice price = TD_PRICE_UNKNOWN;

  if (node == NULL)
    return price;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
      !td_price_parse (json_node_get_string (node), &price))
    {
      fail (reader, member, _("a price is a text like \"0.075\", in US dollars per million tokens."));
      return TD_PRICE_UNKNOWN;
    }

  return price;
}

static gint64
read_integer (Reader     *reader,
              const char *member,
              gint64      minimum,
              gint64      maximum)
{
  JsonNode *node = find_member (reader, member);
  gint64 value = 0;

  if (node == NULL)
    return 0;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    value = json_node_get_int (node);
  else
    fail (reader, member, _("this must be a whole number."));

  if (reader->error == NULL && (value < minimum || value > maximum))
    fail (reader, member, _("%" G_GINT64_FORMAT " is out of range."), value);

  return value;
}

static guint64
read_tokens (Reader     *reader,
             const char *member)
{
  return (guint64) read_integer (reader, member, 1, MAX_TOKENS);
}

static int
read_enum (Reader     *reader,
           const char *member,
           GType       type,
           int         default_value,
           gboolean    required)
{
  const char *nick = read_string (reader, member, required);
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *value;

  if (nick == NULL)
    return default_value;

  value = g_enum_get_value_by_nick (klass, nick);
  if (value == NULL)
    {
      fail (reader, member, _("“%s” is not one of the values known here."), nick);
      return default_value;
    }

  return value->value;
}

static char **
read_strings (Reader     *reader,
              const char *member)
{
  JsonNode *node = find_member (reader, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL)
    return g_strv_builder_end (builder);

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      fail (reader, member, _("this must be a list of texts."));
      return g_strv_builder_end (builder);
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        {
          fail (reader, member, _("this must be a list of texts."));
          break;
        }
      g_strv_builder_add (builder, json_node_get_string (element));
    }

  return g_strv_builder_end (builder);
}

static char **
read_sources (Reader *reader)
{
  g_auto (GStrv) keys = read_strings (reader, "sources");

  if (keys[0] == NULL)
    fail (reader, "sources", _("this field is missing."));

  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (!g_hash_table_contains (reader->sources, keys[i]))
        fail (reader, "sources", _("there is no source “%s”."), keys[i]);
    }

  return g_steal_pointer (&keys);
}

/* Starts reading the object that is the value of @member; FALSE if there is none. */
static gboolean
enter (Reader     *outer,
       const char *member,
       Reader     *inner)
{
  JsonNode *node = find_member (outer, member);

  if (node == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (outer, member, _("this must be an object."));
      return FALSE;
    }

  *inner = (Reader) { json_node_get_object (node), outer->where, outer->sources, NULL };

  return TRUE;
}

static void
leave (Reader *outer,
       Reader *inner)
{
  if (inner->error != NULL && outer->error == NULL)
    outer->error = g_steal_pointer (&inner->error);
  g_clear_error (&inner->error);
}

static TdPrices
read_prices (Reader *reader)
{
  return (TdPrices) {
    .input = read_price (reader, "input"),
    .cached_input = read_price (reader, "cached_input"),
    .cache_write = read_price (reader, "cache_write"),
    .cache_write_long = read_price (reader, "cache_write_long"),
    .output = read_price (reader, "output"),
  };
}

static void
read_service (Reader        *reader,
              const char    *member,
              TdPricePeriod *period,
              TdService      service)
{
  static const char * const known[] = { "basis", "input", "cached_input", "cache_write", "cache_write_long", "output",
                                        NULL };
  Reader inner;

  if (!enter (reader, member, &inner))
    return;

  check_members (&inner, known);
  period->basis[service] = read_enum (&inner, "basis", TD_TYPE_PRICE_BASIS, TD_PRICE_BASIS_LISTED, TRUE);
  period->services[service] = read_prices (&inner);

  if (period->basis[service] == TD_PRICE_BASIS_HALF && json_object_get_size (inner.object) > 1)
    fail (&inner, member, _("prices that are half the standard ones are not written out."));

  leave (reader, &inner);
}

static void
read_long_context (Reader        *reader,
                   TdPricePeriod *period)
{
  static const char * const known[] = { "above", "input", "cached_input", "cache_write", "cache_write_long", "output",
                                        NULL };
  Reader inner;

  if (!enter (reader, "long_context", &inner))
    return;

  check_members (&inner, known);
  period->long_context_above = read_tokens (&inner, "above");
  period->long_context = read_prices (&inner);
  if (period->long_context_above == 0)
    fail (&inner, "above", _("this field is missing."));

  leave (reader, &inner);
}

/* "HH:MM" in minutes, up to and including 24:00. */
static guint16
read_minute (Reader     *reader,
             const char *member)
{
  const char *text = read_string (reader, member, TRUE);
  int hour, minute;

  if (text == NULL)
    return 0;

  if (strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':' &&
      g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]))
    {
      hour = g_ascii_digit_value (text[0]) * 10 + g_ascii_digit_value (text[1]);
      minute = g_ascii_digit_value (text[3]) * 10 + g_ascii_digit_value (text[4]);
      if (minute < 60 && hour * 60 + minute <= 24 * 60)
        return hour * 60 + minute;
    }

  fail (reader, member, _("“%s” is not a time of day like 06:00."), text);

  return 0;
}

static guint8
read_weekdays (Reader *reader)
{
  static const char * const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
  g_auto (GStrv) days = read_strings (reader, "days");
  guint8 mask = 0;

  for (guint i = 0; days[i] != NULL; i++)
    {
      guint day = 0;

      while (names[day] != NULL && !g_str_equal (names[day], days[i]))
        day++;
      if (names[day] == NULL)
        fail (reader, "days", _("“%s” is not a day of the week like mon."), days[i]);
      else
        mask |= 1u << day;
    }

  return mask != 0 ? mask : 0x7f;
}

static void
read_windows (Reader        *reader,
              TdPricePeriod *period)
{
  static const char * const known[] = { "from", "until", "days", "input", "cached_input", "cache_write",
                                        "cache_write_long", "output", NULL };
  JsonNode *node = find_member (reader, "hours");
  JsonArray *array;

  if (node == NULL)
    return;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      fail (reader, "hours", _("this must be a list of objects."));
      return;
    }

  array = json_node_get_array (node);
  period->windows = g_new0 (TdPriceWindow, json_array_get_length (array));

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      TdPriceWindow *window = &period->windows[period->n_windows++];
      Reader inner = { NULL, reader->where, reader->sources, NULL };

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          fail (reader, "hours", _("this must be a list of objects."));
          return;
        }

      inner.object = json_node_get_object (element);
      check_members (&inner, known);
      window->from_minute = read_minute (&inner, "from");
      window->until_minute = read_minute (&inner, "until");
      window->weekdays = read_weekdays (&inner);
      window->prices = read_prices (&inner);
      if (inner.error == NULL && window->from_minute >= window->until_minute)
        fail (&inner, "until", _("the end must come after the start."));
      leave (reader, &inner);
    }
}

static TdPricePeriod *
read_period (Reader *reader)
{
  static const char * const known[] = { "from", "until", "precision", "input", "cached_input", "cache_write",
                                        "cache_write_long", "cache_write_long_hours", "output", "no_caching", "batch",
                                        "flex", "priority", "long_context", "hours", "confidence", "sources", "note",
                                        NULL };
  TdPricePeriod *period = td_price_period_new ();
  JsonNode *no_caching;

  check_members (reader, known);
  period->from = read_date (reader, "from");
  period->until = read_date (reader, "until");
  period->precision = read_enum (reader, "precision", TD_TYPE_DATE_PRECISION, TD_DATE_PRECISION_DAY, TRUE);
  period->confidence = read_enum (reader, "confidence", TD_TYPE_CONFIDENCE, TD_CONFIDENCE_SECONDARY, TRUE);
  period->services[TD_SERVICE_STANDARD] = read_prices (reader);
  period->cache_write_long_hours = read_integer (reader, "cache_write_long_hours", 1, 24 * 365);
  read_service (reader, "batch", period, TD_SERVICE_BATCH);
  read_service (reader, "flex", period, TD_SERVICE_FLEX);
  read_service (reader, "priority", period, TD_SERVICE_PRIORITY);
  read_long_context (reader, period);
  read_windows (reader, period);
  period->sources = read_sources (reader);
  period->note = g_strdup (read_string (reader, "note", FALSE));

  no_caching = find_member (reader, "no_caching");
  if (no_caching != NULL)
    {
      if (JSON_NODE_HOLDS_VALUE (no_caching) && json_node_get_value_type (no_caching) == G_TYPE_BOOLEAN)
        period->no_caching = json_node_get_boolean (no_caching);
      else
        fail (reader, "no_caching", _("this must be true or false."));
    }

  if (td_date_is_set (period->until) && td_date_is_set (period->from) &&
      td_date_compare (period->from, period->until) >= 0)
    fail (reader, "until", _("the end must come after the start."));
  if (!td_date_is_set (period->from) && period->precision != TD_DATE_PRECISION_OPEN)
    fail (reader, "from", _("this field is missing."));

  return period;
}

static void
read_periods (Reader  *reader,
              TdModel *model)
{
  JsonNode *node = find_member (reader, "prices");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      fail (reader, "prices", _("this must be a list of objects."));
      return;
    }

  array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array) && reader->error == NULL; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      Reader inner = { NULL, reader->where, reader->sources, NULL };
      TdPricePeriod *period;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          fail (reader, "prices", _("this must be a list of objects."));
          return;
        }

      inner.object = json_node_get_object (element);
      period = read_period (&inner);

      if (i > 0)
        {
          const TdPricePeriod *previous = g_ptr_array_index (model->prices, i - 1);

          if (!td_date_is_set (period->from) || !td_date_is_set (previous->until) ||
              td_date_compare (previous->until, period->from) > 0)
            fail (&inner, "from", _("price periods must follow each other without overlapping."));
        }

      g_ptr_array_add (model->prices, period);
      leave (reader, &inner);
    }
}

static TdChatOverhead
read_chat_overhead (Reader *reader)
{
  static const char * const known[] = { "per_message", "per_name", "reply_priming", NULL };
  TdChatOverhead overhead = { 0 };
  Reader inner;

  if (!enter (reader, "chat_overhead", &inner))
    return overhead;

  check_members (&inner, known);
  overhead.known = TRUE;
  overhead.per_message = read_integer (&inner, "per_message", -100, 100);
  overhead.per_name = read_integer (&inner, "per_name", -100, 100);
  overhead.reply_priming = read_integer (&inner, "reply_priming", -100, 100);
  leave (reader, &inner);

  return overhead;
}

static TdModel *
read_model (JsonObject     *object,
            TdCatalogueData *data,
            TdModelOrigin   origin,
            GError        **error)
{
  static const char * const known[] = { "id", "name", "vendor", "kind", "aliases", "encoding", "exactness",
                                        "context_window", "max_input", "max_output", "knowledge_cutoff", "released",
                                        "status", "shutdown", "replacement", "chat_overhead", "prices", "unverified",
                                        "note", "sources", NULL };
  g_autoptr (TdModel) model = td_model_new_empty ();
  Reader reader = { object, "?", data->sources, NULL };
  gboolean needs_encoding;

  model->id = g_strdup (read_string (&reader, "id", TRUE));
  if (model->id != NULL)
    reader.where = model->id;

  check_members (&reader, known);
  model->name = g_strdup (read_string (&reader, "name", TRUE));
  model->vendor = g_strdup (read_string (&reader, "vendor", TRUE));
  model->kind = read_enum (&reader, "kind", TD_TYPE_MODEL_KIND, TD_MODEL_KIND_CHAT, TRUE);
  model->aliases = read_strings (&reader, "aliases");
  model->encoding = g_strdup (read_string (&reader, "encoding", FALSE));
  model->exactness = read_enum (&reader, "exactness", TD_TYPE_EXACTNESS, TD_EXACTNESS_EXACT, TRUE);
  model->context_window = read_tokens (&reader, "context_window");
  model->max_input = read_tokens (&reader, "max_input");
  model->max_output = read_tokens (&reader, "max_output");
  model->knowledge_cutoff = read_date (&reader, "knowledge_cutoff");
  model->released = read_date (&reader, "released");
  model->status = read_enum (&reader, "status", TD_TYPE_MODEL_STATUS, TD_MODEL_STATUS_UNKNOWN, TRUE);
  model->shutdown = read_date (&reader, "shutdown");
  model->replacement = g_strdup (read_string (&reader, "replacement", FALSE));
  model->chat_overhead = read_chat_overhead (&reader);
  model->unverified = read_strings (&reader, "unverified");
  model->note = g_strdup (read_string (&reader, "note", FALSE));
  model->sources = read_sources (&reader);
  model->origin = origin;
  model->as_of = data->as_of;
  read_periods (&reader, model);

  needs_encoding = model->exactness == TD_EXACTNESS_EXACT || model->exactness == TD_EXACTNESS_ASSUMED;
  if (needs_encoding != (model->encoding != NULL))
    fail (&reader, "encoding", _("a model has an encoding if its counts are exact or assumed, and only then."));

  if (reader.error != NULL)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }

  return g_steal_pointer (&model);
}

static gboolean
read_models (JsonArray       *array,
             TdCatalogueData *data,
             TdModelOrigin    origin,
             GError         **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      TdModel *model;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          g_set_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT,
                       _("Entry %u of the list of models is not an object."), i + 1);
          return FALSE;
        }

      model = read_model (json_node_get_object (element), data, origin, error);
      if (model == NULL)
        return FALSE;

      g_ptr_array_add (data->models, model);
    }

  return TRUE;
}

static gboolean
read_source_list (JsonObject       *root,
                  TdCatalogueData  *data,
                  GError          **error)
{
  static const char * const known[] = { "text", "url", NULL };
  JsonNode *node = json_object_get_member (root, "sources");
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT,
                           _("The list of models names no sources."));
      return FALSE;
    }

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    {
      Reader reader = { NULL, key, NULL, NULL };

      if (!JSON_NODE_HOLDS_OBJECT (value))
        {
          fail (&reader, "sources", _("this must be an object."));
        }
      else
        {
          reader.object = json_node_get_object (value);
          check_members (&reader, known);
          read_string (&reader, "text", TRUE);
          read_string (&reader, "url", FALSE);
        }

      if (reader.error != NULL)
        {
          g_propagate_error (error, reader.error);
          return FALSE;
        }

      g_hash_table_insert (data->sources, g_strdup (key), json_object_ref (reader.object));
    }

  return TRUE;
}

static gboolean
read_root (JsonObject       *root,
           TdCatalogueData  *data,
           TdModelOrigin     origin,
           GError          **error)
{
  Reader reader = { root, FORMAT, NULL, NULL };
  const char *format = read_string (&reader, "format", FALSE);
  const char *currency = read_string (&reader, "currency", FALSE);
  JsonNode *models = json_object_get_member (root, "models");

  data->as_of = read_date (&reader, "as_of");
  g_clear_error (&reader.error);

  if (g_strcmp0 (format, FORMAT) != 0 || g_strcmp0 (currency, "USD") != 0 || models == NULL ||
      !JSON_NODE_HOLDS_ARRAY (models))
    {
      g_set_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT,
                   _("This is not a list of models in US dollars in the format “%s”."), FORMAT);
      return FALSE;
    }

  if (!td_date_is_full (data->as_of))
    {
      g_set_error_literal (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT,
                           _("The list of models does not say of which day it is."));
      return FALSE;
    }

  return read_source_list (root, data, error) && read_models (json_node_get_array (models), data, origin, error);
}

/*
 * Reads a whole catalogue. @bytes need not be NUL-terminated. Returns NULL and sets @error (TD_CATALOGUE_ERROR) if
 * anything in it cannot be right.
 */
TdCatalogueData *
td_catalogue_data_new_from_bytes (GBytes         *bytes,
                                  TdModelOrigin   origin,
                                  GError        **error)
{
  g_autoptr (TdCatalogueData) data = g_new0 (TdCatalogueData, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) syntax_error = NULL;
  size_t size;
  const char *text = g_bytes_get_data (bytes, &size);
  JsonNode *root;

  data->models = g_ptr_array_new_with_free_func (g_object_unref);
  data->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);

  if (size > G_MAXINT || !json_parser_load_from_data (parser, text != NULL ? text : "", size, &syntax_error))
    {
      g_set_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_SYNTAX, _("The list of models is not valid JSON: %s"),
                   syntax_error != NULL ? syntax_error->message : _("it is too large"));
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, TD_CATALOGUE_ERROR, TD_CATALOGUE_ERROR_FORMAT,
                   _("This is not a list of models in US dollars in the format “%s”."), FORMAT);
      return NULL;
    }

  if (!read_root (json_node_get_object (root), data, origin, error))
    return NULL;

  return g_steal_pointer (&data);
}

void
td_catalogue_data_free (TdCatalogueData *data)
{
  g_ptr_array_unref (data->models);
  g_hash_table_unref (data->sources);
  g_free (data);
}
