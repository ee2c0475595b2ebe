/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/editor/td-document-selection.h"
#include "app/editor/td-token-list.h"
#include "app/editor/td-token-row.h"

typedef struct
{
  TdDocument *document;
  GtkWidget *window;
  TdTokenList *list;
} Fixture;

static guint64 chosen[2];

static void
place_chosen_cb (TdTokenList *list,
                 guint64      first,
                 guint64      end)
{
  chosen[0] = first;
  chosen[1] = end;
}

static void
flush (Fixture *fixture)
{
  while (td_document_get_counting (fixture->document) || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_queue_draw (fixture->window);
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->document = td_document_new ();
  fixture->list = TD_TOKEN_LIST (td_token_list_new (fixture->document));
  g_signal_connect (fixture->list, "place-chosen", G_CALLBACK (place_chosen_cb), NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer list = g_object_ref (fixture->list);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (list);
  g_assert_finalize_object (fixture->document);
}

static void
set_text (Fixture    *fixture,
          const char *text)
{
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (fixture->document)), text, -1);
  flush (fixture);
}

/* The rows that exist, in the order of the tree. */
static void
collect (GtkWidget *widget,
         GPtrArray *rows)
{
  if (TD_IS_TOKEN_ROW (widget) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, rows);
}

static GPtrArray *
get_rows (Fixture *fixture)
{
  GPtrArray *rows = g_ptr_array_new ();

  collect (GTK_WIDGET (fixture->list), rows);

  return rows;
}

static void
test_name (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = NULL;

  set_text (fixture, "我是刘志军");
  g_assert_cmpuint (td_token_list_get_n_rows (fixture->list), ==, 1);
  rows = get_rows (fixture);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (td_token_row_get_spoken (rows->pdata[0]), ==,
                   "From token 1: 176389 我是, 49058 刘, 31044 志, 21623 军");

  td_token_list_set_show_text (fixture->list, FALSE);
  flush (fixture);
  g_assert_cmpstr (td_token_row_get_spoken (rows->pdata[0]), ==, "From token 1: 176389, 49058, 31044, 21623");

  /* Parts of characters are told by their bytes. */
  td_token_list_set_show_text (fixture->list, TRUE);
  td_document_set_encoding (fixture->document, TK_ENCODING_CL100K_BASE);
  flush (fixture);
  g_assert_nonnull (strstr (td_token_row_get_spoken (rows->pdata[0]), "\\xE5\\x88"));
}

static void
test_choose (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean picked = FALSE;

  set_text (fixture, "Hello world again");
  rows = get_rows (fixture);
  for (int x = 0; x < 400 && !picked; x++)
    {
      gsize token;

      picked = td_token_row_pick (rows->pdata[0], x, 10, &token) && token == 1;
    }
  g_assert_true (picked);

  g_signal_emit_by_name (gtk_widget_get_ancestor (rows->pdata[0], GTK_TYPE_LIST_VIEW), "activate", 0);
  g_assert_cmpuint (chosen[0], ==, 0);
  g_assert_cmpuint (chosen[1], ==, 17);
}

/* However many tokens there are, only rows near the screen exist. */
static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, " word");
  set_text (fixture, text->str);
  g_assert_cmpuint (td_token_list_get_n_rows (fixture->list), ==, 200000 / TD_TOKENS_PER_ROW);
  rows = get_rows (fixture);
  g_assert_cmpuint (rows->len, >, 0);
  g_assert_cmpuint (rows->len, <, 400);

  set_text (fixture, "");
  g_assert_cmpuint (td_token_list_get_n_rows (fixture->list), ==, 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
copy (Fixture *fixture)
{
  char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (fixture->list), "token-list.copy", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);

  return text;
}

/* The ids of all tokens, or of those that the selection touches. */
static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *all = NULL;
  g_autofree char *part = NULL;

  set_text (fixture, "Hello, world!");
  all = copy (fixture);
  g_assert_cmpstr (all, ==, "13225 11 2375 0");

  td_document_select (fixture->document, 1, 6);
  part = copy (fixture);
  g_assert_cmpstr (part, ==, "13225 11");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/editor/token-list/name", Fixture, NULL, set_up, test_name, tear_down);
  g_test_add ("/editor/token-list/choose", Fixture, NULL, set_up, test_choose, tear_down);
  g_test_add ("/editor/token-list/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/editor/token-list/long", Fixture, NULL, set_up, test_long, tear_down);

  return g_test_run ();
}
