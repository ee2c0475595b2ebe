/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "http/td-http-error.h"
#include "http/td-json.h"

static JsonNode *
parse (const char  *text,
       gsize        length,
       GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return td_json_parse (bytes, error);
}

static void
assert_bad (const char *text,
            gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = parse (text, length, &error);

  g_assert_null (root);
  g_assert_error (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ANSWER);
  g_assert_cmpstr (error->message, ==, "The answer is not valid JSON");
}

static void
test_bad (void)
{
  static const char * const cases[] = {
    "", " ", "{", "{\"a\":}", "[1,", "<html></html>", "\"abc", "{\"a\":1} trailing",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_bad (cases[i], strlen (cases[i]));

  assert_bad ("{\"a\":\"\xff\"}", 9);
  assert_bad ("[1,\0 2]", 7);
}

static void
test_depth (void)
{
  g_autofree char *brackets = g_malloc (200000);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  memset (brackets, '[', 100000);
  memset (brackets + 100000, ']', 100000);
  assert_bad (brackets, 200000);
  assert_bad (brackets + 100000 - 65, 130);

  root = parse (brackets + 100000 - 64, 128, &error);
  g_assert_no_error (error);
  g_clear_pointer (&root, json_node_unref);

  /* Brackets within a string, after an escaped quote too, are text. */
  memcpy (brackets, "[\"\\\"", 4);
  memset (brackets + 4, '[', 1000);
  memcpy (brackets + 1004, "\"]", 2);
  root = parse (brackets, 1006, &error);
  g_assert_no_error (error);
}

static void
test_members (void)
{
  const char *text = "{\"s\":\"x\",\"n\":null,\"i\":1,\"o\":{},\"a\":[]}";
  g_autoptr (JsonNode) root = parse (text, strlen (text), NULL);
  JsonObject *object = json_node_get_object (root);

  g_assert_cmpstr (td_json_object_get_string (object, "s"), ==, "x");
  g_assert_null (td_json_object_get_string (object, "n"));
  g_assert_null (td_json_object_get_string (object, "i"));
  g_assert_null (td_json_object_get_string (object, "o"));
  g_assert_null (td_json_object_get_string (object, "missing"));
  g_assert_nonnull (td_json_object_get_object (object, "o"));
  g_assert_null (td_json_object_get_object (object, "a"));
  g_assert_null (td_json_object_get_object (object, "n"));
  g_assert_nonnull (td_json_object_get_array (object, "a"));
  g_assert_null (td_json_object_get_array (object, "s"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http/json/bad", test_bad);
  g_test_add_func ("/http/json/depth", test_depth);
  g_test_add_func ("/http/json/members", test_members);

  return g_test_run ();
}
