/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <limits.h>
#include <locale.h>

#include <glib/gi18n-lib.h>

#include "pricing/td-format.h"

/**
 * td_append_localized:
 * @text: where to write
 * @number: a plain decimal number with a point and no sign
 *
 * Writes a number with the separators of the locale.
 */
void
td_append_localized (GString    *text,
                     const char *number)
{
  const struct lconv *locale = localeconv ();
  const char *point = strchrnul (number, '.');
  const char *grouping = locale->grouping;
  gboolean has_separator = locale->thousands_sep[0] != '\0';
  int n_digits = point - number;
  g_autofree gboolean *before = g_new0 (gboolean, n_digits + 1);
  int size = 0;

  for (int left = n_digits; has_separator;)
    {
      /* Sizes run from the right; the last one repeats, and CHAR_MAX ends the grouping. */
      if (*grouping != '\0')
        size = *grouping++;
      if (size <= 0 || size == CHAR_MAX || left - size <= 0)
        break;
      left -= size;
      before[left] = TRUE;
    }

  for (int i = 0; i < n_digits; i++)
    {
      if (before[i])
        g_string_append (text, locale->thousands_sep);
      g_string_append_c (text, number[i]);
    }

  if (*point != '\0')
    {
      g_string_append (text, locale->decimal_point);
      g_string_append (text, point + 1);
    }
}

/**
 * td_number_format:
 * @number: a number
 *
 * Returns: (transfer full): the number with the locale's separators
 */
char *
td_number_format (guint64 number)
{
  char digits[24];
  GString *text = g_string_new (NULL);

  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number);
  td_append_localized (text, digits);

  return g_string_free_and_steal (text);
}

/**
 * td_ratio_format:
 * @ratio: a ratio
 *
 * Writes a ratio for people, with three significant digits: "15×", "1.67×".
 *
 * Returns: (transfer full): the text; "—" if unknown
 */
char *
td_ratio_format (TdRatio ratio)
{
  g_autofree char *number = td_ratio_to_rounded (ratio, 3);
  GString *text;

  if (number == NULL)
    return g_strdup (TD_UNKNOWN_TEXT);

  text = g_string_new (NULL);
  td_append_localized (text, number);
  g_string_append (text, "×");

  return g_string_free_and_steal (text);
}

/**
 * td_percent_format:
 * @ratio: a ratio
 *
 * Writes a ratio as a percentage for people, with two significant digits: "0.012%", "3.5%", "112%".
 *
 * Returns: (transfer full): the text; "—" if unknown
 */
char *
td_percent_format (TdRatio ratio)
{
  TdRatio hundredfold = { ratio.numerator * 100, ratio.denominator };
  g_autofree char *number = td_ratio_to_rounded (hundredfold, 2);
  g_autoptr (GString) text = NULL;

  if (number == NULL)
    return g_strdup (TD_UNKNOWN_TEXT);

  text = g_string_new (NULL);
  td_append_localized (text, number);

  /* Translators: a percentage, as in "3.5%" */
  return g_strdup_printf (_("%s%%"), text->str);
}
