/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-test-utils.h"

/* What the service itself counted, by OpenAI's cookbook. */
static void
test_cookbook (void)
{
  g_autoptr (TdChat) chat = test_load (COOKBOOK_CHAT);

  g_assert_cmpuint (test_count (chat, "gpt-3.5-turbo-0301").total, ==, 127);
  g_assert_cmpuint (test_count (chat, "gpt-3.5-turbo-0125").total, ==, 129);
  g_assert_cmpuint (test_count (chat, "gpt-4").total, ==, 129);
  g_assert_cmpuint (test_count (chat, "gpt-4-0314").total, ==, 129);
  g_assert_cmpuint (test_count (chat, "gpt-4o-2024-08-06").total, ==, 124);
  g_assert_cmpuint (test_count (chat, "gpt-4o-mini-2024-07-18").total, ==, 124);
  g_assert_cmpint (test_count (chat, "gpt-4").exactness, ==, TD_CHAT_EXACT);
  g_assert_cmpint (test_count (chat, "gpt-4o").exactness, ==, TD_CHAT_EXACT);
}

/* "Hello, world!" is 4 tokens in both vocabularies, 我是刘志军 7 and 4, 你好 2 and 1, each role 1. */
static void
test_arithmetic (void)
{
  g_autoptr (TdChat) chat = test_load ("[{\"role\": \"system\", \"content\": \"Hello, world!\"},"
                                       " {\"role\": \"user\", \"name\": \"你好\", \"content\": \"我是刘志军\"}]");
  TdChatCount count;

  /* 4 + 7; 2 × (3 + 1) + (2 + 1) + 3 */
  count = test_count (chat, "gpt-4");
  g_assert_cmpuint (count.text, ==, 11);
  g_assert_cmpuint (count.overhead, ==, 14);
  g_assert_cmpuint (count.total, ==, 25);
  /* 2 × (4 + 1) + (2 - 1) + 3 */
  count = test_count (chat, "gpt-3.5-turbo-0301");
  g_assert_cmpuint (count.overhead, ==, 14);
  /* 4 + 4; 2 × (3 + 1) + (1 + 1) + 3 */
  count = test_count (chat, "gpt-4o");
  g_assert_cmpuint (count.text, ==, 8);
  g_assert_cmpuint (count.overhead, ==, 13);
  g_assert_cmpint (count.exactness, ==, TD_CHAT_EXACT);
  /* The same numbers, but nobody has published them for it. */
  count = test_count (chat, "gpt-5");
  g_assert_cmpuint (count.total, ==, 21);
  g_assert_cmpint (count.exactness, ==, TD_CHAT_ESTIMATE);
  count = test_count (chat, "gpt-6-sol");
  g_assert_cmpint (count.exactness, ==, TD_CHAT_ESTIMATE);
}

static void
test_empty (void)
{
  g_autoptr (TdChat) chat = td_chat_new ();
  g_autoptr (TdChatMessage) message = td_chat_message_new (TD_CHAT_ROLE_USER, "");

  g_assert_cmpuint (test_count (chat, "gpt-4").total, ==, 0);
  g_assert_cmpuint (test_count (chat, "gpt-oss-120b").total, ==, 0);
  td_chat_insert (chat, 0, message);
  /* 3 + 1 + 3 */
  g_assert_cmpuint (test_count (chat, "gpt-4").total, ==, 7);
}

static void
test_models (void)
{
  g_autoptr (TdCatalogue) catalogue = td_catalogue_new_bundled (NULL);
  TdChatRules rules;
  guint n_exact = 0;
  static const char * const none[] = { "text-davinci-003", "text-embedding-3-small", "claude-sonnet-5" };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (td_chat_rules_for_model (&rules, td_catalogue_find (catalogue, none[i])));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (TdModel) model = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
      g_autofree char *description = NULL;

      if (!td_chat_rules_for_model (&rules, model))
        continue;
      description = td_chat_rules_describe (&rules, model);
      g_assert_cmpuint (strlen (description), >, 40);
      g_assert_true (td_chat_rules_equal (&rules, &rules));
      if (rules.exactness == TD_CHAT_EXACT)
        n_exact++;
      /* Exact is only what somebody has published. */
      if (rules.exactness == TD_CHAT_EXACT && !rules.is_harmony)
        g_assert_true (td_model_get_chat_overhead (model).known);
    }

  g_assert_cmpuint (n_exact, >=, 8);
}

static void
test_calls_and_answers (void)
{
  g_autoptr (TdChat) chat = test_load ("[{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"id\": \"1\", "
                                       "\"type\": \"function\", \"function\": {\"name\": \"你好\", \"arguments\": "
                                       "\"Hello, world!\"}}]}, {\"role\": \"tool\", \"tool_call_id\": \"1\", "
                                       "\"content\": \"我是刘志军\"}]");
  TdChatCount count = test_count (chat, "gpt-4");

  /* 2 + 4 + 3 for the call; 2 × (3 + 1) + 3 around the messages */
  g_assert_cmpuint (count.calls, ==, 9);
  g_assert_cmpuint (count.overhead, ==, 11);
  g_assert_cmpuint (count.text, ==, 7);
  g_assert_cmpint (count.exactness, ==, TD_CHAT_ESTIMATE);
}

static void
test_images (void)
{
  /* 1024 × 1024: 85 + 4 × 170 for gpt-4o; roughly 85; elsewhere unknown */
  g_autoptr (TdChat) chat = test_load ("[{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": "
                                       "{\"url\": \"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAABAAAAAQA\"}}]}]");
  g_autoptr (TdChat) far = test_load ("[{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"你好\"}, "
                                      "{\"type\": \"image_url\", \"image_url\": {\"url\": \"https://a/b.png\"}}, "
                                      "{\"type\": \"input_audio\"}]}]");
  TdChatCount count = test_count (chat, "gpt-4o");

  g_assert_cmpuint (count.images, ==, 765);
  g_assert_cmpuint (count.total, ==, 765 + 3 + 1 + 3);
  g_assert_cmpint (count.exactness, ==, TD_CHAT_ESTIMATE);
  g_assert_cmpuint (count.n_unknown, ==, 0);

  count = test_count (chat, "gpt-4");
  g_assert_cmpuint (count.images, ==, 0);
  g_assert_cmpuint (count.n_unknown, ==, 1);
  g_assert_cmpint (count.exactness, ==, TD_CHAT_AT_LEAST);

  count = test_count (far, "gpt-4o");
  g_assert_cmpuint (count.n_unknown, ==, 2);
  g_assert_cmpuint (count.total, ==, 1 + 3 + 1 + 3);
  g_assert_cmpint (count.exactness, ==, TD_CHAT_AT_LEAST);
}

static const char * const MODELS[] = { "gpt-3.5-turbo-0301", "gpt-4", "gpt-4o", "gpt-5", "gpt-oss-20b" };

/* The messages, what begins the answer and the functions add up to the total. */
static void
test_sum_of_parts (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (TdChat) chat = test_random_chat (g_test_rand_int_range (1, 12));
      g_autoptr (TdChatCounter) counter = td_chat_counter_new (chat, test_open_encoding, NULL);

      if (g_test_rand_bit ())
        td_chat_set_tools_text (chat, "[{\"name\": \"f\", \"description\": \"Do it.\"}]", NULL);
      td_chat_counter_finish (counter);
      for (guint j = 0; j < G_N_ELEMENTS (MODELS); j++)
        {
          TdChatRules rules = test_rules (MODELS[j]);
          TdChatCount total;
          guint64 sum = rules.is_harmony ? 2 : 3;

          g_assert_true (td_chat_counter_get_total (counter, &rules, &total));
          for (guint k = 0; k < td_chat_get_n_messages (chat); k++)
            {
              TdChatCount count;

              g_assert_true (td_chat_counter_get_message (counter, td_chat_get_message (chat, k), &rules, &count));
              g_assert_cmpuint (count.total, ==, count.text + count.overhead + count.calls + count.images);
              sum += count.total;
            }
          g_assert_cmpuint (total.total, ==, sum + total.tools);
        }
    }
}

/* Neither the order of messages nor being written and read matters. */
static void
test_order (void)
{
  for (guint i = 0; i < 15; i++)
    {
      guint n = g_test_rand_int_range (2, 12);
      g_autoptr (TdChat) chat = test_random_chat (n);
      guint64 before[G_N_ELEMENTS (MODELS)];
      g_autofree char *json = td_chat_to_json (chat);
      g_autoptr (TdChat) again = test_load (json);

      for (guint j = 0; j < G_N_ELEMENTS (MODELS); j++)
        before[j] = test_count (chat, MODELS[j]).total;
      for (guint j = 0; j < n; j++)
        td_chat_move (chat, g_test_rand_int_range (0, n), g_test_rand_int_range (0, n));
      for (guint j = 0; j < G_N_ELEMENTS (MODELS); j++)
        {
          g_assert_cmpuint (test_count (chat, MODELS[j]).total, ==, before[j]);
          g_assert_cmpuint (test_count (again, MODELS[j]).total, ==, before[j]);
        }
    }
}

static void
wait_for (TdChatCounter *counter)
{
  while (td_chat_counter_get_counting (counter))
    g_main_context_iteration (NULL, TRUE);
}

/* Counted on the way, in a worker and at once, with changes while it runs, it is the same. */
static void
test_worker (void)
{
  g_autoptr (TdChat) chat = test_random_chat (50);
  g_autoptr (TdChatCounter) counter = td_chat_counter_new (chat, test_open_encoding, NULL);
  g_autofree char *long_text = g_strnfill (200000, 'a');
  TdChatRules rules = test_rules ("gpt-4");
  TdChatCount count;

  g_assert_true (td_chat_counter_get_counting (counter));
  g_assert_false (td_chat_counter_get_total (counter, &rules, &count));
  wait_for (counter);
  g_assert_true (td_chat_counter_get_total (counter, &rules, &count));
  g_assert_cmpuint (count.total, ==, test_count (chat, "gpt-4").total);

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (TdChatMessage) message = td_chat_message_new (TD_CHAT_ROLE_USER, "新的 message");

      long_text[g_test_rand_int_range (0, 200000)] = ' ';
      td_chat_message_set_text (td_chat_get_message (chat, g_test_rand_int_range (0, 50)), long_text);
      td_chat_insert (chat, g_test_rand_int_range (0, 50), message);
      td_chat_remove (chat, g_test_rand_int_range (0, 50));
      g_assert_true (td_chat_counter_get_counting (counter));
      if (g_test_rand_bit ())
        g_main_context_iteration (NULL, FALSE);
    }

  wait_for (counter);
  g_assert_true (td_chat_counter_get_total (counter, &rules, &count));
  td_chat_clear (chat);
  wait_for (counter);
  g_assert_true (td_chat_counter_get_total (counter, &rules, &count));
  g_assert_cmpuint (count.total, ==, 0);
}

/* What is short is counted before the next frame, without a worker. */
static void
test_keystroke (void)
{
  g_autoptr (TdChat) chat = test_load (COOKBOOK_CHAT);
  g_autoptr (TdChatCounter) counter = td_chat_counter_new (chat, test_open_encoding, NULL);
  TdChatRules rules = test_rules ("gpt-4");
  TdChatCount count;

  g_main_context_iteration (NULL, FALSE);
  g_assert_false (td_chat_counter_get_counting (counter));
  g_assert_true (td_chat_counter_get_total (counter, &rules, &count));
  g_assert_cmpuint (count.total, ==, 129);
  td_chat_message_set_text (td_chat_get_message (chat, 0), "");
  g_main_context_iteration (NULL, FALSE);
  g_assert_true (td_chat_counter_get_total (counter, &rules, &count));
  g_assert_cmpuint (count.total, <, 129);
}

static const TkEncoding *
open_nothing (TkEncodingId   id,
              gpointer       user_data,
              GError       **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "There is no table.");

  return NULL;
}

static void
test_no_tables (void)
{
  g_autoptr (TdChat) chat = test_load (COOKBOOK_CHAT);
  g_autoptr (TdChatCounter) counter = td_chat_counter_new (chat, open_nothing, NULL);
  TdChatRules rules = test_rules ("gpt-4");
  TdChatCount count;

  td_chat_counter_finish (counter);
  g_assert_false (td_chat_counter_get_counting (counter));
  g_assert_false (td_chat_counter_get_total (counter, &rules, &count));
  g_assert_cmpstr (td_chat_counter_get_error (counter), ==, "There is no table.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat-counter/cookbook", test_cookbook);
  g_test_add_func ("/chat-counter/arithmetic", test_arithmetic);
  g_test_add_func ("/chat-counter/empty", test_empty);
  g_test_add_func ("/chat-counter/models", test_models);
  g_test_add_func ("/chat-counter/calls-and-answers", test_calls_and_answers);
  g_test_add_func ("/chat-counter/images", test_images);
  g_test_add_func ("/chat-counter/sum-of-parts", test_sum_of_parts);
  g_test_add_func ("/chat-counter/order", test_order);
  g_test_add_func ("/chat-counter/worker", test_worker);
  g_test_add_func ("/chat-counter/keystroke", test_keystroke);
  g_test_add_func ("/chat-counter/no-tables", test_no_tables);

  return g_test_run ();
}
