/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/compare/td-compare-cell.h"
#include "app/compare/td-model-cell.h"
#include "app/compare/td-row-menu.h"

/* The context menu of a row in the comparison. Its actions ("row.…") are the table's and apply to the selected row. */

/** Returns: (transfer floating): an empty menu, to be given a parent */
GtkWidget *
td_row_menu_new (void)
{
  GtkWidget *menu = gtk_popover_menu_new_from_model (NULL);

  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);

  return menu;
}

/** Opens the menu of @row at a place of the menu's parent. */
void
td_row_menu_popup (GtkPopoverMenu *menu,
                   TdModelRow     *row,
                   double          x,
                   double          y)
{
  g_autoptr (GMenu) model = g_menu_new ();

  g_return_if_fail (GTK_IS_POPOVER_MENU (menu));
  g_return_if_fail (TD_IS_MODEL_ROW (row));

  g_menu_append (model, _("_Details"), "row.details");
  g_menu_append (model, td_model_row_get_is_pinned (row) ? _("Do Not _Keep on Top") : _("_Keep on Top"), "row.pin");
  if (!td_model_row_get_is_baseline (row))
    g_menu_append (model, _("Use as _Baseline"), "row.baseline");

  gtk_popover_menu_set_menu_model (menu, G_MENU_MODEL (model));
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (menu));
}

static TdModelRow *
get_row_of_widget (GtkWidget *widget)
{
  if (TD_IS_MODEL_CELL (widget))
    return td_model_cell_get_row (TD_MODEL_CELL (widget));
  if (TD_IS_COMPARE_CELL (widget))
    return td_compare_cell_get_row (TD_COMPARE_CELL (widget));

  return NULL;
}

/**
 * td_row_menu_pick:
 * @view: the column view
 * @x: a place in it
 * @y: a place in it
 *
 * Returns: (transfer none) (nullable): the row there
 */
TdModelRow *
td_row_menu_pick (GtkWidget *view,
                  double     x,
                  double     y)
{
  GtkWidget *widget;

  g_return_val_if_fail (GTK_IS_WIDGET (view), NULL);

  /* Our own widget does not fill its cell, so it is looked for from whatever lies there: upwards, and at each step
   * down along the first children, which leads into the row's first cell. */
  widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  for (; widget && widget != view; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      TdModelRow *row = get_row_of_widget (widget);

      while (!row && child)
        {
          row = get_row_of_widget (child);
          child = gtk_widget_get_first_child (child);
        }
      if (row)
        return row;
    }

  return NULL;
}
