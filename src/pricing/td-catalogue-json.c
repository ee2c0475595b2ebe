/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pricing/td-catalogue-json.h"
#include "pricing/td-json-writer.h"
#include "pricing/td-pricing-enums.h"
#include "pricing/td-quote.h"

static void
write_nick (TdJsonWriter *json,
            const char   *name,
            GType         type,
            int           value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  td_json_writer_string (json, name, g_enum_get_value (klass, value)->value_nick);
}

static void
write_tokens (TdJsonWriter *json,
              const char   *name,
              guint64       tokens)
{
  if (tokens == 0)
    td_json_writer_raw (json, name, NULL);
  else
    td_json_writer_number (json, name, tokens);
}

static void
write_prices (TdJsonWriter   *json,
              const TdPrices *prices)
{
  td_json_writer_price (json, "input", prices->input);
  td_json_writer_price (json, "cached_input", prices->cached_input);
  td_json_writer_price (json, "cache_write", prices->cache_write);
  td_json_writer_price (json, "cache_write_long", prices->cache_write_long);
  td_json_writer_price (json, "output", prices->output);
}

/* The prices of a service as they come out for a short request in the standard hours. */
static void
write_service (TdJsonWriter        *json,
               const char          *name,
               const TdPricePeriod *period,
               TdService            service)
{
  TdPrices prices;

  if (period->basis[service] == TD_PRICE_BASIS_NONE)
    {
      td_json_writer_raw (json, name, NULL);
      return;
    }

  td_price_period_select (period, service, 0, period->from, -1, &prices);

  td_json_writer_begin (json, name, '{');
  write_nick (json, "basis", TD_TYPE_PRICE_BASIS, period->basis[service]);
  write_prices (json, &prices);
  td_json_writer_end (json, '}');
}

static void
write_hours (TdJsonWriter        *json,
             const TdPricePeriod *period)
{
  static const char * const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  td_json_writer_begin (json, "hours", '[');

  for (guint i = 0; i < period->n_windows; i++)
    {
      const TdPriceWindow *window = &period->windows[i];
      const char *days[G_N_ELEMENTS (names) + 1] = { NULL };
      char from[8], until[8];
      guint n_days = 0;

      for (guint day = 0; day < G_N_ELEMENTS (names); day++)
        {
          if ((window->weekdays & (1u << day)) != 0)
            days[n_days++] = names[day];
        }

      g_snprintf (from, sizeof from, "%02u:%02u", window->from_minute / 60u, window->from_minute % 60u);
      g_snprintf (until, sizeof until, "%02u:%02u", window->until_minute / 60u, window->until_minute % 60u);

      td_json_writer_begin (json, NULL, '{');
      td_json_writer_string (json, "from", from);
      td_json_writer_string (json, "until", until);
      td_json_writer_strings (json, "days", days);
      write_prices (json, &window->prices);
      td_json_writer_end (json, '}');
    }

  td_json_writer_end (json, ']');
}

static void
write_period (TdJsonWriter        *json,
              const char          *name,
              const TdPricePeriod *period)
{
  if (period == NULL)
    {
      td_json_writer_raw (json, name, NULL);
      return;
    }

  td_json_writer_begin (json, name, '{');
  td_json_writer_date (json, "from", period->from);
  td_json_writer_date (json, "until", period->until);
  write_nick (json, "precision", TD_TYPE_DATE_PRECISION, period->precision);
  write_nick (json, "confidence", TD_TYPE_CONFIDENCE, period->confidence);
  write_prices (json, &period->services[TD_SERVICE_STANDARD]);
  write_tokens (json, "cache_write_long_hours", period->cache_write_long_hours);
  td_json_writer_boolean (json, "no_caching", period->no_caching);
  write_service (json, "batch", period, TD_SERVICE_BATCH);
  write_service (json, "flex", period, TD_SERVICE_FLEX);
  write_service (json, "priority", period, TD_SERVICE_PRIORITY);

  if (period->long_context_above == 0)
    {
      td_json_writer_raw (json, "long_context", NULL);
    }
  else
    {
      td_json_writer_begin (json, "long_context", '{');
      td_json_writer_number (json, "above", period->long_context_above);
      write_prices (json, &period->long_context);
      td_json_writer_end (json, '}');
    }

  write_hours (json, period);
  td_json_writer_strings (json, "sources", (const char * const *) period->sources);
  td_json_writer_string (json, "note", period->note);
  td_json_writer_end (json, '}');
}

static void
write_chat_overhead (TdJsonWriter   *json,
                     TdChatOverhead  overhead)
{
  if (!overhead.known)
    {
      td_json_writer_raw (json, "chat_overhead", NULL);
      return;
    }

  td_json_writer_begin (json, "chat_overhead", '{');
  td_json_writer_number (json, "per_message", overhead.per_message);
  td_json_writer_number (json, "per_name", overhead.per_name);
  td_json_writer_number (json, "reply_priming", overhead.reply_priming);
  td_json_writer_end (json, '}');
}

static void
write_image_formula (TdJsonWriter         *json,
                     const TdImageFormula *formula)
{
  g_autofree char *factor = td_price_to_decimal (formula->factor * (G_GINT64_CONSTANT (1000000000) / TD_SHARE_ONE));

  if (formula->method == TD_IMAGE_METHOD_NONE)
    {
      td_json_writer_raw (json, "images", NULL);
      return;
    }

  td_json_writer_begin (json, "images", '{');
  write_nick (json, "method", TD_TYPE_IMAGE_METHOD, formula->method);
  if (formula->method == TD_IMAGE_METHOD_TILE)
    {
      td_json_writer_number (json, "base", formula->base);
      td_json_writer_number (json, "tile", formula->tile);
    }
  else
    {
      td_json_writer_number (json, "patches", formula->patches);
      td_json_writer_raw (json, "factor", factor);
    }
  td_json_writer_end (json, '}');
}

static void
write_model (TdJsonWriter *json,
             TdModel      *model,
             TdDate        date)
{
  TdAvailability availability = td_model_get_availability (model, date);
  const TdPricePeriod *period = NULL;

  if (availability != TD_AVAILABILITY_NOT_YET_RELEASED)
    period = td_model_get_price_on (model, date);

  td_json_writer_begin (json, NULL, '{');
  td_json_writer_string (json, "id", td_model_get_id (model));
  td_json_writer_string (json, "name", td_model_get_name (model));
  td_json_writer_string (json, "vendor", td_model_get_vendor (model));
  write_nick (json, "kind", TD_TYPE_MODEL_KIND, td_model_get_kind (model));
  td_json_writer_strings (json, "aliases", td_model_get_aliases (model));
  td_json_writer_string (json, "encoding", td_model_get_encoding (model));
  write_nick (json, "exactness", TD_TYPE_EXACTNESS, td_model_get_exactness (model));
  write_tokens (json, "context_window", td_model_get_context_window (model));
  write_tokens (json, "max_input", td_model_get_max_input (model));
  write_tokens (json, "max_output", td_model_get_max_output (model));
  td_json_writer_date (json, "knowledge_cutoff", td_model_get_knowledge_cutoff (model));
  td_json_writer_date (json, "released", td_model_get_released (model));
  write_nick (json, "status", TD_TYPE_MODEL_STATUS, td_model_get_status (model));
  td_json_writer_date (json, "shutdown", td_model_get_shutdown (model));
  td_json_writer_string (json, "replacement", td_model_get_replacement (model));
  write_chat_overhead (json, td_model_get_chat_overhead (model));
  write_image_formula (json, td_model_get_image_formula (model));
  write_nick (json, "availability", TD_TYPE_AVAILABILITY, availability);
  write_period (json, "price", period);

  td_json_writer_begin (json, "prices", '[');
  for (guint i = 0; i < td_model_get_n_prices (model); i++)
    write_period (json, NULL, td_model_get_price (model, i));
  td_json_writer_end (json, ']');

  td_json_writer_strings (json, "unverified", td_model_get_unverified (model));
  td_json_writer_strings (json, "sources", td_model_get_sources (model));
  td_json_writer_string (json, "note", td_model_get_note (model));
  td_json_writer_end (json, '}');
}

static void
write_sources (TdJsonWriter *json,
               TdCatalogue  *catalogue)
{
  g_auto (GStrv) keys = td_catalogue_list_sources (catalogue);

  td_json_writer_begin (json, "sources", '{');
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *text = td_catalogue_dup_source_text (catalogue, keys[i]);

      td_json_writer_begin (json, keys[i], '{');
      td_json_writer_string (json, "text", text);
      td_json_writer_date (json, "date", td_catalogue_get_source_date (catalogue, keys[i]));
      td_json_writer_string (json, "url", td_catalogue_get_source_url (catalogue, keys[i]));
      td_json_writer_end (json, '}');
    }
  td_json_writer_end (json, '}');
}

/**
 * td_catalogue_to_json:
 * @catalogue: a catalogue
 * @date: a day
 *
 * Writes all that is known of all models, with "price" and "availability" being those of @date. Prices are exact
 * numbers of US dollars per million tokens; what is not known is null.
 *
 * Returns: (transfer full): the catalogue as JSON
 */
char *
td_catalogue_to_json (TdCatalogue *catalogue,
                      TdDate       date)
{
  GString *out = g_string_new (NULL);
  TdJsonWriter json = TD_JSON_WRITER_INIT (out);
  GListModel *list = G_LIST_MODEL (catalogue);

  td_json_writer_begin (&json, NULL, '{');
  td_json_writer_date (&json, "date", date);
  td_json_writer_date (&json, "as_of", td_catalogue_get_as_of (catalogue));
  td_json_writer_string (&json, "currency", "USD");
  td_json_writer_number (&json, "tokens_per_price", 1000000);
  write_sources (&json, catalogue);

  td_json_writer_begin (&json, "models", '[');
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (list, i);

      write_model (&json, model, date);
    }
  td_json_writer_end (&json, ']');
  td_json_writer_end (&json, '}');

  return g_string_free_and_steal (out);
}
