/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of encodings and models. */

#include "tk-test-util.h"

typedef struct
{
  const char *model;
  TkModelMatch match;
  TkEncodingId id;
} Case;

static const Case cases[] = {
  { "gpt-3.5-turbo", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "gpt-3.5-turbo-0125", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "gpt-35-turbo-16k", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "gpt-4", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "gpt-4-32k-0613", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "gpt-4-turbo", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "gpt-4o", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "gpt-4o-2024-05-13", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "gpt-4.1", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "gpt-4.1-nano", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "gpt-4.5-preview", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "chatgpt-4o-latest", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "gpt-5", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "gpt-5.6-sol", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "o1", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "o3-mini", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "o4-mini-high", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "gpt-oss-120b", TK_MODEL_EXACT, TK_ENCODING_O200K_HARMONY },
  { "text-embedding-3-small", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "text-davinci-003", TK_MODEL_EXACT, TK_ENCODING_P50K_BASE },
  { "text-davinci-edit-001", TK_MODEL_EXACT, TK_ENCODING_P50K_EDIT },
  { "davinci", TK_MODEL_EXACT, TK_ENCODING_R50K_BASE },
  { "davinci-002", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "code-cushman-001", TK_MODEL_EXACT, TK_ENCODING_P50K_BASE },
  { "gpt2", TK_MODEL_EXACT, TK_ENCODING_GPT2 },
  { "gpt-2", TK_MODEL_EXACT, TK_ENCODING_GPT2 },
  { "ft:gpt-4o-mini-2024-07-18:us::x", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "ft:gpt-4.1-mini:us::x", TK_MODEL_EXACT, TK_ENCODING_O200K_BASE },
  { "ft:gpt-3.5-turbo-1106:us::x", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "ft:babbage-002:us::x", TK_MODEL_EXACT, TK_ENCODING_CL100K_BASE },
  { "gpt-6-astra", TK_MODEL_ASSUMED, TK_ENCODING_O200K_BASE },
  { "gpt-6", TK_MODEL_ASSUMED, TK_ENCODING_O200K_BASE },
  { "gpt-7.1-sol", TK_MODEL_ASSUMED, TK_ENCODING_O200K_BASE },
  { "ft:gpt-6:us::x", TK_MODEL_ASSUMED, TK_ENCODING_O200K_BASE },
  { "gpt-3", TK_MODEL_UNKNOWN, 0 },
  { "gpt-", TK_MODEL_UNKNOWN, 0 },
  { "gpt-99999999999999999999", TK_MODEL_UNKNOWN, 0 },
  { "claude-opus-5-5", TK_MODEL_UNKNOWN, 0 },
  { "o1x", TK_MODEL_UNKNOWN, 0 },
  { "", TK_MODEL_UNKNOWN, 0 },
  { "ft:", TK_MODEL_UNKNOWN, 0 },
};

static void
test_models (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TkEncodingId id = TK_N_ENCODINGS;
      TkModelMatch match = tk_encoding_id_for_model (cases[i].model, &id);

      g_test_message ("%s", cases[i].model);
      g_assert_cmpint (match, ==, cases[i].match);
      if (match != TK_MODEL_UNKNOWN)
        g_assert_cmpint (id, ==, cases[i].id);
    }
}

static void
test_overlong_model (void)
{
  g_autofree char *model = g_strdup_printf ("ft:%0*d", 5000, 0);
  TkEncodingId id;

  g_assert_cmpint (tk_encoding_id_for_model (model, &id), ==, TK_MODEL_UNKNOWN);
}

static void
test_names (void)
{
  TkEncodingId id;

  for (unsigned i = 0; i < TK_N_ENCODINGS; i++)
    {
      g_assert_true (tk_encoding_id_from_name (tk_encoding_id_to_name ((TkEncodingId) i), &id));
      g_assert_cmpint (id, ==, i);
    }
  g_assert_false (tk_encoding_id_from_name ("o200k", &id));
  g_assert_false (tk_encoding_id_from_name ("", &id));
  g_assert_null (tk_encoding_id_to_name (TK_N_ENCODINGS));
}

static void
test_ordinary (void)
{
  g_assert_cmpint (tk_encoding_id_ordinary (TK_ENCODING_GPT2), ==, TK_ENCODING_R50K_BASE);
  g_assert_cmpint (tk_encoding_id_ordinary (TK_ENCODING_P50K_EDIT), ==, TK_ENCODING_P50K_BASE);
  g_assert_cmpint (tk_encoding_id_ordinary (TK_ENCODING_O200K_HARMONY), ==, TK_ENCODING_O200K_BASE);
  g_assert_cmpint (tk_encoding_id_ordinary (TK_ENCODING_R50K_BASE), ==, TK_ENCODING_R50K_BASE);
  g_assert_cmpint (tk_encoding_id_ordinary (TK_ENCODING_P50K_BASE), ==, TK_ENCODING_P50K_BASE);
  g_assert_cmpint (tk_encoding_id_ordinary (TK_ENCODING_CL100K_BASE), ==, TK_ENCODING_CL100K_BASE);
  g_assert_cmpint (tk_encoding_id_ordinary (TK_ENCODING_O200K_BASE), ==, TK_ENCODING_O200K_BASE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/models", test_models);
  g_test_add_func ("/model/overlong", test_overlong_model);
  g_test_add_func ("/model/names", test_names);
  g_test_add_func ("/model/ordinary", test_ordinary);
  return g_test_run ();
}
