/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Exact money. Prices and amounts are integers; nothing here ever goes through a floating-point number. The one place
 * where anything is rounded is the writing of a number with fewer digits than it has: half away from zero.
 */

#include "config.h"

#include "pricing/td-money.h"

/* 39 digits, a point, leading zeros up to the point, a sign and NUL. */
#define DECIMAL_SIZE 64

/* The largest amount either way; beyond it lies %TD_MONEY_UNKNOWN. */
static const TdInt128 LIMIT = (((TdInt128) 1) << 126) - 1;

static gboolean
is_in_range (TdInt128 value)
{
  return value >= -LIMIT && value <= LIMIT;
}

static TdMoney
money_or_unknown (gboolean overflowed,
                  TdInt128 femto)
{
  if (overflowed || !is_in_range (femto))
    return TD_MONEY_UNKNOWN;

  return (TdMoney) { femto };
}

static TdInt128
power_of_ten (guint exponent)
{
  TdInt128 power = 1;

  while (exponent-- > 0)
    power *= 10;

  return power;
}

/* Puts @digit behind the digits of @value; FALSE if that passes @limit. */
static gboolean
append_digit (TdInt128 *value,
              int       digit,
              TdInt128  limit)
{
  if (*value > (limit - digit) / 10)
    return FALSE;

  *value = *value * 10 + digit;

  return TRUE;
}

/* Reads a plain decimal number without sign or exponent as an integer of 10^-@decimals. */
static gboolean
parse_decimal (const char *text,
               guint       decimals,
               TdInt128    limit,
               TdInt128   *value)
{
  TdInt128 result = 0;
  guint missing = decimals;
  gboolean seen_point = FALSE;
  gboolean seen_digit = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '.' && seen_digit && !seen_point)
        {
          seen_point = TRUE;
          /* "5." has no digit behind its point: the flag must be earned again. */
          seen_digit = FALSE;
          continue;
        }

      if (!g_ascii_isdigit (*c))
        return FALSE;

      seen_digit = TRUE;

      if (seen_point)
        {
          /* Zeros past the last place say nothing; other digits would be lost. */
          if (missing == 0)
            {
              if (*c != '0')
                return FALSE;
              continue;
            }
          missing--;
        }

      if (!append_digit (&result, g_ascii_digit_value (*c), limit))
        return FALSE;
    }

  if (!seen_digit)
    return FALSE;

  while (missing-- > 0)
    {
      if (!append_digit (&result, 0, limit))
        return FALSE;
    }

  *value = result;

  return TRUE;
}

/*
 * Writes @value × 10^-@decimals, at least @min_decimals after the point, other trailing zeros left out. @buffer has
 * DECIMAL_SIZE bytes.
 */
static char *
write_decimal (TdInt128 value,
               guint    decimals,
               guint    min_decimals)
{
  char digits[DECIMAL_SIZE];
  unsigned __int128 rest = value < 0 ? -(unsigned __int128) value : (unsigned __int128) value;
  guint n_digits = 0;
  guint skip = 0;
  GString *text;

  do
    {
      digits[n_digits++] = '0' + (char) (rest % 10);
      rest /= 10;
    }
  while (rest > 0 || n_digits <= decimals);

  while (skip < decimals && decimals - skip > min_decimals && digits[skip] == '0')
    skip++;

  text = g_string_sized_new (DECIMAL_SIZE);
  if (value < 0)
    g_string_append_c (text, '-');

  for (guint i = n_digits; i > skip; i--)
    {
      if (i == decimals)
        g_string_append_c (text, '.');
      g_string_append_c (text, digits[i - 1]);
    }

  /* Fewer places than asked for: fill up. */
  if (min_decimals > decimals)
    {
      if (decimals == 0)
        g_string_append_c (text, '.');
      for (guint i = decimals; i < min_decimals; i++)
        g_string_append_c (text, '0');
    }

  return g_string_free_and_steal (text);
}

/* Divides, rounding half away from zero. @divisor > 0. */
static TdInt128
divide_rounded (TdInt128 value,
                TdInt128 divisor)
{
  TdInt128 quotient = value / divisor;
  TdInt128 rest = value % divisor;

  if (rest < 0)
    rest = -rest;

  /* rest × 2 ≥ divisor without the overflow */
  if (rest >= divisor - rest)
    quotient += value < 0 ? -1 : 1;

  return quotient;
}

static guint
count_digits (TdInt128 value)
{
  guint n_digits = 0;

  if (value < 0)
    value = -value;

  for (; value > 0; value /= 10)
    n_digits++;

  return n_digits;
}

/* Rounds to @keep places after the point, of @decimals; the scale stays. */
static TdInt128
round_to_places (TdInt128 value,
                 guint    decimals,
                 guint    keep)
{
  TdInt128 step;
  TdInt128 rounded;

  if (keep >= decimals)
    return value;

  step = power_of_ten (decimals - keep);
  if (__builtin_mul_overflow (divide_rounded (value, step), step, &rounded))
    return value;

  return rounded;
}

/*
 * How many places after the point @value × 10^-@decimals needs: @min_decimals, or as many as give @significant digits
 * when the number is below 1.
 */
static guint
places_for (TdInt128 value,
            guint    decimals,
            guint    min_decimals,
            guint    significant)
{
  guint n_digits = count_digits (value);
  guint leading_zeros;

  if (n_digits == 0 || n_digits > decimals)
    return min_decimals;

  leading_zeros = decimals - n_digits;

  return MAX (min_decimals, leading_zeros + significant);
}

/**
 * td_price_parse:
 * @text: US dollars (or other units) per million tokens, as "0.075"
 * @price: (out): the price
 *
 * Reads a price exactly. Digits, at most one point with digits on both sides, at most nine places; no sign, no
 * exponent, no separators.
 *
 * Returns: whether @text is such a number
 */
gboolean
td_price_parse (const char *text,
                TdPrice    *price)
{
  TdInt128 value;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (price != NULL, FALSE);

  if (!parse_decimal (text, TD_PRICE_DECIMALS, G_MAXINT64, &value))
    return FALSE;

  *price = (TdPrice) value;

  return TRUE;
}

/**
 * td_price_to_decimal:
 * @price: a known price
 *
 * Returns: (transfer full): the price per million tokens as a plain decimal number, exactly, for machines
 */
char *
td_price_to_decimal (TdPrice price)
{
  g_return_val_if_fail (price >= 0, NULL);

  return write_decimal (price, TD_PRICE_DECIMALS, 0);
}

/**
 * td_price_as_money:
 * @price: a price, or %TD_PRICE_UNKNOWN
 *
 * Returns: what a million tokens cost
 */
TdMoney
td_price_as_money (TdPrice price)
{
  return td_money_new_cost (price, 1000000);
}

/**
 * td_money_new_cost:
 * @price: a price, or %TD_PRICE_UNKNOWN
 * @tokens: how many tokens
 *
 * Computes what @tokens cost, exactly. No tokens cost nothing whatever the price is, so this is known even when the
 * price is not.
 *
 * Returns: the cost
 */
TdMoney
td_money_new_cost (TdPrice price,
                   guint64 tokens)
{
  TdInt128 femto;
  gboolean overflowed;

  if (tokens == 0)
    return TD_MONEY_ZERO;

  if (price < 0)
    return TD_MONEY_UNKNOWN;

  overflowed = __builtin_mul_overflow ((TdInt128) price, (TdInt128) tokens, &femto);

  return money_or_unknown (overflowed, femto);
}

/**
 * td_money_parse:
 * @text: an amount, as "12.50"
 * @money: (out): the amount
 *
 * Reads an amount exactly; the same form as td_price_parse(), with up to fifteen places.
 *
 * Returns: whether @text is such a number
 */
gboolean
td_money_parse (const char *text,
                TdMoney    *money)
{
  TdInt128 value;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (money != NULL, FALSE);

  if (!parse_decimal (text, TD_MONEY_DECIMALS, LIMIT, &value))
    return FALSE;

  *money = (TdMoney) { value };

  return TRUE;
}

/**
 * td_money_is_known:
 * @money: an amount
 *
 * Returns: whether it is an amount at all
 */
gboolean
td_money_is_known (TdMoney money)
{
  return is_in_range (money.femto);
}

/**
 * td_money_add:
 * @a: an amount
 * @b: another
 *
 * Returns: the sum; unknown if either is unknown or the sum is too large
 */
TdMoney
td_money_add (TdMoney a,
              TdMoney b)
{
  if (!td_money_is_known (a) || !td_money_is_known (b))
    return TD_MONEY_UNKNOWN;

  /* Two amounts below 2^126 cannot overflow 127 bits. */
  return money_or_unknown (FALSE, a.femto + b.femto);
}

/**
 * td_money_multiply:
 * @money: an amount
 * @factor: how many times
 *
 * Returns: the product; unknown if @money is unknown or the product is too large
 */
TdMoney
td_money_multiply (TdMoney money,
                   guint64 factor)
{
  TdInt128 femto;
  gboolean overflowed;

  if (!td_money_is_known (money))
    return TD_MONEY_UNKNOWN;

  overflowed = __builtin_mul_overflow (money.femto, (TdInt128) factor, &femto);

  return money_or_unknown (overflowed, femto);
}

/**
 * td_money_scale:
 * @money: an amount
 * @numerator: a factor
 * @denominator: a divisor above 0
 *
 * Multiplies by a fraction, as for a currency's rate. What lies below 10⁻¹⁵ is rounded half away from zero.
 *
 * Returns: the product; unknown if @money is unknown or the product is too large
 */
TdMoney
td_money_scale (TdMoney money,
                gint64  numerator,
                gint64  denominator)
{
  TdInt128 whole, rest, femto;

  g_return_val_if_fail (denominator > 0, TD_MONEY_UNKNOWN);

  if (!td_money_is_known (money))
    return TD_MONEY_UNKNOWN;

  /* Whole and rest apart, so that only a result too large overflows, not a step on the way: rest < 2^63, × 2^63. */
  whole = money.femto / denominator;
  rest = money.femto % denominator;

  if (__builtin_mul_overflow (whole, (TdInt128) numerator, &femto) ||
      __builtin_add_overflow (femto, divide_rounded (rest * numerator, denominator), &femto))
    return TD_MONEY_UNKNOWN;

  return money_or_unknown (FALSE, femto);
}

/**
 * td_money_compare:
 * @a: an amount
 * @b: another
 *
 * Compares two amounts; unknown comes after all.
 *
 * Returns: negative, 0 or positive, as strcmp()
 */
int
td_money_compare (TdMoney a,
                  TdMoney b)
{
  gboolean a_known = td_money_is_known (a);
  gboolean b_known = td_money_is_known (b);

  if (!a_known || !b_known)
    return b_known - a_known;

  return (a.femto > b.femto) - (a.femto < b.femto);
}

/**
 * td_money_to_decimal:
 * @money: a known amount
 *
 * Returns: (transfer full): the amount as a plain decimal number, exactly, for machines
 */
char *
td_money_to_decimal (TdMoney money)
{
  g_return_val_if_fail (td_money_is_known (money), NULL);

  return write_decimal (money.femto, TD_MONEY_DECIMALS, 0);
}

/**
 * td_money_to_rounded:
 * @money: a known amount
 * @min_decimals: places after the point there are always
 * @significant: digits to keep of amounts below 1
 *
 * Writes an amount for reading: $12.35, but $0.002 and $0.0000075, as small amounts keep @significant digits.
 * Rounding is half away from zero; an amount other than 0 never becomes 0.
 *
 * Returns: (transfer full): a plain decimal number with a point
 */
char *
td_money_to_rounded (TdMoney money,
                     guint   min_decimals,
                     guint   significant)
{
  guint places;

  g_return_val_if_fail (td_money_is_known (money), NULL);

  places = places_for (money.femto, TD_MONEY_DECIMALS, min_decimals, significant);

  return write_decimal (round_to_places (money.femto, TD_MONEY_DECIMALS, places), TD_MONEY_DECIMALS, min_decimals);
}

/**
 * td_money_ratio:
 * @money: an amount
 * @baseline: what it is compared with
 *
 * Returns: how many times @baseline @money is; unknown if either is, or @baseline is 0
 */
TdRatio
td_money_ratio (TdMoney money,
                TdMoney baseline)
{
  if (!td_money_is_known (money) || !td_money_is_known (baseline) || baseline.femto <= 0)
    return TD_RATIO_UNKNOWN;

  return (TdRatio) { money.femto, baseline.femto };
}

/* The product of two non-negative numbers as high and low halves, since it may need 256 bits. */
static void
multiply_wide (unsigned __int128  a,
               unsigned __int128  b,
               unsigned __int128 *high,
               unsigned __int128 *low)
{
  unsigned __int128 a_high = a >> 64, a_low = (guint64) a;
  unsigned __int128 b_high = b >> 64, b_low = (guint64) b;
  unsigned __int128 bottom = a_low * b_low;
  unsigned __int128 left = a_high * b_low;
  unsigned __int128 right = a_low * b_high;
  unsigned __int128 middle = (bottom >> 64) + (guint64) left + (guint64) right;

  *low = (middle << 64) | (guint64) bottom;
  *high = a_high * b_high + (left >> 64) + (right >> 64) + (middle >> 64);
}

/**
 * td_ratio_compare:
 * @a: a ratio of amounts not below 0
 * @b: another
 *
 * Compares two ratios exactly; unknown comes after all.
 *
 * Returns: negative, 0 or positive, as strcmp()
 */
int
td_ratio_compare (TdRatio a,
                  TdRatio b)
{
  unsigned __int128 left_high, left_low, right_high, right_low;

  if (a.denominator <= 0 || b.denominator <= 0)
    return (b.denominator > 0) - (a.denominator > 0);

  multiply_wide (a.numerator, b.denominator, &left_high, &left_low);
  multiply_wide (b.numerator, a.denominator, &right_high, &right_low);

  if (left_high != right_high)
    return left_high > right_high ? 1 : -1;

  return (left_low > right_low) - (left_low < right_low);
}

/* @rest × @unit / @denominator, rounded, for a @rest below @denominator and a @unit of 10¹² at most. */
static TdInt128
scale_rest (TdInt128 rest,
            TdInt128 denominator,
            TdInt128 unit)
{
  /* Dropping the same low bits of both changes the last of a dozen digits at most. */
  while (rest > G_MAXINT64 && denominator > G_MAXINT64)
    {
      rest /= 2;
      denominator /= 2;
    }

  return divide_rounded (rest * unit, denominator);
}

/**
 * td_ratio_to_rounded:
 * @ratio: a known ratio
 * @significant: digits to keep
 *
 * Writes a ratio with at least @significant digits, half away from zero: "15", "0.25", "1.67", "1234".
 *
 * Returns: (transfer full) (nullable): a plain decimal number with a point; %NULL if the ratio is unknown
 */
char *
td_ratio_to_rounded (TdRatio ratio,
                     guint   significant)
{
  const guint decimals = 12;
  const TdInt128 unit = power_of_ten (decimals);
  TdInt128 whole, scaled;
  guint n_digits;
  guint keep;

  if (ratio.denominator <= 0)
    return NULL;

  /* Such a large ratio has digits enough before the point, and would overflow with more behind it. */
  whole = ratio.numerator / ratio.denominator;
  if (whole >= unit)
    return write_decimal (divide_rounded (ratio.numerator, ratio.denominator), 0, 0);

  scaled = whole * unit + scale_rest (ratio.numerator % ratio.denominator, ratio.denominator, unit);
  n_digits = count_digits (scaled);

  if (n_digits > decimals)
    keep = significant > n_digits - decimals ? significant - (n_digits - decimals) : 0;
  else
    keep = MIN (decimals, decimals - n_digits + significant);

  return write_decimal (round_to_places (scaled, decimals, keep), decimals, 0);
}
