/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdDate:
 * @year: 1 to 9999, or 0 when there is no date at all
 * @month: 1 to 12, or 0 when only the year is known
 * @day: 1 to 31, or 0 when only the month is known
 *
 * A civil date, possibly known to the month or year only. Price lists often say no more than "December 2022"; the
 * missing part is kept missing for display, and counts as the first in comparisons.
 *
 * Plain data: copy and compare by value, `{ 0 }` is "no date".
 */
typedef struct
{
  guint16 year;
  guint8 month;
  guint8 day;
} TdDate;

#define TD_DATE_NONE ((TdDate) { 0, 0, 0 })
/** Room for "YYYY-MM-DD" and its NUL. */
#define TD_DATE_ISO_SIZE 11

gboolean    td_date_parse    (const char *text,
                              TdDate     *date);
TdDate      td_date_today    (void);
gboolean    td_date_is_set   (TdDate      date);
gboolean    td_date_is_full  (TdDate      date);
int         td_date_compare  (TdDate      a,
                              TdDate      b);
TdDate      td_date_add_days (TdDate      date,
                              int         days);
int         td_date_weekday  (TdDate      date);
const char *td_date_to_iso   (TdDate      date,
                              char       *buffer);
char       *td_date_format   (TdDate      date);

G_END_DECLS
