/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/editor/td-token-view-private.h"
#include "token-view-fixture.h"

/* The keys of a TdTokenView, and what it gives to others. */

static gsize
get_character (Fixture *fixture)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (fixture->buffer, &cursor, gtk_text_buffer_get_insert (fixture->buffer));

  return td_text_buffer_get_character (&cursor);
}

static void
put_at_character (Fixture *fixture,
                  gsize    character)
{
  GtkTextIter iter;

  td_text_buffer_get_iter_at_character (TD_TEXT_BUFFER (fixture->buffer), &iter, character);
  gtk_text_buffer_place_cursor (fixture->buffer, &iter);
}

static void
move (Fixture         *fixture,
      GtkMovementStep  step,
      int              count,
      gboolean         extend)
{
  g_signal_emit_by_name (fixture->view, "move-cursor", step, count, extend);
}

/* The keys for moving feel as if a soft break were not there. */
static void
test_move_over_break (Fixture       *fixture,
                      gconstpointer  data)
{
  gsize place = token_view_set_broken_text (fixture);
  GtkTextIter start;
  GtkTextIter end;

  put_at_character (fixture, place - 3);
  for (gsize i = place - 2; i < place + 3; i++)
    {
      move (fixture, GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
      g_assert_cmpuint (get_character (fixture), ==, i);
    }
  for (gsize i = place + 2; i > place - 3; i--)
    {
      move (fixture, GTK_MOVEMENT_VISUAL_POSITIONS, -1, FALSE);
      g_assert_cmpuint (get_character (fixture), ==, i - 1);
    }

  put_at_character (fixture, place - 1);
  move (fixture, GTK_MOVEMENT_LOGICAL_POSITIONS, 2, TRUE);
  g_assert_cmpuint (get_character (fixture), ==, place + 1);
  gtk_text_buffer_get_selection_bounds (fixture->buffer, &start, &end);
  g_assert_cmpuint (td_text_buffer_get_character (&end) - td_text_buffer_get_character (&start), ==, 2);

  put_at_character (fixture, place);
  move (fixture, GTK_MOVEMENT_WORDS, -1, FALSE);
  g_assert_cmpuint (get_character (fixture), <, place);
  move (fixture, GTK_MOVEMENT_WORDS, 2, FALSE);
  g_assert_cmpuint (get_character (fixture), >, place);

  put_at_character (fixture, place + 10);
  move (fixture, GTK_MOVEMENT_PARAGRAPH_ENDS, -1, FALSE);
  g_assert_cmpuint (get_character (fixture), ==, 6);
  move (fixture, GTK_MOVEMENT_PARAGRAPH_ENDS, 1, FALSE);
  g_assert_cmpuint (get_character (fixture), ==, td_document_get_n_characters (fixture->document) - 5);
  put_at_character (fixture, place + 10);
  move (fixture, GTK_MOVEMENT_PARAGRAPHS, 2, FALSE);
  g_assert_cmpuint (get_character (fixture), ==, td_document_get_n_characters (fixture->document));
  put_at_character (fixture, place + 10);
  move (fixture, GTK_MOVEMENT_PARAGRAPHS, -2, FALSE);
  g_assert_cmpuint (get_character (fixture), ==, 0);
}

static char *
dup_text (Fixture *fixture)
{
  return td_text_buffer_dup_text (TD_TEXT_BUFFER (fixture->buffer), 0, G_MAXSIZE);
}

/* The keys for deleting take characters of the text and never only a break. */
static void
test_delete_at_break (Fixture       *fixture,
                      gconstpointer  data)
{
  gsize place = token_view_set_broken_text (fixture);
  g_autofree char *before = dup_text (fixture);
  g_autoptr (GString) wanted = g_string_new (before);
  g_autofree char *after_backspace = NULL;
  g_autofree char *after_delete = NULL;
  g_autofree char *after_undo = NULL;
  g_autofree char *after_line = NULL;
  GtkTextIter iter;

  put_at_character (fixture, place);
  g_signal_emit_by_name (fixture->view, "backspace");
  g_string_erase (wanted, (gssize) place - 1, 1);
  after_backspace = dup_text (fixture);
  g_assert_cmpstr (after_backspace, ==, wanted->str);

  /* From the other side of the break. */
  td_text_buffer_get_iter_at_character (TD_TEXT_BUFFER (fixture->buffer), &iter, place - 1);
  if (gtk_text_iter_starts_line (&iter))
    gtk_text_iter_backward_char (&iter);
  gtk_text_buffer_place_cursor (fixture->buffer, &iter);
  g_signal_emit_by_name (fixture->view, "delete-from-cursor", GTK_DELETE_CHARS, 1);
  g_string_erase (wanted, (gssize) place - 1, 1);
  after_delete = dup_text (fixture);
  g_assert_cmpstr (after_delete, ==, wanted->str);

  /* Whether the two are one step depends on whether GTK says that the cursor moved from one side of the break to the
   * other, which its versions do not agree on. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "text.undo", NULL);
  after_undo = dup_text (fixture);
  if (!g_str_equal (after_undo, before))
    {
      g_free (after_undo);
      gtk_widget_activate_action (GTK_WIDGET (fixture->view), "text.undo", NULL);
      after_undo = dup_text (fixture);
    }
  g_assert_cmpstr (after_undo, ==, before);

  put_at_character (fixture, place);
  g_signal_emit_by_name (fixture->view, "delete-from-cursor", GTK_DELETE_PARAGRAPHS, 1);
  after_line = dup_text (fixture);
  g_assert_cmpstr (after_line, ==, "first\nlast");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
read_clipboard (GdkClipboard *clipboard)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);

  return text;
}

/* What is copied, cut and pasted is the text, without breaks. */
static void
test_clipboard (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *selected = NULL;
  g_autofree char *pasted = NULL;
  gsize length;

  token_view_set_broken_text (fixture);
  text = dup_text (fixture);
  length = strlen (text);
  g_signal_emit_by_name (fixture->view, "select-all", TRUE);
  selected = read_clipboard (gtk_widget_get_primary_clipboard (GTK_WIDGET (fixture->view)));
  g_assert_cmpstr (selected, ==, text);

  g_signal_emit_by_name (fixture->view, "cut-clipboard");
  g_assert_cmpuint (td_document_get_n_characters (fixture->document), ==, 0);
  copied = read_clipboard (gtk_widget_get_clipboard (GTK_WIDGET (fixture->view)));
  g_assert_cmpstr (copied, ==, text);

  g_signal_emit_by_name (fixture->view, "paste-clipboard");
  while (td_document_get_n_characters (fixture->document) < length)
    g_main_context_iteration (NULL, TRUE);
  pasted = dup_text (fixture);
  g_assert_cmpstr (pasted, ==, text);
  g_assert_cmpint (gtk_text_buffer_get_line_count (fixture->buffer), >, 3);
  token_view_wait_until_painted (fixture);
}

static void
select_characters (Fixture *fixture,
                   gsize    first,
                   gsize    end)
{
  GtkTextIter start;
  GtkTextIter stop;

  td_text_buffer_get_iter_at_character (TD_TEXT_BUFFER (fixture->buffer), &start, first);
  td_text_buffer_get_iter_at_character (TD_TEXT_BUFFER (fixture->buffer), &stop, end);
  gtk_text_buffer_select_range (fixture->buffer, &start, &stop);
}

/* Three lines, of which the one in the middle is shown in pieces. */
static char *
dup_three_lines (const char *indent)
{
  g_autofree char *word = g_strnfill (9999, 'x');

  for (guint i = 9; i < 9999; i += 10)
    word[i] = ' ';

  return g_strdup_printf ("%sone\n%s%s\n\n%slast", indent, indent, word, indent);
}

/* Tab indents lines and not the pieces of one, Shift+Tab takes it back, and each is undone at once. */
static void
test_tab (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *plain = dup_three_lines ("");
  g_autofree char *indented = dup_three_lines ("\t");
  g_autofree char *spaced = dup_three_lines ("   ");
  g_autofree char *after_tab = NULL;
  g_autofree char *after_shift = NULL;
  g_autofree char *after_undo = NULL;
  g_autofree char *after_spaces = NULL;
  g_autofree char *replaced = NULL;

  token_view_set_text (fixture, plain);
  g_assert_cmpint (gtk_text_buffer_get_line_count (fixture->buffer), >, 4);
  select_characters (fixture, 1, strlen (plain));
  g_assert_true (_td_token_view_tab (fixture->view, FALSE));
  after_tab = dup_text (fixture);
  g_assert_cmpstr (after_tab, ==, indented);
  g_assert_true (_td_token_view_tab (fixture->view, TRUE));
  after_shift = dup_text (fixture);
  g_assert_cmpstr (after_shift, ==, plain);
  td_text_buffer_undo (TD_TEXT_BUFFER (fixture->buffer));
  after_undo = dup_text (fixture);
  g_assert_cmpstr (after_undo, ==, indented);

  token_view_set_text (fixture, spaced);
  select_characters (fixture, 0, strlen (spaced));
  g_assert_true (_td_token_view_tab (fixture->view, TRUE));
  after_spaces = dup_text (fixture);
  g_assert_cmpstr (after_spaces, ==, plain);

  /* Over several pieces of one line it replaces what is selected, as in any line. */
  select_characters (fixture, 5, 4 + 9999);
  g_assert_true (_td_token_view_tab (fixture->view, FALSE));
  replaced = dup_text (fixture);
  g_assert_cmpstr (replaced, ==, "one\nx\t\n\nlast");
  /* Without pieces it is left to GtkSourceView. */
  g_assert_false (_td_token_view_tab (fixture->view, FALSE));
}

/* What is dragged away has no breaks in it, and goes when it was moved. */
static void
test_drag (Fixture       *fixture,
           gconstpointer  data)
{
  gsize place = token_view_set_broken_text (fixture);
  g_autofree char *wanted = td_text_buffer_dup_text (TD_TEXT_BUFFER (fixture->buffer), place - 20, place + 20);
  gsize length = td_text_buffer_get_n_characters (TD_TEXT_BUFFER (fixture->buffer));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->view));
  gpointer source = NULL; /* of the view */
  g_autoptr (GdkContentProvider) outside = NULL;
  g_autoptr (GdkContentProvider) content = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GtkTextIter iter;
  GdkRectangle box;
  int x;
  int y;

  for (guint i = 0; source == NULL && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DRAG_SOURCE (controller))
        source = controller;
    }
  g_assert_nonnull (source);

  select_characters (fixture, place - 20, place + 20);
  td_text_buffer_get_iter_at_character (TD_TEXT_BUFFER (fixture->buffer), &iter, place + 10);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (fixture->view), &iter, 0, FALSE, 0, 0);
  token_view_wait_until_painted (fixture);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (fixture->view), &iter, &box);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (fixture->view), GTK_TEXT_WINDOW_WIDGET, box.x + 1, box.y + 1,
                                         &x, &y);
  g_signal_emit_by_name (source, "prepare", (double) x, (double) y, &content);
  g_assert_nonnull (content);
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, wanted);

  /* Beside the selection a drag selects. */
  g_signal_emit_by_name (source, "prepare", 1.0, (double) y + 3 * box.height, &outside);
  g_assert_null (outside);

  g_signal_emit_by_name (source, "drag-end", NULL, TRUE);
  g_assert_cmpuint (td_text_buffer_get_n_characters (TD_TEXT_BUFFER (fixture->buffer)), ==, length - 40);
}

/* A large text comes in several turns of the main loop, and is one step all the same. */
static void
test_large_paste (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkTextView *view = GTK_TEXT_VIEW (fixture->view);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  TdTextBuffer *buffer = td_document_get_buffer (fixture->document);
  g_autoptr (GString) line_by_line = g_string_new (NULL);
  g_autofree char *pasted = NULL;
  guint64 last = 0;
  guint n_turns = 0;
  GtkTextIter end;
  GtkTextIter cursor;

  while (line_by_line->len < 12000000)
    g_string_append (line_by_line, "One of very many lines, none of them long.\n");
  gdk_clipboard_set_text (clipboard, line_by_line->str);

  gtk_text_view_set_editable (view, FALSE);
  g_signal_emit_by_name (view, "paste-clipboard");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (td_document_get_n_characters (fixture->document), ==, 0);
  gtk_text_view_set_editable (view, TRUE);

  g_signal_emit_by_name (view, "paste-clipboard");
  while (td_document_get_n_characters (fixture->document) < line_by_line->len || td_document_get_loading (fixture->document))
    {
      g_main_context_iteration (NULL, TRUE);
      n_turns += td_document_get_n_characters (fixture->document) > last;
      last = td_document_get_n_characters (fixture->document);
    }
  g_assert_cmpuint (n_turns, >, 4);
  pasted = dup_text (fixture);
  g_assert_cmpstr (pasted, ==, line_by_line->str);
  gtk_text_buffer_get_end_iter (fixture->buffer, &end);
  gtk_text_buffer_get_iter_at_mark (fixture->buffer, &cursor, gtk_text_buffer_get_insert (fixture->buffer));
  g_assert_true (gtk_text_iter_equal (&cursor, &end));
  token_view_wait_until_painted (fixture);

  td_text_buffer_undo (buffer);
  g_assert_cmpuint (td_document_get_n_characters (fixture->document), ==, 0);
  g_assert_false (td_text_buffer_get_undoable (buffer));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD_TEST ("move-over-break", test_move_over_break);
  ADD_TEST ("delete-at-break", test_delete_at_break);
  ADD_TEST ("clipboard", test_clipboard);
  ADD_TEST ("drag", test_drag);
  ADD_TEST ("tab", test_tab);
  ADD_TEST ("large-paste", test_large_paste);

  return token_view_run_tests ();
}
