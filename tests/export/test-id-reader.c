/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "export/td-id-reader.h"

static TkEncoding *encoding;

static void
decode (const char  *text,
        TdIdsResult *result)
{
  td_ids_decode (text, strlen (text), encoding, result);
}

static void
test_lists (void)
{
  static const char * const lists[] = {
    "176389 49058 31044 21623", "[176389, 49058, 31044, 21623]\n", "176389\n49058\r\n31044\n21623\n",
    "(176389,49058;31044|21623)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (TdIdsResult) result = { 0 };
      gsize length;
      const char *bytes;

      decode (lists[i], &result);
      g_assert_cmpint (result.problem, ==, TD_IDS_OK);
      g_assert_cmpuint (result.n_ids, ==, 4);
      bytes = g_bytes_get_data (result.bytes, &length);
      g_assert_cmpmem (bytes, length, "我是刘志军", strlen ("我是刘志军"));
    }
}

static void
test_problems (void)
{
  static const struct { const char *text; TdIdsProblem problem; gsize position; } cases[] = {
    { "1, x", TD_IDS_NOT_A_NUMBER, 3 },
    { "1, 2x", TD_IDS_NOT_A_NUMBER, 3 },
    { "1 -2", TD_IDS_NOT_A_NUMBER, 2 },
    { "“1”", TD_IDS_NOT_A_NUMBER, 0 },
    { "[] 我", TD_IDS_NOT_A_NUMBER, 3 },
    { "1 4294967295", TD_IDS_TOO_LARGE, 2 },
    { "99999999999999999999999999", TD_IDS_TOO_LARGE, 0 },
    { "1 200020", TD_IDS_UNKNOWN, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (TdIdsResult) result = { 0 };

      decode (cases[i].text, &result);
      g_assert_cmpint (result.problem, ==, cases[i].problem);
      g_assert_cmpuint (result.position, ==, cases[i].position);
      g_assert_null (result.bytes);
    }
}

static void
test_nothing (void)
{
  g_auto (TdIdsResult) result = { 0 };

  decode (" [ ] ", &result);
  g_assert_cmpint (result.problem, ==, TD_IDS_OK);
  g_assert_cmpuint (result.n_ids, ==, 0);
  g_assert_cmpuint (g_bytes_get_size (result.bytes), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  encoding = tk_encoding_open (TK_ENCODING_O200K_BASE, NULL, NULL);

  g_test_add_func ("/export/id-reader/lists", test_lists);
  g_test_add_func ("/export/id-reader/problems", test_problems);
  g_test_add_func ("/export/id-reader/nothing", test_nothing);

  status = g_test_run ();
  tk_encoding_free (encoding);

  return status;
}
