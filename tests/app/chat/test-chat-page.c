/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <gtksourceview/gtksource.h>

#include "app/chat/td-chat-page.h"
#include "app/chat/td-chat-row.h"
#include "app/chat/td-chat-text.h"
#include "app/compare/td-comparison.h"
#include "pricing/td-format.h"
#include "app-test-utils.h"

#define TWO \
  "[{\"role\": \"system\", \"content\": \"Hello, world!\"}," \
  " {\"role\": \"user\", \"name\": \"你好\", \"content\": \"我是刘志军\"}]"

static TdCatalogue *catalogue;

/* A page in a window of its own. */
typedef struct
{
  GtkWindow *window;
  TdDocument *document;
  TdChatPage *page;
  TdChatState *state;
  TdChat *chat;
} Fixture;

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

#define wait_until(condition) \
  G_STMT_START \
    { \
      guint wake_id = g_timeout_add (20, wake_cb, NULL); \
      gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC; \
      while (!(condition)) \
        { \
          g_assert_cmpint (g_get_monotonic_time (), <, deadline); \
          g_main_context_iteration (NULL, TRUE); \
        } \
      g_source_remove (wake_id); \
    } \
  G_STMT_END

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->document = td_document_new ();
  fixture->page = g_object_new (TD_TYPE_CHAT_PAGE, NULL);
  td_chat_page_set_up (fixture->page, catalogue, fixture->document);
  fixture->state = td_chat_page_get_state (fixture->page);
  fixture->chat = td_chat_state_get_chat (fixture->state);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 500, 700);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->document);
}

static void
load (Fixture    *fixture,
      const char *json)
{
  g_autoptr (GError) error = NULL;

  td_chat_page_load (fixture->page, json, strlen (json), &error);
  g_assert_no_error (error);
  wait_until (!td_chat_counter_get_counting (td_chat_state_get_counter (fixture->state)));
}

static gboolean
is_on_screen (GtkWidget     *widget,
              gconstpointer  text)
{
  return gtk_widget_get_mapped (widget) && test_shows_text (widget, text);
}

static gboolean
shows_message (GtkWidget     *widget,
               gconstpointer  message)
{
  return td_chat_row_get_message (TD_CHAT_ROW (widget)) == message;
}

static TdChatRow *
find_row (Fixture *fixture,
          guint    index)
{
  TdChatMessage *message = td_chat_get_message (fixture->chat, index);
  GtkWidget *row;

  wait_until ((row = test_find_widget (GTK_WIDGET (fixture->page), TD_TYPE_CHAT_ROW, shows_message, message)) != NULL);

  return TD_CHAT_ROW (row);
}

/* Waits until a label with this text is on the screen. */
static void
wait_for (Fixture    *fixture,
          const char *text)
{
  wait_until (test_find_widget (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, is_on_screen, text) != NULL);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  wait_for (fixture, "No Messages");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "chat.add", NULL);
  g_assert_cmpuint (td_chat_get_n_messages (fixture->chat), ==, 1);
  /* 3 + 1 + 3 */
  wait_for (fixture, "7 tokens");
  /* A new message wants to be written. */
  wait_until (td_chat_row_get_editing (find_row (fixture, 0)));
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  load (fixture, TWO);
  wait_for (fixture, "21 tokens");
  wait_for (fixture, "8 text + 13 around it");
  wait_for (fixture, "4 + 4");
  wait_for (fixture, "4 + 6");

  td_chat_state_set_model (fixture->state, td_catalogue_find (catalogue, "gpt-4"));
  wait_for (fixture, "25 tokens");
  wait_for (fixture, "7 + 7");
  td_chat_state_set_model (fixture->state, td_catalogue_find (catalogue, "gpt-5"));
  wait_for (fixture, "≈\302\24021 tokens");
}

static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  TdChatRow *row;
  GtkTextView *view;

  load (fixture, TWO);
  row = find_row (fixture, 1);
  gtk_widget_activate_action (GTK_WIDGET (row), "message.edit", NULL);
  g_assert_true (td_chat_row_get_editing (row));
  view = GTK_TEXT_VIEW (test_find_widget (GTK_WIDGET (row), GTK_TYPE_TEXT_VIEW, NULL, NULL));
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (view), "Hello, world!", -1);
  g_assert_cmpstr (td_chat_message_get_text (td_chat_get_message (fixture->chat, 1)), ==, "我是刘志军Hello, world!");
  wait_for (fixture, "25 tokens");

  gtk_widget_activate_action (GTK_WIDGET (row), "message.role", "s", "developer");
  g_assert_cmpint (td_chat_message_get_role (td_chat_get_message (fixture->chat, 1)), ==, TD_CHAT_ROLE_DEVELOPER);
  /* Replaced while it is edited: the new message has not been touched. */
  load (fixture, TWO);
  g_assert_cmpstr (td_chat_message_get_text (td_chat_get_message (fixture->chat, 1)), ==, "我是刘志军");
  wait_for (fixture, "21 tokens");
}

/* While a message is edited another one is added below it, and is edited then. */
static void
test_add_while_editing (Fixture       *fixture,
                        gconstpointer  data)
{
  load (fixture, TWO);
  gtk_widget_activate_action (GTK_WIDGET (find_row (fixture, 0)), "message.edit", NULL);
  wait_until (td_chat_row_get_editing (find_row (fixture, 0)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "chat.add", NULL);
  g_assert_cmpuint (td_chat_get_n_messages (fixture->chat), ==, 3);
  wait_until (td_chat_row_get_editing (find_row (fixture, 1)));
  wait_until (!td_chat_row_get_editing (find_row (fixture, 0)));
  wait_for (fixture, "25 tokens");
}

static void
test_move_and_remove (Fixture       *fixture,
                      gconstpointer  data)
{
  TdChatMessage *first;

  load (fixture, TWO);
  first = td_chat_get_message (fixture->chat, 0);
  gtk_widget_activate_action (GTK_WIDGET (find_row (fixture, 0)), "message.move-up", NULL);
  g_assert_true (td_chat_get_message (fixture->chat, 0) == first);
  gtk_widget_activate_action (GTK_WIDGET (find_row (fixture, 0)), "message.move-down", NULL);
  g_assert_true (td_chat_get_message (fixture->chat, 1) == first);
  wait_for (fixture, "21 tokens");

  gtk_widget_activate_action (GTK_WIDGET (find_row (fixture, 1)), "message.remove", NULL);
  g_assert_cmpuint (td_chat_get_n_messages (fixture->chat), ==, 1);
  wait_for (fixture, "Message removed");
  wait_for (fixture, "13 tokens");
}

static void
test_harmony (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (TdChatSpan));
  g_autofree char *text = NULL;
  guint n_special = 0;
  guint n_bytes = 0;

  load (fixture, TWO);
  td_chat_state_set_model (fixture->state, td_catalogue_find (catalogue, "gpt-oss-120b"));
  td_chat_state_set_show_special (fixture->state, TRUE);
  text = td_chat_state_render (fixture->state, td_chat_get_message (fixture->chat, 0), spans);
  g_assert_cmpstr (text, ==, "<|start|>system<|message|>Hello, world!<|end|>");
  for (guint i = 0; i < spans->len; i++)
    {
      n_special += g_array_index (spans, TdChatSpan, i).is_special ? 1 : 0;
      n_bytes += g_array_index (spans, TdChatSpan, i).n_bytes;
    }
  g_assert_cmpuint (n_special, ==, 3);
  g_assert_cmpuint (n_bytes, ==, strlen (text));
  g_assert_cmpuint (spans->len, ==, 3 + 1 + 4);
}

/* What is shown of a long message is as long as its bands. */
static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autoptr (TdChatMessage) message = td_chat_message_new (TD_CHAT_ROLE_USER, long_text);
  static const char * const models[] = { "gpt-4", "gpt-oss-120b" };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (TdChatSpan));
      g_autofree char *text = NULL;
      guint n_bytes = 0;

      td_chat_state_set_model (fixture->state, td_catalogue_find (catalogue, models[i]));
      td_chat_state_set_show_special (fixture->state, TRUE);
      text = td_chat_state_render (fixture->state, message, spans);
      for (guint j = 0; j < spans->len; j++)
        n_bytes += g_array_index (spans, TdChatSpan, j).n_bytes;
      g_assert_cmpuint (strlen (text), <, 4000);
      g_assert_nonnull (strstr (text, "…"));
      g_assert_cmpuint (n_bytes, ==, strlen (text) - (i == 0 ? strlen ("…") : 0));
    }
}

static void
test_use_text (Fixture       *fixture,
               gconstpointer  data)
{
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (td_document_get_buffer (fixture->document)), "Hello, world!", -1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "chat.use-text", NULL);
  g_assert_cmpuint (td_chat_get_n_messages (fixture->chat), ==, 1);
  /* 4 + 3 + 1 + 3 */
  wait_for (fixture, "11 tokens");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "chat.clear", NULL);
  wait_for (fixture, "No Messages");
}

/* A thousand messages are a few widgets. */
static gsize
count_rows (GtkWidget *widget)
{
  gsize n = TD_IS_CHAT_ROW (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GString) json = g_string_new ("[");
  g_autofree char *number = NULL;
  g_autofree char *total = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (json, "%s{\"role\": \"user\", \"content\": \"Hello, world!\"}", i > 0 ? "," : "");
  g_string_append (json, "]");
  load (fixture, json->str);
  /* 3,000 × (4 + 3 + 1) + 3 */
  number = td_number_format (24003);
  total = g_strconcat (number, " tokens", NULL);
  wait_for (fixture, total);
  g_assert_cmpuint (count_rows (GTK_WIDGET (fixture->page)), >, 0);
  g_assert_cmpuint (count_rows (GTK_WIDGET (fixture->page)), <, 300);
}

/* The comparison counts the conversation by the rules of each model while it is told to. */
static void
test_comparison (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (TdComparison) comparison = td_comparison_new (fixture->document, NULL, catalogue);

  load (fixture, TWO);
  td_comparison_set_chat (comparison, td_chat_state_get_counter (fixture->state));
  td_comparison_update (comparison);
  g_assert_cmpuint (td_model_row_get_tokens (td_comparison_find_row (comparison, "gpt-4")), ==, 25);
  g_assert_cmpuint (td_model_row_get_tokens (td_comparison_find_row (comparison, "gpt-4o")), ==, 21);
  g_assert_cmpint (td_model_row_get_quote (td_comparison_find_row (comparison, "gpt-4o"))->flags & TD_QUOTE_ESTIMATE,
                   ==, 0);
  g_assert_cmpuint (td_model_row_get_tokens (td_comparison_find_row (comparison, "gpt-5")), ==, 21);
  g_assert_cmpint (td_model_row_get_quote (td_comparison_find_row (comparison, "gpt-5"))->flags & TD_QUOTE_ESTIMATE,
                   !=, 0);
  g_assert_cmpint (td_model_row_get_token_state (td_comparison_find_row (comparison, "text-davinci-003")), ==,
                   TD_ROW_TOKENS_NONE);

  td_chat_remove (fixture->chat, 1);
  wait_until (!td_chat_counter_get_counting (td_chat_state_get_counter (fixture->state)));
  td_comparison_update (comparison);
  g_assert_cmpuint (td_model_row_get_tokens (td_comparison_find_row (comparison, "gpt-4")), ==, 11);

  wait_until (!td_document_get_counting (fixture->document));
  td_comparison_set_chat (comparison, NULL);
  td_comparison_update (comparison);
  g_assert_cmpuint (td_model_row_get_tokens (td_comparison_find_row (comparison, "gpt-4")), ==, 0);
}

#define ADD(path, function) g_test_add ("/chat-page/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();
  catalogue = td_catalogue_new_bundled (NULL);

  ADD ("empty", test_empty);
  ADD ("counts", test_counts);
  ADD ("edit", test_edit);
  ADD ("add-while-editing", test_add_while_editing);
  ADD ("move-and-remove", test_move_and_remove);
  ADD ("harmony", test_harmony);
  ADD ("long", test_long);
  ADD ("use-text", test_use_text);
  ADD ("many", test_many);
  ADD ("comparison", test_comparison);

  status = g_test_run ();
  g_object_unref (catalogue);

  return status;
}
