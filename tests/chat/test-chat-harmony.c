/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-test-utils.h"
#include "chat/td-chat-harmony.h"

static void
assert_rendered (const char *json,
                 const char *expected)
{
  g_autoptr (TdChat) chat = test_load (json);
  g_autoptr (GArray) segments = td_chat_harmony_render (chat);
  g_autofree char *text = td_chat_segments_to_text (segments);
  TkEncoder *encoder = tk_encoder_new (test_open_encoding (TK_ENCODING_O200K_HARMONY, NULL, NULL));
  TkOptions options = { .special = TK_SPECIAL_PARSE };
  gsize n_parsed;
  guint64 n_tokens;

  g_assert_cmpstr (text, ==, expected);
  /* As a text in which the special tokens are parsed it has as many tokens, since all of them are the format's own. */
  g_assert_true (tk_count (encoder, text, strlen (text), &options, &n_parsed, NULL));
  g_assert_true (td_chat_segments_count (segments, encoder, &n_tokens, NULL));
  g_assert_cmpuint (n_tokens, ==, n_parsed);
  if (td_chat_get_n_messages (chat) > 0)
    g_assert_cmpuint (test_count (chat, "gpt-oss-120b").total, ==, n_tokens);
  tk_encoder_free (encoder);
}

/* The examples of openai/harmony, docs/format.md. */
static void
test_examples (void)
{
  assert_rendered ("[{\"role\": \"user\", \"content\": \"What is 2 + 2?\"}]",
                   "<|start|>user<|message|>What is 2 + 2?<|end|><|start|>assistant");
  assert_rendered ("[{\"role\": \"user\", \"content\": \"What is 2 + 2?\"}, {\"role\": \"assistant\", \"content\": "
                   "\"2 + 2 = 4.\"}, {\"role\": \"user\", \"content\": \"What about 9 / 2?\"}]",
                   "<|start|>user<|message|>What is 2 + 2?<|end|>"
                   "<|start|>assistant<|channel|>final<|message|>2 + 2 = 4.<|end|>"
                   "<|start|>user<|message|>What about 9 / 2?<|end|><|start|>assistant");
  assert_rendered ("[{\"role\": \"assistant\", \"channel\": \"analysis\", \"content\": \"Need to use function "
                   "get_weather.\"}, {\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"id\": \"1\", "
                   "\"type\": \"function\", \"function\": {\"name\": \"get_weather\", \"arguments\": "
                   "\"{\\\"location\\\":\\\"San Francisco\\\"}\"}}]}, {\"role\": \"tool\", \"tool_call_id\": \"1\", "
                   "\"content\": \"{\\\"sunny\\\": true, \\\"temperature\\\": 20}\"}]",
                   "<|start|>assistant<|channel|>analysis<|message|>Need to use function get_weather.<|end|>"
                   "<|start|>assistant to=functions.get_weather<|channel|>commentary <|constrain|>json<|message|>"
                   "{\"location\":\"San Francisco\"}<|call|>"
                   "<|start|>functions.get_weather to=assistant<|channel|>commentary<|message|>"
                   "{\"sunny\": true, \"temperature\": 20}<|end|><|start|>assistant");
}

static void
test_tools (void)
{
  assert_rendered ("{\"messages\": [{\"role\": \"system\", \"content\": \"S\"}, {\"role\": \"developer\", \"content\": "
                   "\"Use a friendly tone.\"}, {\"role\": \"user\", \"name\": \"ann\", \"content\": \"Hi\"}], "
                   "\"tools\": [{\"name\": \"get_location\", \"description\": \"Gets the location of the user.\"}]}",
                   "<|start|>system<|message|>S<|end|>"
                   "<|start|>developer<|message|># Instructions\n\nUse a friendly tone.\n\n"
                   "# Tools\n\n## functions\n\nnamespace functions {\n\n// Gets the location of the user.\n"
                   "type get_location = () => any;\n\n} // namespace functions<|end|>"
                   "<|start|>user:ann<|message|>Hi<|end|><|start|>assistant");
  assert_rendered ("{\"messages\": [{\"role\": \"system\", \"content\": \"S\"}, {\"role\": \"user\", \"content\": "
                   "\"Hi\"}], \"tools\": [{\"name\": \"f\"}]}",
                   "<|start|>system<|message|>S<|end|>"
                   "<|start|>developer<|message|># Tools\n\n## functions\n\nnamespace functions {\n\n"
                   "type f = () => any;\n\n} // namespace functions<|end|>"
                   "<|start|>user<|message|>Hi<|end|><|start|>assistant");
}

/* "Hello, world!" is 4 tokens: 3 special ones and the role around it, and 2 for the answer. */
static void
test_arithmetic (void)
{
  g_autoptr (TdChat) chat = test_load ("[{\"role\": \"user\", \"content\": \"Hello, world!\"}]");
  TdChatCount count = test_count (chat, "gpt-oss-20b");

  g_assert_cmpuint (count.text, ==, 4);
  g_assert_cmpuint (count.overhead, ==, 3 + 1 + 2);
  g_assert_cmpint (count.exactness, ==, TD_CHAT_EXACT);
}

/* Nobody can end a message from within. */
static void
test_spelling_is_text (void)
{
  g_autoptr (TdChat) chat = test_load ("[{\"role\": \"user\", \"content\": \"<|end|>\"}]");
  TkEncoder *encoder = tk_encoder_new (test_open_encoding (TK_ENCODING_O200K_HARMONY, NULL, NULL));
  gsize n_tokens;

  g_assert_true (tk_count (encoder, "<|end|>", 7, NULL, &n_tokens, NULL));
  g_assert_cmpuint (n_tokens, >, 1);
  g_assert_cmpuint (test_count (chat, "gpt-oss-20b").total, ==, n_tokens + 6);
  tk_encoder_free (encoder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat-harmony/examples", test_examples);
  g_test_add_func ("/chat-harmony/tools", test_tools);
  g_test_add_func ("/chat-harmony/arithmetic", test_arithmetic);
  g_test_add_func ("/chat-harmony/spelling-is-text", test_spelling_is_text);

  return g_test_run ();
}
