/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TdRowKey:
 *
 * What the rows of the comparison can be sorted by. %TD_ROW_KEY_DEFAULT: what can be called first, newest first.
 */
typedef enum
{
  TD_ROW_KEY_DEFAULT,
  TD_ROW_KEY_NAME,
  TD_ROW_KEY_TOKENS,
  TD_ROW_KEY_INPUT_COST,
  TD_ROW_KEY_OUTPUT_COST,
  TD_ROW_KEY_TOTAL_COST,
  TD_ROW_KEY_RATIO,
  TD_ROW_KEY_CONTEXT_SHARE,
  TD_ROW_KEY_CONTEXT_WINDOW,
  TD_ROW_KEY_INPUT_PRICE,
  TD_ROW_KEY_OUTPUT_PRICE,
  TD_ROW_KEY_VENDOR,
  TD_ROW_KEY_RELEASED
} TdRowKey;

#define TD_TYPE_ROW_SORTER (td_row_sorter_get_type ())

G_DECLARE_FINAL_TYPE (TdRowSorter, td_row_sorter, TD, ROW_SORTER, GtkSorter)

TdRowSorter *td_row_sorter_new      (void);
TdRowKey     td_row_sorter_get_key  (TdRowSorter *self);
GtkSortType  td_row_sorter_get_order (TdRowSorter *self);
void         td_row_sorter_set_key  (TdRowSorter *self,
                                     TdRowKey     key,
                                     GtkSortType  order);

G_END_DECLS
