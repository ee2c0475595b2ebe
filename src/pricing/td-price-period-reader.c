/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-json-reader.h"
#include "pricing/td-pricing-enums.h"

static TdPrices
read_prices (TdJsonReader *reader)
{
  return (TdPrices) {
    .input = td_json_reader_price (reader, "input"),
    .cached_input = td_json_reader_price (reader, "cached_input"),
    .cache_write = td_json_reader_price (reader, "cache_write"),
    .cache_write_long = td_json_reader_price (reader, "cache_write_long"),
    .output = td_json_reader_price (reader, "output"),
  };
}

static void
read_service (TdJsonReader  *reader,
              const char    *member,
              TdPricePeriod *period,
              TdService      service)
{
  static const char * const known[] = { "basis", "input", "cached_input", "cache_write", "cache_write_long", "output",
                                        NULL };
  TdJsonReader inner;

  if (!td_json_reader_enter (reader, member, &inner))
    return;

  td_json_reader_check_members (&inner, known);
  period->basis[service] = td_json_reader_enum (&inner, "basis", TD_TYPE_PRICE_BASIS, TD_PRICE_BASIS_LISTED, TRUE);
  period->services[service] = read_prices (&inner);

  if (period->basis[service] == TD_PRICE_BASIS_HALF && json_object_get_size (inner.object) > 1)
    td_json_reader_fail (&inner, member, _("prices that are half the standard ones are not written out."));

  td_json_reader_leave (reader, &inner);
}

static void
read_long_context (TdJsonReader  *reader,
                   TdPricePeriod *period)
{
  static const char * const known[] = { "above", "input", "cached_input", "cache_write", "cache_write_long", "output",
                                        NULL };
  TdJsonReader inner;

  if (!td_json_reader_enter (reader, "long_context", &inner))
    return;

  td_json_reader_check_members (&inner, known);
  period->long_context_above = td_json_reader_tokens (&inner, "above");
  period->long_context = read_prices (&inner);
  if (period->long_context_above == 0)
    td_json_reader_fail (&inner, "above", _("this field is missing."));

  td_json_reader_leave (reader, &inner);
}

/* "HH:MM" in minutes, up to and including 24:00. */
static guint16
read_minute (TdJsonReader *reader,
             const char   *member)
{
  const char *text = td_json_reader_string (reader, member, TRUE);
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

  td_json_reader_fail (reader, member, _("“%s” is not a time of day like 06:00."), text);

  return 0;
}

static guint8
read_weekdays (TdJsonReader *reader)
{
  static const char * const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
  g_auto (GStrv) days = td_json_reader_strings (reader, "days");
  guint8 mask = 0;

  for (guint i = 0; days[i] != NULL; i++)
    {
      guint day = 0;

      while (names[day] != NULL && !g_str_equal (names[day], days[i]))
        day++;
      if (names[day] == NULL)
        td_json_reader_fail (reader, "days", _("“%s” is not a day of the week like mon."), days[i]);
      else
        mask |= 1u << day;
    }

  return mask != 0 ? mask : 0x7f;
}

static void
read_windows (TdJsonReader  *reader,
              TdPricePeriod *period)
{
  static const char * const known[] = { "from", "until", "days", "input", "cached_input", "cache_write",
                                        "cache_write_long", "output", NULL };
  JsonArray *array = td_json_reader_array (reader, "hours");
  guint length = array != NULL ? json_array_get_length (array) : 0;

  period->windows = g_new0 (TdPriceWindow, length);

  for (guint i = 0; i < length; i++)
    {
      TdPriceWindow *window = &period->windows[i];
      TdJsonReader inner;

      if (!td_json_reader_enter_element (reader, "hours", array, i, &inner))
        return;

      td_json_reader_check_members (&inner, known);
      window->from_minute = read_minute (&inner, "from");
      window->until_minute = read_minute (&inner, "until");
      window->weekdays = read_weekdays (&inner);
      window->prices = read_prices (&inner);
      if (window->from_minute >= window->until_minute)
        td_json_reader_fail (&inner, "until", _("the end must come after the start."));
      td_json_reader_leave (reader, &inner);
      period->n_windows++;
    }
}

/*
 * Reads one price period. What is returned may be half-filled if reading failed, and is then only good for freeing.
 */
TdPricePeriod *
td_price_period_read (TdJsonReader *reader)
{
  static const char * const known[] = { "from", "until", "precision", "input", "cached_input", "cache_write",
                                        "cache_write_long", "cache_write_long_hours", "output", "no_caching", "batch",
                                        "flex", "priority", "long_context", "hours", "confidence", "sources", "note",
                                        NULL };
  TdPricePeriod *period = td_price_period_new ();

  td_json_reader_check_members (reader, known);
  period->from = td_json_reader_date (reader, "from");
  period->until = td_json_reader_date (reader, "until");
  period->precision = td_json_reader_enum (reader, "precision", TD_TYPE_DATE_PRECISION, TD_DATE_PRECISION_DAY, TRUE);
  period->confidence = td_json_reader_enum (reader, "confidence", TD_TYPE_CONFIDENCE, TD_CONFIDENCE_SECONDARY, TRUE);
  period->services[TD_SERVICE_STANDARD] = read_prices (reader);
  period->cache_write_long_hours = td_json_reader_integer (reader, "cache_write_long_hours", 1, 24 * 365);
  read_service (reader, "batch", period, TD_SERVICE_BATCH);
  read_service (reader, "flex", period, TD_SERVICE_FLEX);
  read_service (reader, "priority", period, TD_SERVICE_PRIORITY);
  read_long_context (reader, period);
  read_windows (reader, period);
  period->sources = td_json_reader_sources (reader);
  period->note = g_strdup (td_json_reader_string (reader, "note", FALSE));
  period->no_caching = td_json_reader_boolean (reader, "no_caching");

  if (td_date_is_set (period->until) && td_date_is_set (period->from) &&
      td_date_compare (period->from, period->until) >= 0)
    td_json_reader_fail (reader, "until", _("the end must come after the start."));
  if (!td_date_is_set (period->from) && period->precision != TD_DATE_PRECISION_OPEN)
    td_json_reader_fail (reader, "from", _("this field is missing."));

  return period;
}
