/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/td-compare-table-private.h"
#include "app/compare/td-row-menu.h"

/* What can be done with the selected row, by keys and by its menu. */

static void
details_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  TdCompareTable *self = TD_COMPARE_TABLE (widget);
  TdModelRow *row = td_compare_table_get_selected (self);

  if (row)
    td_compare_table_activate_row (self, row);
}

static void
pin_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TdCompareTable *self = TD_COMPARE_TABLE (widget);
  TdModelRow *row = td_compare_table_get_selected (self);

  if (row)
    td_comparison_set_pinned (self->comparison, td_model_get_id (td_model_row_get_model (row)),
                              !td_model_row_get_is_pinned (row));
}

static void
baseline_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  TdCompareTable *self = TD_COMPARE_TABLE (widget);
  TdModelRow *row = td_compare_table_get_selected (self);

  if (row)
    td_comparison_set_baseline (self->comparison, td_model_get_id (td_model_row_get_model (row)));
}

static void
default_order_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  TdCompareTable *self = TD_COMPARE_TABLE (widget);

  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
}

/* The menu of a row ------------------------------------------------------------------------------------------------ */

static void
show_row_menu (TdCompareTable *self,
               TdModelRow     *row,
               double          x,
               double          y)
{
  if (!self->row_menu)
    {
      self->row_menu = td_row_menu_new ();
      gtk_widget_set_parent (self->row_menu, GTK_WIDGET (self));
    }

  td_row_menu_popup (GTK_POPOVER_MENU (self->row_menu), row, x, y);
}

static void
show_row_menu_at (TdCompareTable *self,
                  double          x,
                  double          y)
{
  TdModelRow *row = td_row_menu_pick (GTK_WIDGET (self->view), x, y);
  graphene_point_t place;

  if (!row || !gtk_widget_compute_point (GTK_WIDGET (self->view), GTK_WIDGET (self),
                                         &GRAPHENE_POINT_INIT (x, y), &place))
    return;

  td_compare_table_select (self, row);
  show_row_menu (self, row, place.x, place.y);
}

static void
pressed_cb (TdCompareTable *self,
            int             n_press,
            double          x,
            double          y)
{
  show_row_menu_at (self, x, y);
}

static void
long_pressed_cb (TdCompareTable *self,
                 double          x,
                 double          y)
{
  show_row_menu_at (self, x, y);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TdCompareTable *self = TD_COMPARE_TABLE (widget);
  TdModelRow *row = td_compare_table_get_selected (self);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);

  if (!row)
    return;

  if (focus && gtk_widget_is_ancestor (focus, widget))
    {
      if (!gtk_widget_compute_bounds (focus, widget, &bounds))
        bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);
    }
  show_row_menu (self, row, bounds.origin.x + 24, bounds.origin.y + bounds.size.height);
}

/* Installs the actions and their keys. */
void
td_compare_table_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "row.pin", NULL, pin_action);
  gtk_widget_class_install_action (widget_class, "row.baseline", NULL, baseline_action);
  gtk_widget_class_install_action (widget_class, "row.details", NULL, details_action);
  gtk_widget_class_install_action (widget_class, "row.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "compare.default-order", NULL, default_order_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "row.pin", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "row.baseline", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row.menu", NULL);
}

/* Binds what the template calls when a row's menu is asked for by pointer or finger. */
void
td_compare_table_bind_menu (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);
}
