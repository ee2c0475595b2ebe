/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/accounts/td-credit-text.h"
#include "pricing/td-currency.h"

/* What is left with a service, as pure functions. */

/** Returns: (transfer full): the amounts in their own currencies: "CN¥110.00 · $5.00"; "—" if there are none */
char *
td_credit_text_amounts (const TdCredit *credit)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < credit->n_amounts; i++)
    {
      const TdCreditAmount *amount = &credit->amounts[i];
      TdCurrency currency = { .numerator = 1, .denominator = 1 };
      g_autofree char *formatted = NULL;

      memcpy (currency.code, amount->currency, sizeof currency.code);
      formatted = td_currency_format (&currency, amount->amount);
      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", formatted);
    }

  if (text->len == 0)
    g_string_append (text, TD_UNKNOWN_TEXT);

  return g_string_free_and_steal (text);
}

/** Returns: (transfer full): when it was read, by the clock of this computer */
char *
td_credit_text_read_at (const TdCredit *credit)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (credit->read_at);
  g_autofree char *clock = NULL;
  g_autofree char *day = NULL;
  TdDate date = TD_DATE_NONE;

  if (time == NULL)
    return g_strdup ("");

  date = (TdDate) { g_date_time_get_year (time), g_date_time_get_month (time), g_date_time_get_day_of_month (time) };
  day = td_date_format (date);
  clock = g_date_time_format (time, "%H:%M");

  /* Translators: when a credit was asked for; %1$s is a date, %2$s a time of day */
  return g_strdup_printf (_("Read on %1$s at %2$s"), day, clock);
}
