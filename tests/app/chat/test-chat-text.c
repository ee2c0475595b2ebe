/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/chat/td-chat-text.h"

/* Paints @text with tokens of these lengths, and gives the number of pieces of bands. */
static guint
paint (const char    *text,
       const guint32 *lengths,
       guint          n_lengths,
       int            width)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = td_chat_text_new ();
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (TdChatSpan));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int height;
  guint n_bands;

  for (guint i = 0; i < n_lengths; i++)
    {
      TdChatSpan span = { .n_bytes = lengths[i], .is_special = i == 0 };

      g_array_append_val (spans, span);
    }

  gtk_window_set_child (GTK_WINDOW (window), widget);
  td_chat_text_set_content (TD_CHAT_TEXT (widget), text, spans);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (widget, width, height, -1, NULL);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  n_bands = td_chat_text_get_n_bands (TD_CHAT_TEXT (widget));
  gtk_window_destroy (GTK_WINDOW (window));

  return n_bands;
}

static void
test_bands (void)
{
  const guint32 words[] = { 5, 1, 6 };
  /* 刘 is two tokens of two bytes and one, and 👍 is split in its middle. */
  const guint32 split[] = { 2, 1, 2, 2 };
  const guint32 none[] = { 1 };

  g_assert_cmpuint (paint ("Hello, world", words, 3, 2000), ==, 3);
  g_assert_cmpuint (paint ("刘👍", split, 4, 2000), ==, 4);
  g_assert_cmpuint (paint ("", none, 0, 200), ==, 0);
  /* A token over two characters, of which it takes the second's first byte only: a whole one and a part. */
  {
    const guint32 across[] = { 4, 2 };

    g_assert_cmpuint (paint ("刘是", across, 2, 2000), ==, 3);
  }
}

/* In a narrow space a long token is on several lines. */
static void
test_wrapped (void)
{
  g_autofree char *text = g_strnfill (200, 'a');
  const guint32 lengths[] = { 200 };

  g_assert_cmpuint (paint (text, lengths, 1, 100000), ==, 1);
  g_assert_cmpuint (paint (text, lengths, 1, 200), >, 3);
}

static void
test_height (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (td_chat_text_new ());
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (TdChatSpan));
  int narrow;
  int wide;

  td_chat_text_set_content (TD_CHAT_TEXT (widget), "The quick brown fox jumps over the lazy dog", spans);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, 100, &narrow, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, 2000, &wide, NULL, NULL, NULL);
  g_assert_cmpint (narrow, >, 2 * wide);
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "The quick brown fox jumps over the lazy dog");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/chat-text/bands", test_bands);
  g_test_add_func ("/chat-text/wrapped", test_wrapped);
  g_test_add_func ("/chat-text/height", test_height);

  return g_test_run ();
}
