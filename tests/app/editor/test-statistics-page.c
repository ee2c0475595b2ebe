/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/td-document-selection.h"
#include "app/editor/td-statistics-page.h"
#include "app-test-utils.h"

typedef struct
{
  TdDocument *document;
  GtkWidget *window;
  TdStatisticsPage *page;
} Fixture;

static void
flush (Fixture *fixture)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  while (!td_statistics_page_is_current (fixture->page) || td_document_get_counting (fixture->document))
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->document = td_document_new ();
  fixture->page = TD_STATISTICS_PAGE (td_statistics_page_new (fixture->document));
  fixture->window = test_present (GTK_WIDGET (fixture->page), 360, 600);
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

/* All that is written on the page, in its order, with marks between. */
static void
collect (GtkWidget *widget,
         GString   *text)
{
  if (!gtk_widget_get_visible (widget))
    return;

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s|", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static char *
dup_page (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  collect (GTK_WIDGET (fixture->page), text);

  return g_string_free (text, FALSE);
}

static void
assert_shows (Fixture    *fixture,
              const char *part)
{
  g_autofree char *text = dup_page (fixture);

  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in: %s", part, text);
}

static void
test_chinese (Fixture       *fixture,
              gconstpointer  data)
{
  set_text (fixture, "我是刘志军");
  assert_shows (fixture, "Whole Text|");
  assert_shows (fixture, "Tokens|4|Words|5|Characters|5|Characters as Seen|5|Chinese Characters|5|Bytes in UTF-8|15|");
  /* No word that is not Chinese: nothing to say about words. */
  assert_shows (fixture, "o200k_base|—|0.80|1.25|");
  assert_shows (fixture, "r50k_base|—|1.80|0.56|");
  assert_shows (fixture, "o200k_base|—|1250|");
  assert_shows (fixture, "r50k_base|—|556|");
  assert_shows (fixture, "≈ 750|≈ 400–500|");
}

static void
test_english (Fixture       *fixture,
              gconstpointer  data)
{
  set_text (fixture, "The quick brown fox jumps over the lazy dog.");
  assert_shows (fixture, "o200k_base|1.11|—|4.40|");
  assert_shows (fixture, "o200k_base|900|—|");
  assert_shows (fixture, "Heaviest Lines|Line 1|The quick brown fox jumps over the lazy dog.|10|");
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  set_text (fixture, "我是刘志军\nHello world\nHello");
  td_document_select (fixture->document, 6, 17);
  flush (fixture);
  assert_shows (fixture, "Selection, as a Text of Its Own|");
  assert_shows (fixture, "Tokens|2|Words|2|Characters|11|");
  assert_shows (fixture, "Line 1 of the Selection|Hello world|2|");

  td_document_select (fixture->document, 3, 3);
  flush (fixture);
  assert_shows (fixture, "Whole Text|");
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *text = NULL;

  flush (fixture);
  assert_shows (fixture, "Tokens|0|Words|0|");
  assert_shows (fixture, "o200k_base|—|—|—|");
  text = dup_page (fixture);
  g_assert_null (strstr (text, "Heaviest Lines"));
}

/* A long text goes to a worker, and an edit meanwhile makes the result a new one. */
static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "word\n");
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (fixture->document)), text->str, -1);
  while (!td_document_get_counting (fixture->document))
    g_main_context_iteration (NULL, TRUE);
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (td_document_get_buffer (fixture->document)), "我", -1);
  flush (fixture);
  assert_shows (fixture, "Chinese Characters|1|");
  assert_shows (fixture, "Lines|20001|");
}

static guint64 chosen[2];

static void
place_chosen_cb (TdStatisticsPage *page,
                 guint64           first,
                 guint64           end)
{
  chosen[0] = first;
  chosen[1] = end;
}

static gboolean
has_title (GtkWidget     *row,
           gconstpointer  title)
{
  return g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title);
}

static void
test_go_to_line (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *row;

  g_signal_connect (fixture->page, "place-chosen", G_CALLBACK (place_chosen_cb), NULL);
  set_text (fixture, "one\ntwo three four\nfive");
  row = test_find_widget (GTK_WIDGET (fixture->page), ADW_TYPE_ACTION_ROW, has_title, "Line 2");
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  g_assert_cmpuint (chosen[0], ==, 4);
  g_assert_cmpuint (chosen[1], ==, 19);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/editor/statistics-page/chinese", Fixture, NULL, set_up, test_chinese, tear_down);
  g_test_add ("/editor/statistics-page/english", Fixture, NULL, set_up, test_english, tear_down);
  g_test_add ("/editor/statistics-page/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/editor/statistics-page/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/editor/statistics-page/long", Fixture, NULL, set_up, test_long, tear_down);
  g_test_add ("/editor/statistics-page/go-to-line", Fixture, NULL, set_up, test_go_to_line, tear_down);

  return g_test_run ();
}
