/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/editor/td-token-palette.h"
#include "token-view-fixture.h"

void
token_view_wait_until_painted (Fixture *fixture)
{
  while (td_document_get_counting (fixture->document) || !td_token_view_is_painted (fixture->view) ||
         gtk_widget_get_width (GTK_WIDGET (fixture->view)) == 0 || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (fixture->view));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->view));
}

void
token_view_set_up (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture->document = td_document_new ();
  fixture->view = TD_TOKEN_VIEW (td_token_view_new (fixture->document));
  fixture->buffer = GTK_TEXT_BUFFER (td_document_get_buffer (fixture->document));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (fixture->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (fixture->view), TRUE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (fixture->view), 10);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (fixture->view));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), scrolled);
  gtk_window_present (GTK_WINDOW (fixture->window));
  token_view_wait_until_painted (fixture);
}

void
token_view_tear_down (Fixture       *fixture,
                      gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* In GtkSourceView 5.16 what a gutter has drawn last keeps its view alive; since May 2026 no longer. */
  if (fixture->had_gutter && fixture->view != NULL)
    g_object_run_dispose (G_OBJECT (fixture->view));
  g_assert_null (fixture->view);
  g_assert_finalize_object (fixture->document);
}

void
token_view_set_text (Fixture    *fixture,
                     const char *text)
{
  gtk_text_buffer_set_text (fixture->buffer, text, -1);
  token_view_wait_until_painted (fixture);
}

/* Returns where the first soft break is, in characters of the document. */
gsize
token_view_set_broken_text (Fixture *fixture)
{
  const TdSoftBreaks *breaks = td_text_buffer_get_soft_breaks (TD_TEXT_BUFFER (fixture->buffer));
  g_autoptr (GString) text = g_string_new ("first\n");
  gsize found;

  while (text->len < 12000)
    g_string_append (text, "word, ");
  g_string_append (text, "end\nlast");
  token_view_set_text (fixture, text->str);
  g_assert_true (td_soft_breaks_find_next (breaks, 0, &found));

  return td_soft_breaks_to_document (breaks, found);
}

/* What was drawn --------------------------------------------------------------------------------------------------- */

static int
find_color (const GdkRGBA *color)
{
  const TdTokenPalette *palette = td_token_palette_get (FALSE, FALSE);

  for (int i = 0; i < TD_N_TOKEN_COLORS; i++)
    {
      if (gdk_rgba_equal (color, &palette->bands[i]))
        return i;
    }

  return gdk_rgba_equal (color, &palette->tick) ? -1 : -2;
}

static void
collect (GskRenderNode *node,
         GskTransform  *transform,
         GArray        *drawn)
{
  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        collect (gsk_container_node_get_child (node, i), transform, drawn);
      break;

    case GSK_TRANSFORM_NODE:
      {
        GskTransform *inner = gsk_transform_transform (gsk_transform_ref (transform),
                                                       gsk_transform_node_get_transform (node));

        collect (gsk_transform_node_get_child (node), inner, drawn);
        gsk_transform_unref (inner);
      }
      break;

    case GSK_CLIP_NODE:
      collect (gsk_clip_node_get_child (node), transform, drawn);
      break;

    case GSK_ROUNDED_CLIP_NODE:
      collect (gsk_rounded_clip_node_get_child (node), transform, drawn);
      break;

    case GSK_DEBUG_NODE:
      collect (gsk_debug_node_get_child (node), transform, drawn);
      break;

    case GSK_COLOR_NODE:
      {
        Drawn one = { .color = find_color (gsk_color_node_get_color (node)) };
        graphene_rect_t bounds;

        gsk_render_node_get_bounds (node, &bounds);
        gsk_transform_transform_bounds (transform, &bounds, &one.rect);
        if (one.color >= -1)
          g_array_append_val (drawn, one);
      }
      break;

    default:
      break;
    }
}

GArray *
token_view_get_drawn (Fixture *fixture)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (fixture->view));
  g_autoptr (GskRenderNode) node = NULL;
  GArray *drawn = g_array_new (FALSE, FALSE, sizeof (Drawn));

  /* The first frames of a new window may be empty. */
  while (node == NULL)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      token_view_wait_until_painted (fixture);
      gdk_paintable_snapshot (paintable, snapshot,
                              gtk_widget_get_width (GTK_WIDGET (fixture->view)),
                              gtk_widget_get_height (GTK_WIDGET (fixture->view)));
      node = gtk_snapshot_free_to_node (snapshot);
    }
  collect (node, NULL, drawn);

  return drawn;
}

/* Where a character is, in the coordinates of the view. */
graphene_rect_t
token_view_get_place (Fixture *fixture,
                      int      offset)
{
  GtkTextIter iter;
  GdkRectangle place;
  int x;
  int y;

  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &iter, offset);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (fixture->view), &iter, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (fixture->view), GTK_TEXT_WINDOW_WIDGET,
                                         MIN (place.x, place.x + place.width), place.y, &x, &y);

  return GRAPHENE_RECT_INIT (x, y, ABS (place.width), place.height);
}

int
token_view_run_tests (void)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);

  return g_test_run ();
}
