/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "app/editor/td-encodings-page.h"
#include "app-test-utils.h"

static void
flush (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

typedef struct
{
  TdDocument *document;
  GtkWidget *window;
  TdEncodingsPage *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->document = td_document_new ();
  fixture->page = TD_ENCODINGS_PAGE (td_encodings_page_new (fixture->document));
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
  flush ();
}

static const char *
get_tokens (Fixture      *fixture,
            TkEncodingId  encoding)
{
  return td_encoding_row_get_tokens (td_encodings_page_get_row (fixture->page, encoding));
}

/* 9, 7 and 4 tokens at one glance, live. */
static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  TdEncodingRow *row = td_encodings_page_get_row (fixture->page, TK_ENCODING_R50K_BASE);

  g_assert_cmpstr (get_tokens (fixture, TK_ENCODING_O200K_BASE), ==, "0");
  set_text (fixture, "我是刘志军");
  g_assert_cmpstr (get_tokens (fixture, TK_ENCODING_R50K_BASE), ==, "9");
  g_assert_cmpstr (get_tokens (fixture, TK_ENCODING_CL100K_BASE), ==, "7");
  g_assert_cmpstr (get_tokens (fixture, TK_ENCODING_O200K_BASE), ==, "4");
  g_assert_cmpstr (td_encoding_row_get_ratios (row), ==, "1.80 per character · 1.67 bytes a token · 2.25× the fewest");
  row = td_encodings_page_get_row (fixture->page, TK_ENCODING_O200K_BASE);
  g_assert_cmpstr (td_encoding_row_get_ratios (row), ==, "0.80 per character · 3.75 bytes a token · fewest");

  set_text (fixture, "!");
  g_assert_cmpstr (td_encoding_row_get_ratios (row), ==, "1.00 per character · 1.00 bytes a token · fewest");
}

/* A radio button switches the editor, and the editor the radio button. */
static void
test_choice (Fixture       *fixture,
             gconstpointer  data)
{
  TdEncodingRow *old = td_encodings_page_get_row (fixture->page, TK_ENCODING_R50K_BASE);
  TdEncodingRow *harmony = td_encodings_page_get_row (fixture->page, TK_ENCODING_O200K_HARMONY);

  gtk_check_button_set_active (td_encoding_row_get_check (old), TRUE);
  g_assert_cmpuint (td_document_get_encoding (fixture->document), ==, TK_ENCODING_R50K_BASE);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (harmony)));
  td_document_set_encoding (fixture->document, TK_ENCODING_O200K_HARMONY);
  flush ();
  g_assert_true (gtk_check_button_get_active (td_encoding_row_get_check (harmony)));
  g_assert_false (gtk_check_button_get_active (td_encoding_row_get_check (old)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (harmony)));
}

static void
test_accessible (Fixture       *fixture,
                 gconstpointer  data)
{
  TdEncodingRow *row = td_encodings_page_get_row (fixture->page, TK_ENCODING_CL100K_BASE);
  GtkAccessible *check = GTK_ACCESSIBLE (td_encoding_row_get_check (row));

  set_text (fixture, "我是刘志军");
  gtk_test_accessible_assert_role (check, GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_test_accessible_assert_property (check, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "7 tokens, 1.40 per character · 2.14 bytes a token · 1.75× the fewest");
}

/* A long text is counted by others: meanwhile the number is none, not an old one. */
static void
test_counting (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *text = g_strnfill (200000, 'a');

  set_text (fixture, "Hello");
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (fixture->document)), text, -1);
  while (td_document_get_counting (fixture->document))
    {
      guint64 n_tokens;

      g_main_context_iteration (NULL, TRUE);
      if (!td_document_get_token_count (fixture->document, TK_ENCODING_R50K_BASE, &n_tokens))
        g_assert_true (g_str_equal (get_tokens (fixture, TK_ENCODING_R50K_BASE), "…") ||
                       g_str_equal (get_tokens (fixture, TK_ENCODING_R50K_BASE), "1"));
    }
  flush ();
  g_assert_cmpstr (get_tokens (fixture, TK_ENCODING_R50K_BASE), !=, "…");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/editor/encodings-page/counts", Fixture, NULL, set_up, test_counts, tear_down);
  g_test_add ("/editor/encodings-page/choice", Fixture, NULL, set_up, test_choice, tear_down);
  g_test_add ("/editor/encodings-page/accessible", Fixture, NULL, set_up, test_accessible, tear_down);
  g_test_add ("/editor/encodings-page/counting", Fixture, NULL, set_up, test_counting, tear_down);

  return g_test_run ();
}
