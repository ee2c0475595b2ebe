/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "app/compare/td-compare-panel.h"
#include "compare-test-utils.h"

static TdCatalogue *catalogue;

/* Lets the program run until @widget has been drawn with everything that is queued now. */
static void
draw (GtkWidget *widget)
{
  test_flush ();
  gtk_test_widget_wait_for_draw (widget);
  test_flush ();
  gtk_test_widget_wait_for_draw (widget);
}

static void
save_picture (GtkWidget  *widget,
              const char *name)
{
  const char *folder = g_getenv ("TD_TEST_PICTURES");
  g_autofree char *path = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (folder == NULL)
    return;

  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* As AdwApplication does for the program. */
static void
add_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, APP_PATH "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static GtkWidget *
show_in_window (GtkWidget *panel,
                int        width,
                int        height)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), panel);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  draw (window);

  return window;
}

static void
test_new_destroy (void)
{
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (TdSettings) settings = td_settings_new ();
  GtkWidget *panel = td_compare_panel_new (document, settings, catalogue);

  g_object_ref_sink (panel);
  g_assert_finalize_object (panel);
}

static void
test_widths (gconstpointer data)
{
  int width = GPOINTER_TO_INT (data);
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (TdSettings) settings = td_settings_new ();
  GtkWidget *panel = td_compare_panel_new (document, settings, catalogue);
  GtkWidget *window = show_in_window (panel, width, 720);
  g_autofree char *name = g_strdup_printf ("panel-%d", width);

  test_set_text (td_compare_panel_get_comparison (TD_COMPARE_PANEL (panel)), "Hello, 我是刘志军");
  draw (window);
  save_picture (window, name);
  gtk_window_destroy (GTK_WINDOW (window));
  test_flush ();
}

static void
test_scenario (gconstpointer data)
{
  int width = GPOINTER_TO_INT (data);
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (TdSettings) settings = td_settings_new ();
  GtkWidget *panel = td_compare_panel_new (document, settings, catalogue);
  GtkWidget *window = show_in_window (panel, width, 720);
  g_autofree char *name = g_strdup_printf ("scenario-%d", width);
  AdwDialog *dialog;

  gtk_widget_activate_action (panel, "compare.scenario", NULL);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (window));
  g_assert_nonnull (dialog);
  draw (window);
  save_picture (window, name);
  gtk_window_destroy (GTK_WINDOW (window));
  test_flush ();
}

static void
test_details (gconstpointer data)
{
  int width = GPOINTER_TO_INT (data);
  g_autoptr (TdDocument) document = td_document_new ();
  g_autoptr (TdSettings) settings = td_settings_new ();
  GtkWidget *panel = td_compare_panel_new (document, settings, catalogue);
  GtkWidget *window = show_in_window (panel, width, 1900);
  TdCompareTable *table = td_compare_panel_get_table (TD_COMPARE_PANEL (panel));
  g_autofree char *name = g_strdup_printf ("details-%d", width);
  AdwDialog *dialog;

  td_compare_table_select (table, td_comparison_find_row (td_compare_panel_get_comparison (TD_COMPARE_PANEL (panel)),
                                                          "gpt-3.5-turbo"));
  gtk_widget_activate_action (GTK_WIDGET (table), "row.details", NULL);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (window));
  g_assert_nonnull (dialog);
  adw_dialog_set_content_height (dialog, 1850);
  draw (window);
  save_picture (window, name);
  gtk_window_destroy (GTK_WINDOW (window));
  test_flush ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), APP_PATH "/icons");
  add_style ();

  catalogue = td_catalogue_new_bundled (&error);
  g_assert_no_error (error);

  g_test_add_func ("/compare-panel/new-destroy", test_new_destroy);
  g_test_add_data_func ("/compare-panel/360", GINT_TO_POINTER (360), test_widths);
  g_test_add_data_func ("/compare-panel/480", GINT_TO_POINTER (480), test_widths);
  g_test_add_data_func ("/compare-panel/1000", GINT_TO_POINTER (1000), test_widths);

  g_test_add_data_func ("/compare-panel/scenario-360", GINT_TO_POINTER (360), test_scenario);
  g_test_add_data_func ("/compare-panel/scenario-1000", GINT_TO_POINTER (1000), test_scenario);

  g_test_add_data_func ("/compare-panel/details-360", GINT_TO_POINTER (360), test_details);
  g_test_add_data_func ("/compare-panel/details-1000", GINT_TO_POINTER (1000), test_details);

  result = g_test_run ();
  g_clear_object (&catalogue);

  return result;
}
