/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "http/td-http-error.h"
#include "http/td-http-url.h"

static void
test_host (void)
{
  static const struct
  {
    const char *url;
    const char *host;
    gboolean is_loopback;
  } cases[] = {
    { "https://api.openai.com/v1", "api.openai.com", FALSE },
    { "https://API.OpenAI.com:443/", "api.openai.com", FALSE },
    { "https://relay.example.com:8443/v1", "relay.example.com:8443", FALSE },
    { "http://127.0.0.1:80/", "127.0.0.1", TRUE },
    { "http://127.3.2.1:8000", "127.3.2.1:8000", TRUE },
    { "http://LOCALHOST:11434/v1", "localhost:11434", TRUE },
    { "http://[::1]:5000/", "[::1]:5000", TRUE },
    { "https://[2001:db8::1]/", "[2001:db8::1]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = td_http_url_parse (cases[i].url, &error);
      g_autofree char *host = NULL;

      g_assert_no_error (error);
      host = td_http_url_get_host (uri);
      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_cmpint (td_http_url_is_loopback (uri), ==, cases[i].is_loopback);
    }
}

static void
test_same_origin (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean is_same;
  } cases[] = {
    { "https://api.openai.com/v1", "https://API.openai.com:443/v2?x", TRUE },
    { "https://api.openai.com/", "https://openai.com/", FALSE },
    { "https://api.openai.com/", "https://api.openai.com:444/", FALSE },
    { "http://localhost:443/", "https://localhost/", FALSE },
    { "http://localhost/", "http://127.0.0.1/", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GUri) a = td_http_url_parse (cases[i].a, NULL);
      g_autoptr (GUri) b = td_http_url_parse (cases[i].b, NULL);

      g_assert_cmpint (td_http_url_same_origin (a, b), ==, cases[i].is_same);
    }
}

static void
test_describe (void)
{
  g_autoptr (GUri) uri = td_http_url_parse ("https://example.com/v1/costs?api_key=secret#part", NULL);
  g_autofree char *description = td_http_url_describe (uri);

  g_assert_cmpstr (description, ==, "https://example.com/v1/costs");
}

static void
test_errors_say_what_is_wrong (void)
{
  static const struct
  {
    const char *url;
    const char *message;
  } cases[] = {
    { "gibberish", "*not the address*" },
    { "https://me:pass@example.com", "*password*" },
    { "http://example.com", "*https*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = td_http_url_parse (cases[i].url, &error);

      g_assert_null (uri);
      g_assert_error (error, TD_HTTP_ERROR, TD_HTTP_ERROR_BAD_ADDRESS);
      g_assert_true (g_pattern_match_simple (cases[i].message, error->message));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http/url/host", test_host);
  g_test_add_func ("/http/url/same-origin", test_same_origin);
  g_test_add_func ("/http/url/describe", test_describe);
  g_test_add_func ("/http/url/errors-say-what-is-wrong", test_errors_say_what_is_wrong);

  return g_test_run ();
}
