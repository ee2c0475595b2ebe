/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "pricing/td-currency.h"
#include "pricing/td-format.h"

#define NO_BREAK_SPACE "\302\240"

/* Amounts below 1 keep this many digits; larger ones the decimals of their currency. */
#define SIGNIFICANT_DIGITS 4

static const char * const OFFERED[] = { "USD", "CNY", "EUR", "GBP", "JPY", NULL };

/**
 * td_currency_get_offered:
 *
 * Returns: (transfer none): the codes of the currencies offered by name, %NULL-terminated
 */
const char * const *
td_currency_get_offered (void)
{
  return OFFERED;
}

/**
 * td_currency_init:
 * @currency: (out caller-allocates): the currency
 * @code: three letters, in any case
 * @rate: units of the currency for one US dollar, as "6.9"; ignored for US dollars
 * @rate_date: the day the rate is of, or %TD_DATE_NONE
 *
 * Sets up a currency with an exact rate.
 *
 * Returns: whether @code looks like a code and @rate is a decimal number above 0 with up to nine places
 */
gboolean
td_currency_init (TdCurrency *currency,
                  const char *code,
                  const char *rate,
                  TdDate      rate_date)
{
  TdCurrency result = TD_CURRENCY_USD;
  TdPrice value;

  g_return_val_if_fail (currency != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  if (strlen (code) != 3)
    return FALSE;

  for (guint i = 0; i < 3; i++)
    {
      if (!g_ascii_isalpha (code[i]))
        return FALSE;
      result.code[i] = g_ascii_toupper (code[i]);
    }

  if (!td_currency_is_usd (&result))
    {
      if (rate == NULL || !td_price_parse (rate, &value) || value == 0)
        return FALSE;

      result.numerator = value;
      result.denominator = G_GINT64_CONSTANT (1000000000);
      while (result.numerator % 10 == 0 && result.denominator > 1)
        {
          result.numerator /= 10;
          result.denominator /= 10;
        }
      result.rate_date = rate_date;
    }

  *currency = result;

  return TRUE;
}

/**
 * td_currency_is_usd:
 * @currency: a currency
 *
 * Returns: whether it is the one all prices are kept in
 */
gboolean
td_currency_is_usd (const TdCurrency *currency)
{
  return g_str_equal (currency->code, "USD");
}

/* Whether the messages locale speaks @language, as "zh". */
static gboolean
speaks (const char *language)
{
  const char *name = setlocale (LC_MESSAGES, NULL);

  return name != NULL && g_str_has_prefix (name, language);
}

/**
 * td_currency_get_symbol:
 * @currency: a currency
 *
 * Both yuan and yen are written "¥" at home; elsewhere they are told apart.
 *
 * Returns: (transfer none): the sign to write, or the code where there is none
 */
const char *
td_currency_get_symbol (const TdCurrency *currency)
{
  static const struct
  {
    char code[4];
    const char *symbol;
    const char *home_language;
    const char *home_symbol;
  } symbols[] = {
    { "USD", "$", NULL, NULL },
    { "CNY", "CN¥", "zh", "¥" },
    { "EUR", "€", NULL, NULL },
    { "GBP", "£", NULL, NULL },
    { "INR", "₹", NULL, NULL },
    { "JPY", "JP¥", "ja", "¥" },
    { "KRW", "₩", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      if (g_str_equal (currency->code, symbols[i].code))
        {
          if (symbols[i].home_language != NULL && speaks (symbols[i].home_language))
            return symbols[i].home_symbol;
          return symbols[i].symbol;
        }
    }

  return currency->code;
}

/**
 * td_currency_get_decimals:
 * @currency: a currency
 *
 * Returns: how many places after the point amounts have in everyday use
 */
guint
td_currency_get_decimals (const TdCurrency *currency)
{
  static const char * const whole[] = { "CLP", "ISK", "JPY", "KRW", "VND", NULL };

  return g_strv_contains (whole, currency->code) ? 0 : 2;
}

/**
 * td_currency_rate_to_decimal:
 * @currency: a currency
 *
 * Returns: (transfer full): units for one US dollar as a plain decimal number, exactly
 */
char *
td_currency_rate_to_decimal (const TdCurrency *currency)
{
  return td_price_to_decimal (currency->numerator * (G_GINT64_CONSTANT (1000000000) / currency->denominator));
}

/**
 * td_currency_convert:
 * @currency: a currency
 * @usd: an amount in US dollars
 *
 * Returns: the amount in @currency, rounded at 10⁻¹⁵
 */
TdMoney
td_currency_convert (const TdCurrency *currency,
                     TdMoney           usd)
{
  if (currency->numerator == currency->denominator)
    return usd;

  return td_money_scale (usd, currency->numerator, currency->denominator);
}

/**
 * td_currency_format:
 * @currency: a currency
 * @usd: an amount in US dollars
 *
 * Converts an amount and writes it for people: separators and the place of the sign as the locale has them, the
 * currency's everyday decimals, and four significant digits below 1, so that small costs stay readable. Rounding is
 * half away from zero.
 *
 * Returns: (transfer full): the text; "—" if unknown
 */
char *
td_currency_format (const TdCurrency *currency,
                    TdMoney           usd)
{
  const struct lconv *locale = localeconv ();
  TdMoney money = td_currency_convert (currency, usd);
  const char *symbol = td_currency_get_symbol (currency);
  g_autofree char *number = NULL;
  const char *digits;
  const char *space = "";
  GString *text;

  if (!td_money_is_known (money))
    return g_strdup (TD_UNKNOWN_TEXT);

  number = td_money_to_rounded (money, td_currency_get_decimals (currency), SIGNIFICANT_DIGITS);
  digits = number[0] == '-' ? number + 1 : number;

  /* A code is a word and stands apart; a sign only where the locale wants it so. */
  if (symbol == currency->code || locale->p_sep_by_space == 1 || locale->p_sep_by_space == 2)
    space = NO_BREAK_SPACE;

  text = g_string_new (digits == number ? NULL : "-");
  if (locale->p_cs_precedes == 0)
    {
      td_append_localized (text, digits);
      g_string_append_printf (text, "%s%s", space, symbol);
    }
  else
    {
      g_string_append_printf (text, "%s%s", symbol, space);
      td_append_localized (text, digits);
    }

  return g_string_free_and_steal (text);
}

/**
 * td_currency_format_price:
 * @currency: a currency
 * @price: a price, or %TD_PRICE_UNKNOWN
 *
 * Returns: (transfer full): what a million tokens cost, written for people; "—" if unknown
 */
char *
td_currency_format_price (const TdCurrency *currency,
                          TdPrice           price)
{
  return td_currency_format (currency, td_price_as_money (price));
}
