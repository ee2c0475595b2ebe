/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/files/td-files-page.h"
#include "app/td-window-private.h"

/*
 * The page of the files of a window, made when somebody first looks at it.
 */

static TdFilesPage *
ensure_page (TdWindow *self)
{
  GtkWidget *page = adw_bin_get_child (self->files_bin);

  if (page == NULL)
    {
      page = td_files_page_new (self->settings, self->catalogue);
      g_signal_connect_object (page, "open-file", G_CALLBACK (td_window_open), self, G_CONNECT_SWAPPED);
      adw_bin_set_child (self->files_bin, page);
    }

  return TD_FILES_PAGE (page);
}

static void
map_cb (TdWindow *self)
{
  ensure_page (self);
}

/**
 * _td_window_set_up_files_page:
 * @self: the window
 */
void
_td_window_set_up_files_page (TdWindow *self)
{
  g_signal_connect_object (self->files_bin, "map", G_CALLBACK (map_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_window_count_files:
 * @self: the window
 * @roots: (element-type GFile): files and folders
 *
 * Counts @roots on the page of the files. The text of the window stays as it is.
 */
void
td_window_count_files (TdWindow   *self,
                       GListModel *roots)
{
  g_return_if_fail (TD_IS_WINDOW (self));

  adw_view_stack_set_visible_child_name (self->pages, "files");
  td_files_page_scan (ensure_page (self), roots);
}
