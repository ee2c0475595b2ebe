/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/editor/td-document-selection.h"
#include "app/editor/td-token-list.h"
#include "app/editor/td-token-row.h"
#include "app-test-utils.h"

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
  fixture->window = test_present (GTK_WIDGET (fixture->list), 400, 500);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  test_close (fixture->window);
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

static void
move (Fixture  *fixture,
      int       delta,
      gboolean  extend)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->list), "token-list.move", "(ib)", delta, extend);
  flush (fixture);
}

/* The selected tokens of the first row, as a bit each. */
static guint
get_selected (Fixture *fixture)
{
  g_autoptr (GPtrArray) rows = get_rows (fixture);
  guint selected = 0;

  for (guint i = 0; i < TD_TOKENS_PER_ROW; i++)
    selected |= td_token_row_is_selected (rows->pdata[0], i) ? 1u << i : 0;

  return selected;
}

static void
assert_selection (Fixture *fixture,
                  guint    tokens,
                  gsize    first,
                  gsize    end)
{
  gsize own_first;
  gsize own_end;

  td_document_get_selection (fixture->document, &own_first, &own_end);
  g_assert_cmpuint (own_first, ==, first);
  g_assert_cmpuint (own_end, ==, end);
  g_assert_cmphex (get_selected (fixture), ==, tokens);
}

/* The keys select tokens, here and in the text, and what is selected is copied. */
static void
test_select (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *part = NULL;

  set_text (fixture, "Hello, world!");
  td_document_select (fixture->document, 0, 0);
  move (fixture, 1, FALSE);
  assert_selection (fixture, 0x1, 0, 5);
  move (fixture, 1, FALSE);
  assert_selection (fixture, 0x2, 5, 6);
  move (fixture, 1, TRUE);
  assert_selection (fixture, 0x6, 5, 12);
  part = copy (fixture);
  g_assert_cmpstr (part, ==, "11 2375");

  /* Back over where it was begun. */
  move (fixture, -1, TRUE);
  assert_selection (fixture, 0x2, 5, 6);
  move (fixture, -1, TRUE);
  assert_selection (fixture, 0x3, 0, 6);
  move (fixture, TD_TOKENS_PER_ROW, TRUE);
  assert_selection (fixture, 0xE, 5, 13);

  gtk_widget_activate_action (GTK_WIDGET (fixture->list), "token-list.select-all", NULL);
  flush (fixture);
  assert_selection (fixture, 0xF, 0, 13);
  /* What is selected in the text is selected here. */
  td_document_select (fixture->document, 8, 13);
  flush (fixture);
  assert_selection (fixture, 0xC, 8, 13);

  /* Enter shows the selection, not the row. */
  g_signal_emit_by_name (test_find_widget (fixture->window, GTK_TYPE_LIST_VIEW, NULL, NULL), "activate", 0);
  g_assert_cmpuint (chosen[0], ==, 8);
  g_assert_cmpuint (chosen[1], ==, 13);
}

/* The parts of a character are selected together, and the keys get past them. */
static void
test_select_parts (Fixture       *fixture,
                   gconstpointer  data)
{
  td_document_set_encoding (fixture->document, TK_ENCODING_CL100K_BASE);
  set_text (fixture, "我是刘志军");
  td_document_select (fixture->document, 2, 2);
  move (fixture, 1, FALSE);
  assert_selection (fixture, 0xC, 2, 3);
  move (fixture, 1, TRUE);
  assert_selection (fixture, 0x1C, 2, 4);
  move (fixture, 1, FALSE);
  assert_selection (fixture, 0x60, 4, 5);
  move (fixture, -1, TRUE);
  assert_selection (fixture, 0x70, 3, 5);
  move (fixture, -1, TRUE);
  assert_selection (fixture, 0x7C, 2, 5);
}

static void
too_many_cb (guint *n_calls)
{
  (*n_calls)++;
}

/* So many ids are not copied, and somebody is told. */
static void
test_too_many (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_calls = 0;

  for (guint i = 0; i <= TD_MOST_COPIED; i++)
    g_string_append (text, " word");
  g_signal_connect_swapped (fixture->list, "too-many", G_CALLBACK (too_many_cb), &n_calls);
  set_text (fixture, text->str);
  gtk_widget_activate_action (GTK_WIDGET (fixture->list), "token-list.copy", NULL);
  g_assert_cmpuint (n_calls, ==, 1);

  td_document_select (fixture->document, 0, 5);
  g_free (copy (fixture));
  g_assert_cmpuint (n_calls, ==, 1);
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
  g_test_add ("/editor/token-list/select", Fixture, NULL, set_up, test_select, tear_down);
  g_test_add ("/editor/token-list/select-parts", Fixture, NULL, set_up, test_select_parts, tear_down);
  g_test_add ("/editor/token-list/too-many", Fixture, NULL, set_up, test_too_many, tear_down);
  g_test_add ("/editor/token-list/long", Fixture, NULL, set_up, test_long, tear_down);

  return g_test_run ();
}
