/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/td-compare-table.h"

G_BEGIN_DECLS

struct _TdCompareTable
{
  AdwBin parent_instance;

  /* owned */
  TdComparison *comparison;
  TdColumnChoice *choice;
  GtkWidget *row_menu;

  /* template */
  GtkStack *stack;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  GtkSortListModel *sort_model;
  GtkFilterListModel *filter_model;
  TdRowFilter *filter;
  TdRowSorter *sorter;

  /* borrowed from the view */
  GtkColumnViewColumn *columns[TD_N_COMPARE_COLUMNS];

  TdDate date;
  guint spare_columns;
  gboolean is_restoring;
};

/* td-compare-table.c */
void td_compare_table_activate_row    (TdCompareTable *self,
                                       TdModelRow     *row);

/* td-compare-table-actions.c */
void td_compare_table_install_actions (GtkWidgetClass *widget_class);
void td_compare_table_bind_menu       (GtkWidgetClass *widget_class);

G_END_DECLS
