/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the tests of widgets have in common. */

typedef gboolean (*TestMatches) (GtkWidget     *widget,
                                 gconstpointer  data);

GtkWidget *test_find_widget (GtkWidget     *root,
                             GType          type,
                             TestMatches    matches,
                             gconstpointer  data);

/* A TestMatches of labels. */
gboolean   test_shows_text  (GtkWidget     *widget,
                             gconstpointer  text);

GtkWidget *test_present     (GtkWidget     *child,
                             int            width,
                             int            height);
void       test_close       (GtkWidget     *window);

G_END_DECLS
