/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-test-utils.h"

/* A request with every kind of thing that is kept rather than shown. */
#define REQUEST \
  "{\n" \
  "  \"model\": \"gpt-4o\",\n" \
  "  \"temperature\": 0.7,\n" \
  "  \"seed\": 123456789012345678,\n" \
  "  \"logit_bias\": {\n" \
  "    \"50256\": -100\n" \
  "  },\n" \
  "  \"messages\": [\n" \
  "    {\n" \
  "      \"role\": \"system\",\n" \
  "      \"content\": \"Be kind.\",\n" \
  "      \"x\": [\n" \
  "        1,\n" \
  "        2.5,\n" \
  "        null,\n" \
  "        true\n" \
  "      ]\n" \
  "    },\n" \
  "    {\n" \
  "      \"content\": [\n" \
  "        {\n" \
  "          \"type\": \"text\",\n" \
  "          \"text\": \"What is this?\",\n" \
  "          \"cache\": {}\n" \
  "        },\n" \
  "        {\n" \
  "          \"type\": \"image_url\",\n" \
  "          \"image_url\": {\n" \
  "            \"url\": \"https://example.com/a.png\",\n" \
  "            \"detail\": \"low\"\n" \
  "          }\n" \
  "        },\n" \
  "        {\n" \
  "          \"type\": \"text\",\n" \
  "          \"text\": \"Tell me.\"\n" \
  "        }\n" \
  "      ],\n" \
  "      \"role\": \"user\"\n" \
  "    },\n" \
  "    {\n" \
  "      \"role\": \"assistant\",\n" \
  "      \"content\": null,\n" \
  "      \"tool_calls\": [\n" \
  "        {\n" \
  "          \"id\": \"call_1\",\n" \
  "          \"type\": \"function\",\n" \
  "          \"function\": {\n" \
  "            \"name\": \"look_up\",\n" \
  "            \"arguments\": \"{\\\"q\\\": \\\"cat\\\"}\"\n" \
  "          }\n" \
  "        }\n" \
  "      ]\n" \
  "    },\n" \
  "    {\n" \
  "      \"role\": \"tool\",\n" \
  "      \"tool_call_id\": \"call_1\",\n" \
  "      \"content\": \"A cat.\"\n" \
  "    }\n" \
  "  ],\n" \
  "  \"tools\": [\n" \
  "    {\n" \
  "      \"type\": \"function\",\n" \
  "      \"function\": {\n" \
  "        \"name\": \"look_up\",\n" \
  "        \"strict\": true\n" \
  "      }\n" \
  "    }\n" \
  "  ],\n" \
  "  \"stop\": []\n" \
  "}\n"

#define RESPONSES \
  "{\n" \
  "  \"instructions\": \"Be kind.\",\n" \
  "  \"input\": [\n" \
  "    {\n" \
  "      \"type\": \"message\",\n" \
  "      \"role\": \"user\",\n" \
  "      \"content\": [\n" \
  "        {\n" \
  "          \"type\": \"input_text\",\n" \
  "          \"text\": \"Hello, world!\"\n" \
  "        }\n" \
  "      ]\n" \
  "    },\n" \
  "    {\n" \
  "      \"type\": \"reasoning\",\n" \
  "      \"summary\": []\n" \
  "    },\n" \
  "    {\n" \
  "      \"type\": \"function_call\",\n" \
  "      \"call_id\": \"c\",\n" \
  "      \"name\": \"look_up\",\n" \
  "      \"arguments\": \"{}\"\n" \
  "    },\n" \
  "    {\n" \
  "      \"type\": \"function_call_output\",\n" \
  "      \"call_id\": \"c\",\n" \
  "      \"output\": \"A cat.\"\n" \
  "    }\n" \
  "  ],\n" \
  "  \"store\": false\n" \
  "}\n"

static void
assert_json (TdChat     *chat,
             const char *expected)
{
  g_autofree char *json = td_chat_to_json (chat);

  g_assert_cmpstr (json, ==, expected);
}

static void
test_round_trip (void)
{
  static const char * const documents[] = {
    REQUEST,
    RESPONSES,
    "[]\n",
    "{\n  \"input\": \"Hello\"\n}\n",
    "{\n  \"messages\": [],\n  \"functions\": [\n    {\n      \"name\": \"f\"\n    }\n  ]\n}\n",
    "{\n  \"messages\": [],\n  \"tools\": null,\n  \"x\": 0.1,\n  \"y\": 1e+05,\n  \"z\": 1e+300\n}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (TdChat) chat = test_load (documents[i]);

      assert_json (chat, documents[i]);
    }
}

static void
test_read (void)
{
  g_autoptr (TdChat) chat = test_load (REQUEST);
  TdChatMessage *message;

  g_assert_cmpuint (td_chat_get_n_messages (chat), ==, 4);
  message = td_chat_get_message (chat, 1);
  g_assert_cmpint (td_chat_message_get_role (message), ==, TD_CHAT_ROLE_USER);
  g_assert_cmpstr (td_chat_message_get_text (message), ==, "What is this?\nTell me.");
  g_assert_cmpuint (td_chat_message_get_n_images (message), ==, 1);
  g_assert_true (td_chat_message_get_image (message, 0)->low_detail);
  g_assert_cmpuint (td_chat_message_get_image (message, 0)->width, ==, 0);
  g_assert_false (td_chat_message_is_plain (message));
  message = td_chat_get_message (chat, 2);
  g_assert_cmpuint (td_chat_message_get_n_calls (message), ==, 1);
  g_assert_cmpstr (td_chat_message_get_call (message, 0)->name, ==, "look_up");
  g_assert_cmpstr (td_chat_message_get_call (message, 0)->arguments, ==, "{\"q\": \"cat\"}");
  message = td_chat_get_message (chat, 3);
  g_assert_cmpstr (td_chat_message_get_function (message), ==, "look_up");
  g_assert_cmpstr (td_chat_message_get_name (message), ==, NULL);
  g_assert_cmpuint (td_chat_tools_get_n (td_chat_get_tools (chat)), ==, 1);
}

static void
test_read_responses (void)
{
  g_autoptr (TdChat) chat = test_load (RESPONSES);

  g_assert_cmpuint (td_chat_get_n_messages (chat), ==, 5);
  g_assert_cmpint (td_chat_message_get_role (td_chat_get_message (chat, 0)), ==, TD_CHAT_ROLE_DEVELOPER);
  g_assert_false (td_chat_message_can_set_role (td_chat_get_message (chat, 0)));
  g_assert_cmpstr (td_chat_message_get_text (td_chat_get_message (chat, 1)), ==, "Hello, world!");
  g_assert_cmpuint (td_chat_message_get_n_unknown (td_chat_get_message (chat, 2)), ==, 1);
  g_assert_cmpuint (td_chat_message_get_n_calls (td_chat_get_message (chat, 3)), ==, 1);
  g_assert_cmpstr (td_chat_message_get_text (td_chat_get_message (chat, 4)), ==, "A cat.");
  g_assert_cmpstr (td_chat_message_get_function (td_chat_get_message (chat, 4)), ==, "look_up");

  td_chat_message_set_text (td_chat_get_message (chat, 4), "A dog.");
  td_chat_message_set_role (td_chat_get_message (chat, 4), TD_CHAT_ROLE_USER);
  g_assert_cmpint (td_chat_message_get_role (td_chat_get_message (chat, 4)), ==, TD_CHAT_ROLE_TOOL);
  td_chat_remove (chat, 0);
  td_chat_remove (chat, 0);
  td_chat_remove (chat, 0);
  td_chat_remove (chat, 0);
  assert_json (chat, "{\n  \"input\": [\n    {\n      \"type\": \"function_call_output\",\n      \"call_id\": \"c\",\n"
                     "      \"output\": \"A dog.\"\n    }\n  ],\n  \"store\": false\n}\n");
}

/* What is changed changes, what is not stays. */
static void
test_edit (void)
{
  g_autoptr (TdChat) chat = test_load ("[{\"x\": 1, \"content\": [{\"type\": \"text\", \"text\": \"a\"}, {\"type\": "
                                       "\"file\"}, {\"type\": \"text\", \"text\": \"b\"}], \"role\": \"user\", "
                                       "\"name\": \"ann\"}, {\"role\": \"assistant\", \"content\": null, "
                                       "\"refusal\": \"no\"}]");
  TdChatMessage *message = td_chat_get_message (chat, 0);
  g_autoptr (TdChatMessage) added = td_chat_message_new (TD_CHAT_ROLE_TOOL, "t");

  g_assert_cmpstr (td_chat_message_get_text (message), ==, "a\nb");
  td_chat_message_set_text (message, "c\nd");
  td_chat_message_set_role (message, TD_CHAT_ROLE_DEVELOPER);
  td_chat_message_set_name (message, "");
  td_chat_message_set_text (td_chat_get_message (chat, 1), "yes");
  td_chat_insert (chat, 2, added);
  td_chat_message_set_name (added, "f");

  assert_json (chat, "[\n  {\n    \"x\": 1,\n    \"content\": [\n      {\n        \"type\": \"text\",\n        "
                     "\"text\": \"c\\nd\"\n      },\n      {\n        \"type\": \"file\"\n      }\n    ],\n    "
                     "\"role\": \"developer\"\n  },\n  {\n    \"role\": \"assistant\",\n    \"content\": \"yes\",\n    "
                     "\"refusal\": \"no\"\n  },\n  {\n    \"role\": \"tool\",\n    \"name\": \"f\",\n    "
                     "\"content\": \"t\"\n  }\n]\n");
}

/* A picture without words gets words. */
static void
test_edit_image (void)
{
  g_autoptr (TdChat) chat = test_load ("[{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": "
                                       "{\"url\": \"u\"}}]}]");

  td_chat_message_set_text (td_chat_get_message (chat, 0), "Look:");
  assert_json (chat, "[\n  {\n    \"role\": \"user\",\n    \"content\": [\n      {\n        \"type\": \"text\",\n        "
                     "\"text\": \"Look:\"\n      },\n      {\n        \"type\": \"image_url\",\n        "
                     "\"image_url\": {\n          \"url\": \"u\"\n        }\n      }\n    ]\n  }\n]\n");
}

static void
test_tools_text (void)
{
  g_autoptr (TdChat) chat = td_chat_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (td_chat_set_tools_text (chat, "{\"name\": \"f\"}", NULL));
  g_assert_cmpuint (td_chat_tools_get_n (td_chat_get_tools (chat)), ==, 1);
  assert_json (chat, "{\n  \"messages\": [],\n  \"tools\": [\n    {\n      \"name\": \"f\"\n    }\n  ]\n}\n");
  text = td_chat_dup_tools_text (chat);
  g_assert_cmpstr (text, ==, "[\n  {\n    \"name\": \"f\"\n  }\n]\n");

  g_assert_false (td_chat_set_tools_text (chat, "[{\"nome\": 1}]", &error));
  g_assert_error (error, TD_CHAT_ERROR, TD_CHAT_ERROR_TOOLS);
  g_assert_cmpuint (td_chat_tools_get_n (td_chat_get_tools (chat)), ==, 1);

  g_assert_true (td_chat_set_tools_text (chat, REQUEST, NULL));
  g_assert_true (td_chat_set_tools_text (chat, " \n", NULL));
  g_assert_null (td_chat_get_tools (chat));
  assert_json (chat, "[]\n");
}

static void
test_append (void)
{
  g_autoptr (TdChat) chat = td_chat_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (td_chat_append_json (chat, REQUEST, strlen (REQUEST), NULL));
  assert_json (chat, REQUEST);
  g_assert_false (td_chat_append_json (chat, RESPONSES, strlen (RESPONSES), &error));
  g_assert_error (error, TD_CHAT_ERROR, TD_CHAT_ERROR_FORMAT);
  assert_json (chat, REQUEST);
  g_assert_true (td_chat_append_json (chat, "{\"input\": \"x\", \"instructions\": \"y\"}", 35, NULL));
  g_assert_cmpuint (td_chat_get_n_messages (chat), ==, 6);
  g_assert_cmpstr (td_chat_message_get_text (td_chat_get_message (chat, 4)), ==, "y");
  g_assert_true (td_chat_message_can_set_role (td_chat_get_message (chat, 4)));

  td_chat_clear (chat);
  assert_json (chat, "[]\n");
}

static void
items_changed_cb (GListModel *list,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  GPtrArray *mirror = user_data;

  g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, (int) (position + i), g_list_model_get_item (list, position + i));
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (list));
}

/* Whatever is done, who follows the list's signals sees the list. */
static void
test_list (void)
{
  g_autoptr (TdChat) chat = td_chat_new ();
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);

  g_signal_connect (chat, "items-changed", G_CALLBACK (items_changed_cb), mirror);
  for (guint i = 0; i < 500; i++)
    {
      guint n = td_chat_get_n_messages (chat);

      if (n == 0 || g_test_rand_int_range (0, 3) == 0)
        {
          g_autoptr (TdChatMessage) message = td_chat_message_new (TD_CHAT_ROLE_USER, "x");

          td_chat_insert (chat, g_test_rand_int_range (0, n + 1), message);
        }
      else if (g_test_rand_int_range (0, 4) == 0)
        {
          td_chat_remove (chat, g_test_rand_int_range (0, n));
        }
      else
        {
          guint from = g_test_rand_int_range (0, n);
          guint to = g_test_rand_int_range (0, n);
          TdChatMessage *message = td_chat_get_message (chat, from);
          guint index;

          td_chat_move (chat, from, to);
          g_assert_true (td_chat_find (chat, message, &index));
          g_assert_cmpuint (index, ==, to);
        }

      for (guint j = 0; j < mirror->len; j++)
        g_assert_true (g_ptr_array_index (mirror, j) == td_chat_get_message (chat, j));
    }
}

static const struct
{
  const char *json;
  TdChatError code;
  const char *part;
} BAD[] = {
  { "", TD_CHAT_ERROR_SYNTAX, "nothing" },
  { " \n", TD_CHAT_ERROR_SYNTAX, "nothing" },
  { "[", TD_CHAT_ERROR_SYNTAX, "JSON" },
  { "[{]", TD_CHAT_ERROR_SYNTAX, "line 1" },
  { "[\n{\"role\": \"user\",}]", TD_CHAT_ERROR_SYNTAX, "line 2" },
  { "[\"\xff\"]", TD_CHAT_ERROR_SYNTAX, "UTF-8" },
  { "[\n\"a\\u0000b\"]", TD_CHAT_ERROR_SYNTAX, "Line 2" },
  { "[{\"role\": \"user\", \"content\": \"\", \"n\": 12345678901234567890123}]", TD_CHAT_ERROR_SYNTAX, "digits" },
  { "[{\"role\": \"user\", \"content\": \"\", \"n\": -1e999}]", TD_CHAT_ERROR_SYNTAX, "too large" },
  { "3", TD_CHAT_ERROR_FORMAT, "messages" },
  { "{}", TD_CHAT_ERROR_FORMAT, "messages" },
  { "{\"messages\": {}}", TD_CHAT_ERROR_FORMAT, "messages" },
  { "[1]", TD_CHAT_ERROR_MESSAGE, "Message 1" },
  { "[{\"role\": \"user\", \"content\": \"\"}, {\"content\": \"\"}]", TD_CHAT_ERROR_MESSAGE, "Message 2, “role”" },
  { "[{\"role\": 3, \"content\": \"\"}]", TD_CHAT_ERROR_MESSAGE, "Message 1, “role”" },
  { "[{\"role\": \"human\", \"content\": \"\"}]", TD_CHAT_ERROR_MESSAGE, "“human”" },
  { "[{\"role\": \"user\"}]", TD_CHAT_ERROR_MESSAGE, "Message 1, “content”" },
  { "[{\"role\": \"user\", \"content\": 3}]", TD_CHAT_ERROR_MESSAGE, "Message 1, “content”" },
  { "[{\"role\": \"user\", \"content\": [3]}]", TD_CHAT_ERROR_MESSAGE, "“content[0]”" },
  { "[{\"role\": \"user\", \"content\": [{}]}]", TD_CHAT_ERROR_MESSAGE, "“content[0]”" },
  { "[{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}]", TD_CHAT_ERROR_MESSAGE, "“content[0]”" },
  { "[{\"role\": \"user\", \"content\": \"\", \"name\": []}]", TD_CHAT_ERROR_MESSAGE, "“name”" },
  { "[{\"role\": \"assistant\", \"tool_calls\": {}}]", TD_CHAT_ERROR_MESSAGE, "“tool_calls”" },
  { "[{\"role\": \"assistant\", \"tool_calls\": [{\"function\": {\"name\": \"f\"}}]}]", TD_CHAT_ERROR_MESSAGE,
    "“tool_calls[0]”" },
  { "{\"messages\": [], \"tools\": {}}", TD_CHAT_ERROR_TOOLS, "list" },
  { "{\"messages\": [], \"tools\": [{\"name\": \"f\"}, {}]}", TD_CHAT_ERROR_TOOLS, "Tool 2, “name”" },
  { "{\"messages\": [], \"tools\": [{\"name\": \"f\", \"parameters\": 1}]}", TD_CHAT_ERROR_TOOLS, "“parameters”" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (TdChat) chat = test_load (REQUEST);
      g_autoptr (GError) error = NULL;

      g_assert_false (td_chat_load (chat, BAD[i].json, strlen (BAD[i].json), &error));
      g_assert_error (error, TD_CHAT_ERROR, (int) BAD[i].code);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, BAD[i].part));
      assert_json (chat, REQUEST);
    }
}

static void
test_deep (void)
{
  g_autoptr (TdChat) chat = td_chat_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (json, '[');

  g_assert_false (td_chat_load (chat, json->str, json->len, &error));
  g_assert_error (error, TD_CHAT_ERROR, TD_CHAT_ERROR_SYNTAX);
}

/* Whatever comes, it is read or refused; what is read can be written and is then the same. */
static void
test_damaged (void)
{
  static const char * const sources[] = { REQUEST, RESPONSES };
  guint n_read = 0;

  for (guint i = 0; i < 4000; i++)
    {
      const char *source = sources[i % G_N_ELEMENTS (sources)];
      g_autofree char *json = g_strdup (source);
      gsize length = strlen (json);
      g_autoptr (TdChat) chat = td_chat_new ();

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        json[g_test_rand_int_range (0, length)] = "\"{}[]:,0\\u-e.\xe6tx \n"[g_test_rand_int_range (0, 18)];
      if (g_test_rand_int_range (0, 4) == 0)
        length = g_test_rand_int_range (0, length);

      if (td_chat_load (chat, json, length, NULL))
        {
          g_autofree char *written = td_chat_to_json (chat);
          g_autoptr (TdChat) again = test_load (written);

          assert_json (again, written);
          n_read++;
        }
    }

  g_test_message ("%u of 4000 could be read", n_read);
  g_assert_cmpuint (n_read, >, 100);
}

static void
test_random_round_trip (void)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (TdChat) chat = test_random_chat (g_test_rand_int_range (0, 20));
      g_autofree char *json = td_chat_messages_to_json (chat);
      g_autoptr (TdChat) again = test_load (json);

      g_assert_cmpuint (td_chat_get_n_messages (again), ==, td_chat_get_n_messages (chat));
      for (guint j = 0; j < td_chat_get_n_messages (chat); j++)
        {
          TdChatMessage *a = td_chat_get_message (chat, j);
          TdChatMessage *b = td_chat_get_message (again, j);

          g_assert_cmpint (td_chat_message_get_role (a), ==, td_chat_message_get_role (b));
          g_assert_cmpstr (td_chat_message_get_text (a), ==, td_chat_message_get_text (b));
          g_assert_cmpstr (td_chat_message_get_name (a), ==, td_chat_message_get_name (b));
        }
      assert_json (again, json);
    }
}

static void
test_images (void)
{
  /* 3 × 2 pixels, in each format as its specification lays the size out */
  static const struct
  {
    const char *base64;
    guint width;
    guint height;
  } images[] = {
    { "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFN", 3, 2 },
    { "R0lGODlhAwACAIAAAP///wAAACH5", 3, 2 },
    { "/9j/4AAQSkZJRgABAQAAAQABAAD/wAARCAACAAMDASIAAhEBAxEB", 3, 2 },
    { "UklGRjAAAABXRUJQVlA4WAoAAAAAAAAAAgAAAQAAQUxQSAAA", 3, 2 },
    { "UklGRhoAAABXRUJQVlA4TA0AAAAvAkAAAAcQERGIiP4HAA==", 3, 2 },
    { "iVBORw0KGgo=", 0, 0 },
    { "bm8gcGljdHVyZSBhdCBhbGwsIGp1c3Qgd29yZHM=", 0, 0 },
    { "", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (images); i++)
    {
      g_autofree char *json = g_strdup_printf ("[{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", "
                                               "\"image_url\": {\"url\": \"data:image/png;base64,%s\"}}]}]",
                                               images[i].base64);
      g_autoptr (TdChat) chat = test_load (json);
      const TdChatImage *image = td_chat_message_get_image (td_chat_get_message (chat, 0), 0);

      g_test_message ("%s", images[i].base64);
      g_assert_cmpuint (image->width, ==, images[i].width);
      g_assert_cmpuint (image->height, ==, images[i].height);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/round-trip", test_round_trip);
  g_test_add_func ("/chat/read", test_read);
  g_test_add_func ("/chat/read-responses", test_read_responses);
  g_test_add_func ("/chat/edit", test_edit);
  g_test_add_func ("/chat/edit-image", test_edit_image);
  g_test_add_func ("/chat/tools-text", test_tools_text);
  g_test_add_func ("/chat/append", test_append);
  g_test_add_func ("/chat/list", test_list);
  g_test_add_func ("/chat/bad", test_bad);
  g_test_add_func ("/chat/deep", test_deep);
  g_test_add_func ("/chat/damaged", test_damaged);
  g_test_add_func ("/chat/random-round-trip", test_random_round_trip);
  g_test_add_func ("/chat/images", test_images);

  return g_test_run ();
}
