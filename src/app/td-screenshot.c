/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "app/td-screenshot.h"

/* So many frames in a row without anything left to do: by then animations that were started have run out. */
#define QUIET_FRAMES 40

/* So many more are waited for one that nothing has been queued to redraw since. */
#define PATIENCE_FRAMES 400

typedef struct
{
  char *path;
  char **actions;
  guint n_done; /* of the actions */
  guint n_quiet;
} Shot;

static void
shot_free (gpointer data)
{
  Shot *shot = data;

  g_free (shot->path);
  g_strfreev (shot->actions);
  g_free (shot);
}

static gboolean
save_picture (GtkWidget   *widget,
              const char  *path,
              GError     **error)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  /* A window that waits to be redrawn has no node. */
  if (node == NULL || renderer == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING, _("The window has nothing to show."));
      return FALSE;
    }

  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (!gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The picture “%s” could not be written."), path);
      return FALSE;
    }

  return TRUE;
}

/* Most actions belong to a widget deep inside, and @widget itself knows nothing of them. */
static gboolean
activate_below (GtkWidget  *widget,
                const char *action,
                GVariant   *target)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (gtk_widget_activate_action_variant (widget, action, target))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (activate_below (child, action, target))
      return TRUE;

  return FALSE;
}

/* Does the next action. Returns FALSE, with @error, when it cannot be done. */
static gboolean
do_action (GtkWidget   *window,
           const char  *detailed_action,
           GError     **error)
{
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (detailed_action, &action, &target, error))
    return FALSE;
  if (activate_below (window, action, target))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s: nothing that can be seen has this action", action);
  return FALSE;
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *frame_clock,
          gpointer       user_data)
{
  GTask *task = user_data;
  Shot *shot = g_task_get_task_data (task);
  GError *error = NULL;

  if (!td_window_is_settled (TD_WINDOW (widget)))
    shot->n_quiet = 0;
  else
    shot->n_quiet++;

  if (shot->n_quiet < QUIET_FRAMES)
    {
      gtk_widget_queue_draw (widget);
      return G_SOURCE_CONTINUE;
    }

  if (shot->actions != NULL && shot->actions[shot->n_done] != NULL)
    {
      if (do_action (widget, shot->actions[shot->n_done], &error))
        {
          shot->n_done++;
          shot->n_quiet = 0;
          return G_SOURCE_CONTINUE;
        }
      g_task_return_error (task, error);
    }
  else if (save_picture (widget, shot->path, &error))
    {
      g_task_return_boolean (task, TRUE);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING) &&
           shot->n_quiet < QUIET_FRAMES + PATIENCE_FRAMES)
    {
      g_error_free (error);
      return G_SOURCE_CONTINUE;
    }
  else
    {
      g_task_return_error (task, error);
    }

  return G_SOURCE_REMOVE;
}

/**
 * td_screenshot_take_async:
 * @window: a window
 * @path: the PNG file to write
 * @actions: (nullable) (array zero-terminated=1): detailed names of actions to be done before, one after the other, each
 *   by the first widget of the window that has it and can be seen
 * @callback: called when the picture is there
 * @user_data: data for @callback
 *
 * Waits until everything in @window is loaded, counted and painted, and saves what it shows.
 */
void
td_screenshot_take_async (TdWindow            *window,
                          const char          *path,
                          const char * const  *actions,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  Shot *shot;

  g_return_if_fail (TD_IS_WINDOW (window));

  shot = g_new0 (Shot, 1);
  shot->path = g_strdup (path);
  shot->actions = g_strdupv ((char **) actions);
  task = g_task_new (window, NULL, callback, user_data);
  g_task_set_source_tag (task, td_screenshot_take_async);
  g_task_set_task_data (task, shot, shot_free);
  gtk_widget_add_tick_callback (GTK_WIDGET (window), frame_cb, task, g_object_unref);
}

/**
 * td_screenshot_take_finish:
 * @window: the window
 * @result: the result given to the callback
 * @error: return location for an error
 *
 * Returns: whether the picture was written
 */
gboolean
td_screenshot_take_finish (TdWindow      *window,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
