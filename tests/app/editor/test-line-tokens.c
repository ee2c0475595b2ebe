/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/editor/td-line-weights.h"
#include "app/editor/td-token-view.h"

static void
wait_until_counted (TdDocument *document)
{
  while (td_document_get_counting (document))
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_heaviest (TdLineWeights *weights,
                   gsize          n_tokens)
{
  while (td_line_weights_get_heaviest (weights) != n_tokens)
    g_main_context_iteration (NULL, TRUE);
}

static void
get_line (TdDocument  *document,
          int          line,
          GtkTextIter *iter)
{
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (td_document_get_buffer (document)), iter);
  while (!td_text_buffer_starts_line (iter) || td_text_buffer_get_line (iter) < line)
    g_assert_true (gtk_text_iter_forward_line (iter));
}

static gsize
count (TdDocument *document,
       int         line)
{
  GtkTextIter iter;
  gsize n_tokens;

  get_line (document, line, &iter);
  g_assert_true (td_document_count_line (document, &iter, &n_tokens));

  return n_tokens;
}

static void
test_lines (void)
{
  TdDocument *document = td_document_new ();
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));
  g_autoptr (GString) text = g_string_new ("one two three\n\n\nfour\n我是刘志军\n");
  gsize sum = 0;
  guint64 total;

  /* A line in pieces, and one behind it. */
  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "word ");
  g_string_append (text, "\nlast");
  gtk_text_buffer_set_text (buffer, text->str, -1);
  wait_until_counted (document);

  /* The three line ends are one token, which begins in the first line. */
  g_assert_cmpuint (count (document, 0), ==, 4);
  g_assert_cmpuint (count (document, 1), ==, 0);
  g_assert_cmpuint (count (document, 2), ==, 0);
  g_assert_cmpuint (count (document, 3), ==, 2);
  g_assert_cmpuint (count (document, 6), ==, 1);
  g_assert_cmpint (gtk_text_buffer_get_line_count (buffer), >, 7);
  for (int line = 0; line <= 6; line++)
    sum += count (document, line);
  g_assert_true (td_document_get_token_count (document, td_document_get_encoding (document), &total));
  g_assert_cmpuint (sum, ==, total);

  g_assert_finalize_object (document);
}

static void
test_heavy (void)
{
  TdDocument *document = td_document_new ();
  TdLineWeights *weights = td_line_weights_new (document);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (td_document_get_buffer (document));

  g_assert_cmpuint (td_line_weights_get_heavy (weights), ==, 0);

  /* Three tokens, nine, and their line ends; empty lines do not make others heavy. */
  gtk_text_buffer_set_text (buffer, "a b c\n\na b c d e f g h i\n\na b c\n", -1);
  wait_for_heaviest (weights, 10);
  g_assert_cmpuint (td_line_weights_get_heavy (weights), ==, 10);

  /* Nothing stands out where all are alike. */
  gtk_text_buffer_set_text (buffer, "a b c\na b c\na b c\n", -1);
  wait_for_heaviest (weights, 4);
  g_assert_cmpuint (td_line_weights_get_heavy (weights), >, 4);

  gtk_text_buffer_set_text (buffer, "", -1);
  wait_for_heaviest (weights, 0);

  g_assert_finalize_object (weights);
  g_assert_finalize_object (document);
}

static void
test_gutter (void)
{
  TdDocument *document = td_document_new ();
  GtkWidget *view = td_token_view_new (document);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *gutter = GTK_WIDGET (gtk_source_view_get_gutter (GTK_SOURCE_VIEW (view), GTK_TEXT_WINDOW_LEFT));
  GtkWidget *renderer;
  int width;

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (document)), "one\ntwo three four\n", -1);
  g_object_set (view, "show-line-tokens", TRUE, NULL);
  g_assert_true (td_token_view_get_show_line_tokens (TD_TOKEN_VIEW (view)));
  gtk_test_widget_wait_for_draw (view);

  renderer = gtk_widget_get_first_child (gutter);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (renderer), GTK_ACCESSIBLE_PROPERTY_LABEL, "Tokens per Line");
  g_assert_nonnull (gtk_widget_get_tooltip_text (renderer));
  width = gtk_widget_get_width (renderer);
  g_assert_cmpint (width, >, 10);

  /* Room for a line of more than a hundred tokens. */
  for (guint i = 0; i < 200; i++)
    gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (td_document_get_buffer (document)), "and ", -1);
  while (gtk_widget_get_width (renderer) <= width)
    g_main_context_iteration (NULL, TRUE);

  g_object_set (view, "show-line-tokens", FALSE, NULL);
  g_assert_null (gtk_widget_get_first_child (gutter));

  /* In GtkSourceView 5.16 what a gutter has drawn last keeps its view alive; since May 2026 no longer. */
  g_object_ref (view);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_run_dispose (G_OBJECT (view));
  g_object_unref (view);
  g_assert_finalize_object (document);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/line-tokens/lines", test_lines);
  g_test_add_func ("/line-tokens/heavy", test_heavy);
  g_test_add_func ("/line-tokens/gutter", test_gutter);

  return g_test_run ();
}
