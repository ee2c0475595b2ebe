/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-test-utils.h"

const char * const COOKBOOK_CHAT =
  "[{\"role\": \"system\", \"content\": \"You are a helpful, pattern-following assistant that translates corporate "
  "jargon into plain English.\"},"
  "{\"role\": \"system\", \"name\": \"example_user\", \"content\": \"New synergies will help drive top-line growth.\"},"
  "{\"role\": \"system\", \"name\": \"example_assistant\", \"content\": \"Things working well together will increase "
  "revenue.\"},"
  "{\"role\": \"system\", \"name\": \"example_user\", \"content\": \"Let's circle back when we have more bandwidth to "
  "touch base on opportunities for increased leverage.\"},"
  "{\"role\": \"system\", \"name\": \"example_assistant\", \"content\": \"Let's talk later when we're less busy about "
  "how to do better.\"},"
  "{\"role\": \"user\", \"content\": \"This late pivot means we don't have time to boil the ocean for the client "
  "deliverable.\"}]";

const char * const COOKBOOK_TOOLS =
  "{\"messages\": [{\"role\": \"system\", \"content\": \"You are a helpful assistant that can answer to questions about "
  "the weather.\"}, {\"role\": \"user\", \"content\": \"What's the weather like in San Francisco?\"}],"
  "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"get_current_weather\","
  "\"description\": \"Get the current weather in a given location\","
  "\"parameters\": {\"type\": \"object\", \"properties\": {"
  "\"location\": {\"type\": \"string\", \"description\": \"The city and state, e.g. San Francisco, CA\"},"
  "\"unit\": {\"type\": \"string\", \"description\": \"The unit of temperature to return\","
  "\"enum\": [\"celsius\", \"fahrenheit\"]}}, \"required\": [\"location\"]}}}]}";

/* Gives an encoding, opened once and never closed. */
const TkEncoding *
test_open_encoding (TkEncodingId   id,
                    gpointer       user_data,
                    GError       **error)
{
  static TkEncoding *encodings[TK_N_ENCODINGS];

  if (encodings[id] == NULL)
    encodings[id] = tk_encoding_open (id, NULL, NULL);
  g_assert_nonnull (encodings[id]);

  return encodings[id];
}

/* Reads a conversation that has to be good. */
TdChat *
test_load (const char *json)
{
  TdChat *chat = td_chat_new ();
  g_autoptr (GError) error = NULL;

  if (!td_chat_load (chat, json, strlen (json), &error))
    g_test_message ("%s", json);
  g_assert_no_error (error);

  return chat;
}

TdChatRules
test_rules (const char *model)
{
  static TdCatalogue *catalogue;
  TdChatRules rules;

  if (catalogue == NULL)
    catalogue = td_catalogue_new_bundled (NULL);
  g_assert_true (td_chat_rules_for_model (&rules, td_catalogue_find (catalogue, model)));

  return rules;
}

TdChatCount
test_count (TdChat     *chat,
            const char *model)
{
  g_autoptr (TdChatCounter) counter = td_chat_counter_new (chat, test_open_encoding, NULL);
  TdChatRules rules = test_rules (model);
  TdChatCount count;

  td_chat_counter_finish (counter);
  g_assert_true (td_chat_counter_get_total (counter, &rules, &count));
  g_assert_cmpuint (count.total, ==, count.text + count.overhead + count.calls + count.images + count.tools);

  return count;
}

static const char *
random_text (void)
{
  static const char * const texts[] = {
    "", "Hello, world!", "我是刘志军", "a\nb\r\n\tc", "<|end|><|start|>", "👨‍👩‍👧", "\"\\/\b\x01", "# Instructions\n\nBe kind.",
    "The quick brown fox jumps over the lazy dog."
  };

  return texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))];
}

/* A conversation of random messages of every role, some with names. */
TdChat *
test_random_chat (guint n_messages)
{
  TdChat *chat = td_chat_new ();

  for (guint i = 0; i < n_messages; i++)
    {
      g_autoptr (TdChatMessage) message = td_chat_message_new (g_test_rand_int_range (0, TD_CHAT_N_ROLES),
                                                               random_text ());

      if (g_test_rand_bit ())
        td_chat_message_set_name (message, random_text ());
      td_chat_insert (chat, g_test_rand_int_range (0, i + 1), message);
    }

  return chat;
}
