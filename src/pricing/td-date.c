/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pricing/td-date.h"

/* Reads exactly @n_digits decimal digits, or returns -1. */
static int
parse_digits (const char *text,
              guint       n_digits)
{
  int value = 0;

  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;

      value = value * 10 + g_ascii_digit_value (text[i]);
    }

  return value;
}

/**
 * td_date_parse:
 * @text: "YYYY-MM-DD", "YYYY-MM" or "YYYY"
 * @date: (out caller-allocates): the date
 *
 * Reads an ISO 8601 calendar date. Nothing else is accepted, and no day that does not exist.
 *
 * Returns: whether @text is a date
 */
gboolean
td_date_parse (const char *text,
               TdDate     *date)
{
  size_t length = strlen (text);
  int year, month = 0, day = 0;

  g_return_val_if_fail (date != NULL, FALSE);

  if (length != 4 && length != 7 && length != 10)
    return FALSE;

  year = parse_digits (text, 4);
  if (year < 1)
    return FALSE;

  if (length >= 7)
    {
      month = text[4] == '-' ? parse_digits (text + 5, 2) : -1;
      if (month < 1 || month > 12)
        return FALSE;
    }

  if (length == 10)
    {
      day = text[7] == '-' ? parse_digits (text + 8, 2) : -1;
      if (day < 1 || day > g_date_get_days_in_month (month, year))
        return FALSE;
    }

  *date = (TdDate) { .year = year, .month = month, .day = day };

  return TRUE;
}

/**
 * td_date_today:
 *
 * Returns: the current date in the local time zone
 */
TdDate
td_date_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);

  return (TdDate) { .year = year, .month = month, .day = day };
}

/**
 * td_date_is_set:
 * @date: a date
 *
 * Returns: whether there is a date at all
 */
gboolean
td_date_is_set (TdDate date)
{
  return date.year != 0;
}

/**
 * td_date_is_full:
 * @date: a date
 *
 * Returns: whether the day is known
 */
gboolean
td_date_is_full (TdDate date)
{
  return date.year != 0 && date.month != 0 && date.day != 0;
}

/**
 * td_date_compare:
 * @a: a date
 * @b: another
 *
 * Compares two dates. A missing month or day counts as the first, and no date comes before all dates.
 *
 * Returns: negative, 0 or positive, as strcmp()
 */
int
td_date_compare (TdDate a,
                 TdDate b)
{
  int left = (a.year * 16 + MAX (a.month, 1)) * 32 + MAX (a.day, 1);
  int right = (b.year * 16 + MAX (b.month, 1)) * 32 + MAX (b.day, 1);

  return (left > right) - (left < right);
}

static GDate
to_g_date (TdDate date)
{
  GDate result;

  g_date_clear (&result, 1);
  g_date_set_dmy (&result, MAX (date.day, 1), MAX (date.month, 1), date.year);

  return result;
}

/**
 * td_date_add_days:
 * @date: a date
 * @days: how many days to go forward, or back if negative
 *
 * Returns: the full date that many days away
 */
TdDate
td_date_add_days (TdDate date,
                  int    days)
{
  GDate result;

  g_return_val_if_fail (td_date_is_set (date), TD_DATE_NONE);

  result = to_g_date (date);
  if (days >= 0)
    g_date_add_days (&result, days);
  else
    g_date_subtract_days (&result, -days);

  return (TdDate) { .year = g_date_get_year (&result),
                    .month = g_date_get_month (&result),
                    .day = g_date_get_day (&result) };
}

/**
 * td_date_weekday:
 * @date: a date
 *
 * Returns: 0 for Monday to 6 for Sunday
 */
int
td_date_weekday (TdDate date)
{
  GDate g_date;

  g_return_val_if_fail (td_date_is_set (date), 0);

  g_date = to_g_date (date);

  return g_date_get_weekday (&g_date) - G_DATE_MONDAY;
}

/**
 * td_date_to_iso:
 * @date: a date
 * @buffer: (out caller-allocates): room for %TD_DATE_ISO_SIZE bytes
 *
 * Writes the date as it is known: "2023-04-19", "2022-12", "2020", or the empty string.
 *
 * Returns: @buffer
 */
const char *
td_date_to_iso (TdDate  date,
                char   *buffer)
{
  if (date.year == 0)
    buffer[0] = '\0';
  else if (date.month == 0)
    g_snprintf (buffer, TD_DATE_ISO_SIZE, "%04u", date.year % 10000u);
  else if (date.day == 0)
    g_snprintf (buffer, TD_DATE_ISO_SIZE, "%04u-%02u", date.year % 10000u, date.month % 100u);
  else
    g_snprintf (buffer, TD_DATE_ISO_SIZE, "%04u-%02u-%02u", date.year % 10000u, date.month % 100u, date.day % 100u);

  return buffer;
}

/**
 * td_date_format:
 * @date: a date
 *
 * Writes the date for people, in the language and order of the locale, no more exactly than it is known.
 *
 * Returns: (transfer full): the text; "—" for no date
 */
char *
td_date_format (TdDate date)
{
  g_autoptr (GDateTime) time = NULL;
  const char *format;

  if (date.year == 0)
    return g_strdup ("—");

  if (date.month == 0)
    return g_strdup_printf ("%u", date.year);

  if (date.day == 0)
    /* Translators: a GDateTime format for a month of a year, as in "Dec 2022" */
    format = _("%b %Y");
  else
    /* Translators: a GDateTime format for a day, as in "19 Apr 2023" */
    format = _("%-d %b %Y");

  time = g_date_time_new_utc (date.year, date.month, MAX (date.day, 1), 0, 0, 0);

  return g_date_time_format (time, format);
}
