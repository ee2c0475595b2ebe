/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app-test-utils.h"

/* A warning ends a test, but for this one: GTK 4.24 says it of its own frame clock on a busy X server, and the program has no
 * part in it. */
static GLogWriterOutput
log_all_but_not_ours (GLogLevelFlags   log_level,
                      const GLogField *fields,
                      gsize            n_fields,
                      gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length < 0 &&
        g_str_equal (fields[i].value, "gdk_frame_timings_submitted() called on submitted frame."))
      return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (log_level, fields, n_fields, data);
}

/* Before main(), so that no test can forget it. */
__attribute__ ((constructor)) static void
set_log_writer (void)
{
  g_log_set_writer_func (log_all_but_not_ours, NULL, NULL);
}

/**
 * test_find_widget:
 * @root: where to begin
 * @type: what kind of widget
 * @matches: (nullable): which of them; %NULL for any
 * @data: for @matches
 *
 * Returns: (transfer none) (nullable): the first such widget, @root included
 */
GtkWidget *
test_find_widget (GtkWidget     *root,
                  GType          type,
                  TestMatches    matches,
                  gconstpointer  data)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (matches == NULL || matches (root, data)))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = test_find_widget (child, type, matches, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * test_shows_text:
 * @widget: a label
 * @text: a text
 *
 * Returns: whether that is the text of @widget
 */
gboolean
test_shows_text (GtkWidget     *widget,
                 gconstpointer  text)
{
  return g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

/**
 * test_present:
 * @child: a widget
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer none): a window that shows @child, drawn once
 */
GtkWidget *
test_present (GtkWidget *child,
              int        width,
              int        height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return window;
}

/**
 * test_close:
 * @window: of test_present()
 *
 * Destroys @window, and checks that nothing keeps its child alive.
 */
void
test_close (GtkWidget *window)
{
  gpointer child = g_object_ref (gtk_window_get_child (GTK_WINDOW (window)));

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (child);
}
