/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads a catalogue from JSON. Prices are strings, as JSON numbers would arrive as floating-point ones. A file is
 * taken as a whole or not at all: the first thing that cannot be right ends the reading with an error that names it.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-catalogue-reader.h"
#include "pricing/td-catalogue.h"
#include "pricing/td-json-reader.h"
#include "pricing/td-model-private.h"
#include "pricing/td-pricing-enums.h"
#include "pricing/td-quote.h"
#include "tokenizer/tk-tokenizer.h"

#define FORMAT "tokendesk.models/1"

/* Whether @period may stand after what was read before. */
static gboolean
follows (const GPtrArray     *periods,
         const TdPricePeriod *period)
{
  const TdPricePeriod *previous;

  if (periods->len == 0)
    return TRUE;

  previous = g_ptr_array_index (periods, periods->len - 1);

  return td_date_is_set (period->from) && td_date_is_set (previous->until) &&
         td_date_compare (previous->until, period->from) <= 0;
}

static void
read_periods (TdJsonReader *reader,
              TdModel      *model)
{
  JsonArray *array = td_json_reader_array (reader, "prices");

  if (array == NULL)
    {
      td_json_reader_fail (reader, "prices", _("this field is missing."));
      return;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      TdJsonReader inner;
      TdPricePeriod *period;

      if (!td_json_reader_enter_element (reader, "prices", array, i, &inner))
        return;

      period = td_price_period_read (&inner);
      if (!follows (model->prices, period))
        td_json_reader_fail (&inner, "from", _("price periods must follow each other without overlapping."));

      g_ptr_array_add (model->prices, period);
      td_json_reader_leave (reader, &inner);
    }
}

static TdChatOverhead
read_chat_overhead (TdJsonReader *reader)
{
  static const char * const known[] = { "per_message", "per_name", "reply_priming", NULL };
  TdChatOverhead overhead = { 0 };
  TdJsonReader inner;

  if (!td_json_reader_enter (reader, "chat_overhead", &inner))
    return overhead;

  td_json_reader_check_members (&inner, known);
  overhead.known = TRUE;
  overhead.per_message = td_json_reader_integer (&inner, "per_message", -100, 100);
  overhead.per_name = td_json_reader_integer (&inner, "per_name", -100, 100);
  overhead.reply_priming = td_json_reader_integer (&inner, "reply_priming", -100, 100);
  td_json_reader_leave (reader, &inner);

  return overhead;
}

static TdImageFormula
read_image_formula (TdJsonReader *reader)
{
  static const char * const known[] = { "method", "base", "tile", "patches", "factor", NULL };
  TdImageFormula formula = { 0 };
  TdJsonReader inner;
  const char *factor;
  gboolean complete;

  if (!td_json_reader_enter (reader, "images", &inner))
    return formula;

  td_json_reader_check_members (&inner, known);
  formula.method = td_json_reader_enum (&inner, "method", TD_TYPE_IMAGE_METHOD, TD_IMAGE_METHOD_NONE, TRUE);
  formula.base = td_json_reader_integer (&inner, "base", 1, 1000000);
  formula.tile = td_json_reader_integer (&inner, "tile", 1, 1000000);
  formula.patches = td_json_reader_integer (&inner, "patches", 1, 1000000);
  factor = td_json_reader_string (&inner, "factor", FALSE);
  if (factor != NULL && !td_factor_parse (factor, &formula.factor))
    td_json_reader_fail (&inner, "factor", _("“%s” is not a factor like 1.62."), factor);

  complete = formula.method == TD_IMAGE_METHOD_TILE ? formula.base != 0 && formula.tile != 0
                                                    : formula.patches != 0 && formula.factor != 0;
  if (!complete)
    td_json_reader_fail (&inner, "images", _("a field of the formula is missing."));

  td_json_reader_leave (reader, &inner);

  return formula;
}

/*
 * Reads one model. @sources are the known sources by key, and @as_of the day the prices were gathered. Returns NULL and
 * sets @error (TD_CATALOGUE_ERROR) if anything in it cannot be right.
 */
TdModel *
td_model_read (JsonObject     *object,
               GHashTable     *sources,
               TdDate          as_of,
               TdModelOrigin   origin,
               GError        **error)
{
  static const char * const known[] = { "id", "name", "vendor", "kind", "aliases", "encoding", "exactness",
                                        "context_window", "max_input", "max_output", "knowledge_cutoff", "released",
                                        "status", "shutdown", "replacement", "chat_overhead", "images", "prices",
                                        "unverified", "note", "sources", NULL };
  g_autoptr (TdModel) model = td_model_new_empty ();
  TdJsonReader reader = { object, "?", sources, NULL };
  TkEncodingId encoding;
  gboolean needs_encoding;

  model->id = g_strdup (td_json_reader_string (&reader, "id", TRUE));
  if (model->id != NULL)
    reader.where = model->id;

  td_json_reader_check_members (&reader, known);
  model->name = g_strdup (td_json_reader_string (&reader, "name", TRUE));
  model->vendor = g_strdup (td_json_reader_string (&reader, "vendor", TRUE));
  model->kind = td_json_reader_enum (&reader, "kind", TD_TYPE_MODEL_KIND, TD_MODEL_KIND_CHAT, TRUE);
  model->aliases = td_json_reader_strings (&reader, "aliases");
  model->encoding = g_strdup (td_json_reader_string (&reader, "encoding", FALSE));
  model->exactness = td_json_reader_enum (&reader, "exactness", TD_TYPE_EXACTNESS, TD_EXACTNESS_EXACT, TRUE);
  model->context_window = td_json_reader_tokens (&reader, "context_window");
  model->max_input = td_json_reader_tokens (&reader, "max_input");
  model->max_output = td_json_reader_tokens (&reader, "max_output");
  model->knowledge_cutoff = td_json_reader_date (&reader, "knowledge_cutoff");
  model->released = td_json_reader_date (&reader, "released");
  model->status = td_json_reader_enum (&reader, "status", TD_TYPE_MODEL_STATUS, TD_MODEL_STATUS_UNKNOWN, TRUE);
  model->shutdown = td_json_reader_date (&reader, "shutdown");
  model->replacement = g_strdup (td_json_reader_string (&reader, "replacement", FALSE));
  model->chat_overhead = read_chat_overhead (&reader);
  model->image_formula = read_image_formula (&reader);
  model->unverified = td_json_reader_strings (&reader, "unverified");
  model->note = g_strdup (td_json_reader_string (&reader, "note", FALSE));
  model->sources = td_json_reader_sources (&reader);
  model->origin = origin;
  model->as_of = as_of;
  read_periods (&reader, model);

  needs_encoding = model->exactness == TD_EXACTNESS_EXACT || model->exactness == TD_EXACTNESS_ASSUMED;
  if (model->encoding != NULL && !tk_encoding_id_from_name (model->encoding, &encoding))
    td_json_reader_fail (&reader, "encoding", _("there is no encoding “%s”."), model->encoding);
  if (needs_encoding != (model->encoding != NULL))
    td_json_reader_fail (&reader, "encoding",
                         _("a model has an encoding if its counts are exact or assumed, and only then."));

  if (reader.error != NULL)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }

  return g_steal_pointer (&model);
}

static gboolean
read_models (JsonArray        *array,
             TdCatalogueData  *data,
             TdModelOrigin     origin,
             GError          **error)
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

      model = td_model_read (json_node_get_object (element), data->sources, data->as_of, origin, error);
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
  static const char * const known[] = { "text", "date", "url", NULL };
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
      TdJsonReader reader = { NULL, key, NULL, NULL };

      if (!JSON_NODE_HOLDS_OBJECT (value))
        {
          td_json_reader_fail (&reader, "sources", _("this must be an object."));
        }
      else
        {
          reader.object = json_node_get_object (value);
          td_json_reader_check_members (&reader, known);
          td_json_reader_string (&reader, "text", TRUE);
          td_json_reader_date (&reader, "date");
          td_json_reader_string (&reader, "url", FALSE);
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
  TdJsonReader reader = { root, FORMAT, NULL, NULL };
  const char *format = td_json_reader_string (&reader, "format", FALSE);
  const char *currency = td_json_reader_string (&reader, "currency", FALSE);
  JsonNode *models = json_object_get_member (root, "models");

  data->as_of = td_json_reader_date (&reader, "as_of");
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
