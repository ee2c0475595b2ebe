/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "accounts/td-account-error.h"
#include "app/preferences/td-service-error-text.h"
#include "http/td-http-error.h"

#define HOST "relay.example.com"

/* Every code there is has a text that says more than the error does. */
static void
assert_good_text (const GError *error,
                  GHashTable   *seen)
{
  g_autofree char *text = td_service_error_text (error, HOST);
  g_autofree char *credit_text = td_credit_error_text (error, HOST);

  g_assert_nonnull (text);
  g_assert_cmpuint (strlen (text), >, 30);
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, error->message));
  g_hash_table_add (seen, g_steal_pointer (&text));

  /* The address of who is asked for credit is fixed, and one that can't be right can't be asked. */
  g_assert_cmpuint (strlen (credit_text), >, 30);
  g_assert_true (g_str_has_suffix (credit_text, "."));
  g_assert_null (strstr (credit_text, error->message));
  g_assert_null (strstr (credit_text, "base URL"));
}

static void
test_all_codes (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = TD_ACCOUNT_ERROR_NO_KEY; code <= TD_ACCOUNT_ERROR_NO_LIMIT; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (TD_ACCOUNT_ERROR, code, "The message for logs");

      assert_good_text (error, seen);
    }

  for (int code = TD_HTTP_ERROR_BAD_ADDRESS; code <= TD_HTTP_ERROR_BAD_ANSWER; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (TD_HTTP_ERROR, code, "The message for logs");

      assert_good_text (error, seen);
    }

  /* All differ but those for an answer that is too large and one that makes no sense. */
  g_assert_cmpuint (g_hash_table_size (seen), ==, 4 + TD_HTTP_ERROR_BAD_ANSWER + 1 - 1);
}

static void
test_numbers (void)
{
  static const struct
  {
    guint status;
    guint retry_after;
    const char *text;
  } cases[] = {
    { 429, 0, "Too many requests to " HOST ". Wait a minute and try again." },
    { 429, 1, "Too many requests to " HOST ". Try again in 1 second." },
    { 429, 20, "Too many requests to " HOST ". Try again in 20 seconds." },
    { 503, 0, HOST " has trouble of its own (HTTP 503). Try again later." },
    { 418, 0, HOST " refused the request (HTTP 418). Check the base URL." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = td_http_error_new_for_answer (cases[i].status, NULL, cases[i].retry_after);
      g_autofree char *text = td_service_error_text (error, HOST);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/service-error-text/all-codes", test_all_codes);
  g_test_add_func ("/app/service-error-text/numbers", test_numbers);

  return g_test_run ();
}
