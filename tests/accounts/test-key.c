/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts/td-account-error.h"
#include "accounts/td-key.h"

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    const char *key;
  } cases[] = {
    { "sk-proj-Ab_9-x", "sk-proj-Ab_9-x" },
    { "  sk-1\r\n", "sk-1" },
    { "\t\nsk-1 \f", "sk-1" },
    { "a.b/c+d==", "a.b/c+d==" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SecretValue) key = td_key_new (cases[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (secret_value_get_text (key), ==, cases[i].key);
    }
}

static void
test_bad (void)
{
  g_autofree char *huge = g_strnfill (4097, 'k');
  const char * const cases[] = { "", " \n", "sk-1 sk-2", "sk-1\r\nX-Evil: 1", "sk-…", "sk-1\x7f", "密钥", huge };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SecretValue) key = td_key_new (cases[i], &error);

      g_assert_null (key);
      g_assert_error (error, TD_ACCOUNT_ERROR, TD_ACCOUNT_ERROR_BAD_KEY);
      /* Whatever was pasted by mistake may be a secret too. */
      g_assert_null (strstr (error->message, "sk-"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accounts/key/good", test_good);
  g_test_add_func ("/accounts/key/bad", test_bad);

  return g_test_run ();
}
