/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app-test-utils.h"

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
