/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/td-window-private.h"

#define MOST_FILES 10

/*
 * The files that TokenDesk has opened lately, as the desktop remembers them. The menu is made anew when somebody opens one
 * of the two that it is in.
 */

static int
compare_visited (gconstpointer a,
                 gconstpointer b)
{
  GtkRecentInfo *first = *(GtkRecentInfo **) a;
  GtkRecentInfo *second = *(GtkRecentInfo **) b;

  return g_date_time_compare (gtk_recent_info_get_modified (second), gtk_recent_info_get_modified (first));
}

/* Those that TokenDesk itself has opened, the latest first. */
static GPtrArray *
dup_recent_files (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);
  GList *all = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  for (GList *l = all; l != NULL; l = l->next)
    {
      if (gtk_recent_info_has_application (l->data, g_get_application_name ()))
        g_ptr_array_add (files, l->data);
      else
        gtk_recent_info_unref (l->data);
    }
  g_list_free (all);
  g_ptr_array_sort (files, compare_visited);

  return files;
}

static gboolean
is_only_one (GPtrArray  *files,
             const char *name)
{
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    n += g_str_equal (gtk_recent_info_get_display_name (g_ptr_array_index (files, i)), name) ? 1 : 0;

  return n == 1;
}

/* With the folder where another file of the list has the same name. An underscore is no mnemonic here. */
static char *
dup_label (GPtrArray *files,
           guint      position)
{
  GtkRecentInfo *info = g_ptr_array_index (files, position);
  const char *name = gtk_recent_info_get_display_name (info);
  g_autoptr (GFile) file = g_file_new_for_uri (gtk_recent_info_get_uri (info));
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *folder_name = folder != NULL && !is_only_one (files, name) ? g_file_get_basename (folder) : NULL;
  g_autofree char *label = folder_name != NULL ? g_strdup_printf ("%s – %s", name, folder_name) : g_strdup (name);
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("__", parts);
}

/* The items of three menus take a while to make, and a new window is not to wait for them. */
static void
fill_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  TdWindow *self = user_data;
  GMenu *menu = button == self->recent_button ? self->recent_menu :
                button == self->view_button ? self->view_menu : self->main_menu;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
update_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  TdWindow *self = user_data;
  g_autoptr (GPtrArray) files = dup_recent_files ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; i < MIN (files->len, MOST_FILES); i++)
    {
      g_autofree char *label = dup_label (files, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.open-recent", "s",
                                         gtk_recent_info_get_uri (g_ptr_array_index (files, i)));
      g_menu_append_item (section, item);
    }

  /* An item whose action does not exist cannot be chosen. */
  if (files->len == 0)
    g_menu_append (section, _("No Recent Files"), "win.none");
  else
    g_menu_append (last, _("_Clear List"), "win.clear-recent");

  g_menu_append_section (self->recent_menu, NULL, G_MENU_MODEL (section));
  g_menu_append_section (self->recent_menu, NULL, G_MENU_MODEL (last));
  fill_menu_cb (button, self);
}

static void
open_recent_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  td_window_open (TD_WINDOW (widget), file);
}

static void
clear_recent_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  g_autoptr (GPtrArray) files = dup_recent_files ();

  for (guint i = 0; i < files->len; i++)
    gtk_recent_manager_remove_item (gtk_recent_manager_get_default (),
                                    gtk_recent_info_get_uri (g_ptr_array_index (files, i)), NULL);
}

/**
 * _td_window_forget_recent:
 * @self: the window
 * @file: a file that is not there any more
 *
 * Takes @file off the list.
 */
void
_td_window_forget_recent (TdWindow *self,
                          GFile    *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
}

/**
 * _td_window_set_up_recent:
 * @self: the window
 */
void
_td_window_set_up_recent (TdWindow *self)
{
  /* Before the menus come up: their first item takes the focus then. */
  gtk_menu_button_set_create_popup_func (self->recent_button, update_menu_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->menu_button, update_menu_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->view_button, fill_menu_cb, self, NULL);
}

/**
 * _td_window_class_install_recent_actions:
 * @widget_class: the class of TdWindow
 */
void
_td_window_class_install_recent_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-recent", "s", open_recent_cb);
  gtk_widget_class_install_action (widget_class, "win.clear-recent", NULL, clear_recent_cb);
}
