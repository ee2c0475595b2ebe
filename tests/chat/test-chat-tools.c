/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-test-utils.h"

/* What the service itself counted, by OpenAI's cookbook. */
static void
test_cookbook (void)
{
  g_autoptr (TdChat) chat = test_load (COOKBOOK_TOOLS);

  g_assert_cmpuint (test_count (chat, "gpt-4").total, ==, 105);
  g_assert_cmpuint (test_count (chat, "gpt-3.5-turbo").total, ==, 105);
  g_assert_cmpuint (test_count (chat, "gpt-4o").total, ==, 101);
  g_assert_cmpuint (test_count (chat, "gpt-4o-mini").total, ==, 101);
  g_assert_cmpint (test_count (chat, "gpt-4o").exactness, ==, TD_CHAT_ESTIMATE);
}

static void
test_typescript (void)
{
  g_autoptr (TdChat) chat = test_load (COOKBOOK_TOOLS);
  g_autofree char *text = td_chat_tools_to_typescript (td_chat_get_tools (chat));

  g_assert_cmpstr (text, ==,
                   "namespace functions {\n\n"
                   "// Get the current weather in a given location\n"
                   "type get_current_weather = (_: {\n"
                   "// The city and state, e.g. San Francisco, CA\n"
                   "location: string,\n"
                   "// The unit of temperature to return\n"
                   "unit?: \"celsius\" | \"fahrenheit\",\n"
                   "}) => any;\n\n"
                   "} // namespace functions");
}

static void
test_typescript_nested (void)
{
  g_autoptr (TdChat) chat = td_chat_new ();
  g_autofree char *text = NULL;

  g_assert_true (td_chat_set_tools_text (chat,
    "[{\"name\": \"a\"}, {\"name\": \"b\", \"parameters\": {\"type\": \"object\", \"properties\": {"
    "\"o\": {\"type\": \"object\", \"description\": \"outer\", \"properties\": {"
    "\"i\": {\"type\": \"array\", \"description\": \"inner\", \"items\": {\"type\": \"integer\"}}}, "
    "\"required\": [\"i\"]}, "
    "\"n\": {\"type\": \"number\", \"enum\": [1, 2.5]}, \"l\": {\"type\": \"array\"}, \"b\": {\"type\": \"boolean\"}, "
    "\"x\": {}}}}]", NULL));
  text = td_chat_tools_to_typescript (td_chat_get_tools (chat));

  g_assert_cmpstr (text, ==,
                   "namespace functions {\n\n"
                   "type a = () => any;\n\n"
                   "type b = (_: {\n"
                   "// outer\n"
                   "o?: {\n"
                   "  i: number[],\n"
                   "},\n"
                   "n?: 1 | 2.5,\n"
                   "l?: any[],\n"
                   "b?: boolean,\n"
                   "x?: any,\n"
                   "}) => any;\n\n"
                   "} // namespace functions");
}

/* The example of openai/harmony, docs/format.md. */
static void
test_harmony (void)
{
  g_autoptr (TdChat) chat = td_chat_new ();
  g_autofree char *text = NULL;
  gboolean is_sure;

  g_assert_true (td_chat_set_tools_text (chat,
    "[{\"name\": \"get_location\", \"description\": \"Gets the location of the user.\"},"
    "{\"name\": \"get_current_weather\", \"description\": \"Gets the current weather in the provided location.\", "
    "\"parameters\": {\"type\": \"object\", \"properties\": {\"location\": {\"type\": \"string\", \"description\": "
    "\"The city and state, e.g. San Francisco, CA\"}, \"format\": {\"type\": \"string\", \"enum\": [\"celsius\", "
    "\"fahrenheit\"], \"default\": \"celsius\"}}, \"required\": [\"location\"]}},"
    "{\"name\": \"get_multiple_weathers\", \"description\": \"Gets the current weather in the provided list of "
    "locations.\", \"parameters\": {\"type\": \"object\", \"properties\": {\"locations\": {\"type\": \"array\", "
    "\"items\": {\"type\": \"string\"}, \"description\": \"List of city and state, e.g. [\\\"San Francisco, CA\\\", "
    "\\\"New York, NY\\\"]\"}, \"format\": {\"type\": \"string\", \"enum\": [\"celsius\", \"fahrenheit\"], "
    "\"default\": \"celsius\"}}, \"required\": [\"locations\"]}}]", NULL));
  text = td_chat_tools_to_harmony (td_chat_get_tools (chat), &is_sure);

  g_assert_true (is_sure);
  g_assert_cmpstr (text, ==,
                   "# Tools\n\n"
                   "## functions\n\n"
                   "namespace functions {\n\n"
                   "// Gets the location of the user.\n"
                   "type get_location = () => any;\n\n"
                   "// Gets the current weather in the provided location.\n"
                   "type get_current_weather = (_: {\n"
                   "// The city and state, e.g. San Francisco, CA\n"
                   "location: string,\n"
                   "format?: \"celsius\" | \"fahrenheit\", // default: celsius\n"
                   "}) => any;\n\n"
                   "// Gets the current weather in the provided list of locations.\n"
                   "type get_multiple_weathers = (_: {\n"
                   "// List of city and state, e.g. [\"San Francisco, CA\", \"New York, NY\"]\n"
                   "locations: string[],\n"
                   "format?: \"celsius\" | \"fahrenheit\", // default: celsius\n"
                   "}) => any;\n\n"
                   "} // namespace functions");
}

static guint64
count_typescript (const char *json,
                  const char *model)
{
  g_autoptr (TdChat) chat = test_load (json);
  g_autoptr (TdChatCounter) counter = td_chat_counter_new (chat, test_open_encoding, NULL);
  TdChatRules rules = test_rules (model);
  guint64 n_tokens;

  td_chat_counter_finish (counter);
  g_assert_true (td_chat_counter_get_tools (counter, &rules, TD_CHAT_TOOLS_AS_TYPESCRIPT, &n_tokens));

  return n_tokens;
}

/* The constants around the text, one by one. */
static void
test_typescript_constants (void)
{
  const char *tools = "\"tools\": [{\"name\": \"f\"}]";
  g_autofree char *alone = g_strdup_printf ("{\"messages\": [], %s}", tools);
  g_autofree char *none = g_strdup_printf ("{\"messages\": [], \"tool_choice\": \"none\", %s}", tools);
  g_autofree char *named = g_strdup_printf ("{\"messages\": [], \"function_call\": {\"name\": \"你好\"}, %s}", tools);
  g_autofree char *system = g_strdup_printf ("{\"messages\": [{\"role\": \"system\", \"content\": \"Hi\\n\"}], %s}",
                                             tools);
  g_autofree char *padded = g_strdup_printf ("{\"messages\": [{\"role\": \"system\", \"content\": \"Hi\"}], %s}", tools);
  guint64 base = count_typescript (alone, "gpt-4");
  TkEncoder *encoder = tk_encoder_new (test_open_encoding (TK_ENCODING_CL100K_BASE, NULL, NULL));
  const char *text = "namespace functions {\n\ntype f = () => any;\n\n} // namespace functions";
  gsize n_tokens;

  g_assert_true (tk_count (encoder, text, strlen (text), NULL, &n_tokens, NULL));
  g_assert_cmpuint (base, ==, n_tokens + 9);
  g_assert_cmpuint (count_typescript (none, "gpt-4"), ==, base + 1);
  g_assert_cmpuint (count_typescript (named, "gpt-4"), ==, base + 4 + 2);
  g_assert_cmpuint (count_typescript (system, "gpt-4"), ==, base - 4);
  g_assert_cmpuint (count_typescript (padded, "gpt-4"), ==, base - 4 + 1);
  tk_encoder_free (encoder);
}

static void
test_built_in (void)
{
  g_autoptr (TdChat) chat = test_load ("{\"messages\": [], \"tools\": [{\"type\": \"web_search\"}]}");
  TdChatCount count = test_count (chat, "gpt-4o");

  g_assert_cmpuint (count.tools, ==, 0);
  g_assert_cmpuint (count.n_unknown, ==, 1);
  g_assert_cmpint (count.exactness, ==, TD_CHAT_AT_LEAST);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat-tools/cookbook", test_cookbook);
  g_test_add_func ("/chat-tools/typescript", test_typescript);
  g_test_add_func ("/chat-tools/typescript-nested", test_typescript_nested);
  g_test_add_func ("/chat-tools/typescript-constants", test_typescript_constants);
  g_test_add_func ("/chat-tools/harmony", test_harmony);
  g_test_add_func ("/chat-tools/built-in", test_built_in);

  return g_test_run ();
}
